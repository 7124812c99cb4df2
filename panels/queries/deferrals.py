"""What a panel asked for when it put a case off."""

from panels.enums import Outcome
from panels.models import AgendaItem, Decision


def deferral_before(item: AgendaItem) -> Decision | None:
    """Return the decision that last deferred the same case before this item was sent."""
    return (
        Decision.objects.filter(
            item__case=item.case_id,
            item__review=item.review_id,
            outcome=Outcome.DEFER,
            decided_at__lte=item.submitted_at,
        )
        .exclude(item=item)
        .select_related("item__meeting")
        .order_by("-decided_at")
        .first()
    )
