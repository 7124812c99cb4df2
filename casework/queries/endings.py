"""Endings on screen: what waits for a body, and one ending as a body must see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from aftercare.enums import Duty
from aftercare.models import Need, ServiceLine
from aftercare.queries import package_in_force, s117_lines, weekly_total
from casework.queries.funding import body_of
from casework.queries.timeline import TimelineEvent, ending_timeline
from casework.queries.work import days
from cohorts.models.people import Detention
from cohorts.queries.identity import Identity, identity
from core.dates import in_london
from core.templatetags.s117 import day, gbp
from matrices.enums import Body
from matrices.models import FundingSplit
from panels.models import AgendaItem, Decision
from reviews.enums import EndingStatus
from reviews.models import Ending, Satisfaction

Tag = tuple[str, str]
WITH_EVERYTHING = (
    "case__patient",
    "case__detention",
    "case__care_coordinator",
    "case__partnership__council",
    "case__partnership__icb",
    "review",
    "proposed_by",
    "withdrawn_by",
)
SHORT = {Body.LA: "council", Body.ICB: "ICB"}
STATES = {
    EndingStatus.PROPOSED: ("Proposed, panel to decide", "turquoise"),
    EndingStatus.ENDED: ("Ended by both bodies", "grey"),
    EndingStatus.WITHDRAWN: ("After-care goes on", "green"),
}
UNDER_WAY = {EndingStatus.PROPOSED, EndingStatus.SUPPORTED}
MATTER = {
    EndingStatus.ENDED: "What it ended",
    EndingStatus.WITHDRAWN: "What goes on",
}


def with_everything(endings: QuerySet[Ending]) -> QuerySet[Ending]:
    """Select all that a page about one ending shows of the ending itself."""
    words = Satisfaction.objects.select_related("satisfied_by", "organisation")
    return endings.select_related(*WITH_EVERYTHING).prefetch_related(
        Prefetch("satisfactions", words.order_by("satisfied_at"))
    )


def bodies_of(ending: Ending) -> dict[str, str]:
    """Return what each body is called in this place; needs the partnership's bodies selected."""
    place = ending.case.partnership
    return {Body.LA: place.council.name, Body.ICB: place.icb.name}


def said_by(ending: Ending) -> set[str]:
    """Return the bodies that have said yes; needs the satisfactions prefetched."""
    return {word.body for word in ending.satisfactions.all()}


def is_awaiting(ending: Ending, body: Body | None) -> bool:
    """Test whether this body has still to say whether after-care ends."""
    is_open = ending.status == EndingStatus.SUPPORTED
    return body is not None and is_open and body not in said_by(ending)


def state_of(ending: Ending) -> Tag:
    """Return where an ending stands, in words and one colour."""
    if ending.status != EndingStatus.SUPPORTED:
        return STATES[EndingStatus(ending.status)]
    said = said_by(ending)
    if not said:
        return "Council and ICB to say", "yellow"
    return ("ICB to say" if Body.LA in said else "Council to say"), "yellow"


# The list ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class EndingRow:
    """One ending that waits for the reader's own body."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    ends_on: date
    state: Tag
    since: str


def ending_rows(user: User, today: date) -> list[EndingRow]:
    """Return the endings that wait for the reader's own body, the longest waiting first."""
    body = body_of(user)
    if body is None:
        return []
    waiting = Ending.objects.visible_to(user).awaiting(body).select_related("case__patient")
    oldest_first = waiting.order_by(Coalesce("supported_at", "proposed_at"), "pk")
    return [_row(ending, today) for ending in oldest_first.prefetch_related("satisfactions")]


def _row(ending: Ending, today: date) -> EndingRow:
    patient = ending.case.patient
    supported_at = ending.supported_at
    return EndingRow(
        family_name=patient.family_name,
        given_names=patient.given_names,
        reference=ending.case.reference,
        born_on=patient.born_on,
        url=reverse("casework:ending_say", args=[ending.pk]),
        ends_on=ending.ends_on,
        state=state_of(ending),
        since=days(in_london(supported_at).date() if supported_at else None, today),
    )


# One ending -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BodyWord:
    """What one body has said, or that it has not."""

    tag: Tag
    body: str
    by: str = ""
    at: datetime | None = None
    reasons: str = ""


