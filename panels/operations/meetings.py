"""Panels and their meetings: set up, planned ahead, attended, closed."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.models.cohorts import Cohort
from core.dates import in_london, in_words
from core.refusals import Refused
from panels.enums import Event, ItemKind, ItemStatus, MeetingStatus, Seat
from panels.models import Attendance, Meeting, Panel, PanelMember
from panels.operations.giving_back import give_back, is_unanswered
from panels.policy.calendar import MeetingDays, deadlines, meeting_days


@dataclass(frozen=True, kw_only=True)
class MemberInput:
    """Somebody who is to sit on a panel."""

    name: str
    seat: Seat
    body: str
    user: User | None = None


@transaction.atomic
def add_panel(
    *,
    partnership: Partnership,
    name: str,
    cohorts: Iterable[Cohort],
    rhythm: str,
    anchor_on: date,
    starts_at_time: time,
    members: Iterable[MemberInput],
    place: str = "",
    capacity: int = 10,
    papers_days: int = 5,
    pack_days: int = 3,
    by: User | None,
    at: datetime,
) -> Panel:
    """Set up a panel: whom it serves, how often it sits, who sits on it."""
    panel = Panel.objects.create(
        partnership=partnership,
        name=name,
        rhythm=rhythm,
        anchor_on=anchor_on,
        starts_at_time=starts_at_time,
        place=place,
        capacity=capacity,
        papers_days=papers_days,
        pack_days=pack_days,
    )
    panel.cohorts.set(cohorts)
    PanelMember.objects.bulk_create(
        PanelMember(
            panel=panel, name=member.name, seat=member.seat, body=member.body, user=member.user
        )
        for member in members
    )
    record(Event.PANEL_ADDED, on=panel, by=by, at=at, name=name, rhythm=rhythm)
    return panel


@transaction.atomic
def plan_meetings(
    *, panel: Panel, until: date, bank_holidays: Collection[date], by: User | None, at: datetime
) -> list[Meeting]:
    """Plan a panel's meetings after the last one planned; run again, it plans nothing twice."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    last = panel.meetings.order_by("held_on").last()
    today = in_london(at).date()
    first = max(last.held_on + timedelta(days=1), today) if last else today
    meetings = [
        _planned(
            panel,
            deadlines(
                held_on=day,
                papers_days=panel.papers_days,
                pack_days=panel.pack_days,
                bank_holidays=bank_holidays,
            ),
        )
        for day in meeting_days(
            rhythm=panel.rhythm,
            anchor_on=panel.anchor_on,
            first=first,
            last=until,
            bank_holidays=bank_holidays,
        )
    ]
    if meetings:
        Meeting.objects.bulk_create(meetings)
        held_on = [meeting.held_on for meeting in meetings]
        record(Event.MEETINGS_PLANNED, on=panel, by=by, at=at, held_on=held_on)
    return meetings


@transaction.atomic
def take_attendance(
    *, meeting: Meeting, present: Collection[object], by: User, at: datetime
) -> Meeting:
    """Keep who of the members is here now; whether there is a quorum follows from it."""
    meeting = locked(meeting)
    if meeting.status != MeetingStatus.PUBLISHED:
        raise Refused("Attendance is taken once the agenda is published, until the meeting closes.")
    here = {str(pk) for pk in present}
    for member in meeting.members():
        Attendance.objects.update_or_create(
            meeting=meeting, member=member, defaults={"is_present": str(member.pk) in here}
        )
    record(Event.ATTENDANCE_TAKEN, on=meeting, by=by, at=at, present=sorted(here))
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, at: datetime) -> int:
    """Close a meeting; what it did not reach goes back to the tray. Return how many that were."""
    meeting = locked(meeting)
    if meeting.status != MeetingStatus.PUBLISHED:
        raise Refused(f"The meeting of {in_words(meeting.held_on)} is not open.")
    not_reached = meeting.items.filter(status=ItemStatus.LISTED)
    for item in not_reached.filter(kind=ItemKind.DEFERRED).select_related("review"):
        if is_unanswered(item):
            give_back(item.review)
    count = not_reached.update(
        status=ItemStatus.SUBMITTED, meeting=None, position=None, listed_at=None, listed_by=None
    )
    meeting.become(MeetingStatus.CLOSED)
    meeting.closed_at = at
    meeting.save(update_fields=["status", "closed_at"])
    record(Event.MEETING_CLOSED, on=meeting, by=by, at=at, not_reached=count)
    return count


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting, held until the transaction ends; lock it before any of its items."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("panel__partnership")
        .get(pk=meeting.pk)
    )


def _planned(panel: Panel, days: MeetingDays) -> Meeting:
    return Meeting(
        panel=panel, starts_at_time=panel.starts_at_time, place=panel.place, **asdict(days)
    )
