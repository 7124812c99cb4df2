"""NHS numbers, and the keys of records."""

import os
import re
import time
from uuid import UUID

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs


def new_id() -> UUID:
    """Return a key that sorts by the time it was made, so that indexes stay compact.

    RFC 9562, version 7, with the fraction of the millisecond after it (section 6.2, method 3):
    keys made one after the other sort in that order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=(milliseconds << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | random)


def clean_nhs_number(text: str) -> str:
    """Return the ten digits of an NHS number.

    Raises ValueError with a sentence for people. Rule: NHS Data Dictionary, modulus 11;
    ten zeros pass it and are refused all the same.
    """
    digits = re.sub(r"[\s\-‐-–]", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise ValueError("An NHS number has 10 digits, like 999 123 4567")
    if set(digits) == {"0"}:
        raise ValueError(
            "0000000000 is nobody’s NHS number; leave it out and say why there is none"
        )
    try:
        return str(nhs.validate(digits))
    except ValidationError:
        raise ValueError(
            "This NHS number has a mistyped digit; check it against the letter or the Spine"
        ) from None


def format_nhs_number(digits: str) -> str:
    """Return an NHS number as it is read aloud: 999 123 4567."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
