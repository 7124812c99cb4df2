"""The files a register came in, kept whole, and each of their rows."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from cohorts.enums import IMPORT_COLOURS, IMPORT_TRANSITIONS, ImportStatus, RowEffect, RowOutcome
from cohorts.models.cases import Case
from core.constraints import all_or_none
from core.records import Record
from core.workflow import HasWorkflow


class RegisterImportQuerySet(ScopedQuerySet["RegisterImport"]):
    def with_counts(self) -> RegisterImportQuerySet:
        """Each with how many of its rows are in, wait, and are ready."""
        return (
            self.select_related("uploaded_by")
            .annotate(
                imported=Count("rows", filter=Q(rows__outcome=RowOutcome.IMPORTED)),
                waiting=Count("rows", filter=Q(rows__outcome=RowOutcome.WAITING)),
                ready=Count("rows", filter=Q(rows__outcome=RowOutcome.READY)),
            )
            .order_by("-uploaded_at")
        )

    def owed_since(self, at: datetime) -> RegisterImportQuerySet:
        """Those that a worker should have read, or stored, since an instant."""
        return self.filter(
            Q(status=ImportStatus.UPLOADED, uploaded_at__lte=at)
            | Q(status=ImportStatus.CONFIRMED, confirmed_at__lte=at)
        )


class RegisterImport(Record, HasWorkflow):
    """One uploaded register: the file as it came, how it was read, what became of it."""

    TRANSITIONS = IMPORT_TRANSITIONS

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=ImportStatus, default=ImportStatus.UPLOADED)
    file = models.FileField(upload_to="registers/%Y/%m/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(null=True, blank=True)
    columns = models.JSONField(default=list)  # [{"heading", "field" or null, "examples": []}]
    failure = models.CharField(max_length=300, blank=True)  # the sentence shown to the person
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        constraints = [all_or_none("confirmed_at", "confirmed_by")]
        ordering = ["-uploaded_at"]

    @property
    def colour(self) -> str:
        return IMPORT_COLOURS[self.status]


class ImportRowQuerySet(ScopedQuerySet["ImportRow"]):
    PARTNERSHIP = "register_import__partnership"

    def ready(self) -> ImportRowQuerySet:
        return self.filter(outcome=RowOutcome.READY)

    def waiting(self) -> ImportRowQuerySet:
        return self.filter(outcome=RowOutcome.WAITING)

    def skipped(self) -> ImportRowQuerySet:
        return self.filter(outcome=RowOutcome.SKIPPED)

    def imported(self) -> ImportRowQuerySet:
        return self.filter(outcome=RowOutcome.IMPORTED)

    def that_are(self, outcome: str) -> ImportRowQuerySet:
        return self.filter(outcome=outcome)

    def stopped_by(self, problem: str) -> ImportRowQuerySet:
        """Those that wait first of all because of one problem."""
        return self.waiting().filter(problems__0__problem=problem)


class ImportRow(models.Model):
    """One row of a register: what the file said, what was understood, what is to settle."""

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, related_name="rows"
    )
    number = models.PositiveIntegerField()  # the row of the sheet, as the person sees it
    cells = models.JSONField()  # what the file said, as text, column by column
    corrections = models.JSONField(default=dict)  # field -> what a person typed instead
    values = models.JSONField(default=dict)  # field -> value understood
    problems = models.JSONField(default=list)  # field, problem, sentence, value; first what stops
    outcome = models.CharField(max_length=8, choices=RowOutcome)
    skip_reason = models.CharField(max_length=80, blank=True)
    effect = models.CharField(max_length=9, choices=RowEffect, blank=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="import_rows", null=True, blank=True
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register_import", "number"], name="cohorts_one_row_a_number"
            ),
            models.CheckConstraint(
                condition=Q(outcome=RowOutcome.IMPORTED, case__isnull=False)
                | (~Q(outcome=RowOutcome.IMPORTED) & Q(case__isnull=True)),
                name="cohorts_imported_row_has_its_case",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.register_import.partnership_id
