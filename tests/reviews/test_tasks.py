from datetime import timedelta

from django.core import mail
from django.utils import timezone

from reviews.tasks import sweep_reminders
from tests.factories import CaseFactory


def test_the_sweep_tells_once_however_often_it_runs(cast):
    due = timezone.localdate() - timedelta(days=40)
    CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, next_review_due=due)

    assert [sweep_reminders() for _ in range(3)] == [(1, 1), (0, 0), (0, 0)]
    assert len(mail.outbox) == 1
