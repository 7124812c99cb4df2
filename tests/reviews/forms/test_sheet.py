"""A sheet shows whatever was typed, and is whole only when it can be recorded."""

from datetime import timedelta
from decimal import Decimal

import pytest

from aftercare.operations import LineInput, NeedInput
from reviews.forms.sheet import ReviewSheet
from reviews.operations.writing import AttendanceInput
from reviews.queries.before import before, services_in_force
from tests.reviews.typed import whole


@pytest.fixture
def sheet_of(review, today):
    def make(*, is_quiet=False, **changes):
        day = review.held_on
        return ReviewSheet(
            review,
            whole(day, **changes),
            before(review, day),
            today=today,
            in_force=services_in_force(review, day),
            is_quiet=is_quiet,
        )

    return make


def sentences(sheet):
    forms = [sheet.form, *sheet.people.forms, *sheet.needs.forms, *sheet.lines.forms]
    return [error for form in forms for errors in form.errors.values() for error in errors]


def test_a_whole_sheet_gives_the_answers(sheet_of, review):
    sheet = sheet_of()

    assert sheet.is_valid(), sentences(sheet)
    answers = sheet.answers
    assert answers.held_on == review.held_on
    assert answers.attendances[2] == AttendanceInput("Derek Ashworth", "carer", False)
    assert answers.needs == [
        NeedInput("accommodation", "Supported flat, staff by day and night.", True, True)
    ]
    assert answers.lines == [LineInput("Supported flat", "Beechcroft", Decimal("845.00"), 1, True)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lines-0-weekly_cost": "lots"}, "Enter an amount in pounds, like 1,234.50"),
        ({"lines-0-weekly_cost": ""}, "Enter what service “Supported flat” costs a week"),
        ({"lines-0-need": ""}, "Choose which need service “Supported flat” meets"),
        ({"needs-0-reduces_risk": None}, "Answer (b) for need 1"),
        ({"part_of_cpa": None}, "Answer whether it was a CPA"),
        ({"part_of_cpa": "no"}, "Enter the day for which a CPA is arranged"),
        ({"recommendation": None}, "Choose the recommendation"),
        ({"recommendation_reasons": ""}, "Enter the reasons for the recommendation"),
        (
            {"people-0-took_part": None, "people-1-took_part": None},
            "Tick who took part in the review",
        ),
        (
            {"people-2-name": "Priya Nair", "people-2-capacity": "care_coordinator"},
            "Priya Nair is named twice under who took part. Take one of the two out",
        ),
        ({"needs-TOTAL_FORMS": "0", "lines-TOTAL_FORMS": "0"}, "Add the needs that were agreed"),
        ({"lines-TOTAL_FORMS": "0"}, "Add the services that meet the needs"),
        (
            {"package_starts_on": "2001-01-01"},
            "The case began on 14 February 2022. Enter a day on or after that",
        ),
    ],
)
def test_what_is_missing_is_said(sheet_of, changes, sentence):
    sheet = sheet_of(**changes)

    assert not sheet.is_valid()
    assert sentence in sentences(sheet)


def test_a_review_before_the_case_began_is_refused(sheet_of):
    sheet = sheet_of(held_on="2020-01-01")

    assert not sheet.is_valid()
    assert sheet.form.errors["held_on"] == [
        "This case began on 14 February 2022. Enter a day on or after that."
    ]


def test_a_cpa_before_the_review_is_refused(sheet_of, review):
    arranged = (review.held_on - timedelta(days=1)).isoformat()
    sheet = sheet_of(part_of_cpa="no", cpa_arranged_for=arranged)

    assert not sheet.is_valid()
    assert sheet.form.errors["cpa_arranged_for"][0].startswith("The CPA follows the review of")


def test_ending_is_not_recommended_during_a_community_treatment_order(sheet_of, review, today):
    review.case.detention.cto_from = today - timedelta(days=90)
    sheet = sheet_of(recommendation="end")

    shut = [one for one in sheet.form["recommendation"] if one.data["attrs"].get("disabled")]
    assert [one.choice_label for one in shut] == [
        "End after-care: both bodies decide (not while the CTO lasts)"
    ]
    assert not sheet.is_valid()
    assert sheet.form.errors["recommendation"] == [
        "After-care cannot end while the person is on a community treatment order."
    ]


def test_empty_rows_do_not_count(sheet_of):
    sheet = sheet_of(**{"needs-TOTAL_FORMS": "3", "lines-TOTAL_FORMS": "2"})

    assert sheet.is_valid(), sentences(sheet)
    assert len(sheet.answers.needs) == len(sheet.answers.lines) == 1


@pytest.mark.parametrize(
    "half",
    [
        {"held_on": "31 2", "lines-0-weekly_cost": "lots", "recommendation": "perhaps"},
        {"needs-0-domain": "nonsense", "needs-0-arises_from_disorder": "maybe"},
        {"people-TOTAL_FORMS": "many", "lines-TOTAL_FORMS": "-1", "needs-TOTAL_FORMS": "999999"},
        {"lines-0-need": "17", "people-0-capacity": "king"},
    ],
)
def test_a_half_typed_sheet_is_shown_without_errors(sheet_of, half):
    sheet = sheet_of(is_quiet=True, **half)

    assert sentences(sheet) == []
    assert len(sheet.sections) == 6
    assert sheet.totals


@pytest.mark.parametrize(
    ("limbs", "tag"),
    [
        (("yes", "yes"), ("Section 117", "green")),
        (("yes", "no"), ("Care Act", "grey")),
        (("no", None), ("Care Act", "grey")),
        (("yes", None), ("Answer (b)", "yellow")),
        ((None, "yes"), ("Answer (a)", "yellow")),
        ((None, None), ("Answer (a) and (b)", "yellow")),
    ],
)
def test_what_a_need_comes_under_follows_from_its_limbs(sheet_of, limbs, tag):
    sheet = sheet_of(
        is_quiet=True,
        **{"needs-0-arises_from_disorder": limbs[0], "needs-0-reduces_risk": limbs[1]},
    )

    assert sheet.needs.forms[0].tag == tag


def test_a_service_follows_its_need(sheet_of):
    sheet = sheet_of(**{"needs-0-reduces_risk": "no"})

    assert sheet.is_valid()
    assert sheet.answers.lines[0].is_s117 is False
    assert [words for words, *_ in sheet.totals] == ["Section 117", "Care Act, outside the split"]
