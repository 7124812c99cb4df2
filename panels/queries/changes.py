"""What a case before the panel would cost, and what would change from what is in force now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import prefetch_related_objects

from aftercare.models import Package, ServiceLine
from core.money import annual_cost
from core.templatetags.s117 import gbp
from matrices.models import FundingSplit
from panels.models import AgendaItem

WHOLE = Fraction(1)


@dataclass(frozen=True, kw_only=True)
class BodyCost:
    """What one body pays, or both: with what it pays now and the difference, where known."""

    body: str
    share: Fraction
    weekly: Decimal
    annual: Decimal
    weekly_now: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Who would pay what; the ICB first, both together last."""

    icb: BodyCost
    council: BodyCost
    total: BodyCost

    @property
    def rows(self) -> list[BodyCost]:
        return [self.icb, self.council]


@dataclass(frozen=True)
class Change:
    """One service that would be new, dearer, cheaper, gone or met under the other Act."""

    service: str
    was: Decimal | None
    weekly_cost: Decimal | None
    is_outside: bool = False  # of section 117, so of the split too

    @property
    def words(self) -> str:
        return f"{self._words} (Care Act, outside the split)" if self.is_outside else self._words

    @property
    def _words(self) -> str:
        if self.was is None:
            return f"{self.service}, {gbp(self.weekly_cost)} a week: new"
        if self.weekly_cost is None:
            return f"{self.service}, {gbp(self.was)} a week: ends"
        if self.was == self.weekly_cost:
            where = "out of" if self.is_outside else "into"
            return f"{self.service}, {gbp(self.weekly_cost)} a week: moves {where} section 117"
        return f"{self.service}, {gbp(self.weekly_cost)} a week: was {gbp(self.was)}"


def split_now(item: AgendaItem, day: date) -> FundingSplit | None:
    """Return the split in force on a day, never the one the panel is asked about."""
    splits = item.case.splits.in_force_on(day).exclude(pk=item.split_id)
    return splits.order_by("-in_force_at").first()


def package_asked(item: AgendaItem) -> Package | None:
    """Return the services the panel is asked for."""
    if item.split is not None:
        return item.split.package
    return item.review.package if item.review is not None else None


def package_now(item: AgendaItem, day: date) -> Package | None:
    """Return the services in force on a day, never those the panel is asked for."""
    asked = package_asked(item)
    packages = item.case.packages.in_force_on(day).exclude(pk=asked.pk if asked else None)
    return packages.order_by("-starts_on").first()


def costs_of(item: AgendaItem, day: date) -> Costs | None:
    """Return who would pay what a week and a year; None where no split is asked for."""
    if item.split is None:
        return None
    asked, now = item.split, split_now(item, day)
    partnership = item.case.partnership
    icb = _body_cost(
        partnership.icb.name, asked.icb_share, asked.icb_weekly_cost, now and now.icb_weekly_cost
    )
    council = _body_cost(
        partnership.council.name, asked.la_share, asked.la_weekly_cost, now and now.la_weekly_cost
    )
    total = BodyCost(
        body="Together",
        share=WHOLE,
        weekly=asked.weekly_cost,
        annual=icb.annual + council.annual,  # so that the column adds up
        weekly_now=now and now.weekly_cost,
        change=asked.weekly_cost - now.weekly_cost if now else None,
    )
    return Costs(icb=icb, council=council, total=total)


def changes(item: AgendaItem, day: date) -> list[Change]:
    """Return the services that would be new, change in price or in duty, or end."""
    now, asked = _services(package_now(item, day)), _services(package_asked(item))
    return [
        Change(
            service,
            now[service].weekly_cost if service in now else None,
            asked[service].weekly_cost if service in asked else None,
            is_outside=not (asked.get(service) or now[service]).is_s117,
        )
        for service in [*asked, *(service for service in now if service not in asked)]
        if _terms(now.get(service)) != _terms(asked.get(service))
    ]


def with_services(package: Package | None) -> Package | None:
    """Return the package with its needs, services and prices read."""
    if package is not None:
        prefetch_related_objects([package], "needs__lines", "lines__provider", "lines__prices")
    return package


def _body_cost(body: str, share: Fraction, weekly: Decimal, weekly_now: Decimal | None) -> BodyCost:
    change = None if weekly_now is None else weekly - weekly_now
    return BodyCost(
        body=body,
        share=share,
        weekly=weekly,
        annual=annual_cost(weekly),
        weekly_now=weekly_now,
        change=change,
    )


def _services(package: Package | None) -> dict[str, ServiceLine]:
    lines: Iterable[ServiceLine] = with_services(package).lines.all() if package else ()
    return {line.description: line for line in lines}


def _terms(line: ServiceLine | None) -> tuple[object, bool] | None:
    return (line.weekly_cost, line.is_s117) if line else None
