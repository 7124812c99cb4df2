"""Turns the rows of a register into people: ready, waiting for somebody, or skipped with a word.

Every row in has exactly one outcome. Nothing is guessed: what cannot be read, and what contradicts
itself, waits with a sentence that says what to do.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cohorts.policy.entitlement import LEGAL_STATUSES, entitled_from
from cohorts.policy.register_amounts import read_percent, read_shares, read_weekly_cost
from cohorts.policy.register_cells import (
    read_client_group,
    read_ethnic_category,
    read_free_text,
    read_full_name,
    read_gp_practice,
    read_name,
    read_nhs_number,
    read_postcode,
    read_reason,
    read_section,
    read_words,
    read_yes_no,
)
from cohorts.policy.register_columns import Mapping, SheetRow, is_repeated_header
from cohorts.policy.register_dates import read_birth_date, read_date
from cohorts.policy.register_text import Cell, Problem, as_stored, as_text, is_nothing, is_unknown

NO_NUMBER_REASONS = {
    "nhs-number-not-known": "Not known, being traced",
    "overseas-patient": "From overseas",
    "devolved-nation": "Registered in Scotland or Northern Ireland",
}
_TOTALS = re.compile(
    r"^(grand |sub[\s-]?|overall )?totals?\b|^(sum|count|average|mean)\b"
    r"|\bno\.? of (clients|patients|people)\b",
    re.IGNORECASE,
)
_WHO = ("nhs_number", "family_name", "given_names", "full_name", "born_on")
_DATES = ("detained_on", "left_hospital_on", "last_reviewed_on", "next_review_due")
_DAYS = frozenset({"born_on", "entitled_from", *_DATES})
_MONEY = frozenset({"weekly_cost", "health_share"})


class Outcome(StrEnum):
    READY = "ready"
    WAITING = "waiting"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    TITLE = "Title above the headings"
    HEADINGS = "Row of headings"
    BLANK = "Blank row"
    TOTALS = "Totals row"
    NOBODY = "Names no person"


@dataclass(frozen=True)
class RegisterRow:
    """One row of the sheet as it was understood."""

    number: int
    outcome: Outcome
    values: dict[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()  # what stops the row
    notes: tuple[Problem, ...] = ()  # what a person should see, though the row goes in
    said: dict[str, str] = field(default_factory=dict)  # field -> what the file, or a person, said
    skip_reason: str = ""
    cells: tuple[str | int | float | bool | None, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the row as plain JSON: days as 2018-01-30, amounts and shares as text."""
        return {
            "row": self.number,
            "outcome": str(self.outcome),
            "values": values_as_json(self.values),
            "problems": self.problems_as_json(),
            "notes": [self._problem_as_json(note) for note in self.notes],
            "skip_reason": self.skip_reason,
            "cells": list(self.cells),
        }

    def problems_as_json(self) -> list[dict[str, object]]:
        """Return what stops the row, in the words of `import_register --format json`."""
        return [self._problem_as_json(problem) for problem in self.problems]

    def _problem_as_json(self, problem: Problem) -> dict[str, object]:
        return {
            "row": self.number,
            "field": problem.field,
            "problem": problem.word,
            "sentence": problem.sentence,
            "value": self.said.get(problem.field, ""),
        }


def read_rows(rows: Iterable[SheetRow], mapping: Mapping, *, today: date) -> list[RegisterRow]:
    """Read every row of a sheet; of rows that share an NHS number, all but the first wait."""
    return list(_without_twins(read_row(row, mapping, today=today) for row in rows))


def read_row(row: SheetRow, mapping: Mapping, *, today: date) -> RegisterRow:
    """Read one row of a sheet."""
    number, cells = row
    stored = tuple(as_stored(cell) for cell in cells)
    reason = _skip_reason(number, cells, mapping)
    if reason:
        return RegisterRow(number, Outcome.SKIPPED, skip_reason=reason, cells=stored)
    read = read_fields(
        fields_of(cells, mapping),
        number=number,
        today=today,
        council_first=mapping.council_first,
    )
    return replace(read, cells=stored)


def fields_of(cells: Sequence[object], mapping: Mapping) -> dict[str, object]:
    """Return what a row says for each field; several comments become one, line by line."""
    raw: dict[str, object] = {}
    for index, name in mapping.fields().items():
        cell = cells[index] if index < len(cells) else None
        if name == "comments":
            said = [text for text in (as_text(raw.get(name)), as_text(cell)) if text]
            raw[name] = "\n".join(said)
        elif name not in raw or as_text(raw[name]) == "":
            raw[name] = cell
    return raw


