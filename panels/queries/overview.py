"""All panels of a partnership with their next meetings."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Prefetch, Q

from accounts.models import User
from panels.enums import ItemStatus, MeetingStatus, PackStatus
from panels.models import Meeting, Pack, Panel
from panels.policy.calendar import rhythm_in_words

COLOURS = {
    MeetingStatus.PLANNED: "blue",
    MeetingStatus.PUBLISHED: "purple",
    MeetingStatus.CLOSED: "grey",
}
BEFORE = timedelta(days=42)  # how far back the meetings before are listed
AHEAD = 5


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """One meeting in the list of a panel."""

    meeting: Meeting
    tag: tuple[str, str]
    listed: int
    places_left: int
    pack: Pack | None

    @property
    def is_planned(self) -> bool:
        return self.meeting.status == MeetingStatus.PLANNED


@dataclass(frozen=True, kw_only=True)
class PanelRow:
    """One panel: whom it serves, when it sits, what waits for it."""

    panel: Panel
    rhythm: str
    cohorts: str
    waiting: int
    coming: list[MeetingRow]
    before: list[MeetingRow]


def panel_rows(user: User, today: date) -> list[PanelRow]:
    """Return the panels a user may see, each with its meetings, in a fixed number of queries."""
    meetings = (
        Meeting.objects.from_day(today - BEFORE)
        .annotate(listed=Count("items"))
        .prefetch_related("packs")
        .order_by("held_on")
    )
    waiting = Count("items", filter=Q(items__status=ItemStatus.SUBMITTED))
    panels = (
        Panel.objects.visible_to(user)
        .annotate(waiting=waiting)
        .order_by("name")
        .prefetch_related("cohorts", Prefetch("meetings", queryset=meetings, to_attr="near"))
    )
    return [_panel_row(panel, today) for panel in panels]


def meeting_tag(meeting: Meeting) -> tuple[str, str]:
    """Return a meeting's state as a tag."""
    return meeting.get_status_display(), COLOURS.get(MeetingStatus(meeting.status), "grey")


def ready_pack(packs: list[Pack]) -> Pack | None:
    """Return the pack that can be taken away."""
    return next((pack for pack in packs if pack.status == PackStatus.READY), None)


def _panel_row(panel: Panel, today: date) -> PanelRow:
    coming = (meeting for meeting in panel.near if not _is_over(meeting, today))
    before = [meeting for meeting in panel.near if _is_over(meeting, today)]
    return PanelRow(
        panel=panel,
        rhythm=rhythm_in_words(panel.rhythm, panel.anchor_on),
        cohorts=_cohorts(panel),
        waiting=panel.waiting,
        coming=[_meeting_row(meeting, panel) for meeting in islice(coming, AHEAD)],
        before=[_meeting_row(meeting, panel) for meeting in reversed(before)],
    )


def _cohorts(panel: Panel) -> str:
    names = [cohort.name for cohort in panel.cohorts.all()]
    if len(names) < 2:
        return f"cohort {names[0]}" if names else "no cohort yet"
    return f"cohorts {', '.join(names[:-1])} and {names[-1]}"


def _is_over(meeting: Meeting, today: date) -> bool:
    return meeting.held_on < today or meeting.status == MeetingStatus.CLOSED


def _meeting_row(meeting: Meeting, panel: Panel) -> MeetingRow:
    return MeetingRow(
        meeting=meeting,
        tag=meeting_tag(meeting),
        listed=meeting.listed,
        places_left=max(0, panel.capacity - meeting.listed),
        pack=ready_pack(list(meeting.packs.all())),
    )
