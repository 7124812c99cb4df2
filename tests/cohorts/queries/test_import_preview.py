from cohorts.queries.import_preview import (
    Totals,
    counts,
    next_waiting,
    problems_of,
    reasons,
    same_file_before,
    totals,
)
from tests.cohorts.registers import LENA, OMAR, read_people, store

NO_BIRTH = {**LENA, "NHS No": "999 737 1992", "DOB": "?"}
NO_NUMBER = {**OMAR, "NHS No": None}


def test_totals_add_up(cast, django_assert_num_queries):
    kept = read_people(cast, LENA, NO_BIRTH, {"Surname": "Total"})

    with django_assert_num_queries(1):
        found = totals(kept)

    assert found == Totals(1, 1, 0, 0, 2, new=1, updated=0, unchanged=0)
    assert (found.people, found.all) == (2, 4)
    assert counts(kept) == {"ready": 1, "waiting": 1, "skipped": 2, "imported": 0}


def test_reasons_come_with_an_example_most_rows_first(cast):
    kept = read_people(cast, NO_NUMBER, LENA, NO_BIRTH, {**NO_BIRTH, "NHS No": "999 041 2200"})

    found = [(reason.why, reason.rows, reason.example) for reason in reasons(kept)]

    assert found == [
        ("Date of birth cannot be read", 2, "Row 4: ?"),
        ("No NHS number", 1, "Row 2: blank"),
    ]


def test_a_row_with_two_problems_counts_once(cast):
    kept = read_people(cast, {**LENA, "NHS No": None, "DOB": "?"})

    assert [reason.rows for reason in reasons(kept)] == [1]
    assert len(problems_of(kept.rows.waiting())) == 2


def test_next_waiting_goes_round(cast):
    kept = read_people(cast, NO_BIRTH, LENA, NO_NUMBER)

    assert next_waiting(kept, after=0) == 2
    assert next_waiting(kept, after=2) == 4
    assert next_waiting(kept, after=4) == 2
    assert next_waiting(kept, after=0, word="nhs_number_missing") == 4
    assert next_waiting(kept, after=4, word="nhs_number_missing") is None


def test_same_file_before_is_only_one_that_went_in(cast):
    first = read_people(cast, LENA)
    assert same_file_before(read_people(cast, LENA)) is None

    first = store(cast, first)

    assert same_file_before(read_people(cast, LENA)) == first
    assert same_file_before(first) is None
    assert same_file_before(read_people(cast, LENA, partnership=cast.merebridge)) is None
