"""The jobs: packs made and found again, meetings planned ahead."""

from datetime import date

from django.utils import timezone

from core.dates import add_months
from panels import tasks
from panels.enums import PackStatus
from panels.models import Pack
from panels.operations.packs import request_pack
from tests.cast import NOON


def test_build_pack_makes_it(cast, published, new_listed):
    new_listed()
    pack = request_pack(meeting=published, by=cast.paula, at=NOON)

    tasks.build_pack(str(pack.pk))

    pack.refresh_from_db()
    assert pack.status == PackStatus.READY


def test_sweep_packs_has_what_is_due_made(published, new_listed):
    new_listed()
    published.pack_due_on = date(2026, 1, 2)
    published.save()

    tasks.sweep_packs()
    tasks.sweep_packs()

    pack = Pack.objects.get()
    assert (pack.status, pack.attempts) == (PackStatus.READY, 1)


def test_plan_meetings_plans_half_a_year_once(panel):
    tasks.plan_meetings()
    planned = panel.meetings.count()
    tasks.plan_meetings()

    assert panel.meetings.count() == planned
    last = panel.meetings.order_by("held_on").last()
    until = add_months(timezone.localdate(), 6)
    assert 0 <= (until - last.held_on).days < 14
