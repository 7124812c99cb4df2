"""Splits on screen: the list of what waits for whom, and one split as a body must see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from cohorts.queries.identity import Identity, identity
from core.templatetags.s117 import gbp, moment, short_day
from matrices.enums import Body, SplitStatus
from matrices.models import Approval, FundingSplit
from matrices.queries import ShownStep, outcome_of, shown_steps, split_words
from panels.enums import PackStatus
from panels.models import AgendaItem, Decision, Pack
from panels.queries.changes import Change, Costs, changes, costs_of
from reviews.models import Review

Tag = tuple[str, str]
COLOURS = {
    SplitStatus.PROPOSED: "turquoise",
    SplitStatus.RETURNED: "orange",
    SplitStatus.IN_FORCE: "green",
}
SHORT = {
    SplitStatus.PROPOSED: "Proposed, panel to decide",
    SplitStatus.RETURNED: "Returned with questions",
}
WITH_EVERYTHING = (
    "case__patient",
    "case__detention",
    "case__cohort",
    "case__partnership__council",
    "case__partnership__icb",
    "package",
    "assessment__version__matrix",
    "proposed_by",
    "returned_by",
)


def body_of(user: User) -> Body | None:
    """Return the funding body a commissioner speaks for; None for everybody else."""
    if not user.may(Permission.APPROVE_SPLIT):
        return None
    kind = user.membership.organisation.kind
    return Body(kind) if kind in Body.values else None


def names_of_bodies(split: FundingSplit) -> dict[str, str]:
    """Return what each body is called in this place; needs the partnership's bodies selected."""
    place = split.case.partnership
    return {Body.ICB: place.icb.name, Body.LA: place.council.name}


def own_weekly_cost(split: FundingSplit, body: Body | None) -> Decimal:
    """Return what one body would pay a week, the whole where it is nobody's own."""
    own = {Body.ICB: split.icb_weekly_cost, Body.LA: split.la_weekly_cost}
    return own[body] if body else split.weekly_cost


# The list ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SplitRow:
    """One split in the list."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    split: FundingSplit
    state: Tag
    since: str


def split_rows(splits: list[FundingSplit], user: User) -> tuple[list[SplitRow], list[SplitRow]]:
    """Return the rows of a page: what waits for the reader's own body, and the others."""
    body = body_of(user)
    waiting: list[SplitRow] = []
    others: list[SplitRow] = []
    for split in splits:
        is_mine = body is not None and is_awaiting(split, body)
        (waiting if is_mine else others).append(_row(split, user, is_mine=is_mine))
    return waiting, others


def is_awaiting(split: FundingSplit, body: Body) -> bool:
    """Test whether this body has still to say yes; needs the approvals prefetched."""
    said = {approval.body for approval in split.approvals.all()}
    return split.status == SplitStatus.AGREED and body not in said


def state_of(split: FundingSplit) -> Tag:
    """Return where a split stands, in words and one colour."""
    if split.status == SplitStatus.AGREED:
        said = {approval.body for approval in split.approvals.all()}
        if not said:
            return "Council and ICB to approve", "yellow"
        return ("ICB to approve" if Body.LA in said else "Council to approve"), "yellow"
    status = SplitStatus(split.status)
    return SHORT.get(status, status.label), COLOURS.get(status, "grey")


def _row(split: FundingSplit, user: User, *, is_mine: bool) -> SplitRow:
    patient = split.case.patient
    name = "split_detail"
    if is_mine:
        name = "split_approve"
    elif split.status == SplitStatus.RETURNED and user.may(Permission.SCORE_MATRIX):
        name = "split_answer"
    return SplitRow(
        family_name=patient.family_name,
        given_names=patient.given_names,
        reference=split.case.reference,
        born_on=patient.born_on,
        url=reverse(f"casework:{name}", args=[split.pk]),
        split=split,
        state=state_of(split),
        since=short_day(split.in_force_at or split.agreed_at or split.proposed_at),
    )


# One split --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SplitPage:
    """What a body must see before it says yes, on one screen."""

    split: FundingSplit
    person: Identity
    state: Tag
    asked: str
    panel_words: str
    decision: Decision | None
    pack: Pack | None
    costs: Costs
    has_former: bool
    summary: str
    steps: list[ShownStep]
    changes: list[Change]
    review: Review | None
    words: list[tuple[Tag, str]]  # what each body has said

    @property
    def first_name(self) -> str:
        return self.person.given_names.split()[0]


def split_page(split: FundingSplit, today: date) -> SplitPage:
    """Return one split with its case, its panel's decision and what has been said to it."""
    item = _item_of(split)
    decision = getattr(item, "decision", None)
    outcome = outcome_of(split)
    costs = costs_of(item, today)
    return SplitPage(
        split=split,
        person=identity(split.case, today),
        state=state_of(split),
        asked=item.ask,
        panel_words=_panel_words(decision),
        decision=decision,
        pack=_pack_of(item),
        costs=costs,
        has_former=costs.total.weekly_now is not None,
        summary=split_words(split),
        steps=shown_steps(outcome.trace, split.case) if outcome else [],
        changes=changes(item, today),
        review=item.review,
        words=[_word(split, approval) for approval in split.approvals.all()],
    )


def _item_of(split: FundingSplit) -> AgendaItem:
    """Return the item that put a split before a panel, else one made up, for its costs' sake."""
    items = AgendaItem.objects.filter(split=split).select_related(
        "panel", "meeting", "review", "decision"
    )
    item = items.order_by("-submitted_at").first() or AgendaItem(
        split=split, review=Review.objects.filter(split=split).first()
    )
    item.split, item.case = split, split.case
    return item


def _panel_words(decision: Decision | None) -> str:
    if decision is None:
        return ""
    outcome = decision.get_outcome_display()
    on = moment(decision.decided_at).partition(",")[0]
    return f"The {decision.item.panel} decided on {on}: {outcome[0].lower()}{outcome[1:]}."


def _pack_of(item: AgendaItem) -> Pack | None:
    if item.meeting_id is None:
        return None
    return item.meeting.packs.filter(status=PackStatus.READY).order_by("-number").first()


def _word(split: FundingSplit, approval: Approval) -> tuple[Tag, str]:
    who = {Body.ICB: "ICB", Body.LA: "Council"}[Body(approval.body)]
    cost = gbp(own_weekly_cost(split, Body(approval.body)))
    said = f"{cost} a week, {approval.approved_by}, {moment(approval.approved_at)}"
    return (f"{who} approved", "green"), said


@dataclass(frozen=True)
class Queue:
    """Where a split stands among those that wait for one body."""

    number: int
    length: int
    previous: UUID | None
    next: UUID | None

    @property
    def words(self) -> str:
        return f"{self.number} of {self.length} waiting for you"


def queue_of(user: User, body: Body, split: FundingSplit) -> Queue | None:
    """Return the place of a split in the reader's queue, oldest first; None if it waits no more."""
    splits = FundingSplit.objects.visible_to(user).awaiting(body).oldest_first()
    waiting = list(splits.values_list("pk", flat=True))
    if split.pk not in waiting:
        return None
    at = waiting.index(split.pk)
    return Queue(
        number=at + 1,
        length=len(waiting),
        previous=waiting[at - 1] if at else None,
        next=waiting[at + 1] if at + 1 < len(waiting) else None,
    )
