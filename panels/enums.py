"""The words of panels and their meetings."""

from enum import StrEnum

from django.db import models


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    PUBLISHED = "published", "Agenda published"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


MEETING_TRANSITIONS = {
    MeetingStatus.PLANNED: {MeetingStatus.PUBLISHED, MeetingStatus.CANCELLED},
    MeetingStatus.PUBLISHED: {MeetingStatus.CLOSED, MeetingStatus.CANCELLED},
    MeetingStatus.CLOSED: set(),
    MeetingStatus.CANCELLED: set(),
}


class ItemStatus(models.TextChoices):
    SUBMITTED = "submitted", "In the tray"
    LISTED = "listed", "On an agenda"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


ITEM_TRANSITIONS = {
    ItemStatus.SUBMITTED: {ItemStatus.LISTED, ItemStatus.WITHDRAWN},
    ItemStatus.LISTED: {ItemStatus.SUBMITTED, ItemStatus.DECIDED, ItemStatus.WITHDRAWN},
    ItemStatus.DECIDED: set(),
    ItemStatus.WITHDRAWN: set(),
}


class ItemKind(models.TextChoices):
    REVIEW = "review", "Review, package unchanged"
    CHANGE = "change", "Review, changed package"
    STEP_DOWN = "step_down", "Review, step down"
    NEW = "new", "New package"
    ENDING = "ending", "End after-care"
    DEFERRED = "deferred", "Back after a deferral"


class Outcome(models.TextChoices):
    APPROVE = "approve", "Agreed as recommended"
    CONDITIONS = "conditions", "Agreed with conditions"
    DEPART = "depart", "Agreed with another split"
    DEFER = "defer", "Deferred for information"
    DECLINE = "decline", "Not agreed"


AGREED = {Outcome.APPROVE, Outcome.CONDITIONS, Outcome.DEPART}


class Seat(models.TextChoices):
    """What a member sits on the panel as."""

    CHAIR = "chair", "Chair"
    COUNCIL = "council", "Council budget-holder"
    ICB = "icb", "ICB budget-holder"
    CLINICIAN = "clinician", "Clinician"
    SOCIAL_WORK = "social_work", "Social work lead"
    ADMINISTRATOR = "administrator", "Administrator, without a vote"


class PackStatus(models.TextChoices):
    REQUESTED = "requested", "Asked for"
    BUILDING = "building", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


PACK_TRANSITIONS = {
    PackStatus.REQUESTED: {PackStatus.BUILDING},
    PackStatus.BUILDING: {PackStatus.READY, PackStatus.REQUESTED, PackStatus.FAILED},
    PackStatus.READY: set(),
    PackStatus.FAILED: {PackStatus.REQUESTED},
}


class Event(StrEnum):
    PANEL_ADDED = "panels.panel_added"
    MEETINGS_PLANNED = "panels.meetings_planned"
    ITEM_SUBMITTED = "panels.item_submitted"
    ITEM_LISTED = "panels.item_listed"
    ITEM_MOVED = "panels.item_moved"
    ITEM_RETURNED_TO_TRAY = "panels.item_returned_to_tray"
    ITEM_WITHDRAWN = "panels.item_withdrawn"
    AGENDA_PUBLISHED = "panels.agenda_published"
    AGENDA_PRINTED = "panels.agenda_printed"
    ATTENDANCE_TAKEN = "panels.attendance_taken"
    DECISION_RECORDED = "panels.decision_recorded"
    MEETING_CLOSED = "panels.meeting_closed"
    PACK_REQUESTED = "panels.pack_requested"
    PACK_BUILT = "panels.pack_built"
    PACK_FAILED = "panels.pack_failed"
    PACK_DOWNLOADED = "panels.pack_downloaded"