def read_fields(
    raw: dict[str, object], *, number: int, today: date, council_first: bool = False
) -> RegisterRow:
    """Read a person from what the file, or a person correcting it, says for each field."""
    cells = _read_cells(raw, today=today, council_first=council_first)
    values = {name: cell.value for name, cell in cells.items()}
    found = [cell.problem for cell in cells.values() if cell.problem]
    _settle(values, found)
    found += _contradictions(values, today=today, known={problem.field for problem in found})
    problems = tuple(problem for problem in found if problem.stops)
    return RegisterRow(
        number,
        Outcome.WAITING if problems else Outcome.READY,
        values,
        problems,
        tuple(problem for problem in found if not problem.stops),
        {name: as_text(said) for name, said in raw.items()},
    )


def values_as_json(values: dict[str, object]) -> dict[str, object]:
    """Return values as plain JSON."""
    return {
        name: value if isinstance(value, bool | str) or value is None else str(value)
        for name, value in values.items()
    }


def values_from_json(stored: dict[str, object]) -> dict[str, object]:
    """Return the values that `values_as_json` stored, as days, amounts and words again."""
    return {name: _from_json(name, value) for name, value in stored.items()}


def _from_json(name: str, value: object) -> object:
    if isinstance(value, str) and name in _DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(value, str) and name in _MONEY else value


def _skip_reason(number: int, cells: Sequence[object], mapping: Mapping) -> str:
    texts = [text for cell in cells if (text := as_text(cell))]
    if not texts:
        return SkipReason.BLANK
    if number < mapping.header_row:
        return SkipReason.TITLE
    if number == mapping.header_row or is_repeated_header(cells, mapping):
        return SkipReason.HEADINGS
    if _holds_a_person(fields_of(cells, mapping)):
        return ""
    return SkipReason.TOTALS if any(_TOTALS.search(text) for text in texts) else SkipReason.NOBODY


def _holds_a_person(raw: dict[str, object]) -> bool:
    """Test for a row in which somebody is named, numbered or born."""
    said = {name: as_text(raw.get(name)) for name in _WHO}
    names = [said["family_name"], said["given_names"], said["full_name"]]
    numbers = [said["nhs_number"], said["born_on"]]
    if any(_may_be_a_name(name) for name in names):
        return True
    if any(_TOTALS.search(text) for text in said.values()):
        return False
    return any(sum(letter.isdigit() for letter in text) >= 6 for text in numbers)


def _may_be_a_name(text: str) -> bool:
    says_nothing = is_nothing(text) or is_unknown(text) or _TOTALS.search(text)
    return not says_nothing and any(letter.isalpha() for letter in text)


def _read_cells(
    raw: dict[str, object], *, today: date, council_first: bool
) -> dict[str, Cell[object]]:
    cells: dict[str, Cell[object]] = {}

    def put(
        name: str, cell: Cell[object] | Cell[str] | Cell[date] | Cell[Decimal] | Cell[bool]
    ) -> None:
        cells[name] = Cell(cell.value, cell.text, cell.problem)

    put("nhs_number", read_nhs_number(raw.get("nhs_number")))
    put("no_number_reason", read_reason(raw.get("no_number_reason"), NO_NUMBER_REASONS))
    for name, cell in _read_names(raw).items():
        put(name, cell)
    put("born_on", read_birth_date(raw.get("born_on"), today=today))
    put("client_group", read_client_group(raw.get("client_group")))
    put("section", read_section(raw.get("section")))
    for name in _DATES:
        put(name, read_date(raw.get(name), name, today=today))
    put("weekly_cost", read_weekly_cost(raw.get("weekly_cost")))
    put("shares", read_shares(raw.get("shares"), council_first=council_first))
    put("health_share", read_percent(raw.get("health_share"), "health_share"))
    put("la_share", read_percent(raw.get("la_share"), "la_share"))
    put("out_of_area", read_yes_no(raw.get("out_of_area"), "out_of_area"))
    for name, reader in _OTHERS.items():
        put(name, reader(raw.get(name)))
    return cells


_OTHERS: dict[str, Callable[[object], Cell[str]]] = {
    "care_coordinator": lambda value: read_words(value, "care_coordinator", longest=120),
    "provider": lambda value: read_words(value, "provider", longest=120),
    "postcode": read_postcode,
    "local_reference": lambda value: read_words(value, "local_reference", longest=40),
    "gp_practice": read_gp_practice,
    "ethnic_category": read_ethnic_category,
    "comments": read_free_text,
}


