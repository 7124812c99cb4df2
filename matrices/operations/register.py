"""Taking over the splits that a register states."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from aftercare.models import Package
from audit.operations import record
from cohorts.models.cases import Case
from matrices import queries
from matrices.enums import (
    Event,
    SplitSource,
    SplitStatus,
)
from matrices.models import FundingSplit
from matrices.operations.splits import share_out
from matrices.policy.calculation import section_117_total


@transaction.atomic
def take_splits(
    *, entries: Iterable[tuple[Case, Fraction]], starts_on: date, by: User, at: datetime
) -> list[FundingSplit]:
    """Take the splits a register states as in force, for cases that have a package and no split."""
    shares = {case.pk: (case, share) for case, share in entries}
    packages = (
        Package.objects.in_force_on(starts_on)
        .filter(case__in=shares)
        .exclude(case__in=FundingSplit.objects.in_force().values("case"))
        .prefetch_related(*queries.SERVICES)
    )
    splits = [
        _from_register(package, *shares[package.case_id], starts_on=starts_on, by=by, at=at)
        for package in packages
    ]
    FundingSplit.objects.bulk_create(splits, batch_size=500)
    if splits:
        cases = [split.case_id for split in splits]
        place = shares[cases[0]][0].partnership
        record(Event.SPLIT_TAKEN, on=place, by=by, at=at, cases=cases)
    return splits


def _from_register(
    package: Package, case: Case, icb_share: Fraction, *, starts_on: date, by: User, at: datetime
) -> FundingSplit:
    split = FundingSplit(
        case=case,
        package=package,
        source=SplitSource.REGISTER,
        status=SplitStatus.IN_FORCE,
        weekly_cost=section_117_total(queries.lines_of(package)),
        effective_from=starts_on,
        proposed_at=at,
        proposed_by=by,
        in_force_at=at,
    )
    share_out(split, icb_share)
    split.sha256 = queries.hash_of(split)
    return split
