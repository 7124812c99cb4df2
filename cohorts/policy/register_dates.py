"""Reads the dates of a register, in every notation people use, and never guesses."""

import re
from datetime import date, datetime, timedelta

from cohorts.policy.register_text import Cell, Problem, as_text, is_nothing, squeeze

_EXCEL_EPOCH = date(1899, 12, 30)
# Smaller numbers are years typed on their own (1975); larger ones lie beyond 2099.
_FIRST_SERIAL, _LAST_SERIAL = 2200, 73050
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
# Nobody is detained as a small child, and few live past a hundred: below this age a two-digit
# year of birth may be either century, so a person says which.
_YOUNGEST_BY_TWO_DIGITS = 10
# A review or a section written with two digits lies within this many years ahead of today,
# and otherwise in the past: 09 is 2009, 97 is 1997.
_WINDOW_AHEAD = 20

_MONTHS = {
    month: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july"),
        start=1,
    )
    for month in names.split()
} | {
    month: number
    for number, names in enumerate(
        ("aug august", "sep sept september", "oct october", "nov november", "dec december"), start=8
    )
    for month in names.split()
}
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,2})$")
_DAY_MONTH = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})[\s\-/.,]*(\d{4}|\d{2})$"
)
_MONTH_DAY = re.compile(r"^([a-z]{3,9})[\s.]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_EIGHT_DIGITS = re.compile(r"^\d{8}$")
_MONTH_ONLY = re.compile(r"^(?:[a-z]{3,9}[\s\-/.,']*\d{2,4}|\d{1,2}\s*[/.\-]\s*\d{4})$")


def read_date(value: object, field: str, *, today: date) -> Cell[date]:
    """Read a day other than a birth: a section, a discharge, a review."""
    return _read(value, field, today=today, birth=False)


def read_birth_date(value: object, field: str = "born_on", *, today: date) -> Cell[date]:
    """Read a date of birth, which must be known and not lie ahead."""
    cell = _read(value, field, today=today, birth=True)
    if cell.problem:
        return cell
    if cell.value is None:
        return _refuse(
            cell.text, f"{field}_missing", field, "Type the date of birth, like 4 March 1967"
        )
    if cell.value > today:
        return _refuse(
            cell.text,
            f"{field}_in_future",
            field,
            "The date of birth is in the future; check the year and correct it",
        )
    return cell


def _read(value: object, field: str, *, today: date, birth: bool) -> Cell[date]:
    text = as_text(value)
    if is_nothing(squeeze(text)):
        return Cell(None, text)
    found = _day_in(value, text, today=today, birth=birth)
    if isinstance(found, date) and _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return Cell(found, text)
    return _refuse(
        text, f"{field}_unreadable", field, found if isinstance(found, str) else _sentence_for(text)
    )


def _day_in(value: object, text: str, *, today: date, birth: bool) -> date | str | None:
    match value:
        case bool():
            return None
        case datetime():
            return value.date()
        case date():
            return value
        case int() | float():
            return _from_number(value)
        case str():
            return _from_words(squeeze(text), today=today, birth=birth)
        case _:
            return None


def _from_number(number: float) -> date | None:
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=int(number))
    if abs(number) < 10**8 and number == int(number):
        return _from_eight_digits(str(int(number)))
    return None


def _from_words(text: str, *, today: date, birth: bool) -> date | str | None:
    text = _WEEKDAY.sub("", _CLOCK.sub("", text)).strip(" .,").casefold()
    if re.fullmatch(r"\d{5}", text):
        return _from_number(int(text))
    parts = _parts(text)
    if parts is None:
        return _from_eight_digits(text)
    year_text, month, day = parts
    if len(year_text) == 4:
        return _real_day(int(year_text), month, day)
    return _from_two_digits(int(year_text), month, day, today=today, birth=birth)


def _parts(text: str) -> tuple[str, int, int] | None:
    if found := _DAY_FIRST.match(text):
        return found[4], int(found[3]), int(found[1])
    if found := _YEAR_FIRST.match(text):
        return found[1], int(found[3]), int(found[4])
    if (found := _DAY_MONTH.match(text)) and found[2] in _MONTHS:
        return found[3], _MONTHS[found[2]], int(found[1])
    if (found := _MONTH_DAY.match(text)) and found[1] in _MONTHS:
        return found[3], _MONTHS[found[1]], int(found[2])
    return None


def _from_two_digits(
    year: int, month: int, day: int, *, today: date, birth: bool
) -> date | str | None:
    recent, older = _real_day(2000 + year, month, day), _real_day(1900 + year, month, day)
    if not birth:
        return recent if 2000 + year <= today.year + _WINDOW_AHEAD else older
    if recent is None or recent > today:
        return older
    if today.year - recent.year < _YOUNGEST_BY_TWO_DIGITS and older:
        return f"Type the year of birth in full: {older.year} or {recent.year}"
    return recent


def _from_eight_digits(text: str) -> date | None:
    if not _EIGHT_DIGITS.match(text):
        return None
    year_first = _real_day(int(text[:4]), int(text[4:6]), int(text[6:]))
    day_first = _real_day(int(text[4:]), int(text[2:4]), int(text[:2]))
    readings = [
        day for day in (year_first, day_first) if day and _FIRST_YEAR <= day.year <= _LAST_YEAR
    ]
    return readings[0] if len(readings) == 1 else None


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sentence_for(text: str) -> str:
    plain = squeeze(text).casefold()
    if _MONTH_ONLY.match(plain) and len(plain) > 2:
        return "The day is missing; type the whole date, like 4 March 2027"
    if re.fullmatch(r"(19|20)\d\d", plain):
        return "Only a year is given; type the whole date, like 4 March 2027"
    if _parts(plain):
        return "There is no such day, read as day, month, year; correct it"
    return "This is not a date; type it like 4 March 2027, or leave it empty"


def _refuse(text: str, word: str, field: str, sentence: str) -> Cell[date]:
    return Cell(None, text, Problem(word, field, sentence))
