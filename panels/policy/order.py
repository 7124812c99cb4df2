"""In which order a panel takes its cases, how long each has, and when each begins."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from panels.enums import ItemKind
from reviews.enums import Recommendation

# The panel's usual order: what is new first, what comes back last.
ORDER = (
    ItemKind.NEW,
    ItemKind.STEP_DOWN,
    ItemKind.CHANGE,
    ItemKind.REVIEW,
    ItemKind.ENDING,
    ItemKind.DEFERRED,
)
MINUTES = {
    ItemKind.NEW: 20,
    ItemKind.STEP_DOWN: 15,
    ItemKind.CHANGE: 15,
    ItemKind.REVIEW: 10,
    ItemKind.ENDING: 20,
    ItemKind.DEFERRED: 20,
}
OPENING_MINUTES = 15  # welcome, quorum, declarations, minutes, actions


def order_of(kind: str) -> int:
    """Return the place of a kind of item in the panel's order."""
    return ORDER.index(ItemKind(kind))


def minutes_for(kind: str) -> int:
    """Return how long an item of this kind usually takes."""
    return MINUTES[ItemKind(kind)]


def kind_of(*, recommendation: str, is_funded: bool, proposes_ending: bool) -> ItemKind:
    """Return what kind of item a review makes, from what it recommends and what is in force."""
    if proposes_ending:
        return ItemKind.ENDING
    if not is_funded:
        return ItemKind.NEW
    if recommendation == Recommendation.STEP_DOWN:
        return ItemKind.STEP_DOWN
    return ItemKind.CHANGE if recommendation == Recommendation.CHANGE else ItemKind.REVIEW


def start_times(starts_at: time, minutes: Iterable[int]) -> Sequence[time]:
    """Return when each item begins, and at the end when the last of them is over."""
    clock = datetime.combine(date.min, starts_at) + timedelta(minutes=OPENING_MINUTES)
    times = [clock]
    for spent in minutes:
        times.append(times[-1] + timedelta(minutes=spent))
    return [moment.time() for moment in times]
