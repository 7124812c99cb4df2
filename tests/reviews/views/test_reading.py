"""The list of reviews, and one review as it is read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Review
from reviews.operations.booking import book_review
from tests.factories import CaseFactory, CohortFactory
from tests.reviews import sheets
from tests.reviews.views.test_booking import EVERYBODY

LIST = reverse("reviews:review_list")


def book(cast, today, days=0, **fields):
    case = CaseFactory(
        **{"partnership": cast.eastmere, "care_coordinator": cast.asha, "overdue": True} | fields
    )
    return book_review(
        case=case, booked_for=today + timedelta(days=days), by=cast.asha, at=timezone.now()
    )


def detail(review):
    return reverse("reviews:review_detail", args=[review.pk])


def test_who_may_read_reviews(client, cast, case):
    review = sheets.recorded(case, cast.asha)

    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        expected = 403 if who in {"fin", "ola"} else 200
        assert (who, client.get(LIST).status_code) == (who, expected)
        assert (who, client.get(detail(review)).status_code) == (who, expected)


def test_another_partnership_sees_nothing(client, cast, case):
    review = sheets.recorded(case, cast.asha)
    client.force_login(cast.dev)

    assert client.get(detail(review)).status_code == 404
    assert "No review is under way" in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, cast, today, count, django_assert_num_queries
):
    for _ in range(count):
        book(cast, today, cohort=CohortFactory(partnership=cast.eastmere))
    client.force_login(cast.asha)
    client.get(LIST)

    with django_assert_num_queries(14):
        page = client.get(LIST).content.decode()
    assert page.count("Booked ") == count


def test_the_list_is_counted_in_words(client, cast, today):
    book(cast, today)
    book(cast, today, due_soon=True, overdue=False)
    client.force_login(cast.asha)

    assert "2 reviews under way, 1 past the day they were due" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"due": "overdue"}, {"late"}),
        ({"due": "soon"}, {"soon"}),
        ({"due": "later"}, set()),
        ({"due": "no_date"}, {"never"}),
        ({"cohort": "none"}, {"late", "soon"}),
        ({"who": "nobody"}, {"never"}),
        ({"state": "booked"}, {"late", "soon", "never"}),
        ({"state": "held"}, set()),
        ({"state": "finished"}, set()),
        ({"state": "nonsense"}, {"late", "soon", "never"}),
    ],
)
def test_the_list_is_narrowed(client, cast, today, query, found):
    cohort = CohortFactory(partnership=cast.eastmere)
    book(cast, today, reference="late")
    book(cast, today, reference="soon", overdue=False, due_soon=True)
    book(cast, today, reference="never", overdue=False, care_coordinator=None, cohort=cohort)
    client.force_login(cast.asha)

    response = client.get(LIST, query)

    assert {row.reference for row in response.context["rows"]} == found


def test_the_list_is_narrowed_to_a_cohort_and_a_person(client, cast, today):
    cohort = CohortFactory(partnership=cast.eastmere, name="B")
    book(cast, today, reference="mine", cohort=cohort)
    book(cast, today, care_coordinator=cast.ben)
    client.force_login(cast.asha)

    for query in ({"cohort": cohort.pk}, {"who": cast.asha.pk}):
        response = client.get(LIST, query)
        assert [row.reference for row in response.context["rows"]] == ["mine"]
    assert response.context["chips"] == [("Asha", "?")]


def test_a_list_without_any_says_where_they_come_from(client, cast):
    client.force_login(cast.asha)

    assert "No review is under way" in client.get(LIST).content.decode()
    assert "No review is as you asked" in client.get(LIST, {"due": "soon"}).content.decode()


def test_a_review_is_read_as_it_was_recorded(client, cast, case):
    review = sheets.recorded(case, cast.asha)
    client.force_login(cast.esi)

    page = client.get(detail(review)).content.decode()

    assert "I like my flat." in page
    assert "Tom Ferris" in page
    assert "this is a joint review" in page
    assert "£845.00" in page
    assert "Continue with a changed package: the panel decides" in page
    assert "Recorded by Asha" in page


def test_a_booked_review_leads_to_what_can_be_done(client, cast, booked):
    client.force_login(cast.asha)
    page = client.get(detail(booked)).content.decode()
    assert reverse("reviews:review_held", args=[booked.pk]) in page

    client.force_login(cast.esi)
    page = client.get(detail(booked)).content.decode()
    assert reverse("reviews:review_held", args=[booked.pk]) not in page


def test_that_a_review_was_read_is_on_record(client, cast, booked):
    from audit.models import AuditEvent

    client.force_login(cast.esi)
    client.get(detail(booked))

    assert AuditEvent.objects.filter(event="cohorts.case_seen", actor_id=cast.esi.pk).count() == 1
    assert Review.objects.get().status == "booked"
