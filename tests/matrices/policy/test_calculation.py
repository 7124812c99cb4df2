import hashlib
import json
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import annual_cost
from matrices.policy.calculation import (
    Kind,
    OddPenny,
    Outcome,
    calculate,
    canonical_json,
    depart,
)
from matrices.policy.case import BadCase, Line
from matrices.policy.checks import monotone
from matrices.policy.definition import Band
from matrices.policy.parsing import parse_definition
from tests.matrices.policy.documents import bands, document

SAMPLES = Path(__file__).parents[3] / "matrices" / "samples"


def sample(name):
    return parse_definition(json.loads((SAMPLES / f"{name}.json").read_text()))


MH = sample("mh")
DRAWN = dict(
    zip(
        [domain.code for domain in MH.domains],
        ["high", "high", "moderate", "high", "low", "moderate", "moderate", "none"],
        strict=True,
    )
)
DRAWN_LINES = (
    Line("Supported accommodation", Decimal("850.00"), True),
    Line("Outreach", Decimal("180.00"), True),
    Line("Depot clinic", Decimal("45.00"), True),
    Line("Gardening", Decimal("43.00"), False),
)


def package(weekly_cost):
    return (Line("Package", Decimal(weekly_cost), True),)


def example_8():
    """The published worked example: one domain of 0 to 60 points, five bands."""
    levels = [{"code": f"p{n}", "name": f"{n} points", "points": n} for n in range(61)]
    domain = {"code": "all", "name": "All", "levels": levels}
    written = document(
        residual="LA",
        domains=[domain],
        bands=bands((0, 9, "0"), (10, 19, "1/4"), (20, 29, "1/2"), (30, 39, "3/4"), (40, 60, "1")),
    )
    return parse_definition(written)


def test_the_drawn_case():
    outcome = calculate(MH, DRAWN, DRAWN_LINES)
    assert outcome.kind is Kind.SPLIT
    assert (outcome.points, outcome.max_points) == (32, 48)
    assert outcome.band == Band(30, 39, Fraction(5, 8))
    assert outcome.shares == {"ICB": Fraction(5, 8), "LA": Fraction(3, 8)}
    assert outcome.weekly_total == Decimal("1075.00")
    assert outcome.weekly == {"ICB": Decimal("671.87"), "LA": Decimal("403.13")}
    assert outcome.yearly == {"ICB": Decimal("35033.22"), "LA": Decimal("21020.35")}
    assert outcome.yearly_total == Decimal("56053.57")
    assert outcome.odd_penny == OddPenny("ICB", Decimal("-0.01"))


def test_the_drawn_case_line_by_line():
    outcome = calculate(MH, DRAWN, DRAWN_LINES)
    assert [(step.name, step.figure, step.sentence, step.body) for step in outcome.trace] == [
        ("Section 117 services", "£1,075.00",
         "3 services, £1,118.00 less £43.00 under the Care Act", ""),
        ("Points", "32 of 48", "6 + 6 + 4 + 6 + 2 + 4 + 4 + 0", ""),
        ("Band", "30 to 39", "ICB five eighths (62.5%), council three eighths (37.5%)", ""),
        ("Rounding", "to the penny",
         "Shares stay exact; pounds are rounded once, on the whole package: £671.875 and £403.125",
         ""),
        ("Odd penny", "1p off the ICB",
         "Both would round up, to £1,075.01. The matrix takes the penny from the ICB.", ""),
        ("ICB", "£671.87", "a week; £35,033.22 a year", "ICB"),
        ("Council", "£403.13", "a week; £21,020.35 a year", "LA"),
        ("Together", "£1,075.00", "a week; £56,053.57 a year", ""),
    ]  # fmt: skip


def test_the_matrix_says_who_bears_the_odd_penny():
    outcome = calculate(replace(MH, residual="LA"), DRAWN, DRAWN_LINES)
    assert outcome.weekly == {"ICB": Decimal("671.88"), "LA": Decimal("403.12")}
    assert outcome.odd_penny == OddPenny("LA", Decimal("-0.01"))
    assert outcome.trace[4].sentence.endswith("The matrix takes the penny from the council.")


def test_without_an_odd_penny_the_line_says_so():
    outcome = calculate(MH, DRAWN, package("1000.00"))
    assert outcome.odd_penny is None
    assert (outcome.trace[4].figure, outcome.trace[4].sentence) == (
        "none",
        "Each part rounds to the penny and they add up.",
    )


@pytest.mark.parametrize(
    ("points", "percent"),
    [(1, 0), (9, 0), (10, 25), (19, 25), (20, 50), (29, 50), (30, 75), (39, 75), (40, 100),
     (60, 100)],
)  # fmt: skip
def test_example_8_both_ends_of_each_band(points, percent):
    outcome = calculate(example_8(), {"all": f"p{points}"}, package("1234.55"))
    assert outcome.shares["ICB"] == Fraction(percent, 100)


