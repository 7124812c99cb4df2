"""What the schedule does for packages."""

from celery import shared_task
from django.utils import timezone

from aftercare import operations


@shared_task
def refresh_weekly_costs() -> None:
    """Let prices and packages that begin or end today show in the lists."""
    operations.refresh_weekly_costs(day=timezone.localdate())
