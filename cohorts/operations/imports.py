"""A register's way in: the file kept, every row read, corrected, and stored at one stroke."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.enums import Event, ImportStatus, RowOutcome
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.policy import register_match as match
from cohorts.policy.register_columns import Mapping as Columns
from cohorts.policy.register_rows import fields_of, values_from_json
from cohorts.policy.register_text import as_text
from cohorts.queries.import_preview import counts
from cohorts.queries.register_file import UnreadableRegister
from cohorts.queries.register_reading import (
    BATCH,
    LEFT_OUT,
    Progress,
    SourceRow,
    columns_of,
    read_file,
    read_sources,
    unseen,
)
from core.refusals import Refused

MOST_ATTEMPTS = 3
_NOT_READ = (
    "The file could not be read in three tries. Save it as a new Excel workbook and upload that"
)
_NOT_IMPORTED = "The import did not finish, and nothing of it was kept. Import again"


# The file ---------------------------------------------------------------------------------------


@transaction.atomic
def upload_register(
    *, partnership: Partnership, data: bytes, name: str, by: User, at: datetime
) -> RegisterImport:
    """Keep a file as it came, under a name of ours; what its rows say is read next."""
    register_import = RegisterImport(
        partnership=partnership,
        file_name=as_text(name)[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=at,
        uploaded_by=by,
    )
    kind = "xlsx" if data.startswith(b"PK") else "csv"
    register_import.file.save(f"{register_import.pk}.{kind}", ContentFile(data), save=False)
    register_import.save()
    record(Event.REGISTER_UPLOADED, on=register_import, by=by, at=at, sha256=register_import.sha256)
    return register_import


@transaction.atomic
def begin(*, register_import: RegisterImport, expected: str, at: datetime) -> RegisterImport | None:
    """Count an attempt at what an import waits for; None when there is nothing (more) to try."""
    register_import = _locked(register_import)
    if register_import.status != expected:
        return None
    if register_import.attempts >= MOST_ATTEMPTS:
        _give_up(register_import, at=at)
        return None
    register_import.attempts += 1
    register_import.save(update_fields=["attempts"])
    return register_import


@transaction.atomic
def read_import(
    *, register_import: RegisterImport, today: date, at: datetime, progress: Progress = unseen
) -> RegisterImport:
    """Read the kept file: its sheet, its columns and every row; or say why it cannot be read."""
    register_import = _locked(register_import)
    if register_import.status != ImportStatus.UPLOADED:
        return register_import
    with register_import.file.open("rb") as kept:
        content = kept.read()
    try:
        reading = read_file(
            content=content,
            name=register_import.file_name,
            partnership=register_import.partnership,
            today=today,
            progress=progress,
        )
    except UnreadableRegister as unreadable:
        return _fail(register_import, unreadable.sentence, at=at)
    rows = [judged.stored(ImportRow(register_import=register_import)) for judged in reading.rows]
    for row, judged in zip(rows, reading.rows, strict=True):
        row.number = judged.row.number
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    register_import.become(ImportStatus.READ)
    register_import.sheet = reading.sheet
    register_import.header_row = reading.columns.header_row
    register_import.columns = reading.columns.as_json()
    register_import.attempts = 0
    register_import.save(update_fields=["status", "sheet", "header_row", "columns", "attempts"])
    by = register_import.uploaded_by
    record(Event.REGISTER_READ, on=register_import, by=by, at=at, **counts(register_import))
    return register_import


@transaction.atomic
def note_download(*, register_import: RegisterImport, what: str, by: User, at: datetime) -> None:
    """Record that somebody took the file, or its waiting rows, away."""
    record(Event.REGISTER_DOWNLOADED, on=register_import, by=by, at=at, what=what)


@transaction.atomic
def note_seen(*, register_import: RegisterImport, page: str, by: User, at: datetime) -> None:
    """Record that somebody looked at the people of a file."""
    record(Event.LIST_SEEN, on=register_import, by=by, at=at, page=page)


# Putting right ----------------------------------------------------------------------------------


@transaction.atomic
def change_columns(
    *,
    register_import: RegisterImport,
    fields: Sequence[str | None],
    today: date,
    by: User,
    at: datetime,
) -> RegisterImport:
    """Let a person say which field each column fills, in their order, and read every row again."""
    register_import = _locked(register_import)
    _check_status(register_import, ImportStatus.READ)
    columns = columns_of(register_import)
    chosen = zip(columns.columns, fields, strict=True)
    columns = columns.with_fields({column.index: name for column, name in chosen})
    register_import.columns = columns.as_json()
    register_import.save(update_fields=["columns"])
    rows = list(register_import.rows.order_by("number"))
    _read_again(register_import, rows, columns, today=today)
    record(Event.REGISTER_MAPPED, on=register_import, by=by, at=at, fields=list(fields))
    return register_import


@transaction.atomic
def leave_unknown_columns(
    *, register_import: RegisterImport, by: User, at: datetime
) -> RegisterImport:
    """Keep with the file, and out of the register, each column that nobody chose a place for."""
    register_import = _locked(register_import)
    _check_status(register_import, ImportStatus.READ)
    columns = columns_of(register_import)
    if unknown := columns.unknown():
        columns = columns.with_fields({column.index: "ignore" for column in unknown})
        register_import.columns = columns.as_json()
        register_import.save(update_fields=["columns"])
        fields = [column.field for column in columns.columns]
        record(Event.REGISTER_MAPPED, on=register_import, by=by, at=at, fields=fields)
    return register_import


@transaction.atomic
def correct_row(
    *, row: ImportRow, corrections: Mapping[str, str], today: date, by: User, at: datetime
) -> ImportRow:
    """Read a row again with what a person typed instead; wrong text is kept for them to mend."""
    register_import, row = _row_to_settle(row)
    columns = columns_of(register_import)
    said = fields_of(row.cells, columns)
    row_corrections = {
        name: as_text(typed)
        for name, typed in corrections.items()
        if name != LEFT_OUT and as_text(typed) != as_text(said.get(name))
    }
    row = _settle(register_import, row, row_corrections, columns, today=today)
    record(
        Event.ROW_CORRECTED,
        on=register_import,
        by=by,
        at=at,
        row=row.number,
        fields=sorted(row_corrections),
        outcome=row.outcome,
    )
    return row


@transaction.atomic
def leave_out_row(*, row: ImportRow, reason: str, today: date, by: User, at: datetime) -> ImportRow:
    """Skip a row with a person's reason; it stays with the file."""
    register_import, row = _row_to_settle(row)
    corrections = {**row.corrections, LEFT_OUT: as_text(reason)[:80]}
    row = _settle(register_import, row, corrections, columns_of(register_import), today=today)
    record(Event.ROW_LEFT_OUT, on=register_import, by=by, at=at, row=row.number)
    return row


