"""How far a register's import is, and its rows as they will be stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.cache import cache

from cohorts.enums import ClientGroup, RowEffect, RowOutcome
from cohorts.models.imports import ImportRow
from cohorts.policy.register_problems import why
from cohorts.policy.register_rows import values_from_json
from cohorts.queries.import_preview import stopping

KEPT = 60  # seconds; what has not moved for so long has stopped
COLOURS = {
    RowOutcome.READY: "green",
    RowOutcome.IMPORTED: "green",
    RowOutcome.WAITING: "yellow",
    RowOutcome.SKIPPED: "grey",
}


class ImportProgress:
    """Tells the page how far an import is, outside the import's own transaction."""

    def __init__(self, import_id: str, doing: str) -> None:
        self._key, self._doing = _key(import_id), doing
        self(0, 0)

    def __call__(self, done: int, of: int) -> None:
        cache.set(self._key, (self._doing, done, of), KEPT)


def progress_of(import_id: str) -> tuple[str, int, int]:
    """Return what is being done, how many rows are through, and of how many."""
    return cache.get(_key(import_id)) or ("Waiting to begin", 0, 0)


def is_moving(import_id: str) -> bool:
    """Test whether something was heard of an import within the minute."""
    return cache.get(_key(import_id)) is not None


def _key(import_id: str) -> str:
    return f"import-progress:{import_id}"


@dataclass(frozen=True)
class RowAsStored:
    """One row of a file as the list of rows shows it."""

    number: int
    name: str
    born_on: date | None
    nhs_number: str
    client_group: str
    section: str
    entitled_from: date | None
    last_reviewed_on: date | None
    next_review_due: date | None
    provider: str
    weekly_cost: Decimal | None
    icb_share: Fraction | None
    is_out_of_area: bool
    comments: str
    state: tuple[str, str]
    why: list[str]
    case: Any
    is_open: bool


def as_stored(rows: Iterable[ImportRow]) -> list[RowAsStored]:
    """Return rows as they will be stored, or are, each with what is to say of it."""
    return [_as_stored(row) for row in rows]


def _as_stored(row: ImportRow) -> RowAsStored:
    values: dict[str, Any] = values_from_json(row.values)
    share = values.get("health_share")
    names = [(values.get("family_name") or "").upper(), values.get("given_names") or ""]
    return RowAsStored(
        number=row.number,
        name=", ".join(name for name in names if name) or _first_words(row),
        born_on=values.get("born_on"),
        nhs_number=values.get("nhs_number") or "",
        client_group=dict(ClientGroup.choices).get(values.get("client_group"), ""),
        section=values.get("section") or "",
        entitled_from=values.get("entitled_from"),
        last_reviewed_on=values.get("last_reviewed_on"),
        next_review_due=values.get("next_review_due"),
        provider=values.get("provider") or "",
        weekly_cost=values.get("weekly_cost"),
        icb_share=None if share is None else Fraction(share) / 100,
        is_out_of_area=bool(values.get("out_of_area")),
        comments=values.get("comments") or "",
        state=_state(row),
        why=_why(row),
        case=row.case,
        is_open=row.outcome in (RowOutcome.READY, RowOutcome.WAITING),
    )


def _state(row: ImportRow) -> tuple[str, str]:
    label = row.get_outcome_display()
    if row.effect and row.outcome in (RowOutcome.READY, RowOutcome.IMPORTED):
        label = f"{label}: {_EFFECTS[row.effect]}"
    return label, COLOURS[row.outcome]


def _why(row: ImportRow) -> list[str]:
    if row.outcome == RowOutcome.SKIPPED:
        return [row.skip_reason]
    if row.outcome == RowOutcome.WAITING:
        return [why(problem["problem"], problem["field"]) for problem in stopping(row)]
    return [note["sentence"] for note in row.problems]


def _first_words(row: ImportRow) -> str:
    return ", ".join(str(cell) for cell in row.cells if cell not in {None, ""})[:60]


_EFFECTS = {
    RowEffect.NEW: "new case",
    RowEffect.UPDATED: "updates a case",
    RowEffect.UNCHANGED: "no change",
}
