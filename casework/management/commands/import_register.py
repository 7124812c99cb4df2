"""Imports a register from a file, or says what importing it would do."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import Partnership, User
from casework.operations import import_register
from cohorts.enums import ImportStatus, RowEffect, RowOutcome
from cohorts.models.imports import ImportRow
from cohorts.operations import imports
from cohorts.queries.import_preview import BY_MACHINE, problems_of
from cohorts.queries.register_file import UnreadableRegister
from cohorts.queries.register_reading import read_file

HELP = """
Import a register from an Excel workbook or a CSV file. Rows that need a person wait on the
screens, under Register, Imports. Columns that nobody has chosen a place for stay with the file.

The JSON counts the rows that hold a person: rows = imported + needs_attention + skipped, where
skipped are those that somebody left out. A row that is in the register already counts as imported;
"unchanged" says how many of them changed nothing, so the same file twice says so for all of them.
"left_out" lists the rows that hold no person (titles, headings, blank rows, totals), each with why.
"""
COMMAND_LINE = "command-line@localhost"


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="an .xlsx or .csv file")
        parser.add_argument("--partnership", required=True, help="its slug, such as eastmere")
        parser.add_argument("--by", default="", help="e-mail address of whoever imports")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be; write nothing"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_: Any, **options: Any) -> None:
        path, partnership = options["file"], _partnership(options["partnership"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
        name = path.name
        if options["dry_run"]:
            rows = _rows_without_writing(content, name, partnership)
        else:
            rows = _rows_imported(content, name, partnership, options["by"])
        result = _result(rows)
        self.stdout.write(
            json.dumps(result, indent=1, ensure_ascii=False)
            if options["format"] == "json"
            else _in_words(result, is_dry=options["dry_run"])
        )


def _partnership(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no partnership “{slug}”. There is: {known or 'none yet'}.")
    return found


def _rows_without_writing(content: bytes, name: str, partnership: Partnership) -> list[ImportRow]:
    try:
        reading = read_file(
            content=content, name=name, partnership=partnership, today=timezone.localdate()
        )
    except UnreadableRegister as unreadable:
        raise CommandError(unreadable.sentence) from unreadable
    return [judged.stored(ImportRow(number=judged.row.number)) for judged in reading.rows]


def _rows_imported(
    content: bytes, name: str, partnership: Partnership, email: str
) -> list[ImportRow]:
    by, at = _importer(email), timezone.now()
    kept = imports.upload_register(partnership=partnership, data=content, name=name, by=by, at=at)
    read = imports.read_import(register_import=kept, today=timezone.localdate(), at=at)
    if read.status == ImportStatus.FAILED:
        raise CommandError(read.failure)
    with transaction.atomic():
        imports.leave_unknown_columns(register_import=read, by=by, at=at)
        confirmed = imports.confirm_import(register_import=read, by=by, at=at)
        import_register(register_import=confirmed, by=by, at=at)
    return list(read.rows.order_by("number"))


def _importer(email: str) -> User:
    """Return whose name the import carries: a user's, or that of the command line itself."""
    if not email:
        who = {"name": "Command line", "is_active": False}
        return User.objects.get_or_create(email=COMMAND_LINE, defaults=who)[0]
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody signs in as {email}.")
    return found


def _result(rows: list[ImportRow]) -> dict[str, Any]:
    people = [row for row in rows if row.skip_reason not in BY_MACHINE]
    going_in = [row for row in people if row.outcome in (RowOutcome.READY, RowOutcome.IMPORTED)]
    waiting = [row for row in people if row.outcome == RowOutcome.WAITING]
    return {
        "rows": len(people),
        "imported": len(going_in),
        "needs_attention": len(waiting),
        "skipped": len(people) - len(going_in) - len(waiting),
        "problems": problems_of(waiting),
        **{effect.value: sum(row.effect == effect for row in going_in) for effect in RowEffect},
        "left_out": [
            {"row": row.number, "why": row.skip_reason}
            for row in rows
            if row.skip_reason in BY_MACHINE
        ],
    }


def _in_words(result: dict[str, Any], *, is_dry: bool) -> str:
    verb = "would be imported" if is_dry else "imported"
    lines = [
        f"{result['rows']} rows hold a person: {result['imported']} {verb} "
        f"({result['new']} new, {result['updated']} updated, {result['unchanged']} unchanged), "
        f"{result['needs_attention']} need a person, {result['skipped']} skipped.",
        *(
            f"Row {problem['row']}: {problem['sentence']} (the file says: {problem['value']!r})"
            for problem in result["problems"]
        ),
        *(f"Row {row['row']} left out: {row['why']}" for row in result["left_out"]),
    ]
    return "\n".join(lines)
