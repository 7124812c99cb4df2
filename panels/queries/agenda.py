"""The tray of a panel and the agenda being made from it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.templatetags.s117 import counted
from panels.enums import ItemKind
from panels.models import AgendaItem, Meeting
from panels.policy.readiness import missing
from reviews.enums import ReviewStatus


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """A case in the tray or on the agenda."""

    pk: UUID
    number: int
    case_id: UUID
    name: str
    reference: str
    what: str
    ask: str
    minutes: int
    submitted_at: datetime
    missing: tuple[str, ...]
    is_last: bool = False


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything that the agenda builder shows."""

    ready: list[ItemRow]
    not_ready: list[ItemRow]
    listed: list[ItemRow]
    capacity: int

    @property
    def waiting(self) -> int:
        return len(self.ready) + len(self.not_ready)

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.listed)

    @property
    def over(self) -> int:
        return max(0, len(self.listed) - self.capacity)

    @property
    def room(self) -> str:
        if self.over:
            return f"{counted(self.over, 'case,cases')} more than this panel takes in a meeting."
        left = self.capacity - len(self.listed)
        return f"Room for {counted(left, 'case,cases')} more." if left else "The agenda is full."


def board(meeting: Meeting) -> Board:
    """Return a meeting's agenda, and the tray of its panel, oldest first."""
    tray = AgendaItem.objects.in_the_tray().filter(panel=meeting.panel_id)
    waiting = [item_row(item) for item in tray.with_people().order_by("submitted_at", "pk")]
    items = list(meeting.items.on_the_agenda().with_people())
    return Board(
        ready=[row for row in waiting if not row.missing],
        not_ready=[row for row in waiting if row.missing],
        listed=[
            item_row(item, number=number, is_last=number == len(items))
            for number, item in enumerate(items, start=1)
        ],
        capacity=meeting.panel.capacity,
    )


def item_row(item: AgendaItem, *, number: int = 0, is_last: bool = False) -> ItemRow:
    """Return a case as the tray and the agenda show it; needs the item with people."""
    return ItemRow(
        pk=item.pk,
        number=number,
        case_id=item.case_id,
        name=str(item.case.patient),
        reference=item.case.reference,
        what=item.get_kind_display(),
        ask=item.ask,
        minutes=item.minutes,
        submitted_at=item.submitted_at,
        missing=missing_from(item),
        is_last=is_last,
    )


def missing_from(item: AgendaItem) -> tuple[str, ...]:
    """Name what a case still lacks for the panel; needs the item with people."""
    review, detention = item.review, item.case.detention
    return missing(
        is_presented=item.case.care_coordinator_id is not None,
        is_person_heard=review is None or bool(review.person_says.strip()),
        is_answered=item.kind != ItemKind.DEFERRED
        or review is None
        or review.status != ReviewStatus.NEEDS_AGREED,
        ends_while_on_cto=item.ending_id is not None
        and detention is not None
        and detention.is_on_cto,
    )
