"""The list of reviews: its rows, their order, and its count in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.urls import reverse

from core.templatetags.s117 import counted
from reviews.enums import ReviewStatus
from reviews.models import Review, ReviewQuerySet

COLOURS = {
    ReviewStatus.BOOKED: "blue",
    ReviewStatus.HELD: "turquoise",
    ReviewStatus.AWAITING_CPA: "yellow",
    ReviewStatus.NEEDS_AGREED: "green",
    ReviewStatus.WITH_PANEL: "purple",
    ReviewStatus.CLOSED: "grey",
    ReviewStatus.NOT_COMPLETED: "grey",
}
ORDERS = {
    "name": ["case__patient__family_name", "case__patient__given_names"],
    "due": ["due_on"],
    "held": ["held_on", "booked_for"],
    "who": ["case__care_coordinator__name"],
}


@dataclass(frozen=True)
class ReviewRow:
    """A review as the list shows it; the first five are what a person's cell needs."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    state: tuple[str, str]
    due_on: date | None
    is_late: bool
    when: str  # "Booked for", "Held"
    day: date
    coordinator: str
    cohort: str


def ordered(reviews: ReviewQuerySet, order: str) -> ReviewQuerySet:
    """Sort reviews by a column, backwards with a minus; else by the day that comes first."""
    names = ORDERS.get(order.removeprefix("-"), ["booked_for"])
    columns = [
        F(name).desc(nulls_last=True) if order.startswith("-") else F(name).asc(nulls_last=True)
        for name in names
    ]
    return reviews.with_people().order_by(*columns, "pk")


def rows_of(reviews: Iterable[Review], today: date) -> list[ReviewRow]:
    """Return reviews as the list shows them."""
    return [_row(review, today) for review in reviews]


def _row(review: Review, today: date) -> ReviewRow:
    case = review.case
    is_open = review.status not in (ReviewStatus.CLOSED, ReviewStatus.NOT_COMPLETED)
    return ReviewRow(
        family_name=case.patient.family_name,
        given_names=case.patient.given_names,
        reference=case.reference,
        born_on=case.patient.born_on,
        url=reverse("reviews:review_detail", args=[review.pk]),
        state=state_of(review),
        due_on=review.due_on,
        is_late=is_open and review.due_on is not None and review.due_on < today,
        when="Held" if review.held_on else "Booked for",
        day=review.held_on or review.booked_for,
        coordinator=case.care_coordinator.name if case.care_coordinator else "",
        cohort=case.cohort.name if case.cohort else "",
    )


def state_of(review: Review) -> tuple[str, str]:
    """Return a review's state as a tag: words and a colour."""
    return review.get_status_display(), COLOURS[ReviewStatus(review.status)]


def in_words(total: int, overdue: int, state: str) -> str:
    """Say how many reviews are listed: "14 reviews under way, 3 overdue"."""
    states = {"": " under way", "all": ""} | {
        value: f", {label.lower()}" for value, label in ReviewStatus.choices
    }
    words = counted(total, "review,reviews") + states.get(state, "").replace("cpa", "CPA")
    return f"{words}, {overdue:,} overdue" if overdue else words
