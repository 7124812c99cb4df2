"""The words of the register."""

from enum import StrEnum

from django.db import models


class ClientGroup(models.TextChoices):
    LD = "LD", "Learning disability"
    MH = "MH", "Mental health"
    OP = "OP", "Older people"


class NoNumberReason(models.TextChoices):
    """Why there is no NHS number (meanings as in the UK Core code system)."""

    NOT_KNOWN = "nhs-number-not-known", "Not known, being traced"
    OVERSEAS = "overseas-patient", "From overseas"
    OTHER_NATION = "devolved-nation", "Registered in Scotland or Northern Ireland"


class RuleField(models.TextChoices):
    LAST_REVIEWED_ON = "last_reviewed_on", "Last reviewed"
    NEXT_REVIEW_DUE = "next_review_due", "Next review due"


class Rhythm(models.TextChoices):
    FORTNIGHTLY = "fortnightly", "Fortnightly"
    MONTHLY = "monthly", "Monthly"


class EndReason(models.TextChoices):
    JOINTLY = "jointly", "Both bodies ended it"
    DIED = "died", "Died"
    REDETAINED = "redetained", "Detained again"
    MOVED = "moved", "Another area is responsible"


class ImportStatus(models.TextChoices):
    UPLOADED = "uploaded", "Being read"
    READ = "read", "Ready to check"
    CONFIRMED = "confirmed", "Being imported"
    DONE = "done", "Imported"
    ABANDONED = "abandoned", "Not imported"
    FAILED = "failed", "Could not be read"


IMPORT_TRANSITIONS = {
    ImportStatus.UPLOADED: {ImportStatus.READ, ImportStatus.FAILED, ImportStatus.ABANDONED},
    ImportStatus.READ: {ImportStatus.CONFIRMED, ImportStatus.ABANDONED},
    ImportStatus.CONFIRMED: {ImportStatus.DONE, ImportStatus.READ},
    ImportStatus.DONE: set(),
    ImportStatus.ABANDONED: set(),
    ImportStatus.FAILED: set(),
}


IMPORT_COLOURS = {
    ImportStatus.UPLOADED: "blue",
    ImportStatus.READ: "yellow",
    ImportStatus.CONFIRMED: "blue",
    ImportStatus.DONE: "green",
    ImportStatus.ABANDONED: "grey",
    ImportStatus.FAILED: "red",
}


class RowOutcome(models.TextChoices):
    READY = "ready", "Ready"
    WAITING = "waiting", "Needs a person"
    SKIPPED = "skipped", "Skipped"
    IMPORTED = "imported", "Imported"


class RowEffect(models.TextChoices):
    """What a row does to the register: a new case, or one that is here changed or left as it is."""

    NEW = "new", "New case"
    UPDATED = "updated", "Updates a case"
    UNCHANGED = "unchanged", "Changes nothing"


class Event(StrEnum):
    REGISTER_UPLOADED = "cohorts.register_uploaded"
    REGISTER_READ = "cohorts.register_read"
    REGISTER_MAPPED = "cohorts.register_mapped"
    REGISTER_ABANDONED = "cohorts.register_abandoned"
    REGISTER_CONFIRMED = "cohorts.register_confirmed"
    REGISTER_IMPORTED = "cohorts.register_imported"
    REGISTER_FAILED = "cohorts.register_failed"
    REGISTER_DOWNLOADED = "cohorts.register_downloaded"
    ROW_CORRECTED = "cohorts.row_corrected"
    ROW_LEFT_OUT = "cohorts.row_left_out"
    PATIENT_REGISTERED = "cohorts.patient_registered"
    CASE_OPENED = "cohorts.case_opened"
    CASE_SEEN = "cohorts.case_seen"
    LIST_SEEN = "cohorts.list_seen"
    CASE_ENDED = "cohorts.case_ended"
    COORDINATOR_NAMED = "cohorts.coordinator_named"
    COHORTS_PLACED = "cohorts.cohorts_placed"
    RULES_CHANGED = "cohorts.rules_changed"
    COHORT_ADDED = "cohorts.cohort_added"