def test_example_8_the_residual_body_takes_the_remainder():
    outcome = calculate(example_8(), {"all": "p20"}, package("1234.55"))
    assert outcome.weekly == {"ICB": Decimal("617.28"), "LA": Decimal("617.27")}


def test_example_1_shares_are_exact_however_awkward():
    outcome = depart(MH, icb_share=Fraction(283, 1220), lines=package("122000.00"))
    assert outcome.weekly == {"ICB": Decimal("28300.00"), "LA": Decimal("93700.00")}
    assert Outcome.from_json(outcome.as_json()).shares["LA"] == Fraction(937, 1220)


def test_rounding_once_on_the_package_and_not_on_each_line():
    lines = package("333.33") * 3
    outcome = depart(MH, icb_share=Fraction(1, 2), lines=lines)
    assert outcome.weekly == {"ICB": Decimal("499.99"), "LA": Decimal("500.00")}


def test_a_missing_mandatory_domain_is_never_read_as_none():
    answers = DRAWN | {"cognition": None}
    del answers["daily_living"]
    outcome = calculate(MH, answers, DRAWN_LINES)
    assert outcome.kind is Kind.INCOMPLETE
    assert outcome.missing == ("cognition", "daily_living")
    assert outcome.points is outcome.band is None
    assert outcome.parts == ()
    assert [(step.name, step.figure, step.sentence) for step in outcome.trace[1:]] == [
        ("Points", "6 of 8 domains", "Still to score: Cognition and Daily living")
    ]


def test_a_domain_that_is_not_mandatory_may_be_left_out():
    ld = sample("ld")
    answers = {domain.code: "some" for domain in ld.domains if domain.mandatory}
    outcome = calculate(ld, answers, package("100.00"))
    assert outcome.is_split
    assert outcome.points == 12
    assert outcome.trace[1].sentence == (
        "2 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 1; not scored: Epilepsy and physical health"
    )


@pytest.mark.parametrize("name", ["mh", "ld", "op"])
def test_no_need_at_all_is_a_question_and_not_a_split(name):
    definition = sample(name)
    answers = {domain.code: "none" for domain in definition.domains}
    outcome = calculate(definition, answers, DRAWN_LINES)
    assert outcome.kind is Kind.NO_NEED
    assert outcome.question == "Should after-care end?"
    assert outcome.parts == ()
    assert outcome.band is None
    assert outcome.trace[-1].figure == "no split"


def test_two_domains_at_the_top_prompt_continuing_healthcare_and_move_no_money():
    outcome = calculate(MH, DRAWN, DRAWN_LINES)
    (raised,) = outcome.prompts
    assert raised.code == "continuing_healthcare"
    assert raised.domains == ("mental_state", "risk_to_self", "medication")
    assert raised.sentence == (
        "3 domains are High; the matrix asks from 2. "
        "It does not change this split and delays nothing."
    )
    quiet = calculate(replace(MH, prompts=()), DRAWN, DRAWN_LINES)
    assert replace(outcome, prompts=()) == quiet


@pytest.mark.parametrize(("high", "raised"), [(0, False), (1, False), (2, True), (8, True)])
def test_the_prompt_is_raised_from_the_number_the_matrix_gives(high, raised):
    codes = list(DRAWN)
    answers = dict.fromkeys(codes[:high], "high") | dict.fromkeys(codes[high:], "low")
    assert bool(calculate(MH, answers, DRAWN_LINES).prompts) is raised


def test_the_prompt_is_raised_while_scores_are_still_missing():
    answers = {"mental_state": "high", "medication": "high"}
    outcome = calculate(MH, answers, DRAWN_LINES)
    assert outcome.kind is Kind.INCOMPLETE
    assert len(outcome.prompts) == 1


@pytest.mark.parametrize(
    ("lines", "figure", "sentence"),
    [
        ((), "£0.00", "No services"),
        (package("10.00"), "£10.00", "1 service"),
        (package("1E+3") * 2, "£2,000.00", "2 services"),
        ((Line("Gardening", Decimal(43), False),), "£0.00",
         "No services, £43.00 less £43.00 under the Care Act"),
    ],
)  # fmt: skip
def test_only_section_117_services_are_shared(lines, figure, sentence):
    outcome = calculate(MH, DRAWN, lines)
    assert (outcome.trace[0].figure, outcome.trace[0].sentence) == (figure, sentence)
    assert sum(outcome.weekly.values()) == outcome.weekly_total


def test_answers_and_costs_the_matrix_cannot_know_are_refused():
    with pytest.raises(BadCase, match="Cognition has no level “severe”"):
        calculate(MH, DRAWN | {"cognition": "severe"}, DRAWN_LINES)
    with pytest.raises(BadCase, match="The weekly cost of “Package” must be pounds and pence"):
        calculate(MH, DRAWN, package("1.005"))


