from decimal import Decimal

import pytest

from matrices.policy.case import BadCase, Case, Line, check_lines, levels_chosen, parse_case
from matrices.policy.parsing import parse_definition
from tests.matrices.policy.documents import document

LINE = {"description": "Supported living", "weekly_cost": "1075.00", "is_s117": True}


def test_a_case_is_read():
    case = parse_case({"answers": {"risk": "high", "daily": None}, "lines": [LINE]})
    assert case == Case(
        answers={"risk": "high", "daily": None},
        lines=(Line("Supported living", Decimal("1075.00"), True),),
    )


@pytest.mark.parametrize("weekly_cost", [1075, 1075.0, Decimal("1075.00"), "1075", "1075.0"])
def test_a_weekly_cost_may_be_a_number(weekly_cost):
    case = parse_case({"answers": {}, "lines": [LINE | {"weekly_cost": weekly_cost}]})
    assert case.lines[0].weekly_cost == Decimal("1075.00")


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], "The case must be an object with fields, not a list."),
        ({"lines": []}, "The case: “answers” must be an object of domains and levels."),
        ({"answers": {"risk": 6}, "lines": []},
         "The case: the answer to “risk” must be text or null."),
        ({"answers": {}}, "The case: “lines” is missing."),
        ({"answers": {}, "lines": [], "at": 1}, "The case has fields that are not known: “at”."),
        ({"answers": {}, "lines": [LINE | {"weekly_cost": "lots"}]},
         "Line 1: a weekly cost is written like “1234.50”, not “lots”."),
        ({"answers": {}, "lines": [LINE | {"weekly_cost": -1}]},
         "Line 1: a weekly cost is written like “1234.50”, not “-1”."),
        ({"answers": {}, "lines": [LINE | {"weekly_cost": "1.005"}]},
         "Line 1: a weekly cost is written like “1234.50”, not “1.005”."),
        ({"answers": {}, "lines": [LINE | {"weekly_cost": float("nan")}]},
         "Line 1: a weekly cost is written like “1234.50”, not “nan”."),
        ({"answers": {}, "lines": [LINE | {"is_s117": "yes"}]},
         "Line 1: “is_s117” must be true or false, not text."),
    ],
)  # fmt: skip
def test_each_mistake_in_a_case_is_named(document, problem):
    with pytest.raises(BadCase) as caught:
        parse_case(document)
    assert caught.value.problems == (problem,)


def test_levels_come_in_the_order_of_the_matrix():
    definition = parse_definition(document())
    chosen = levels_chosen(definition, {"daily": "low", "risk": "high"})
    assert [(domain, level.points) for domain, level in chosen.items()] == [
        ("risk", 6),
        ("daily", 2),
    ]


def test_no_answer_is_not_a_level():
    assert levels_chosen(parse_definition(document()), {"risk": None}) == {}


def test_answers_the_matrix_does_not_have_are_named():
    with pytest.raises(BadCase) as caught:
        levels_chosen(parse_definition(document()), {"risk": "severe", "sleep": "low"})
    assert caught.value.problems == (
        "The matrix has no domain “sleep”.",
        "Risk has no level “severe”.",
    )


@pytest.mark.parametrize("cost", ["-1.00", "1.005", "NaN", "Infinity"])
def test_costs_that_are_not_pounds_and_pence_are_named(cost):
    with pytest.raises(BadCase) as caught:
        check_lines([Line("Day centre", Decimal(cost), True)])
    assert caught.value.problems == (
        "The weekly cost of “Day centre” must be pounds and pence, and not negative.",
    )
