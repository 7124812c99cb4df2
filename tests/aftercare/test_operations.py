from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftercare.models import Package, Price
from aftercare.operations import (
    LineInput,
    NeedInput,
    RegisterEntry,
    agree_package,
    keep_weekly_costs,
    start_package,
    take_packages,
)
from audit.models import AuditEvent
from cohorts.models.cases import Case
from core.refusals import Refused
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory

FLAT = NeedInput("accommodation", "Supported flat", True, True)
SHOPPING = NeedInput("daily_living", "Shopping, arthritis", False, False)
RENT = LineInput("Supported flat", "Beechcroft", Decimal("845.00"), 1, True)
HELP = LineInput("Shopping and cleaning", "", Decimal("43.00"), 2, False)


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere)


@pytest.fixture
def agreed(cast, case):
    return agree_package(
        case=case,
        needs=[FLAT, SHOPPING],
        lines=[RENT, HELP],
        starts_on=date(2026, 12, 1),
        by=cast.asha,
        at=NOON,
    )


def cost_of(case):
    return Case.objects.get(pk=case.pk).weekly_cost


def test_an_agreed_package_is_proposed_and_costs_nothing_yet(agreed, case):
    assert (agreed.proposed, cost_of(case)) == (True, None)
    assert [need.duty for need in agreed.needs.all()] == ["s117", "care_act"]
    assert [line.provider and line.provider.name for line in agreed.lines.all()] == [
        "Beechcroft",
        None,
    ]


def test_agreeing_is_audited_without_words(agreed):
    line = AuditEvent.objects.get(event="aftercare.package_agreed")
    assert line.detail == {"needs": 2, "lines": 2}


def test_a_service_for_a_need_outside_section_117_cannot_be_split(cast, case):
    wrong = LineInput("Shopping", "", Decimal("43.00"), 2, True)

    with pytest.raises(Refused, match="does not come under section 117"):
        agree_package(
            case=case,
            needs=[FLAT, SHOPPING],
            lines=[RENT, wrong],
            starts_on=TODAY,
            by=cast.asha,
            at=NOON,
        )
    assert Package.objects.count() == 0


def test_starting_ends_the_package_before_and_turns_the_cost_on_the_day(cast, case, agreed):
    before = PackageFactory(case=case, in_force=True)
    ServiceLineFactory(package=before, weekly_cost="812.00")

    start_package(package=agreed, starts_on=date(2026, 12, 1), by=cast.ian, at=NOON)

    before.refresh_from_db()
    assert (before.ends_on, cost_of(case)) == (date(2026, 11, 30), Decimal("812.00"))
    keep_weekly_costs(cases=Case.objects.open(), day=date(2026, 12, 1))
    assert cost_of(case) == Decimal("845.00")


def test_a_package_replaced_on_its_first_day_costs_nothing_beside_the_new(cast, case, agreed):
    before = PackageFactory(case=case, proposed=False, starts_on=date(2026, 12, 1))
    ServiceLineFactory(package=before, weekly_cost="812.00")

    start_package(package=agreed, starts_on=date(2026, 12, 1), by=cast.ian, at=NOON)

    keep_weekly_costs(cases=Case.objects.open(), day=date(2026, 12, 1))
    assert cost_of(case) == Decimal("845.00")


def test_a_package_starts_once(cast, agreed):
    start_package(package=agreed, starts_on=TODAY, by=cast.ian, at=NOON)

    with pytest.raises(Refused, match="started already"):
        start_package(package=agreed, starts_on=TODAY, by=cast.ian, at=NOON)


def test_taking_from_the_register_twice_takes_once(cast, case):
    entries = [RegisterEntry(case, "Elm Lodge", Decimal("963.50"))]
    told = {"partnership": cast.eastmere, "starts_on": TODAY, "by": cast.paula, "at": NOON}

    first = take_packages(entries=entries, **told)
    again = take_packages(entries=entries, **told)

    assert (len(first), again) == (1, [])
    assert cost_of(case) == Decimal("963.50")
    line = AuditEvent.objects.get(event="aftercare.package_taken_from_register")
    assert line.detail == {"cases": [case.reference]}


def test_a_price_that_begins_later_counts_from_its_day(cast, case):
    package = PackageFactory(case=case, in_force=True)
    line = ServiceLineFactory(package=package, weekly_cost="800.00")
    Price.objects.update(ends_on=TODAY)
    Price.objects.create(
        line=line, weekly_cost=Decimal("850.00"), starts_on=TODAY + timedelta(days=1)
    )
    cases = Case.objects.open()

    assert keep_weekly_costs(cases=cases, day=TODAY) == 1
    assert cost_of(case) == Decimal("800.00")
    assert keep_weekly_costs(cases=cases, day=TODAY) == 0
    assert keep_weekly_costs(cases=cases, day=TODAY + timedelta(days=1)) == 1
    assert cost_of(case) == Decimal("850.00")


def test_services_under_the_care_act_do_not_count(case):
    package = PackageFactory(case=case, in_force=True)
    ServiceLineFactory(package=package, weekly_cost="800.00")
    ServiceLineFactory(package=package, weekly_cost="43.00", is_s117=False)

    keep_weekly_costs(cases=Case.objects.open(), day=TODAY)

    assert cost_of(case) == Decimal("800.00")
