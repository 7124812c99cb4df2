"""Writing a review: drafts as they are typed, then the record, the CPA, and the needs agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from aftercare.operations import LineInput, NeedInput, agree_package
from audit.operations import record
from core.dates import in_london, in_words
from core.refusals import Refused, StaleDraft
from reviews.enums import Capacity, Event, Recommendation, ReviewStatus
from reviews.models import Attendance, Review
from reviews.operations.booking import check_held, locked
from reviews.operations.endings import propose_ending


@dataclass(frozen=True)
class AttendanceInput:
    """Somebody who was asked to the review."""

    name: str
    capacity: Capacity
    took_part: bool = True


@dataclass(frozen=True, kw_only=True)
class ReviewAnswers:
    """A review as it is to stand on the record."""

    held_on: date
    part_of_cpa: bool
    cpa_arranged_for: date | None = None
    attendances: Sequence[AttendanceInput] = ()
    person_says: str = ""
    progress: str = ""
    risks: str = ""
    needs: Sequence[NeedInput] = ()
    lines: Sequence[LineInput] = ()
    package_starts_on: date
    recommendation: Recommendation
    recommendation_reasons: str = field(default="")


@transaction.atomic
def save_draft(
    *, review: Review, draft: dict[str, Any], draft_number: int, by: User, at: datetime
) -> Review:
    """Keep what has been typed so far; refused when the page is older than what is kept."""
    review = locked(review)
    if review.status != ReviewStatus.HELD:
        raise Refused("This review has been recorded, so it cannot be changed.")
    if draft == review.draft:
        return review
    if draft_number != review.draft_number:
        raise StaleDraft(
            "This review was saved from another window since you opened it. "
            "Copy what you typed, then open it again."
        )
    review.draft, review.draft_number, review.draft_saved_at = draft, draft_number + 1, at
    review.save(update_fields=["draft", "draft_number", "draft_saved_at"])
    record(Event.DRAFT_SAVED, on=review, by=by, at=at, number=review.draft_number)
    return review


@transaction.atomic
def record_review(*, review: Review, answers: ReviewAnswers, by: User, at: datetime) -> Review:
    """Put a review on the record; it waits for a CPA when it was not part of one."""
    review = locked(review)
    if review.status != ReviewStatus.HELD:
        raise Refused("This review has been recorded already.")
    check_held(review.case, answers.held_on, in_london(at).date())
    _check_cpa(answers)
    review.package = agree_package(
        case=review.case,
        needs=answers.needs,
        lines=answers.lines,
        starts_on=answers.package_starts_on,
        by=by,
        at=at,
    )
    _fill(review, answers)
    review.recorded_at, review.recorded_by = at, by
    review.become(ReviewStatus.NEEDS_AGREED if answers.part_of_cpa else ReviewStatus.AWAITING_CPA)
    review.save()
    Attendance.objects.bulk_create(
        Attendance(review=review, name=one.name, capacity=one.capacity, took_part=one.took_part)
        for one in answers.attendances
    )
    if answers.recommendation == Recommendation.END:
        propose_ending(
            review=review,
            reasons=answers.recommendation_reasons,
            ends_on=answers.package_starts_on,
            by=by,
            at=at,
        )
    record(Event.REVIEW_RECORDED, on=review, by=by, at=at, status=review.status)
    return review


def _check_cpa(answers: ReviewAnswers) -> None:
    if answers.part_of_cpa:
        return
    if answers.cpa_arranged_for is None:
        raise Refused("The review was not part of a CPA. Enter the day for which one is arranged.")
    if answers.cpa_arranged_for < answers.held_on:
        raise Refused(
            f"The CPA follows the review of {in_words(answers.held_on)}. Enter a day after it."
        )


def _fill(review: Review, answers: ReviewAnswers) -> None:
    for name in (
        "held_on",
        "part_of_cpa",
        "person_says",
        "progress",
        "risks",
        "recommendation",
        "recommendation_reasons",
    ):
        setattr(review, name, getattr(answers, name))
    review.cpa_arranged_for = None if answers.part_of_cpa else answers.cpa_arranged_for


@transaction.atomic
def record_cpa_held(*, review: Review, held_on: date, by: User, at: datetime) -> Review:
    """Say that the CPA a review waited for was held; its needs stand agreed."""
    review = locked(review)
    if held_on > in_london(at).date():
        raise Refused("Enter the day on which the CPA was held; it cannot be in the future.")
    if review.held_on and held_on < review.held_on:
        raise Refused(f"The CPA was arranged after the review of {in_words(review.held_on)}.")
    review.become(ReviewStatus.NEEDS_AGREED)
    review.cpa_held_on = held_on
    review.save(update_fields=["status", "cpa_held_on"])
    record(Event.CPA_HELD, on=review, by=by, at=at, held_on=held_on)
    return review
