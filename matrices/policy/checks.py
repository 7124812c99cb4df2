"""Whether a definition makes sense as a whole: what is wrong, and what is merely unlikely."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from core.shares import percent
from matrices.policy.definition import Definition, Domain


def problems(definition: Definition) -> tuple[str, ...]:
    """Say what makes a definition unusable, a sentence each."""
    return (*_domain_problems(definition), *_band_problems(definition))


def monotone(definition: Definition) -> bool:
    """Test whether more points never lower the ICB's share."""
    return not warnings(definition)


def warnings(definition: Definition) -> tuple[str, ...]:
    """Say what is allowed but unlikely to be meant: a higher band in which the ICB pays less."""
    return tuple(
        f"More points lower the ICB’s share: {percent(lower.icb_share)} at {lower} points, "
        f"{percent(higher.icb_share)} at {higher}."
        for lower, higher in pairwise(definition.bands)
        if higher.icb_share < lower.icb_share
    )


def _domain_problems(definition: Definition) -> Iterator[str]:
    domains = definition.domains
    for what, twice in (
        ("code", _twice(domain.code for domain in domains)),
        ("name", _twice(domain.name for domain in domains)),
    ):
        yield from (f"Two domains have the {what} “{value}”." for value in twice)
    for domain in domains:
        yield from _level_problems(domain)
    if not any(domain.mandatory for domain in domains):
        yield "No domain is mandatory; at least one must be."
    if all(level.points == 0 for domain in domains for level in domain.levels):
        yield "No level gives any points, so every total would be zero."


def _level_problems(domain: Domain) -> Iterator[str]:
    if not domain.levels:
        yield f"{domain.name} has no levels."
    for what, twice in (
        ("code", _twice(level.code for level in domain.levels)),
        ("name", _twice(level.name for level in domain.levels)),
    ):
        yield from (f"{domain.name} has two levels with the {what} “{it}”." for it in twice)
    for lower, higher in pairwise(domain.levels):
        if higher.points < lower.points:
            yield (
                f"{domain.name}: {higher.name} comes after {lower.name} but gives fewer points, "
                f"{higher.points} and not {lower.points} or more."
            )


def _band_problems(definition: Definition) -> Iterator[str]:
    """Name every gap and overlap, walking up from 0 to the most points there can be."""
    if not all(domain.levels for domain in definition.domains):
        return
    upside_down = [band for band in definition.bands if band.high < band.low]
    if upside_down:
        yield from (
            f"The band {band.low} to {band.high} ends before it starts." for band in upside_down
        )
        return
    reached = -1
    for band in definition.bands:
        if band.low > reached + 1:
            yield f"No band covers {_range(reached + 1, band.low - 1)}."
        elif band.low <= reached:
            yield f"Two bands cover {_range(band.low, min(reached, band.high))}."
        reached = max(reached, band.high)
    most = definition.max_points
    if reached < most:
        yield f"No band covers {_range(reached + 1, most)}."
    elif reached > most:
        yield f"The bands go up to {reached} points, but the domains give no more than {most}."


def _range(low: int, high: int) -> str:
    if low == high:
        return f"{low} point" if low == 1 else f"{low} points"
    return f"{low} to {high} points"


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
