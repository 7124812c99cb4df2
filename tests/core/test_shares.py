from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import to_pence
from core.shares import apportion, check_shares, in_words, percent, rounded

EIGHTHS = {"ICB": Fraction(5, 8), "LA": Fraction(3, 8)}
HALVES = {"ICB": Fraction(1, 2), "LA": Fraction(1, 2)}
THIRDS = {"ICB": Fraction(1, 3), "LA": Fraction(1, 3), "EDU": Fraction(1, 3)}
CAMBRIDGESHIRE = {"LA": Fraction(937, 1220), "ICB": Fraction(283, 1220)}


@pytest.mark.parametrize(
    ("amount", "shares", "residual", "parts"),
    [
        ("1075.00", EIGHTHS, "ICB", {"ICB": "671.87", "LA": "403.13"}),
        ("1075.00", EIGHTHS, "LA", {"ICB": "671.88", "LA": "403.12"}),
        ("1234.55", HALVES, "LA", {"ICB": "617.28", "LA": "617.27"}),
        ("1234.55", HALVES, "ICB", {"ICB": "617.27", "LA": "617.28"}),
        ("3.50", {"ICB": Fraction(35, 100), "LA": Fraction(65, 100)}, "LA",
         {"ICB": "1.23", "LA": "2.27"}),
        ("0.01", HALVES, "ICB", {"ICB": "0.00", "LA": "0.01"}),
        ("0.00", EIGHTHS, "ICB", {"ICB": "0.00", "LA": "0.00"}),
        ("500.01", {"ICB": Fraction(1), "LA": Fraction(0)}, "LA", {"ICB": "500.01", "LA": "0.00"}),
        ("500.01", {"ICB": Fraction(1), "LA": Fraction(0)}, "ICB", {"ICB": "500.01", "LA": "0.00"}),
        ("100.00", {"LA": Fraction(1)}, "LA", {"LA": "100.00"}),
        ("-1075.00", EIGHTHS, "ICB", {"ICB": "-671.87", "LA": "-403.13"}),
        ("100.00", THIRDS, "EDU", {"ICB": "33.34", "LA": "33.33", "EDU": "33.33"}),
        ("100.00", THIRDS, "ICB", {"ICB": "33.33", "LA": "33.34", "EDU": "33.33"}),
        ("0.02", THIRDS, "ICB", {"ICB": "0.00", "LA": "0.01", "EDU": "0.01"}),
        ("122000000.00", CAMBRIDGESHIRE, "ICB", {"LA": "93700000.00", "ICB": "28300000.00"}),
    ],
)  # fmt: skip
def test_amounts_are_divided_to_the_penny(amount, shares, residual, parts):
    divided = apportion(Decimal(amount), shares, residual=residual)
    assert {body: str(part) for body, part in divided.items()} == parts


def test_a_rounded_percentage_would_move_a_quarter_of_a_million_pounds():
    rounded_shares = {"LA": Fraction(77, 100), "ICB": Fraction(23, 100)}
    wrong = apportion(Decimal("122000000.00"), rounded_shares, residual="ICB")
    right = apportion(Decimal("122000000.00"), CAMBRIDGESHIRE, residual="ICB")
    assert wrong["LA"] - right["LA"] == Decimal("240000.00")


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({"LA": Fraction(1)}, "ICB has no share, so it cannot take the odd penny."),
        ({"ICB": Fraction(3, 2), "LA": Fraction(-1, 2)}, "A share must be from 0 to 1."),
        ({"ICB": Fraction(1, 3), "LA": Fraction(1, 3)}, "The shares must add up to exactly 1."),
    ],
)
def test_shares_that_do_not_make_a_whole_are_refused(shares, sentence):
    with pytest.raises(ValueError, match=sentence):
        check_shares(shares, residual="ICB")
    with pytest.raises(ValueError, match=sentence):
        apportion(Decimal("1.00"), shares, residual="ICB")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("NaN", "An amount must be a number of pounds."),
        ("Infinity", "An amount must be a number of pounds."),
        ("1.005", "£1.005 is not a whole number of pennies."),
    ],
)
def test_amounts_that_are_not_pounds_and_pence_are_refused(amount, sentence):
    with pytest.raises(ValueError, match=sentence):
        apportion(Decimal(amount), HALVES, residual="ICB")


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(5, 8), "62.5%"),
        (Fraction(1, 3), "33.33%"),
        (Fraction(2, 3), "66.67%"),
        (Fraction(937, 1220), "76.8%"),
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 10), "10%"),
        (Fraction(1, 16), "6.25%"),
        (Fraction(1, 32), "3.13%"),
    ],
)
def test_percent_is_for_people(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(5, 8), "five eighths"),
        (Fraction(1, 2), "one half"),
        (Fraction(3, 4), "three quarters"),
        (Fraction(9, 10), "nine tenths"),
        (Fraction(7, 20), "7/20"),
        (Fraction(0), "none"),
        (Fraction(1), "all"),
        (Fraction(3, 2), "3/2"),
    ],
)
def test_shares_in_words(share, words):
    assert in_words(share) == words


