"""What the register's list shows: tabs, counts and rows, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, OrderBy, Q, QuerySet
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership, Partnership, User
from cohorts.enums import ClientGroup
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from cohorts.policy.due import SOON_DAYS, DueState, due_state
from core.templatetags.s117 import counted

Counts = dict[str, int]
ORDERS = {  # by these, and by nothing else that an address may ask for
    "name": ("patient__family_name", "patient__given_names"),
    "group": ("patient__client_group",),
    "last": ("last_reviewed_on",),
    "due": ("next_review_due",),
    "who": ("care_coordinator__name",),
    "cost": ("weekly_cost",),
}
LONGEST_DUE_FIRST = "due"
CARES = [Role.CARE_COORDINATOR, Role.S117_REVIEWER]


@dataclass(frozen=True)
class Tab:
    """A filter that is always there, with its number of cases."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One case in the list."""

    id: UUID
    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    group: str
    last_reviewed_on: date | None
    next_review_due: date | None
    state: DueState
    coordinator: str
    coordinator_in_register: str
    weekly_cost: Decimal | None


def ordered(cases: QuerySet[Case], order: str) -> QuerySet[Case]:
    """Sort by a key such as "due" or "-due"; anything else sorts by the longest due."""
    key = order.removeprefix("-")
    fields = ORDERS.get(key, ORDERS[LONGEST_DUE_FIRST])
    descending = order.startswith("-") and key in ORDERS
    terms = [OrderBy(F(name), descending=descending, nulls_last=True) for name in fields]
    return cases.order_by(*terms, "reference")


def facet_counts(cases: QuerySet[Case], today: date) -> Counts:
    """Count cases for each choice of the filters, in one query."""
    soon = Q(next_review_due__range=(today, today + timedelta(days=SOON_DAYS)))
    cto = Q(detention__cto_from__isnull=False, detention__cto_ended_on__isnull=True)
    conditions = {
        "overdue": Q(next_review_due__lt=today),
        "soon": soon,
        "no_date": Q(next_review_due__isnull=True),
        "cto": cto,
        "restricted": Q(detention__section__contains="/"),
        "area": Q(is_out_of_area=True),
    } | {group: Q(patient__client_group=group) for group in ClientGroup.values}
    return cases.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )


def tab_counts(cases: QuerySet[Case], cohorts: Iterable[Cohort], user: User) -> Counts:
    """Count the cases of every tab, in one query."""
    is_open = Q(ended_on__isnull=True)
    conditions = {
        "open": is_open,
        "none": is_open & Q(cohort__isnull=True),
        "mine": is_open & Q(care_coordinator=user),
        "ended": ~is_open,
    } | {f"cohort_{cohort.pk.hex}": is_open & Q(cohort=cohort) for cohort in cohorts}
    return cases.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )


def tabs(
    counts: Counts, cohorts: Iterable[Cohort], user: User, chosen: dict[str, object]
) -> list[Tab]:
    """Return the tabs; the one that the filters in force amount to is current."""
    rows = [("All open", "open", {})]
    rows += [
        (f"Cohort {one.name}", f"cohort_{one.pk.hex}", {"cohort": str(one.pk)}) for one in cohorts
    ]
    rows.append(("No cohort", "none", {"cohort": "none"}))
    if user.membership.role in CARES:
        rows.append(("Mine", "mine", {"who": str(user.pk)}))
    rows.append(("Ended", "ended", {"state": "ended"}))
    narrowed = {name: chosen[name] for name in ("cohort", "who", "state") if name in chosen}
    return [
        Tab(f"{label} ({counts[key]:,})", _register(query), narrowed == query)
        for label, key, query in rows
    ]


def _register(query: dict[str, str]) -> str:
    address = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("cohorts:register") + (f"?{address}" if address else "")


def rows_of(cases: Iterable[Case], today: date, *, can_open: bool) -> list[RegisterRow]:
    """Return the rows of a page; needs the cases with people."""
    return [
        RegisterRow(
            id=case.pk,
            family_name=case.patient.family_name,
            given_names=case.patient.given_names,
            reference=case.reference,
            born_on=case.patient.born_on,
            url=reverse("casework:case_file", args=[case.pk]) if can_open else "",
            group=case.patient.get_client_group_display(),
            last_reviewed_on=case.last_reviewed_on,
            next_review_due=case.next_review_due,
            state=_state(case, today),
            coordinator=case.care_coordinator.name if case.care_coordinator else "",
            coordinator_in_register=case.coordinator_in_register,
            weekly_cost=case.weekly_cost,
        )
        for case in cases
    ]


def _state(case: Case, today: date) -> DueState:
    if case.ended_on:
        return DueState("Ended", "grey")
    return due_state(case.next_review_due, today)


def count_in_words(number: int, overdue: int, where: str) -> str:
    """Say how many: "106 cases in cohort B, 14 overdue"."""
    words = f"{counted(number, 'case,cases')} {where}"
    return f"{words}, {overdue:,} overdue" if overdue else words


def where_in_words(chosen: dict[str, object], cohorts: Iterable[Cohort], user: User) -> str:
    """Say in which part of the register the cases are."""
    if chosen.get("state"):
        return "ended"
    names = {str(cohort.pk): f"in cohort {cohort.name}" for cohort in cohorts}
    names["none"] = "in no cohort"
    if chosen.get("cohort"):
        return names[str(chosen["cohort"])]
    if chosen.get("who") == str(user.pk):
        return "of yours"
    return "open"


def person(key: str | None) -> User | None:
    """Return the user with a key that `coordinators_of` gave out."""
    return User.objects.get(pk=key) if key else None


def coordinators_of(partnership: Partnership, today: date) -> list[tuple[str, str]]:
    """Return those who may be given cases, by name, as choices."""
    found = Membership.objects.active_on(today).filter(partnership=partnership, role__in=CARES)
    people = found.order_by("user__name").values_list("user", "user__name").distinct()
    return [(str(key), name) for key, name in people]
