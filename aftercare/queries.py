"""Which package a person has, and what it comes to."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from aftercare.models import Package, Price, ServiceLine
from cohorts.models.cases import Case


def package_in_force(case: Case, day: date) -> Package | None:
    """Return the package that a person has on a day, with its needs and priced lines."""
    return with_lines(case.packages.in_force_on(day).order_by("-starts_on")).first()


def with_lines(packages: QuerySet[Package]) -> QuerySet[Package]:
    """Fetch the needs and the priced lines of packages along with them."""
    return packages.prefetch_related("needs", Prefetch("lines", priced(ServiceLine.objects.all())))


def priced(lines: QuerySet[ServiceLine]) -> QuerySet[ServiceLine]:
    """Fetch the need, provider and prices of service lines along with them, in order."""
    return (
        lines.select_related("need", "provider")
        .prefetch_related(Prefetch("prices", Price.objects.order_by("starts_on")))
        .order_by("position")
    )


def all_lines(package: Package) -> QuerySet[ServiceLine]:
    """Return the services of a package, priced."""
    return priced(package.lines.all())


def s117_lines(package: Package) -> QuerySet[ServiceLine]:
    """Return the services of a package that are after-care, priced: what a split divides."""
    return all_lines(package).filter(is_s117=True)


def weekly_total(lines: Iterable[ServiceLine]) -> Decimal:
    """Return what priced lines come to a week."""
    return sum((line.weekly_cost or Decimal(0) for line in lines), Decimal(0))


def same_services(before: Iterable[ServiceLine], after: Iterable[ServiceLine]) -> bool:
    """Test whether two lists of priced lines are the same services at the same price."""
    return sorted(map(_as_told, before)) == sorted(map(_as_told, after))


def _as_told(line: ServiceLine) -> tuple[str, str, Decimal, bool]:
    provider = line.provider.name if line.provider else ""
    return line.description, provider, line.weekly_cost or Decimal(0), line.is_s117