@dataclass(frozen=True)
class Caution:
    """Something about the person that a body must know before it says a word."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class EndingPage:
    """What a body must see before it says a word, on one screen."""

    ending: Ending
    person: Identity
    state: Tag
    cautions: list[Caution]
    may_end: bool
    asked: str
    panel_words: str
    decision: Decision | None
    matter: str
    needs: list[Need]
    services: list[ServiceLine]
    staying: list[ServiceLine]  # under the Care Act, so an ending does not touch them
    cost_words: str
    end_words: str
    words: list[BodyWord]
    events: list[TimelineEvent]

    @property
    def first_name(self) -> str:
        return self.person.given_names.split()[0]

    @property
    def is_open(self) -> bool:
        return self.ending.status == EndingStatus.SUPPORTED


def ending_page(ending: Ending, today: date) -> EndingPage:
    """Return one ending with its review, its panel's decision and what it is about."""
    case = ending.case
    items = list(
        AgendaItem.objects.filter(ending=ending)
        .select_related("panel", "meeting", "submitted_by", "listed_by", "decision__decided_by")
        .order_by("-submitted_at")
    )
    decision = getattr(items[0], "decision", None) if items else None
    package = package_in_force(case, min(today, case.ended_on or today))
    lines = s117_lines(package) if package else []
    needs = package.needs.all() if package else []
    return EndingPage(
        ending=ending,
        person=identity(case, today),
        state=state_of(ending),
        cautions=cautions_of(case.detention) if ending.status in UNDER_WAY else [],
        may_end=case.detention is None or not case.detention.is_on_cto,
        asked=items[0].ask if items else "",
        panel_words=_panel_words(items[0], decision) if decision else "",
        decision=decision,
        matter=MATTER.get(EndingStatus(ending.status), "What would end"),
        needs=[need for need in needs if need.duty == Duty.S117],
        services=lines,
        staying=[line for line in package.lines.all() if not line.is_s117] if package else [],
        cost_words=_cost_words(ending, lines),
        end_words=_end_words(ending, today),
        words=_words(ending),
        events=ending_timeline(ending, items),
    )


def cautions_of(detention: Detention | None) -> list[Caution]:
    """Return what in a person's detention speaks against an ending, the bar to it first."""
    if detention is None:
        return []
    cautions = []
    if detention.is_on_cto:
        cautions.append(
            Caution(
                "error",
                "After-care cannot end now",
                "There is a community treatment order, made on "
                f"{day(detention.cto_from)}. While it lasts, nobody can end after-care "
                "(Mental Health Act 1983, section 117(2)).",
            )
        )
    if detention.conditionally_discharged_on:
        cautions.append(
            Caution(
                "warning",
                "Conditionally discharged",
                f"Since {day(detention.conditionally_discharged_on)}, from section "
                f"{detention.section}. Recall to hospital is possible while the conditions "
                "last: say in your reasons why after-care may end all the same.",
            )
        )
    elif "/" in detention.section:
        cautions.append(
            Caution(
                "warning",
                "Restricted",
                f"Section {detention.section} came with restrictions. Say in your reasons "
                "whether they still apply.",
            )
        )
    return cautions


def _panel_words(item: AgendaItem, decision: Decision) -> str:
    outcome = decision.get_outcome_display()
    on = day(in_london(decision.decided_at).date())
    return f"The {item.panel} decided on {on}: {outcome[0].lower()}{outcome[1:]}."


def _cost_words(ending: Ending, lines: list[ServiceLine]) -> str:
    if not lines:
        return "No service under section 117 is on this record."
    split = FundingSplit.objects.in_force().filter(case=ending.case_id).first()
    if split is None:
        return f"{gbp(weekly_total(lines))} a week. No split is in force."
    icb, council = gbp(split.icb_weekly_cost), gbp(split.la_weekly_cost)
    return f"{gbp(split.weekly_cost)} a week: ICB {icb}, council {council}."


def _end_words(ending: Ending, today: date) -> str:
    ended_on = ending.case.ended_on
    if ending.status != EndingStatus.ENDED or ended_on is None:
        return ""
    return f"After-care {'ended' if ended_on <= today else 'ends'} on {day(ended_on)}."


def _words(ending: Ending) -> list[BodyWord]:
    said = {word.body: word for word in ending.satisfactions.all()}
    is_open = ending.status == EndingStatus.SUPPORTED
    return [
        _word(said[body]) if body in said else BodyWord(("To say", "yellow"), name)
        for body, name in bodies_of(ending).items()
        if body in said or is_open
    ]


def _word(word: Satisfaction) -> BodyWord:
    return BodyWord(
        ("Satisfied", "green"),
        word.organisation.name,
        word.satisfied_by.name,
        word.satisfied_at,
        word.reasons,
    )
