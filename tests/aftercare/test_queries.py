from datetime import date
from decimal import Decimal

from aftercare.queries import package_in_force, s117_lines, weekly_total
from tests.cast import TODAY
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory


def test_the_package_in_force_is_the_one_that_has_begun_and_not_ended(cast):
    case = CaseFactory(partnership=cast.eastmere)
    PackageFactory(case=case, proposed=False, starts_on=date(2024, 1, 1), ends_on=date(2024, 9, 1))
    now = PackageFactory(case=case, in_force=True)
    PackageFactory(case=case)

    assert package_in_force(case, TODAY) == now
    assert package_in_force(case, date(2023, 1, 1)) is None


def test_the_total_is_of_section_117_only(cast, django_assert_num_queries):
    package = PackageFactory(case=CaseFactory(partnership=cast.eastmere), in_force=True)
    ServiceLineFactory(package=package, weekly_cost="845.00")
    ServiceLineFactory(package=package, weekly_cost="172.00")
    ServiceLineFactory(package=package, weekly_cost="43.00", is_s117=False)

    with django_assert_num_queries(4):
        found = package_in_force(package.case, TODAY)
        assert weekly_total(s117_lines(found)) == Decimal("1017.00")
