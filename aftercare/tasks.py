"""Jobs of after-care."""

from celery import shared_task
from django.utils import timezone

from aftercare import operations
from cohorts.models.cases import Case


@shared_task
def refresh_weekly_costs() -> int:
    """A price may begin on a day on which nobody writes anything."""
    return operations.keep_weekly_costs(cases=Case.objects.open(), day=timezone.localdate())
