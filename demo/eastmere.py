"""Eastmere at work: a register imported, stories told, and cases at every step of the pathway."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain

from accounts.enums import Role
from casework.operations import import_register
from cohorts.models.cases import Case
from cohorts.operations import imports
from cohorts.operations.cohorts import place_cases
from demo.places import Place
from demo.population import register
from demo.stories import told
from demo.tales import Tale, Teller
from reviews.operations.reminders import raise_reminders

A_PANEL = "A panel"
PEOPLE, SEED = 388, 117
MEREBRIDGE_PEOPLE, MEREBRIDGE_SEED = 24, 711

# How many further cases stand at each step, and the tale that takes them there.
STEPS: tuple[tuple[int, dict[str, object]], ...] = (
    (8, {"booked_for": 6}),
    (2, {"booked_for": -6}),
    (4, {"booked_for": -2, "held": -2, "draft": {"person_says": "I would like to"}}),
    (2, {"booked_for": -11, "held": -11, "recommendation": "change", "cpa": 8}),
    (4, {"booked_for": -10, "held": -10, "recommendation": "change"}),
    (3, {"booked_for": -9, "held": -9, "recommendation": "change", "scores": 2}),
    (6, {"booked_for": -14, "held": -14, "recommendation": "change", "scores": 2, "sent": -5}),
    (6, {"booked_for": -20, "held": -20, "recommendation": "change", "scores": 1, "sent": -10,
         "meeting": "next"}),
    (3, {"booked_for": -45, "held": -45, "recommendation": "change", "scores": 2, "sent": -33,
         "meeting": "last", "outcome": "approve"}),
    (2, {"booked_for": -45, "held": -45, "recommendation": "change", "scores": 1, "sent": -33,
         "meeting": "last", "outcome": "approve", "approved": ["icb"]}),
    (4, {"booked_for": -44, "held": -44, "recommendation": "change", "scores": 2, "sent": -32,
         "meeting": "last", "outcome": "approve", "approved": ["la", "icb"]}),
    (1, {"booked_for": -43, "held": -43, "recommendation": "change", "scores": 1, "sent": -31,
         "meeting": "last", "outcome": "decline",
         "decision": "The same need can be met nearer home; an option is to be worked out."}),
)  # fmt: skip


def fill(place: Place, teller: Teller) -> None:
    """Fill a place: its register, its stories, and cases at every step."""
    _import(place, teller, people=PEOPLE, seed=SEED)
    stories = told(teller)
    place_cases(
        partnership=place.partnership,
        day=teller.on(-59),
        by=place.people["moses.achebe"],
        at=teller.at(-59),
    )
    teller.tell([*_again(stories), *_further(place, stories)], A_PANEL)
    raise_reminders(day=teller.today, at=teller.now)


def fill_stranger(place: Place, teller: Teller) -> None:
    """Give the other place a register of its own."""
    _import(place, teller, people=MEREBRIDGE_PEOPLE, seed=MEREBRIDGE_SEED)


def _import(place: Place, teller: Teller, *, people: int, seed: int) -> None:
    by = place.people.get("dorothy.lim") or next(iter(place.people.values()))
    at = teller.at(-100)
    uploaded = imports.upload_register(
        partnership=place.partnership,
        data=register(teller.today, people, seed, _coordinators(place)),
        name=f"register-{place.partnership.slug}.xlsx",
        by=by,
        at=at,
    )
    read = imports.read_import(register_import=uploaded, today=teller.on(-100), at=at)
    confirmed = imports.confirm_import(register_import=read, by=by, at=at)
    import_register(register_import=confirmed, by=by, at=at + timedelta(minutes=2))


def _coordinators(place: Place) -> list[str]:
    return [
        user.name
        for user in place.people.values()
        if user.membership is not None and user.membership.role == Role.CARE_COORDINATOR
    ]


def _again(tales: Sequence[Tale]) -> Sequence[Tale]:
    """Read the stories' cases afresh, now that they are placed in cohorts."""
    for tale in tales:
        tale.case = Case.objects.select_related("patient", "detention", "cohort").get(
            pk=tale.case.pk
        )
    return tales


def _further(place: Place, stories: Sequence[Tale]) -> Iterator[Tale]:
    """Take cases of cohort A, the longest due first, to every step of the pathway."""
    taken = [tale.case.pk for tale in stories]
    cases = iter(
        Case.objects.in_partnership(place.partnership)
        .open()
        .filter(cohort__name="A", care_coordinator__isnull=False, next_review_due__isnull=False)
        .exclude(pk__in=taken)
        .select_related("patient", "detention", "cohort", "care_coordinator")
        .order_by("next_review_due", "reference")
    )
    people = {user.pk: user for user in place.people.values()}
    steps = chain.from_iterable([tale] * count for count, tale in STEPS)
    for tale, case in zip(steps, cases, strict=False):
        yield Tale(case=case, coordinator=people[case.care_coordinator_id], **tale)
