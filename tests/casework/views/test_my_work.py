import pytest
from django.urls import reverse

from audit.models import AuditEvent
from tests.casework.views.test_funding import EVERYBODY

HOME = "/"


@pytest.mark.parametrize("name", [*EVERYBODY, "dev", "mina"])
def test_everybody_has_a_home(client, cast, name):
    client.force_login(getattr(cast, name))

    response = client.get(HOME)

    assert '<h1 class="govuk-heading-l">My work</h1>' in response.content.decode()


def test_an_empty_home_says_what_to_do(client, cast):
    client.force_login(cast.asha)

    page = client.get(HOME).content.decode()

    assert "Nothing waits for you" in page
    assert reverse("cohorts:register") in page


def test_the_most_overdue_review_is_one_click_away(client, cast, case_of, review_of):
    case = case_of(due=-200)
    review = review_of(case)
    case_of(due=-20)
    client.force_login(cast.asha)

    page = client.get(HOME).content.decode()

    written = reverse("reviews:review_write", args=[review.pk])
    booked = page.index("Book the review")
    assert page.index(written) < booked
    assert "2</b> overdue" in page


def test_whose_names_were_shown_is_recorded(client, cast, case_of):
    case = case_of(due=-20)
    client.force_login(cast.asha)

    client.get(HOME)

    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert (seen.actor, seen.detail) == (
        cast.asha,
        {"page": "my_work", "cases": [case.reference]},
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, cast, case_of, review_of, django_assert_num_queries, rows
):
    for _ in range(rows):
        case_of(due=-20)
        review_of(case_of(due=-20))
    client.force_login(cast.asha)

    with django_assert_num_queries(19):
        client.get(HOME)
