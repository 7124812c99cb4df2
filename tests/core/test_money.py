from decimal import Decimal

import pytest

from core.money import MoneyField, annual_cost, to_pence


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("671.875", "671.88"), ("403.125", "403.13"), ("0.005", "0.01"), ("-0.005", "-0.01")],
)
def test_to_pence_rounds_halves_away_from_zero(amount, expected):
    assert to_pence(Decimal(amount)) == Decimal(expected)


def test_annual_cost_counts_the_odd_day():
    assert annual_cost(Decimal("700.00")) == Decimal("36500.00")


def test_migrations_see_a_plain_decimal_field():
    assert MoneyField().deconstruct()[1] == "django.db.models.DecimalField"
