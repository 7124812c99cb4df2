from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.policy.register_amounts import read_percent, read_shares, read_weekly_cost


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("£1,234.56 pw", "1234.56"),
        ("1,682.47 per week", "1682.47"),
        ("£298.48", "298.48"),
        ("£1,000/week", "1000.00"),
        ("£900 p/w", "900.00"),
        ("900 p.w.", "900.00"),
        ("£ 1,234.5 weekly", "1234.50"),
        (3251.46, "3251.46"),
        (1919.7, "1919.70"),
        (0.1 + 0.2, "0.30"),
        (900, "900.00"),
        (0, "0.00"),
        ("nil", "0.00"),
    ],
)
def test_read_weekly_cost(value, amount):
    cell = read_weekly_cost(value)

    assert (cell.value, cell.problem) == (Decimal(amount), None)


@pytest.mark.parametrize("value", ["n/a", "", None, "-", "N/A "])
def test_read_weekly_cost_leaves_nothing_as_nothing(value):
    assert (read_weekly_cost(value).value, read_weekly_cost(value).problem) == (None, None)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("lots", "weekly_cost_unreadable"),
        ("TBC", "weekly_cost_unreadable"),
        ("£52,000 pa", "weekly_cost_not_weekly"),
        ("£4,000 per month", "weekly_cost_not_weekly"),
        ("£150 a day", "weekly_cost_not_weekly"),
        ("1.234,56", "weekly_cost_unreadable"),
        ("£1,23.45", "weekly_cost_unreadable"),
        ("£900 + £200", "weekly_cost_unreadable"),
        ("=1+1", "weekly_cost_unreadable"),
        (-5, "weekly_cost_negative"),
        ("-£5.00", "weekly_cost_negative"),
        ("(£5.00)", "weekly_cost_negative"),
        (52_000, "weekly_cost_too_large"),
        (float("nan"), "weekly_cost_unreadable"),
        (float("inf"), "weekly_cost_unreadable"),
        pytest.param(10**400, "weekly_cost_unreadable", id="endless"),
        (True, "weekly_cost_unreadable"),
        (datetime.fromisoformat("2018-01-01"), "weekly_cost_unreadable"),
    ],
)
def test_read_weekly_cost_waits(value, word):
    assert read_weekly_cost(value).problem.word == word


@pytest.mark.parametrize(
    ("value", "health"),
    [
        ("50/50", 50),
        ("60:40", 60),
        ("75% / 25%", 75),
        ("25-75", 25),
        ("0/100", 0),
        ("100% / 0%", 100),
        ("66.67/33.33", "66.67"),
        ("60%", 60),
        (0.6, 60),
        (1, 100),
        (60, 60),
        ("LA 40 / ICB 60", 60),
        ("60% ICB 40% LA", 60),
        ("100% health", 100),
        ("100% LA", 0),
        ("n/a", None),
        (None, None),
    ],
)
def test_read_shares_gives_what_health_pays(value, health):
    cell = read_shares(value)

    assert (cell.value, cell.problem) == (None if health is None else Decimal(health), None)


@pytest.mark.parametrize(
    ("value", "health"), [("40/60", 60), ("0:100", 100), ("40%", 60), ("ICB 40 / LA 60", 40)]
)
def test_read_shares_when_the_heading_names_the_council_first(value, health):
    assert read_shares(value, council_first=True).value == health


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("60/50", "shares_not_100"),
        ("160 %", "shares_not_100"),
        (160, "shares_not_100"),
        (-1, "shares_not_100"),
        ("50/25/25", "shares_unreadable"),
        ("joint", "shares_unreadable"),
        ("LA/ICB", "shares_unreadable"),
        (datetime.fromisoformat("1990-10-01"), "shares_unreadable"),  # Excel's reading of 10/90
        (timedelta(hours=60, minutes=40), "shares_unreadable"),  # and of 60:40
    ],
)
def test_read_shares_waits(value, word):
    assert read_shares(value).problem.word == word


@given(st.integers(0, 5_000_000 - 1), st.booleans())
def test_read_weekly_cost_round_trip(pence, as_number):
    amount = Decimal(pence) / 100

    assert read_weekly_cost(float(amount) if as_number else f"£{amount:,.2f} pw").value == amount


@given(st.integers(0, 100), st.sampled_from(["/", ":", "-", " / ", "% / "]))
def test_read_shares_round_trip(health, between):
    assert read_shares(f"{health}{between}{100 - health}").value == health


ANYTHING = st.text() | st.floats() | st.integers() | st.none() | st.datetimes() | st.booleans()


@given(ANYTHING)
def test_amounts_never_raise(value):
    for cell in (read_weekly_cost(value), read_shares(value), read_percent(value, "health_share")):
        assert cell.value is None or (cell.problem is None and cell.value >= 0)
