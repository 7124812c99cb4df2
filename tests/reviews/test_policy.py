from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.enums import ReminderStep
from reviews.policy import due_between, due_late_by, is_joint, next_due, step_on

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
DUE = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("held_on", "due"),
    [
        (date(2027, 3, 2), date(2028, 3, 2)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 1, 31), date(2028, 1, 31)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_next_review_is_due_twelve_calendar_months_later(held_on, due):
    assert next_due(held_on) == due


@given(DAYS)
def test_the_next_review_is_a_year_on_whatever_the_day(held_on):
    assert 365 <= (next_due(held_on) - held_on).days <= 366
    assert next_due(held_on + timedelta(days=1)) >= next_due(held_on)


@pytest.mark.parametrize(
    ("days_before", "step"),
    [
        (91, None), (90, "90"), (31, "90"), (30, "30"), (8, "30"), (7, "7"), (0, "7"),
        (-1, "overdue"), (-400, "overdue"),
    ],
)  # fmt: skip
def test_the_reminder_owed_is_the_latest_whose_day_has_come(days_before, step):
    assert step_on(DUE, DUE - timedelta(days=days_before)) == step


@given(DAYS, st.integers(-500, 500))
def test_the_range_of_due_dates_and_the_step_say_the_same(day, distance):
    due_on = day + timedelta(days=distance)
    within = [
        step
        for step in ReminderStep
        for first, last in [due_between(step, day)]
        if (first is None or first <= due_on) and due_on <= last
    ]

    assert within == ([step_on(due_on, day)] if step_on(due_on, day) else [])


@pytest.mark.parametrize(
    ("capacities", "joint"),
    [
        (["consultant", "social_worker"], True),
        (["icb_case_manager", "council_other"], True),
        (["care_coordinator", "nurse"], False),
        (["social_worker"], False),
        (["person", "carer", "provider"], False),
        ([], False),
    ],
)
def test_a_review_is_joint_when_health_and_the_council_took_part(capacities, joint):
    assert is_joint(capacities) is joint


@pytest.mark.parametrize(
    ("held_on", "words"),
    [
        (date(2027, 3, 2), "It was due by 26 October 2026 and held 127 days late."),
        (date(2026, 10, 27), "It was due by 26 October 2026 and held 1 day late."),
        (date(2026, 10, 26), "It was due by 26 October 2026 and held in time."),
    ],
)
def test_how_late_a_review_was_is_said(held_on, words):
    assert due_late_by(date(2026, 10, 26), held_on) == words
