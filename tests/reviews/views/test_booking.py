"""Booking a review, saying that it was held or not, its CPA, closing it; and who may do so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.enums import NotCompletedReason, ReviewStatus
from reviews.models import Review
from tests.factories import FundingSplitFactory
from tests.reviews import sheets

EVERYBODY = ("asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi", "ola")
OF_A_REVIEW = [
    "review_held",
    "review_write",
    "review_check",
    "review_not_completed",
    "review_cpa",
]
BUTTONS = ["review_draft", "review_sums", "review_close"]


def address(name, record):
    return reverse(f"reviews:{name}", args=[record.pk])


@pytest.mark.parametrize("name", [*OF_A_REVIEW, "review_book"])
def test_who_may_open_a_form(client, cast, review, name):
    record = review.case if name == "review_book" else review

    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        refused = client.get(address(name, record)).status_code == 403
        assert (who, refused) == (who, who not in {"asha", "ben"})


@pytest.mark.parametrize("name", BUTTONS)
def test_who_may_press_a_button(client, cast, review, name):
    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        refused = client.post(address(name, review)).status_code == 403
        assert (who, refused) == (who, who not in {"asha", "ben"})


@pytest.mark.parametrize("name", [*OF_A_REVIEW, *BUTTONS, "review_book"])
def test_another_partnerships_review_does_not_exist(client, cast, review, name):
    record = review.case if name == "review_book" else review
    client.force_login(cast.dev)

    assert client.post(address(name, record)).status_code == 404
    if name not in BUTTONS:
        assert client.get(address(name, record)).status_code == 404


def test_a_review_is_booked_then_moved(client, cast, case, today):
    client.force_login(cast.asha)
    day = today + timedelta(days=20)

    response = client.post(
        address("review_book", case),
        {"booked_for": day.isoformat(), "booked_time": "14.30", "place": "Dale View"},
    )
    assert response.url == reverse("casework:case_file", args=[case.pk])
    page = client.get(address("review_book", case)).content.decode()
    assert "Move the review" in page
    assert 'value="14:30"' in page
    client.post(address("review_book", case), {"booked_for": (day + timedelta(7)).isoformat()})

    review = Review.objects.get()
    assert review.booked_for == day + timedelta(7)
    assert review.booked_time is None


def test_a_day_before_the_case_began_is_refused_and_kept(client, cast, case):
    client.force_login(cast.asha)

    page = client.post(
        address("review_book", case), {"booked_for": "2001-02-03", "place": "Dale View"}
    ).content.decode()

    assert "This case began on 14 February 2022. Enter a day on or after that." in page
    assert 'value="2001"' in page
    assert 'value="Dale View"' in page


def test_a_held_review_goes_on_to_be_written(client, cast, booked):
    client.force_login(cast.asha)

    response = client.post(
        address("review_held", booked), {"held_on": booked.booked_for.isoformat()}
    )

    assert response.url == address("review_write", booked)
    booked.refresh_from_db()
    assert booked.status == ReviewStatus.HELD


def test_a_review_is_not_held_in_the_future(client, cast, booked, today):
    client.force_login(cast.asha)

    tomorrow = (today + timedelta(days=1)).isoformat()
    page = client.post(address("review_held", booked), {"held_on": tomorrow}).content.decode()

    assert "Enter the day on which the review was held; it cannot be in the future." in page


def test_why_a_review_did_not_happen_is_kept(client, cast, review):
    client.force_login(cast.asha)

    page = client.post(address("review_not_completed", review), {}).content.decode()
    assert "Choose why the review did not happen" in page
    client.post(address("review_not_completed", review), {"reason": "in_hospital"})

    review.refresh_from_db()
    assert review.status == ReviewStatus.NOT_COMPLETED
    assert review.not_completed_reason == NotCompletedReason.IN_HOSPITAL


def test_a_cpa_that_was_held_lets_the_needs_stand_agreed(client, cast, case, today):
    review = sheets.recorded(case, cast.asha, part_of_cpa=False, cpa_arranged_for=today)
    client.force_login(cast.asha)

    tomorrow = (today + timedelta(days=1)).isoformat()
    page = client.post(address("review_cpa", review), {"held_on": tomorrow}).content.decode()
    assert "Enter the day on which the CPA was held; it cannot be in the future." in page
    client.post(address("review_cpa", review), {"held_on": today.isoformat()})

    review.refresh_from_db()
    assert (review.status, review.cpa_held_on) == (ReviewStatus.NEEDS_AGREED, today)
    assert client.get(address("review_cpa", review)).url == address("review_detail", review)


def test_a_review_that_changes_nothing_is_closed(client, cast, case, package):
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    review = sheets.recorded(case, cast.asha, **sheets.AS_IN_FORCE)
    client.force_login(cast.asha)

    page = client.post(address("review_close", review), follow=True).content.decode()

    assert "The review is closed. The next one is due by" in page
    review.refresh_from_db()
    assert review.status == ReviewStatus.CLOSED


def test_a_review_that_changes_something_is_not_closed(client, cast, case):
    review = sheets.recorded(case, cast.asha)
    client.force_login(cast.asha)

    page = client.post(address("review_close", review), follow=True).content.decode()

    assert "Only a review that recommends no change closes without a panel." in page
