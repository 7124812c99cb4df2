"""What funding means for a review: a split is proposed for it, and its approval turns the year."""

from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from matrices.enums import SplitStatus
from matrices.models import Assessment, FundingSplit
from matrices.operations.approvals import approve
from matrices.operations.assessments import complete_assessment, save_answers
from matrices.operations.splits import propose_split
from matrices.policy.calculation import Kind
from reviews.enums import ReviewStatus
from reviews.models import Review
from reviews.operations.closing import close_review
from reviews.operations.endings import propose_ending


@transaction.atomic
def propose(
    *,
    assessment: Assessment,
    answers: dict[str, dict[str, str]],
    draft_number: int,
    effective_from: date,
    icb_share: Fraction | None = None,
    reasons: str = "",
    by: User,
    at: datetime,
) -> FundingSplit | None:
    """Complete the scores and propose the split, for the review that agreed the package.

    Returns None when nothing scores any points: then there is no split, but a question.
    """
    save_answers(assessment=assessment, answers=answers, draft_number=draft_number, by=by, at=at)
    assessment = complete_assessment(assessment=assessment, by=by, at=at)
    split = None
    if assessment.outcome["kind"] != Kind.NO_NEED:
        split = propose_split(
            assessment=assessment,
            effective_from=effective_from,
            icb_share=icb_share,
            reasons=reasons,
            by=by,
            at=at,
        )
    review = Review.objects.under_way().filter(package=assessment.package_id).first()
    if review is not None:
        attach_split(review=review, assessment=assessment, split=split, by=by, at=at)
        if split is None:
            _ask_whether_it_ends(review, effective_from, by=by, at=at)
    return split


def _ask_whether_it_ends(review: Review, ends_on: date, *, by: User, at: datetime) -> None:
    """Where no need scores, put the question to the panel; both bodies would have to end it."""
    detention = review.case.detention
    is_on_cto = detention is not None and detention.is_on_cto
    if not is_on_cto and not review.endings.exists():
        reasons = "No domain of the matrix scores any points."
        propose_ending(review=review, reasons=reasons, ends_on=ends_on, by=by, at=at)


@transaction.atomic
def attach_split(
    *, review: Review, assessment: Assessment, split: FundingSplit | None, by: User, at: datetime
) -> Review:
    """Tie a review to its scores and, when there is one, to the split they led to."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.status != ReviewStatus.NEEDS_AGREED:
        state = review.get_status_display().lower()
        raise Refused(f"A split is proposed once the needs are agreed. This review is: {state}.")
    review.assessment, review.split = assessment, split
    review.save(update_fields=["assessment", "split"])
    return review


@transaction.atomic
def approve_split(*, split: FundingSplit, seen: str, by: User, at: datetime) -> FundingSplit:
    """Say one body's yes; the second closes the review and sets the next."""
    split = approve(split=split, seen=seen, by=by, at=at)
    if split.status == SplitStatus.IN_FORCE:
        review = (
            Review.objects.under_way().select_for_update(of=("self",)).filter(split=split).first()
        )
        if review is not None:
            close_review(review=review, by=by, at=at)
    return split
