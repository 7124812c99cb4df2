"""Uploading and reading a register, and putting its rows right."""

from datetime import timedelta

import pytest

from audit.models import AuditEvent
from cohorts.enums import ImportStatus
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.models.people import Patient
from cohorts.operations import imports
from cohorts.queries.import_preview import reasons, totals
from core.refusals import Refused
from tests.cast import NOON
from tests.cohorts.registers import (
    HARROW,
    HARROW_DAY,
    HEADINGS,
    LENA,
    OMAR,
    csv_of,
    read,
    read_people,
    rows_of,
    store,
)


def correct(cast, row, **typed):
    return imports.correct_row(row=row, corrections=typed, today=HARROW_DAY, by=cast.paula, at=NOON)


def outcomes(register_import):
    return dict(register_import.rows.values_list("number", "outcome"))


def words(row):
    return [problem["problem"] for problem in row.problems]


# The file ---------------------------------------------------------------------------------------


def test_upload_keeps_the_file_as_it_came_under_a_name_of_ours(cast):
    kept = imports.upload_register(
        partnership=cast.eastmere,
        data=HARROW.read_bytes(),
        name="../../etc/register\u202e.xlsx",
        by=cast.paula,
        at=NOON,
    )

    assert kept.status == ImportStatus.UPLOADED
    with kept.file.open() as file:
        assert file.read() == HARROW.read_bytes()
    assert kept.file.name.endswith(f"{kept.pk}.xlsx")
    assert kept.file_name == "../../etc/register.xlsx"
    assert kept.sha256 == AuditEvent.objects.get(event="cohorts.register_uploaded").detail["sha256"]


def test_read_finds_every_row_and_writes_nothing_to_the_register(cast):
    harrow = read(cast)

    found = totals(harrow)
    assert (harrow.status, harrow.sheet, harrow.header_row) == ("read", "S117 live list", 4)
    assert (found.people, found.ready, found.waiting, found.no_person) == (412, 370, 42, 10)
    assert (found.new, found.updated, found.unchanged) == (370, 0, 0)
    assert found.all == harrow.rows.count() == 422
    assert not Patient.objects.exists()


def test_read_says_of_every_skipped_row_why(cast):
    skipped = read(cast).rows.skipped().values_list("number", "skip_reason")

    assert dict(skipped)[256] == "Blank row"
    assert dict(skipped)[422] == "Totals row"
    assert all(reason for _, reason in skipped)


def test_read_groups_what_waits_by_reason(cast):
    found = reasons(read(cast))

    assert [(reason.why, reason.rows) for reason in found] == [
        ("Date of birth cannot be read", 9),
        ("Split does not add up to 100%", 6),
        ("Section gives no entitlement", 6),
        ("No NHS number", 6),
        ("NHS number has a mistyped digit", 5),
        ("Next review date cannot be read", 4),
        ("NHS number is there twice", 4),
        ("Date of birth is in the future", 2),
    ]
    assert sum(reason.rows for reason in found) == 42
    assert found[1].example == "Row 7: 60/50"
    assert found[6].example == "Row 177, as row 114"


def test_read_again_changes_nothing(cast):
    harrow = read(cast)

    again = imports.read_import(register_import=harrow, today=HARROW_DAY, at=NOON)

    assert (again.status, again.rows.count()) == ("read", 422)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is not a spreadsheet."),
        (b" \n", "The file is empty."),
        (b"a,b\n1,2\n", "No row of headings was found."),
    ],
)
def test_read_says_why_a_file_cannot_be_read(cast, data, sentence):
    failed = read(cast, data)

    assert failed.status == ImportStatus.FAILED
    assert failed.failure.startswith(sentence)


