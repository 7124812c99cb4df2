"""The short forms around a review, and the rows of the long one."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from reviews.forms.drafts import MOST_ROWS, posted, row_count, with_row
from reviews.forms.rows import LineFormSet, PeopleFormSet
from reviews.forms.short import BookForm, NotCompletedForm, StartForm


@pytest.mark.parametrize("typed", ["14:30", "14.30"])
def test_a_time_is_read_as_people_write_it(typed):
    form = BookForm({"booked_for": "2027-03-02", "booked_time": typed})

    assert form.is_valid()
    assert form.cleaned_data["booked_time"].isoformat() == "14:30:00"


def test_a_booking_needs_a_day():
    assert BookForm({}).errors == {"booked_for": ["Enter the date of the review"]}


def test_a_review_is_held_no_later_than_today(case, today):
    tomorrow = (today + timedelta(days=1)).isoformat()
    form = StartForm({"held_on": tomorrow}, case=case, today=today)

    assert form.errors == {
        "held_on": ["Enter the day on which the review was held; it cannot be in the future."]
    }


def test_a_review_that_did_not_happen_needs_a_reason():
    assert NotCompletedForm({}).errors == {"reason": ["Choose why the review did not happen"]}


def test_a_draft_is_what_was_typed_without_the_buttons():
    data = QueryDict("version=3&add=need&risks=none&risks=two&progress=a%00b")

    assert posted(data) == {"risks": ["none", "two"], "progress": ["ab"]}


def test_rows_are_added_up_to_a_limit():
    draft = {"needs-TOTAL_FORMS": [str(MOST_ROWS)]}

    assert row_count(with_row(draft, "needs"), "needs") == MOST_ROWS
    assert with_row({}, "people")["people-0-took_part"] == ["on"]


def test_rows_say_which_of_them_is_wrong():
    people = PeopleFormSet(
        {
            "people-TOTAL_FORMS": "2",
            "people-INITIAL_FORMS": "0",
            "people-0-name": "Joyce Penn",
            "people-1-capacity": "gp",
        },
        prefix="people",
    )
    assert people.errors == [
        {"capacity": ["Choose what Joyce Penn takes part as"]},
        {"name": ["Enter the name of person 2"]},
    ]


def test_a_service_meets_one_of_the_needs_there_are():
    lines = LineFormSet(
        {
            "lines-TOTAL_FORMS": "1",
            "lines-INITIAL_FORMS": "0",
            "lines-0-description": "Art group",
            "lines-0-need": "9",
            "lines-0-weekly_cost": "£1,058.00 ",
        },
        prefix="lines",
        form_kwargs={"need_choices": [("1", "1. Daily living")]},
    )
    assert lines.errors == [{"need": ["Choose which need service “Art group” meets from the list"]}]
