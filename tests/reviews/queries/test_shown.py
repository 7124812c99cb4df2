"""A review is read in the same words before it is recorded and after."""

from datetime import date
from types import SimpleNamespace

import pytest

from reviews.forms.sheet import ReviewSheet
from reviews.queries.before import before
from reviews.queries.shown import capacity_in_words, cpa_in_words, recorded
from tests.reviews import sheets
from tests.reviews.typed import whole


def test_a_recorded_review_is_shown_whole(case, cast):
    shown = recorded(sheets.recorded(case, cast.asha))

    assert [(one.name, one.words) for one in shown.people] == [
        ("Marian Ashworth", "the person"),
        ("Priya Nair", "care coordinator, trust"),
        ("Tom Ferris", "social worker, council"),
    ]
    assert shown.is_joint
    assert [(need.number, need.title, need.tag) for need in shown.needs] == [
        (1, "Accommodation with support", ("Section 117", "green"))
    ]
    assert [(words, str(cost)) for words, cost in shown.totals] == [("Section 117", "845.00")]
    assert {url for _, _, url in shown.held + shown.views + shown.outcome} == {""}


def test_a_sheet_is_shown_with_the_way_back(review, today):
    day = review.held_on
    sheet = ReviewSheet(review, whole(day), before(review, day), today=today, is_quiet=False)
    assert sheet.is_valid()

    shown = sheet.shown("/write/")

    assert shown.views[0] == ("What the person says", "I like my flat.", "/write/#views")
    assert [line.need for line in shown.lines] == ["1"]
    assert not shown.is_joint


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"part_of_cpa": None}, ""),
        ({"part_of_cpa": True}, "Yes"),
        ({"part_of_cpa": False, "cpa_arranged_for": None}, "No"),
        (
            {"part_of_cpa": False, "cpa_arranged_for": date(2027, 3, 9)},
            "No: a CPA is arranged for 9 March 2027",
        ),
        (
            {
                "part_of_cpa": False,
                "cpa_arranged_for": date(2027, 3, 9),
                "cpa_held_on": date(2027, 3, 10),
            },
            "No: a CPA is arranged for 9 March 2027 and was held on 10 March 2027",
        ),
    ],
)
def test_whether_it_was_a_cpa_is_said(told, words):
    assert cpa_in_words(SimpleNamespace(**told)).replace("\xa0", " ") == words


def test_capacities_are_said_inside_a_sentence():
    assert capacity_in_words("gp") == "GP"
    assert capacity_in_words("icb_case_manager") == "case manager, ICB"
