"""Letting a review that was with the panel be worked on again."""

from panels.enums import ItemKind
from panels.models import AgendaItem
from panels.queries.deferrals import deferral_before
from reviews.enums import ReviewStatus
from reviews.models import Review


def is_unanswered(item: AgendaItem) -> bool:
    """Test for a case that came back from the panel and was not sent again since."""
    deferral = deferral_before(item) if item.kind == ItemKind.DEFERRED else None
    return deferral is not None and deferral.decided_at == item.submitted_at


def give_back(review: Review | None) -> None:
    """Let a review that was with the panel be worked on again."""
    if review is not None and review.can_become(ReviewStatus.NEEDS_AGREED):
        become(review, ReviewStatus.NEEDS_AGREED)


def become(review: Review, status: ReviewStatus) -> None:
    """Move a review on and keep where it is."""
    review.become(status)
    review.save(update_fields=["status"])
