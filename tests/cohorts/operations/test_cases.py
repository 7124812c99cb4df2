from datetime import date

import pytest
from django.db import IntegrityError

from audit.models import AuditEvent
from cohorts.models.cases import Case, Enrolment
from cohorts.operations.cases import (
    end_case,
    name_coordinator,
    next_references,
    open_case,
    register_patient,
)
from cohorts.operations.cohorts import place_cases
from core.refusals import Refused
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, CohortFactory, CohortRuleFactory, PatientFactory

PERSON = {
    "family_name": "Ashworth",
    "given_names": "Marian",
    "born_on": date(1967, 6, 12),
    "client_group": "MH",
    "nhs_number": "9990000018",
}


def test_register_patient_is_audited_without_the_person(cast):
    patient = register_patient(partnership=cast.eastmere, **PERSON, by=cast.asha, at=NOON)

    line = AuditEvent.objects.get(event="cohorts.patient_registered")
    assert (line.target_id, line.detail) == (str(patient.pk), {})


def test_register_patient_twice_is_refused(cast):
    register_patient(partnership=cast.eastmere, **PERSON, by=cast.asha, at=NOON)

    with pytest.raises(Refused, match="already has this NHS number"):
        register_patient(partnership=cast.eastmere, **PERSON, by=cast.asha, at=NOON)


def test_the_same_person_may_be_on_two_registers(cast):
    register_patient(partnership=cast.eastmere, **PERSON, by=cast.asha, at=NOON)
    register_patient(partnership=cast.merebridge, **PERSON, by=cast.dev, at=NOON)

    assert AuditEvent.objects.filter(event="cohorts.patient_registered").count() == 2


def test_open_case_takes_the_next_reference(cast):
    CaseFactory(partnership=cast.eastmere, reference="EM-0417")
    patient = PatientFactory(partnership=cast.eastmere)

    case = open_case(
        patient=patient, detention=None, entitled_from=date(2022, 2, 14), by=cast.asha, at=NOON
    )

    assert case.reference == "EM-0418"


def test_open_case_refuses_a_second_open_one(cast):
    case = CaseFactory(partnership=cast.eastmere)

    with pytest.raises(Refused, match="open case already"):
        open_case(patient=case.patient, detention=None, entitled_from=TODAY, by=cast.asha, at=NOON)


def test_references_go_on_past_ten_thousand(cast):
    CaseFactory(partnership=cast.eastmere, reference="EM-9999")
    CaseFactory(partnership=cast.eastmere, reference="EM-10000")

    assert next_references(cast.eastmere, 2) == ["EM-10001", "EM-10002"]


def test_name_coordinator_writes_one_line_for_all(cast):
    cases = [CaseFactory(partnership=cast.eastmere) for _ in range(3)]

    moved = name_coordinator(cases=cases, coordinator=cast.asha, by=cast.paula, at=NOON)

    line = AuditEvent.objects.get(event="cohorts.coordinator_named")
    assert (moved, sorted(line.detail["cases"])) == (3, sorted(case.reference for case in cases))
    assert Case.objects.coordinated_by(cast.asha).count() == 3


def test_end_case_closes_its_time_in_the_cohort(cast):
    cohort = CohortFactory(partnership=cast.eastmere)
    CohortRuleFactory(cohort=cohort)
    case = CaseFactory(partnership=cast.eastmere, next_review_due=date(2026, 11, 1))
    place_cases(partnership=cast.eastmere, day=TODAY, by=cast.paula, at=NOON)

    end_case(case=case, ended_on=TODAY, reason="jointly", by=cast.ian, at=NOON)

    assert Enrolment.objects.get(case=case).ends_on == TODAY


def test_end_case_twice_is_refused(cast):
    case = CaseFactory(partnership=cast.eastmere, ended=True)

    with pytest.raises(Refused, match="ended already"):
        end_case(case=case, ended_on=TODAY, reason="jointly", by=cast.ian, at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"ended_on": TODAY},
        {"end_reason": "jointly"},
        {"last_reviewed_on": date(2000, 1, 1)},
        {"weekly_cost": -1},
    ],
)
def test_database_refuses_nonsense_on_a_case(cast, change):
    case = CaseFactory(partnership=cast.eastmere)

    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(**change)
