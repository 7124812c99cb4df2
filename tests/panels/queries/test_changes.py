"""Who would pay what, and what would change."""

from datetime import date
from decimal import Decimal

import pytest

from panels.queries.changes import changes, costs_of, package_now
from tests.factories import FundingSplitFactory, PackageFactory, ServiceLineFactory

DAY = date(2026, 12, 10)


@pytest.fixture
def item(new_listed):
    return new_listed()


@pytest.fixture
def funded(cast, item):
    """The same case with £963.50 in force, half each."""
    package = PackageFactory(case=item.case, in_force=True)
    ServiceLineFactory(package=package, description="Supported flat", weekly_cost="800.00")
    ServiceLineFactory(package=package, description="Art group", weekly_cost="163.50")
    FundingSplitFactory(
        case=item.case,
        package=package,
        proposed_by=cast.asha,
        in_force=True,
        effective_from=date(2025, 4, 1),
        icb_parts=1,
        la_parts=1,
        all_parts=2,
        weekly_cost=Decimal("963.50"),
        icb_weekly_cost=Decimal("481.75"),
        la_weekly_cost=Decimal("481.75"),
    )
    return item


def test_costs_of_a_case_never_funded_have_nothing_to_compare(item):
    costs = costs_of(item, DAY)

    assert (costs.total.weekly, costs.total.weekly_now, costs.total.change) == (1075, None, None)


def test_costs_of_a_funded_case_say_the_difference_and_add_up(funded):
    costs = costs_of(funded, DAY)

    assert [(row.body, row.weekly, row.change) for row in costs.rows] == [
        ("Eastmere NHS commissioner", Decimal("671.87"), Decimal("190.12")),
        ("Eastmere Council", Decimal("403.13"), Decimal("-78.62")),
    ]
    assert costs.total.change == Decimal("111.50")
    assert costs.total.annual == sum(row.annual for row in costs.rows) == Decimal("56053.57")


def test_costs_of_an_ending_are_none(item):
    item.split = None

    assert costs_of(item, DAY) is None


def test_changes_name_what_is_new_dearer_and_gone(funded):
    ServiceLineFactory(
        package=funded.split.package, description="On call at night", weekly_cost="33.00"
    )

    assert [change.words for change in changes(funded, DAY)] == [
        "Supported flat, £1,075.00 a week: was £800.00",
        "On call at night, £33.00 a week: new",
        "Art group, £163.50 a week: ends",
    ]


def test_changes_mark_what_is_outside_the_split(funded):
    ServiceLineFactory(
        package=funded.split.package, description="Cleaning", weekly_cost="43.00", is_s117=False
    )
    ServiceLineFactory(
        package=funded.split.package, description="Art group", weekly_cost="163.50", is_s117=False
    )

    assert [change.words for change in changes(funded, DAY)][1:] == [
        "Cleaning, £43.00 a week: new (Care Act, outside the split)",
        "Art group, £163.50 a week: moves out of section 117 (Care Act, outside the split)",
    ]


def test_package_now_is_never_the_one_asked_for(item):
    package = item.split.package
    package.proposed, package.starts_on = False, date(2026, 12, 1)
    package.save()

    assert package_now(item, DAY) is None
