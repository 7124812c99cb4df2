"""A case of Asha's with a package in force, and its review as far as a test asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aftercare.operations import LineInput, NeedInput, agree_package, start_package
from reviews.operations.booking import book_review, start_writing
from tests.cast import NOON
from tests.factories import CaseFactory


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)


@pytest.fixture
def package(case, cast):
    """A flat for a section 117 need, shopping for another; in force for a year and more."""
    starts_on = NOON.date() - timedelta(days=400)
    proposed = agree_package(
        case=case,
        needs=[
            NeedInput("accommodation", "Supported flat, staff by day.", True, True),
            NeedInput("daily_living", "2 hours a week; arthritis.", False, False),
        ],
        lines=[
            LineInput("Supported flat", "Beechcroft", Decimal("812.00"), 1, True),
            LineInput("Shopping, 2 hours", "Millrace", Decimal("41.00"), 2, False),
        ],
        starts_on=starts_on,
        by=cast.asha,
        at=NOON,
    )
    return start_package(package=proposed, starts_on=starts_on, by=cast.asha, at=NOON)


@pytest.fixture
def booked(case, cast, today):
    return book_review(
        case=case, booked_for=today - timedelta(days=2), by=cast.asha, at=timezone.now()
    )


@pytest.fixture
def review(booked, package, cast, today):
    """Held two days ago and being written, beside a package in force."""
    return start_writing(
        review=booked, held_on=today - timedelta(days=2), by=cast.asha, at=timezone.now()
    )
