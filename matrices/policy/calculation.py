"""From answers to a split: the definition, the answers and the services are the only inputs.

The same inputs give the same outcome, byte for byte, on any day and machine. A missing answer is
never read as "none", no need at all is a question and not a split, and a prompt never moves money.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from core.money import annual_cost
from core.shares import apportion, rounded
from matrices.policy.case import Answers, Line, check_lines, levels_chosen
from matrices.policy.definition import BODIES, Band, Definition, Level
from matrices.policy.trace import (
    TO_END,
    Step,
    band_step,
    body_step,
    departure_step,
    incomplete_step,
    no_need_step,
    odd_penny_step,
    points_step,
    prompt_sentence,
    rounding_step,
    services_step,
    together_step,
)

NOTHING = Decimal("0.00")


class Kind(StrEnum):
    INCOMPLETE = "incomplete"
    NO_NEED = "no_need"
    SPLIT = "split"


@dataclass(frozen=True)
class Part:
    """What one body pays: its exact share, and pounds to the penny."""

    body: str
    share: Fraction
    weekly: Decimal
    yearly: Decimal


@dataclass(frozen=True)
class OddPenny:
    """The body whose part differs from its own rounding, and by how much."""

    body: str
    amount: Decimal


@dataclass(frozen=True)
class Raised:
    """A prompt the answers called for, and the domains that did."""

    code: str
    domains: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Outcome:
    kind: Kind
    weekly_total: Decimal
    max_points: int
    trace: tuple[Step, ...]
    points: int | None = None
    band: Band | None = None
    parts: tuple[Part, ...] = ()
    odd_penny: OddPenny | None = None
    missing: tuple[str, ...] = ()
    prompts: tuple[Raised, ...] = ()
    question: str = ""

    @property
    def is_split(self) -> bool:
        return self.kind is Kind.SPLIT

    @property
    def shares(self) -> dict[str, Fraction]:
        return {part.body: part.share for part in self.parts}

    @property
    def weekly(self) -> dict[str, Decimal]:
        return {part.body: part.weekly for part in self.parts}

    @property
    def yearly(self) -> dict[str, Decimal]:
        return {part.body: part.yearly for part in self.parts}

    @property
    def yearly_total(self) -> Decimal:
        """The bodies' years together, so that a statement of both always adds up."""
        return sum((part.yearly for part in self.parts), NOTHING)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain JSON: fractions as "5/8", pounds as "671.87"."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    def canonical(self) -> str:
        """Return the one text of this outcome, to be hashed or compared."""
        return canonical_json(self.as_json())

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Outcome":
        """Return the outcome that `as_json` wrote."""
        band, odd_penny = document["band"], document["odd_penny"]
        return cls(
            kind=Kind(document["kind"]),
            weekly_total=Decimal(document["weekly_total"]),
            max_points=document["max_points"],
            trace=tuple(Step(**step) for step in document["trace"]),
            points=document["points"],
            band=band and Band(band["low"], band["high"], Fraction(band["icb_share"])),
            parts=tuple(
                Part(
                    body=part["body"],
                    share=Fraction(part["share"]),
                    weekly=Decimal(part["weekly"]),
                    yearly=Decimal(part["yearly"]),
                )
                for part in document["parts"]
            ),
            odd_penny=odd_penny and OddPenny(odd_penny["body"], Decimal(odd_penny["amount"])),
            missing=tuple(document["missing"]),
            prompts=tuple(
                Raised(raised["code"], tuple(raised["domains"]), raised["sentence"])
                for raised in document["prompts"]
            ),
            question=document["question"],
        )


