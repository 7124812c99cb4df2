import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.policy import register_cells as cells
from cohorts.policy.register_text import as_stored, as_text

ANYTHING = st.text() | st.floats() | st.integers() | st.none() | st.datetimes() | st.booleans()


@pytest.mark.parametrize(
    "value",
    [
        "999 861 8959",
        "999-861-8959",
        "9998618959",
        9998618959,
        9998618959.0,
        " 9998618959\xa0",
        "9.998618959E+09",
        "９９９８６１８９５９",
    ],
)
def test_read_nhs_number_however_it_is_written(value):
    assert cells.read_nhs_number(value).value == "9998618959"


def test_read_nhs_number_puts_back_a_zero_a_spreadsheet_dropped():
    assert cells.read_nhs_number(123456780).value is None
    assert cells.read_nhs_number(123456789).value == "0123456789"
    assert cells.read_nhs_number("123456789").problem.word == "nhs_number_unreadable"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "nhs_number_missing"),
        ("not known", "nhs_number_missing"),
        ("TBC", "nhs_number_missing"),
        ("9998618958", "nhs_number_check_digit"),
        (9990000000.0, "nhs_number_check_digit"),
        ("0000000000", "nhs_number_check_digit"),
        ("9.99E+09", "nhs_number_unreadable"),
        ("999861895", "nhs_number_unreadable"),
        ("999 861 8959 (checked)", "nhs_number_unreadable"),
        (True, "nhs_number_unreadable"),
        pytest.param(10**5000, "nhs_number_unreadable", id="endless"),
    ],
)
def test_read_nhs_number_waits(value, word):
    cell = cells.read_nhs_number(value)

    assert (cell.value, cell.problem.word) == (None, word)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("OKORO", "Okoro"),
        ("Fenn ", "Fenn"),
        ("SMITH-LUNT", "Smith-Lunt"),
        ("O'DELL", "O'Dell"),
        ("O’DELL", "O'Dell"),
        ("McKAY", "McKay"),
        ("MCKAY", "McKay"),
        ("de Souza", "de Souza"),
        ("khan", "Khan"),
        ("Mary\n Ann", "Mary Ann"),
        ("Zoe\u0308", "Zoë"),
        ("\u200bJo", "Jo"),
    ],
)
def test_read_name_tidies(value, name):
    assert cells.read_name(value, "family_name").value == name


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("", "family_name_missing"),
        ("unknown", "family_name_missing"),
        ("Ok\x00oro", "family_name_unreadable"),
        ("Ok\u202eoro", "family_name_unreadable"),
        ('=HYPERLINK("http://example.invalid")', "family_name_unreadable"),
        ("@SUM(1)", "family_name_unreadable"),
        (412, "family_name_unreadable"),
        ("x" * 81, "family_name_too_long"),
    ],
)
def test_read_name_refuses(value, word):
    assert cells.read_name(value, "family_name").problem.word == word


@pytest.mark.parametrize(
    ("value", "family", "given", "is_certain"),
    [
        ("OKORO, Lena", "Okoro", "Lena", True),
        ("Smith-Lunt, Mary Ann", "Smith-Lunt", "Mary Ann", True),
        ("Lena OKORO", "Okoro", "Lena", True),
        ("OKORO Lena", "Okoro", "Lena", True),
        ("DE SOUZA, Mr Ravi", "De Souza", "Ravi", True),
        ("Lena Okoro", "Okoro", "Lena", False),
        ("Ms Maria de Souza", "de Souza", "Maria", False),
    ],
)
def test_read_full_name(value, family, given, is_certain):
    family_cell, given_cell = cells.read_full_name(value)

    assert (family_cell.value, given_cell.value) == (family, given)
    assert (family_cell.problem is None) is is_certain
    assert not (family_cell.problem and family_cell.problem.stops)


@pytest.mark.parametrize("value", ["OKORO", ", Lena", "", "?"])
def test_read_full_name_waits_when_half_is_missing(value):
    assert cells.read_full_name(value)[0].problem.stops


@pytest.mark.parametrize(
    ("value", "group"),
    [
        ("MH", "MH"),
        ("Adult MH", "MH"),
        ("mh ", "MH"),
        ("Mental Health", "MH"),
        ("WAA", "MH"),
        ("ld", "LD"),
        ("Learning Disability", "LD"),
        ("Learning disabilities", "LD"),
        ("PLD", "LD"),
        ("OP", "OP"),
        ("OPMH", "OP"),
        ("Older Adults", "OP"),
        ("Mental Health - Older People", "OP"),
    ],
)
def test_read_client_group(value, group):
    assert cells.read_client_group(value).value == group


