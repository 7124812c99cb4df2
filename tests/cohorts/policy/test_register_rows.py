import json
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.enums import NoNumberReason
from cohorts.policy.register_columns import propose_mapping
from cohorts.policy.register_rows import (
    NO_NUMBER_REASONS,
    read_fields,
    read_row,
    read_rows,
    values_as_json,
    values_from_json,
)

TODAY = date(2018, 11, 30)
WORDS = {
    "date_of_birth": {"born_on_unreadable"},
    "date_of_birth in the future": {"born_on_in_future"},
    "split does not add to 100": {"shares_not_100"},
    "section does not give s117 entitlement": {"section_not_entitling"},
    "nhs_number missing": {"nhs_number_missing"},
    "nhs_number check digit": {"nhs_number_check_digit"},
    "next_review_due": {"next_review_due_unreadable"},
    "duplicate nhs_number": {"nhs_number_duplicate"},
    None: set(),
}
GOOD = {
    "nhs_number": "999 861 8959",
    "family_name": "OKORO",
    "given_names": "Lena",
    "born_on": "12 Mar 1997",
    "client_group": "LD",
    "section": "Sec 3",
    "detained_on": datetime.fromisoformat("2015-07-13"),
    "left_hospital_on": "2016-07-05",
    "last_reviewed_on": "01/01/2018",
    "next_review_due": "01/01/2019",
    "weekly_cost": "£3,836.71 pw",
    "shares": "50% / 50%",
}
HEADINGS = [
    "NHS No",
    "Surname",
    "Forename",
    "DOB",
    "Client group",
    "Section",
    "117 from",
    "Comments",
]
MAPPING = propose_mapping((3, HEADINGS), [])
PERSON = ["999 861 8959", "OKORO", "Lena", "12 Mar 1997", "LD", "S3", "05/07/2016", None]


def words_of(row):
    return {problem.word for problem in row.problems}


def read(**changes):
    return read_fields({**GOOD, **changes}, number=5, today=TODAY)


def test_read_rows_answers_as_the_key(harrow_rows, harrow_key):
    people = {row.number: row for row in harrow_rows if row.outcome != "skipped"}

    assert people.keys() == harrow_key.keys()
    for number, row in people.items():
        assert words_of(row) == WORDS[harrow_key[number]["problem"]], number


def test_read_rows_understands_each_ready_row_as_the_key(harrow_rows, harrow_key):
    ready = [row for row in harrow_rows if row.outcome == "ready"]

    assert len(ready) == 370
    for row in ready:
        assert as_key(row) == harrow_key[row.number]


def as_key(row):
    values = values_as_json(row.values)
    cost, share = row.values["weekly_cost"], row.values["health_share"]
    return {
        "row": row.number,
        "nhs_number": values["nhs_number"],
        "family_name": values["family_name"],
        "given_name": values["given_names"],
        "date_of_birth": values["born_on"],
        "client_group": values["client_group"],
        "section": values["section"],
        "last_review_on": values["last_reviewed_on"],
        "next_review_due": values["next_review_due"],
        "provider": values["provider"],
        "weekly_cost_pence": None if cost is None else int(cost * 100),
        "health_share": None if share is None else int(share),
        "out_of_area": values["out_of_area"],
        "s117_from": values["entitled_from"],
        "problem": None,
    }


def test_read_rows_skips_with_a_word_why(harrow_rows):
    skipped = Counter(row.skip_reason for row in harrow_rows if row.outcome == "skipped")

    assert skipped == {
        "Title above the headings": 2,
        "Row of headings": 1,
        "Blank row": 6,
        "Totals row": 1,
    }


def test_read_fields_ready():
    row = read()

    assert (row.outcome, row.problems, row.notes) == ("ready", (), ())
    assert row.values["legal_status"] == "03"
    assert row.values["entitled_from"] == date(2016, 7, 5)
    assert row.values["weekly_cost"] == Decimal("3836.71")
    assert row.values["health_share"] == 50


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_reviewed_on": "01/07/2016"}, {"review_before_entitlement"}),
        ({"last_reviewed_on": "01/12/2018"}, {"last_reviewed_on_in_future"}),
        ({"next_review_due": "01/12/2017"}, {"due_before_last_review"}),
        ({"born_on": "01/01/2016"}, {"detained_before_birth"}),
        ({"detained_on": "06/07/2016"}, {"left_hospital_before_detention"}),
        ({"left_hospital_on": ""}, {"left_hospital_on_missing"}),
        ({"left_hospital_on": "01/01/2020"}, {"left_hospital_on_in_future"}),
        ({"left_hospital_on": "soon"}, {"left_hospital_on_unreadable"}),
        ({"weekly_cost": "lots"}, {"weekly_cost_unreadable"}),
        ({"shares": "160 %"}, {"shares_not_100"}),
        ({"shares": "", "health_share": 60, "la_share": 50}, {"shares_not_100"}),
        ({"given_names": ""}, {"given_names_missing"}),
        ({"nhs_number": "", "born_on": "?"}, {"nhs_number_missing", "born_on_unreadable"}),
    ],
)
def test_read_fields_waits(changes, words):
    row = read(**changes)

    assert row.outcome == "waiting"
    assert words <= words_of(row)
    assert all(problem.sentence for problem in row.problems)