def test_begin_counts_attempts_and_gives_up_after_three(cast):
    kept = imports.upload_register(
        partnership=cast.eastmere, data=b"x", name="x.csv", by=cast.paula, at=NOON
    )

    tries = [imports.begin(register_import=kept, expected="uploaded", at=NOON) for _ in range(4)]

    kept.refresh_from_db()
    assert [bool(begun) for begun in tries] == [True, True, True, False]
    assert (kept.status, kept.attempts) == (ImportStatus.FAILED, 3)
    assert "three tries" in kept.failure


def test_begin_of_an_import_gives_it_back_to_be_confirmed_again(cast):
    kept = read_people(cast, LENA)
    imports.confirm_import(register_import=kept, by=cast.paula, at=NOON)
    RegisterImport.objects.update(attempts=3)

    assert imports.begin(register_import=kept, expected="confirmed", at=NOON) is None

    kept.refresh_from_db()
    assert (kept.status, kept.confirmed_by) == (ImportStatus.READ, None)
    assert kept.failure.startswith("The import did not finish")


def test_begin_leaves_what_is_not_waited_for(cast):
    assert imports.begin(register_import=read(cast), expected="uploaded", at=NOON) is None


def test_owed_since_finds_what_no_worker_took(cast):
    kept = imports.upload_register(
        partnership=cast.eastmere, data=b"x", name="x.csv", by=cast.paula, at=NOON
    )
    owed = RegisterImport.objects.owed_since

    assert list(owed(NOON)) == [kept]
    assert not owed(NOON - timedelta(seconds=1))


# Columns ----------------------------------------------------------------------------------------

NICKNAMES = ("Nickname", *HEADINGS[1:])


def with_nicknames():
    people = [{**one, "Nickname": one["NHS No"]} for one in (LENA, OMAR)]
    return csv_of(rows_of(people, NICKNAMES))


def choose(cast, register_import, **chosen):
    fields = [
        chosen.get(column["heading"].split()[0], column["field"])
        for column in register_import.columns
    ]
    return imports.change_columns(
        register_import=register_import, fields=fields, today=HARROW_DAY, by=cast.paula, at=NOON
    )


def test_a_column_not_known_is_shown_and_must_be_chosen(cast):
    kept = read(cast, with_nicknames())
    assert kept.columns[0]["field"] is None

    with pytest.raises(Refused, match="Choose where each column goes"):
        imports.confirm_import(register_import=kept, by=cast.paula, at=NOON)


def test_change_columns_reads_the_rows_again(cast):
    kept = read(cast, with_nicknames())
    assert totals(kept).waiting == 2

    kept = choose(cast, kept, Nickname="nhs_number")

    assert (totals(kept).ready, totals(kept).waiting) == (2, 0)


def test_columns_are_remembered_for_the_next_file_with_these_headings(cast):
    choose(cast, read(cast, with_nicknames()), Nickname="nhs_number")

    next_file = read(cast, with_nicknames())
    elsewhere = read(cast, with_nicknames(), partnership=cast.merebridge)

    assert next_file.columns[0]["field"] == "nhs_number"
    assert elsewhere.columns[0]["field"] is None


def test_change_columns_keeps_corrections(cast):
    kept = read_people(cast, {**LENA, "DOB": "?"})
    correct(cast, kept.rows.get(number=2), born_on="12/3/1997")

    kept = choose(cast, kept, Postcode="ignore")

    assert outcomes(kept) == {1: "skipped", 2: "ready"}


def test_leave_unknown_columns_keeps_them_with_the_file(cast):
    kept = imports.leave_unknown_columns(
        register_import=read(cast, with_nicknames()), by=cast.paula, at=NOON
    )

    assert kept.columns[0]["field"] == "ignore"