def canonical_json(document: Mapping[str, Any]) -> str:
    """Write JSON in one way only: fields sorted, no spaces, letters as they are."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def calculate(definition: Definition, answers: Answers, lines: Sequence[Line]) -> Outcome:
    """Work out what the matrix advises; raise BadCase for answers or costs it cannot know."""
    chosen = levels_chosen(definition, answers)
    weekly_total = section_117_total(lines)
    services = services_step(lines, weekly_total=weekly_total)
    prompts = _raised(definition, chosen)
    missing = tuple(it.code for it in definition.domains if it.mandatory and it.code not in chosen)
    if missing:
        return Outcome(
            kind=Kind.INCOMPLETE,
            weekly_total=weekly_total,
            max_points=definition.max_points,
            missing=missing,
            prompts=prompts,
            trace=(services, incomplete_step(definition, chosen)),
        )
    points = sum(level.points for level in chosen.values())
    scored = (services, points_step(definition, chosen))
    if points == 0:
        return Outcome(
            kind=Kind.NO_NEED,
            weekly_total=weekly_total,
            max_points=definition.max_points,
            points=0,
            question=TO_END,
            trace=(*scored, no_need_step()),
        )
    band = definition.band_of(points)
    return _split(
        definition,
        shares=band.shares,
        weekly_total=weekly_total,
        points=points,
        band=band,
        prompts=prompts,
        trace=(*scored, band_step(band)),
    )


def depart(definition: Definition, *, icb_share: Fraction, lines: Sequence[Line]) -> Outcome:
    """Price a share that people decided instead of the matrix, by the matrix's rounding rule."""
    if not 0 <= icb_share <= 1:
        raise ValueError("A share must be from 0 to 1.")
    shares = dict(zip(BODIES, (icb_share, 1 - icb_share), strict=True))
    weekly_total = section_117_total(lines)
    return _split(
        definition,
        shares=shares,
        weekly_total=weekly_total,
        trace=(services_step(lines, weekly_total=weekly_total), departure_step(shares)),
    )


def section_117_total(lines: Sequence[Line]) -> Decimal:
    """Add up what the Section 117 services cost a week; the others are not shared here."""
    check_lines(lines)
    return sum((line.weekly_cost for line in lines if line.is_s117), NOTHING)


def _split(
    definition: Definition,
    *,
    shares: Mapping[str, Fraction],
    weekly_total: Decimal,
    trace: tuple[Step, ...],
    points: int | None = None,
    band: Band | None = None,
    prompts: tuple[Raised, ...] = (),
) -> Outcome:
    weekly = apportion(weekly_total, shares, residual=definition.residual)
    yearly = {body: annual_cost(part) for body, part in weekly.items()}
    exact = {body: Fraction(weekly_total) * share for body, share in shares.items()}
    return Outcome(
        kind=Kind.SPLIT,
        weekly_total=weekly_total,
        max_points=definition.max_points,
        points=points,
        band=band,
        parts=tuple(
            Part(body=body, share=shares[body], weekly=weekly[body], yearly=yearly[body])
            for body in shares
        ),
        odd_penny=_odd_penny(exact, weekly),
        prompts=prompts,
        trace=(
            *trace,
            rounding_step(exact),
            odd_penny_step(exact, weekly),
            *(body_step(body, weekly=weekly[body], yearly=yearly[body]) for body in shares),
            together_step(weekly=weekly_total, yearly=sum(yearly.values(), NOTHING)),
        ),
    )


def _odd_penny(exact: Mapping[str, Fraction], weekly: Mapping[str, Decimal]) -> OddPenny | None:
    differences = {body: weekly[body] - rounded(part) for body, part in exact.items()}
    return next((OddPenny(body, amount) for body, amount in differences.items() if amount), None)


def _raised(definition: Definition, chosen: Mapping[str, Level]) -> tuple[Raised, ...]:
    at_top = [
        domain
        for domain in definition.domains
        if domain.code in chosen and domain.is_top(chosen[domain.code])
    ]
    levels = [chosen[domain.code] for domain in at_top]
    return tuple(
        Raised(
            code=prompt.code,
            domains=tuple(domain.code for domain in at_top),
            sentence=prompt_sentence(prompt, levels),
        )
        for prompt in definition.prompts
        if len(at_top) >= prompt.at_least
    )
