"""The agenda and the pack of a meeting, filled in from the record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time

from aftercare.models import Need, Package
from core.dates import age_on, in_words
from matrices.policy.calculation import Outcome as MatrixOutcome
from matrices.queries import definition_of, outcome_of, scores_of, shown_steps
from panels.enums import MeetingStatus, Seat
from panels.models import AgendaItem, Meeting
from panels.policy.order import start_times
from panels.policy.papers import (
    AgendaPaper,
    BusinessLine,
    CasePaper,
    CheckLine,
    CostLine,
    Letterhead,
    MemberLine,
    NeedLine,
    PackPaper,
    ScoreLine,
    ServiceLine,
    SplitPaper,
    TraceStep,
    ViewLine,
)
from panels.policy.quorum import RULE, votes
from panels.queries.changes import (
    BodyCost,
    changes,
    costs_of,
    package_asked,
    package_now,
    with_services,
)
from panels.queries.deferrals import deferral_before

CASES = "4"  # the item of business under which the cases stand
OPENING = ("Welcome, apologies and quorum", "Declarations of interest", "Minutes and actions")


def agenda_paper(meeting: Meeting) -> AgendaPaper:
    """Return what the agenda of a meeting says."""
    return _agenda(meeting, list(meeting.items.on_the_agenda().with_papers()))


def pack_paper(meeting: Meeting, *, sent_on: date | None = None) -> PackPaper:
    """Return what the pack of a meeting says: its agenda and a section for each case."""
    items = list(meeting.items.on_the_agenda().with_papers())
    return PackPaper(
        reference=pack_reference(meeting),
        agenda=_agenda(meeting, items),
        cases=tuple(
            _case(item, number=number, day=meeting.held_on)
            for number, item in enumerate(items, start=1)
        ),
        sent_on=sent_on,
    )


def pack_reference(meeting: Meeting) -> str:
    """Return the name that a meeting's pack goes by."""
    return _reference("PP", meeting)


def initials(item: AgendaItem) -> str:
    """Return a person's initials, as papers name them."""
    patient = item.case.patient
    return "".join(f"{name[0]}." for name in (patient.given_names, patient.family_name) if name)


def _agenda(meeting: Meeting, items: list[AgendaItem]) -> AgendaPaper:
    members = meeting.members()
    times = start_times(meeting.starts_at_time, (item.minutes for item in items))
    chairs = (member.name for member in members if member.seat == Seat.CHAIR)
    partnership = meeting.panel.partnership
    return AgendaPaper(
        reference=_reference("AG", meeting),
        letterhead=Letterhead(partnership=f"{partnership.name} Section 117 partnership"),
        panel=meeting.panel.name,
        held_on=meeting.held_on,
        place=meeting.place,
        quorum=RULE,
        members=tuple(
            MemberLine(
                name=member.name,
                role=member.get_seat_display(),
                body=member.body,
                is_voting=votes(member.seat),
            )
            for member in members
        ),
        business=tuple(_business(meeting, items, times)),
        starts_at=meeting.starts_at_time,
        ends_at=times[-1],
        chair=next(chairs, ""),
        pack_reference=pack_reference(meeting),
    )


def _business(
    meeting: Meeting, items: list[AgendaItem], times: Sequence[time]
) -> Iterator[BusinessLine]:
    for number, what in enumerate(OPENING, start=1):
        yield BusinessLine(item=str(number), what=what, presenter="Chair", purpose="note")
    for number, (item, starts_at) in enumerate(zip(items, times, strict=False), start=1):
        coordinator = item.case.care_coordinator
        yield BusinessLine(
            item=f"{CASES}.{number}",
            what=f"{item.get_kind_display()}. {item.ask}",
            presenter=coordinator.name if coordinator else "",
            purpose="decide",
            reference=item.case.reference,
            initials=initials(item),
            weekly_cost=item.split.weekly_cost if item.split else None,
            starts_at=starts_at,
        )
    yield BusinessLine(item="5", what="Any other business", presenter="Chair", purpose="note")
    after = meeting.panel.meetings.filter(held_on__gt=meeting.held_on)
    following = after.exclude(status=MeetingStatus.CANCELLED).first()
    if following is not None:
        yield BusinessLine(
            item="6", what=f"Next meeting: {in_words(following.held_on)}", purpose="note"
        )


