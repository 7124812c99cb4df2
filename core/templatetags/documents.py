"""How a printed document writes money, days and times."""

from datetime import date, time
from decimal import Decimal

from django.template import Library

register = Library()

NO_BREAK = "\u00a0"
MINUS = "\u2212"


@register.filter
def amount(pounds: Decimal | None) -> str:
    """1,446.80, with a true minus sign in front: −245.25. The heading says that these are pounds."""
    return "" if pounds is None else f"{pounds:,.2f}".replace("-", MINUS)


@register.filter
def change(pounds: Decimal | None) -> str:
    """An amount more or less: +869.60 or −245.25."""
    return ("+" if pounds is not None and pounds > 0 else "") + amount(pounds)


@register.filter
def day(on: date) -> str:
    """4 January 2027, never broken over two lines."""
    return f"{on.day} {on:%B} {on.year}".replace(" ", NO_BREAK)


@register.filter
def weekday(on: date) -> str:
    """Thursday 7 January 2027."""
    return f"{on:%A} {day(on)}"


@register.filter
def clock(at: time) -> str:
    """9:30am, 2pm."""
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
