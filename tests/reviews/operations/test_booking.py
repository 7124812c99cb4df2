from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from audit.models import AuditEvent
from core.refusals import Refused
from core.workflow import IllegalTransition
from reviews.models import Review
from reviews.operations.booking import book_review, not_completed, start_writing
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory
from tests.reviews.sheets import HELD_ON, booked, held, recorded


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)


def test_booking_keeps_when_it_was_due_and_who_booked(cast, case):
    review = booked(case, cast.asha)

    assert (review.due_on, review.booked_by, review.status) == (
        case.next_review_due,
        cast.asha,
        "booked",
    )
    assert AuditEvent.objects.get(event="reviews.review_booked").detail == {
        "booked_for": HELD_ON.isoformat()
    }


def test_booking_again_moves_the_booking(cast, case):
    booked(case, cast.asha)

    book_review(case=case, booked_for=TODAY + timedelta(days=9), by=cast.asha, at=NOON)

    assert Review.objects.get().booked_for == TODAY + timedelta(days=9)


def test_a_review_that_is_being_written_is_not_booked_again(cast, case):
    held(case, cast.asha)

    with pytest.raises(Refused, match="under way already"):
        booked(case, cast.asha)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY + timedelta(days=1), "cannot be in the future"),
        (date(2022, 2, 13), "This case began on 14 February 2022"),
    ],
)
def test_a_review_cannot_have_been_held_on_such_a_day(cast, case, day, sentence):
    review = booked(case, cast.asha)

    with pytest.raises(Refused, match=sentence):
        start_writing(review=review, held_on=day, by=cast.asha, at=NOON)


def test_an_ended_case_is_not_reviewed(cast):
    case = CaseFactory(partnership=cast.eastmere, ended=True)

    with pytest.raises(Refused, match="has ended"):
        booked(case, cast.asha)


def test_a_review_that_did_not_happen_leaves_the_case_due(cast, case):
    review = not_completed(review=booked(case, cast.asha), reason="declined", by=cast.asha, at=NOON)

    due = case.next_review_due
    case.refresh_from_db()
    assert (review.status, review.closed_at, case.next_review_due) == ("not_completed", NOON, due)


def test_a_recorded_review_did_happen(cast, case):
    with pytest.raises(IllegalTransition):
        not_completed(review=recorded(case, cast.asha), reason="declined", by=cast.asha, at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "not_completed", "closed_at": NOON},
        {"status": "closed"},
        {"not_completed_reason": "died"},
        {"recorded_at": NOON},
    ],
)
def test_database_refuses_a_half_told_review(cast, case, change):
    review = booked(case, cast.asha)

    with pytest.raises(IntegrityError):
        Review.objects.filter(pk=review.pk).update(**change)
