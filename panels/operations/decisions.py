"""What the panel decides on a case, and everything that follows from it, in one transaction."""

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from audit.operations import record
from core.dates import in_london
from core.refusals import Refused
from matrices.operations.splits import agree_split, withdraw_split
from panels.enums import AGREED, Event, ItemKind, ItemStatus, MeetingStatus, Outcome
from panels.models import AgendaItem, Decision, Meeting
from panels.operations.giving_back import give_back
from panels.operations.meetings import locked
from panels.policy.order import minutes_for
from panels.policy.quorum import missing_in_words
from reviews.operations.closing import close_review
from reviews.operations.endings import support_ending, withdraw_ending

WHAT_IS_LACKING = {
    Outcome.CONDITIONS: "Say what the conditions are.",
    Outcome.DEFER: "Say what is needed before the case comes back.",
}


@transaction.atomic
def record_decision(
    *,
    item: AgendaItem,
    outcome: str,
    reasons: str,
    conditions: str = "",
    icb_share: Fraction | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Record once what the panel decided; posted again by the same person, it is the same decision.

    `conditions` holds the conditions of an agreement, or what a deferred case must bring back.
    """
    meeting, item = _locked(item)
    if item.status == ItemStatus.DECIDED:
        return _the_same_or_refuse(
            item,
            outcome=outcome,
            reasons=reasons,
            conditions=conditions,
            icb_share=icb_share if outcome == Outcome.DEPART else None,
            by=by,
        )
    _check_may_decide(meeting, item)
    _check_is_complete(item, outcome, reasons, conditions, icb_share)
    item.become(ItemStatus.DECIDED)
    item.save(update_fields=["status"])
    decision = Decision.objects.create(
        item=item,
        outcome=outcome,
        reasons=reasons,
        conditions=conditions,
        decided_at=at,
        decided_by=by,
    )
    if outcome in AGREED:
        share = icb_share if outcome == Outcome.DEPART else None
        _agree(item, icb_share=share, reasons=reasons, by=by, at=at)
    elif outcome == Outcome.DEFER:
        _defer(item, by=by, at=at)
    else:
        _decline(item, reasons=reasons, by=by, at=at)
    record(Event.DECISION_RECORDED, on=item, by=by, at=at, outcome=outcome, decision=decision.pk)
    return decision


def _agree(
    item: AgendaItem, *, icb_share: Fraction | None, reasons: str, by: User, at: datetime
) -> None:
    if item.ending is not None:
        support_ending(ending=item.ending, by=by, at=at)
    elif item.split is not None:
        departure = reasons if icb_share is not None else ""
        agree_split(split=item.split, icb_share=icb_share, reasons=departure, by=by, at=at)


def _defer(item: AgendaItem, *, by: User, at: datetime) -> None:
    AgendaItem.objects.create(
        panel_id=item.panel_id,
        case=item.case,
        review=item.review,
        split=item.split,
        ending=item.ending,
        kind=ItemKind.DEFERRED,
        ask=item.ask,
        minutes=minutes_for(ItemKind.DEFERRED),
        submitted_at=at,
        submitted_by=by,
    )
    give_back(item.review)


def _decline(item: AgendaItem, *, reasons: str, by: User, at: datetime) -> None:
    if item.ending is not None:
        withdraw_ending(ending=item.ending, reasons=reasons, by=by, at=at)
        if item.review is not None and item.case.splits.in_force().exists():
            # After-care goes on as it is, so nothing is left to do until the next review.
            close_review(review=item.review, by=by, at=at)
            return
    elif item.split is not None:
        withdraw_split(split=item.split, reasons=reasons, by=by, at=at)
    give_back(item.review)


def _locked(item: AgendaItem) -> tuple[Meeting | None, AgendaItem]:
    meeting = Meeting.objects.filter(items=item.pk).first()
    if meeting is not None:
        meeting = locked(meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self", "case"))
        .select_related("case", "review", "split", "ending", "decision__decided_by")
        .get(pk=item.pk)
    )
    return meeting, item


def _the_same_or_refuse(
    item: AgendaItem,
    *,
    outcome: str,
    reasons: str,
    conditions: str,
    icb_share: Fraction | None,
    by: User,
) -> Decision:
    """Answer the same decision sent twice with itself; refuse any other."""
    decision = item.decision
    said = (decision.decided_by, decision.outcome, decision.reasons, decision.conditions)
    if said == (by, outcome, reasons, conditions) and _is_share_of(item, icb_share):
        return decision
    clock = in_london(decision.decided_at)
    raise Refused(f"Already decided by {decision.decided_by.name} at {clock:%H:%M}.")


def _is_share_of(item: AgendaItem, icb_share: Fraction | None) -> bool:
    return icb_share is None or (item.split is not None and item.split.icb_share == icb_share)


def _check_may_decide(meeting: Meeting | None, item: AgendaItem) -> None:
    if meeting is None or item.meeting_id != meeting.pk:
        raise Refused(f"{item.case.reference} is not on this agenda any more.")
    if meeting.status != MeetingStatus.PUBLISHED:
        raise Refused(
            "Decisions are recorded once the agenda is published, until the meeting closes."
        )
    if missing := meeting.missing_seats():
        raise Refused(
            f"There is no quorum: {missing_in_words(missing)} is missing. "
            "Take attendance, or defer to another meeting by closing this one."
        )


def _check_is_complete(
    item: AgendaItem, outcome: str, reasons: str, conditions: str, icb_share: Fraction | None
) -> None:
    if not reasons.strip():
        raise Refused("Give the reasons: they go into the minutes.")
    if outcome in WHAT_IS_LACKING and not conditions.strip():
        raise Refused(WHAT_IS_LACKING[Outcome(outcome)])
    if outcome != Outcome.DEPART:
        return
    if item.ending is not None:
        raise Refused("An ending has no split to change. Agree it, defer it or do not agree.")
    if icb_share is None or not 0 <= icb_share <= 1:
        raise Refused("Give the ICB’s share: from 0 to 100 per cent.")
