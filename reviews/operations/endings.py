"""Ending after-care, which takes the council and the ICB (Mental Health Act 1983 s.117(2))."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.enums import FUNDING_BODIES
from accounts.models import User
from aftercare.operations import end_package
from audit.operations import record
from cohorts.enums import EndReason
from cohorts.models.cases import Case
from cohorts.operations.cases import end_case
from core.dates import in_london
from core.refusals import Refused
from matrices.enums import Body
from matrices.models import FundingSplit
from matrices.operations.approvals import end_split
from reviews.enums import EndingStatus, Event, ReviewStatus
from reviews.models import Ending, Review, Satisfaction
from reviews.operations.closing import close_review

REASONS_LENGTH = 20


@transaction.atomic
def propose_ending(
    *, review: Review, reasons: str, ends_on: date, by: User, at: datetime
) -> Ending:
    """Propose that a person no longer needs after-care; nothing ends by it."""
    check_may_end(review.case)
    if not reasons.strip():
        raise Refused("Enter why the person no longer needs after-care.")
    ending = Ending.objects.create(
        case=review.case,
        review=review,
        reasons=reasons.strip(),
        ends_on=ends_on,
        proposed_at=at,
        proposed_by=by,
    )
    record(Event.ENDING_PROPOSED, on=ending, by=by, at=at, ends_on=ends_on)
    return ending


@transaction.atomic
def support_ending(*, ending: Ending, by: User, at: datetime) -> Ending:
    """Say for the panel that it supports the ending; the two bodies say the rest."""
    ending = _locked(ending)
    ending.become(EndingStatus.SUPPORTED)
    ending.supported_at = at
    ending.save(update_fields=["status", "supported_at"])
    record(Event.ENDING_SUPPORTED, on=ending, by=by, at=at)
    return ending


@transaction.atomic
def withdraw_ending(*, ending: Ending, reasons: str, by: User, at: datetime) -> Ending:
    """Take the proposal back: after-care goes on."""
    ending = _locked(ending)
    if not reasons.strip():
        raise Refused("Enter why after-care goes on.")
    ending.become(EndingStatus.WITHDRAWN)
    ending.withdrawn_at, ending.withdrawn_by = at, by
    ending.withdrawn_reason = reasons.strip()
    ending.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(Event.ENDING_WITHDRAWN, on=ending, by=by, at=at)
    return ending


@transaction.atomic
def say_satisfied(*, ending: Ending, reasons: str, by: User, at: datetime) -> Ending:
    """Say for one body that the person no longer needs after-care; both words end the case."""
    ending = _locked(ending)
    body = _body_of(by, ending.case)
    _check_is_to_be_decided(ending)
    check_may_end(ending.case)
    if len(reasons.strip()) < REASONS_LENGTH:
        raise Refused("Enter your body’s reasons in a sentence, so that they can be read later.")
    if ending.satisfactions.filter(satisfied_by=by).exists():
        raise Refused("You have spoken for one body already. Somebody else speaks for the other.")
    try:
        with transaction.atomic():
            Satisfaction.objects.create(
                ending=ending,
                body=body,
                organisation=by.membership.organisation,
                reasons=reasons.strip(),
                satisfied_at=at,
                satisfied_by=by,
            )
    except IntegrityError as error:
        raise Refused("Your body has said so already.") from error
    record(Event.BODY_SATISFIED, on=ending, by=by, at=at, body=body)
    if ending.satisfactions.count() == len(Body):
        _end(ending, by=by, at=at)
    return ending


@transaction.atomic
def refuse_ending(*, ending: Ending, reasons: str, by: User, at: datetime) -> Ending:
    """Say for one body that the person still needs after-care: with one such word it goes on."""
    ending = _locked(ending)
    _body_of(by, ending.case)
    _check_is_to_be_decided(ending)
    ending = withdraw_ending(ending=ending, reasons=reasons, by=by, at=at)
    review = Review.objects.under_way().filter(case=ending.case_id).first()
    if review is None:
        return ending
    if FundingSplit.objects.in_force().filter(case=ending.case_id).exists():
        # After-care goes on as it is, so nothing is left to do until the next review.
        close_review(review=review, by=by, at=at)
    elif review.can_become(ReviewStatus.NEEDS_AGREED):
        review.become(ReviewStatus.NEEDS_AGREED)
        review.save(update_fields=["status"])
    return ending


def _end(ending: Ending, *, by: User, at: datetime) -> None:
    ending.become(EndingStatus.ENDED)
    ending.save(update_fields=["status"])
    review = Review.objects.under_way().filter(case=ending.case_id).first()
    if review is not None and review.can_become(ReviewStatus.CLOSED):
        review.become(ReviewStatus.CLOSED)
        review.closed_at = at
        review.save(update_fields=["status", "closed_at"])
        record(Event.REVIEW_CLOSED, on=review, by=by, at=at)
    last_day = max(ending.ends_on, in_london(at).date())
    end_package(case=ending.case, ends_on=last_day, by=by, at=at)
    end_split(case=ending.case, ends_on=last_day, by=by, at=at)
    end_case(case=ending.case, ended_on=last_day, reason=EndReason.JOINTLY, by=by, at=at)
    record(Event.ENTITLEMENT_ENDED, on=ending, by=by, at=at)


def check_may_end(case: Case) -> None:
    """Refuse while the person is on a community treatment order (s.117(2) as amended)."""
    if case.detention is not None and case.detention.is_on_cto:
        raise Refused("After-care cannot end while the person is on a community treatment order.")


def _check_is_to_be_decided(ending: Ending) -> None:
    if ending.status != EndingStatus.SUPPORTED:
        state = ending.get_status_display().lower()
        raise Refused(f"This ending is not to be decided now. It is: {state}.")


def _body_of(user: User, case: Case) -> str:
    organisation = user.membership.organisation if user.membership else None
    theirs = {case.partnership.council_id, case.partnership.icb_id}
    if organisation is None or organisation.kind not in FUNDING_BODIES:
        raise Refused("Only the council and the ICB can end after-care.")
    if organisation.pk not in theirs:
        raise Refused(f"{organisation} is not one of the two bodies responsible for this case.")
    return organisation.kind


def _locked(ending: Ending) -> Ending:
    return (
        Ending.objects.select_related("case__detention", "case__partnership")
        .select_for_update(of=("self", "case"))
        .get(pk=ending.pk)
    )
