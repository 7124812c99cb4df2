"""What the list of reviews shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OrderBy, QuerySet
from django.urls import reverse

from cohorts.policy.due import DueState, due_state
from core.templatetags.s117 import counted, day
from reviews.enums import ReviewStatus
from reviews.models import FINISHED, Review

COLOURS = {
    ReviewStatus.BOOKED: "blue",
    ReviewStatus.HELD: "turquoise",
    ReviewStatus.AWAITING_CPA: "yellow",
    ReviewStatus.NEEDS_AGREED: "yellow",
    ReviewStatus.WITH_PANEL: "purple",
    ReviewStatus.CLOSED: "green",
    ReviewStatus.NOT_COMPLETED: "red",
}
ORDERS = {  # by these, and by nothing else that an address may ask for
    "name": ("case__patient__family_name", "case__patient__given_names"),
    "when": ("held_on", "booked_for"),
    "due": ("due_on",),
    "state": ("status",),
    "who": ("case__care_coordinator__name",),
}


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """One review in the list."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    when: str
    review_url: str
    due_on: date | None
    due: DueState | None
    state: tuple[str, str]
    coordinator: str
    cohort: str


def ordered(reviews: QuerySet[Review], order: str) -> QuerySet[Review]:
    """Sort by a key such as "due" or "-due"; anything else sorts by the longest due."""
    key = order.removeprefix("-")
    fields = ORDERS.get(key, ORDERS["due"])
    descending = order.startswith("-") and key in ORDERS
    terms = [OrderBy(F(name), descending=descending, nulls_last=True) for name in fields]
    return reviews.order_by(*terms, "case__reference", "pk")


def rows_of(reviews: Iterable[Review], today: date) -> list[ReviewRow]:
    """Return the rows of a page; needs the reviews with people."""
    return [_row(review, today) for review in reviews]


def _row(review: Review, today: date) -> ReviewRow:
    case, patient = review.case, review.case.patient
    is_open = review.status not in FINISHED
    when = f"Held {day(review.held_on)}" if review.held_on else f"Booked {day(review.booked_for)}"
    return ReviewRow(
        family_name=patient.family_name,
        given_names=patient.given_names,
        reference=case.reference,
        born_on=patient.born_on,
        url=reverse("casework:case_file", args=[case.pk]),
        when=when,
        review_url=reverse("reviews:review_detail", args=[review.pk]),
        due_on=review.due_on,
        due=due_state(review.due_on, today) if is_open and not review.held_on else None,
        state=(review.get_status_display(), COLOURS[ReviewStatus(review.status)]),
        coordinator=case.care_coordinator.name if case.care_coordinator else "",
        cohort=case.cohort.name if case.cohort else "",
    )


def count_in_words(number: int, overdue: int, state: str) -> str:
    """Say how many: "12 reviews under way, 3 past the day they were due"."""
    words = f"{counted(number, 'review,reviews')}: {state[:1].lower()}{state[1:]}"
    if not state:
        words = f"{counted(number, 'review,reviews')} under way"
    return f"{words}, {overdue:,} past the day they were due" if overdue else words
