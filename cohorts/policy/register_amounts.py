"""Reads the weekly costs and funding shares of a register."""

import math
import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from cohorts.policy.register_text import Cell, Problem, as_text, is_nothing, squeeze

_PENNY = Decimal("0.01")
_WHOLE = Decimal(100)
# No package of care costs this much a week; such a figure is a year's cost in the weekly column.
_MOST_A_WEEK = Decimal(50_000)

_A_WEEK = re.compile(
    r"(?:\s|/|\b)*(?:p\.?\s?w\.?|per\s+w(?:ee)?k|p/w|/\s?w(?:ee)?k|a\s+week|weekly|each\s+week)\.?$"
)
_OTHER_PERIOD = re.compile(
    r"\b(p\.?\s?a\.?|per\s+(annum|year|month|day|night|hour)|annual\w*|yearly|a\s+(year|month|day)|pcm"
    r"|p\.?\s?c\.?\s?m\.?|monthly|daily|nightly|hourly|p/?[damhn])\b\.?|/\s?(yr|year|month|day|hr|hour)\b"
)
_AMOUNT = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?$")
_PERCENT_FORM = re.compile(r"^(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent)?$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPLIT_FORM = re.compile(
    r"^(\d{1,3}(?:\.\d+)?)\s*%?\s*(?:[/:;,&|\-–—]|\s)\s*(\d{1,3}(?:\.\d+)?)\s*%?$"
)
_HEALTH = r"(?:icb|ccg|nhs|health|h)"
_COUNCIL = r"(?:la|lbh?|local authority|council|social care|social services|asc|sc|borough)"
_NAMED = re.compile(rf"\b({_HEALTH}|{_COUNCIL})\b")


def read_weekly_cost(value: object, field: str = "weekly_cost") -> Cell[Decimal]:
    """Read pounds a week, to the penny; any other period or word waits for a person."""
    text = as_text(value)
    plain = squeeze(text).casefold()
    if is_nothing(plain):
        return Cell(None, text)
    if _OTHER_PERIOD.search(plain):
        return _refuse(text, f"{field}_not_weekly", field, "Type the cost a week, like £1,234.50")
    amount = _from_number(value) if _is_number(value) else _from_words(value, plain)
    if amount is None:
        return _refuse(
            text,
            f"{field}_unreadable",
            field,
            "Type one amount a week, like £1,234.50, or leave it empty",
        )
    if amount < 0:
        return _refuse(
            text, f"{field}_negative", field, "A cost cannot be less than £0.00; correct it"
        )
    if amount >= _MOST_A_WEEK:
        return _refuse(
            text, f"{field}_too_large", field, "This is too much for a week; type the cost a week"
        )
    return Cell(amount, text)


def read_shares(
    value: object, field: str = "shares", *, council_first: bool = False
) -> Cell[Decimal]:
    """Read a split such as 60:40 and return what health pays, in per cent.

    Health comes first unless the heading, or the cell itself, names the council first.
    """
    text = as_text(value)
    plain = squeeze(text).casefold()
    if is_nothing(plain):
        return Cell(None, text)
    if isinstance(value, date | time | timedelta):
        return _refuse(
            text,
            f"{field}_unreadable",
            field,
            "The spreadsheet has turned this split into a date or a time; type it like 60:40",
        )
    if (named := _named_share(plain)) is not None:
        return Cell(named, text) if named <= _WHOLE else _too_much(text, field)
    return _plain_shares(value, plain, text, field, council_first=council_first)


def read_percent(value: object, field: str) -> Cell[Decimal]:
    """Read one body's share: 60%, 60 or 0.6."""
    text = as_text(value)
    plain = squeeze(text).casefold()
    if is_nothing(plain):
        return Cell(None, text)
    percent = _percent_of(value, plain)
    if percent is None:
        return _refuse(
            text, f"{field}_unreadable", field, "Type a share between 0 and 100, like 60%"
        )
    if not 0 <= percent <= _WHOLE:
        return _too_much(text, field)
    return Cell(percent, text)


def _plain_shares(
    value: object, plain: str, text: str, field: str, *, council_first: bool
) -> Cell[Decimal]:
    found = _SPLIT_FORM.match(plain)
    if not found:
        cell = read_percent(value, field)
        if cell.value is None:
            return cell
        return Cell(_WHOLE - cell.value if council_first else cell.value, text)
    first, second = _exact(found[1]), _exact(found[2])
    if first + second != _WHOLE:
        return _refuse(
            text,
            f"{field}_not_100",
            field,
            f"The shares add up to {_plain(first + second)}, not 100; correct them",
        )
    return Cell(second if council_first else first, text)


def _named_share(plain: str) -> Decimal | None:
    """Return health's share where the cell names who pays what: "LA 40 / ICB 60", "100% health"."""
    bodies, numbers = _NAMED.findall(plain), _NUMBER.findall(plain)
    rest = _NUMBER.sub("", _NAMED.sub("", plain))
    if (
        not bodies
        or len(bodies) != len(numbers)
        or rest.strip(" %/:;,&-–()=and")
        or len(bodies) > 2
    ):
        return None
    is_health = [re.fullmatch(_HEALTH, body) is not None for body in bodies]
    shares = [_exact(number) for number in numbers]
    if len(bodies) == 1:
        return shares[0] if is_health[0] or shares[0] > _WHOLE else _WHOLE - shares[0]
    if is_health[0] == is_health[1] or sum(shares) != _WHOLE:
        return None
    return shares[is_health.index(True)]


def _percent_of(value: object, plain: str) -> Decimal | None:
    if _is_number(value):
        return _as_percent(_decimal(value))
    found = _PERCENT_FORM.match(plain) if isinstance(value, str) else None
    if not found:
        return None
    share = _exact(found[1])
    return share if plain != found[1] else _as_percent(share)


def _as_percent(number: Decimal | None) -> Decimal | None:
    """Return 0.6 as 60 and 60 as 60; a spreadsheet stores 100% as 1, and nobody agrees to 1%."""
    if number is None:
        return None
    percent = number * _WHOLE if 0 < number <= 1 else number
    return percent.quantize(_PENNY, ROUND_HALF_UP).normalize() + 0


def _from_number(value: object) -> Decimal | None:
    number = _decimal(value)
    return None if number is None else number.quantize(_PENNY, ROUND_HALF_UP)


def _from_words(value: object, plain: str) -> Decimal | None:
    if not isinstance(value, str):
        return None
    amount = _A_WEEK.sub("", plain).strip()
    sign = -1 if amount.startswith("-") or (amount.startswith("(") and amount.endswith(")")) else 1
    amount = amount.strip("-() ").removeprefix("£").removeprefix("gbp").strip("- ")
    if amount in {"nil", "zero", "no cost"}:
        return Decimal("0.00")
    if not _AMOUNT.match(amount) or len(amount) > 15:
        return None
    return sign * Decimal(amount.replace(",", "")).quantize(_PENNY)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _decimal(value: object) -> Decimal | None:
    """Return a spreadsheet's number by its shortest writing, so that 3251.46 stays 3251.46."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) >= 10**12:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None


def _exact(text: str) -> Decimal:
    return Decimal(text)


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _too_much(text: str, field: str) -> Cell[Decimal]:
    return _refuse(
        text, f"{field}_not_100", field, "A share lies between 0 and 100 per cent; correct it"
    )


def _refuse(text: str, word: str, field: str, sentence: str) -> Cell[Decimal]:
    return Cell(None, text, Problem(word, field, sentence))
