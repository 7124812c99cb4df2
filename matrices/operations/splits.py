"""Proposing a split, and what the panel makes of it."""

from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_words
from core.refusals import Refused
from core.shares import apportion
from matrices import queries
from matrices.enums import (
    Event,
    SplitSource,
    SplitStatus,
)
from matrices.models import Assessment, FundingSplit
from matrices.policy.calculation import Kind, Outcome
from matrices.policy.definition import ICB, LA
from matrices.policy.refusals import (
    NoNeed,
)

LIVE = [SplitStatus.PROPOSED, SplitStatus.AGREED, SplitStatus.RETURNED]


@transaction.atomic
def propose_split(
    *,
    assessment: Assessment,
    effective_from: date,
    icb_share: Fraction | None = None,
    reasons: str = "",
    by: User,
    at: datetime,
) -> FundingSplit:
    """Propose what the matrix advises, or another share with reasons."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=assessment.case_id)
    assessment = Assessment.objects.select_related("version", "package").get(pk=assessment.pk)
    outcome = _advice_to_propose(assessment)
    if effective_from < case.entitled_from:
        raise Refused(f"The split must start on or after {in_words(case.entitled_from)}.")
    if case.splits.filter(status__in=LIVE).exists():
        raise Refused("A split is already proposed for this case. It must be settled first.")
    split = FundingSplit(
        case=case,
        package=assessment.package,
        assessment=assessment,
        source=SplitSource.MATRIX,
        weekly_cost=outcome.weekly_total,
        effective_from=effective_from,
        proposed_at=at,
        proposed_by=by,
    )
    share_out(split, outcome.shares[ICB])
    if icb_share is not None and icb_share != split.icb_share:
        _depart(split, icb_share=icb_share, reasons=reasons)
    split.sha256 = queries.hash_of(split)
    split.save(force_insert=True)
    record(Event.SPLIT_PROPOSED, on=split, by=by, at=at, sha256=split.sha256)
    return split


def _advice_to_propose(assessment: Assessment) -> Outcome:
    if assessment.outcome is None:
        raise Refused("The scores are not complete, so there is no split to propose yet.")
    outcome = Outcome.from_json(assessment.outcome)
    if outcome.kind == Kind.NO_NEED:
        raise NoNeed("No domain scores any points, so there is no split. Should after-care end?")
    if queries.advice(assessment).canonical() != outcome.canonical():
        raise Refused("The services have changed since they were scored. Score the case again.")
    return outcome


def _depart(split: FundingSplit, *, icb_share: Fraction, reasons: str) -> None:
    if not 0 <= icb_share <= 1:
        raise Refused("The ICB’s share must be from 0% to 100%.")
    if not reasons.strip():
        raise Refused("Say why the split departs from the matrix.")
    split.source, split.departure_reasons = SplitSource.DEPARTURE, reasons.strip()
    share_out(split, icb_share)


def share_out(split: FundingSplit, icb_share: Fraction) -> None:
    """Store an exact share as whole numbers, and its pounds by the matrix's rounding rule."""
    shares = {ICB: icb_share, LA: 1 - icb_share}
    split.all_parts, split.icb_parts = icb_share.denominator, icb_share.numerator
    split.la_parts = split.all_parts - split.icb_parts
    pounds = apportion(split.weekly_cost, shares, residual=queries.residual_of(split))
    split.icb_weekly_cost, split.la_weekly_cost = pounds[ICB], pounds[LA]


@transaction.atomic
def agree_split(
    *,
    split: FundingSplit,
    icb_share: Fraction | None = None,
    reasons: str = "",
    by: User,
    at: datetime,
) -> FundingSplit:
    """Record that the panel agreed a split, as proposed or with another share and its reasons."""
    split = locked_split(split, SplitStatus.PROPOSED, SplitStatus.RETURNED)
    if icb_share is not None and icb_share != split.icb_share:
        if split.approvals.exists():
            raise Refused("One body has approved this split, so its shares can no longer change.")
        _depart(split, icb_share=icb_share, reasons=reasons)
        split.sha256 = queries.hash_of(split)
    split.become(SplitStatus.AGREED)
    split.agreed_at = at
    split.save()
    record(Event.SPLIT_AGREED, on=split, by=by, at=at, sha256=split.sha256)
    return split


@transaction.atomic
def withdraw_split(*, split: FundingSplit, reasons: str, by: User, at: datetime) -> FundingSplit:
    """Take a split back before it is in force; the reasons stand with the decision that did it."""
    split = locked_split(split, *LIVE)
    if not reasons.strip():
        raise Refused("Say why the split is withdrawn.")
    split.become(SplitStatus.WITHDRAWN)
    split.save(update_fields=["status"])
    record(Event.SPLIT_WITHDRAWN, on=split, by=by, at=at)
    return split


def locked_split(split: FundingSplit, *statuses: SplitStatus) -> FundingSplit:
    locked = FundingSplit.objects.select_for_update(of=("self",)).get(pk=split.pk)
    check_status(locked, *statuses)
    return locked


def check_status(split: FundingSplit, *statuses: SplitStatus) -> None:
    if split.status not in statuses:
        state = split.get_status_display().lower()
        raise Refused(f"This split has moved on since you opened it. It is now: {state}.")
