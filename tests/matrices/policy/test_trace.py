from decimal import Decimal
from fractions import Fraction

import pytest

from matrices.policy.definition import Band, Level, Prompt
from matrices.policy.trace import (
    band_step,
    exact_pounds,
    gbp,
    listed,
    prompt_sentence,
    rounding_step,
)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(671875, 1000), "£671.875"),
        (Fraction(500), "£500.00"),
        (Fraction(1000000001, 1000), "£1,000,000.001"),
        (Fraction(1000, 3), "£333.3333…"),
        (Fraction(2000, 3), "£666.6666…"),
        (Fraction(0), "£0.00"),
    ],
)
def test_pounds_before_rounding(exact, shown):
    assert exact_pounds(exact) == shown


@pytest.mark.parametrize(
    ("band", "figure", "sentence"),
    [
        (Band(0, 9, Fraction(0)), "0 to 9", "ICB none (0%), council all (100%)"),
        (Band(7, 7, Fraction(1, 3)), "7", "ICB one third (33.33%), council two thirds (66.67%)"),
        (Band(0, 1, Fraction(7, 20)), "0 to 1", "ICB 7/20 (35%), council 13/20 (65%)"),
    ],
)
def test_a_band_says_the_shares(band, figure, sentence):
    step = band_step(band)
    assert (step.figure, step.sentence) == (figure, sentence)


def test_rounding_names_any_number_of_parts():
    exact = {"ICB": Fraction(1, 3), "LA": Fraction(1, 3), "EDU": Fraction(1, 3)}
    assert rounding_step(exact).sentence.endswith(": £0.3333…, £0.3333… and £0.3333…")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["High"], "1 domain is High; the matrix asks from 1."),
        (["High", "High"], "2 domains are High; the matrix asks from 1."),
        (["High", "Severe"], "2 domains are at their top level; the matrix asks from 1."),
    ],
)
def test_a_prompt_says_what_raised_it(names, sentence):
    prompt = Prompt("continuing_healthcare", "domains_at_top_level", 1)
    levels = [Level(name.lower(), name, 6) for name in names]
    assert prompt_sentence(prompt, levels).startswith(sentence)


def test_lists_and_pounds_read_as_english():
    assert listed(["Cognition"]) == "Cognition"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert gbp(Decimal("1234.5")) == "£1,234.50"
