"""The words and the order of the list of reviews."""

from datetime import timedelta

import pytest

from core.templatetags.s117 import day
from reviews.models import Review
from reviews.queries.listed import count_in_words, ordered, rows_of
from tests.reviews import sheets


@pytest.mark.parametrize(
    ("number", "overdue", "state", "words"),
    [
        (1, 0, "", "1 review under way"),
        (12, 3, "", "12 reviews under way, 3 past the day they were due"),
        (2, 0, "Waiting for the CPA", "2 reviews: waiting for the CPA"),
    ],
)
def test_count_in_words(number, overdue, state, words):
    assert count_in_words(number, overdue, state) == words


def test_a_row_tells_when_and_how_far(case, cast, booked, today):
    (row,) = rows_of(Review.objects.with_people(), today)

    assert row.when == f"Booked {day(today - timedelta(days=2))}"
    assert row.due.label.endswith("days overdue")
    assert row.state == ("Booked", "blue")
    assert (row.coordinator, row.cohort) == ("Asha", "")


def test_a_review_that_was_held_is_not_overdue(case, cast, today):
    sheets.recorded(case, cast.asha)

    (row,) = rows_of(Review.objects.with_people(), today)

    assert row.when.startswith("Held")
    assert row.due is None


@pytest.mark.parametrize(
    ("order", "first"), [("due", 0), ("-due", 1), ("name", 0), ("nonsense", 0)]
)
def test_the_longest_due_come_first(cast, today, order, first):
    from tests.reviews.views.test_reading import book

    reviews = [book(cast, today), book(cast, today, due_soon=True, overdue=False)]
    reviews[1].case.patient.family_name = "Zed"
    reviews[1].case.patient.save()
    reviews[0].due_on, reviews[1].due_on = today, today + timedelta(days=1)
    for review in reviews:
        review.save()

    assert ordered(Review.objects.all(), order).first() == reviews[first]
