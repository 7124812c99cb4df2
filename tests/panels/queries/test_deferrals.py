"""What was asked for when a case was put off."""

from datetime import timedelta

from panels.models import Decision
from panels.queries.deferrals import deferral_before
from tests.cast import NOON
from tests.factories import AgendaItemFactory


def test_deferral_before_finds_what_the_panel_asked_for(cast, panel, new_listed):
    first = new_listed(status="decided")
    decision = Decision.objects.create(
        item=first,
        outcome="defer",
        reasons="Too little to go on.",
        conditions="A nursing assessment",
        decided_at=NOON,
        decided_by=cast.chloe,
    )
    again = AgendaItemFactory(
        panel=panel,
        case=first.case,
        review=first.review,
        kind="deferred",
        submitted_by=cast.chloe,
        submitted_at=NOON + timedelta(minutes=1),
    )

    assert deferral_before(again) == decision
    assert deferral_before(first) is None
