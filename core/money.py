"""Pounds and pence as Decimal: rounding happens here and in `core.shares`, nowhere else."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

PENNY = Decimal("0.01")
WEEKS_PER_YEAR = Decimal(365) / 7  # docs/adr/0008: a year of 365 days, weeks of seven


class MoneyField(models.DecimalField):  # type: ignore[type-arg]  # generic in stubs only
    """An amount in pounds sterling."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 12, "decimal_places": 2} | kwargs)

    def deconstruct(self) -> Any:
        """Show migrations a plain DecimalField, so they never import this module."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


def to_pence(amount: Decimal) -> Decimal:
    """Round an amount in pounds to the nearest penny, halves up."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def annual_cost(weekly_cost: Decimal) -> Decimal:
    """Return what a weekly cost comes to in a year, in pounds, rounded once."""
    return to_pence(weekly_cost * WEEKS_PER_YEAR)
