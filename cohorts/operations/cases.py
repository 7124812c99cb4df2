"""Putting a person on the register, and taking the case from opening to its end."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.enums import EndReason, Event
from cohorts.models.cases import Case, Enrolment
from cohorts.models.people import Detention, Patient
from core.refusals import Refused


@transaction.atomic
def register_patient(
    *,
    partnership: Partnership,
    family_name: str,
    given_names: str,
    born_on: date,
    client_group: str,
    nhs_number: str | None = None,
    no_number_reason: str = "",
    by: User | None,
    at: datetime,
    **details: Any,
) -> Patient:
    """Put a person on the register; `details` are postcode, gp_practice, local_reference."""
    try:
        with transaction.atomic():
            patient = Patient.objects.create(
                partnership=partnership,
                family_name=family_name,
                given_names=given_names,
                born_on=born_on,
                client_group=client_group,
                nhs_number=nhs_number or None,
                no_number_reason=no_number_reason,
                **details,
            )
    except IntegrityError as error:
        raise Refused("Somebody on this register already has this NHS number.") from error
    record(Event.PATIENT_REGISTERED, on=patient, by=by, at=at)
    return patient


@transaction.atomic
def open_case(
    *,
    patient: Patient,
    detention: Detention | None,
    entitled_from: date,
    care_coordinator: User | None = None,
    is_out_of_area: bool = False,
    last_reviewed_on: date | None = None,
    next_review_due: date | None = None,
    by: User | None,
    at: datetime,
) -> Case:
    """Begin a period of entitlement.

    It starts on the day on which the person has ceased to be detained and left hospital
    (Mental Health Act 1983 s.117(1); cohorts.policy.entitlement.entitled_from).
    """
    Partnership.objects.select_for_update().get(pk=patient.partnership_id)
    if Case.objects.open().filter(patient=patient).exists():
        raise Refused("This person has an open case already.")
    case = Case.objects.create(
        partnership_id=patient.partnership_id,
        patient=patient,
        detention=detention,
        reference=next_references(patient.partnership, 1)[0],
        entitled_from=entitled_from,
        care_coordinator=care_coordinator,
        is_out_of_area=is_out_of_area,
        last_reviewed_on=last_reviewed_on,
        next_review_due=next_review_due,
    )
    record(Event.CASE_OPENED, on=case, by=by, at=at, entitled_from=entitled_from)
    return case


def next_references(partnership: Partnership, count: int) -> list[str]:
    """Return the next free case references: EM-0418, EM-0419 …; hold the partnership's lock."""
    last = (
        Case.objects.in_partnership(partnership)
        .order_by(Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    number = int(re.sub(r"\D", "", last)) if last else 0
    return [f"{partnership.reference_prefix}-{number + n:04d}" for n in range(1, count + 1)]


@transaction.atomic
def name_coordinator(
    *, cases: Iterable[Case], coordinator: User | None, by: User | None, at: datetime
) -> int:
    """Give cases to a care coordinator, or to nobody; one line of the record names them all."""
    chosen = Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases])
    references = list(chosen.order_by("reference").values_list("reference", flat=True))
    first = chosen.first()
    if first is None:
        return 0
    chosen.update(care_coordinator=coordinator)
    record(
        Event.COORDINATOR_NAMED,
        on=first,
        by=by,
        at=at,
        cases=references,
        coordinator=coordinator.pk if coordinator else None,
    )
    return len(references)


@transaction.atomic
def end_case(
    *, case: Case, ended_on: date, reason: EndReason, by: User | None, at: datetime
) -> Case:
    """Close a period of entitlement; the history stays, the chasing stops."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.ended_on is not None:
        raise Refused("This case has ended already.")
    case.ended_on, case.end_reason = ended_on, reason
    case.save(update_fields=["ended_on", "end_reason"])
    Enrolment.objects.filter(case=case, ends_on__isnull=True).update(
        ends_on=max(ended_on, case.entitled_from)
    )
    record(Event.CASE_ENDED, on=case, by=by, at=at, ended_on=ended_on, reason=reason)
    return case


def note_seen(*, case: Case, page: str, by: User, at: datetime) -> None:
    """Record that a person opened a page about a case."""
    record(Event.CASE_SEEN, on=case, by=by, at=at, page=page)


def note_list_seen(
    *, partnership: Partnership, references: Iterable[str], page: str, by: User, at: datetime
) -> None:
    """Record whose names a person was shown in a list."""
    shown = list(references)
    if shown:
        record(Event.LIST_SEEN, on=partnership, by=by, at=at, page=page, cases=shown)
