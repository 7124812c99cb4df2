"""People and the times they were detained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from cohorts.enums import ClientGroup, NoNumberReason
from core.constraints import in_order
from core.records import Record


class Patient(Record):
    """A person on a partnership's register."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    nhs_number = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001
    no_number_reason = models.CharField(max_length=24, choices=NoNumberReason, blank=True)
    local_reference = models.CharField(max_length=40, blank=True)
    family_name = models.CharField(max_length=80)
    given_names = models.CharField(max_length=80)
    born_on = models.DateField()
    died_on = models.DateField(null=True, blank=True)
    client_group = models.CharField(max_length=2, choices=ClientGroup)
    postcode = models.CharField(max_length=12, blank=True)
    gp_practice = models.CharField(max_length=12, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("born_on", "died_on"),
            models.UniqueConstraint(
                fields=["partnership", "nhs_number"],
                condition=Q(nhs_number__isnull=False),
                name="cohorts_one_patient_an_nhs_number",
            ),
            models.CheckConstraint(
                condition=Q(nhs_number__isnull=True, no_number_reason__gt="")
                | Q(nhs_number__isnull=False, no_number_reason=""),
                name="cohorts_nhs_number_or_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "family_name"], name="cohorts_patient_by_name")
        ]

    def __str__(self) -> str:
        return f"{self.family_name.upper()}, {self.given_names}"


class Detention(Record):
    """One time in hospital under the Mental Health Act."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="detentions")
    legal_status = models.CharField(max_length=2)  # national code: cohorts.policy.entitlement
    section = models.CharField(max_length=20)  # as people say it: 37/41
    hospital = models.CharField(max_length=120, blank=True)
    detained_on = models.DateField(null=True, blank=True)
    ceased_on = models.DateField(null=True, blank=True)
    left_hospital_on = models.DateField(null=True, blank=True)
    cto_from = models.DateField(null=True, blank=True)
    cto_ended_on = models.DateField(null=True, blank=True)
    conditionally_discharged_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("detained_on", "ceased_on"),
            in_order("detained_on", "left_hospital_on"),
            in_order("cto_from", "cto_ended_on"),
        ]
        ordering = ["-detained_on"]

    @property
    def is_on_cto(self) -> bool:
        return self.cto_from is not None and self.cto_ended_on is None
