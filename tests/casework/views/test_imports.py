"""Importing a register in a browser: upload, check, correct, confirm, sum up."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import AuditEvent
from casework import tasks
from casework.queries.imports import ImportProgress
from cohorts.models.cases import Case
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.models.people import Patient
from cohorts.operations import imports
from tests.casework.test_operations import take_in
from tests.cohorts.registers import HARROW, HEADINGS, LENA, OMAR, csv_of, read_people, rows_of

EVERYBODY = ("asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi", "ola")
READS = (
    "import_list", "import_upload", "import_preview", "import_progress", "import_file",
    "import_waiting", "import_rows", "import_row", "import_done",
)  # fmt: skip
WRITES = ("import_columns", "import_confirm", "import_abandon", "import_row_leave_out")
WRONG = {**OMAR, "DOB": "04/13/81"}


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()


def address(name, kept=None, number=2):
    if name in ("import_list", "import_upload"):
        return reverse(f"casework:{name}")
    arguments = (
        [kept.pk, number] if name.startswith("import_row") and name != "import_rows" else [kept.pk]
    )
    return reverse(f"casework:{name}", args=arguments)


def text_of(response):
    main = response.content.decode().partition("<main")[2]
    text = re.sub(r"<[^>]+>", " ", main).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def upload(client, content, name="register.xlsx"):
    return client.post(address("import_upload"), {"file": SimpleUploadedFile(name, content)})


def chosen(kept, **other):
    return {f"column_{column['index']}": column["field"] or "" for column in kept.columns} | {
        f"column_{index.removeprefix('c')}": field for index, field in other.items()
    }


def typed(client, kept, number=2, **other):
    """What the row's page holds, with some of it typed anew."""
    form = client.get(address("import_row", kept, number)).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | other


# Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_who_may(client, cast, name):
    kept = read_people(cast, LENA)
    ask = client.get if name in READS else client.post

    may = set()
    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        response = ask(address(name, kept))
        if response.status_code != 403:
            may.add(who)

    assert may == {"paula", "poppy", "ola"}


@pytest.mark.parametrize("name", [*READS[2:], *WRITES])
def test_a_file_of_another_partnership_is_not_there(client, cast, name):
    theirs = read_people(cast, LENA, partnership=cast.merebridge)
    client.force_login(cast.paula)
    ask = client.get if name in READS else client.post

    response = ask(address(name, theirs))

    nothing = ask(address(name, RegisterImport()))
    assert response.status_code == nothing.status_code == 404
    assert text_of(response) == text_of(nothing)


def test_the_list_holds_only_ones_own(client, cast):
    read_people(cast, LENA, partnership=cast.merebridge)
    client.force_login(cast.paula)

    assert "No register was imported yet" in text_of(client.get(address("import_list")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    client, cast, count, django_assert_num_queries
):
    for _ in range(count):
        read_people(cast, LENA)
    client.force_login(cast.paula)

    with django_assert_num_queries(5):
        response = client.get(address("import_list"))

    assert response.content.decode().count("Ready to check") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_ask_as_often_for_three_as_for_one(client, cast, count, django_assert_num_queries):
    kept = take_in(cast, read_people(cast, *people(count)))
    client.force_login(cast.paula)

    with django_assert_num_queries(15):
        response = client.get(address("import_rows", kept), {"outcome": "imported"})

    assert len(response.context["rows"]) == count


def test_who_may_not_open_a_case_gets_no_link_to_it(client, cast):
    kept = take_in(cast, read_people(cast, *people(1)))
    case = reverse("casework:case_file", args=[Case.objects.get().pk])
    pages = [("import_rows", kept), ("import_row", kept, kept.rows.imported().get().number)]

    for user, is_linked in ((cast.paula, True), (cast.ola, False)):
        client.force_login(user)
        for page in pages:
            assert (case in client.get(address(*page)).content.decode()) is is_linked


def people(count):
    numbers = ("999 861 8959", "999 044 8094", "999 737 1992")
    return [{**LENA, "NHS No": number} for number in numbers[:count]]


# The file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Choose the file that holds the register"),
        (b"%PDF-1.7", "This is not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK not a zip", "The file is damaged or cut short."),
        (b"a,b\n1,2\n", "No row of headings was found."),
    ],
)
def test_upload_refuses_what_is_no_register(client, cast, content, sentence):
    client.force_login(cast.paula)

    response = upload(client, content)

    assert sentence in text_of(response)
    assert not RegisterImport.objects.exists()


def test_upload_refuses_what_is_too_large(client, cast):
    client.force_login(cast.paula)

    assert "larger than 10 MB" in text_of(upload(client, b"x" * (10 * 1024 * 1024 + 1)))


