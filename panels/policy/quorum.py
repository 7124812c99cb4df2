"""Whether enough of the right people are at a meeting to decide."""

from collections.abc import Iterable

from panels.enums import Seat

# The duty is on both bodies and neither can commit the other (Mental Health Act 1983 s.117(2)).
REQUIRED = (Seat.CHAIR, Seat.COUNCIL, Seat.ICB, Seat.CLINICIAN)
NOBODY_AS = {
    Seat.CHAIR: "the chair",
    Seat.COUNCIL: "a council budget-holder",
    Seat.ICB: "an ICB budget-holder",
    Seat.CLINICIAN: "a clinician",
}
SAT_AS = {
    Seat.CHAIR: "chair",
    Seat.COUNCIL: "council",
    Seat.ICB: "ICB",
    Seat.CLINICIAN: "clinician",
    Seat.SOCIAL_WORK: "social work",
    Seat.ADMINISTRATOR: "administrator",
}
RULE = "The chair, a council budget-holder, an ICB budget-holder and a clinician have to be here."


def missing_seats(present: Iterable[str]) -> tuple[Seat, ...]:
    """Return the seats without which nothing can be decided and in which nobody sits."""
    here = set(present)
    return tuple(seat for seat in REQUIRED if seat not in here)


def is_quorate(present: Iterable[str]) -> bool:
    """Test whether the people present may decide."""
    return not missing_seats(present)


def missing_in_words(missing: Iterable[Seat]) -> str:
    """Name who is missing: "the chair, an ICB budget-holder and a clinician"."""
    *others, last = (NOBODY_AS[seat] for seat in missing)
    return f"{', '.join(others)} and {last}" if others else last


def votes(seat: str) -> bool:
    """Test whether a seat has a vote."""
    return seat != Seat.ADMINISTRATOR
