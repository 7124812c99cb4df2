"""The words of needs and services."""

from enum import StrEnum

from django.db import models


class NeedDomain(models.TextChoices):
    ACCOMMODATION = "accommodation", "Accommodation with support"
    COMMUNITY = "community", "Support in the community"
    DAILY_LIVING = "daily_living", "Daily living"
    ACTIVITY = "activity", "Something to do by day"
    MEDICATION = "medication", "Medication and treatment"
    NURSING = "nursing", "Nursing"
    THERAPY = "therapy", "Therapy"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    CARERS = "carers", "Family and carers"
    OTHER = "other", "Something else"


class Duty(models.TextChoices):
    """Under which duty a need is met; it follows from the two limbs of s.117(6)."""

    S117 = "s117", "Section 117"
    CARE_ACT = "care_act", "Care Act"
    UNDECIDED = "undecided", "Not answered yet"


class PackageSource(models.TextChoices):
    REVIEW = "review", "Agreed at a review"
    REGISTER = "register", "Taken from the register"


class Event(StrEnum):
    PACKAGE_TAKEN = "aftercare.package_taken_from_register"
    PACKAGE_AGREED = "aftercare.package_agreed"
    PACKAGE_ENDED = "aftercare.package_ended"
    PACKAGE_STARTED = "aftercare.package_started"
    PROVIDER_ADDED = "aftercare.provider_added"
