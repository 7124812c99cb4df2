"""When a review is due, which reminders that owes, and what makes it joint."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.dates import add_months, in_words
from reviews.enums import Capacity, ReminderStep

REVIEW_MONTHS = 12  # the first borough's plan, "schedule next review for 12 months"
STEP_DAYS = {
    ReminderStep.DAYS_90: 90,
    ReminderStep.DAYS_30: 30,
    ReminderStep.DAYS_7: 7,
    ReminderStep.OVERDUE: -1,  # the day after
}
HEALTH = {
    Capacity.CARE_COORDINATOR,
    Capacity.CONSULTANT,
    Capacity.NURSE,
    Capacity.THERAPIST,
    Capacity.ICB_CASE_MANAGER,
    Capacity.GP,
}
COUNCIL = {Capacity.SOCIAL_WORKER, Capacity.COUNCIL_OTHER}


def next_due(held_on: date) -> date:
    """Return when the next review is due: the same day a year on; 29 February gives 28 February."""
    return add_months(held_on, REVIEW_MONTHS)


def step_on(due_on: date, day: date) -> ReminderStep | None:
    """Return the reminder owed on a day for a review due on another, or None while it is far off.

    It is the latest step whose day has come: where the job did not run for some days the step is
    raised late, and steps that are past already are not raised at all.
    """
    days = (due_on - day).days
    owed = [step for step, before in STEP_DAYS.items() if days <= before]
    return owed[-1] if owed else None


def due_between(step: ReminderStep, day: date) -> tuple[date | None, date]:
    """Return the first and last due date for which `step_on` gives this step on a day."""
    last = day + timedelta(days=STEP_DAYS[step])
    later = [before for before in STEP_DAYS.values() if before < STEP_DAYS[step]]
    return (day + timedelta(days=max(later) + 1) if later else None), last


def is_joint(capacities: Iterable[str]) -> bool:
    """Test whether health and the council both took part (s.117(2) puts the duty on both)."""
    present = set(capacities)
    return bool(present & HEALTH) and bool(present & COUNCIL)


def due_late_by(due_on: date, held_on: date) -> str:
    """Say by when a review was due and whether it was held in time."""
    days = (held_on - due_on).days
    when = f"{days:,} day{'s' * (days != 1)} late" if days > 0 else "in time"
    return f"It was due by {in_words(due_on)} and held {when}."
