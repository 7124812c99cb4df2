from decimal import Decimal

from aftercare.tasks import refresh_weekly_costs
from cohorts.models.cases import Case
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory


def test_the_refresh_sets_todays_cost_and_then_changes_nothing(cast):
    package = PackageFactory(case=CaseFactory(partnership=cast.eastmere), in_force=True)
    ServiceLineFactory(package=package, weekly_cost="845.00")

    assert (refresh_weekly_costs(), refresh_weekly_costs()) == (1, 0)
    assert Case.objects.get().weekly_cost == Decimal("845.00")