def _case(item: AgendaItem, *, number: int, day: date) -> CasePaper:
    costs = costs_of(item, day)
    review, case = item.review, item.case
    package = with_services(package_asked(item))
    has_now = costs is not None and costs.total.weekly_now is not None
    return CasePaper(
        item=f"{CASES}.{number}",
        reference=case.reference,
        initials=initials(item),
        about=tuple(_about(item, day)),
        ask=item.ask.rstrip("."),
        starts_on=item.split.effective_from if item.split else None,
        ends_on=item.split.effective_to if item.split else None,
        recommended_by=review.recorded_by.name if review and review.recorded_by else "",
        why_now=_why_now(item),
        progress="\n".join(_progress(item, day)),
        risks=review.risks if review else "",
        recommendation=_recommendation(item),
        costs=(),
        week=costs and _cost_line("A week", costs.rows, "weekly"),
        year=costs and _cost_line("A full year", costs.rows, "annual"),
        week_now=_cost_line("A week now", costs.rows, "weekly_now") if costs and has_now else None,
        split=_split(item),
        needs=tuple(_need(need) for need in package.needs.all()) if package else (),
        services=tuple(_services(package, with_services(package_now(item, day)))),
        views=(ViewLine(who="The person", words=review.person_says),)
        if review and review.person_says
        else (),
        took_part=tuple(
            attendance.get_capacity_display()
            for attendance in (review.attendances.all() if review else ())
            if attendance.took_part
        ),
        checks=tuple(_checks(item)),
    )


def _about(item: AgendaItem, day: date) -> Iterator[str]:
    patient, case = item.case.patient, item.case
    yield patient.get_client_group_display()
    yield f"aged {age_on(day, patient.born_on)}"
    if case.cohort is not None:
        yield f"cohort {case.cohort.name}"
    if case.is_out_of_area:
        yield "out of area"


def _why_now(item: AgendaItem) -> str:
    sentences = []
    if item.review and item.review.held_on:
        recommended = item.review.get_recommendation_display().partition(":")[0].lower()
        sentences.append(f"The review of {in_words(item.review.held_on)}: {recommended}.")
    deferral = deferral_before(item)
    if deferral is not None:
        held_on = in_words(deferral.item.meeting.held_on)
        sentences.append(f"Deferred on {held_on} for: {deferral.conditions}")
    if item.ending is not None:
        sentences.append(f"After-care would end on {in_words(item.ending.ends_on)}.")
    return " ".join(sentences)


def _progress(item: AgendaItem, day: date) -> Iterator[str]:
    if item.review and item.review.progress:
        yield item.review.progress
    for change in changes(item, day):
        yield change.words + "."


def _recommendation(item: AgendaItem) -> str:
    if item.ending is not None:
        return item.ending.reasons
    return item.review.recommendation_reasons if item.review else ""


def _cost_line(label: str, rows: Iterable[BodyCost], field: str) -> CostLine:
    icb, council = (getattr(row, field) for row in rows)
    return CostLine(label=label, both=icb + council, icb=icb, council=council)


def _need(need: Need) -> NeedLine:
    return NeedLine(
        need=need.get_domain_display(),
        description=need.description,
        arises_from_disorder=need.arises_from_disorder,
        reduces_risk=need.reduces_risk,
        met_by=tuple(line.description for line in need.lines.all()),
    )


def _services(package: Package | None, now: Package | None) -> Iterator[ServiceLine]:
    before = {line.description: line.weekly_cost for line in now.lines.all()} if now else {}
    for line in package.lines.all() if package else ():
        yield ServiceLine(
            description=line.description,
            provider=line.provider.name if line.provider else "",
            weekly_cost=line.weekly_cost,
            is_s117=line.is_s117,
            weekly_cost_now=before.get(line.description),
        )


def _split(item: AgendaItem) -> SplitPaper | None:
    split = item.split
    if split is None or split.assessment is None or split.assessment.outcome is None:
        return None
    scored = MatrixOutcome.from_json(split.assessment.outcome)
    explained = outcome_of(split) or scored
    version = split.assessment.version
    definition = definition_of(version)
    return SplitPaper(
        matrix=definition.title,
        version=str(version.number),
        is_sample=version.matrix.is_sample,
        icb_share=split.icb_share,
        points=scored.points or 0,
        max_points=scored.max_points,
        scores=tuple(
            ScoreLine(
                domain=score.name, level=score.level, points=score.points, evidence=score.evidence
            )
            for score in scores_of(split.assessment)
        ),
        steps=tuple(
            TraceStep(name=step.name, figure=step.result, sentence=step.why)
            for step in shown_steps(explained.trace, item.case)
        ),
        prompts=tuple(prompt.sentence for prompt in scored.prompts),
        definition_hash=version.sha256,
    )


def _checks(item: AgendaItem) -> Iterator[CheckLine]:
    review = item.review
    if review is None:
        return
    if review.held_on:
        yield CheckLine(check="Review held", result=in_words(review.held_on))
    if review.part_of_cpa is not None:
        result = "The review was part of it"
        if not review.part_of_cpa:
            result = in_words(review.cpa_held_on) if review.cpa_held_on else "Not held yet"
        yield CheckLine(check="CPA", result=result)
    coordinator = item.case.care_coordinator
    yield CheckLine(
        check="Care coordinator", result=coordinator.name if coordinator else "Nobody is named"
    )


def _reference(kind: str, meeting: Meeting) -> str:
    panel = re.sub(r"[^A-Z0-9]+", "-", meeting.panel.name.upper()).strip("-")
    return f"{kind}-{panel}-{meeting.held_on:%Y-%m-%d}"
