"""The case file: the frame that all its pages share, and what the smaller pages show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from aftercare.models import Package
from aftercare.queries import PARTS
from audit.models import AuditEvent
from casework.enums import Holder
from casework.policy import StepLine, steps_of
from casework.queries.acts import NextAct, next_act
from casework.queries.history import History, history_of, situation_in
from casework.queries.stages import Situation
from cohorts.enums import Event
from cohorts.models.cases import Case
from cohorts.queries.identity import Identity, identity
from core.dates import in_words

TABS = (
    ("Overview", "case_file"),
    ("Needs and services", "case_needs"),
    ("Reviews", "case_reviews"),
    ("Funding", "case_funding"),
    ("Panel", "case_panel"),
    ("Detentions", "case_detentions"),
    ("Timeline", "case_timeline"),
    ("Who has seen this", "case_seen"),
)
OTHER_PAGES = {  # whose views record that they were opened, too
    "review_write": "Writing the review",
    "review_detail": "A review",
    "split_detail": "A funding split",
    "split_approve": "Approving a funding split",
    "split_answer": "Answering questions on a funding split",
    "ending_detail": "The ending of after-care",
    "ending_say": "The ending of after-care",
    "meeting": "A panel meeting",
}
WITH_EVERYTHING = (
    "patient",
    "detention",
    "cohort",
    "care_coordinator",
    "partnership__council",
    "partnership__icb",
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class CaseFrame:
    """Who the case is about, where it is, what is next, and the way to its other pages."""

    case: Case
    person: Identity
    situation: Situation
    history: History
    steps: tuple[StepLine, ...]
    holder: str
    line: str
    act: NextAct | None
    tabs: list[Tab]


def case_frame(case: Case, user: User, page: str, today: date) -> CaseFrame:
    """Return what every page of a case file shows around its own matter."""
    history = history_of(case)
    situation = situation_in(history, today)
    return CaseFrame(
        case=case,
        person=identity(case, today),
        situation=situation,
        history=history,
        steps=steps_of(situation.facts, situation.stage),
        holder=_holder(situation, user),
        line=situation.stage.line,
        act=next_act(situation, user),
        tabs=[
            Tab(label, reverse(f"casework:{name}", args=[case.pk]), name == page)
            for label, name in TABS
            if name != "case_seen" or may_see_readers(case, user)
        ],
    )


def may_see_readers(case: Case, user: User) -> bool:
    """Test whether somebody may know who opened a case: auditors and its care team."""
    return user.may(Permission.VIEW_AUDIT) or case.care_coordinator_id == user.pk


def _holder(situation: Situation, user: User) -> str:
    stage = situation.stage
    if stage.holder == Holder.NOBODY:
        return ""
    since = f" since {in_words(stage.since)}" if stage.since else ""
    return f"With {_holder_name(situation, user)}{since}."


def _holder_name(situation: Situation, user: User) -> str:
    coordinator = situation.case.care_coordinator
    if situation.stage.holder != Holder.CARE_TEAM:
        return situation.stage.holder.label
    if coordinator is None:
        return "the care team, nobody in it yet"
    return "you" if coordinator.pk == user.pk else coordinator.name


# The other pages --------------------------------------------------------------------------------


def packages_of(case: Case, today: date) -> tuple[Package | None, Package | None]:
    """Return the package in force and the one proposed last, with their needs and services."""
    packages = Package.objects.filter(case=case).prefetch_related(*PARTS)
    in_force = packages.in_force_on(today).order_by("-starts_on").first()
    proposed = packages.filter(proposed=True).order_by("-starts_on", "-pk").first()
    return in_force, proposed


@dataclass(frozen=True)
class Reader:
    """One time that somebody opened a page of a case."""

    name: str
    page: str
    at: datetime


def readers_of(case: Case, limit: int = 100) -> list[Reader]:
    """Return who opened a case, the latest first."""
    labels = {name: label for label, name in TABS} | OTHER_PAGES
    seen = AuditEvent.objects.filter(event=Event.CASE_SEEN, target_id=str(case.pk))
    return [
        Reader(
            line.actor.name, labels.get(line.detail.get("page"), "Another page"), line.occurred_at
        )
        for line in seen.select_related("actor").order_by("-occurred_at", "-number")[:limit]
        if line.actor
    ]
