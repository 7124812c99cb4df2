"""Harrow's plan (item 2, as it literally words them), and its register on 30 November 2018."""

import json
from datetime import date
from pathlib import Path

import pytest

from cohorts.models.cases import Case
from cohorts.models.cohorts import CohortRule
from cohorts.models.people import Patient
from tests.factories import CohortFactory, CohortRuleFactory

KEY = Path(__file__).parents[1] / "data" / "register-harrow.key.json"


@pytest.fixture
def harrow_rules(cast):
    """A on the last review, B and C on the next: not a partition."""
    cohorts = {
        name: CohortFactory(
            partnership=cast.eastmere, name=name, reviewed_by=reviewed_by, position=position
        )
        for position, (name, reviewed_by) in enumerate(
            [("A", "the S117 team"), ("B", "the CPA review"), ("C", "the CPA review")], start=1
        )
    }
    for position, (name, field, starts_on, ends_on) in enumerate(
        [
            ("A", "last_reviewed_on", date(2018, 10, 1), date(2018, 12, 31)),
            ("B", "next_review_due", date(2019, 1, 1), date(2019, 2, 28)),
            ("C", "next_review_due", date(2019, 3, 1), None),
        ],
        start=1,
    ):
        CohortRuleFactory(
            cohort=cohorts[name],
            position=position,
            field=field,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return CohortRule.objects.filter(cohort__partnership=cast.eastmere).in_order()


@pytest.fixture
def harrow_cases(cast):
    """The 370 cases that the register's answer key says can go in."""
    records = [row for row in json.loads(KEY.read_text())["records"] if not row["problem"]]
    patients = Patient.objects.bulk_create(
        Patient(
            partnership=cast.eastmere,
            nhs_number=row["nhs_number"],
            family_name=row["family_name"],
            given_names=row["given_name"],
            born_on=row["date_of_birth"],
            client_group=row["client_group"],
        )
        for row in records
    )
    return Case.objects.bulk_create(
        Case(
            partnership=cast.eastmere,
            patient=patient,
            reference=f"EM-{row['row']:04d}",
            entitled_from="1990-01-01",
            last_reviewed_on=row["last_review_on"],
            next_review_due=row["next_review_due"],
        )
        for patient, row in zip(patients, records, strict=True)
    )
