"""How a printed document writes money, days and times."""

from datetime import date, time
from decimal import Decimal

import pytest

from core.templatetags.documents import amount, change, clock, weekday


@pytest.mark.parametrize(
    ("pounds", "written"),
    [(Decimal("1446.8"), "1,446.80"), (Decimal("-245.25"), "−245.25"), (None, "")],
)
def test_amount_has_two_decimals_and_a_true_minus(pounds, written):
    assert amount(pounds) == written


@pytest.mark.parametrize(
    ("pounds", "written"),
    [
        (Decimal("869.60"), "+869.60"),
        (Decimal("-36.01"), "−36.01"),
        (Decimal("0.00"), "0.00"),
        (None, ""),
    ],
)
def test_change_says_which_way(pounds, written):
    assert change(pounds) == written


def test_weekday_never_breaks_its_date():
    assert weekday(date(2027, 1, 7)) == "Thursday 7\u00a0January\u00a02027"


@pytest.mark.parametrize(
    ("at", "written"),
    [(time(9, 30), "9:30am"), (time(14), "2pm"), (time(12, 5), "12:05pm"), (time(0), "12am")],
)
def test_clock_is_how_people_write_it(at, written):
    assert clock(at) == written
