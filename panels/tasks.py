"""Work beside the web: packs made and found again, meetings planned ahead."""

from celery import shared_task
from django.utils import timezone

from core.dates import add_months
from core.models import BankHoliday
from panels.models import Pack, Panel
from panels.operations import meetings, packs

MONTHS_AHEAD = 6


@shared_task
def build_pack(pack_id: str) -> None:
    """Make one pack."""
    packs.build_pack(pack=Pack.objects.get(pk=pack_id), at=timezone.now())


@shared_task
def sweep_packs() -> None:
    """Ask for the packs whose day has come, and send out again what is still to be made."""
    for pack in packs.sweep(day=timezone.localdate(), at=timezone.now()):
        build_pack.delay(str(pack.pk))


@shared_task
def plan_meetings() -> None:
    """Keep six months of meetings planned for every panel."""
    until = add_months(timezone.localdate(), MONTHS_AHEAD)
    bank_holidays = BankHoliday.objects.days()
    for panel in Panel.objects.all():
        meetings.plan_meetings(
            panel=panel, until=until, bank_holidays=bank_holidays, by=None, at=timezone.now()
        )
