"""The split, line by line: each step of a calculation as its name, its figure and a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.shares import in_words, percent, rounded
from matrices.policy.case import Line
from matrices.policy.definition import ICB, LA, Band, Definition, Level, Prompt

BODY_WORDS = {ICB: "ICB", LA: "council"}
TO_END = "Should after-care end?"


@dataclass(frozen=True)
class Step:
    """One line of the explanation. `body` is filled where the line is what one body pays,
    so that a screen can put that body's own name in place of the step's."""

    code: str
    name: str
    figure: str
    sentence: str
    body: str = ""


def services_step(lines: Sequence[Line], *, weekly_total: Decimal) -> Step:
    count = sum(line.is_s117 for line in lines)
    services = {0: "No services", 1: "1 service"}.get(count, f"{count} services")
    everything = sum((line.weekly_cost for line in lines), Decimal("0.00"))
    sentence = services
    if everything != weekly_total:
        outside = everything - weekly_total
        sentence += f", {gbp(everything)} less {gbp(outside)} under the Care Act"
    return Step("services", "Section 117 services", gbp(weekly_total), sentence)


def points_step(definition: Definition, chosen: Mapping[str, Level]) -> Step:
    points = sum(level.points for level in chosen.values())
    sentence = " + ".join(str(level.points) for level in chosen.values())
    not_scored = [domain.name for domain in definition.domains if domain.code not in chosen]
    if not_scored:
        sentence += f"; not scored: {listed(not_scored)}"
    return Step("points", "Points", f"{points} of {definition.max_points}", sentence)


def incomplete_step(definition: Definition, chosen: Mapping[str, Level]) -> Step:
    missing = [it.name for it in definition.domains if it.mandatory and it.code not in chosen]
    figure = f"{len(chosen)} of {len(definition.domains)} domains"
    return Step("points", "Points", figure, f"Still to score: {listed(missing)}")


def no_need_step() -> Step:
    sentence = (
        "No domain scores any points, so there is nothing to split. "
        "The council and the ICB decide together whether after-care ends."
    )
    return Step("no_need", TO_END, "no split", sentence)


def band_step(band: Band) -> Step:
    return Step("band", "Band", str(band), _shares_sentence(band.shares))


def departure_step(shares: Mapping[str, Fraction]) -> Step:
    sentence = f"{_shares_sentence(shares)}: decided with reasons, not by the matrix"
    return Step("departure", "Share decided", f"ICB {percent(shares[ICB])}", sentence)


def rounding_step(exact: Mapping[str, Fraction]) -> Step:
    pounds = listed(exact_pounds(part) for part in exact.values())
    sentence = f"Shares stay exact; pounds are rounded once, on the whole package: {pounds}"
    return Step("rounding", "Rounding", "to the penny", sentence)


def odd_penny_step(exact: Mapping[str, Fraction], weekly: Mapping[str, Decimal]) -> Step:
    """Say who bears the penny. Two parts fail to add up only when both end in half a penny."""
    name = "Odd penny"
    bearers = [body for body in exact if weekly[body] != rounded(exact[body])]
    if not bearers:
        return Step("odd_penny", name, "none", "Each part rounds to the penny and they add up.")
    bearer = BODY_WORDS[bearers[0]]
    over = sum((rounded(part) for part in exact.values()), Decimal("0.00"))
    sentence = f"Both would round up, to {gbp(over)}. The matrix takes the penny from the {bearer}."
    return Step("odd_penny", name, f"1p off the {bearer}", sentence)


def body_step(body: str, *, weekly: Decimal, yearly: Decimal) -> Step:
    word = BODY_WORDS[body]
    name = word[0].upper() + word[1:]
    return Step("body", name, gbp(weekly), f"a week; {gbp(yearly)} a year", body=body)


def together_step(*, weekly: Decimal, yearly: Decimal) -> Step:
    return Step("together", "Together", gbp(weekly), f"a week; {gbp(yearly)} a year")


def prompt_sentence(prompt: Prompt, levels: Sequence[Level]) -> str:
    """Say what raised a prompt: "3 domains are High; the matrix asks from 2." and what it means."""
    names = {level.name for level in levels}
    top = names.pop() if len(names) == 1 else "at their top level"
    domains = "1 domain is" if len(levels) == 1 else f"{len(levels)} domains are"
    return (
        f"{domains} {top}; the matrix asks from {prompt.at_least}. "
        "It does not change this split and delays nothing."
    )


def gbp(amount: Decimal) -> str:
    return f"£{amount:,.2f}"


def exact_pounds(exact: Fraction) -> str:
    """Show pounds before rounding: "£671.875", or "£333.3333…" where the digits never end."""
    for places in range(2, 7):
        if (exact * 10**places).denominator == 1:
            return f"£{rounded(exact, places=places):,f}"
    begun = Fraction(int(exact * 10_000), 10_000)
    return f"£{rounded(begun, places=4):,f}…"


def listed(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def _shares_sentence(shares: Mapping[str, Fraction]) -> str:
    return ", ".join(
        f"{BODY_WORDS[body]} {in_words(share)} ({percent(share)})" for body, share in shares.items()
    )
