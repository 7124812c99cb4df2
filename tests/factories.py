"""Rows for tests, with traits named for states: `CaseFactory(partnership=..., overdue=True)`."""

from datetime import date, time, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from aftercare.models import Need, Package, Price, Provider, ServiceLine
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort, CohortRule
from cohorts.models.people import Detention, Patient
from demo.population import invented_number
from matrices.models import FundingSplit
from panels.models import AgendaItem, Meeting, Panel, PanelMember
from reviews.models import Review
from tests.cast import NOON, TODAY


class PatientFactory(DjangoModelFactory):
    class Meta:
        model = Patient

    nhs_number = factory.Sequence(lambda n: invented_number(n * 7 + 1))
    family_name = factory.Sequence(lambda n: f"Ashworth{n}")
    given_names = "Marian Ruth"
    born_on = date(1967, 6, 12)
    client_group = "MH"


class DetentionFactory(DjangoModelFactory):
    class Meta:
        model = Detention

    legal_status = "03"
    section = "3"
    hospital = "Dale View Hospital"
    detained_on = date(2021, 11, 2)
    ceased_on = date(2022, 2, 14)
    left_hospital_on = date(2022, 2, 14)


class CaseFactory(DjangoModelFactory):
    """Needs `partnership=`; its patient and detention belong to the same one."""

    class Meta:
        model = Case

    class Params:
        overdue = factory.Trait(
            last_reviewed_on=TODAY - timedelta(days=400),
            next_review_due=TODAY - timedelta(days=35),
        )
        due_soon = factory.Trait(
            last_reviewed_on=TODAY - timedelta(days=345),
            next_review_due=TODAY + timedelta(days=20),
        )
        ended = factory.Trait(ended_on=TODAY, end_reason="jointly")

    patient = factory.SubFactory(PatientFactory, partnership=factory.SelfAttribute("..partnership"))
    detention = factory.SubFactory(DetentionFactory, patient=factory.SelfAttribute("..patient"))
    reference = factory.Sequence(lambda n: f"EM-{n:04d}")
    entitled_from = date(2022, 2, 14)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    name = factory.Sequence(lambda n: f"Cohort {n}")
    reviewed_by = "the S117 team"


class CohortRuleFactory(DjangoModelFactory):
    class Meta:
        model = CohortRule

    position = factory.Sequence(lambda n: n + 1)
    field = "next_review_due"
    starts_on = date(2026, 10, 1)
    ends_on = date(2026, 12, 31)


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda n: f"Beechcroft Supported Living {n}")


class PackageFactory(DjangoModelFactory):
    """Needs `case=`."""

    class Meta:
        model = Package

    class Params:
        in_force = factory.Trait(proposed=False, starts_on=date(2025, 4, 1))

    source = "review"
    starts_on = date(2026, 12, 1)


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = Need

    position = factory.Sequence(lambda n: n)
    domain = "accommodation"
    description = "Supported flat, staff on site by day and on call at night."
    arises_from_disorder = True
    reduces_risk = True


class ServiceLineFactory(DjangoModelFactory):
    """Needs `package=`; gets one price from the package's first day."""

    class Meta:
        model = ServiceLine
        skip_postgeneration_save = True

    position = factory.Sequence(lambda n: n)
    description = "Supported flat"
    is_s117 = True

    @factory.post_generation
    def weekly_cost(self, create, extracted, **kwargs):
        Price.objects.create(
            line=self,
            weekly_cost=Decimal(extracted or "845.00"),
            starts_on=self.package.starts_on,
        )


class ReviewFactory(DjangoModelFactory):
    """Needs `case=`."""

    class Meta:
        model = Review

    booked_for = TODAY
    booked_at = NOON
    booked_by = factory.SelfAttribute("case.care_coordinator")


class FundingSplitFactory(DjangoModelFactory):
    """Needs `case=` and `proposed_by=`: five eighths of £1,075.00 to the ICB."""

    class Meta:
        model = FundingSplit

    class Params:
        agreed = factory.Trait(status="agreed", agreed_at=NOON)
        in_force = factory.Trait(status="in_force", agreed_at=NOON, in_force_at=NOON)

    package = factory.SubFactory(PackageFactory, case=factory.SelfAttribute("..case"))
    source = "matrix"
    icb_parts = 5
    la_parts = 3
    all_parts = 8
    weekly_cost = Decimal("1075.00")
    icb_weekly_cost = Decimal("671.87")
    la_weekly_cost = Decimal("403.13")
    effective_from = date(2026, 12, 1)
    sha256 = "0" * 64
    proposed_at = NOON


class PanelFactory(DjangoModelFactory):
    class Meta:
        model = Panel

    name = factory.Sequence(lambda n: f"Panel {n}")
    rhythm = "fortnightly"
    anchor_on = date(2026, 11, 26)
    starts_at_time = time(13, 30)
    place = "Committee room 2"


class PanelMemberFactory(DjangoModelFactory):
    class Meta:
        model = PanelMember

    name = factory.Sequence(lambda n: f"Member {n}")
    seat = "clinician"
    body = "Dale Valley NHS Trust"


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    held_on = date(2026, 12, 10)
    starts_at_time = time(13, 30)
    place = "Committee room 2"
    papers_close_on = date(2026, 12, 3)
    pack_due_on = date(2026, 12, 7)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    kind = "change"
    ask = "Keep the supported flat with 3 more support hours a week"
    submitted_at = NOON
