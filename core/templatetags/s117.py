"""How money, dates, names and numbers are written in words; every template has these filters."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from core.identifiers import format_nhs_number
from core.money import to_pence
from core.templatetags import s117_components, s117_fields

LONDON = ZoneInfo("Europe/London")
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

register = template.Library()
for library in (s117_components.register, s117_fields.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)


def _pounds(amount: Decimal) -> str:
    return f"£{to_pence(abs(Decimal(amount))):,.2f}"


@register.filter
def gbp(amount: Decimal | None) -> str:
    """Write an amount as £1,234.50, a minus as −£78.62; nothing at all for None."""
    if amount is None or amount == "":
        return ""
    return (MINUS if Decimal(amount) < 0 else "") + _pounds(amount)


@register.filter
def signed_gbp(amount: Decimal | None) -> str:
    """Write a change as +£33.00, −£78.62 or £0.00; nothing at all for None."""
    if amount is None or amount == "":
        return ""
    return ("+" if Decimal(amount) > 0 else "") + gbp(amount)


@register.filter
def percent(share: Fraction | Decimal | None) -> str:
    """Write a part of one as 62.5%: at most two decimals, no trailing noughts; nothing for None."""
    if share is None or share == "":
        return ""
    exact = Fraction(share) * 100
    text = f"{to_pence(Decimal(exact.numerator) / exact.denominator):f}"
    return text.rstrip("0").rstrip(".") + "%"


def _calendar_day(value: date) -> date:
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | None) -> str:
    """Write a day as 4 March 2027, never broken over two lines; an instant by its day in London."""
    return f"{short_day(value)}{NO_BREAK}{_calendar_day(value).year}" if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """Write a day as 4 March."""
    if not value:
        return ""
    value = _calendar_day(value)
    return f"{value.day}{NO_BREAK}{value:%B}"


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant in London time as 4 March 2027, 14:02."""
    return f"{day(value)}, {value.astimezone(LONDON):%H:%M}" if value else ""


@register.filter
def nhs(digits: str | None) -> str:
    """Write an NHS number as 999 123 4567, never broken over two lines; words stay as they are."""
    if not digits or not digits.isdecimal():
        return digits or ""
    return format_nhs_number(digits).replace(" ", NO_BREAK)


@register.filter
def surname_first(person: Any) -> str:
    """Write a person as ASHWORTH, Marian Ruth."""
    return f"{person.family_name.upper()}, {person.given_names}"


@register.filter
def counted(number: int, words: str) -> str:
    """Write 1 case, 106 cases: `106|counted:"case,cases"`."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"
