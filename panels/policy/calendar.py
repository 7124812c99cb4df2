"""On which days a panel sits, and by when its papers close and its pack goes."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.enums import Rhythm
from core.dates import add_months, is_working_day, working_days_before

FORTNIGHT = timedelta(days=14)
LAST = 5  # a fifth weekday is read as the last one: not each month has five


@dataclass(frozen=True, kw_only=True)
class MeetingDays:
    """The three days of a meeting."""

    held_on: date
    papers_close_on: date
    pack_due_on: date


def meeting_days(
    *, rhythm: str, anchor_on: date, first: date, last: date, bank_holidays: Collection[date]
) -> list[date]:
    """Return the days from `first` to `last` on which a panel sits, none of them a day off."""
    by_rule = list(_days_by_rule(rhythm, anchor_on, last + FORTNIGHT))
    moved = {day: moved_off(day, taken=by_rule, bank_holidays=bank_holidays) for day in by_rule}
    return sorted({day for day in moved.values() if first <= day <= last})


def moved_off(day: date, *, taken: Collection[date], bank_holidays: Collection[date]) -> date:
    """Return the day itself, else the next working day, else (if taken) the working day before."""
    if is_working_day(day, bank_holidays):
        return day
    later = day
    while not is_working_day(later, bank_holidays):
        later += timedelta(days=1)
    return later if later not in taken else working_days_before(day, 1, bank_holidays)


def deadlines(
    *, held_on: date, papers_days: int, pack_days: int, bank_holidays: Collection[date]
) -> MeetingDays:
    """Return the days of a meeting: papers close and the pack goes so many working days before."""
    return MeetingDays(
        held_on=held_on,
        papers_close_on=working_days_before(held_on, papers_days, bank_holidays),
        pack_due_on=working_days_before(held_on, pack_days, bank_holidays),
    )


def rhythm_in_words(rhythm: str, anchor_on: date) -> str:
    """Say how often a panel sits: "fortnightly on Thursdays", "the second Tuesday of the month"."""
    if rhythm == Rhythm.FORTNIGHTLY:
        return f"fortnightly on {anchor_on:%A}s"
    ordinal = ("first", "second", "third", "fourth", "last")[_ordinal(anchor_on) - 1]
    return f"the {ordinal} {anchor_on:%A} of the month"


def _days_by_rule(rhythm: str, anchor_on: date, last: date) -> Iterator[date]:
    day, months = anchor_on, 0
    while day <= last:
        yield day
        months += 1
        if rhythm == Rhythm.FORTNIGHTLY:
            day += FORTNIGHT
        else:
            month = add_months(anchor_on.replace(day=1), months)
            day = _weekday_of(month, anchor_on.weekday(), _ordinal(anchor_on))


def _ordinal(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _weekday_of(month: date, weekday: int, ordinal: int) -> date:
    first = 1 + (weekday - month.weekday()) % 7
    day = first + 7 * (ordinal - 1)
    length = monthrange(month.year, month.month)[1]
    return month.replace(day=day if day <= length else day - 7)
