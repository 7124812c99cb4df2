"""Packages agreed, started, overtaken and taken over, and the cost that lists sort by."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftercare import operations
from aftercare.models import Package, Provider, ServiceLine
from aftercare.operations import LineInput, NeedInput
from aftercare.queries import package_in_force
from aftercare.tasks import refresh_weekly_costs
from audit.models import AuditEvent
from core.refusals import Refused
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory

FLAT = NeedInput("accommodation", "A supported flat", True, True)
SHOPPING = NeedInput("daily_living", "Shopping", False, False)
LINES = [
    LineInput("Supported flat", "Beechcroft", Decimal("845.00"), 0, True),
    LineInput("Shopping, 2 hours", "", Decimal("43.00"), 1, False),
]


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha)


def agreed(case, by, **changes):
    given = {"needs": [FLAT, SHOPPING], "lines": LINES, "starts_on": TODAY} | changes
    return operations.agree_package(case=case, by=by, at=NOON, **given)


def test_agree_package_keeps_needs_services_and_prices(case, cast):
    package = agreed(case, cast.asha)

    assert package.proposed
    assert [need.duty for need in package.needs.all()] == ["s117", "care_act"]
    flat, shopping = package.lines.all()
    assert (flat.provider.name, flat.need.description) == ("Beechcroft", "A supported flat")
    assert (shopping.provider, shopping.is_s117) == (None, False)
    assert flat.weekly_cost == Decimal("845.00")
    assert AuditEvent.objects.get().detail == {"needs": 2, "services": 2}


def test_agree_package_knows_a_provider_again(case, cast):
    agreed(case, cast.asha)
    agreed(case, cast.asha)

    assert Provider.objects.count() == 1


def test_agree_package_before_the_case_began_is_refused(case, cast):
    with pytest.raises(Refused, match=r"The case began on 14 February 2022"):
        agreed(case, cast.asha, starts_on=date(2022, 2, 13))

    assert not Package.objects.exists()


def test_start_package_ends_the_one_before_on_the_day_before(case, cast):
    old = PackageFactory(case=case, in_force=True)
    new = agreed(case, cast.asha)

    operations.start_package(package=new, starts_on=TODAY, by=cast.asha, at=NOON)

    old.refresh_from_db()
    assert old.ends_on == TODAY - timedelta(days=1)
    assert package_in_force(case, TODAY) == new
    assert package_in_force(case, TODAY - timedelta(days=1)) == old
    case.refresh_from_db()
    assert case.weekly_cost == Decimal("845.00")


def test_start_package_on_another_day_moves_its_prices(case, cast):
    new = agreed(case, cast.asha)

    operations.start_package(
        package=new, starts_on=TODAY + timedelta(days=7), by=cast.asha, at=NOON
    )

    price = new.lines.first().prices.get()
    assert price.starts_on == TODAY + timedelta(days=7)
    case.refresh_from_db()
    assert case.weekly_cost is None


def test_start_package_overtakes_one_that_would_begin_later(case, cast):
    later = PackageFactory(case=case, proposed=False, starts_on=TODAY + timedelta(days=10))
    new = agreed(case, cast.asha)

    operations.start_package(package=new, starts_on=TODAY, by=cast.asha, at=NOON)

    later.refresh_from_db()
    assert later.proposed
    assert package_in_force(case, TODAY + timedelta(days=20)) == new


def test_start_package_twice_is_refused(case, cast):
    new = agreed(case, cast.asha)
    operations.start_package(package=new, starts_on=TODAY, by=cast.asha, at=NOON)

    with pytest.raises(Refused, match="in force already"):
        operations.start_package(package=new, starts_on=TODAY, by=cast.asha, at=NOON)


def test_start_package_before_the_case_began_is_refused(case, cast):
    new = agreed(case, cast.asha)

    with pytest.raises(Refused, match="choose a later day"):
        operations.start_package(package=new, starts_on=date(2020, 1, 1), by=cast.asha, at=NOON)


def test_take_from_register_gives_each_case_its_one_line(cast, django_assert_max_num_queries):
    cases = CaseFactory.create_batch(30, partnership=cast.eastmere)
    entries = [(case, "Beechcroft", Decimal("1234.56")) for case in cases]

    with django_assert_max_num_queries(20):
        taken = operations.take_from_register(
            entries=entries, starts_on=TODAY, by=cast.paula, at=NOON
        )

    assert taken == 30
    cases[7].refresh_from_db()
    assert cases[7].weekly_cost == Decimal("1234.56")
    line = ServiceLine.objects.filter(package__case=cases[7]).get()
    assert (line.provider.name, line.is_s117, line.need) == ("Beechcroft", True, None)


def test_take_from_register_twice_changes_nothing(case, cast):
    for _ in range(2):
        operations.take_from_register(
            entries=[(case, "", Decimal("10.00"))], starts_on=TODAY, by=cast.paula, at=NOON
        )

    assert Package.objects.count() == 1


def test_take_from_register_without_a_cost_leaves_it_unknown(case, cast):
    operations.take_from_register(
        entries=[(case, "Beechcroft", None)], starts_on=TODAY, by=cast.paula, at=NOON
    )

    case.refresh_from_db()
    assert case.weekly_cost is None


def test_refresh_weekly_costs_follows_the_day_and_then_changes_nothing(case, cast):
    package = PackageFactory(case=case, proposed=False, starts_on=TODAY)
    ServiceLineFactory(package=package, weekly_cost="0.10")
    ServiceLineFactory(package=package, weekly_cost="0.20")
    ServiceLineFactory(package=package, weekly_cost="99.00", is_s117=False)

    changed = [
        operations.refresh_weekly_costs(day=day)
        for day in (TODAY - timedelta(days=1), TODAY, TODAY)
    ]

    assert changed == [0, 1, 0]
    case.refresh_from_db()
    assert case.weekly_cost == Decimal("0.30")


def test_the_schedule_refreshes_costs(case):
    PackageFactory(case=case, in_force=True)
    ServiceLineFactory(package=case.packages.get(), weekly_cost="12.00")

    refresh_weekly_costs()

    case.refresh_from_db()
    assert case.weekly_cost == Decimal("12.00")
