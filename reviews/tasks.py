"""Jobs of reviews."""

from celery import shared_task
from django.utils import timezone

from reviews.operations import reminders


@shared_task
def sweep_reminders() -> tuple[int, int]:
    """Raise what is owed today and tell people; nothing is lost if this did not run for days."""
    at = timezone.now()
    raised = reminders.raise_reminders(day=timezone.localdate(at), at=at)
    return raised, reminders.send_reminders(at=at)
