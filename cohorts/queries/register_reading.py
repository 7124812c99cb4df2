"""Reads a register against the people who are here: what each row is, and what it would do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from django.db.models import Q

from accounts.models import Membership, Partnership
from cohorts.enums import RowEffect
from cohorts.models.cases import Case
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.models.people import Patient
from cohorts.policy import register_match as match
from cohorts.policy.register_columns import (
    Mapping as Columns,
)
from cohorts.policy.register_columns import (
    SheetRow,
    heading_words,
    mapping_from_json,
    propose_mapping,
)
from cohorts.policy.register_rows import (
    Outcome,
    RegisterRow,
    fields_of,
    read_fields,
    read_row,
    values_as_json,
)
from cohorts.policy.register_text import Problem, as_stored, as_text
from cohorts.queries.register_file import open_register

BATCH = 1000
SAMPLE = 50
LEFT_OUT = "left_out"  # a correction like the others: the person's reason for leaving the row out

Progress = Callable[[int, int], None]


def unseen(done: int, of: int) -> None:
    """Show progress to nobody."""


@dataclass(frozen=True)
class SourceRow:
    """One row as the file has it, and what a person typed instead."""

    number: int
    cells: Sequence[object]
    corrections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class JudgedRow:
    """A row as it was understood, and what it would do to the register."""

    row: RegisterRow
    effect: str
    corrections: dict[str, str]

    def stored(self, row: ImportRow) -> ImportRow:
        """Put what was understood into a row of an import; the caller saves it."""
        row.cells = list(self.row.cells)
        row.corrections = self.corrections
        row.values = values_as_json(self.row.values)
        row.problems = [self._problem(problem) for problem in (*self.row.problems, *self.row.notes)]
        row.outcome = str(self.row.outcome)
        row.skip_reason = str(self.row.skip_reason)[:80]
        row.effect = self.effect
        return row

    def _problem(self, problem: Problem) -> dict[str, object]:
        return {
            "field": problem.field,
            "problem": problem.word,
            "sentence": problem.sentence,
            "value": self.row.said.get(problem.field, ""),
        } | ({} if problem.stops else {"stops": False})


@dataclass(frozen=True)
class Reading:
    """A file as it was read: which sheet, which columns, and every row."""

    sheet: str
    columns: Columns
    rows: list[JudgedRow]


def read_file(
    *,
    content: bytes,
    name: str,
    partnership: Partnership,
    today: date,
    progress: Progress = unseen,
) -> Reading:
    """Read a file for a partnership, with the columns it chose last time for such headings.

    Raises UnreadableRegister with a sentence for people.
    """
    register = open_register(content, name)
    rows = list(register.rows())
    place = next(n for n, (number, _) in enumerate(rows) if number == register.header_row)
    columns = propose_mapping(rows[place], rows[place + 1 : place + 1 + SAMPLE])
    columns = as_chosen_before(columns, partnership)
    sources = [SourceRow(number, list(cells)) for number, cells in rows]
    judged = read_sources(sources, columns, partnership, today=today, progress=progress)
    return Reading(register.sheet, columns, judged)


def as_chosen_before(columns: Columns, partnership: Partnership) -> Columns:
    """Return the columns as the partnership chose them for its last file with these headings."""
    headings = [heading_words(column.heading) for column in columns.columns]
    earlier = RegisterImport.objects.filter(partnership=partnership).exclude(columns=[])
    for stored in earlier.order_by("-uploaded_at").values_list("columns", flat=True)[:20]:
        before = mapping_from_json(0, stored).columns
        if [heading_words(column.heading) for column in before] == headings:
            pairs = zip(columns.columns, before, strict=True)
            return columns.with_fields({now.index: then.field for now, then in pairs if then.field})
    return columns


def columns_of(register_import: RegisterImport) -> Columns:
    """Return the columns of an import as they are chosen now."""
    return mapping_from_json(register_import.header_row or 0, register_import.columns)


def read_sources(
    sources: Sequence[SourceRow],
    columns: Columns,
    partnership: Partnership,
    *,
    today: date,
    taken: Iterable[tuple[tuple[object, ...], int]] = (),
    progress: Progress = unseen,
) -> list[JudgedRow]:
    """Read rows as people; of rows that name one person, all but the first wait.

    `taken` are the people of rows that are stored already, with those rows' numbers.
    """
    first, judged = dict(taken), []
    coordinators = coordinators_of(partnership, day=today)
    for batch in batches(sources):
        read = [_read(source, columns, today=today) for source in batch]
        people = People(partnership, [row.values for row in read if row.values])
        for source, row in zip(batch, read, strict=True):
            judged.append(_judge(_one_of_twins(row, first), source, people, coordinators))
        progress(len(judged), len(sources))
    return judged


def batches(rows: Iterable[object]) -> Iterator[list[object]]:
    """Yield rows a thousand at a time."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def coordinators_of(partnership: Partnership, *, day: date) -> dict[str, object]:
    """Return the people who work here by name, without those who share theirs with another."""
    found: dict[str, set[object]] = {}
    members = Membership.objects.active_on(day).filter(partnership=partnership)
    for name, user in members.values_list("user__name", "user"):
        found.setdefault(name.casefold(), set()).add(user)
    return {name: users.pop() for name, users in found.items() if len(users) == 1}


