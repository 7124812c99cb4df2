"""Storing the people of a register: new cases opened, those that are here brought up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.enums import Event, ImportStatus, RowEffect, RowOutcome
from cohorts.models.cases import Case
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.models.people import Detention, Patient
from cohorts.operations.cases import next_references
from cohorts.policy import register_match as match
from cohorts.policy.register_rows import values_from_json
from cohorts.policy.register_text import Problem
from cohorts.queries.import_preview import counts
from cohorts.queries.register_reading import (
    BATCH,
    People,
    Progress,
    batches,
    coordinators_of,
    effect_of,
    unseen,
)

_PATIENT_COLUMNS = [
    "client_group",
    "postcode",
    "gp_practice",
    "local_reference",
    "nhs_number",
    "no_number_reason",
]
_CASE_COLUMNS = [
    "last_reviewed_on",
    "next_review_due",
    "is_out_of_area",
    "care_coordinator",
    "coordinator_in_register",
]


class RowsLost(Exception):
    """Rows in are not rows imported, waiting and skipped: nothing may be kept of such an import."""


@dataclass(frozen=True)
class TakenRow:
    """A row that is stored, with its case and what it said."""

    row: ImportRow
    case: Case
    values: match.Values


@dataclass
class Taken:
    """What storing rows came to."""

    rows: list[TakenRow] = field(default_factory=list)
    waiting: int = 0


@transaction.atomic
def store_people(
    *, register_import: RegisterImport, day: date, progress: Progress = unseen
) -> Taken:
    """Store the ready rows of an import as people, detentions and cases.

    Who is here already is recognised and gets only what changed; what contradicts the register by
    now waits. The operation that calls this, for the whole import, makes its line in the record.
    """
    partnership = Partnership.objects.select_for_update().get(pk=register_import.partnership_id)
    coordinators = coordinators_of(partnership, day=day)
    ready = list(register_import.rows.ready().order_by("number"))
    taken = Taken()
    for batch in batches(ready):
        _store(batch, partnership, coordinators, taken)
        progress(len(taken.rows) + taken.waiting, len(ready))
    if len(taken.rows) + taken.waiting != len(ready) or register_import.rows.ready().exists():
        raise RowsLost(f"{len(ready)} rows were ready, {len(taken.rows)} are stored")
    return taken


@transaction.atomic
def finish_import(
    *, register_import: RegisterImport, taken: Taken, by: User, at: datetime
) -> RegisterImport:
    """Close an import whose rows are in, and name its cases in the record."""
    register_import = RegisterImport.objects.select_for_update(of=("self",)).get(
        pk=register_import.pk
    )
    if register_import.status == ImportStatus.CONFIRMED:
        register_import.become(ImportStatus.DONE)
        register_import.done_at = at
        register_import.save(update_fields=["status", "done_at"])
    changed = {RowEffect.NEW: "new", RowEffect.UPDATED: "updated"}
    cases = {
        word: sorted(one.case.reference for one in taken.rows if one.row.effect == effect)
        for effect, word in changed.items()
    }
    record(
        Event.REGISTER_IMPORTED,
        on=register_import,
        by=by,
        at=at,
        **cases,
        **counts(register_import),
    )
    return register_import


def _store(
    rows: list[ImportRow],
    partnership: Partnership,
    coordinators: Mapping[str, object],
    taken: Taken,
) -> None:
    read = [(row, values_from_json(row.values)) for row in rows]
    people = People(partnership, [values for _, values in read])
    opening, changed_patients, changed_cases = [], [], []
    for row, values in read:
        patient, case = people.find(values)
        known = people.known(values)
        stops = list(match.objections(values, known)) if known else []
        if stops:
            _let_wait(row, stops)
            taken.waiting += 1
            continue
        row.effect = effect_of(values, known, coordinators)
        if known and patient:
            brings = match.changes(values, known, coordinators)
            changed_patients += _changed(patient, brings.patient)
            if case and row.effect != RowEffect.NEW:
                changed_cases += _changed(case, brings.case)
                _take(row, case)
                taken.rows.append(TakenRow(row, case, values))
        if row.effect == RowEffect.NEW:
            opening.append((row, values, patient))
    Patient.objects.bulk_update(changed_patients, _PATIENT_COLUMNS, batch_size=BATCH)
    Case.objects.bulk_update(changed_cases, _CASE_COLUMNS, batch_size=BATCH)
    taken.rows += _open_cases(opening, partnership, coordinators)
    ImportRow.objects.bulk_update(rows, ["outcome", "problems", "effect", "case"], batch_size=BATCH)


def _open_cases(
    opening: list[tuple[ImportRow, dict[str, object], Patient | None]],
    partnership: Partnership,
    coordinators: Mapping[str, object],
) -> list[TakenRow]:
    patients = [patient or _as_patient(values, partnership) for _, values, patient in opening]
    Patient.objects.bulk_create(
        [patient for patient in patients if patient._state.adding], batch_size=BATCH
    )
    pairs = list(zip(patients, (values for _, values, _ in opening), strict=True))
    detentions = Detention.objects.bulk_create(
        [_as_detention(values, patient) for patient, values in pairs], batch_size=BATCH
    )
    references = next_references(partnership, len(opening))
    cases = Case.objects.bulk_create(
        [
            Case(
                partnership=partnership,
                patient=patient,
                detention=detention,
                reference=reference,
                **match.as_case(values, coordinators),
            )
            for (patient, values), detention, reference in zip(
                pairs, detentions, references, strict=True
            )
        ],
        batch_size=BATCH,
    )
    taken = []
    for (row, values, _), case in zip(opening, cases, strict=True):
        _take(row, case)
        taken.append(TakenRow(row, case, values))
    return taken


def _as_patient(values: match.Values, partnership: Partnership) -> Patient:
    return Patient(
        partnership=partnership,
        nhs_number=values["nhs_number"],
        no_number_reason=values["no_number_reason"] or "",
        family_name=values["family_name"],
        given_names=values["given_names"],
        born_on=values["born_on"],
        client_group=values["client_group"],
        postcode=values["postcode"] or "",
        gp_practice=values["gp_practice"] or "",
        local_reference=values["local_reference"] or "",
    )


def _as_detention(values: match.Values, patient: Patient) -> Detention:
    return Detention(
        patient=patient,
        legal_status=values["legal_status"],
        section=values["section"],
        detained_on=values["detained_on"],
        ceased_on=values["left_hospital_on"],
        left_hospital_on=values["left_hospital_on"],
    )


def _take(row: ImportRow, case: Case) -> None:
    row.outcome, row.case = RowOutcome.IMPORTED, case


def _let_wait(row: ImportRow, problems: Sequence[Problem]) -> None:
    row.outcome, row.effect = RowOutcome.WAITING, ""
    row.problems = [
        *(
            {
                "field": problem.field,
                "problem": problem.word,
                "sentence": problem.sentence,
                "value": row.values.get(problem.field) or "",
            }
            for problem in problems
        ),
        *row.problems,
    ]


def _changed(record_: Patient | Case, brings: Mapping[str, object]) -> list[Patient | Case]:
    for column, value in brings.items():
        setattr(record_, column, value)
    return [record_] if brings else []