def test_upload_without_a_file(client, cast):
    client.force_login(cast.paula)

    response = client.post(address("import_upload"))

    assert "Choose the file that holds the register" in text_of(response)


def test_from_upload_to_the_summary(client, cast, django_capture_on_commit_callbacks):
    client.force_login(cast.paula)

    with django_capture_on_commit_callbacks(execute=True):
        response = upload(client, HARROW.read_bytes())
    kept = RegisterImport.objects.get()
    assert response.url == address("import_progress", kept)
    assert client.get(response.url).url == address("import_preview", kept)

    preview = text_of(client.get(address("import_preview", kept)))
    assert "412 rows hold a person 370 ready 42 need a person 17 of 17 columns" in preview
    assert "370 rows become cases: 370 new." in preview
    assert not Patient.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("import_confirm", kept), chosen(kept))
    assert client.get(response.url).url == address("import_done", kept)
    done = text_of(client.get(address("import_done", kept)))
    assert "370 rows are in the register" in done
    assert "42 rows wait for a person." in done
    assert "New cases 370" in done
    assert Case.objects.count() == 370


def test_an_upload_is_kept_though_no_worker_answers(
    client, cast, monkeypatch, django_capture_on_commit_callbacks
):
    def no_answer(*_, **__):
        raise OSError("no broker answers")

    monkeypatch.setattr(tasks.read_import, "apply_async", no_answer)
    client.force_login(cast.paula)

    with django_capture_on_commit_callbacks(execute=True):
        response = upload(client, csv_of(rows_of([LENA])))

    assert response.url == address("import_progress", RegisterImport.objects.get())


