"""Where a case is, who has it, and the one thing to do next: all from facts, nothing looked up."""

from dataclasses import dataclass
from datetime import date

from casework.enums import Act, Holder, Step
from core.dates import in_words
from matrices.enums import Body, SplitStatus
from panels.enums import ItemStatus
from reviews.enums import EndingStatus, Recommendation, ReviewStatus

BOOK_AHEAD_DAYS = 90  # the first reminder: from then on a review ought to be booked
RESULT_EXPECTED_DAYS = 7  # after that, a booked review without a word has probably not happened
TO_BE_DECIDED = {SplitStatus.PROPOSED, SplitStatus.AGREED, SplitStatus.RETURNED}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that decides where a case is; a status is "" where there is no such thing."""

    today: date
    entitled_from: date
    ended_on: date | None = None
    next_review_due: date | None = None
    last_reviewed_on: date | None = None
    review: str = ""
    booked_on: date | None = None  # the day on which somebody booked it
    booked_for: date | None = None
    held_on: date | None = None
    recorded_on: date | None = None
    cpa_arranged_for: date | None = None
    recommendation: str = ""
    is_being_scored: bool = False
    is_scored: bool = False
    split: str = ""
    proposed_on: date | None = None
    agreed_on: date | None = None
    returned_on: date | None = None
    approved_by: frozenset[str] = frozenset()
    in_force_from: date | None = None  # of the split that is in force now
    item: str = ""  # only one that still waits for the panel
    sent_on: date | None = None
    listed_on: date | None = None
    meeting_on: date | None = None
    ending: str = ""
    supported_on: date | None = None
    said_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CaseStage:
    """The present step, who has the case and since when, and what is to be done."""

    step: Step
    holder: Holder
    since: date | None
    act: Act | None
    line: str


@dataclass(frozen=True)
class StepLine:
    """One mark of the line of steps."""

    name: str
    state: str  # done, now, later
    line: str = ""


def where_is(facts: Facts) -> CaseStage:
    """Return where a case is: ended, between reviews, or somewhere on its way through one."""
    if facts.ended_on:
        line = f"After-care ended on {in_words(facts.ended_on)}."
        return CaseStage(Step.NEXT_REVIEW, Holder.NOBODY, facts.ended_on, None, line)
    under_way = {
        ReviewStatus.BOOKED: _booked,
        ReviewStatus.HELD: _being_written,
        ReviewStatus.AWAITING_CPA: _awaiting_cpa,
        ReviewStatus.NEEDS_AGREED: _needs_agreed,
        ReviewStatus.WITH_PANEL: _with_panel,
    }
    return under_way[ReviewStatus(facts.review)](facts) if facts.review else _to_be_booked(facts)


def _to_be_booked(facts: Facts) -> CaseStage:
    due = facts.next_review_due
    if due is None:
        line = "No date is set for the next review."
        return CaseStage(Step.REVIEW, Holder.CARE_TEAM, facts.entitled_from, Act.BOOK, line)
    days = (due - facts.today).days
    if days > BOOK_AHEAD_DAYS:
        line = f"The next review is due by {in_words(due)}. Until then there is nothing to do."
        return CaseStage(Step.NEXT_REVIEW, Holder.NOBODY, None, None, line)
    line = f"The review {'was' if days < 0 else 'is'} due by {in_words(due)} and is not booked."
    return CaseStage(Step.REVIEW, Holder.CARE_TEAM, None, Act.BOOK, line)


def _booked(facts: Facts) -> CaseStage:
    booked_for = facts.booked_for or facts.today
    days = (facts.today - booked_for).days
    if days < 0:
        act, line = Act.HOLD, f"The review is booked for {in_words(booked_for)}."
    elif days <= RESULT_EXPECTED_DAYS:
        act, line = Act.WRITE, f"The review was booked for {in_words(booked_for)}."
    else:
        act = Act.SAY_WHY
        line = f"The review was booked for {in_words(booked_for)}; no result is recorded."
    return CaseStage(Step.REVIEW, Holder.CARE_TEAM, facts.booked_on, act, line)


def _being_written(facts: Facts) -> CaseStage:
    when = f"held on {in_words(facts.held_on)} and " if facts.held_on else ""
    line = f"The review was {when}is being written."
    return CaseStage(Step.REVIEW, Holder.CARE_TEAM, facts.held_on, Act.WRITE, line)


def _awaiting_cpa(facts: Facts) -> CaseStage:
    line = "The review waits for the CPA"
    if facts.cpa_arranged_for:
        line += f" arranged for {in_words(facts.cpa_arranged_for)}"
    return CaseStage(Step.REVIEW, Holder.CARE_TEAM, facts.recorded_on, Act.RECORD_CPA, f"{line}.")


def _needs_agreed(facts: Facts) -> CaseStage:
    if facts.ending:
        act, step, line = Act.SEND, Step.NEEDS, "The review proposes that after-care ends."
    elif facts.split in TO_BE_DECIDED and facts.item:  # it waits in the tray, and for an answer
        line = "The panel deferred the case: send it again with what was asked for."
        return CaseStage(Step.SPLIT, Holder.CARE_TEAM, facts.sent_on, Act.SEND, line)
    elif facts.split in TO_BE_DECIDED:
        return CaseStage(
            Step.SPLIT, Holder.CARE_TEAM, facts.proposed_on, Act.SEND, "The split is ready."
        )
    elif facts.recommendation == Recommendation.CONTINUE and facts.in_force_from:
        act, step = Act.CLOSE, Step.NEEDS
        line = "Nothing changes: the split in force goes on and the review can be closed."
    elif facts.is_being_scored:
        act, step, line = Act.FINISH_SCORES, Step.SPLIT, "The matrix is being scored."
    elif facts.is_scored and not facts.split:
        act, step = Act.START_SCORES, Step.SPLIT
        line = "Nothing scores any points, so there is no split. Look at the scores again."
    else:
        act, step, line = Act.START_SCORES, Step.NEEDS, "The needs are agreed."
    return CaseStage(step, Holder.CARE_TEAM, facts.recorded_on, act, line)


def _with_panel(facts: Facts) -> CaseStage:
    if facts.split == SplitStatus.RETURNED:
        line = "The split was returned with questions."
        return CaseStage(Step.APPROVED, Holder.CARE_TEAM, facts.returned_on, Act.ANSWER, line)
    if facts.ending == EndingStatus.SUPPORTED:
        return _to_be_said(
            facts.said_by,
            facts.supported_on,
            Act.SAY_ENDED,
            "The panel supports that after-care ends",
        )
    if facts.split == SplitStatus.AGREED:
        return _to_be_said(
            facts.approved_by, facts.agreed_on, Act.APPROVE, "The panel has agreed the split"
        )
    if facts.item == ItemStatus.LISTED:
        when = f" of {in_words(facts.meeting_on)}" if facts.meeting_on else ""
        line = f"The case is on the agenda{when}."
        is_over = facts.meeting_on is not None and facts.meeting_on <= facts.today
        act = Act.DECIDE if is_over else None
        return CaseStage(Step.PANEL, Holder.PANEL, facts.listed_on, act, line)
    line = "The case is in the tray and waits for a place on an agenda."
    return CaseStage(Step.PANEL, Holder.PANEL_ADMINISTRATOR, facts.sent_on, Act.PLACE, line)


def _to_be_said(said: frozenset[str], since: date | None, act: Act, line: str) -> CaseStage:
    """Name the bodies whose word is still missing (Mental Health Act 1983 s.117(2): both)."""
    holders = {
        frozenset({Body.LA.value}): Holder.ICB,
        frozenset({Body.ICB.value}): Holder.COUNCIL,
    }
    holder = holders.get(frozenset(said), Holder.BOTH)
    verb = "have" if holder == Holder.BOTH else "has"
    line = f"{line}; {holder.label} {verb} still to say yes."
    return CaseStage(Step.APPROVED, holder, since, act, line)


# The line of steps ------------------------------------------------------------------------------


def steps_of(facts: Facts, stage: CaseStage) -> tuple[StepLine, ...]:
    """Return the line of steps with the present one marked."""
    lines = {
        Step.ENTITLED: f"from {in_words(facts.entitled_from)}",
        Step.REVIEW: _review_line(facts),
        Step.NEEDS: f"agreed {_short(facts.recorded_on, facts.today)}" if facts.recorded_on else "",
        Step.SPLIT: _split_line(facts),
        Step.PANEL: _panel_line(facts),
        Step.APPROVED: _approved_line(facts, stage),
        Step.NEXT_REVIEW: _next_line(facts, stage),
    }
    order = list(Step)
    present = order.index(stage.step)
    is_ended = facts.ended_on is not None
    return tuple(
        StepLine(
            name="Ended" if is_ended and step == Step.NEXT_REVIEW else step.label,
            state="done" if place < present else "now" if place == present else "later",
            line=lines[step],
        )
        for place, step in enumerate(order)
    )


def _review_line(facts: Facts) -> str:
    if facts.held_on:
        return f"held {_short(facts.held_on, facts.today)}"
    if facts.booked_for:
        return f"booked for {_short(facts.booked_for, facts.today)}"
    due = None if facts.ended_on else facts.next_review_due
    if due and (due - facts.today).days <= BOOK_AHEAD_DAYS:
        return f"{'was ' if due < facts.today else ''}due {_short(due, facts.today)}"
    return f"held {_short(facts.last_reviewed_on, facts.today)}" if facts.last_reviewed_on else ""


def _split_line(facts: Facts) -> str:
    if facts.split and facts.proposed_on:
        return f"proposed {_short(facts.proposed_on, facts.today)}"
    return ""


def _panel_line(facts: Facts) -> str:
    if facts.agreed_on or facts.supported_on:
        return f"agreed {_short(facts.agreed_on or facts.supported_on, facts.today)}"
    if facts.meeting_on:
        return f"on {_short(facts.meeting_on, facts.today)}"
    return f"sent {_short(facts.sent_on, facts.today)}" if facts.sent_on else ""


def _approved_line(facts: Facts, stage: CaseStage) -> str:
    said = facts.approved_by | facts.said_by
    if stage.step == Step.APPROVED:
        names = {Body.LA: "the council", Body.ICB: "the ICB"}
        return f"by {names[Body(next(iter(said)))]}" if said else "by council and ICB"
    if not facts.review and facts.in_force_from:
        return f"in force from {_short(facts.in_force_from, facts.today)}"
    return ""


def _next_line(facts: Facts, stage: CaseStage) -> str:
    if facts.ended_on:
        return _short(facts.ended_on, facts.today)
    if stage.step == Step.NEXT_REVIEW and facts.next_review_due:
        return f"by {in_words(facts.next_review_due)}"
    return ""


def _short(day: date | None, today: date) -> str:
    """Write a day without the year where it is this one."""
    if day is None:
        return ""
    return f"{day.day} {day:%B}" if day.year == today.year else in_words(day)
