"""Agreeing what meets a person's needs, starting it, and taking it over from a register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from accounts.models import Partnership, User
from aftercare.enums import Event, NeedDomain, PackageSource
from aftercare.models import Need, Package, Price, Provider, ServiceLine
from audit.operations import record
from cohorts.models.cases import Case, CaseQuerySet
from core.dates import in_london
from core.refusals import Refused

BATCH = 500


@dataclass(frozen=True)
class NeedInput:
    """A need as agreed, with both limbs of s.117(6) answered."""

    domain: NeedDomain
    description: str
    arises_from_disorder: bool
    reduces_risk: bool


@dataclass(frozen=True)
class LineInput:
    """A service as agreed; `need_position` counts the needs from 1."""

    description: str
    provider: str
    weekly_cost: Decimal
    need_position: int | None
    is_s117: bool


@dataclass(frozen=True)
class RegisterEntry:
    """What a register says of one case's package: one provider, one weekly cost in pounds."""

    case: Case
    provider: str
    weekly_cost: Decimal


@transaction.atomic
def agree_package(
    *,
    case: Case,
    needs: Sequence[NeedInput],
    lines: Sequence[LineInput],
    starts_on: date,
    by: User,
    at: datetime,
) -> Package:
    """Keep the needs and services that a review agreed; they start when a split is in force.

    Raises Refused when a service is said to be section 117 for a need that is not
    (Mental Health Act 1983 s.117(6)).
    """
    package = Package.objects.create(case=case, source=PackageSource.REVIEW, starts_on=starts_on)
    kept_needs = Need.objects.bulk_create(
        Need(
            package=package,
            position=position,
            domain=need.domain,
            description=need.description,
            arises_from_disorder=need.arises_from_disorder,
            reduces_risk=need.reduces_risk,
        )
        for position, need in enumerate(needs, start=1)
    )
    for position, line in enumerate(lines, start=1):
        _keep_line(package, position, line, kept_needs)
    record(Event.PACKAGE_AGREED, on=package, by=by, at=at, needs=len(needs), lines=len(lines))
    return package


def _keep_line(package: Package, position: int, line: LineInput, needs: Sequence[Need]) -> None:
    need = needs[line.need_position - 1] if line.need_position else None
    if need is not None and line.is_s117 and need.duty != "s117":
        raise Refused(
            f"“{line.description}” meets need {line.need_position}, which does not come under "
            "section 117. Answer both limbs again, or take the service out of the split."
        )
    kept = ServiceLine.objects.create(
        package=package,
        position=position,
        need=need,
        provider=_provider(package.case.partnership, line.provider),
        description=line.description,
        is_s117=line.is_s117,
    )
    Price.objects.create(line=kept, weekly_cost=line.weekly_cost, starts_on=package.starts_on)


def _provider(partnership: Partnership, name: str) -> Provider | None:
    if not name.strip():
        return None
    provider, _ = Provider.objects.get_or_create(partnership=partnership, name=name.strip())
    return provider


@transaction.atomic
def start_package(*, package: Package, starts_on: date, by: User, at: datetime) -> Package:
    """Let a proposed package begin; the one in force ends the day before."""
    package = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if not package.proposed:
        raise Refused("This package has started already.")
    former = Package.objects.select_for_update(of=("self",)).filter(
        case=package.case_id, proposed=False, ends_on__isnull=True
    )
    for one in former:
        one.ends_on = max(one.starts_on, starts_on - timedelta(days=1))
        one.save(update_fields=["ends_on"])
    package.proposed, package.starts_on = False, starts_on
    package.save(update_fields=["proposed", "starts_on"])
    lines = list(package.lines.values_list("pk", flat=True))  # by key: a join here is planned badly
    Price.objects.filter(line__in=lines, ends_on__isnull=True).update(starts_on=starts_on)
    keep_weekly_costs(cases=Case.objects.filter(pk=package.case_id), day=in_london(at).date())
    record(Event.PACKAGE_STARTED, on=package, by=by, at=at, starts_on=starts_on)
    return package


