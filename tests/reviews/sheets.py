"""Reviews as far as a test needs them: booked, held, recorded."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from aftercare.operations import LineInput, NeedInput
from reviews.operations.booking import book_review, start_writing
from reviews.operations.writing import AttendanceInput, ReviewAnswers, record_review
from tests.cast import NOON, TODAY

HELD_ON = TODAY - timedelta(days=2)
AS_IN_FORCE = {  # what the fixture `package` has, told again at a review that changes nothing
    "recommendation": "continue",
    "needs": [
        NeedInput("accommodation", "Flat", True, True),
        NeedInput("daily_living", "Shopping", False, False),
    ],
    "lines": [
        LineInput("The same flat", "Beechcroft", Decimal(812), 1, True),
        LineInput("Shopping", "Millrace", Decimal(41), 2, False),
    ],
}


def answers(**changes: Any) -> ReviewAnswers:
    """A whole review: one section 117 need, one service, part of a CPA."""
    whole = {
        "held_on": HELD_ON,
        "part_of_cpa": True,
        "attendances": [
            AttendanceInput("Marian Ashworth", "person"),
            AttendanceInput("Priya Nair", "care_coordinator"),
            AttendanceInput("Tom Ferris", "social_worker"),
        ],
        "person_says": "I like my flat.",
        "needs": [NeedInput("accommodation", "Supported flat", True, True)],
        "lines": [LineInput("Supported flat", "Beechcroft", Decimal("845.00"), 1, True)],
        "package_starts_on": date(2026, 12, 1),
        "recommendation": "change",
    }
    return ReviewAnswers(**whole | changes)


def booked(case, by):
    return book_review(case=case, booked_for=HELD_ON, by=by, at=NOON)


def held(case, by):
    return start_writing(review=booked(case, by), held_on=HELD_ON, by=by, at=NOON)


def recorded(case, by, **changes):
    return record_review(review=held(case, by), answers=answers(**changes), by=by, at=NOON)
