"""Storing the people of a register: once, matched to who is here, nobody lost."""

import json
from datetime import date

import pytest

from cohorts.models.cases import Case
from cohorts.models.people import Detention, Patient
from cohorts.operations import imports, register_people
from cohorts.operations.register_people import RowsLost
from cohorts.queries.import_preview import totals
from tests.cast import NOON
from tests.cohorts.registers import HARROW, HARROW_DAY, LENA, OMAR, read, read_people, store
from tests.factories import CaseFactory, PatientFactory

KEY = json.loads(HARROW.with_suffix(".key.json").read_text())
LENAS_NUMBER = "9998618959"


def lena_here(cast, *, case=(), **details):
    """Lena as she is on the register already."""
    known = {"family_name": "Okoro", "given_names": "Lena", "client_group": "LD"}
    patient = PatientFactory(
        partnership=cast.eastmere,
        **{"nhs_number": LENAS_NUMBER, "born_on": date(1997, 3, 12), **known, **details},
    )
    known = {"entitled_from": date(2016, 7, 5), "last_reviewed_on": date(2018, 1, 1)}
    known["next_review_due"] = date(2019, 1, 1)
    return CaseFactory(partnership=cast.eastmere, patient=patient, **{**known, **dict(case)})


def effects(register_import):
    found = totals(register_import)
    return found.new, found.updated, found.unchanged


def state_of_the_register():
    return [list(model.objects.order_by("pk").values()) for model in (Patient, Detention, Case)]


def as_key(case):
    patient = case.patient
    return {
        "nhs_number": patient.nhs_number,
        "family_name": patient.family_name,
        "given_name": patient.given_names,
        "date_of_birth": str(patient.born_on),
        "client_group": patient.client_group,
        "section": case.detention.section,
        "last_review_on": case.last_reviewed_on and str(case.last_reviewed_on),
        "next_review_due": case.next_review_due and str(case.next_review_due),
        "out_of_area": case.is_out_of_area,
        "s117_from": str(case.entitled_from),
    }


def test_store_people_stores_every_ready_row_as_the_key(cast):
    harrow = store(cast, read(cast))

    found = totals(harrow)
    assert (found.imported, found.waiting, found.ready) == (370, 42, 0)
    key = {record["row"]: record for record in KEY["records"]}
    rows = harrow.rows.imported().select_related("case__patient", "case__detention")
    for row in rows:
        stored = as_key(row.case)
        assert stored == {name: key[row.number][name] for name in stored}, row.number
        assert key[row.number]["problem"] is None
    assert Case.objects.open().count() == 370
    assert Case.objects.order_by("reference").last().reference == "EM-0370"


def test_the_same_file_twice_changes_nothing(cast):
    store(cast, read(cast))
    before = state_of_the_register()

    again = store(cast, read(cast))

    assert state_of_the_register() == before
    assert effects(again) == (0, 0, 370)
    assert totals(again).imported == 370


def test_store_people_asks_the_database_by_the_batch(cast, django_assert_max_num_queries):
    kept = imports.confirm_import(register_import=read(cast), by=cast.paula, at=NOON)

    with django_assert_max_num_queries(30):  # SQLite takes 999 values a statement
        register_people.store_people(register_import=kept, day=HARROW_DAY)


def test_who_is_here_gets_only_what_changed(cast):
    case = lena_here(cast, client_group="MH", postcode="HA1 1AA", case={"is_out_of_area": True})

    kept = read_people(
        cast, {**LENA, "Last review": "1/6/2018", "Next review due": "1/6/2019", "OOA": ""}, OMAR
    )
    assert effects(kept) == (1, 1, 0)
    store(cast, kept)

    case.refresh_from_db()
    assert (case.last_reviewed_on, case.next_review_due) == (date(2018, 6, 1), date(2019, 6, 1))
    assert (case.patient.postcode, case.is_out_of_area) == ("HA1 1AA", True)
    assert Patient.objects.get(pk=case.patient_id).client_group == "LD"
    assert Case.objects.count() == 2


def test_a_review_the_record_knows_of_is_not_undone_by_an_older_register(cast):
    case = lena_here(
        cast,
        case={"last_reviewed_on": date(2018, 10, 1), "next_review_due": date(2019, 10, 1)},
    )

    kept = store(cast, read_people(cast, LENA))

    case.refresh_from_db()
    assert effects(kept) == (0, 0, 1)
    assert case.next_review_due == date(2019, 10, 1)


@pytest.mark.parametrize(
    ("details", "row", "problem"),
    [
        ({"born_on": date(1997, 3, 13)}, {}, "nhs_number_of_somebody_else"),
        ({"family_name": "Brown", "given_names": "Ian"}, {}, "nhs_number_of_somebody_else"),
        ({}, {"Last review": "6/7/2016", "117 from": "5/7/2016"}, None),
    ],
)
def test_a_number_of_somebody_else_waits(cast, details, row, problem):
    lena_here(cast, **details)

    kept = read_people(cast, {**LENA, **row})

    words = [found["problem"] for found in kept.rows.get(number=2).problems]
    assert words == ([problem] if problem else [])


@pytest.mark.parametrize("name", ["Okoro-Brown", "Okoroh"])
def test_a_name_written_otherwise_is_the_same_person(cast, name):
    lena_here(cast, family_name=name)

    assert effects(read_people(cast, LENA)) == (0, 0, 1)


