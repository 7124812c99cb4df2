"""Booking a review, beginning to write it, and saying that it did not happen."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_london, in_words
from core.refusals import Refused
from reviews.enums import Event, NotCompletedReason, ReviewStatus
from reviews.models import Review


@transaction.atomic
def book_review(
    *,
    case: Case,
    booked_for: date,
    booked_time: time | None = None,
    place: str = "",
    by: User,
    at: datetime,
) -> Review:
    """Set the day of a case's next review; one that is booked already is moved to it."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    _check_day(case, booked_for)
    review = Review.objects.under_way().filter(case=case).first()
    if review is not None and review.status != ReviewStatus.BOOKED:
        state = review.get_status_display().lower()
        raise Refused(f"A review of this case is under way already. It is now: {state}.")
    if review is None:
        review = Review(case=case, due_on=case.next_review_due)
    review.booked_for, review.booked_time, review.place = booked_for, booked_time, place
    review.booked_at, review.booked_by = at, by
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        raise Refused("Somebody has just booked this review. Open the case again.") from error
    record(Event.REVIEW_BOOKED, on=review, by=by, at=at, booked_for=booked_for)
    return review


@transaction.atomic
def start_writing(*, review: Review, held_on: date, by: User, at: datetime) -> Review:
    """Say that a review was held, and begin to write it."""
    review = locked(review)
    check_held(review.case, held_on, in_london(at).date())
    review.become(ReviewStatus.HELD)
    review.held_on = held_on
    review.save(update_fields=["status", "held_on"])
    record(Event.REVIEW_STARTED, on=review, by=by, at=at, held_on=held_on)
    return review


@transaction.atomic
def not_completed(*, review: Review, reason: NotCompletedReason, by: User, at: datetime) -> Review:
    """Say why a review did not happen; the case stays due."""
    review = locked(review)
    review.become(ReviewStatus.NOT_COMPLETED)
    review.not_completed_reason, review.closed_at = reason, at
    review.held_on = None
    review.save(update_fields=["status", "not_completed_reason", "closed_at", "held_on"])
    record(Event.REVIEW_NOT_COMPLETED, on=review, by=by, at=at, reason=reason)
    return review


def locked(review: Review) -> Review:
    """Return the review as it is now, it and its case held until the transaction ends."""
    return (
        Review.objects.select_related("case__patient")
        .select_for_update(of=("self", "case"))
        .get(pk=review.pk)
    )


def check_held(case: Case, held_on: date, today: date) -> None:
    """Refuse a day on which this case cannot have been reviewed."""
    if held_on > today:
        raise Refused("Enter the day on which the review was held; it cannot be in the future.")
    _check_day(case, held_on)


def _check_day(case: Case, day: date) -> None:
    if not case.is_open:
        raise Refused("This case has ended, so it is not reviewed any more.")
    if day < case.entitled_from:
        raise Refused(
            f"This case began on {in_words(case.entitled_from)}. Enter a day on or after that."
        )
