"""Exact shares of an amount: divided to the penny here, shown as percentages, never stored as them.

The rule, one for any number of bodies (the largest-remainder, or Hamilton, method): each body gets
its exact part rounded down to the penny; the pennies left over go one each to the bodies that lost
most by it. Bodies that lost the same are served in the order given, the residual body last.
For two bodies this comes to "round the other's part, halves up; the residual body takes the rest".
So the parts always add up to the amount, and each is less than a penny from exact.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PARTS = {
    2: ("half", "halves"),
    3: ("third", "thirds"),
    4: ("quarter", "quarters"),
    5: ("fifth", "fifths"),
    6: ("sixth", "sixths"),
    7: ("seventh", "sevenths"),
    8: ("eighth", "eighths"),
    9: ("ninth", "ninths"),
    10: ("tenth", "tenths"),
}


def apportion(
    amount: Decimal, shares: Mapping[str, Fraction], *, residual: str
) -> dict[str, Decimal]:
    """Divide an amount in pounds between bodies, so that the parts add up to it exactly.

    A negative amount (an adjustment) is divided as its opposite is, with the signs turned.
    """
    check_shares(shares, residual=residual)
    pence = _pence(amount)
    sign = -1 if pence < 0 else 1
    parts = _apportion_pence(abs(pence), shares, residual=residual)
    return {body: _shifted(sign * part, 2) for body, part in parts.items()}


def check_shares(shares: Mapping[str, Fraction], *, residual: str) -> None:
    """Raise ValueError unless each share is from 0 to 1, they add to 1 and the residual is one."""
    if residual not in shares:
        raise ValueError(f"{residual} has no share, so it cannot take the odd penny.")
    if any(not 0 <= share <= 1 for share in shares.values()):
        raise ValueError("A share must be from 0 to 1.")
    if sum(shares.values(), Fraction(0)) != 1:
        raise ValueError("The shares must add up to exactly 1.")


def rounded(exact: Fraction, *, places: int = 2) -> Decimal:
    """Round an exact number, halves away from zero."""
    whole = int(abs(exact) * 10**places + Fraction(1, 2))
    return _shifted(whole if exact >= 0 else -whole, places)


def percent(share: Fraction) -> str:
    """Show a share as a percentage of at most two decimal places: "62.5%", "33.33%"."""
    figure = f"{rounded(share * 100):f}"
    return figure.rstrip("0").rstrip(".") + "%"


def in_words(share: Fraction) -> str:
    """Say a share as people do: "five eighths", "one half", "all"; else "7/20"."""
    if share in (0, 1):
        return "all" if share else "none"
    if share.denominator not in PARTS or not 0 < share < 1:
        return str(share)
    one, many = PARTS[share.denominator]
    return f"{NUMBERS[share.numerator]} {one if share.numerator == 1 else many}"


def _apportion_pence(
    pence: int, shares: Mapping[str, Fraction], *, residual: str
) -> dict[str, int]:
    exact = {body: pence * share for body, share in shares.items()}
    parts = {body: int(part) for body, part in exact.items()}
    spare = pence - sum(parts.values())
    turn = sorted(shares, key=lambda body: (parts[body] - exact[body], body == residual))
    for body in turn[:spare]:
        parts[body] += 1
    return parts


def _pence(amount: Decimal) -> int:
    if not amount.is_finite():
        raise ValueError("An amount must be a number of pounds.")
    pence = Fraction(amount) * 100
    if pence.denominator != 1:
        raise ValueError(f"£{amount} is not a whole number of pennies.")
    return int(pence)


def _shifted(whole: int, places: int) -> Decimal:
    """Put the decimal point into a whole number, whatever the decimal context."""
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))
