"""The sentence a panel is asked, proposed from what a review recommends."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.dates import in_words
from reviews.enums import Recommendation

LONGEST = 280  # characters: the width of the line in the agenda
BEGINNINGS: dict[str, str] = {
    Recommendation.CONTINUE: "Continue the package unchanged",
    Recommendation.CHANGE: "Change the package",
    Recommendation.STEP_DOWN: "Step down",
    Recommendation.CHC: "Continue while NHS continuing healthcare is considered",
}


def suggested_ask(
    *,
    recommendation: str,
    is_funded: bool,
    weekly_cost: Decimal | None,
    starts_on: date | None,
    changes: Sequence[str],
    ends_on: date | None = None,
) -> str:
    """Return a sentence to begin with; as many changes are named as the line has room for."""
    if recommendation == Recommendation.END:
        when = f" on {in_words(ends_on)}" if ends_on else ""
        return f"End after-care{when}. The council and the ICB both have to say so."
    sentence = BEGINNINGS.get(recommendation) if is_funded else None
    sentence = sentence or "Agree the package"
    if weekly_cost is not None:
        sentence += f", £{weekly_cost:,.2f} a week"
    if starts_on is not None:
        sentence += f" from {in_words(starts_on)}"
    return _with_changes(f"{sentence}.", changes)


def _with_changes(sentence: str, changes: Sequence[str]) -> str:
    for change in changes:
        longer = f"{sentence} {change}."
        if len(longer) > LONGEST:
            break
        sentence = longer
    return sentence
