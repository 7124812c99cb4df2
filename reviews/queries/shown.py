"""A review as it is read: before it is recorded and for ever after, in the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.enums import Duty, NeedDomain
from aftercare.policy import duty_of
from aftercare.queries import PARTS, weekly_total
from core.templatetags.s117 import day
from reviews.enums import Capacity, Recommendation
from reviews.models import Review
from reviews.policy import is_joint

Row = tuple[str, str, str]  # key, value, address that changes it
COLOURS = {Duty.S117: "green", Duty.CARE_ACT: "grey"}


@dataclass(frozen=True)
class ShownPerson:
    """Somebody who was asked, and whether they took part."""

    name: str
    capacity: str
    took_part: bool

    @property
    def words(self) -> str:
        return capacity_in_words(self.capacity)


@dataclass(frozen=True)
class ShownNeed:
    """A need with its two limbs and what follows from them."""

    number: int
    title: str
    description: str
    arises_from_disorder: bool
    reduces_risk: bool
    tag: tuple[str, str]


@dataclass(frozen=True)
class ShownLine:
    """A service, for which need, at what cost a week."""

    description: str
    provider: str
    need: str
    is_s117: bool
    weekly_cost: Decimal | None


@dataclass(frozen=True, kw_only=True)
class ShownReview:
    """Everything that a review says."""

    held: list[Row]
    people: list[ShownPerson]
    views: list[Row]
    needs: list[ShownNeed]
    lines: list[ShownLine]
    starts_on: date | None
    outcome: list[Row]

    @property
    def is_joint(self) -> bool:
        return is_joint(one.capacity for one in self.people if one.took_part)

    @property
    def totals(self) -> list[tuple[str, Decimal]]:
        """What the services come to a week, by duty; section 117 always."""
        totals = [("Section 117", self._cost(True))]
        if any(not line.is_s117 for line in self.lines):
            totals.append(("Care Act, outside the split", self._cost(False)))
        return totals

    def _cost(self, is_s117: bool) -> Decimal:
        costs = (line.weekly_cost or Decimal(0) for line in self.lines if line.is_s117 == is_s117)
        return sum(costs, Decimal(0))


def shown(
    told: Any,
    *,
    people: Iterable[Any],
    needs: Iterable[Any],
    lines: list[ShownLine],
    starts_on: date | None,
    change_url: str = "",
) -> ShownReview:
    """Return a review as read; `told` is a recorded one or the answers that are to be one."""

    def row(key: str, value: str, anchor: str) -> Row:
        return key, value, f"{change_url}#{anchor}" if change_url else ""

    return ShownReview(
        held=[
            row("Held on", day(told.held_on), "held"),
            row("Part of a CPA", cpa_in_words(told), "held"),
        ],
        people=[ShownPerson(one.name, one.capacity, one.took_part) for one in in_order(people)],
        views=[
            row("What the person says", told.person_says, "views"),
            row("Mental state, medication and relapse signs", told.progress, "views"),
            row("Risks", told.risks, "views"),
        ],
        needs=[_need(number, need) for number, need in enumerate(needs, start=1)],
        lines=lines,
        starts_on=starts_on,
        outcome=[
            row("Recommendation", Recommendation(told.recommendation).label, "outcome"),
            row("Reasons", told.recommendation_reasons, "outcome"),
        ],
    )


def recorded(review: Review) -> ShownReview:
    """Return a recorded review as read."""
    package = review.package
    needs = list(package.needs.all()) if package else []
    lines = [
        ShownLine(
            description=line.description,
            provider=line.provider.name if line.provider else "",
            need=str(line.need.position) if line.need else "",
            is_s117=line.is_s117,
            weekly_cost=weekly_total([line]),
        )
        for line in (package.lines.all() if package else ())
    ]
    return shown(
        review,
        people=review.attendances.all(),
        needs=needs,
        lines=lines,
        starts_on=package.starts_on if package else None,
    )


WITH_PARTS = tuple(f"package__{part}" for part in PARTS)


def in_order(people: Iterable[Any]) -> list[Any]:
    """Sort those who were asked: the person first, then by what they take part as."""
    places = {capacity.value: place for place, capacity in enumerate(Capacity)}
    return sorted(people, key=lambda one: (places[one.capacity], one.name))


def capacity_in_words(capacity: str) -> str:
    """Return what somebody takes part as, inside a sentence: "care coordinator, trust"."""
    label = Capacity(capacity).label
    return label if label.isupper() else label[:1].lower() + label[1:]


def cpa_in_words(told: Any) -> str:
    """Say whether a review was part of a CPA, else when one is arranged and was held."""
    if told.part_of_cpa is None:
        return ""
    if told.part_of_cpa:
        return "Yes"
    words = "No"
    if told.cpa_arranged_for:
        words += f": a CPA is arranged for {day(told.cpa_arranged_for)}"
    held_on = getattr(told, "cpa_held_on", None)
    return f"{words} and was held on {day(held_on)}" if held_on else words


def _need(number: int, need: Any) -> ShownNeed:
    duty = duty_of(arises_from_disorder=need.arises_from_disorder, reduces_risk=need.reduces_risk)
    return ShownNeed(
        number=number,
        title=NeedDomain(need.domain).label,
        description=need.description,
        arises_from_disorder=need.arises_from_disorder,
        reduces_risk=need.reduces_risk,
        tag=(Duty(duty).label, COLOURS[duty]),
    )
