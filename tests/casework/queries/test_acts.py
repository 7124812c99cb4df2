from datetime import timedelta

import pytest
from django.urls import reverse

from casework.enums import Act
from casework.queries.acts import PLACES, next_act
from casework.queries.stages import situations
from tests.casework.views.test_funding import EVERYBODY
from tests.cast import NOON
from tests.factories import FundingSplitFactory


@pytest.fixture
def who_may(cast, today):
    """Those who are offered the next act of a case."""

    def names(case):
        [situation] = situations([case], today)
        return {name for name in EVERYBODY if next_act(situation, getattr(cast, name))}

    return names


def test_every_act_has_its_place():
    assert set(PLACES) == set(Act)


def test_a_review_is_booked_by_those_who_write_reviews(case_of, who_may):
    assert who_may(case_of(due=-5)) == {"asha", "ben"}


def test_nobody_is_offered_an_act_that_is_not_due(case_of, who_may):
    assert who_may(case_of(due=200)) == set()


def test_a_split_is_approved_by_the_bodies_alone(cast, case_of, review_of, who_may):
    case = case_of(due=-5)
    split = FundingSplitFactory(case=case, proposed_by=cast.asha, agreed=True)
    review_of(case, status="with_panel", held_on=case.next_review_due, split=split)

    assert who_may(case) == {"lara", "ian"}

    split.approvals.create(
        body="la",
        organisation=cast.eastmere.council,
        sha256=split.sha256,
        approved_at=NOON,
        approved_by=cast.lara,
    )
    assert who_may(case) == {"ian"}


def test_closing_is_a_button_and_writing_a_link(cast, case_of, review_of, today):
    case = case_of(due=-5)
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    fields = {"held_on": case.next_review_due, "recommendation": "continue"}
    review = review_of(case, status="needs_agreed", **fields)
    other = review_of(case_of(due=-5), status="held")

    acts = [next_act(one, cast.asha) for one in situations([case, other.case], today)]

    close = reverse("reviews:review_close", args=[review.pk])
    write = reverse("reviews:review_write", args=[other.pk])
    assert [(act.label, act.url, act.is_post) for act in acts] == [
        ("Close the review", close, True),
        ("Write the review", write, False),
    ]


def test_a_booked_review_leads_straight_to_writing_it(cast, case_of, review_of, today):
    case = case_of(due=20)
    review = review_of(case, booked_for=today + timedelta(days=10))

    [situation] = situations([case], today)

    act = next_act(situation, cast.asha)
    assert (act.label, act.url) == (
        "Hold the review",
        reverse("reviews:review_write", args=[review.pk]),
    )
