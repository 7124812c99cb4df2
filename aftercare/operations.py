"""Agreeing a package, putting it in force, and taking packages over from a register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Round

from accounts.models import Partnership, User
from aftercare.enums import Event, NeedDomain, PackageSource
from aftercare.models import Need, Package, Price, Provider, ServiceLine
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_words, london_day
from core.money import MoneyField
from core.refusals import Refused

AS_IN_REGISTER = "After-care as in the register"
BATCH = 500


@dataclass(frozen=True)
class NeedInput:
    """One need as agreed, with both limbs of s.117(6) answered."""

    domain: NeedDomain
    description: str
    arises_from_disorder: bool
    reduces_risk: bool


@dataclass(frozen=True)
class LineInput:
    """One service as agreed; `need_position` counts from 0 in the list of needs."""

    description: str
    provider: str
    weekly_cost: Decimal
    need_position: int | None
    is_s117: bool


@transaction.atomic
def agree_package(
    *,
    case: Case,
    needs: Sequence[NeedInput],
    lines: Sequence[LineInput],
    starts_on: date,
    by: User | None,
    at: datetime,
) -> Package:
    """Write down what is needed and what is to be provided; nothing is in force by it yet."""
    if starts_on < case.entitled_from:
        raise Refused(
            f"The case began on {in_words(case.entitled_from)}: "
            "start the package on that day or later."
        )
    package = Package.objects.create(
        case=case, source=PackageSource.REVIEW, proposed=True, starts_on=starts_on
    )
    kept = Need.objects.bulk_create(
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
    providers = _providers(case.partnership, (line.provider for line in lines))
    services = ServiceLine.objects.bulk_create(
        ServiceLine(
            package=package,
            position=position,
            need=None if line.need_position is None else kept[line.need_position],
            provider=providers.get(line.provider),
            description=line.description,
            is_s117=line.is_s117,
        )
        for position, line in enumerate(lines, start=1)
    )
    Price.objects.bulk_create(
        Price(line=service, weekly_cost=line.weekly_cost, starts_on=starts_on)
        for service, line in zip(services, lines, strict=True)
    )
    record(Event.PACKAGE_AGREED, on=package, by=by, at=at, needs=len(needs), services=len(lines))
    return package


@transaction.atomic
def start_package(*, package: Package, starts_on: date, by: User | None, at: datetime) -> Package:
    """Put a proposed package in force; the one before it ends the day before."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=package.case_id)
    package = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if not package.proposed:
        raise Refused("This package is in force already.")
    if starts_on < case.entitled_from:
        raise Refused(f"The case began on {in_words(case.entitled_from)}: choose a later day.")
    _end_the_one_before(case, starts_on)
    package.proposed, package.starts_on = False, starts_on
    package.save(update_fields=["proposed", "starts_on"])
    Price.objects.filter(line__package=package, ends_on__isnull=True).update(starts_on=starts_on)
    refresh_weekly_costs(day=london_day(at), cases=[case])
    record(Event.PACKAGE_STARTED, on=package, by=by, at=at, starts_on=starts_on)
    return package


def _end_the_one_before(case: Case, starts_on: date) -> None:
    current = case.packages.filter(proposed=False, ends_on__isnull=True)
    # One that would have begun on or after that day was overtaken: it never was in force.
    current.filter(starts_on__gte=starts_on).update(proposed=True, ends_on=F("starts_on"))
    current.update(ends_on=starts_on - timedelta(days=1))


@transaction.atomic
def take_from_register(
    *,
    entries: Sequence[tuple[Case, str, Decimal | None]],
    starts_on: date,
    by: User | None,
    at: datetime,
) -> int:
    """Give cases of one partnership the one service their register names: (case, provider, cost).

    A case that has a package keeps it. Returns how many were taken.
    """
    served = set(
        Package.objects.filter(
            case__in=[case.pk for case, _, _ in entries], proposed=False, ends_on__isnull=True
        ).values_list("case_id", flat=True)
    )
    new = [entry for entry in entries if entry[0].pk not in served]
    if not new:
        return 0
    partnership = new[0][0].partnership
    providers = _providers(partnership, (name for _, name, _ in new))
    packages = Package.objects.bulk_create(
        [
            Package(
                case=case,
                source=PackageSource.REGISTER,
                proposed=False,
                starts_on=max(starts_on, case.entitled_from),
            )
            for case, _, _ in new
        ],
        batch_size=BATCH,
    )
    lines = ServiceLine.objects.bulk_create(
        [
            ServiceLine(
                package=package,
                position=1,
                provider=providers.get(name),
                description=AS_IN_REGISTER,
                is_s117=True,
            )
            for package, (_, name, _) in zip(packages, new, strict=True)
        ],
        batch_size=BATCH,
    )
    Price.objects.bulk_create(
        [
            Price(line=line, weekly_cost=cost, starts_on=line.package.starts_on)
            for line, (_, _, cost) in zip(lines, new, strict=True)
            if cost is not None
        ],
        batch_size=BATCH,
    )
    refresh_weekly_costs(day=london_day(at), cases=[case for case, _, _ in new])
    record(Event.PACKAGE_TAKEN, on=partnership, by=by, at=at, count=len(new))
    return len(new)


def _providers(partnership: Partnership, names: Iterable[str]) -> dict[str, Provider]:
    """Return the partnership's providers by name, those new to it added."""
    wanted = {name for name in names if name}
    Provider.objects.bulk_create(
        [Provider(partnership=partnership, name=name) for name in sorted(wanted)],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    known = Provider.objects.filter(partnership=partnership, name__in=wanted)
    return {provider.name: provider for provider in known}


@transaction.atomic
def refresh_weekly_costs(*, day: date, cases: Iterable[Case] | None = None) -> int:
    """Bring `Case.weekly_cost` to what section 117 services cost on a day, in one statement.

    No price known is no cost, never £0.00. It only repeats what packages and prices say, so the
    record has no line of its own for it.
    """
    chosen = Case.objects.open()
    if cases is not None:
        chosen = chosen.filter(pk__in=[case.pk for case in cases])
    prices = Price.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        starts_on__lte=day,
        line__is_s117=True,
        line__package__case=OuterRef("pk"),
        line__package__in=Package.objects.in_force_on(day),
    )
    total = prices.order_by().values("line__is_s117").annotate(total=Round(Sum("weekly_cost"), 2))
    cost_now = Subquery(total.values("total"), output_field=MoneyField())
    changed = chosen.annotate(cost_now=cost_now).filter(
        Q(weekly_cost__isnull=True, cost_now__isnull=False)
        | Q(weekly_cost__isnull=False, cost_now__isnull=True)
        | Q(weekly_cost__lt=F("cost_now"))
        | Q(weekly_cost__gt=F("cost_now"))
    )
    return changed.update(weekly_cost=cost_now)
