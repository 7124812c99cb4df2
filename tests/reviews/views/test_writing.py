"""A review written in a browser: nothing typed is lost, and nothing counts before it is whole."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from reviews.enums import ReviewStatus
from reviews.models import Review
from tests.reviews.typed import whole


@pytest.fixture(autouse=True)
def asha(client, cast):
    client.force_login(cast.asha)


def address(name, review):
    return reverse(f"reviews:{name}", args=[review.pk])


def send(client, review, **changes):
    return client.post(address("review_write", review), whole(review.held_on, **changes))


def test_a_new_sheet_begins_with_who_and_what_there_is(client, review):
    page = client.get(address("review_write", review)).content.decode()

    assert "Marian Ruth Ashworth" in page
    assert "Asha, <span" in page
    assert "Supported flat, staff by day." in page
    assert 'value="812.00"' in page
    assert "£812.00" in page
    assert "Answer (a) and (b)" in page
    assert "There is a problem" not in page


def test_a_booked_review_first_asks_when_it_was_held(client, booked):
    response = client.get(address("review_write", booked))

    assert response.url == address("review_held", booked)


def test_a_whole_sheet_is_checked_then_recorded(client, review):
    response = send(client, review)
    assert response.url == address("review_check", review)

    page = client.get(response.url).content.decode()
    assert "Check your answers" in page
    assert "£845.00" in page

    response = client.post(address("review_check", review), {"version": "1"})
    assert response.url == reverse("casework:case_file", args=[review.case_id])
    review = Review.objects.get()
    assert review.status == ReviewStatus.NEEDS_AGREED
    assert review.recommendation_reasons == "Three more hours of support."
    assert [need.description for need in review.package.needs.all()] == [
        "Supported flat, staff by day and night."
    ]
    assert review.package.lines.get().prices.get().weekly_cost == Decimal("845.00")
    assert review.attendances.filter(took_part=True).count() == 2


def test_a_review_outside_a_cpa_waits_for_one(client, review, today):
    arranged = today + timedelta(days=14)
    response = send(client, review, part_of_cpa="no", cpa_arranged_for=arranged.isoformat())

    client.post(response.url, {"version": "1"})

    review.refresh_from_db()
    assert review.status == ReviewStatus.AWAITING_CPA
    assert review.cpa_arranged_for == arranged


def test_what_is_wrong_is_said_and_all_text_kept(client, review):
    page = send(client, review, **{"lines-0-weekly_cost": "lots"}).content.decode()

    assert "Enter an amount in pounds, like 1,234.50" in page
    assert 'value="lots"' in page
    assert "Two early signs, both settled at home." in page
    review.refresh_from_db()
    assert review.status == ReviewStatus.HELD
    assert review.draft["lines-0-weekly_cost"] == ["lots"]


@pytest.mark.parametrize(
    ("row", "anchor", "count"),
    [("need", "needs-1", "needs"), ("line", "lines-1", "lines"), ("person", "people-3", "people")],
)
def test_a_row_is_added_without_losing_text(client, review, row, anchor, count):
    response = send(client, review, add=row, progress="half a sent")

    assert response.url == address("review_write", review) + f"#{anchor}"
    page = client.get(response.url).content.decode()
    assert f'id="{anchor}"' in page
    assert "half a sent" in page


def test_a_need_taken_out_leaves_its_services_without_one(client, review):
    send(client, review, remove="needs-0")

    review.refresh_from_db()
    assert review.draft["needs-TOTAL_FORMS"] == ["0"]
    assert review.draft["lines-0-need"] == [""]
    assert "Choose which need" not in client.get(address("review_write", review)).content.decode()


def test_a_row_is_opened_to_be_changed(client, review):
    response = send(client, review, open="lines-0")

    page = client.get(response.url).content.decode()
    assert 'type="text" name="lines-0-description"' in page


def test_coming_back_later_keeps_everything(client, review):
    response = send(client, review, later="1", held_on="31 2", recommendation=None)

    assert response.url == reverse("casework:case_file", args=[review.case_id])
    page = client.get(address("review_write", review)).content.decode()
    assert "I like my flat." in page
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    "half",
    [
        {"held_on": "", "held_on_day": "31", "package_starts_on": "", "part_of_cpa": "perhaps"},
        {"lines-0-weekly_cost": "lots\0", "needs-0-domain": "nonsense", "lines-0-need": "99"},
        {"people-TOTAL_FORMS": "many", "needs-TOTAL_FORMS": "-3", "lines-TOTAL_FORMS": "1e9"},
        {"people-0-name": "x" * 4000, "remove": "needs-77", "keep": "nothing", "open": "?"},
    ],
)
def test_half_typed_drafts_are_kept_and_shown(client, review, half):
    response = client.post(address("review_draft", review), whole(review.held_on, **half))

    assert response.status_code == 200
    page = client.get(address("review_write", review))
    assert "I like my flat." in page.content.decode()


def test_a_draft_says_when_it_was_saved(client, review):
    response = client.post(address("review_draft", review), whole(review.held_on))

    assert response.json()["version"] == 1
    assert len(response.json()["saved_at"]) == 5
    review.refresh_from_db()
    assert review.draft["person_says"] == ["I like my flat."]
    assert "csrfmiddlewaretoken" not in review.draft


def test_a_stale_draft_is_refused(client, review):
    client.post(address("review_draft", review), whole(review.held_on))

    response = client.post(address("review_draft", review), whole(review.held_on, risks="late"))

    assert response.status_code == 409
    assert response.json()["problem"].startswith("This review was saved from another window")


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "²"])
def test_a_draft_without_its_number_is_stale(client, review, version):
    response = client.post(address("review_draft", review), whole(review.held_on, version=version))

    assert response.status_code == 409


def test_a_stale_sheet_is_shown_again_with_its_text(client, review):
    client.post(address("review_draft", review), whole(review.held_on))

    response = send(client, review, risks="Only in the second window")

    assert response.status_code == 409
    page = response.content.decode()
    assert "This review was saved from another window" in page
    assert "Only in the second window" in page


def test_a_review_changed_since_it_was_checked_is_not_recorded(client, review):
    send(client, review)
    client.post(address("review_draft", review), whole(review.held_on, version="1", risks="New"))

    response = client.post(address("review_check", review), {"version": "1"})

    assert response.url == address("review_check", review)
    review.refresh_from_db()
    assert review.status == ReviewStatus.HELD


def test_a_sheet_that_is_not_whole_is_not_recorded(client, review):
    response = client.post(address("review_check", review), {"version": "0"})

    assert "There is a problem" in response.content.decode()
    review.refresh_from_db()
    assert review.status == ReviewStatus.HELD


def test_a_recorded_review_is_not_written_again(client, review):
    send(client, review)
    client.post(address("review_check", review), {"version": "1"})

    for name in ("review_write", "review_check", "review_not_completed"):
        assert client.get(address(name, review)).url == address("review_detail", review)
    response = client.post(address("review_draft", review), whole(review.held_on, version="1"))
    assert response.status_code == 409


def test_nothing_unchanged_is_recommended_when_costs_change(client, review, cast):
    from tests.factories import FundingSplitFactory

    FundingSplitFactory(case=review.case, proposed_by=cast.asha, in_force=True)

    page = send(client, review, recommendation="continue").content.decode()

    assert "The services differ from those in force." in page


def test_ending_during_a_community_treatment_order_is_shut(client, review, today):
    detention = review.case.detention
    detention.cto_from = today - timedelta(days=60)
    detention.save()

    page = client.get(address("review_write", review)).content.decode()

    assert "(not while the CTO lasts)" in page
    page = send(client, review, recommendation="end").content.decode()
    assert "After-care cannot end while the person is on a community treatment order." in page


def test_what_follows_from_the_sheet_is_shown_as_it_is_typed(client, review):
    response = client.post(
        address("review_sums", review),
        whole(review.held_on, **{"lines-0-weekly_cost": "1,000", "needs-0-reduces_risk": None}),
    )

    page = response.content.decode()
    assert "Answer (b)" in page
    assert "£1,000.00" in page
    review.refresh_from_db()
    assert review.draft == {}


def test_a_total_with_an_amount_that_is_none_is_left_open(client, review):
    response = client.post(
        address("review_sums", review),
        whole(review.held_on, **{"lines-0-weekly_cost": "lots"}),
    )

    assert [new for _, _, new, _ in response.context["sheet"].totals] == [None]


def test_a_button_pressed_while_the_script_saves_the_same_text_is_not_stale(client, review):
    client.post(address("review_draft", review), whole(review.held_on, progress="One\nTwo"))

    response = send(client, review, progress="One\r\nTwo", add="need")

    assert response.url == address("review_write", review) + "#needs-1"
    review.refresh_from_db()
    assert (review.draft_number, review.draft["needs-TOTAL_FORMS"]) == (2, ["2"])


def test_a_draft_of_one_answer_has_the_rest_of_the_sheet_around_it(client, review):
    Review.objects.update(draft={"person_says": "I would like to"})

    page = client.get(address("review_write", review)).content.decode()

    assert "I would like to" in page
    assert "Supported flat, staff by day." in page
    assert "TOTAL_FORMS)" not in page