@pytest.mark.parametrize(
    ("exact", "places", "figure"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(671875, 1000), 3, "671.875"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_halves_round_away_from_zero(exact, places, figure):
    assert str(rounded(exact, places=places)) == figure


bodies = st.lists(
    st.sampled_from(["ICB", "LA", "EDU", "FNC", "A", "B", "C"]), min_size=1, max_size=7, unique=True
)
pounds = st.integers(-(10**13), 10**13).map(lambda pence: Decimal(pence).scaleb(-2))


@st.composite
def divisions(draw):
    names = draw(bodies)
    weights = draw(st.lists(st.integers(0, 1000), min_size=len(names), max_size=len(names)))
    if not any(weights):
        weights[0] = 1
    shares = {
        name: Fraction(weight, sum(weights)) for name, weight in zip(names, weights, strict=True)
    }
    return draw(pounds), shares, draw(st.sampled_from(names))


@given(divisions())
def test_parts_add_up_and_each_is_within_a_penny(division):
    amount, shares, residual = division
    parts = apportion(amount, shares, residual=residual)
    assert list(parts) == list(shares)
    assert sum(parts.values()) == amount
    for body, part in parts.items():
        assert abs(Fraction(part) - Fraction(amount) * shares[body]) < Fraction(1, 100)
        assert part == to_pence(part)
        assert shares[body] or part == 0


@given(divisions())
def test_the_same_division_twice_is_the_same_and_turning_the_sign_turns_the_parts(division):
    amount, shares, residual = division
    parts = apportion(amount, shares, residual=residual)
    assert apportion(amount, dict(shares), residual=residual) == parts
    opposite = apportion(-amount, shares, residual=residual)
    assert {body: -part for body, part in opposite.items()} == parts


@given(pounds.filter(lambda amount: amount >= 0), st.fractions(0, 1))
def test_two_bodies_the_other_is_rounded_half_up_and_the_residual_takes_the_rest(amount, share):
    parts = apportion(amount, {"ICB": 1 - share, "LA": share}, residual="ICB")
    assert parts["LA"] == rounded(Fraction(amount) * share)
    assert parts["ICB"] == amount - parts["LA"]


@given(pounds, st.fractions(0, 1))
def test_two_bodies_in_either_order_pay_the_same(amount, share):
    shares = {"ICB": share, "LA": 1 - share}
    turned = dict(reversed(shares.items()))
    assert apportion(amount, shares, residual="LA") == apportion(amount, turned, residual="LA")


@given(pounds)
def test_without_ties_the_order_of_any_number_of_bodies_does_not_matter(amount):
    shares = {"ICB": Fraction(4, 7), "LA": Fraction(2, 7), "EDU": Fraction(1, 7)}
    parts = apportion(amount, shares, residual="ICB")
    for order in permutations(shares):
        turned = {body: shares[body] for body in order}
        assert apportion(amount, turned, residual="ICB") == parts


@given(divisions())
def test_a_body_that_pays_nothing_changes_nothing(division):
    amount, shares, residual = division
    parts = apportion(amount, shares, residual=residual)
    assert apportion(amount, shares | {"NEW": Fraction(0)}, residual=residual) == (
        parts | {"NEW": Decimal("0.00")}
    )
