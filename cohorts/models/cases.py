"""Cases: one period of entitlement to after-care each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.models import Partnership, User
from accounts.scope import ScopedQuerySet
from cohorts.enums import EndReason
from cohorts.models.cohorts import Cohort, CohortRule
from cohorts.models.people import Detention, Patient
from core.constraints import in_order, not_negative
from core.money import MoneyField
from core.records import Record


class CaseQuerySet(ScopedQuerySet["Case"]):
    def in_partnership(self, partnership: Partnership) -> CaseQuerySet:
        return self.filter(partnership=partnership)

    def open(self) -> CaseQuerySet:
        return self.filter(ended_on__isnull=True)

    def ended(self) -> CaseQuerySet:
        return self.filter(ended_on__isnull=False)

    def coordinated_by(self, user: User) -> CaseQuerySet:
        return self.filter(care_coordinator=user)

    def with_nobody(self) -> CaseQuerySet:
        return self.filter(care_coordinator__isnull=True)

    def for_the_s117_team(self) -> CaseQuerySet:
        """Those of cohorts that the S117 team reviews, as the cohort says in words."""
        return self.filter(cohort__reviewed_by__icontains="s117")

    def overdue_on(self, day: date) -> CaseQuerySet:
        return self.filter(next_review_due__lt=day)

    def due_within(self, days: int, *, of: date) -> CaseQuerySet:
        return self.filter(next_review_due__range=(of, of + timedelta(days=days)))

    def without_a_due_date(self) -> CaseQuerySet:
        return self.filter(next_review_due__isnull=True)

    def never_reviewed(self) -> CaseQuerySet:
        return self.filter(last_reviewed_on__isnull=True)

    def in_cohort(self, cohort: Cohort) -> CaseQuerySet:
        return self.filter(cohort=cohort)

    def in_no_cohort(self) -> CaseQuerySet:
        return self.filter(cohort__isnull=True)

    def of_groups(self, groups: Iterable[str]) -> CaseQuerySet:
        return self.filter(patient__client_group__in=list(groups))

    def out_of_area(self) -> CaseQuerySet:
        return self.filter(is_out_of_area=True)

    def on_a_cto(self) -> CaseQuerySet:
        return self.filter(detention__cto_from__isnull=False, detention__cto_ended_on__isnull=True)

    def restricted(self) -> CaseQuerySet:
        """Those detained under a section with restrictions, such as 37/41."""
        return self.filter(detention__section__contains="/")

    def with_people(self) -> CaseQuerySet:
        return self.select_related("patient", "care_coordinator", "cohort")

    def referred_to_as(self, references: Iterable[str]) -> CaseQuerySet:
        return self.filter(reference__in=list(references))

    def counts_on(self, day: date) -> dict[str, int]:
        """Count cases all, overdue, due within 30 days, and without a date, in one query."""
        soon = Q(next_review_due__range=(day, day + timedelta(days=30)))
        return self.aggregate(
            all=Count("pk"),
            overdue=Count("pk", filter=Q(next_review_due__lt=day)),
            soon=Count("pk", filter=soon),
            no_date=Count("pk", filter=Q(next_review_due__isnull=True)),
        )


class Case(Record):
    """One person's period of entitlement under section 117; outside, only its reference is used."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cases")
    detention = models.ForeignKey(
        Detention, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reference = models.CharField(max_length=16)
    entitled_from = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    care_coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    coordinator_in_register = models.CharField(max_length=120, blank=True)  # as the file named them
    is_out_of_area = models.BooleanField(default=False)
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="cases", null=True, blank=True
    )
    # Kept by the floors above, because lists sort by them: reviews, reviews, aftercare.
    last_reviewed_on = models.DateField(null=True, blank=True)
    next_review_due = models.DateField(null=True, blank=True)
    weekly_cost = MoneyField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="cohorts_one_case_a_reference"
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_on__isnull=True),
                name="cohorts_one_open_case_a_patient",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__isnull=False, end_reason__gt=""),
                name="cohorts_case_ends_with_a_reason",
            ),
            in_order("entitled_from", "ended_on"),
            in_order("entitled_from", "last_reviewed_on"),
            not_negative("weekly_cost"),
        ]
        indexes = [
            models.Index(fields=["partnership", "next_review_due"], name="cohorts_case_by_due"),
            models.Index(fields=["care_coordinator", "next_review_due"], name="cohorts_case_mine"),
            models.Index(
                fields=["partnership", "cohort", "next_review_due"], name="cohorts_by_cohort"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class Enrolment(Record):
    """A case's time in a cohort, with the rule that placed it there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    rule = models.ForeignKey(CohortRule, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends_on__isnull=True), name="cohorts_in_one_cohort"
            ),
        ]
