"""The words of reviews."""

from enum import StrEnum

from django.db import models


class ReviewStatus(models.TextChoices):
    BOOKED = "booked", "Booked"
    HELD = "held", "Being written"
    AWAITING_CPA = "awaiting_cpa", "Waiting for the CPA"
    NEEDS_AGREED = "needs_agreed", "Needs agreed"
    WITH_PANEL = "with_panel", "With the panel"
    CLOSED = "closed", "Closed"
    NOT_COMPLETED = "not_completed", "Did not happen"


REVIEW_TRANSITIONS = {
    ReviewStatus.BOOKED: {ReviewStatus.HELD, ReviewStatus.NOT_COMPLETED},
    ReviewStatus.HELD: {
        ReviewStatus.AWAITING_CPA,
        ReviewStatus.NEEDS_AGREED,
        ReviewStatus.NOT_COMPLETED,
    },
    ReviewStatus.AWAITING_CPA: {ReviewStatus.NEEDS_AGREED},
    ReviewStatus.NEEDS_AGREED: {ReviewStatus.WITH_PANEL, ReviewStatus.CLOSED},
    ReviewStatus.WITH_PANEL: {ReviewStatus.NEEDS_AGREED, ReviewStatus.CLOSED},
    ReviewStatus.CLOSED: set(),
    ReviewStatus.NOT_COMPLETED: set(),
}


class Recommendation(models.TextChoices):
    CONTINUE = "continue", "Continue unchanged"
    CHANGE = "change", "Continue with a changed package: the panel decides"
    STEP_DOWN = "step_down", "Step down: the panel decides"
    END = "end", "End after-care: both bodies decide"
    CHC = "chc", "Consider NHS continuing healthcare"


class NotCompletedReason(models.TextChoices):
    DID_NOT_ATTEND = "did_not_attend", "The person did not attend"
    DECLINED = "declined", "The person declined"
    IN_HOSPITAL = "in_hospital", "The person is in hospital"
    MOVED = "moved", "The person has moved"
    DIED = "died", "The person has died"
    CANCELLED = "cancelled", "We cancelled it"


class Capacity(models.TextChoices):
    """What somebody takes part as; the second word says for whom."""

    PERSON = "person", "The person"
    CARER = "carer", "Family or carer"
    ADVOCATE = "advocate", "Advocate"
    CARE_COORDINATOR = "care_coordinator", "Care coordinator, trust"
    CONSULTANT = "consultant", "Consultant, trust"
    NURSE = "nurse", "Nurse, trust"
    THERAPIST = "therapist", "Therapist or psychologist, trust"
    ICB_CASE_MANAGER = "icb_case_manager", "Case manager, ICB"
    GP = "gp", "GP"
    SOCIAL_WORKER = "social_worker", "Social worker, council"
    COUNCIL_OTHER = "council_other", "Somebody else, council"
    PROVIDER = "provider", "Provider"
    OTHER = "other", "Somebody else"


class ReminderStep(models.TextChoices):
    DAYS_90 = "90", "Due in 90 days"
    DAYS_30 = "30", "Due in 30 days"
    DAYS_7 = "7", "Due in 7 days"
    OVERDUE = "overdue", "Overdue"


class EndingStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed by a review"
    SUPPORTED = "supported", "Supported by the panel, both bodies to say"
    ENDED = "ended", "Ended by both bodies"
    WITHDRAWN = "withdrawn", "Withdrawn: after-care goes on"


ENDING_TRANSITIONS = {
    EndingStatus.PROPOSED: {EndingStatus.SUPPORTED, EndingStatus.WITHDRAWN},
    EndingStatus.SUPPORTED: {EndingStatus.ENDED, EndingStatus.WITHDRAWN},
    EndingStatus.ENDED: set(),
    EndingStatus.WITHDRAWN: set(),
}


class Event(StrEnum):
    REVIEW_BOOKED = "reviews.review_booked"
    REVIEW_STARTED = "reviews.review_started"
    DRAFT_SAVED = "reviews.draft_saved"
    REVIEW_RECORDED = "reviews.review_recorded"
    CPA_ARRANGED = "reviews.cpa_arranged"
    CPA_HELD = "reviews.cpa_held"
    NEEDS_AGREED = "reviews.needs_agreed"
    REVIEW_NOT_COMPLETED = "reviews.review_not_completed"
    REVIEW_CLOSED = "reviews.review_closed"
    SPLIT_APPROVED = "reviews.split_approved"
    NEXT_REVIEW_SET = "reviews.next_review_set"
    REMINDERS_RAISED = "reviews.reminders_raised"
    REMINDERS_SENT = "reviews.reminders_sent"
    ENDING_PROPOSED = "reviews.ending_proposed"
    ENDING_SUPPORTED = "reviews.ending_supported"
    BODY_SATISFIED = "reviews.body_satisfied"
    ENDING_WITHDRAWN = "reviews.ending_withdrawn"
    ENTITLEMENT_ENDED = "reviews.entitlement_ended"
