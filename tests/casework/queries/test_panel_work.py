from datetime import timedelta

import pytest

from casework.queries.panel_work import administrator_groups, chair_groups
from panels.models import Meeting, Pack
from tests.cast import NOON
from tests.factories import AgendaItemFactory, MeetingFactory, PanelFactory, PanelMemberFactory


@pytest.fixture
def panel(cast):
    return PanelFactory(partnership=cast.eastmere, name="A panel")


@pytest.fixture
def meeting_of(panel, cast, today):
    def make(days, **more):
        held_on = today + timedelta(days=days)
        return MeetingFactory(panel=panel, held_on=held_on, **more)

    return make


@pytest.fixture
def published(cast):
    return {"status": "published", "published_at": NOON, "published_by": cast.paula}


def item_on(meeting, case, by, **more):
    fields = {"panel": meeting.panel, "case": case, "submitted_by": by, "meeting": meeting}
    listed = {"status": "listed", "position": 1, "listed_at": NOON, "listed_by": by}
    return AgendaItemFactory(**fields | listed | more)


def test_the_administrator_places_on_the_next_agenda(cast, case_of, panel, meeting_of, today):
    meeting_of(2, status="published", published_at=NOON, published_by=cast.paula)
    Pack.objects.create(
        meeting=Meeting.objects.get(), status="ready", requested_at=NOON, built_at=NOON
    )
    meeting = meeting_of(9)
    item = AgendaItemFactory(panel=panel, case=case_of(), submitted_by=cast.asha)

    [tray, agendas] = [group for group in administrator_groups(cast.paula, today) if group.total]

    assert tray.rows[0].reference == item.case.reference
    assert str(meeting.pk) in tray.rows[0].verb_url
    assert agendas.rows[0].verb == "Build the agenda"


def test_the_administrator_is_told_of_a_pack_that_failed(
    cast, case_of, meeting_of, published, today
):
    meeting = meeting_of(9, **published)
    item_on(meeting, case_of(), cast.paula)
    Pack.objects.create(meeting=meeting, status="failed", requested_at=NOON)

    groups = {group.id: group for group in administrator_groups(cast.paula, today) if group.total}

    assert set(groups) == {"packs"}
    assert groups["packs"].rows[0].verb == "Make the pack again"


def test_the_chair_records_decisions_and_prints_agendas(
    cast, case_of, panel, meeting_of, published, today
):
    PanelMemberFactory(panel=panel, user=cast.chloe, seat="chair")
    held, coming = meeting_of(-1, **published), meeting_of(13)
    item_on(held, case_of(), cast.paula)
    MeetingFactory(panel=PanelFactory(partnership=cast.eastmere), held_on=today)

    groups = {group.id: group for group in chair_groups(cast.chloe, today)}

    assert [row.verb for row in groups["decisions"].rows] == ["Record the decisions"]
    assert str(held.pk) in groups["decisions"].rows[0].verb_url
    assert [row.verb for row in groups["meetings"].rows] == ["See the agenda"]
    assert str(coming.pk) in groups["meetings"].rows[0].verb_url
