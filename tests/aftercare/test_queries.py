"""What a package is made of, and when two are the same."""

from decimal import Decimal

import pytest

from aftercare.queries import all_lines, package_in_force, s117_lines, same_services, weekly_total
from tests.cast import TODAY
from tests.factories import CaseFactory, PackageFactory, ProviderFactory, ServiceLineFactory


@pytest.fixture
def package(cast):
    package = PackageFactory(case=CaseFactory(partnership=cast.eastmere), in_force=True)
    ServiceLineFactory(package=package, description="Flat", weekly_cost="812.00")
    ServiceLineFactory(package=package, description="Art", weekly_cost="46.50")
    ServiceLineFactory(package=package, description="Shop", weekly_cost="41.00", is_s117=False)
    return package


def test_package_in_force_comes_with_its_lines(package, django_assert_num_queries):
    found = package_in_force(package.case, TODAY)

    with django_assert_num_queries(0):
        assert weekly_total(found.lines.all()) == Decimal("899.50")


def test_package_in_force_is_none_for_a_case_without_one(cast):
    case = CaseFactory(partnership=cast.eastmere)
    PackageFactory(case=case, proposed=True, starts_on=TODAY)

    assert package_in_force(case, TODAY) is None


def test_s117_lines_leave_out_what_is_not_after_care(package):
    assert weekly_total(s117_lines(package)) == Decimal("858.50")
    assert [line.description for line in s117_lines(package)] == ["Flat", "Art"]


def test_same_services_whatever_their_order(package):
    lines = list(all_lines(package))

    assert same_services(lines, reversed(lines))


def test_same_services_sees_another_price_or_provider(package, cast):
    twin = PackageFactory(case=package.case, starts_on=TODAY)
    ServiceLineFactory(package=twin, description="Flat", weekly_cost="812.00")
    ServiceLineFactory(package=twin, description="Art", weekly_cost="46.50")
    shop = ServiceLineFactory(package=twin, description="Shop", weekly_cost="41.00", is_s117=False)

    assert same_services(all_lines(package), all_lines(twin))
    shop.provider = ProviderFactory(partnership=cast.eastmere)
    shop.save()
    assert not same_services(all_lines(package), all_lines(twin))
