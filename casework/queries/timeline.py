"""All that has happened to one case, from the rows themselves; never from the audit log."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse

from casework.queries.history import History
from cohorts.models.cases import Case
from core.dates import in_words
from core.templatetags.s117 import day, gbp, percent
from matrices.enums import Body, SplitSource
from matrices.models import FundingSplit
from panels.models import AgendaItem
from reviews.enums import NotCompletedReason, Recommendation, ReminderStep
from reviews.models import Ending, Reminder, Review

LONDON = ZoneInfo("Europe/London")
Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """Something that happened: at an instant, or on a day where only the day is known."""

    title: str
    by: str = ""
    at: datetime | None = None
    on: date | None = None
    text: str = ""
    links: Links = ()

    @property
    def sorts_as(self) -> datetime:
        return self.at or datetime.combine(self.on, time.min, LONDON)


def timeline(history: History) -> list[TimelineEvent]:
    """Return what happened, the newest first; needs two more queries."""
    events = [*_of_case(history.case), *_reminders(history.case)]
    for review in history.reviews:
        events += _of_review(review)
    for split in history.splits:
        events += _of_split(split)
    for item in history.items:
        events += _of_item(item)
    for ending in history.endings:
        events += _of_ending(ending)
    return _newest_first(events)


def _newest_first(events: list[TimelineEvent]) -> list[TimelineEvent]:
    """Sort; of two things at one instant the later on the pathway comes first."""
    return sorted(events, key=lambda event: event.sorts_as)[::-1]


def ending_timeline(ending: Ending, items: list[AgendaItem]) -> list[TimelineEvent]:
    """Return what happened to one ending and its agenda items, the newest first."""
    events = [replace(event, links=()) for event in _of_ending(ending)]
    for item in items:
        events += _of_item(item)
    return _newest_first(events)


def _of_case(case: Case) -> list[TimelineEvent]:
    detention = case.detention
    after = f"After section {detention.section}" if detention else ""
    if after and detention.hospital:
        after += f", {detention.hospital}"
    events = [
        TimelineEvent(
            title="After-care began",
            on=case.entitled_from,
            text=f"{after}." if after else "",
        )
    ]
    events += [
        TimelineEvent(
            title=f"Placed in cohort {enrolment.cohort.name}",
            on=enrolment.starts_on,
            text=f"Reviewed by {enrolment.cohort.reviewed_by}.",
        )
        for enrolment in case.enrolments.select_related("cohort")
    ]
    if case.ended_on:
        reason = f"{case.get_end_reason_display()}."
        events.append(TimelineEvent(title="After-care ended", on=case.ended_on, text=reason))
    return events


def _reminders(case: Case) -> list[TimelineEvent]:
    reminders = Reminder.objects.filter(case=case, lapsed_at__isnull=True)
    return [
        TimelineEvent(
            title=f"Reminder: review {ReminderStep(reminder.step).label.lower()}",
            by="the system",
            at=reminder.raised_at,
            text=f"To {reminder.recipient.name}." if reminder.recipient else "",
        )
        for reminder in reminders.select_related("recipient")
    ]


def _of_review(review: Review) -> list[TimelineEvent]:
    read = (("Read the review", reverse("reviews:review_detail", args=[review.pk])),)
    events = [
        TimelineEvent(
            title="Review booked",
            by=review.booked_by.name,
            at=review.booked_at,
            text=f"For {in_words(review.booked_for)}{f', {review.place}' if review.place else ''}.",
        )
    ]
    if review.recorded_at:
        events.append(
            TimelineEvent(
                title="Review recorded",
                by=review.recorded_by.name,
                at=review.recorded_at,
                text=_result(review),
                links=read,
            )
        )
    if review.cpa_held_on:
        events.append(TimelineEvent(title="CPA held", on=review.cpa_held_on))
    if review.not_completed_reason:
        reason = NotCompletedReason(review.not_completed_reason).label
        events.append(
            TimelineEvent(title="Review did not happen", at=review.closed_at, text=f"{reason}.")
        )
    elif review.closed_at:
        events.append(TimelineEvent(title="Review closed", at=review.closed_at, links=read))
    return events


def _result(review: Review) -> str:
    held = f"Held on {in_words(review.held_on)}" if review.held_on else "Held"
    if not review.recommendation:
        return f"{held}."
    return f"{held}. Recommendation: {Recommendation(review.recommendation).label.lower()}."


def _of_split(split: FundingSplit) -> list[TimelineEvent]:
    see = (("See the split", reverse("casework:split_detail", args=[split.pk])),)
    is_taken = split.source == SplitSource.REGISTER
    events = [
        TimelineEvent(
            title="Split taken from the register" if is_taken else "Split proposed",
            by=split.proposed_by.name,
            at=split.proposed_at,
            text=f"ICB {percent(split.icb_share)}, council {percent(split.la_share)} "
            f"of {gbp(split.weekly_cost)} a week.",
            links=see,
        )
    ]
    if split.returned_at:
        events.append(
            TimelineEvent(
                title="Split returned with questions",
                by=split.returned_by.name,
                at=split.returned_at,
                text=split.question,
            )
        )
    events += [
        TimelineEvent(
            title=f"Approved by {_body(approval.body)}",
            by=approval.approved_by.name,
            at=approval.approved_at,
        )
        for approval in split.approvals.all()
    ]
    if split.in_force_at and not is_taken:
        text = f"{gbp(split.weekly_cost)} a week from {day(split.effective_from)}."
        events.append(TimelineEvent(title="Split in force", at=split.in_force_at, text=text))
    return events


def _of_item(item: AgendaItem) -> list[TimelineEvent]:
    events = [
        TimelineEvent(
            title=f"Sent to {item.panel}",
            by=item.submitted_by.name,
            at=item.submitted_at,
            text=item.ask,
        )
    ]
    if item.listed_at and item.meeting:
        events.append(
            TimelineEvent(
                title=f"Placed on the agenda of {day(item.meeting.held_on)}",
                by=item.listed_by.name,
                at=item.listed_at,
            )
        )
    if item.withdrawn_at:
        events.append(TimelineEvent(title="Withdrawn from the panel", at=item.withdrawn_at))
    decision = getattr(item, "decision", None)
    if decision:
        outcome = decision.get_outcome_display()
        events.append(
            TimelineEvent(
                title=f"{item.panel} decided: {outcome[0].lower()}{outcome[1:]}",
                by=decision.decided_by.name,
                at=decision.decided_at,
                text=decision.reasons,
                links=(
                    ("See the meeting", reverse("panels:meeting_detail", args=[item.meeting_id])),
                ),
            )
        )
    return events


def _of_ending(ending: Ending) -> list[TimelineEvent]:
    see = (("See the ending", reverse("casework:ending_detail", args=[ending.pk])),)
    events = [
        TimelineEvent(
            title="Ending of after-care proposed",
            by=ending.proposed_by.name,
            at=ending.proposed_at,
            text=ending.reasons,
            links=see,
        )
    ]
    events += [
        TimelineEvent(
            title=f"{_capital(_body(word.body))} is satisfied that after-care may end",
            by=word.satisfied_by.name,
            at=word.satisfied_at,
            text=word.reasons,
        )
        for word in ending.satisfactions.all()
    ]
    if ending.withdrawn_at:
        events.append(
            TimelineEvent(
                title="After-care goes on",
                by=ending.withdrawn_by.name,
                at=ending.withdrawn_at,
                text=ending.withdrawn_reason,
            )
        )
    return events


def _body(body: str) -> str:
    return {Body.LA: "the council", Body.ICB: "the ICB"}[Body(body)]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
