"""How a review date stands on a day, in words and in one colour."""

from dataclasses import dataclass
from datetime import date

from core.dates import in_words

LONG_OVERDUE_DAYS = 90
SOON_DAYS = 30


@dataclass(frozen=True)
class DueState:
    """A tag: always words, and the colour that goes with them."""

    label: str
    colour: str


def due_state(
    next_review_due: date | None, today: date, booked_for: date | None = None
) -> DueState:
    """Return the tag for a case's next review; "no date" is never the same as "in date"."""
    if booked_for is not None and booked_for >= today:
        return DueState(f"Booked {booked_for.day} {booked_for:%B}", "blue")
    if next_review_due is None:
        return DueState("No date", "red")
    days = (today - next_review_due).days
    if days > 0:
        colour = "red" if days > LONG_OVERDUE_DAYS else "orange"
        return DueState(f"{days:,} day{'s' * (days != 1)} overdue", colour)
    if days == 0:
        return DueState("Due today", "yellow")
    if -days <= SOON_DAYS:
        return DueState(f"Due in {-days} day{'s' * (days != -1)}", "yellow")
    return DueState("In date", "green")


def due_in_words(next_review_due: date | None) -> str:
    """Return the date as written, or that there is none."""
    return in_words(next_review_due) if next_review_due else "no date"
