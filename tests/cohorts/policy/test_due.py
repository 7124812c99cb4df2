from datetime import date, timedelta

import pytest

from cohorts.policy.due import DueState, due_in_words, due_state
from tests.cast import TODAY


@pytest.mark.parametrize(
    ("days", "label", "colour"),
    [
        (-2975, "2,975 days overdue", "red"),
        (-91, "91 days overdue", "red"),
        (-90, "90 days overdue", "orange"),
        (-1, "1 day overdue", "orange"),
        (0, "Due today", "yellow"),
        (1, "Due in 1 day", "yellow"),
        (30, "Due in 30 days", "yellow"),
        (31, "In date", "green"),
    ],
)
def test_a_date_is_late_soon_or_in_date(days, label, colour):
    assert due_state(TODAY + timedelta(days=days), TODAY) == DueState(label, colour)


def test_no_date_is_never_in_date():
    assert due_state(None, TODAY) == DueState("No date", "red")


def test_a_review_booked_is_said_until_its_day_has_passed():
    late = TODAY - timedelta(days=9)

    assert due_state(late, TODAY, booked_for=TODAY) == DueState("Booked 24 November", "blue")
    assert due_state(late, TODAY, booked_for=late) == DueState("9 days overdue", "orange")


def test_a_date_in_words():
    assert due_in_words(date(2027, 3, 4)) == "4 March 2027"
    assert due_in_words(None) == "no date"
