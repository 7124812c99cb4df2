"""Which reviews a filter keeps, and what its chips say; the list's own tests narrow for real."""

from django.http import QueryDict

from reviews.filters import ReviewFilter
from reviews.models import Review
from tests.factories import CohortFactory


def filtered(query, today, cohorts=()):
    return ReviewFilter(
        QueryDict(query),
        Review.objects.order_by("pk"),
        request=None,
        cohorts=list(cohorts),
        coordinators=[("7", "Priya Nair")],
        today=today,
    )


def test_without_a_state_only_reviews_under_way_are_kept(booked, today):
    assert list(filtered("", today).qs) == [booked]
    assert list(filtered("state=finished", today).qs) == []


def test_each_chip_takes_its_own_filter_off(cast, today):
    cohort = CohortFactory(partnership=cast.eastmere, name="B")
    chosen = filtered(f"state=held&cohort={cohort.pk}&page=2", today, [cohort])

    assert chosen.chips() == [
        ("Being written", f"?cohort={cohort.pk}"),
        ("Cohort B", "?state=held"),
    ]


def test_what_is_not_on_offer_filters_nothing(booked, today):
    chosen = filtered("state=lost&who=999", today)

    assert chosen.chips() == []
    assert list(chosen.qs) == [booked]
