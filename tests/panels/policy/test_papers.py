"""What papers work out for themselves from what they are told."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from panels.policy.papers import OPENING, opening
from tests.panels import samples


def test_agenda_adds_up_what_its_cases_ask():
    agenda = samples.agenda_paper(samples.cases(3))

    assert [line.item for line in agenda.cases] == ["6.1", "6.2", "6.3"]
    assert agenda.weekly_cost == Decimal("4072.00")
    assert agenda.has_times


def test_letterhead_leaves_out_what_it_does_not_know():
    assert samples.LETTERHEAD.contact == "01632 960 117 · s117.team@eastmere.example"
    assert replace(samples.LETTERHEAD, phone="").contact == "s117.team@eastmere.example"


def test_change_is_what_is_asked_less_what_is_paid_now():
    change = samples.FULL_CASE.change

    assert (change.both, change.icb, change.council) == (
        Decimal("-245.25"),
        Decimal("-210.31"),
        Decimal("-34.94"),
    )
    assert change.both == change.icb + change.council
    assert replace(samples.FULL_CASE, week_now=None).change is None


def test_services_outside_section_117_are_not_added_in():
    assert samples.FULL_CASE.has_services_outside
    assert samples.FULL_CASE.services_weekly_cost == Decimal("2036.00")
    assert samples.FULL_CASE.services_weekly_cost_now == Decimal("2281.25")
    assert samples.LONG_CASE.services_weekly_cost_now is None


def test_council_share_is_the_rest():
    assert samples.SPLIT.council_share == Fraction(3, 8)


@pytest.mark.parametrize(
    ("arises", "reduces", "expected"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_need_is_section_117_only_with_both_limbs(arises, reduces, expected):
    need = replace(samples.NEEDS[0], arises_from_disorder=arises, reduces_risk=reduces)

    assert need.is_s117 is expected


def test_opening_of_a_short_text_is_the_text_on_one_line():
    assert opening("One line.\n\nAnother.") == "One line. Another."
    assert opening("x" * OPENING) == "x" * OPENING


def test_opening_of_a_long_text_ends_with_a_whole_word_and_says_that_it_goes_on():
    text = opening("word " * 200)

    assert text == "word " * 79 + "word … (in full on the pages that follow)"


def test_case_tells_in_full_only_what_the_summary_cuts():
    case = replace(samples.FULL_CASE, risks="word " * 200)

    assert [telling.who for telling in case.told_in_full] == ["Risks"]
    assert samples.FULL_CASE.told_in_full == ()


def test_case_that_says_much_is_long():
    talk = "word " * 90

    assert not samples.FULL_CASE.is_long
    assert replace(samples.FULL_CASE, progress=talk, risks=talk, recommendation=talk).is_long