def test_read_fields_accepts_a_reason_for_no_nhs_number():
    row = read(nhs_number="not known", no_number_reason="overseas-patient")

    assert (row.outcome, row.values["nhs_number"]) == ("ready", None)
    assert row.values["no_number_reason"] == "overseas-patient"


def test_read_fields_keeps_no_reason_beside_a_number():
    assert read(no_number_reason="overseas-patient").values["no_number_reason"] is None


def test_no_number_reasons_are_those_of_the_patient():
    assert set(NO_NUMBER_REASONS) == set(NoNumberReason.values)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"health_share": "60%"}, 60),
        ({"la_share": 40}, 60),
        ({"health_share": 0.6, "la_share": 0.4}, 60),
        ({}, None),
    ],
)
def test_read_fields_shares_in_two_columns(shares, expected):
    assert read(shares="", **shares).values["health_share"] == expected


def test_read_fields_full_name_and_its_correction():
    together = {"full_name": "OKORO, Lena", "family_name": "", "given_names": ""}

    assert read(**together).values["family_name"] == "Okoro"
    assert read(**{**together, "family_name": "Eze"}).values["family_name"] == "Eze"
    assert read(**{**together, "family_name": "Eze"}).values["given_names"] == "Lena"


@pytest.mark.parametrize(
    ("number", "cells", "reason"),
    [
        (1, ["S117 register"], "Title above the headings"),
        (3, HEADINGS, "Row of headings"),
        (9, [heading.upper() for heading in HEADINGS], "Row of headings"),
        (9, [], "Blank row"),
        (9, [None, "", "  "], "Blank row"),
        (9, ["Total", 412], "Totals row"),
        (9, [None, "Grand total", 412], "Totals row"),
        (9, ["Closed cases below"], "Names no person"),
        (9, ["not known", "-", "n/a", None, "LD"], "Names no person"),
    ],
)
def test_read_row_skips(number, cells, reason):
    row = read_row((number, cells), MAPPING, today=TODAY)

    assert (row.outcome, row.skip_reason) == ("skipped", reason)


def test_read_rows_of_twins_only_the_first_is_ready():
    rows = read_rows([(5, PERSON), (6, PERSON), (7, PERSON)], MAPPING, today=TODAY)

    assert [row.outcome for row in rows] == ["ready", "waiting", "waiting"]
    assert rows[2].problems[0].sentence.startswith("Row 5 has the same NHS number")


def test_read_row_as_json_says_what_the_file_said():
    row = read_row((5, [*PERSON[:3], "31/02/1975", *PERSON[4:]]), MAPPING, today=TODAY)

    stored = json.loads(json.dumps(row.as_json()))

    assert stored["problems"] == [
        {
            "row": 5,
            "field": "born_on",
            "problem": "born_on_unreadable",
            "sentence": "There is no such day, read as day, month, year; correct it",
            "value": "31/02/1975",
        }
    ]
    assert stored["cells"][0] == "999 861 8959"


def test_read_row_again_from_what_was_stored(harrow_rows):
    headings = next(row for row in harrow_rows if row.skip_reason == "Row of headings")
    mapping = propose_mapping((headings.number, headings.cells), [])
    for row in harrow_rows:
        again = read_row((row.number, row.cells), mapping, today=TODAY)

        assert again.values == row.values
        assert words_of(again) == words_of(row) - {"nhs_number_duplicate"}


def test_values_round_trip_as_json():
    values = read().values

    assert values_from_json(json.loads(json.dumps(values_as_json(values)))) == values


CELL = (
    st.none()
    | st.text(max_size=30)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.datetimes()
    | st.timedeltas()
    | st.sampled_from([*PERSON, *HEADINGS, "Total", "TBC", "=1+1", "31/02/1975"])
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELL, max_size=10), max_size=8))
def test_read_rows_gives_every_row_one_outcome(rows):
    numbered = list(enumerate(rows, start=1))

    read = read_rows(numbered, MAPPING, today=TODAY)

    assert [row.number for row in read] == [number for number, _ in numbered]
    for row in read:
        assert (row.outcome == "waiting") is bool(row.problems)
        assert (row.outcome == "skipped") is bool(row.skip_reason)
        assert json.dumps(row.as_json(), allow_nan=False).encode()
