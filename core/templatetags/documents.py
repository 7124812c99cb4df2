"""How a printed document writes money, days and times."""

from datetime import date, time
from decimal import Decimal

from django.template import Library

from core.templatetags.s117 import MINUS, day

register = Library()


@register.filter
def amount(pounds: Decimal | None) -> str:
    """1,446.80 or −245.25, with a true minus sign; the heading says that these are pounds."""
    return "" if pounds is None else f"{pounds:,.2f}".replace("-", MINUS)


@register.filter
def change(pounds: Decimal | None) -> str:
    """An amount more or less: +869.60 or −245.25."""
    return ("+" if pounds is not None and pounds > 0 else "") + amount(pounds)


@register.filter
def weekday(on: date) -> str:
    """Thursday 7 January 2027."""
    return f"{on:%A} {day(on)}"


@register.filter
def clock(at: time) -> str:
    """9:30am, 2pm."""
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