@transaction.atomic
def confirm_import(*, register_import: RegisterImport, by: User, at: datetime) -> RegisterImport:
    """Let the ready rows go in; a worker stores them."""
    register_import = _locked(register_import)
    _check_status(register_import, ImportStatus.READ)
    if columns_of(register_import).unknown():
        raise Refused("Choose where each column goes before you import.")
    register_import.become(ImportStatus.CONFIRMED)
    register_import.confirmed_at, register_import.confirmed_by = at, by
    register_import.attempts, register_import.failure = 0, ""
    register_import.save(
        update_fields=["status", "confirmed_at", "confirmed_by", "attempts", "failure"]
    )
    record(Event.REGISTER_CONFIRMED, on=register_import, by=by, at=at, **counts(register_import))
    return register_import


@transaction.atomic
def abandon_import(*, register_import: RegisterImport, by: User, at: datetime) -> RegisterImport:
    """Decide not to import a file; it and its rows are kept."""
    register_import = _locked(register_import)
    _check_status(register_import, ImportStatus.UPLOADED, ImportStatus.READ)
    register_import.become(ImportStatus.ABANDONED)
    register_import.save(update_fields=["status"])
    record(Event.REGISTER_ABANDONED, on=register_import, by=by, at=at)
    return register_import


# One import, one row ----------------------------------------------------------------------------


def _locked(register_import: RegisterImport) -> RegisterImport:
    return (
        RegisterImport.objects.select_for_update(of=("self",))
        .select_related("partnership", "uploaded_by", "confirmed_by")
        .get(pk=register_import.pk)
    )


