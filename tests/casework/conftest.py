"""Cases of Eastmere on the day on which the tests run: pages look at the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import CaseFactory, CohortFactory, ReviewFactory


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def cohort(cast):
    return CohortFactory(partnership=cast.eastmere, name="A", reviewed_by="the S117 team")


@pytest.fixture
def case_of(cast, today):
    """Make a case of Asha's, due so many days from today."""

    def make(due=None, **more):
        fields = {"partnership": cast.eastmere, "care_coordinator": cast.asha}
        next_review_due = None if due is None else today + timedelta(days=due)
        return CaseFactory(**fields | {"next_review_due": next_review_due} | more)

    return make


@pytest.fixture
def review_of(cast, today):
    """Make a review of a case, booked for so many days from today."""

    def make(case, booked=0, **more):
        fields = {"booked_by": cast.asha, "booked_for": today + timedelta(days=booked)}
        return ReviewFactory(case=case, **fields | more)

    return make
