"""Closing a review, which sets the next one."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from cohorts.models.cases import Case
from cohorts.operations.cohorts import place_cases
from core.dates import in_london
from core.refusals import Refused
from matrices.models import FundingSplit
from reviews.enums import Event, Recommendation, ReviewStatus
from reviews.models import Review
from reviews.operations.booking import locked
from reviews.policy import next_due
from reviews.queries.before import may_close_unchanged


@transaction.atomic
def close_review(*, review: Review, by: User, at: datetime) -> Review:
    """Close a review and make the next one due twelve months after it was held."""
    review = locked(review)
    review.become(ReviewStatus.CLOSED)
    review.closed_at = at
    review.save(update_fields=["status", "closed_at"])
    record(Event.REVIEW_CLOSED, on=review, by=by, at=at)
    case = Case.objects.select_for_update(of=("self",)).get(pk=review.case_id)
    case.last_reviewed_on = review.held_on
    case.next_review_due = next_due(review.held_on)
    case.save(update_fields=["last_reviewed_on", "next_review_due"])
    record(Event.NEXT_REVIEW_SET, on=case, by=by, at=at, due=case.next_review_due)
    place_cases(
        partnership=case.partnership,
        only=Case.objects.filter(pk=case.pk),
        day=in_london(at).date(),
        by=by,
        at=at,
    )
    return review


@transaction.atomic
def close_unchanged(*, review: Review, by: User, at: datetime) -> Review:
    """Close a review that changes nothing: the split in force stays, no panel is needed."""
    review = locked(review)
    if review.recommendation != Recommendation.CONTINUE:
        raise Refused("Only a review that recommends no change closes without a panel.")
    if not FundingSplit.objects.in_force().filter(case=review.case_id).exists():
        raise Refused("No split is in force. Work out the split and send it to panel.")
    if not may_close_unchanged(review, in_london(at).date()):
        raise Refused("The services are not those in force. Work out the split, send it to panel.")
    return close_review(review=review, by=by, at=at)
