"""What a review would ask of a panel."""

from datetime import date

from panels.models import AgendaItem
from panels.policy.asking import suggested_ask
from panels.queries.changes import changes, package_now
from reviews.enums import EndingStatus
from reviews.models import Ending, Review


def ending_proposed_by(review: Review) -> Ending | None:
    """Return the ending of after-care that a review proposes and nobody has settled."""
    return review.endings.filter(status=EndingStatus.PROPOSED).first()


def ask_of(review: Review, today: date) -> str:
    """Return the sentence to begin with when a review is sent to its panel."""
    ending = ending_proposed_by(review)
    asked = AgendaItem(case=review.case, review=review, split=review.split)
    is_funded = package_now(asked, today) is not None
    funded = [change for change in changes(asked, today) if not change.is_outside]
    return suggested_ask(
        recommendation=review.recommendation,
        is_funded=is_funded,
        changes=[it.words if is_funded else it.service for it in funded],
        ends_on=ending.ends_on if ending else None,
    )
