"""What a register's cell holds as text, and how reading it is answered."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Problem:
    """Why a cell is not stored as it stands: a word for machines, a sentence for people.

    A problem that does not stop the row is a note: the row goes in, and the person sees it.
    """

    word: str
    field: str
    sentence: str
    stops: bool = True


@dataclass(frozen=True)
class Cell(Generic[Value]):
    """One cell as read: its value if there is one, its problem if there is one, its text always."""

    value: Value | None
    text: str
    problem: Problem | None = None


NOTHING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "n.a.", "none", "null", "nil return", "not applicable"}
)
UNKNOWN = frozenset(
    {
        *(
            "?",
            "??",
            "n/k",
            "nk",
            "not known",
            "unknown",
            "unk",
            "tbc",
            "tba",
            "tbd",
            "to be confirmed",
        ),
        *(
            "awaiting",
            "awaited",
            "pending",
            "not recorded",
            "missing",
            "no nhs number",
            "no nhs no",
        ),
    }
)
# Zero-width marks and bidirectional controls can make one name show as another (CVE-2021-42574).
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def as_text(value: object) -> str:
    """Return a cell's content as text that can be stored and shown anywhere.

    Text that looks like a formula stays text. Days are written 2018-01-30.
    """
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, date):
        return _day_text(value)
    return "" if value is None else _in_full(value)


def tidy_text(text: str) -> str:
    """Return text without characters that are invisible or turn the reading direction."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("_x000D_", "")
    )
    text = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))
    text = BIDI_CONTROLS.sub("", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def squeeze(text: str) -> str:
    """Return text in one line with single spaces, wide and narrow forms made plain."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_nothing(text: str) -> bool:
    """Test for the words by which people leave a cell empty."""
    return text.casefold() in NOTHING


def as_stored(value: object) -> str | int | float | bool | None:
    """Return a cell's content as JSON keeps it, so that reading it again answers the same."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) < 2**53:
        return value
    return as_text(value)


def is_unknown(text: str) -> bool:
    """Test for the words by which people say they do not know yet."""
    return text.casefold().strip(" .") in UNKNOWN or text in UNKNOWN


def _in_full(value: object) -> str:
    try:
        return tidy_text(str(value))
    except ValueError:  # Python refuses to print integers of more than 4,300 digits
        return "(a number too long to read)"


def _number_text(number: float) -> str:
    whole = math.isfinite(number) and number == int(number)
    return _in_full(int(number)) if whole else str(number)


def _day_text(day: date) -> str:
    if isinstance(day, datetime) and (day.hour, day.minute, day.second) != (0, 0, 0):
        return day.isoformat(" ", "seconds")
    return date(day.year, day.month, day.day).isoformat()