class People:
    """The people on a register whom some rows may mean, each with their latest case."""

    def __init__(self, partnership: Partnership, rows: Sequence[match.Values]) -> None:
        numbers = {values["nhs_number"] for values in rows if values.get("nhs_number")}
        births = {values["born_on"] for values in rows if values.get("no_number_reason")}
        by_birth = Q(nhs_number__isnull=True) | Q(born_on__in=births - {None})
        here = Patient.objects.filter(partnership=partnership)
        patients = [*here.filter(nhs_number__in=numbers), *here.filter(by_birth)]
        cases = Case.objects.filter(patient__in={patient.pk for patient in patients})
        self._cases = {case.patient_id: case for case in cases.order_by("entitled_from", "pk")}
        self._cases |= {key: case for case in cases if case.is_open for key in [case.patient_id]}
        self._by_number = {patient.nhs_number: patient for patient in patients}
        self._by_names: dict[tuple[object, ...], Patient] = {}
        for patient in sorted(patients, key=lambda patient: patient.nhs_number is None):
            self._by_names[match.names_and_birth(vars(patient))] = patient

    def find(self, values: match.Values) -> tuple[Patient | None, Case | None]:
        """Return the person a row means, and their latest case, where there are such."""
        number = values.get("nhs_number")
        patient = self._by_number.get(number) if number else None
        if patient is None and match.identity_of(values):
            namesake = self._by_names.get(match.names_and_birth(values))
            is_free = namesake and not (number and namesake.nhs_number)
            patient = namesake if is_free else None
        return patient, self._cases.get(patient.pk) if patient else None

    def known(self, values: match.Values) -> match.Known | None:
        """Return what the register holds of the person a row means."""
        patient, case = self.find(values)
        return match.Known(vars(patient), vars(case) if case else None) if patient else None


def effect_of(
    values: match.Values, known: match.Known | None, coordinators: Mapping[str, object]
) -> RowEffect:
    """Return what a row would do to the register."""
    if known is None or known.case is None or known.case["ended_on"] is not None:
        return RowEffect.NEW
    brings = match.changes(values, known, coordinators)
    return RowEffect.UPDATED if brings else RowEffect.UNCHANGED


def _read(source: SourceRow, columns: Columns, *, today: date) -> RegisterRow:
    row: SheetRow = (source.number, source.cells)
    if LEFT_OUT in source.corrections:
        read = RegisterRow(source.number, Outcome.SKIPPED, skip_reason=source.corrections[LEFT_OUT])
    elif source.corrections:
        said = fields_of(source.cells, columns) | source.corrections
        read = read_fields(
            said, number=source.number, today=today, council_first=columns.council_first
        )
    else:
        read = read_row(row, columns, today=today)
    if read.values and not as_text(read.said.get("out_of_area")):
        read.values["out_of_area"] = None  # an empty cell says neither yes nor no
    return replace(read, cells=tuple(as_stored(cell) for cell in source.cells))


def _one_of_twins(row: RegisterRow, first: dict[tuple[object, ...], int]) -> RegisterRow:
    same = next((name for name in match.sought_as(row.values) if name in first), None)
    twin = first[same] if same else row.number
    for name in match.known_as(row.values):
        first.setdefault(name, row.number)
    if not same:
        return row
    sentence = f"Row {twin} has the same NHS number; correct one of them, or leave this row out"
    if len(same) > 1:
        sentence = f"Row {twin} names the same person; correct one of them, or leave this row out"
    problem = Problem("nhs_number_duplicate", "nhs_number", sentence)
    return replace(row, outcome=Outcome.WAITING, problems=(*row.problems, problem))


def _judge(
    row: RegisterRow, source: SourceRow, people: People, coordinators: Mapping[str, object]
) -> JudgedRow:
    if row.outcome == Outcome.SKIPPED:
        return JudgedRow(row, "", source.corrections)
    known = people.known(row.values)
    if known:
        stops = tuple(match.objections(row.values, known)) if row.outcome == Outcome.READY else ()
        row = replace(
            row,
            outcome=Outcome.WAITING if stops else row.outcome,
            problems=(*row.problems, *stops),
            notes=(*row.notes, *match.notes(row.values, known)),
        )
    is_ready = row.outcome == Outcome.READY
    effect = effect_of(row.values, known, coordinators) if is_ready else ""
    return JudgedRow(row, effect, source.corrections)
