"""Calendar arithmetic that says the same thing on every screen."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(day: date, born_on: date) -> int:
    """Return a person's age in whole years; born on 29 February counts from 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_working_day(day: date, bank_holidays: Collection[date]) -> bool:
    """Test for a day that is neither at a weekend nor a bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays


def working_days_before(day: date, count: int, bank_holidays: Collection[date]) -> date:
    """Return the day `count` working days before `day`, which is not counted itself."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day, bank_holidays)
    return day


def in_words(day: date) -> str:
    """Return a date as people write it: 4 March 2027."""
    return f"{day.day} {day:%B} {day.year}"


def in_london(at: datetime) -> datetime:
    """Return an instant as the clocks in London show it."""
    return at.astimezone(LONDON)
