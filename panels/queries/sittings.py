"""A meeting as it is held: who is here, which case is before the panel, what it would decide."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from core.shares import in_words, percent
from matrices.enums import SplitSource
from matrices.models import FundingSplit
from matrices.policy.calculation import Outcome as MatrixOutcome
from matrices.queries import ShownStep, outcome_of, shown_steps
from panels.enums import ItemStatus, Outcome, Seat
from panels.models import AgendaItem, Decision, Meeting, PanelMember
from panels.policy.order import start_times
from panels.policy.quorum import SAT_AS, missing_in_words
from panels.queries.changes import Change, Costs, changes, costs_of, split_now
from panels.queries.deferrals import deferral_before

OUTCOME_TAGS = {
    Outcome.APPROVE: ("Agreed", "green"),
    Outcome.CONDITIONS: ("Conditions", "green"),
    Outcome.DEPART: ("Agreed", "green"),
    Outcome.DEFER: ("Deferred", "yellow"),
    Outcome.DECLINE: ("Not agreed", "red"),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One line of the list of items."""

    number: int
    item: AgendaItem
    name: str
    tag: tuple[str, str] | None
    starts_at: time
    ends_at: time

    @property
    def is_decided(self) -> bool:
        return self.item.status == ItemStatus.DECIDED


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """Whether the meeting may decide now, and who is here."""

    tag: tuple[str, str]
    here: str
    is_met: bool
    is_taken: bool


@dataclass(frozen=True, kw_only=True)
class CaseBefore:
    """The case before the panel: what it would decide, and from what."""

    place: Place
    first_name: str
    presenter: str
    costs: Costs | None
    now: FundingSplit | None
    split_words: str
    steps: list[ShownStep]
    changes: list[Change]
    deferral: Decision | None
    decision: Decision | None


def places(meeting: Meeting, current: UUID | str | None = None) -> list[Place]:
    """Return the items of a meeting in order, the one before the panel marked "Now"."""
    items = list(meeting.items.on_the_agenda().with_people())
    times = start_times(meeting.starts_at_time, (item.minutes for item in items))
    return [
        Place(
            number=number,
            item=item,
            name=str(item.case.patient),
            tag=_tag(item, is_now=str(item.pk) == str(current)),
            starts_at=times[number - 1],
            ends_at=times[number],
        )
        for number, item in enumerate(items, start=1)
    ]


def next_undecided(meeting: Meeting, after: AgendaItem | None = None) -> AgendaItem | None:
    """Return the next item to decide: the first after the one given, else the first of all."""
    items = meeting.items.filter(status=ItemStatus.LISTED).order_by("position")
    later = items.filter(position__gt=after.position).first() if after else None
    return later or items.first()


def quorum(meeting: Meeting) -> Quorum:
    """Return who is here and whether they may decide."""
    attendances = list(meeting.attendances.select_related("member"))
    present = [attendance.member for attendance in attendances if attendance.is_present]
    present.sort(key=PanelMember.place)
    missing = meeting.missing_seats()
    names = ", ".join(f"{it.name} ({SAT_AS[Seat(it.seat)]})" for it in present)
    here = f"{len(present)} of {len(attendances)} here: {names}." if present else "Nobody is here."
    if not attendances:
        return Quorum(
            tag=("Attendance not taken", "yellow"),
            here="Take attendance before the first decision.",
            is_met=False,
            is_taken=False,
        )
    if missing:
        here += f" Nothing can be decided without {missing_in_words(missing)}."
    return Quorum(
        tag=("No quorum", "red") if missing else ("Quorum met", "green"),
        here=here,
        is_met=not missing,
        is_taken=True,
    )


def case_before(place: Place, meeting: Meeting) -> CaseBefore:
    """Return what the panel needs to decide one case."""
    item = AgendaItem.objects.with_papers().get(pk=place.item.pk)
    day = meeting.held_on
    return CaseBefore(
        place=place,
        first_name=item.case.patient.given_names.partition(" ")[0],
        presenter=_presenter(item),
        costs=costs_of(item, day),
        now=split_now(item, day),
        split_words=_split_words(item.split),
        steps=_steps(item),
        changes=changes(item, day),
        deferral=deferral_before(item),
        decision=getattr(item, "decision", None),
    )


def decided_words(places: list[Place]) -> str:
    """Say how far a meeting is: "5 of 10 decided"."""
    return f"{sum(place.is_decided for place in places)} of {len(places)} decided"


def _tag(item: AgendaItem, *, is_now: bool) -> tuple[str, str] | None:
    if item.status == ItemStatus.DECIDED:
        return OUTCOME_TAGS[Outcome(item.decision.outcome)]
    return ("Now", "purple") if is_now else None


def _presenter(item: AgendaItem) -> str:
    coordinator = item.case.care_coordinator
    return f"{coordinator.name}, care coordinator" if coordinator else "nobody named yet"


def _steps(item: AgendaItem) -> list[ShownStep]:
    outcome = outcome_of(item.split) if item.split is not None else None
    return shown_steps(outcome.trace, item.case) if outcome is not None else []


def _split_words(split: FundingSplit | None) -> str:
    """Say a split in a line: "Split: 32 of 48 points, band 30 to 39, five eighths ICB"."""
    if split is None:
        return ""
    share = f"{in_words(split.icb_share)} ICB ({percent(split.icb_share)})"
    if split.assessment is None or split.assessment.outcome is None:
        return f"Split: {share}"
    outcome = MatrixOutcome.from_json(split.assessment.outcome)
    points = f"{outcome.points} of {outcome.max_points} points, band {outcome.band}"
    if split.source == SplitSource.DEPARTURE:
        return f"Split: {share}, departs from the matrix ({points})"
    return f"Split: {points}, {share}"