def test_other_boroughs_headings_orders_and_habits(cast):
    headings = [
        "Person Ref", "Name 'SURNAME, First'", "Primary need", "Lead worker",
        "Gross weekly (£)", "Health %", "Born", "NHS number", "MHA status", "S117 start date",
    ]  # fmt: skip
    row = ["P-77", "OKORO, Lena", "Older people", "Asha", 963.5, 0.6]
    row += ["23-Nov-47", 9998618959, "s. 37/41", "14.02.22"]

    kept = read(cast, csv_of([["S117 people"], headings, row]), today=NOON.date())

    values = kept.rows.get(number=3).values
    assert outcomes(kept) == {1: "skipped", 2: "skipped", 3: "ready"}
    assert {name: value for name, value in values.items() if value is not None} == {
        "nhs_number": "9998618959",
        "family_name": "Okoro",
        "given_names": "Lena",
        "born_on": "1947-11-23",
        "client_group": "OP",
        "left_hospital_on": "2022-02-14",
        "entitled_from": "2022-02-14",
        "care_coordinator": "Asha",
        "weekly_cost": "963.50",
        "health_share": "60",
        "local_reference": "P-77",
        "legal_status": "09",
        "section": "37/41",
    }


# Rows -------------------------------------------------------------------------------------------


def test_correct_row_reads_it_again(cast):
    kept = read_people(cast, {**LENA, "DOB": "04/13/81"})
    row = kept.rows.get(number=2)
    assert words(row) == ["born_on_unreadable"]

    row = correct(cast, row, born_on="13 April 1981")

    assert (row.outcome, row.values["born_on"]) == ("ready", "1981-04-13")
    assert row.cells[3] == "04/13/81"
    line = AuditEvent.objects.get(event="cohorts.row_corrected")
    assert line.detail == {"row": 2, "fields": ["born_on"], "outcome": "ready"}


def test_correct_row_keeps_typed_text_that_is_still_wrong(cast):
    row = read_people(cast, {**LENA, "DOB": "?"}).rows.get(number=2)

    row = correct(cast, row, born_on="in spring", next_review_due="2 May 2019")

    row.refresh_from_db()
    assert row.outcome == "waiting"
    assert row.corrections == {"born_on": "in spring", "next_review_due": "2 May 2019"}
    assert row.problems[0]["value"] == "in spring"


def test_correct_row_forgets_what_the_file_says_anyway(cast):
    row = read_people(cast, LENA).rows.get(number=2)

    assert correct(cast, row, born_on="12 Mar 1997", section="37").corrections == {"section": "37"}


def test_correct_row_accepts_a_reason_for_no_number(cast):
    row = read_people(cast, {**LENA, "NHS No": None}).rows.get(number=2)

    assert correct(cast, row, no_number_reason="overseas-patient").outcome == "ready"


def test_of_twins_the_second_waits_until_one_is_put_right(cast):
    kept = read_people(cast, LENA, {**OMAR, "NHS No": LENA["NHS No"]})
    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "waiting"}

    correct(cast, kept.rows.get(number=2), nhs_number="999 737 1992")

    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "ready"}


def test_a_corrected_row_may_become_a_twin(cast):
    kept = read_people(cast, {**LENA, "NHS No": None}, LENA)

    correct(cast, kept.rows.get(number=2), nhs_number=LENA["NHS No"])

    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "waiting"}
    assert words(kept.rows.get(number=3)) == ["nhs_number_duplicate"]


@pytest.mark.parametrize("without", [2, 3])
def test_a_person_with_a_number_and_without_one_goes_in_once(cast, without):
    people = [LENA, LENA]
    people[without - 2] = {**LENA, "NHS No": None}
    kept = read_people(cast, *people)

    correct(cast, kept.rows.get(number=without), no_number_reason="overseas-patient")

    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "waiting"}
    (problem,) = kept.rows.get(number=3).problems
    assert problem["sentence"].startswith("Row 2 names the same person")
    store(cast, kept)
    assert Patient.objects.count() == 1


def test_a_row_without_a_number_that_is_left_out_frees_the_one_with(cast):
    kept = read_people(cast, {**LENA, "NHS No": None}, LENA)
    row = kept.rows.get(number=2)
    correct(cast, row, no_number_reason="overseas-patient")

    imports.leave_out_row(row=row, reason="Twice", today=HARROW_DAY, by=cast.paula, at=NOON)

    assert outcomes(kept) == {1: "skipped", 2: "skipped", 3: "ready"}


