"""What a register brings to every floor at once: people, packages, splits, cohorts."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from aftercare import operations as aftercare
from aftercare.operations import RegisterEntry
from cohorts.enums import ImportStatus, RowOutcome
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.operations import imports, register_people
from cohorts.operations.cohorts import hold_cases, place_cases
from cohorts.operations.register_people import RowsLost, Taken
from cohorts.queries.import_preview import counts
from cohorts.queries.register_reading import Progress, unseen
from core.dates import in_london
from matrices.operations.register import take_splits


@transaction.atomic
def import_register(
    *, register_import: RegisterImport, by: User, at: datetime, progress: Progress = unseen
) -> RegisterImport:
    """Store the ready rows of a confirmed import, all of them or none."""
    register_import = RegisterImport.objects.select_for_update(of=("self",)).get(
        pk=register_import.pk
    )
    if register_import.status != ImportStatus.CONFIRMED:
        return register_import
    return _take_in(register_import, by=by, at=at, progress=progress)


@transaction.atomic
def correct_row(
    *, row: ImportRow, corrections: Mapping[str, str], today: date, by: User, at: datetime
) -> ImportRow:
    """Correct a row; of a file that is imported already it goes in at once when it is right."""
    hold_cases(partnership=row.register_import.partnership)
    row = imports.correct_row(row=row, corrections=corrections, today=today, by=by, at=at)
    return _follow(row, by=by, at=at)


@transaction.atomic
def leave_out_row(*, row: ImportRow, reason: str, today: date, by: User, at: datetime) -> ImportRow:
    """Leave a row out; another that waited for it may then go in."""
    hold_cases(partnership=row.register_import.partnership)
    row = imports.leave_out_row(row=row, reason=reason, today=today, by=by, at=at)
    return _follow(row, by=by, at=at)


def _follow(row: ImportRow, *, by: User, at: datetime) -> ImportRow:
    register_import = row.register_import
    if register_import.status == ImportStatus.DONE and register_import.rows.ready().exists():
        _take_in(register_import, by=by, at=at, progress=unseen)
        row.refresh_from_db()
    return row


def _take_in(
    register_import: RegisterImport, *, by: User, at: datetime, progress: Progress
) -> RegisterImport:
    hold_cases(partnership=register_import.partnership)
    day, before = in_london(at).date(), register_import.rows.count()
    taken = register_people.store_people(
        register_import=register_import, day=day, progress=progress
    )
    _take_funding(register_import, taken, day=day, by=by, at=at)
    place_cases(partnership=register_import.partnership, day=day, by=by, at=at)
    register_import = register_people.finish_import(
        register_import=register_import, taken=taken, by=by, at=at
    )
    _check_nothing_is_lost(register_import, before)
    return register_import


def _take_funding(
    register_import: RegisterImport, taken: Taken, *, day: date, by: User, at: datetime
) -> None:
    """Take the packages and splits that rows state; a share without a cost stays with its row."""
    paid = [one for one in taken.rows if one.values["weekly_cost"] is not None]
    aftercare.take_packages(
        partnership=register_import.partnership,
        entries=[
            RegisterEntry(one.case, one.values["provider"] or "", one.values["weekly_cost"])
            for one in paid
        ],
        starts_on=day,
        by=by,
        at=at,
    )
    take_splits(
        entries=[
            (one.case, Fraction(one.values["health_share"]) / 100)
            for one in paid
            if one.values["health_share"] is not None
        ],
        starts_on=day,
        by=by,
        at=at,
    )


def _check_nothing_is_lost(register_import: RegisterImport, before: int) -> None:
    now = counts(register_import)
    settled = now[RowOutcome.IMPORTED] + now[RowOutcome.WAITING] + now[RowOutcome.SKIPPED]
    if settled != before or now[RowOutcome.READY]:
        raise RowsLost(f"{before} rows went in, {settled} are imported, waiting or skipped")