def _read_names(raw: dict[str, object]) -> dict[str, Cell[str]]:
    """Read the names; the columns for each win over the one for both, as does a correction."""
    apart = {name: as_text(raw.get(name)) for name in ("family_name", "given_names")}
    together = as_text(raw.get("full_name"))
    if not together or all(apart.values()):
        return {name: read_name(raw.get(name), name) for name in apart}
    family, given = read_full_name(raw.get("full_name"))
    return {
        "family_name": read_name(raw["family_name"], "family_name")
        if apart["family_name"]
        else family,
        "given_names": read_name(raw["given_names"], "given_names")
        if apart["given_names"]
        else given,
    }


def _settle(values: dict[str, object], found: list[Problem]) -> None:
    """Bring together what several columns say of one thing."""
    if values["no_number_reason"] and values["nhs_number"] is None:
        found[:] = [problem for problem in found if problem.word != "nhs_number_missing"]
    elif values["nhs_number"]:
        values["no_number_reason"] = None
    code = values.pop("section")
    values["legal_status"] = code
    values["section"] = LEGAL_STATUSES[code].short if isinstance(code, str) else None
    values["out_of_area"] = bool(values["out_of_area"])
    _settle_shares(values, found)
    left = values["left_hospital_on"]
    values["entitled_from"] = entitled_from(left, left) if isinstance(left, date) else None


def _settle_shares(values: dict[str, object], found: list[Problem]) -> None:
    together, health, council = (
        values.pop("shares"),
        values.pop("health_share"),
        values.pop("la_share"),
    )
    said = [share for share in (together, health) if isinstance(share, Decimal)]
    if isinstance(council, Decimal):
        said.append(100 - council)
    values["health_share"] = said[0] if said else None
    if len(set(said)) > 1:
        sentence = "The shares do not add up to 100; correct them"
        found.append(Problem("shares_not_100", "health_share", sentence))


def _contradictions(
    values: dict[str, object], *, today: date, known: set[str]
) -> Iterator[Problem]:
    """Yield what the dates of a row say against each other or against the calendar."""
    if values["left_hospital_on"] is None and "left_hospital_on" not in known:
        sentence = "Type the day the person left hospital: entitlement begins then"
        yield Problem("left_hospital_on_missing", "left_hospital_on", sentence)
    for name, sentence in _NOT_AHEAD.items():
        if _is_after(values[name], today):
            yield Problem(f"{name}_in_future", name, sentence)
    for earlier, later, word, sentence in _IN_ORDER:
        if _is_after(values[earlier], values[later]):
            yield Problem(word, later, sentence)


_NOT_AHEAD = {
    "left_hospital_on": "This day is in the future; entitlement begins on leaving hospital",
    "detained_on": "This day is in the future; correct it",
    "last_reviewed_on": "A review cannot have been held in the future; correct the date",
}
_BEFORE_BIRTH = "This is before the date of birth; correct one of them"
_IN_ORDER = (
    ("born_on", "detained_on", "detained_before_birth", _BEFORE_BIRTH),
    ("born_on", "left_hospital_on", "left_hospital_before_birth", _BEFORE_BIRTH),
    (
        "detained_on",
        "left_hospital_on",
        "left_hospital_before_detention",
        "This is before the date of detention; correct one of them",
    ),
    (
        "entitled_from",
        "last_reviewed_on",
        "review_before_entitlement",
        "This review was held before the case began; correct the date, or leave it empty",
    ),
    (
        "last_reviewed_on",
        "next_review_due",
        "due_before_last_review",
        "The next review is due before the last one was held; correct one of the dates",
    ),
    (
        "entitled_from",
        "next_review_due",
        "due_before_entitlement",
        "The next review is due before the case began; correct the date",
    ),
)


def _is_after(earlier: object, later: object) -> bool:
    return isinstance(earlier, date) and isinstance(later, date) and earlier > later


def _without_twins(rows: Iterable[RegisterRow]) -> Iterator[RegisterRow]:
    first: dict[object, int] = {}
    for row in rows:
        nhs_number = row.values.get("nhs_number")
        twin = first.setdefault(nhs_number, row.number) if nhs_number else row.number
        yield row if twin == row.number else _as_twin(row, of=twin)


def _as_twin(row: RegisterRow, *, of: int) -> RegisterRow:
    sentence = f"Row {of} has the same NHS number; correct one of them, or leave this row out"
    twin = Problem("nhs_number_duplicate", "nhs_number", sentence)
    return replace(row, outcome=Outcome.WAITING, problems=(*row.problems, twin))