@pytest.mark.parametrize("value", ["", "?", "CAMHS", "MH/LD", "Psychosis", 3])
def test_read_client_group_waits(value):
    assert cells.read_client_group(value).value is None
    assert cells.read_client_group(value).problem.stops


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("S2", "section_not_entitling"),
        ("informal", "section_not_entitling"),
        ("s136", "section_not_entitling"),
        ("CPIA", "section_by_hand"),
        ("CTO", "section_unreadable"),
        ("s117", "section_unreadable"),
        ("", "section_missing"),
    ],
)
def test_read_section_waits(value, word):
    assert cells.read_section(value).problem.word == word


@pytest.mark.parametrize(("value", "code"), [(3, "03"), (3.0, "03"), (37, "10"), ("47/49", "15")])
def test_read_section(value, code):
    assert (cells.read_section(value).value, cells.read_section(value).problem) == (code, None)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("Y", True),
        ("y", True),
        ("Yes - Luton", True),
        (True, True),
        (1, True),
        ("OOA", True),
        ("N", False),
        ("No", False),
        ("none", False),
        (False, False),
        ("In area", False),
        (None, None),
        ("", None),
    ],
)
def test_read_yes_no(value, answer):
    cell = cells.read_yes_no(value, "out_of_area")

    assert (cell.value, cell.problem) == (answer, None)


def test_read_yes_no_waits_for_another_word():
    assert cells.read_yes_no("Brent", "out_of_area").problem.word == "out_of_area_unreadable"


@pytest.mark.parametrize(
    ("value", "postcode"),
    [
        ("ha12eg", "HA1 2EG"),
        ("HA1 2EG", "HA1 2EG"),
        ("m14 5nj", "M14 5NJ"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
    ],
)
def test_read_postcode(value, postcode):
    assert (cells.read_postcode(value).value, cells.read_postcode(value).problem) == (
        postcode,
        None,
    )


def test_read_postcode_keeps_another_shape_with_a_note():
    cell = cells.read_postcode("Harrow")

    assert (cell.value, cell.problem.stops) == ("Harrow", False)


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("x","y")', "+44", "-1", "@here", "<script>alert(1)</script>"]
)
def test_read_free_text_keeps_what_looks_like_a_formula_as_text(text):
    assert cells.read_free_text(text).value == text


def test_read_free_text_drops_what_cannot_be_stored():
    assert cells.read_free_text("a\x00b\u202ec\ud800\r\nd").value == "abc\ufffd\nd"


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (cells.read_gp_practice, "Elm Surgery E84003", "E84003"),
        (cells.read_gp_practice, "Elm Surgery", None),
        (cells.read_ethnic_category, "a", "A"),
        (cells.read_ethnic_category, "White British", None),
    ],
)
def test_read_codes_leaves_out_words_with_a_note(reader, value, expected):
    cell = reader(value)

    assert cell.value == expected
    assert expected or not cell.problem.stops


@given(ANYTHING)
def test_cells_never_raise_and_store_as_utf_8(value):
    read = [
        cells.read_nhs_number(value),
        cells.read_name(value, "family_name"),
        *cells.read_full_name(value),
        cells.read_client_group(value),
        cells.read_section(value),
        cells.read_yes_no(value, "out_of_area"),
        cells.read_postcode(value),
        cells.read_gp_practice(value),
        cells.read_ethnic_category(value),
        cells.read_words(value, "provider", longest=120),
        cells.read_free_text(value),
    ]

    for cell in read:
        assert "\x00" not in f"{cell.text}{cell.value}"
        assert f"{cell.text}{cell.value}".encode()


@given(st.integers(999_000_000, 999_999_999))
def test_read_nhs_number_accepts_one_check_digit_in_ten(first_nine):
    accepted = [digit for digit in range(10) if cells.read_nhs_number(f"{first_nine}{digit}").value]

    assert len(accepted) <= 1


@given(ANYTHING)
def test_as_stored_reads_again_as_the_same(value):
    assert as_text(as_stored(value)) == as_text(value)
