"""What was written last time, which stands beside what is written now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from aftercare.models import Need, Package, Provider, ServiceLine
from aftercare.queries import PARTS, package_in_force
from cohorts.models.cases import Case
from matrices.models import FundingSplit
from reviews.enums import Capacity, Recommendation, ReviewStatus
from reviews.models import Review
from reviews.queries.shown import in_order

TEXTS = ("person_says", "progress", "risks")
MOST_PROVIDERS = 300


@dataclass(frozen=True)
class Before:
    """The last review and the package it left; empty for a person never reviewed here."""

    held_on: date | None = None
    texts: dict[str, str] = field(default_factory=dict)
    recommendation: str = ""
    people: list[tuple[str, str]] = field(default_factory=list)  # name, capacity
    needs: dict[str, Need] = field(default_factory=dict)
    lines: dict[str, ServiceLine] = field(default_factory=dict)


def before(review: Review, day: date) -> Before:
    """Return what the review before this one said, and the package there is on a day."""
    last = (
        Review.objects.filter(case=review.case_id, recorded_at__isnull=False)
        .exclude(pk=review.pk)
        .order_by("-held_on", "-recorded_at")
        .first()
    )
    package = _package(review, last, day)
    return Before(
        held_on=last.held_on if last else None,
        texts={name: getattr(last, name) for name in TEXTS} if last else {},
        recommendation=last.get_recommendation_display() if last else "",
        people=_people(review, last),
        needs={str(need.pk): need for need in package.needs.all()} if package else {},
        lines={str(line.pk): line for line in package.lines.all()} if package else {},
    )


def _package(review: Review, last: Review | None, day: date) -> Package | None:
    """A review that closed without a panel told the needs anew, later than those in force."""
    if last is None or not _leaves_a_package(last):
        return package_in_force(review.case, day)
    return Package.objects.prefetch_related(*PARTS).get(reviews=last)


def _leaves_a_package(last: Review) -> bool:
    is_closed = last.status == ReviewStatus.CLOSED and last.package_id is not None
    return is_closed and last.recommendation != Recommendation.END


def _people(review: Review, last: Review | None) -> list[tuple[str, str]]:
    patient, coordinator = review.case.patient, review.case.care_coordinator
    people = [(f"{patient.given_names} {patient.family_name}", Capacity.PERSON.value)]
    if coordinator:
        people.append((coordinator.name, Capacity.CARE_COORDINATOR.value))
    own = {capacity for _, capacity in people}
    asked = in_order(last.attendances.all()) if last else []
    return people + [(one.name, one.capacity) for one in asked if one.capacity not in own]


def services_in_force(review: Review, day: date) -> list[tuple[object, ...]] | None:
    """Return the services in force, in one order; None where no split pays for them."""
    package = package_in_force(review.case, day)
    has_split = FundingSplit.objects.in_force().filter(case=review.case_id).exists()
    return as_told(package.lines.all()) if package and has_split else None


def as_told(lines: Iterable[ServiceLine]) -> list[tuple[object, ...]]:
    """Return what makes services the same: from whom, under which duty, for how much.

    Not how they are described: a register's words are replaced at the first review.
    """
    return sorted(
        (
            line.provider.name if line.provider else "",
            line.is_s117,
            line.weekly_cost or 0,
        )
        for line in lines
    )


def may_close_unchanged(review: Review, day: date) -> bool:
    """Test whether a review leaves all as it is, so that the split in force stays."""
    if review.status != ReviewStatus.NEEDS_AGREED or review.split_id or not review.package_id:
        return False
    if review.recommendation != Recommendation.CONTINUE:
        return False
    package = Package.objects.prefetch_related(*PARTS).get(pk=review.package_id)
    return services_in_force(review, day) == as_told(package.lines.all())


def providers_of(case: Case) -> list[str]:
    """Return the names of the providers that a partnership has used, to choose from."""
    providers = Provider.objects.filter(partnership=case.partnership_id).order_by("name")
    return list(providers.values_list("name", flat=True)[:MOST_PROVIDERS])
