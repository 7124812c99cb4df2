"""Who a page is about: the same facts in the same order everywhere."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from cohorts.models.cases import Case
from core.dates import age_on
from core.identifiers import format_nhs_number


@dataclass(frozen=True)
class Identity:
    """What the identity bar shows."""

    case_id: UUID
    family_name: str
    given_names: str
    born_on: date
    age: int
    nhs_number: str  # as read aloud, or why there is none
    reference: str
    client_group: str
    alerts: tuple[str, ...]
    url: str


def identity(case: Case, today: date) -> Identity:
    """Return the identity bar of a case; needs its patient and detention selected."""
    patient = case.patient
    return Identity(
        case_id=case.pk,
        family_name=patient.family_name,
        given_names=patient.given_names,
        born_on=patient.born_on,
        age=age_on(patient.died_on or today, patient.born_on),
        nhs_number=format_nhs_number(patient.nhs_number)
        if patient.nhs_number
        else f"none: {patient.get_no_number_reason_display().lower()}",
        reference=case.reference,
        client_group=patient.get_client_group_display(),
        alerts=tuple(_alerts(case)),
        url=reverse("casework:case_file", args=[case.pk]),
    )


def _alerts(case: Case) -> list[str]:
    alerts = []
    if case.patient.died_on:
        alerts.append("Died")
    if case.detention and case.detention.is_on_cto:
        alerts.append("CTO")
    if case.detention and "/" in case.detention.section:
        alerts.append("Restricted")
    if case.is_out_of_area:
        alerts.append("Out of area")
    if case.ended_on:
        alerts.append("Ended")
    return alerts
