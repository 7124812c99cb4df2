"""Taking invented cases along the pathway, through the same operations as the screens.

A tale says how far a case has come. Everything happens on stated days, in the order in which
it would have: reviews first, then the panel's last meeting, then the bodies, then the next agenda.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from aftercare.operations import LineInput, NeedInput
from aftercare.queries import package_in_force
from cohorts.models.cases import Case
from core.dates import LONDON
from demo.places import Place
from matrices.operations.approvals import answer_questions, return_split
from matrices.operations.assessments import start_assessment
from matrices.policy.definition import Definition
from matrices.policy.parsing import parse_definition
from panels.models import AgendaItem, Meeting
from panels.operations.agenda import list_item, publish_agenda, put_in_order, submit_review
from panels.operations.decisions import record_decision
from panels.operations.meetings import close_meeting, take_attendance
from panels.queries.asking import ask_of
from reviews.models import Review
from reviews.operations import approvals
from reviews.operations.booking import book_review, start_writing
from reviews.operations.closing import close_unchanged
from reviews.operations.endings import say_satisfied
from reviews.operations.writing import (
    AttendanceInput,
    ReviewAnswers,
    record_cpa_held,
    record_review,
    save_draft,
)

PACKAGES = yaml.safe_load((Path(__file__).parent / "packages.yaml").read_text())
BODIES = {"la": "anita.rowe", "icb": "helen.marsh"}


@dataclass
class Tale:
    """How far one case has come; days count from today, negative ones are past."""

    case: Case
    coordinator: User
    booked_for: int | None = None
    held: int | None = None
    draft: dict[str, Any] | None = None
    recommendation: str = ""
    reasons: str = "More support now is likelier to keep the person well than a later admission."
    person_says: str = "I like where I live. I want to go out more by myself."
    progress: str = "Settled since the last review; early signs noticed and met in time."
    risks: str = "Without the support, stopping medication and readmission are likely."
    cpa: int | None = None  # None: part of one
    cpa_held: int | None = None
    closed: bool = False
    scores: int | list[int] | None = None  # levels counted from none; one for all, or one each
    depart: str = ""  # the ICB's share instead of the matrix's, as "3/4"
    sent: int | None = None
    ask: str = ""
    meeting: str = ""  # "last" or "next"
    outcome: str = ""
    decision: str = "The package meets the needs and costs what such care costs."
    conditions: str = ""
    approved: Sequence[str] = field(default_factory=list)
    question: str = ""
    answer: str = ""
    satisfied: Sequence[str] = field(default_factory=list)


class Teller:
    """Tells tales of one place, on the days they happened."""

    def __init__(self, place: Place, now: datetime) -> None:
        self.place, self.now = place, now
        self.today = now.astimezone(LONDON).date()

    def on(self, days: int) -> date:
        """Return the day that many days from today."""
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int = 10) -> datetime:
        """Return an instant on that day, never later than now."""
        then = datetime.combine(self.on(days), time(hour), tzinfo=LONDON)
        return min(then, self.now)

    def tell(self, tales: Sequence[Tale], panel_name: str) -> None:
        """Take every case as far as its tale goes."""
        for tale in tales:
            self._review(tale)
        self._last_meeting(tales, panel_name)
        for tale in tales:
            self._bodies(tale)
        self._next_meeting(tales, panel_name)

    # Review, split, tray ------------------------------------------------------------------------

    def _review(self, tale: Tale) -> None:
        if tale.booked_for is None:
            return
        by = tale.coordinator
        review = book_review(
            case=tale.case,
            booked_for=self.on(tale.booked_for),
            booked_time=time(10, 30),
            place="At home",
            by=by,
            at=self.at(min(tale.booked_for, 0) - 14),
        )
        if tale.held is None:
            return
        review = start_writing(
            review=review, held_on=self.on(tale.held), by=by, at=self.at(tale.held, 12)
        )
        if tale.draft is not None:
            save_draft(review=review, draft=tale.draft, draft_number=0, by=by, at=self.now)
        if tale.recommendation:
            self._record(tale, review)

    def _record(self, tale: Tale, review: Review) -> None:
        by, at = tale.coordinator, self.at((tale.held or 0) + 1)
        review = record_review(review=review, answers=self._answers(tale), by=by, at=at)
        if tale.cpa_held is not None:
            held_on = self.on(tale.cpa_held)
            review = record_cpa_held(
                review=review, held_on=held_on, by=by, at=self.at(tale.cpa_held, 15)
            )
        if tale.closed:
            close_unchanged(review=review, by=by, at=at)
        if tale.scores is not None:
            self._split(tale, review, at)
        if tale.sent is not None:
            review.refresh_from_db()
            ask = tale.ask or ask_of(review, self.on(tale.sent))
            submit_review(review=review, ask=ask, by=by, at=self.at(tale.sent, 11))

    def _answers(self, tale: Tale) -> ReviewAnswers:
        patient = tale.case.patient
        agreed = PACKAGES[patient.client_group]
        needs = [NeedInput(*need) for need in agreed["needs"]]
        return ReviewAnswers(
            held_on=self.on(tale.held or 0),
            part_of_cpa=tale.cpa is None,
            cpa_arranged_for=None if tale.cpa is None else self.on(tale.cpa),
            attendances=[
                AttendanceInput(f"{patient.given_names} {patient.family_name}", "person"),
                AttendanceInput(tale.coordinator.name, "care_coordinator"),
                AttendanceInput("Tom Ferris", "social_worker"),
                AttendanceInput("Dr Hana Yusuf", "consultant"),
                AttendanceInput("Joyce Penn", "advocate"),
            ],
            person_says=tale.person_says,
            progress=tale.progress,
            risks=tale.risks,
            needs=needs,
            lines=self._lines(tale, agreed["lines"], needs),
            package_starts_on=self.on((tale.held or 0) + 30),
            recommendation=tale.recommendation,
            recommendation_reasons=tale.reasons,
        )

    def _lines(self, tale: Tale, usual: list[list[Any]], needs: list[NeedInput]) -> list[LineInput]:
        """The usual services; where nothing changed, those in force."""
        package = package_in_force(tale.case, self.on(tale.held or 0)) if tale.closed else None
        if package is not None:
            usual = [
                [line.description, line.provider.name, line.weekly_cost, 1]
                for line in package.lines.all()
            ]
        return [self._line(line, needs) for line in usual]

    def _line(self, line: list[Any], needs: list[NeedInput]) -> LineInput:
        description, provider, cost, position = line
        need = needs[position - 1]
        return LineInput(
            description,
            provider,
            Decimal(cost),
            position,
            is_s117=need.arises_from_disorder and need.reduces_risk,
        )

    def _split(self, tale: Tale, review: Review, at: datetime) -> None:
        assessment = start_assessment(
            case=tale.case, package=review.package, by=tale.coordinator, at=at
        )
        definition = parse_definition(assessment.version.definition)
        approvals.propose(
            assessment=assessment,
            answers=_answers_at(definition, tale.scores or 0, review.held_on),
            draft_number=0,
            effective_from=review.package.starts_on,
            icb_share=Fraction(tale.depart) if tale.depart else None,
            reasons=tale.reasons if tale.depart else "",
            by=tale.coordinator,
            at=at,
        )

    # Meetings -----------------------------------------------------------------------------------

    def _last_meeting(self, tales: Sequence[Tale], panel_name: str) -> None:
        decided = [tale for tale in tales if tale.meeting == "last"]
        meeting = self._meetings(panel_name).filter(held_on__lt=self.today).last()
        if meeting is None or not decided:
            return
        days = (meeting.held_on - self.today).days
        items = self._publish(meeting, decided, at=self.at(days - 6))
        chair = self.place.people["ruth.calloway"]
        present = [member.pk for member in meeting.panel.members.all()]
        take_attendance(meeting=meeting, present=present, by=chair, at=self.at(days, 13))
        for tale, item in zip(decided, items, strict=True):
            record_decision(
                item=item,
                outcome=tale.outcome,
                reasons=tale.decision,
                conditions=tale.conditions,
                by=chair,
                at=self.at(days, 14),
            )
        close_meeting(meeting=meeting, by=chair, at=self.at(days, 16))

    def _next_meeting(self, tales: Sequence[Tale], panel_name: str) -> None:
        listed = [tale for tale in tales if tale.meeting == "next"]
        meeting = self._meetings(panel_name).filter(held_on__gte=self.today).first()
        if meeting is not None and listed:
            self._publish(meeting, listed, at=self.now)

    def _publish(
        self, meeting: Meeting, tales: Sequence[Tale], *, at: datetime
    ) -> list[AgendaItem]:
        administrator = self.place.people["dorothy.lim"]
        items = [
            list_item(
                item=AgendaItem.objects.in_the_tray().get(case=tale.case),
                meeting=meeting,
                by=administrator,
                at=at,
            )
            for tale in tales
        ]
        put_in_order(meeting=meeting, by=administrator, at=at)
        publish_agenda(meeting=meeting, by=administrator, at=at)
        return items

    def _meetings(self, panel_name: str) -> Any:
        return Meeting.objects.filter(
            panel__partnership=self.place.partnership, panel__name=panel_name
        ).order_by("held_on")

    # Both bodies --------------------------------------------------------------------------------

    def _bodies(self, tale: Tale) -> None:
        split = tale.case.splits.awaiting_approval().first()
        ending = tale.case.endings.first()
        for body in tale.approved:
            commissioner = self.place.people[BODIES[body]]
            split.refresh_from_db()
            approvals.approve_split(split=split, seen=split.sha256, by=commissioner, at=self.at(-2))
        if tale.question:
            icb = self.place.people[BODIES["icb"]]
            split = return_split(split=split, question=tale.question, by=icb, at=self.at(-3))
        if tale.answer:
            answer_questions(split=split, answer=tale.answer, by=tale.coordinator, at=self.at(-1))
        for body in tale.satisfied:
            commissioner = self.place.people[BODIES[body]]
            say_satisfied(ending=ending, reasons=tale.reasons, by=commissioner, at=self.at(-2))


def _answers_at(
    definition: Definition, scores: int | list[int], held_on: date
) -> dict[str, dict[str, str]]:
    """Score every domain as told; by one level for all, each second of them one lower."""
    count = len(definition.domains)
    levels = scores if isinstance(scores, list) else [scores - n % 2 for n in range(count)]
    answers = {}
    for domain, level in zip(definition.domains, levels, strict=True):
        chosen = domain.levels[max(0, min(level, len(domain.levels) - 1))]
        evidence = f"Review of {held_on.day} {held_on:%B %Y}, section 2"
        answers[domain.code] = {"level": chosen.code, "evidence": evidence}
    return answers