@transaction.atomic
def end_package(*, case: Case, ends_on: date, by: User, at: datetime) -> Package | None:
    """Let the package in force end, `ends_on` its last day; there may be none."""
    package = (
        Package.objects.select_for_update(of=("self",))
        .filter(case=case, proposed=False, ends_on__isnull=True)
        .first()
    )
    if package is None:
        return None
    package.ends_on = max(package.starts_on, ends_on)
    package.save(update_fields=["ends_on"])
    day = max(package.ends_on, in_london(at).date()) + timedelta(days=1)
    keep_weekly_costs(cases=Case.objects.filter(pk=case.pk), day=day)
    record(Event.PACKAGE_ENDED, on=package, by=by, at=at, ends_on=package.ends_on)
    return package


@transaction.atomic
def take_packages(
    *,
    partnership: Partnership,
    entries: Iterable[RegisterEntry],
    starts_on: date,
    by: User,
    at: datetime,
) -> list[Package]:
    """Take the packages a register states as in force, for cases that have none yet.

    One line a package, without needs: a register does not hold them; the next review asks.
    """
    entries = list(entries)
    has_one = set(
        Package.objects.filter(case__in=[entry.case for entry in entries], proposed=False)
        .filter(ends_on__isnull=True)
        .values_list("case_id", flat=True)
    )
    taken = [entry for entry in entries if entry.case.pk not in has_one]
    providers = _providers(partnership, {entry.provider for entry in taken if entry.provider})
    packages = Package.objects.bulk_create(
        [
            Package(
                case=entry.case,
                source=PackageSource.REGISTER,
                proposed=False,
                starts_on=starts_on,
            )
            for entry in taken
        ],
        batch_size=BATCH,
    )
    lines = ServiceLine.objects.bulk_create(
        [
            ServiceLine(
                package=package,
                position=1,
                provider=providers.get(entry.provider),
                description="As in the register",
                is_s117=True,
            )
            for package, entry in zip(packages, taken, strict=True)
        ],
        batch_size=BATCH,
    )
    Price.objects.bulk_create(
        [
            Price(line=line, weekly_cost=entry.weekly_cost, starts_on=starts_on)
            for line, entry in zip(lines, taken, strict=True)
        ],
        batch_size=BATCH,
    )
    if packages:
        keep_weekly_costs(
            cases=Case.objects.filter(pk__in=[entry.case.pk for entry in taken]), day=starts_on
        )
        references = sorted(entry.case.reference for entry in taken)
        record(Event.PACKAGE_TAKEN, on=partnership, by=by, at=at, cases=references)
    return packages


def _providers(partnership: Partnership, names: set[str]) -> dict[str, Provider]:
    Provider.objects.bulk_create(
        [Provider(partnership=partnership, name=name) for name in sorted(names)],
        ignore_conflicts=True,
    )
    return {
        provider.name: provider
        for provider in Provider.objects.filter(partnership=partnership, name__in=names)
    }


@transaction.atomic
def keep_weekly_costs(*, cases: CaseQuerySet, day: date) -> int:
    """Set `Case.weekly_cost` to what section 117 costs on a day; return how many changed.

    Plain sums, put together here: one statement that asks for each case anew takes PostgreSQL
    minutes after an import, when it does not know yet how large its tables have become.
    """
    locked = list(cases.select_for_update(of=("self",)).only("pk", "weekly_cost"))
    costs = _costs_on(cases, day)
    changed = [case for case in locked if case.weekly_cost != costs.get(case.pk)]
    for case in changed:
        case.weekly_cost = costs.get(case.pk)
    Case.objects.bulk_update(changed, ["weekly_cost"], batch_size=BATCH)
    return len(changed)


def _costs_on(cases: CaseQuerySet, day: date) -> dict[object, Decimal]:
    on_the_day = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    prices = (
        Price.objects.filter(on_the_day, starts_on__lte=day, line__is_s117=True)
        .filter(line__package__case__in=cases.order_by().values("pk"))
        .order_by()
        .values_list("line__package")
    )
    cost_of = dict(prices.annotate(total=Sum("weekly_cost")))
    # A package replaced on its first day ends on that day too; the one that goes on counts.
    packages = Package.objects.in_force_on(day).filter(case__in=cases.order_by().values("pk"))
    first_ending = sorted(
        packages.values_list("case", "pk", "ends_on"), key=lambda one: one[2] or date.max
    )
    last = {case: package for case, package, _ in first_ending}
    return {case: cost_of[package] for case, package in last.items() if package in cost_of}
