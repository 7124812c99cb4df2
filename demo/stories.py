"""The told stories: one file each in `demo/cases`, named for its point."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from aftercare.operations import RegisterEntry, take_packages
from cohorts.models.cases import Case
from cohorts.models.people import Detention
from cohorts.operations.cases import open_case, register_patient
from cohorts.policy.entitlement import section_from_words
from demo.population import invented_number
from demo.tales import Tale, Teller
from matrices.operations.register import take_splits

STORIES = Path(__file__).parent / "cases"
FIRST_NUMBER = 900_000  # of the stories' NHS numbers, apart from the population's


def told(teller: Teller) -> list[Tale]:
    """Put every story's person on the register, and return their tales."""
    files = sorted(STORIES.glob("*.yaml"))
    return [
        _tale(yaml.safe_load(file.read_text()), number, teller) for number, file in enumerate(files)
    ]


def _tale(story: dict[str, Any], number: int, teller: Teller) -> Tale:
    coordinator = teller.place.people[story["coordinator"]]
    case = _case(story, number, teller)
    if "package" in story:
        _package(story["package"], case, teller)
    case = Case.objects.select_related("patient", "detention").get(pk=case.pk)
    return Tale(case=case, coordinator=coordinator, **story.get("tale", {}))


def _case(story: dict[str, Any], number: int, teller: Teller) -> Case:
    by, at = teller.place.people["dorothy.lim"], teller.at(-60)
    person, entitled = story["person"], story["entitled"]
    patient = register_patient(
        partnership=teller.place.partnership,
        nhs_number=invented_number(FIRST_NUMBER + number * 41),
        family_name=person["family_name"],
        given_names=person["given_names"],
        born_on=person["born_on"],
        client_group=person["client_group"],
        postcode=person.get("postcode", ""),
        by=by,
        at=at,
    )
    left = teller.on(entitled)
    detention = Detention.objects.create(
        patient=patient,
        legal_status=section_from_words(person["section"]),
        section=person["section"],
        hospital="Dale View Hospital",
        detained_on=left - timedelta(days=story.get("detained_days", 104)),
        ceased_on=left,
        left_hospital_on=left,
        cto_from=left if story.get("cto") else None,
    )
    last, due = story.get("last_reviewed"), story.get("due")
    return open_case(
        patient=patient,
        detention=detention,
        entitled_from=left,
        care_coordinator=teller.place.people[story["coordinator"]],
        is_out_of_area=story.get("out_of_area", False),
        last_reviewed_on=None if last is None else teller.on(last),
        next_review_due=None if due is None else teller.on(due),
        by=by,
        at=at,
    )


def _package(package: dict[str, str], case: Case, teller: Teller) -> None:
    by, at = teller.place.people["dorothy.lim"], teller.at(-60)
    starts_on = teller.on(-60)
    entry = RegisterEntry(case, package["provider"], Decimal(package["weekly_cost"]))
    take_packages(
        partnership=teller.place.partnership, entries=[entry], starts_on=starts_on, by=by, at=at
    )
    share = Fraction(package["icb_share"])
    take_splits(entries=[(case, share)], starts_on=starts_on, by=by, at=at)
