"""The words of matrices and funding splits."""

from enum import StrEnum

from django.db import models


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_FORCE = "in_force", "In force"
    RETIRED = "retired", "Retired"


VERSION_TRANSITIONS = {
    VersionStatus.DRAFT: {VersionStatus.IN_FORCE},
    VersionStatus.IN_FORCE: {VersionStatus.RETIRED},
    VersionStatus.RETIRED: set(),
}


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", "Being scored"
    COMPLETE = "complete", "Complete"


ASSESSMENT_TRANSITIONS = {
    AssessmentStatus.DRAFT: {AssessmentStatus.COMPLETE},
    AssessmentStatus.COMPLETE: set(),
}


class SplitSource(models.TextChoices):
    MATRIX = "matrix", "From the matrix"
    DEPARTURE = "departure", "Departs from the matrix"
    REGISTER = "register", "Taken from the register"


class SplitStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed by the panel, to be approved"
    RETURNED = "returned", "Returned with questions"
    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    ENDED = "ended", "Ended with the after-care"
    WITHDRAWN = "withdrawn", "Withdrawn"


SPLIT_TRANSITIONS = {
    SplitStatus.PROPOSED: {SplitStatus.AGREED, SplitStatus.WITHDRAWN},
    SplitStatus.AGREED: {SplitStatus.IN_FORCE, SplitStatus.RETURNED, SplitStatus.WITHDRAWN},
    SplitStatus.RETURNED: {SplitStatus.AGREED, SplitStatus.WITHDRAWN},
    SplitStatus.IN_FORCE: {SplitStatus.SUPERSEDED, SplitStatus.ENDED},
    SplitStatus.SUPERSEDED: set(),
    SplitStatus.ENDED: set(),
    SplitStatus.WITHDRAWN: set(),
}


class Body(models.TextChoices):
    """The two funding bodies; the values are those of accounts' OrganisationKind."""

    LA = "la", "Council"
    ICB = "icb", "NHS commissioner"


class Event(StrEnum):
    MATRIX_ADDED = "matrices.matrix_added"
    VERSION_IN_FORCE = "matrices.version_in_force"
    ASSESSMENT_STARTED = "matrices.assessment_started"
    ASSESSMENT_COMPLETED = "matrices.assessment_completed"
    SPLIT_PROPOSED = "matrices.split_proposed"
    SPLIT_TAKEN = "matrices.split_taken_from_register"
    SPLIT_AGREED = "matrices.split_agreed_by_panel"
    SPLIT_WITHDRAWN = "matrices.split_withdrawn"
    SPLIT_APPROVED = "matrices.split_approved"
    SPLIT_RETURNED = "matrices.split_returned"
    QUESTIONS_ANSWERED = "matrices.questions_answered"
    SPLIT_ENDED = "matrices.split_ended"
    SPLIT_IN_FORCE = "matrices.split_in_force"