def test_namesakes_with_numbers_of_their_own_are_two_people(cast):
    kept = read_people(cast, LENA, {**LENA, "NHS No": OMAR["NHS No"]})

    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "ready"}


def test_a_twin_of_a_twin_still_waits_when_the_first_is_put_right(cast):
    married = {**LENA, "Surname": "OKORO-BELL"}
    kept = read_people(cast, married, LENA, {**LENA, "NHS No": None})
    row = kept.rows.get(number=4)
    correct(cast, row, no_number_reason="overseas-patient")
    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "waiting", 4: "waiting"}

    correct(cast, row, nhs_number=OMAR["NHS No"])

    assert outcomes(kept) == {1: "skipped", 2: "ready", 3: "waiting", 4: "ready"}


def test_leave_out_row_frees_its_twin(cast):
    kept = read_people(cast, LENA, {**OMAR, "NHS No": LENA["NHS No"]})

    row = imports.leave_out_row(
        row=kept.rows.get(number=2), reason="Moved away", today=HARROW_DAY, by=cast.paula, at=NOON
    )

    assert (row.outcome, row.skip_reason) == ("skipped", "Moved away")
    assert outcomes(kept) == {1: "skipped", 2: "skipped", 3: "ready"}
    assert totals(kept).left_out == 1


def test_a_row_left_out_can_be_brought_back(cast):
    row = read_people(cast, LENA).rows.get(number=2)
    row = imports.leave_out_row(
        row=row, reason="Moved away", today=HARROW_DAY, by=cast.paula, at=NOON
    )

    assert correct(cast, row).outcome == "ready"


def test_a_row_that_is_in_is_corrected_in_its_case_file(cast):
    kept = store(cast, read_people(cast, LENA))

    with pytest.raises(Refused, match="in the register already"):
        correct(cast, ImportRow.objects.get(number=2, register_import=kept), born_on="1/1/1990")


def test_a_row_cannot_be_corrected_while_it_goes_in(cast):
    kept = read_people(cast, {**LENA, "DOB": "?"})
    imports.confirm_import(register_import=kept, by=cast.paula, at=NOON)

    with pytest.raises(Refused, match="being imported"):
        correct(cast, kept.rows.get(number=2), born_on="1/1/1990")


# Deciding ---------------------------------------------------------------------------------------


def test_confirm_writes_nothing_yet(cast):
    kept = imports.confirm_import(register_import=read_people(cast, LENA), by=cast.paula, at=NOON)

    assert (kept.status, kept.confirmed_by) == ("confirmed", cast.paula)
    assert not Patient.objects.exists()


def test_confirm_twice_is_refused(cast):
    kept = read_people(cast, LENA)
    imports.confirm_import(register_import=kept, by=cast.paula, at=NOON)

    with pytest.raises(Refused, match="It is now: being imported"):
        imports.confirm_import(register_import=kept, by=cast.poppy, at=NOON)


def test_abandon_keeps_file_and_rows(cast):
    kept = imports.abandon_import(register_import=read_people(cast, LENA), by=cast.paula, at=NOON)

    assert (kept.status, kept.rows.count()) == ("abandoned", 2)
    with pytest.raises(Refused):
        imports.confirm_import(register_import=kept, by=cast.paula, at=NOON)


def test_looking_and_taking_away_are_recorded(cast):
    kept = read_people(cast, LENA)

    imports.note_seen(register_import=kept, page="rows", by=cast.paula, at=NOON)
    imports.note_download(register_import=kept, what="file", by=cast.paula, at=NOON)

    last = AuditEvent.objects.order_by("-number").values_list("event", "detail")[:2]
    assert list(last) == [
        ("cohorts.register_downloaded", {"what": "file"}),
        ("cohorts.list_seen", {"page": "rows"}),
    ]
