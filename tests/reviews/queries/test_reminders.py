"""What a person was reminded of, as long as it is true."""

from datetime import timedelta

import pytest

from reviews.models import Reminder
from reviews.operations.reminders import raise_reminders
from reviews.queries.reminders import reminders_for
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, ReviewFactory


@pytest.fixture
def due_soon(cast):
    case = CaseFactory(
        partnership=cast.eastmere,
        care_coordinator=cast.asha,
        next_review_due=TODAY + timedelta(days=20),
    )
    raise_reminders(day=TODAY, at=NOON)
    return case


def test_a_reminder_is_shown_to_the_care_coordinator_alone(cast, due_soon):
    (row,) = reminders_for(cast.asha, TODAY)

    assert (row.reference, row.due_on, row.words, row.raised_on) == (
        due_soon.reference,
        due_soon.next_review_due,
        "Due in 30 days",
        TODAY,
    )
    assert reminders_for(cast.ben, TODAY) == reminders_for(cast.dev, TODAY) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ended_on": TODAY, "end_reason": "jointly"},
        {"next_review_due": TODAY + timedelta(days=300)},
        {"care_coordinator": None},
    ],
)
def test_a_reminder_that_no_longer_holds_is_not_shown(cast, due_soon, change):
    type(due_soon).objects.filter(pk=due_soon.pk).update(**change)

    assert reminders_for(cast.asha, TODAY) == []


def test_a_reminder_goes_once_a_review_is_booked(cast, due_soon):
    ReviewFactory(case=due_soon)

    assert reminders_for(cast.asha, TODAY) == []


def test_only_the_latest_step_is_shown(cast, due_soon):
    later = TODAY + timedelta(days=15)
    raise_reminders(day=later, at=NOON + timedelta(days=15))

    assert Reminder.objects.count() == 2
    assert [row.words for row in reminders_for(cast.asha, later)] == ["Due in 7 days"]


def test_nobody_without_a_membership_is_shown_any(cast, due_soon):
    cast.asha.membership = None

    assert reminders_for(cast.asha, TODAY) == []
