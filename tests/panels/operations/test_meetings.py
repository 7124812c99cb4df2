"""Setting up a panel, planning its meetings, taking attendance, closing."""

from datetime import date, time

import pytest

from audit.models import AuditEvent
from cohorts.enums import Rhythm
from core.refusals import Refused
from panels.enums import ItemStatus, MeetingStatus, Seat
from panels.operations.meetings import (
    MemberInput,
    add_panel,
    close_meeting,
    plan_meetings,
    take_attendance,
)
from tests.cast import NOON

HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}


def plan(panel, until=date(2027, 1, 31), holidays=HOLIDAYS):
    return plan_meetings(panel=panel, until=until, bank_holidays=holidays, by=None, at=NOON)


def test_add_panel_keeps_its_rules_and_members(cast, cohort):
    panel = add_panel(
        partnership=cast.eastmere,
        name="B panel",
        cohorts=[cohort],
        rhythm=Rhythm.MONTHLY,
        anchor_on=date(2026, 11, 10),
        starts_at_time=time(9, 30),
        members=[MemberInput(name="Ruth Calloway", seat=Seat.CHAIR, body="Eastmere Council")],
        by=cast.paula,
        at=NOON,
    )

    assert list(panel.cohorts.all()) == [cohort]
    assert [(it.name, it.seat) for it in panel.members.all()] == [("Ruth Calloway", "chair")]
    assert AuditEvent.objects.get().event == "panels.panel_added"


def test_plan_meetings_works_out_the_deadlines(panel):
    meetings = plan(panel)

    assert [(it.held_on, it.papers_close_on, it.pack_due_on) for it in meetings][:4:3] == [
        (date(2026, 11, 26), date(2026, 11, 19), date(2026, 11, 23)),
        (date(2027, 1, 7), date(2026, 12, 30), date(2027, 1, 4)),
    ]
    assert AuditEvent.objects.get().event == "panels.meetings_planned"


def test_plan_meetings_twice_plans_nothing_twice(panel):
    first = plan(panel)

    assert plan(panel) == []
    assert panel.meetings.count() == len(first) == 5


def test_plan_meetings_again_goes_on_after_the_last(panel):
    plan(panel)

    assert [it.held_on for it in plan(panel, until=date(2027, 2, 28))] == [
        date(2027, 2, 4),
        date(2027, 2, 18),
    ]


def test_plan_meetings_leaves_a_single_meeting_where_it_was_moved(panel):
    plan(panel)
    panel.meetings.filter(held_on=date(2027, 1, 21)).update(held_on=date(2027, 1, 22))

    assert plan(panel) == []


def test_take_attendance_can_be_changed(cast, published):
    members = published.members()
    take_attendance(meeting=published, present={it.pk for it in members}, by=cast.chloe, at=NOON)
    assert published.missing_seats() == ()

    take_attendance(
        meeting=published, present={it.pk for it in members[:3]}, by=cast.chloe, at=NOON
    )
    assert published.missing_seats() == (Seat.CLINICIAN,)
    assert published.attendances.count() == 4


def test_take_attendance_leaves_out_who_no_longer_sits(cast, published):
    former = published.panel.members.get(seat="clinician")
    former.ends_on = date(2026, 12, 9)
    former.save()

    take_attendance(meeting=published, present={former.pk}, by=cast.chloe, at=NOON)

    assert published.attendances.filter(is_present=True).count() == 0


def test_take_attendance_before_the_agenda_is_published_is_refused(cast, meeting):
    with pytest.raises(Refused, match="once the agenda is published"):
        take_attendance(meeting=meeting, present=set(), by=cast.chloe, at=NOON)


def test_close_meeting_sends_back_what_it_did_not_reach(cast, published, new_listed):
    item = new_listed()

    assert close_meeting(meeting=published, by=cast.chloe, at=NOON) == 1

    item.refresh_from_db()
    published.refresh_from_db()
    assert (item.status, item.meeting, item.position) == (ItemStatus.SUBMITTED, None, None)
    assert (published.status, published.closed_at) == (MeetingStatus.CLOSED, NOON)


def test_close_meeting_that_is_not_open_is_refused(cast, meeting):
    with pytest.raises(Refused, match="The meeting of 10 December 2026 is not open"):
        close_meeting(meeting=meeting, by=cast.chloe, at=NOON)