def test_the_kept_file_comes_back_as_it_came(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    response = client.get(address("import_file", kept))

    assert response.content == csv_of(rows_of([LENA]))
    assert response["Content-Disposition"] == 'attachment; filename="register.xlsx"'
    assert AuditEvent.objects.filter(event="cohorts.register_downloaded").exists()


# How far it is ----------------------------------------------------------------------------------


def uploaded(cast):
    return imports.upload_register(
        partnership=cast.eastmere, data=b"x", name="x.csv", by=cast.paula, at=timezone.now()
    )


def test_progress_asks_again_by_itself(client, cast):
    kept = uploaded(cast)
    ImportProgress(str(kept.pk), "Reading rows")(1000, 4000)
    client.force_login(cast.paula)

    page = client.get(address("import_progress", kept)).content.decode()
    part = client.get(address("import_progress", kept), headers={"HX-Request": "true"})

    assert '<meta http-equiv="refresh"' in page
    assert "Reading rows: 1000 of 4000" in page
    assert b"<html" not in part.content
    assert b"Reading rows: 1000 of 4000" in part.content


def test_progress_goes_on_when_it_is_done(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    part = client.get(address("import_progress", kept), headers={"HX-Request": "true"})

    assert part["HX-Redirect"] == address("import_preview", kept)


def test_a_file_that_could_not_be_read_says_why(client, cast):
    failed = imports.read_import(
        register_import=uploaded(cast), today=timezone.localdate(), at=timezone.now()
    )
    client.force_login(cast.paula)

    shown = text_of(client.get(address("import_preview", failed)))

    assert "The file could not be read" in shown
    assert "No row of headings was found." in shown


# The preview ------------------------------------------------------------------------------------


def test_the_preview_says_what_waits_and_why(client, cast):
    kept = read_people(cast, LENA, WRONG)
    client.force_login(cast.paula)

    shown = text_of(client.get(address("import_preview", kept)))

    assert "1 row needs a person" in shown
    assert "Date of birth cannot be read 1 rows" in shown
    assert "Row 3: 04/13/81 Type the dates" in shown
    assert "Import 1 row" in shown


def test_a_column_nobody_knows_must_be_chosen_before_importing(client, cast):
    data = csv_of(rows_of([{**LENA, "Shoe size": "9"}], (*HEADINGS, "Shoe size")))
    kept = read_people_from(cast, data)
    client.force_login(cast.paula)
    shown = text_of(client.get(address("import_preview", kept)))
    assert "Shoe size Not matched 9" in shown

    response = client.post(address("import_confirm", kept), chosen(kept), follow=True)
    assert "Choose where each column goes before you import." in text_of(response)

    left = chosen(kept, **{f"c{len(HEADINGS)}": "ignore"})
    response = client.post(address("import_confirm", kept), left, follow=True)
    assert "every row was read again. Check the counts." in text_of(response)
    kept.refresh_from_db()
    assert (kept.status, kept.columns[-1]["field"]) == ("read", "ignore")

    client.post(address("import_confirm", kept), chosen(kept))
    kept.refresh_from_db()
    assert kept.status == "confirmed"


def read_people_from(cast, data):
    from tests.cohorts.registers import read

    return read(cast, data)


def test_two_columns_for_one_field_are_refused_and_the_choice_is_kept(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    response = client.post(address("import_columns", kept), chosen(kept, c2="family_name"))

    assert "Two columns go to Family name." in text_of(response)
    assert response.context["form"]["column_2"].value() == "family_name"
    kept.refresh_from_db()
    assert kept.columns[2]["field"] == "given_names"


def test_changed_columns_read_the_rows_again(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    client.post(address("import_columns", kept), chosen(kept, c3=""))

    assert kept.rows.get(number=2).outcome == "waiting"


@pytest.mark.parametrize("name", ["import_columns", "import_confirm"])
def test_columns_of_a_file_that_has_moved_on_stay_as_they_are(client, cast, name):
    kept = read_people(cast, LENA)
    imports.abandon_import(register_import=kept, by=cast.poppy, at=timezone.now())
    client.force_login(cast.paula)

    response = client.post(address(name, kept), chosen(kept, c4=""), follow=True)

    assert response.redirect_chain == [(address("import_preview", kept), 302)]
    assert "This file has moved on since you opened it." in response.content.decode()
    assert RegisterImport.objects.get(pk=kept.pk).columns == kept.columns


def test_a_made_up_field_is_refused(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    response = client.post(address("import_columns", kept), chosen(kept, c2="is_superuser"))

    assert "Choose where Forename goes" in text_of(response)


def test_a_file_may_be_left_alone(client, cast):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    client.post(address("import_abandon", kept))

    shown = text_of(client.get(address("import_preview", kept)))
    assert "This file was not imported" in shown
    assert not Case.objects.exists()


def test_confirming_what_somebody_else_confirmed(client, cast):
    kept = read_people(cast, LENA)
    imports.confirm_import(register_import=kept, by=cast.poppy, at=timezone.now())
    client.force_login(cast.paula)

    client.post(address("import_confirm", kept), chosen(kept))

    kept.refresh_from_db()
    assert (kept.status, kept.confirmed_by) == ("confirmed", cast.poppy)


def test_the_same_file_is_said_to_be_the_same(client, cast):
    take_in(cast, read_people(cast, LENA))
    client.force_login(cast.paula)

    shown = text_of(client.get(address("import_preview", read_people(cast, LENA))))

    assert "This very file was imported on 30 November 2018." in shown
    assert "0 new, 1 changes nothing" in shown


# Rows -------------------------------------------------------------------------------------------


def test_rows_as_they_will_be_stored(client, cast):
    kept = read_people(cast, {**LENA, "Weekly cost": "963.5", "Split ICB/LA": "60:40"}, WRONG)
    client.force_login(cast.paula)

    shown = text_of(client.get(address("import_rows", kept)))

    assert "OKORO, Lena Born 12 March 1997 999 861 8959" in shown
    assert "3 5 July 2016 Learning disability" in shown
    assert "£963.50 a week, ICB 60%" in shown
    assert "Skipped Row of headings" in shown


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"outcome": "skipped"}, [1]),
        ({"outcome": "ready"}, [2]),
        ({"problem": "born_on_unreadable"}, [3]),
        ({"problem": "nonsense"}, [1, 2, 3]),
        ({"outcome": "ready", "problem": "born_on_unreadable"}, []),
    ],
)
def test_rows_are_filtered(client, cast, query, numbers):
    kept = read_people(cast, LENA, WRONG)
    client.force_login(cast.paula)

    response = client.get(address("import_rows", kept), query)

    assert [row.number for row in response.context["rows"]] == numbers


def test_a_row_shows_what_the_file_said_and_what_is_wrong(client, cast):
    kept = read_people(cast, WRONG)
    client.force_login(cast.paula)

    response = client.get(address("import_row", kept))

    form = response.context["form"]
    assert form["born_on"].value() == "04/13/81"
    assert form.fields["client_group"].help_text == "The file says: LD"
    assert "There is no such day" in form.errors["born_on"][0]


def test_looking_at_a_row_is_recorded(client, cast):
    kept = read_people(cast, WRONG)
    client.force_login(cast.paula)

    client.get(address("import_row", kept))

    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert (seen.target_id, seen.detail) == (str(kept.pk), {"page": "row"})


def test_a_corrected_row_leads_to_the_next(client, cast):
    kept = read_people(
        cast, WRONG, {**LENA, "Section": "S2"}, {**LENA, "DOB": "?", "NHS No": "999 737 1992"}
    )
    client.force_login(cast.paula)
    url = address("import_row", kept) + "?problem=born_on_unreadable"

    response = client.post(url, typed(client, kept, born_on="13 April 1981"))

    assert response.url == address("import_row", kept, 4) + "?problem=born_on_unreadable"
    assert ImportRow.objects.get(number=2).values["born_on"] == "1981-04-13"
    assert "Row 2 is right now; it goes in with the import. 2 rows wait." in text_of(
        client.get(response.url)
    )


def test_the_last_row_leads_back_to_the_file(client, cast):
    kept = read_people(cast, WRONG)
    client.force_login(cast.paula)

    response = client.post(
        address("import_row", kept), typed(client, kept, born_on="13 April 1981")
    )

    assert response.url == address("import_preview", kept)


def test_text_that_is_still_wrong_is_kept(client, cast):
    kept = read_people(cast, WRONG)
    client.force_login(cast.paula)

    response = client.post(address("import_row", kept), typed(client, kept, born_on="in spring"))

    assert "This is not a date; type it like 4 March 2027" in text_of(response)
    assert response.context["form"]["born_on"].value() == "in spring"
    assert client.get(address("import_row", kept)).context["form"]["born_on"].value() == "in spring"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("born_on", "1 May 2090", "The date of birth is in the future"),
        ("weekly_cost", "lots", "Type one amount a week, like £1,234.50"),
        ("shares", "160 %", "A share lies between 0 and 100 per cent"),
        ("last_reviewed_on", "1 May 2016", "This review was held before the case began"),
        ("section", "2", "Section 2 does not give section 117 entitlement"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(client, cast, field, text, sentence):
    kept = read_people(cast, LENA)
    client.force_login(cast.paula)

    response = client.post(address("import_row", kept), typed(client, kept, **{field: text}))

    assert sentence in text_of(response)
    assert response.context["form"][field].value() == text


def test_what_is_not_typed_anew_is_no_correction(client, cast):
    kept = read_people(cast, {**WRONG, "Client group": "Adult MH", "OOA": "N"})
    client.force_login(cast.paula)

    client.post(address("import_row", kept), typed(client, kept, born_on="13 April 1981"))

    assert ImportRow.objects.get(number=2).corrections == {"born_on": "13 April 1981"}


def test_a_row_corrected_afterwards_is_in_the_register_at_once(client, cast):
    kept = take_in(cast, read_people(cast, LENA, WRONG))
    client.force_login(cast.paula)

    response = client.post(
        address("import_row", kept, 3), typed(client, kept, 3, born_on="13 April 1981")
    )

    assert response.url == address("import_done", kept)
    assert "Row 3 is right now, and is in the register." in text_of(client.get(response.url))
    assert Case.objects.count() == 2


def test_a_row_that_is_in_leads_to_its_case(client, cast):
    kept = take_in(cast, read_people(cast, LENA))
    client.force_login(cast.paula)

    shown = text_of(client.get(address("import_row", kept)))

    assert "This row is in the register as EM-0001" in shown
    response = client.post(address("import_row", kept), {"born_on": "1 May 1981"})
    assert "in the register already" in text_of(response) or response.status_code == 200
    assert Patient.objects.get().born_on.year == 1997


def test_a_row_left_out_needs_a_reason(client, cast):
    kept = read_people(cast, WRONG)
    client.force_login(cast.paula)

    response = client.post(address("import_row_leave_out", kept), {"reason": ""})
    assert "Enter why this row is left out" in text_of(response)

    client.post(address("import_row_leave_out", kept), {"reason": "Moved to Wales"})
    assert ImportRow.objects.get(number=2).skip_reason == "Moved to Wales"


def test_no_row_no_page(client, cast):
    client.force_login(cast.paula)

    assert client.get(address("import_row", read_people(cast, LENA), 99)).status_code == 404


# Taking the waiting rows away -------------------------------------------------------------------


def test_waiting_rows_come_with_their_reasons_and_run_nothing(client, cast):
    evil = {**WRONG, "Provider": '=HYPERLINK("http://x")', "Postcode": "@SUM(1)"}
    kept = read_people(cast, LENA, evil)
    client.force_login(cast.paula)

    response = client.get(address("import_waiting", kept))

    sheet = load_workbook(io.BytesIO(response.content)).active
    headings, row = sheet.iter_rows()
    assert [cell.value for cell in headings][-2:] == ["Row in the file", "What to put right"]
    assert row[-2].value == 3
    assert row[-1].value.startswith("There is no such day")
    assert row[10].value == '=HYPERLINK("http://x")'
    assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
    assert (row[10].quotePrefix, row[14].quotePrefix, row[1].quotePrefix) == (True, True, False)


# Nothing typed in a file is ever run -------------------------------------------------------------


def test_names_from_a_file_are_shown_inert(client, cast):
    kept = read_people(cast, {**LENA, "Surname": "<script>alert(1)</script>"})
    client.force_login(cast.paula)

    for name in ("import_preview", "import_rows", "import_row"):
        assert "<script>alert" not in client.get(address(name, kept)).content.decode()