def test_a_departure_is_priced_by_the_same_rule_and_says_what_it_is():
    outcome = depart(MH, icb_share=Fraction(3, 8), lines=DRAWN_LINES)
    assert outcome.weekly == {"ICB": Decimal("403.12"), "LA": Decimal("671.88")}
    assert outcome.points is outcome.band is None
    assert [step.name for step in outcome.trace] == [
        "Section 117 services", "Share decided", "Rounding", "Odd penny", "ICB", "Council",
        "Together",
    ]  # fmt: skip
    assert outcome.trace[1].sentence == (
        "ICB three eighths (37.5%), council five eighths (62.5%): "
        "decided with reasons, not by the matrix"
    )


@pytest.mark.parametrize("share", [Fraction(-1, 8), Fraction(9, 8)])
def test_a_departure_stays_between_nothing_and_all(share):
    with pytest.raises(ValueError, match="A share must be from 0 to 1"):
        depart(MH, icb_share=share, lines=DRAWN_LINES)


def test_the_drawn_case_gives_these_bytes_for_ever():
    canonical = calculate(MH, DRAWN, DRAWN_LINES).canonical()
    assert hashlib.sha256(canonical.encode()).hexdigest() == (
        "e8286a5d36fc48cf0663bd0ef5b4ce1e12bb59026ca9ebba515c70c1f9b8e304"
    )


def test_canonical_json_has_one_way_of_writing():
    assert canonical_json({"b": [1], "a": "£"}) == '{"a":"£","b":[1]}'


definitions = st.sampled_from([MH, sample("ld"), sample("op")])
costs = st.integers(0, 10**9).map(lambda pence: Decimal(pence).scaleb(-2))
lines_of_any_kind = st.lists(st.builds(Line, st.text(max_size=9), costs, st.booleans()), max_size=6)


@st.composite
def cases(draw, unanswered=True):
    definition = draw(definitions)
    answers = {}
    for domain in definition.domains:
        levels = [level.code for level in domain.levels]
        answers[domain.code] = draw(st.sampled_from([*levels, None] if unanswered else levels))
    return definition, answers, draw(lines_of_any_kind)


@given(cases())
def test_every_outcome_is_whole(case):
    definition, answers, lines = case
    outcome = calculate(definition, answers, lines)
    assert outcome.weekly_total == sum(line.weekly_cost for line in lines if line.is_s117)
    assert bool(outcome.missing) == (outcome.kind is Kind.INCOMPLETE)
    assert bool(outcome.question) == (outcome.kind is Kind.NO_NEED)
    assert bool(outcome.parts) == outcome.is_split
    if not outcome.is_split:
        return
    assert sum(outcome.shares.values()) == 1
    assert sum(outcome.weekly.values()) == outcome.weekly_total
    for part in outcome.parts:
        exact = Fraction(outcome.weekly_total) * part.share
        assert abs(Fraction(part.weekly) - exact) < Fraction(1, 100)
        assert part.yearly == annual_cost(part.weekly)


@given(cases(), st.randoms())
def test_the_order_of_answers_and_services_does_not_matter(case, random):
    definition, answers, lines = case
    answers_turned, lines_turned = list(answers.items()), list(lines)
    random.shuffle(answers_turned)
    random.shuffle(lines_turned)
    turned = calculate(definition, dict(answers_turned), lines_turned)
    assert turned.canonical() == calculate(definition, answers, lines).canonical()


@given(cases())
def test_run_again_it_gives_the_same_bytes_whatever_the_decimal_context(case):
    definition, answers, lines = case
    first = calculate(definition, answers, lines)
    again = calculate(parse_definition(definition.as_json()), dict(answers), tuple(lines))
    assert again.canonical() == first.canonical()
    with localcontext(prec=60):
        assert calculate(definition, answers, lines).canonical() == first.canonical()


@given(cases())
def test_an_outcome_comes_back_from_json_unchanged(case):
    outcome = calculate(*case)
    back = Outcome.from_json(json.loads(outcome.canonical()))
    assert back == outcome
    assert back.canonical() == outcome.canonical()


@given(cases(unanswered=False), st.data())
def test_more_points_never_lower_what_the_icb_pays(case, data):
    definition, answers, lines = case
    assert monotone(definition)
    domain = data.draw(st.sampled_from(definition.domains))
    before = next(i for i, it in enumerate(domain.levels) if it.code == answers[domain.code])
    worse = data.draw(st.sampled_from(domain.levels[before:]))
    first = calculate(definition, answers, lines)
    second = calculate(definition, answers | {domain.code: worse.code}, lines)
    if first.is_split:
        assert second.shares["ICB"] >= first.shares["ICB"]
        assert second.weekly["ICB"] >= first.weekly["ICB"]


@given(st.fractions(0, 1, max_denominator=1000), costs)
def test_an_odd_penny_is_only_ever_one_penny_off_the_residual_body(share, cost):
    outcome = depart(MH, icb_share=share, lines=(Line("Package", cost, True),))
    assert outcome.odd_penny in (None, OddPenny("ICB", Decimal("-0.01")))
