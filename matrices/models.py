"""Matrices, the assessments made with them, and the funding splits that follow."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import Q, When
from django.db.models.functions import Coalesce

from accounts.models import Organisation, Partnership
from accounts.scope import ScopedQuerySet
from aftercare.models import Package
from cohorts.enums import ClientGroup
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from core.constraints import all_or_none, filled_exactly_when, in_order, parts_make_whole
from core.money import MoneyField
from core.records import Record
from core.workflow import HasWorkflow
from matrices.enums import (
    ASSESSMENT_TRANSITIONS,
    SPLIT_TRANSITIONS,
    VERSION_TRANSITIONS,
    AssessmentStatus,
    Body,
    SplitSource,
    SplitStatus,
    VersionStatus,
)

MOST_URGENT_FIRST = [
    SplitStatus.RETURNED,
    SplitStatus.AGREED,
    SplitStatus.PROPOSED,
    SplitStatus.IN_FORCE,
    SplitStatus.SUPERSEDED,
    SplitStatus.ENDED,
    SplitStatus.WITHDRAWN,
]


class Matrix(Record):
    """A partnership's way of splitting costs for one client group."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="matrices")
    client_group = models.CharField(max_length=2, choices=ClientGroup)
    is_sample = models.BooleanField()  # said on every screen and page that shows it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "client_group"], name="matrices_one_matrix_a_group"
            )
        ]


class MatrixVersionQuerySet(models.QuerySet["MatrixVersion"]):
    def in_use_for(self, case: Case) -> MatrixVersionQuerySet:
        return self.filter(
            matrix__partnership=case.partnership_id,
            matrix__client_group=case.patient.client_group,
            status=VersionStatus.IN_FORCE,
        ).select_related("matrix")


