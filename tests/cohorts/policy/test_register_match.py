from datetime import date
from decimal import Decimal

import pytest

from cohorts.policy.register_match import (
    Known,
    as_case,
    changes,
    identity_of,
    known_as,
    names_and_birth,
    notes,
    objections,
    sought_as,
)

ROW = {
    "nhs_number": "9998618959",
    "no_number_reason": None,
    "family_name": "Okoro",
    "given_names": "Lena",
    "born_on": date(1997, 3, 12),
    "client_group": "LD",
    "postcode": None,
    "gp_practice": None,
    "local_reference": None,
    "entitled_from": date(2016, 7, 5),
    "last_reviewed_on": date(2018, 1, 1),
    "next_review_due": date(2019, 1, 1),
    "out_of_area": None,
    "care_coordinator": None,
    "weekly_cost": None,
}
PATIENT = {
    "nhs_number": "9998618959",
    "family_name": "Okoro",
    "given_names": "Lena",
    "born_on": date(1997, 3, 12),
    "client_group": "LD",
    "postcode": "HA1 1AA",
    "gp_practice": "",
    "local_reference": "",
}
CASE = {
    "entitled_from": date(2016, 7, 5),
    "ended_on": None,
    "last_reviewed_on": date(2018, 1, 1),
    "next_review_due": date(2019, 1, 1),
    "is_out_of_area": True,
    "care_coordinator_id": None,
    "coordinator_in_register": "",
    "weekly_cost": None,
}
COORDINATORS = {"uma fenn": 7}


def row(**other):
    return {**ROW, **other}


def known(case=CASE, **patient):
    return Known({**PATIENT, **patient}, case)


def here(**case):
    return known({**CASE, **case})


def words(found):
    return [problem.word for problem in found]


@pytest.mark.parametrize(
    ("values", "identity"),
    [
        (row(), ("9998618959",)),
        (row(nhs_number=None), None),
        (
            row(nhs_number=None, no_number_reason="overseas-patient", family_name="OKORO "),
            ("okoro", "lena", date(1997, 3, 12)),
        ),
        ({}, None),
    ],
)
def test_identity_of(values, identity):
    assert identity_of(values) == identity


NUMBERLESS = {"nhs_number": None, "no_number_reason": "overseas-patient"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({}, {}, True),
        ({}, {"family_name": "Bell"}, True),
        ({}, NUMBERLESS, True),
        (NUMBERLESS, NUMBERLESS, True),
        ({}, {"nhs_number": "9990448094"}, False),
        ({}, {**NUMBERLESS, "born_on": date(1997, 3, 13)}, False),
        ({}, {"nhs_number": None}, False),
        ({"born_on": None}, {**NUMBERLESS, "born_on": None}, False),
    ],
)
def test_who_is_sought_is_who_is_known(one, other, is_same):
    one, other = row(**one), row(**other)

    assert bool(set(sought_as(one)) & set(known_as(other))) is is_same
    assert bool(set(sought_as(other)) & set(known_as(one))) is is_same


def test_names_compare_whatever_their_writing():
    assert names_and_birth(row(given_names="  LENA ")) == names_and_birth(row())


@pytest.mark.parametrize(
    ("patient", "word"),
    [
        ({}, None),
        ({"family_name": "Brown"}, None),
        ({"family_name": "Okorro", "given_names": "Helena"}, None),
        ({"family_name": "Brown", "given_names": "Ian"}, "name"),
        ({"born_on": date(1997, 12, 3)}, "date of birth"),
    ],
)
def test_objections_to_somebody_else(patient, word):
    found = list(objections(row(), known(**patient)))

    assert words(found) == (["nhs_number_of_somebody_else"] if word else [])
    assert all(f"with another {word};" in problem.sentence for problem in found)


@pytest.mark.parametrize(
    ("case", "left", "problems"),
    [
        ({"ended_on": date(2017, 1, 1)}, date(2016, 7, 5), ["case_ended"]),
        ({"ended_on": date(2017, 1, 1)}, date(2017, 1, 1), ["case_ended"]),
        ({"ended_on": date(2017, 1, 1)}, date(2017, 1, 2), []),
        ({"entitled_from": date(2018, 1, 2)}, date(2016, 7, 5), ["review_before_entitlement"]),
        ({"entitled_from": date(2018, 1, 1)}, date(2016, 7, 5), []),
    ],
)
def test_objections_of_the_case(case, left, problems):
    assert words(objections(row(entitled_from=left), here(**case))) == problems


def test_objections_to_a_person_without_a_case():
    assert list(objections(row(), known(None))) == []


def test_changes_of_nothing():
    assert not changes(row(), known(), COORDINATORS)


@pytest.mark.parametrize(
    ("values", "case", "brings"),
    [
        ({"last_reviewed_on": date(2018, 6, 1)}, {}, {"last_reviewed_on": date(2018, 6, 1)}),
        ({"next_review_due": date(2019, 2, 1)}, {}, {"next_review_due": date(2019, 2, 1)}),
        ({"last_reviewed_on": None, "next_review_due": date(2030, 1, 1)}, {}, {}),
        (
            {"last_reviewed_on": None},
            {"last_reviewed_on": None, "next_review_due": None},
            {"next_review_due": date(2019, 1, 1)},
        ),
        ({"next_review_due": None}, {}, {}),
        ({"out_of_area": False}, {}, {"is_out_of_area": False}),
        ({"care_coordinator": "Uma Fenn"}, {}, {"care_coordinator_id": 7}),
        ({"care_coordinator": "Bo"}, {}, {"coordinator_in_register": "Bo"}),
        ({"care_coordinator": "Bo"}, {"care_coordinator_id": 9}, {}),
    ],
)
def test_changes_of_the_case(values, case, brings):
    found = changes(row(**values), here(**case), COORDINATORS)

    assert (found.patient, found.case) == ({}, brings)


def test_changes_of_the_person_fill_and_never_empty():
    found = changes(
        row(client_group="OP", gp_practice="E84003"), known(nhs_number=None), COORDINATORS
    )

    assert found.patient == {
        "client_group": "OP",
        "gp_practice": "E84003",
        "nhs_number": "9998618959",
        "no_number_reason": "",
    }


def test_changes_of_a_person_without_a_case():
    assert not changes(row(), known(None), COORDINATORS)


@pytest.mark.parametrize(
    ("said", "kept", "found"),
    [
        (Decimal(950), Decimal(900), ["weekly_cost_differs"]),
        (Decimal(900), Decimal(900), []),
        (None, Decimal(900), []),
        (Decimal(950), None, []),
    ],
)
def test_notes_of_another_cost(said, kept, found):
    assert words(notes(row(weekly_cost=said), here(weekly_cost=kept))) == found


@pytest.mark.parametrize(
    ("name", "user", "text"), [(None, None, ""), ("UMA FENN", 7, ""), ("Bo", None, "Bo")]
)
def test_as_case(name, user, text):
    assert as_case(row(care_coordinator=name), COORDINATORS) == {
        "entitled_from": date(2016, 7, 5),
        "last_reviewed_on": date(2018, 1, 1),
        "next_review_due": date(2019, 1, 1),
        "is_out_of_area": False,
        "care_coordinator_id": user,
        "coordinator_in_register": text,
    }
