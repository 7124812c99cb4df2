"""Cohorts: which cases are reviewed by whom, and decided by which panel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from cohorts.enums import ClientGroup, RuleField
from core.constraints import in_order
from core.records import Record


class Cohort(Record):
    """A group of cases reviewed in one way: A, B, C in the first borough's plan."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=20)
    reviewed_by = models.CharField(max_length=120)  # "the S117 team", "the CPA review"
    position = models.PositiveSmallIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], name="cohorts_one_cohort_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CohortRuleQuerySet(ScopedQuerySet["CohortRule"]):
    PARTNERSHIP = "cohort__partnership"

    def in_order(self) -> CohortRuleQuerySet:
        """The rules in force, first things first."""
        return (
            self.filter(retired_at__isnull=True).select_related("cohort").order_by("position", "pk")
        )


class CohortRule(Record):
    """Places a case when a date of it falls in a period; the first rule in order wins."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=16, choices=RuleField)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    client_group = models.CharField(max_length=2, choices=ClientGroup, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)  # a changed rule keeps its old row

    objects = CohortRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | Q(ends_on__isnull=False),
                name="cohorts_rule_has_a_date",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.cohort.partnership_id
