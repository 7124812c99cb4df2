"""Who works here and what each role may do, readable on one screen."""

from enum import StrEnum

from django.db import models


class OrganisationKind(models.TextChoices):
    LA = "la", "Council"
    ICB = "icb", "NHS commissioner"
    TRUST = "trust", "NHS trust"
    PROVIDER = "provider", "Provider"
    NHS_ENGLAND = "nhs_england", "NHS England"
    INDEPENDENT = "independent", "Independent"


FUNDING_BODIES = (OrganisationKind.LA, OrganisationKind.ICB)  # Mental Health Act 1983 s.117(2)


class Role(models.TextChoices):
    CARE_COORDINATOR = "care_coordinator", "Care coordinator"
    S117_REVIEWER = "s117_reviewer", "S117 reviewer"
    PANEL_ADMINISTRATOR = "panel_administrator", "Panel administrator"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    COMMISSIONER = "commissioner", "Commissioner"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    AUDITOR = "auditor", "Auditor"
    LOCAL_ADMINISTRATOR = "local_administrator", "Local administrator"


class Permission(StrEnum):
    HOME = "home"
    VIEW_REGISTER = "view_register"
    VIEW_CASE = "view_case"
    CHANGE_CARE_TEAM = "change_care_team"
    IMPORT_REGISTER = "import_register"
    MANAGE_COHORTS = "manage_cohorts"
    WRITE_REVIEW = "write_review"
    VIEW_REVIEWS = "view_reviews"
    SCORE_MATRIX = "score_matrix"
    SEND_TO_PANEL = "send_to_panel"
    VIEW_PANELS = "view_panels"
    BUILD_AGENDA = "build_agenda"
    RUN_MEETING = "run_meeting"
    VIEW_FUNDING = "view_funding"
    APPROVE_SPLIT = "approve_split"
    END_ENTITLEMENT = "end_entitlement"
    VIEW_AUDIT = "view_audit"


P = Permission
READS = {P.HOME, P.VIEW_REGISTER, P.VIEW_CASE, P.VIEW_REVIEWS, P.VIEW_PANELS, P.VIEW_FUNDING}
WRITES_CASES = {P.CHANGE_CARE_TEAM, P.WRITE_REVIEW, P.SCORE_MATRIX, P.SEND_TO_PANEL}

PERMISSIONS: dict[str, set[Permission]] = {
    Role.CARE_COORDINATOR: READS | WRITES_CASES,
    Role.S117_REVIEWER: READS | WRITES_CASES,
    Role.PANEL_ADMINISTRATOR: READS | {P.BUILD_AGENDA, P.IMPORT_REGISTER, P.MANAGE_COHORTS},
    Role.PANEL_CHAIR: READS | {P.RUN_MEETING},
    Role.COMMISSIONER: READS | {P.APPROVE_SPLIT, P.END_ENTITLEMENT},
    Role.FINANCE_OFFICER: {P.HOME, P.VIEW_REGISTER, P.VIEW_FUNDING},
    Role.PROGRAMME_LEAD: READS | {P.MANAGE_COHORTS, P.IMPORT_REGISTER},
    Role.AUDITOR: READS | {P.VIEW_AUDIT},
    Role.LOCAL_ADMINISTRATOR: {P.HOME, P.VIEW_REGISTER, P.IMPORT_REGISTER, P.MANAGE_COHORTS},
}


class Event(StrEnum):
    SIGNED_IN = "accounts.signed_in"
    SIGNED_OUT = "accounts.signed_out"
    PARTNERSHIP_CHANGED = "accounts.partnership_changed"
    USER_ADDED = "accounts.user_added"
    MEMBERSHIP_GIVEN = "accounts.membership_given"
    PARTNERSHIP_FORMED = "accounts.partnership_formed"
