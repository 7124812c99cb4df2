"""Whether a row of a register is somebody who is here already, and what it would change.

A register knows less than the record: it fills what is empty here and brings what is newer. It
never empties anything, renames nobody, and leaves alone what people keep here (who coordinates,
what is paid).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from cohorts.policy.register_text import Problem, squeeze
from core.dates import in_words

Values = Mapping[str, object]

_OF_PATIENT = ("client_group", "postcode", "gp_practice", "local_reference")
_NUMBERED = "numbered"  # marks the names of a person who has a number as well
_ALIKE = 0.6  # two writings of one name are closer than this; two people's names are not


@dataclass(frozen=True)
class Known:
    """What the register holds of a person and of their latest case, column by column."""

    patient: Values
    case: Values | None


@dataclass(frozen=True)
class Changes:
    """What a row brings to a person and a case that are here, column by column."""

    patient: dict[str, object]
    case: dict[str, object]

    def __bool__(self) -> bool:
        return bool(self.patient or self.case)


def identity_of(values: Values) -> tuple[object, ...] | None:
    """Return what tells one person from another: the NHS number, else names and date of birth."""
    if values.get("nhs_number"):
        return (values["nhs_number"],)
    if not values.get("no_number_reason"):
        return None
    return names_and_birth(values)


def known_as(values: Values) -> list[tuple[object, ...]]:
    """Return all that a person of a file is remembered by, what tells them apart first."""
    identity = identity_of(values)
    if not identity:
        return []
    return [identity, (_NUMBERED, *names_and_birth(values))] if _has_both(values) else [identity]


def sought_as(values: Values) -> list[tuple[object, ...]]:
    """Return what another row is remembered by if it means this person.

    Names and date of birth tell only where one of the two has no number: two numbers are two
    people.
    """
    identity = identity_of(values)
    if not identity:
        return []
    names = names_and_birth(values)
    if not values.get("nhs_number"):
        return [identity, (_NUMBERED, *names)]
    return [identity, names] if _has_both(values) else [identity]


def names_and_birth(values: Values) -> tuple[object, ...]:
    """Return a person's names and date of birth as they compare."""
    names = (squeeze(str(values.get(name) or "")).casefold() for name in _NAMES)
    return (*names, values.get("born_on"))


def objections(values: Values, known: Known) -> Iterator[Problem]:
    """Yield why a row may not be stored with the person who seems to be meant."""
    if word := _somebody_else(values, known.patient):
        sentence = (
            f"This NHS number belongs to somebody else on the register, with another {word}; "
            "check the number, the name and the date of birth"
        )
        yield Problem("nhs_number_of_somebody_else", "nhs_number", sentence)
        return
    if known.case is None:
        return
    ended_on, left = known.case["ended_on"], values["entitled_from"]
    if isinstance(ended_on, date) and isinstance(left, date) and left <= ended_on:
        sentence = (
            f"After-care for this person ended on {in_words(ended_on)}; leave the row out, or type "
            "the later day on which they left hospital"
        )
        yield Problem("case_ended", "left_hospital_on", sentence)
    elif ended_on is None and _is_before(values["last_reviewed_on"], known.case["entitled_from"]):
        sentence = "This review was held before the case here began; correct the date"
        yield Problem("review_before_entitlement", "last_reviewed_on", sentence)


def notes(values: Values, known: Known) -> Iterator[Problem]:
    """Yield what a person should see, though the row goes in."""
    paid = known.case["weekly_cost"] if known.case and known.case["ended_on"] is None else None
    if paid is not None and values["weekly_cost"] not in {None, paid}:
        sentence = f"The record says £{paid:,.2f} a week, and keeps it; a review changes the cost"
        yield Problem("weekly_cost_differs", "weekly_cost", sentence, stops=False)


def changes(values: Values, known: Known, coordinators: Mapping[str, object]) -> Changes:
    """Return what a row brings to a person with an open case; `coordinators` are users by name."""
    patient = {
        column: values[column]
        for column in _OF_PATIENT
        if values[column] not in {None, "", known.patient[column]}
    }
    if values["nhs_number"] and not known.patient["nhs_number"]:
        patient |= {"nhs_number": values["nhs_number"], "no_number_reason": ""}
    if known.case is None:
        return Changes(patient, {})
    brings = _dates(values, known.case) | _coordinator(values, known.case, coordinators)
    if values["out_of_area"] is not None:
        brings["is_out_of_area"] = values["out_of_area"]
    case = {column: value for column, value in brings.items() if value != known.case[column]}
    return Changes(patient, case)


def as_case(values: Values, coordinators: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of the case that a row opens."""
    empty = {"care_coordinator_id": None, "coordinator_in_register": ""}
    return {
        "entitled_from": values["entitled_from"],
        "last_reviewed_on": values["last_reviewed_on"],
        "next_review_due": values["next_review_due"],
        "is_out_of_area": bool(values["out_of_area"]),
    } | (_coordinator(values, empty, coordinators) or empty)


def _dates(values: Values, case: Values) -> dict[str, object]:
    """Return the review dates of a row, unless the record has heard of a later review."""
    last, last_here = values["last_reviewed_on"], case["last_reviewed_on"]
    if isinstance(last_here, date) and not (isinstance(last, date) and last >= last_here):
        return {}
    return {
        column: values[column]
        for column in ("last_reviewed_on", "next_review_due")
        if values[column] is not None
    }


def _coordinator(
    values: Values, case: Values, coordinators: Mapping[str, object]
) -> dict[str, object]:
    name = str(values["care_coordinator"] or "")
    if not name or case["care_coordinator_id"] is not None:
        return {}
    if name.casefold() in coordinators:
        user = coordinators[name.casefold()]
        return {"care_coordinator_id": user, "coordinator_in_register": ""}
    return {"care_coordinator_id": None, "coordinator_in_register": name}


def _has_both(values: Values) -> bool:
    return bool(values.get("nhs_number")) and all(names_and_birth(values))


def _somebody_else(values: Values, patient: Values) -> str:
    if values["born_on"] != patient["born_on"]:
        return "date of birth"
    here, there = (" ".join(map(str, names_and_birth(person)[:2])) for person in (values, patient))
    if set(here.split()) & set(there.split()):
        return ""
    return "" if SequenceMatcher(None, here, there).ratio() >= _ALIKE else "name"


def _is_before(earlier: object, later: object) -> bool:
    return isinstance(earlier, date) and isinstance(later, date) and earlier < later


_NAMES = ("family_name", "given_names")
