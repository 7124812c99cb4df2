"""What a file would do before it is imported, and what it did after: counts, reasons, rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from cohorts.enums import RowEffect, RowOutcome
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.policy.register_problems import what_to_do, why
from cohorts.policy.register_rows import SkipReason

BY_MACHINE = [reason.value for reason in SkipReason]  # rows that name no person


@dataclass(frozen=True)
class Totals:
    """How a file's rows add up; `people` are those that hold a person."""

    ready: int
    waiting: int
    imported: int
    left_out: int  # by a person
    no_person: int  # titles, headings, blank rows, totals
    new: int
    updated: int
    unchanged: int

    @property
    def people(self) -> int:
        return self.ready + self.waiting + self.imported + self.left_out

    @property
    def all(self) -> int:
        return self.people + self.no_person


@dataclass(frozen=True)
class Reason:
    """Why some rows wait: how many, the first of them, and what to do."""

    word: str
    why: str
    rows: int
    first: int
    example: str
    action: str


def counts(register_import: RegisterImport) -> dict[str, int]:
    """Count an import's rows by outcome, for the record."""
    found = Counter(register_import.rows.values_list("outcome", flat=True))
    return {outcome.value: found[outcome.value] for outcome in RowOutcome}


def totals(register_import: RegisterImport) -> Totals:
    """Count an import's rows in one query."""
    skipped = Q(outcome=RowOutcome.SKIPPED)
    by_machine = Q(skip_reason__in=BY_MACHINE)
    going_in = Q(outcome__in=[RowOutcome.READY, RowOutcome.IMPORTED])
    found = register_import.rows.aggregate(
        ready=Count("pk", filter=Q(outcome=RowOutcome.READY)),
        waiting=Count("pk", filter=Q(outcome=RowOutcome.WAITING)),
        imported=Count("pk", filter=Q(outcome=RowOutcome.IMPORTED)),
        left_out=Count("pk", filter=skipped & ~by_machine),
        no_person=Count("pk", filter=skipped & by_machine),
        **{effect.value: Count("pk", filter=going_in & Q(effect=effect)) for effect in RowEffect},
    )
    return Totals(**found)


def reasons(register_import: RegisterImport) -> list[Reason]:
    """Group the waiting rows by the first thing that stops each, most rows first."""
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    waiting = register_import.rows.waiting().order_by("number")
    for number, problems in waiting.values_list("number", "problems"):
        groups.setdefault(problems[0]["problem"], []).append((number, problems[0]))
    found = [_reason(word, rows) for word, rows in groups.items()]
    return sorted(found, key=lambda reason: (-reason.rows, reason.first))


def next_waiting(register_import: RegisterImport, *, after: int, word: str = "") -> int | None:
    """Return the next row that waits (for one reason), from the top again after the last."""
    rows = register_import.rows
    waiting = rows.stopped_by(word) if word else rows.waiting()
    later = waiting.filter(number__gt=after).aggregate(first=Min("number"))["first"]
    return later or waiting.exclude(number=after).aggregate(first=Min("number"))["first"]


def same_file_before(register_import: RegisterImport) -> RegisterImport | None:
    """Return the last import of the very same file, if it went in before."""
    return (
        RegisterImport.objects.filter(
            partnership=register_import.partnership_id,
            sha256=register_import.sha256,
            done_at__isnull=False,
        )
        .exclude(pk=register_import.pk)
        .order_by("-done_at")
        .first()
    )


def stopping(row: ImportRow) -> list[dict[str, str]]:
    """Return what stops a row, as it is stored."""
    return [problem for problem in row.problems if problem.get("stops", True)]


def problems_of(rows: Iterable[ImportRow]) -> list[dict[str, object]]:
    """Return what stops each row, with the row's number first."""
    return [{"row": row.number, **problem} for row in rows for problem in stopping(row)]


def _reason(word: str, rows: list[tuple[int, dict[str, str]]]) -> Reason:
    number, problem = rows[0]
    field, said = problem["field"], problem["value"]
    if word == "nhs_number_duplicate":
        example = f"Row {number}, as {problem['sentence'].partition(' has ')[0].lower()}"
    else:
        example = f"Row {number}: {said or 'blank'}"
    return Reason(word, why(word, field), len(rows), number, example, what_to_do(word, field))
