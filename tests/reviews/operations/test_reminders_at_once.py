"""Two schedulers at one instant: a reminder is still raised once and told once."""

from datetime import timedelta

import pytest
from django.core import mail

from reviews.models import Reminder
from reviews.operations.reminders import raise_reminders, send_reminders
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory
from tests.races import race


@pytest.fixture
def overdue(committed, cast):
    return CaseFactory.create_batch(
        5,
        partnership=cast.eastmere,
        care_coordinator=cast.asha,
        next_review_due=TODAY - timedelta(days=3),
    )


@pytest.mark.services
def test_runs_at_once_raise_each_step_once(overdue):
    results = race(*[lambda: raise_reminders(day=TODAY, at=NOON)] * 4)

    assert results == ["done"] * 4
    assert Reminder.objects.count() == len(overdue)


@pytest.mark.services
def test_runs_at_once_send_one_digest(overdue):
    raise_reminders(day=TODAY, at=NOON)

    results = race(*[lambda: send_reminders(at=NOON)] * 4)

    assert results == ["done"] * 4
    assert len(mail.outbox) == 1
    assert Reminder.objects.unsent().count() == 0
