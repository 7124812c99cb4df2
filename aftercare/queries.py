"""What a case has now, and what is proposed for it."""

from datetime import date
from decimal import Decimal

from aftercare.models import Package, ServiceLine
from cohorts.models.cases import Case

PARTS = ("needs", "lines__prices", "lines__provider", "lines__need")


def package_in_force(case: Case, day: date) -> Package | None:
    """Return the package a person has on a day, with its needs, lines and prices."""
    packages = Package.objects.in_force_on(day).filter(case=case)
    return packages.prefetch_related(*PARTS).order_by("-starts_on").first()


def s117_lines(package: Package) -> list[ServiceLine]:
    """Return the lines that come under section 117; needs `lines` prefetched."""
    return [line for line in package.lines.all() if line.is_s117]


def weekly_total(lines: list[ServiceLine]) -> Decimal:
    """Return what lines cost a week together, in pounds; needs `prices` prefetched."""
    return sum((line.weekly_cost or Decimal(0) for line in lines), Decimal(0))
