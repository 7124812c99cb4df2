"""What waits for those who prepare and chair panels."""

from datetime import date, timedelta
from textwrap import shorten
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from accounts.models import User
from casework.queries.work import Group, TaskRow, WorkRow, about, days, first_of
from core.dates import in_london
from core.templatetags.s117 import counted, short_day
from panels.enums import ItemStatus, MeetingStatus, PackStatus
from panels.models import AgendaItem, Meeting, Pack
from panels.queries.overview import ready_pack

AHEAD = timedelta(days=21)
ASK_CHARACTERS = 140


def administrator_groups(user: User, today: date) -> list[Group]:
    """Return the cases to place, the agendas to publish and the packs to make."""
    meetings = list(_meetings(user).from_day(today))
    soon = [meeting for meeting in meetings if meeting.held_on <= today + AHEAD]
    return [
        _tray(user, today, _next_to_fill(meetings)),
        _tasks(
            [_agenda_task(meeting) for meeting in soon if meeting.status == MeetingStatus.PLANNED],
            id="agendas",
            caption="Agendas to publish",
            counted_as="agenda to publish,agendas to publish",
            due_heading="Papers close",
            state_heading="On it",
        ),
        _tasks(
            [_pack_task(meeting) for meeting in soon if _needs_pack(meeting)],
            id="packs",
            caption="Packs to make",
            counted_as="pack to make,packs to make",
            due_heading="Pack due",
            state_heading="State",
        ),
    ]


def chair_groups(user: User, today: date) -> list[Group]:
    """Return the decisions to record and the meetings to come, of one's own panels first."""
    meetings = _meetings(user)
    own = meetings.filter(panel__members__user=user).distinct()
    chosen = own if own.exists() else meetings
    undecided = chosen.filter(
        held_on__lte=today, status=MeetingStatus.PUBLISHED, items__status=ItemStatus.LISTED
    ).distinct()
    coming = chosen.from_day(today).exclude(status=MeetingStatus.CLOSED)[:3]
    return [
        _tasks(
            [_decision_task(meeting) for meeting in undecided],
            id="decisions",
            caption="Decisions to record",
            counted_as="meeting with decisions to record,meetings with decisions to record",
            due_heading="Held",
            state_heading="Left",
        ),
        _tasks(
            [_meeting_task(meeting, today) for meeting in coming],
            id="meetings",
            caption="Your next meetings",
            counted_as="meeting to come,meetings to come",
            due_heading="Pack due",
            state_heading="State",
            urgency="",
            is_to_read=True,
        ),
    ]


def _meetings(user: User):
    packs = Prefetch("packs", queryset=Pack.objects.order_by("-number"))
    return (
        Meeting.objects.visible_to(user)
        .select_related("panel")
        .prefetch_related(packs)
        .annotate(
            listed=Count("items", filter=Q(items__status=ItemStatus.LISTED), distinct=True),
        )
        .order_by("held_on", "pk")
    )


def _next_to_fill(meetings: list[Meeting]) -> dict[UUID, Meeting]:
    """Return the next meeting of each panel whose agenda is not published; soonest first."""
    planned = [meeting for meeting in meetings if meeting.status == MeetingStatus.PLANNED]
    return {meeting.panel_id: meeting for meeting in reversed(planned)}


# The tray ---------------------------------------------------------------------------------------


def _tray(user: User, today: date, next_meetings: dict[UUID, Meeting]) -> Group:
    waiting = AgendaItem.objects.visible_to(user).in_the_tray()
    waiting = waiting.select_related("case__patient", "panel").order_by("submitted_at", "pk")
    items, total = first_of(waiting)
    return Group(
        id="tray",
        caption="To place on an agenda",
        counted_as="to place on an agenda",
        due_heading="Sent",
        state_heading="In the tray",
        rows=[_tray_row(item, next_meetings.get(item.panel_id), today) for item in items],
        total=total,
        urgency="soon",
        all_url=reverse("panels:panel_list"),
    )


def _tray_row(item: AgendaItem, meeting: Meeting | None, today: date) -> WorkRow:
    sent_on = in_london(item.submitted_at).date()
    verb, url = "Plan a meeting", reverse("panels:panel_list")
    if meeting:
        verb = f"Place on the agenda of {short_day(meeting.held_on)}"
        url = reverse("panels:agenda_build", args=[meeting.pk])
    return about(
        item.case,
        verb=verb,
        verb_url=url,
        why=f"{item.panel}: {shorten(item.ask, ASK_CHARACTERS, placeholder='…')}",
        due_on=sent_on,
        state=(days(sent_on, today), "yellow"),
    )


# Meetings ---------------------------------------------------------------------------------------


def _tasks(rows: list[TaskRow], *, urgency: str = "soon", **words: Any) -> Group:
    return Group(rows=rows, total=len(rows), urgency=urgency, is_about_people=False, **words)


def _title(meeting: Meeting) -> str:
    return f"{meeting.panel}, {meeting.held_on:%A} {short_day(meeting.held_on)}"


def _agenda_task(meeting: Meeting) -> TaskRow:
    return TaskRow(
        title=_title(meeting),
        verb="Publish the agenda" if meeting.listed else "Build the agenda",
        verb_url=reverse("panels:agenda_build", args=[meeting.pk]),
        due_on=meeting.papers_close_on,
        state=(counted(meeting.listed, "case,cases"), "blue" if meeting.listed else "grey"),
    )


def _needs_pack(meeting: Meeting) -> bool:
    latest = next(iter(meeting.packs.all()), None)
    is_under_way = latest is not None and latest.status != PackStatus.FAILED
    return meeting.status == MeetingStatus.PUBLISHED and not is_under_way


def _pack_task(meeting: Meeting) -> TaskRow:
    has_failed = bool(meeting.packs.all())
    return TaskRow(
        title=_title(meeting),
        verb="Make the pack again" if has_failed else "Make the pack",
        verb_url=reverse("panels:agenda_print", args=[meeting.pk]),
        why="" if has_failed else "It is made by itself when it is due",
        due_on=meeting.pack_due_on,
        state=("Could not be made", "red") if has_failed else ("Not made yet", "grey"),
    )


def _decision_task(meeting: Meeting) -> TaskRow:
    return TaskRow(
        title=_title(meeting),
        verb="Record the decisions",
        verb_url=reverse("panels:meeting_detail", args=[meeting.pk]),
        due_on=meeting.held_on,
        state=(counted(meeting.listed, "case,cases"), "orange"),
    )


def _meeting_task(meeting: Meeting, today: date) -> TaskRow:
    is_today = meeting.held_on == today
    pack = ready_pack(list(meeting.packs.all()))
    verb, name = "See the agenda", "panels:meeting_detail"
    if is_today:
        verb = "Run the meeting"
    elif meeting.published_at:
        verb, name = "Print the agenda", "panels:agenda_print"
    state = ("Agenda published", "purple") if meeting.published_at else ("Planned", "blue")
    return TaskRow(
        title=_title(meeting),
        verb=verb,
        verb_url=reverse(name, args=[meeting.pk]),
        why=f"{counted(meeting.listed, 'case,cases')} on it"
        if meeting.listed
        else "Nothing on it yet",
        due_on=meeting.pack_due_on,
        state=state,
        more_links=_more_links(meeting, pack, is_today=is_today),
    )


def _more_links(meeting: Meeting, pack: Pack | None, *, is_today: bool) -> tuple:
    links = []
    if is_today:
        links.append(("Print the agenda", reverse("panels:agenda_print", args=[meeting.pk])))
    if pack:
        links.append(("Download the pack", reverse("panels:pack_download", args=[pack.pk])))
    return tuple(links)
