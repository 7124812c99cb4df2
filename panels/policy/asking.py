"""The sentence a panel is asked, proposed from what a review recommends."""

from collections.abc import Sequence
from datetime import date

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
    changes: Sequence[str],
    ends_on: date | None = None,
) -> str:
    """Return a sentence to begin with; as many changes are named as the line has room for.

    It names no sum and no first day: the papers print both beside it, from the split itself.
    """
    if recommendation == Recommendation.END:
        when = f" on {in_words(ends_on)}" if ends_on else ""
        return f"End after-care{when}; the council and the ICB both have to say so"
    sentence = BEGINNINGS.get(recommendation) if is_funded else None
    return _with_changes(sentence or "Agree the package", changes)


def _with_changes(sentence: str, changes: Sequence[str]) -> str:
    joint = ": "
    for change in changes:
        longer = f"{sentence}{joint}{change}"
        if len(longer) > LONGEST:
            break
        sentence, joint = longer, "; "
    return sentence