def _check_status(register_import: RegisterImport, *statuses: ImportStatus) -> None:
    if register_import.status not in statuses:
        state = register_import.get_status_display().lower()
        raise Refused(f"This file has moved on since you opened it. It is now: {state}.")


def _row_to_settle(row: ImportRow) -> tuple[RegisterImport, ImportRow]:
    register_import = _locked(row.register_import)
    _check_status(register_import, ImportStatus.READ, ImportStatus.DONE)
    row = ImportRow.objects.get(pk=row.pk)
    if row.outcome == RowOutcome.IMPORTED:
        raise Refused(f"Row {row.number} is in the register already. Change it in the case file.")
    return register_import, row


def _settle(
    register_import: RegisterImport,
    row: ImportRow,
    corrections: dict[str, str],
    columns: Columns,
    *,
    today: date,
) -> ImportRow:
    """Read a row again, and with it the rows that name the same person as it did or does now."""
    before = values_from_json(row.values)
    row.corrections = corrections
    _read_again(register_import, [row], columns, today=today)
    same = _of_same_people(register_import, row, [before, values_from_json(row.values)])
    if same:
        open_rows = [one for one in (*same, row) if one.outcome != RowOutcome.IMPORTED]
        in_already = [one for one in same if one.outcome == RowOutcome.IMPORTED]
        open_rows.sort(key=lambda one: one.number)
        _read_again(register_import, open_rows, columns, today=today, in_already=in_already)
    return row


def _read_again(
    register_import: RegisterImport,
    rows: list[ImportRow],
    columns: Columns,
    *,
    today: date,
    in_already: Sequence[ImportRow] = (),
) -> None:
    taken = [
        (name, one.number)
        for one in in_already
        for name in match.known_as(values_from_json(one.values))
    ]
    judged = read_sources(
        [SourceRow(row.number, row.cells, row.corrections) for row in rows],
        columns,
        register_import.partnership,
        today=today,
        taken=taken,
    )
    for row, one in zip(rows, judged, strict=True):
        one.stored(row)
    ImportRow.objects.bulk_update(
        rows,
        ["corrections", "values", "problems", "outcome", "skip_reason", "effect"],
        batch_size=BATCH,
    )


def _of_same_people(
    register_import: RegisterImport, row: ImportRow, people: Sequence[Mapping[str, object]]
) -> list[ImportRow]:
    """Return the other rows that mean one of these people, and those that mean one of theirs."""
    found: dict[object, ImportRow] = {}
    others = register_import.rows.exclude(outcome=RowOutcome.SKIPPED).exclude(pk=row.pk)
    while people:
        sought = {name for values in people for name in match.sought_as(values)}
        numbers = [values["nhs_number"] for values in people if values.get("nhs_number")]
        births = [str(values["born_on"]) for values in people if values.get("born_on")]
        named = others.filter(Q(values__nhs_number__in=numbers) | Q(values__born_on__in=births))
        people = []
        for one in named.exclude(pk__in=found):
            values = values_from_json(one.values)
            if sought.intersection(match.known_as(values)):
                found[one.pk] = one
                people = [*people, values]
    return sorted(found.values(), key=lambda one: one.number)


def _fail(register_import: RegisterImport, sentence: str, *, at: datetime) -> RegisterImport:
    register_import.become(ImportStatus.FAILED)
    register_import.failure = sentence[:300]
    register_import.save(update_fields=["status", "failure"])
    record(Event.REGISTER_FAILED, on=register_import, by=register_import.uploaded_by, at=at)
    return register_import


def _give_up(register_import: RegisterImport, *, at: datetime) -> None:
    if register_import.status == ImportStatus.UPLOADED:
        _fail(register_import, _NOT_READ, at=at)
        return
    by = register_import.confirmed_by
    register_import.become(ImportStatus.READ)
    register_import.failure = _NOT_IMPORTED
    register_import.confirmed_at = register_import.confirmed_by = None
    register_import.save(update_fields=["status", "failure", "confirmed_at", "confirmed_by"])
    record(Event.REGISTER_FAILED, on=register_import, by=by, at=at)
