import io
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cohorts.queries.register_file import MAX_BLANK_RUN, UnreadableRegister, open_register

HARROW = Path(__file__).parents[1] / "data" / "register-harrow.xlsx"
HEADINGS = ["NHS No", "Surname", "Forename", "DOB", "Section"]
PERSON = ["999 861 8959", "OKORO", "Lena", datetime.fromisoformat("1997-03-12"), "S3"]


def workbook(*rows, title="Register", hidden=()):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for name in hidden:
        book.create_sheet(name, 0).sheet_state = "hidden"
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content, change):
    """Write a workbook again with `change(name, part)` made to each part; None leaves it out."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def with_sheet(xml):
    def change(name, part):
        return xml if name == "xl/worksheets/sheet1.xml" else part

    return repacked(workbook(HEADINGS, PERSON), change)


def sentence_for(content, name="register.xlsx"):
    with pytest.raises(UnreadableRegister) as refused:
        list(open_register(content, name).rows())
    return refused.value.sentence


def rows_or_sentence(content, name):
    try:
        return list(open_register(content, name).rows())
    except UnreadableRegister as refused:
        return refused.sentence


def test_open_register_harrow():
    register = open_register(HARROW.read_bytes(), HARROW.name)

    rows = list(register.rows())

    assert (register.sheet, register.header_row) == ("S117 live list", 4)
    assert [number for number, _ in rows] == list(range(1, 423))
    assert rows[2] == (3, [])
    assert rows[54][1][16] == '=HYPERLINK("http://example.invalid","see file")'


def test_rows_reads_every_row_whatever_the_dimension_says():
    def lie(name, part):
        return part.replace(b"A1:Q422", b"A1:C10") if name.startswith("xl/worksheets/") else part

    register = open_register(repacked(HARROW.read_bytes(), lie), "lie.xlsx")

    assert len(list(register.rows())) == 422
    assert len(list(register.rows())[4][1]) == 16


def test_open_register_chooses_the_visible_sheet_with_headings():
    book = load_workbook(io.BytesIO(workbook(HEADINGS, PERSON, title="Live")))
    book.create_sheet("Read me", 0).append(["How to fill this in"])
    book.create_sheet("Old", 0).append(HEADINGS)
    book["Old"].sheet_state = "hidden"

    register = open_register(saved(book), "three.xlsx")

    assert register.sheet == "Live"
    assert [(sheet.name, sheet.is_visible) for sheet in register.sheets] == [
        ("Old", False),
        ("Read me", True),
        ("Live", True),
    ]
    assert register.header_row_of("Old") == 1


def test_rows_leaves_out_empty_rows_at_the_end_only():
    register = open_register(workbook(HEADINGS, [], PERSON, [None], [""], ["  "]), "r.xlsx")

    assert [number for number, _ in register.rows()] == [1, 2, 3]


def test_rows_never_evaluates_a_formula():
    content = workbook([*HEADINGS, "Next"], [*PERSON[:4], "=1+1", "=D2+365"])

    def calculated(name, part):
        return part.replace(b"<f>D2+365</f><v></v>", b"<f>D2+365</f><v>43101</v>").replace(
            b"<f>D2+365</f><v />", b"<f>D2+365</f><v>43101</v>"
        )

    plain = list(open_register(content, "r.xlsx").rows())[1][1]
    stored = list(open_register(repacked(content, calculated), "r.xlsx").rows())[1][1]

    assert plain[4:] == ["=1+1", "=D2+365"]
    assert stored[4:] == ["=1+1", 43101]  # as the person last saw it


def test_open_register_with_formulas_that_would_fetch():
    register = open_register(workbook(HEADINGS, [*PERSON[:4], '=WEBSERVICE("http://x")']), "r.xlsx")

    assert list(register.rows())[1][1][4] == '=WEBSERVICE("http://x")'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_open_register_csv(encoding, mark):
    lines = [
        mark.join(HEADINGS),
        mark.join(["999 861 8959", '"O’DELL"', "Zoë", "12/03/1997", "S3"]),
    ]

    register = open_register("\r\n".join(lines).encode(encoding), "register.csv")

    assert list(register.rows()) == [
        (1, HEADINGS),
        (2, ["999 861 8959", "O’DELL", "Zoë", "12/03/1997", "S3"]),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\r\n\r\n,,,\r\n", "The file is empty"),
        (b"%PDF-1.7 ...", "This is not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not a spreadsheet"),
        (b"<html><table><tr><td>NHS No", "This is not a spreadsheet"),
        (bytes(range(256)) * 20, "This is not a spreadsheet"),
        (b"Dear Ann, the register follows.\nRegards, Bob", "No row of headings was found"),
        (b"PK\x03\x04 cut short", "The file is damaged or cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an old or protected kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The file has a password",
        ),
        (b"x" * (10 * 1024 * 1024 + 1), "The file is too large"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_open_register_refuses(content, sentence):
    assert sentence_for(content).startswith(sentence)


def packed(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "<a/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (packed("word/document.xml"), "This is not a spreadsheet"),
        (packed("mimetype", "content.xml"), "This is an OpenDocument file"),
        (packed("xl/workbook.bin"), "This is a binary workbook"),
        (packed("xl/workbook.xml"), "The file is damaged"),
        (
            packed("xl/workbook.xml", *(f"xl/{part}.xml" for part in range(600))),
            "The file is too large",
        ),
        (workbook(), "There is nothing in the spreadsheet"),
        (workbook(["Some", "other", "list"]), "No row of headings was found"),
        (workbook(HEADINGS, PERSON)[:-200], "The file is damaged"),
        (with_sheet("<worksheet><sheetData><row"), "The file is damaged"),
    ],
)
def test_open_register_refuses_other_packages(content, sentence):
    assert sentence_for(content).startswith(sentence)


def test_rows_refuses_a_sheet_that_is_gone():
    register = open_register(workbook(HEADINGS, PERSON), "r.xlsx")

    with pytest.raises(UnreadableRegister, match="There is no sheet called Other"):
        list(register.rows("Other"))


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
HEADER_ROW = "".join(
    [
        '<row r="1">',
        *(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS),
        "</row>",
    ]
)


def sheet_of(*rows):
    return "".join([SHEET, HEADER_ROW, *rows, END])


def empty_rows(first):
    return "".join(f'<row r="{row}"/>' for row in range(first, 1_000_000))


BOMBS = {
    "one far cell": lambda: sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "beyond the sheet": lambda: sheet_of('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "no such column": lambda: sheet_of('<row r="2"><c r="XXXXXFD2"><v>1</v></c></row>'),
    "a wide row": lambda: sheet_of('<row r="2"><c r="XFD2"><v>1</v></c></row>'),
    "a million empty rows": lambda: sheet_of(empty_rows(2)),
    "a million empty rows at the top": lambda: "".join([SHEET, empty_rows(1), END]),
    "much of the same": lambda: sheet_of("<row/>" * 5_000_000),
    "entities": lambda: '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + sheet_of(),
    "a long number": lambda: sheet_of(f'<row r="2"><c r="A2"><v>{"9" * 9000}</v></c></row>'),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_open_register_refuses_bombs_with_a_sentence(bomb):
    content = with_sheet(BOMBS[bomb]())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    sentence = sentence_for(content)

    assert sentence.endswith(("upload that", "CSV file"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000  # kilobytes


def test_open_register_says_which_row_the_empty_rows_follow():
    sentence = sentence_for(with_sheet(BOMBS["a million empty rows"]()))

    assert sentence.startswith(f"There are more than {MAX_BLANK_RUN:,} empty rows after row 1.")


def test_open_register_refuses_a_bomb_under_a_memory_limit(tmp_path):
    (tmp_path / "bomb.xlsx").write_bytes(with_sheet(BOMBS["one far cell"]()))
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (700 * 2**20,) * 2)\n"
        "from cohorts.queries.register_file import open_register, UnreadableRegister\n"
        "try: list(open_register(open(sys.argv[1], 'rb').read(), 'b').rows())\n"
        "except UnreadableRegister as refused: print(refused.sentence)\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "bomb.xlsx")],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
        cwd=Path(__file__).parents[2],
    )

    assert run.stdout.startswith("There are more than")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_open_register_any_bytes_give_rows_or_a_sentence(content):
    assert rows_or_sentence(content, "any.csv") is not None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_open_register_a_damaged_workbook_gives_rows_or_a_sentence(place, noise):
    content = bytearray(workbook(HEADINGS, PERSON))
    content[place : place + len(noise)] = noise
    assert rows_or_sentence(bytes(content), "damaged.xlsx") is not None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
            | st.integers(0, 10**6)
            | st.dates(date(1950, 1, 1), date(2050, 1, 1)),
            max_size=6,
        ),
        max_size=10,
    )
)
def test_rows_conserves_every_filled_row(rows):
    content = workbook(HEADINGS, *rows, ["the last row"])

    numbers = [number for number, _ in open_register(content, "r.xlsx").rows()]

    assert numbers == list(range(1, len(rows) + 3))