def test_what_changed_since_the_preview_waits_when_stored(cast):
    kept = read_people(cast, LENA, OMAR)
    lena_here(cast, born_on=date(1990, 1, 1))

    kept = store(cast, kept)

    found = totals(kept)
    assert (found.imported, found.waiting) == (1, 1)
    problem = kept.rows.waiting().get().problems[0]
    assert problem["problem"] == "nhs_number_of_somebody_else"
    assert Patient.objects.get(nhs_number=LENAS_NUMBER).born_on == date(1990, 1, 1)


def test_a_person_of_another_partnership_is_nobody_here(cast):
    other = PatientFactory(partnership=cast.merebridge, nhs_number=LENAS_NUMBER)

    store(cast, read_people(cast, LENA))

    assert Patient.objects.filter(nhs_number=LENAS_NUMBER).count() == 2
    other.refresh_from_db()
    assert other.family_name != "Okoro"


def test_after_care_that_ended_waits_unless_hospital_was_left_since(cast):
    ended = {"ended_on": date(2017, 1, 1), "end_reason": "jointly", "last_reviewed_on": None}
    lena_here(cast, case=ended)

    kept = read_people(cast, LENA)
    assert kept.rows.get(number=2).problems[0]["problem"] == "case_ended"

    later = {**LENA, "117 from": "5/7/2017"}
    kept = store(cast, read_people(cast, later))
    assert effects(kept) == (1, 0, 0)
    assert Case.objects.open().get().entitled_from == date(2017, 7, 5)
    assert Patient.objects.count() == 1


def test_a_review_before_the_case_here_began_waits(cast):
    lena_here(cast, case={"entitled_from": date(2018, 2, 1), "last_reviewed_on": None})

    kept = read_people(cast, LENA)

    assert kept.rows.get(number=2).problems[0]["problem"] == "review_before_entitlement"


def test_a_coordinator_is_known_by_exact_name_or_kept_as_written(cast):
    people = ({**LENA, "Care Co-ordinator": "asha"}, {**OMAR, "Care Co-ordinator": "Uma Fenn"})

    store(cast, read_people(cast, *people))

    found = Case.objects.order_by("reference").values_list(
        "care_coordinator__name", "coordinator_in_register"
    )
    assert list(found) == [("Asha", ""), (None, "Uma Fenn")]


def test_a_coordinator_of_elsewhere_is_not_named(cast):
    store(cast, read_people(cast, {**LENA, "Care Co-ordinator": "Dev"}))

    assert Case.objects.get().coordinator_in_register == "Dev"


def test_whoever_coordinates_here_stays(cast):
    case = lena_here(cast, case={"care_coordinator": cast.ben})

    kept = store(cast, read_people(cast, {**LENA, "Care Co-ordinator": "Asha"}))

    case.refresh_from_db()
    assert (case.care_coordinator, effects(kept)) == (cast.ben, (0, 0, 1))


def without_number(cast, kept):
    return imports.correct_row(
        row=kept.rows.get(number=2),
        corrections={"no_number_reason": "overseas-patient"},
        today=HARROW_DAY,
        by=cast.paula,
        at=NOON,
    )


def test_a_person_without_number_is_known_again_by_name_and_birth(cast):
    for _ in range(2):
        kept = read_people(cast, {**LENA, "NHS No": None})
        without_number(cast, kept)
        kept = store(cast, kept)

    assert effects(kept) == (0, 0, 1)
    assert Patient.objects.get().no_number_reason == "overseas-patient"


def test_a_person_named_with_and_without_number_gets_one_new_case_after_one_that_ended(cast):
    ended = {"ended_on": date(2017, 1, 1), "end_reason": "jointly", "last_reviewed_on": None}
    lena_here(cast, case=ended)
    later = {**LENA, "117 from": "5/7/2017"}
    kept = read_people(cast, {**later, "NHS No": None}, later)
    without_number(cast, kept)

    kept = store(cast, kept)

    assert effects(kept) == (1, 0, 0)
    assert totals(kept).waiting == 1
    assert Case.objects.open().count() == Patient.objects.count() == 1


def test_a_number_traced_since_is_added_to_the_person(cast):
    kept = read_people(cast, {**LENA, "NHS No": None})
    without_number(cast, kept)
    store(cast, kept)

    kept = store(cast, read_people(cast, LENA))

    patient = Patient.objects.get()
    assert (patient.nhs_number, patient.no_number_reason) == (LENAS_NUMBER, "")
    assert effects(kept) == (0, 1, 0)


def test_another_cost_than_the_record_has_is_shown_and_not_taken(cast):
    case = lena_here(cast, case={"weekly_cost": "900.00"})

    kept = store(cast, read_people(cast, {**LENA, "Weekly cost": "£950"}))

    case.refresh_from_db()
    note = kept.rows.imported().get().problems[0]
    assert (note["problem"], note["stops"]) == ("weekly_cost_differs", False)
    assert note["sentence"].startswith("The record says £900.00 a week")
    assert case.weekly_cost == 900


def test_rows_that_would_be_lost_stop_everything(cast, monkeypatch):
    kept = imports.confirm_import(
        register_import=read_people(cast, LENA, OMAR), by=cast.paula, at=NOON
    )
    monkeypatch.setattr(register_people, "batches", lambda rows: [rows[:1]])

    with pytest.raises(RowsLost):
        register_people.store_people(register_import=kept, day=HARROW_DAY)

    assert not Patient.objects.exists()
