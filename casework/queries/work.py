"""The rows and groups of "My work"."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from cohorts.models.cases import Case
from cohorts.policy.due import DueState

LONGEST_GROUP = 25
Tag = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """Something to do for one case; the verb leads straight to the act."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    verb: str
    verb_url: str = ""  # none where it is for others to do
    is_post: bool = False
    why: str = ""
    due_on: date | None = None
    state: Tag | None = None


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """Something to do that is not about one person: a meeting, a cohort."""

    title: str
    verb: str
    verb_url: str
    why: str = ""
    due_on: date | None = None
    state: Tag | None = None
    more_links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """One table of the page, oldest first, and the number that stands for it at the top."""

    id: str
    caption: str
    counted_as: str  # after the number at the top: "overdue", or "gap,gaps" for one and many
    due_heading: str
    state_heading: str
    rows: list[WorkRow] | list[TaskRow]
    total: int
    urgency: str = ""  # late, soon, ok or none
    all_url: str = ""
    is_waiting: bool = False  # on others: nothing to do
    is_to_read: bool = False  # good to know: nothing to do either
    is_about_people: bool = True

    @property
    def label(self) -> str:
        one, _, many = self.counted_as.partition(",")
        return many if many and self.total != 1 else one

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


def about(case: Case, *, is_link: bool = True, **more: object) -> WorkRow:
    """Return a row for a case, a link unless the reader may not open it; needs its patient."""
    return WorkRow(
        family_name=case.patient.family_name,
        given_names=case.patient.given_names,
        reference=case.reference,
        born_on=case.patient.born_on,
        url=file_url(case) if is_link else "",
        **more,
    )


def file_url(case: Case) -> str:
    """Return the address of a case's file."""
    return reverse("casework:case_file", args=[case.pk])


def tag(state: DueState) -> Tag:
    """Return a due state as the components take it."""
    return state.label, state.colour


def days(since: date | None, today: date) -> str:
    """Say how long something has waited: 1 day, 11 days, today."""
    number = (today - since).days if since else 0
    return "Today" if number < 1 else f"{number} day{'s' * (number != 1)}"


def first_of(found: QuerySet) -> tuple[list, int]:
    """Return the first rows of a list, and how many there are in all."""
    return list(found[:LONGEST_GROUP]), found.count()


def register_url(**filters: object) -> str:
    """Return the address of the register with filters in force."""
    return f"{reverse('cohorts:register')}?{urlencode(filters)}"
