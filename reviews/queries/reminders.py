"""The reminders that are still true for a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from core.dates import in_london
from reviews.enums import ReminderStep
from reviews.models import Reminder, Review
from reviews.policy import step_on


@dataclass(frozen=True)
class ReminderRow:
    """One case that a person was reminded of, and why."""

    case_id: UUID
    reference: str
    due_on: date
    words: str  # "Due in 30 days"
    raised_on: date


def reminders_for(user: User, day: date) -> list[ReminderRow]:
    """Return the reminders that hold today for the cases a person coordinates, oldest first."""
    if user.membership is None:
        return []
    reminders = (
        Reminder.objects.filter(
            case__partnership=user.membership.partnership_id,
            case__care_coordinator=user,
            case__ended_on__isnull=True,
            case__patient__died_on__isnull=True,
            lapsed_at__isnull=True,
        )
        .exclude(case__in=Review.objects.under_way().values("case"))
        .select_related("case")
        .order_by("review_due_on", "case__reference")
    )
    return [
        ReminderRow(
            case_id=one.case_id,
            reference=one.case.reference,
            due_on=one.review_due_on,
            words=ReminderStep(one.step).label,
            raised_on=in_london(one.raised_at).date(),
        )
        for one in reminders
        if one.review_due_on == one.case.next_review_due
        and step_on(one.review_due_on, day) == one.step
    ]
