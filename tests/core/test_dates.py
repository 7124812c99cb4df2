from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import add_months, age_on, in_london, in_words, is_working_day, working_days_before

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=[2026, 2027]))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 3, 2), 12, date(2028, 3, 2)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@given(DAYS, st.integers(0, 60))
def test_add_months_never_goes_backwards(day, months):
    later = add_months(day, months)

    assert later >= day
    assert later.day <= day.day
    assert add_months(later, 0) == later


@given(DAYS, DAYS, st.integers(0, 60))
def test_add_months_keeps_the_order_of_days(first, second, months):
    first, second = sorted((first, second))

    assert add_months(first, months) <= add_months(second, months)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2027, 6, 11), 59), (date(2027, 6, 12), 60), (date(1967, 6, 12), 0)],
)
def test_age_changes_on_the_birthday(day, expected):
    assert age_on(day, date(1967, 6, 12)) == expected


def test_somebody_born_on_29_february_is_a_year_older_on_1_march():
    assert age_on(date(2027, 2, 28), date(2008, 2, 29)) == 18
    assert age_on(date(2027, 3, 1), date(2008, 2, 29)) == 19


def test_five_working_days_before_a_panel_after_new_year():
    assert working_days_before(date(2027, 1, 7), 5, BANK_HOLIDAYS) == date(2026, 12, 30)


@given(st.dates(date(2026, 2, 1), date(2027, 12, 31)), st.integers(1, 10))
def test_working_days_before_counts_only_working_days(day, count):
    start = working_days_before(day, count, BANK_HOLIDAYS)

    between = [start + timedelta(days=n) for n in range((day - start).days)]
    assert is_working_day(start, BANK_HOLIDAYS)
    assert sum(is_working_day(one, BANK_HOLIDAYS) for one in between) == count


def test_in_words():
    assert in_words(date(2027, 3, 4)) == "4 March 2027"


@pytest.mark.parametrize(
    ("at", "clock"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "31 23:30"),
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "01 00:30"),
    ],
)
def test_in_london_is_an_hour_ahead_in_summer(at, clock):
    assert f"{in_london(at):%d %H:%M}" == clock