class MatrixVersion(Record, HasWorkflow):
    """One wording of a matrix; its definition never changes once in force."""

    TRANSITIONS = VERSION_TRANSITIONS

    matrix = models.ForeignKey(Matrix, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=VersionStatus, default=VersionStatus.DRAFT)
    definition = models.JSONField()  # docs/matrix-schema.json
    sha256 = models.CharField(max_length=64)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)

    objects = MatrixVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("effective_from", "effective_to"),
            models.UniqueConstraint(fields=["matrix", "number"], name="matrices_version_number"),
            models.UniqueConstraint(
                fields=["matrix"],
                condition=Q(status=VersionStatus.IN_FORCE),
                name="matrices_one_version_in_force",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.matrix.partnership_id


class AssessmentQuerySet(ScopedQuerySet["Assessment"]):
    PARTNERSHIP = "case__partnership"


class Assessment(Record, HasWorkflow):
    """A case scored with one version of a matrix, for one package."""

    TRANSITIONS = ASSESSMENT_TRANSITIONS

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="assessments")
    version = models.ForeignKey(MatrixVersion, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(
        max_length=8, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    answers = models.JSONField(default=dict)  # domain -> {"level", "evidence"}
    draft_number = models.PositiveIntegerField(default=0)  # guards against a stale tab
    outcome = models.JSONField(null=True, blank=True)  # matrices.policy Outcome.as_json()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            all_or_none("completed_at", "completed_by"),
            filled_exactly_when("completed_at", status=AssessmentStatus.COMPLETE),
            filled_exactly_when("outcome", status=AssessmentStatus.COMPLETE),
            models.UniqueConstraint(
                fields=["package"],
                condition=Q(status=AssessmentStatus.DRAFT),
                name="matrices_one_draft_a_package",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id


class FundingSplitQuerySet(ScopedQuerySet["FundingSplit"]):
    PARTNERSHIP = "case__partnership"

    def awaiting_approval(self) -> FundingSplitQuerySet:
        return self.filter(status=SplitStatus.AGREED)

    def awaiting(self, body: str) -> FundingSplitQuerySet:
        """Those the panel has agreed and this body has not approved yet."""
        approved = Approval.objects.filter(body=body).values("split")
        return self.awaiting_approval().exclude(pk__in=approved)

    def returned(self) -> FundingSplitQuerySet:
        return self.filter(status=SplitStatus.RETURNED)

    def in_force(self) -> FundingSplitQuerySet:
        return self.filter(status=SplitStatus.IN_FORCE)

    def in_force_on(self, day: date) -> FundingSplitQuerySet:
        return self.filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=day),
            status__in=[SplitStatus.IN_FORCE, SplitStatus.SUPERSEDED, SplitStatus.ENDED],
            effective_from__lte=day,
        )

    def of_group(self, client_group: str) -> FundingSplitQuerySet:
        return self.filter(case__patient__client_group=client_group)

    def in_cohort(self, cohort: Cohort) -> FundingSplitQuerySet:
        return self.filter(case__cohort=cohort)

    def in_state(self, status: str) -> FundingSplitQuerySet:
        return self.filter(status=status)

    def oldest_first(self) -> FundingSplitQuerySet:
        return self.order_by(Coalesce("agreed_at", "proposed_at"), "pk")

    def waiting_first(self, body: str) -> FundingSplitQuerySet:
        """What waits for this body before all else, then by state; oldest first."""
        waiting = FundingSplit.objects.awaiting(body).values("pk")
        states = [When(status=status, then=n) for n, status in enumerate(MOST_URGENT_FIRST, 1)]
        rank = models.Case(When(pk__in=waiting, then=0), *states)
        return self.annotate(rank=rank).order_by("rank", Coalesce("agreed_at", "proposed_at"), "pk")

    def with_people(self) -> FundingSplitQuerySet:
        return self.select_related("case__patient", "case__cohort").prefetch_related("approvals")


class FundingSplit(Record, HasWorkflow):
    """Who pays which part of a package, from when; shares are exact parts of a whole."""

    TRANSITIONS = SPLIT_TRANSITIONS

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="splits")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="splits")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="splits", null=True, blank=True
    )
    source = models.CharField(max_length=10, choices=SplitSource)
    departure_reasons = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=SplitStatus, default=SplitStatus.PROPOSED)
    icb_parts = models.PositiveIntegerField()
    la_parts = models.PositiveIntegerField()
    all_parts = models.PositiveIntegerField()
    weekly_cost = MoneyField()
    icb_weekly_cost = MoneyField()
    la_weekly_cost = MoneyField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)  # of the content that the bodies approve
    question = models.TextField(blank=True)  # why it was returned
    answer = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)  # by the panel
    in_force_at = models.DateTimeField(null=True, blank=True)

    objects = FundingSplitQuerySet.as_manager()

    class Meta:
        constraints = [
            parts_make_whole("all_parts", "icb_parts", "la_parts"),
            parts_make_whole("weekly_cost", "icb_weekly_cost", "la_weekly_cost"),
            in_order("effective_from", "effective_to"),
            all_or_none("returned_at", "returned_by"),
            models.CheckConstraint(condition=Q(all_parts__gt=0), name="matrices_split_has_parts"),
            models.CheckConstraint(
                condition=~Q(source=SplitSource.DEPARTURE) | ~Q(departure_reasons=""),
                name="matrices_departure_has_reasons",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status=SplitStatus.IN_FORCE),
                name="matrices_one_split_in_force",
            ),
        ]
        indexes = [models.Index(fields=["status", "agreed_at"], name="matrices_split_waiting")]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id

    @property
    def icb_share(self) -> Fraction:
        return Fraction(self.icb_parts, self.all_parts)

    @property
    def la_share(self) -> Fraction:
        return Fraction(self.la_parts, self.all_parts)


class Approval(Record):
    """One body's yes to exactly the split it saw."""

    split = models.ForeignKey(FundingSplit, on_delete=models.PROTECT, related_name="approvals")
    body = models.CharField(max_length=3, choices=Body)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "body"], name="matrices_one_approval_a_body"),
            models.UniqueConstraint(
                fields=["split", "approved_by"], name="matrices_never_one_person_for_both"
            ),
        ]
