"""Needs, the services that meet them, and what they cost from which day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from aftercare.enums import Duty, NeedDomain, PackageSource
from aftercare.policy import duty_of
from cohorts.models.cases import Case
from core.constraints import in_order, not_negative
from core.money import MoneyField
from core.records import Record


class Provider(Record):
    """Somebody who provides care to people of a partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="aftercare_provider_name")
        ]

    def __str__(self) -> str:
        return self.name


class PackageQuerySet(ScopedQuerySet["Package"]):
    PARTNERSHIP = "case__partnership"

    def in_force_on(self, day: date) -> PackageQuerySet:
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, proposed=False
        )


class Package(Record):
    """What meets one person's needs over a period; proposed until a split is in force."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packages")
    source = models.CharField(max_length=8, choices=PackageSource)
    proposed = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(proposed=False, ends_on__isnull=True),
                name="aftercare_one_package_in_force",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id


class Need(Record):
    """Something a person needs, with both limbs of s.117(6) answered."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="needs")
    position = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=16, choices=NeedDomain)
    description = models.CharField(max_length=600)
    arises_from_disorder = models.BooleanField()
    reduces_risk = models.BooleanField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["package", "position"], name="aftercare_need_position")
        ]

    @property
    def duty(self) -> Duty:
        return duty_of(
            arises_from_disorder=self.arises_from_disorder, reduces_risk=self.reduces_risk
        )


class ServiceLine(Record):
    """One service in a package: what, from whom, for which need."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="lines", null=True, blank=True
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="lines", null=True, blank=True
    )
    description = models.CharField(max_length=200)
    is_s117 = models.BooleanField()

    class Meta:
        ordering = ["position"]

    @property
    def weekly_cost(self) -> object:
        """The price now or next; needs `prices` prefetched in order."""
        prices = list(self.prices.all())
        return prices[-1].weekly_cost if prices else None


class Price(Record):
    """What a service costs a week from a day on; a new amount is a new row."""

    line = models.ForeignKey(ServiceLine, on_delete=models.PROTECT, related_name="prices")
    weekly_cost = MoneyField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            in_order("starts_on", "ends_on"),
            not_negative("weekly_cost"),
            models.UniqueConstraint(fields=["line", "starts_on"], name="aftercare_price_from"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(ends_on__isnull=True), name="aftercare_one_price_now"
            ),
        ]
