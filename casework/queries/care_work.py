"""What waits for those who hold and write reviews: their own cases, and those that nobody has."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.enums import Role
from accounts.models import User
from casework.enums import Act, Holder
from casework.policy import Facts
from casework.queries.acts import next_act
from casework.queries.stages import Situation, situations
from casework.queries.work import (
    LONGEST_GROUP,
    Group,
    WorkRow,
    about,
    days,
    file_url,
    register_url,
    tag,
)
from cohorts.models.cases import Case, CaseQuerySet
from cohorts.policy.due import SOON_DAYS, due_state
from core.dates import in_words
from core.templatetags.s117 import gbp, short_day
from reviews.enums import ReminderStep
from reviews.models import Reminder, Review

TO_SEND_ON = {Act.CLOSE, Act.START_SCORES, Act.FINISH_SCORES, Act.SEND}
QUESTION_CHARACTERS = 140


OVERDUE = {
    "id": "overdue",
    "caption": "Overdue",
    "counted_as": "overdue",
    "due_heading": "Was due",
    "state_heading": "How late",
    "urgency": "late",
}
DUE = {
    "id": "due",
    "caption": "Due within 30 days",
    "counted_as": "due within 30 days",
    "due_heading": "Due",
    "state_heading": "When",
    "urgency": "soon",
}
SEND_ON = {
    "id": "send-on",
    "caption": "To work out and send on",
    "counted_as": "to work out and send on",
    "due_heading": "Since",
    "state_heading": "With you",
    "urgency": "soon",
}
RETURNED = {
    "id": "returned",
    "caption": "Returned with questions",
    "counted_as": "returned with questions",
    "due_heading": "Since",
    "state_heading": "With you",
    "urgency": "soon",
}
NOBODYS = {
    "id": "nobody",
    "caption": "Cases that nobody has",
    "counted_as": "that nobody has",
    "due_heading": "Due",
    "state_heading": "When",
    "urgency": "late",
}
WAITING = {
    "id": "waiting",
    "caption": "Waiting on others",
    "counted_as": "waiting on others",
    "due_heading": "Since",
    "state_heading": "Waiting",
    "is_waiting": True,
}


def care_groups(user: User, today: date) -> list[Group]:
    """Return the groups of a care coordinator or reviewer, each oldest first."""
    mine = situations(_needing_something(user, today).coordinated_by(user), today)
    found = _sorted_out(mine, today)
    due = _due_rows(user, mine)
    own = partial(_own_row, user=user)
    return [
        _group(found["overdue"], due, OVERDUE, register_url(who=user.pk, due="overdue")),
        _group(found["due"], due, DUE, register_url(who=user.pk, due="soon")),
        _group(found["send_on"], own, SEND_ON, register_url(who=user.pk)),
        _group(found["returned"], own, RETURNED, register_url(who=user.pk)),
        *_nobodys(user, today),
        _group(found["waiting"], _waiting_row, WAITING, register_url(who=user.pk)),
    ]


def _nobodys(user: User, today: date) -> list[Group]:
    if user.membership.role != Role.S117_REVIEWER:
        return []
    cases = _needing_something(user, today).with_nobody().for_the_s117_team()
    found = [one for one in situations(cases, today) if _place(one) not in {"", "waiting"}]
    return [_group(found, _due_rows(user, found), NOBODYS, register_url(who="nobody"))]


def _needing_something(user: User, today: date) -> CaseQuerySet:
    under_way = Review.objects.under_way().values("case")
    soon = today + timedelta(days=SOON_DAYS)
    is_due = Q(next_review_due__lte=soon) | Q(next_review_due__isnull=True)
    cases = Case.objects.visible_to(user).open().filter(is_due | Q(pk__in=under_way))
    return cases.select_related("patient").order_by("next_review_due", "reference")


# Sorting out ------------------------------------------------------------------------------------


def _sorted_out(found: Iterable[Situation], today: date) -> dict[str, list[Situation]]:
    groups: dict[str, list[Situation]] = {
        name: [] for name in ("overdue", "due", "send_on", "returned", "waiting", "")
    }
    for situation in found:
        groups[_place(situation)].append(situation)
    for name in ("send_on", "returned", "waiting"):
        groups[name].sort(key=lambda one: one.stage.since or today)
    groups["due"].sort(key=lambda one: _day_of(one) or today)
    groups["overdue"].sort(key=lambda one: one.case.next_review_due or date.min)
    return groups


def _place(situation: Situation) -> str:
    """Return the group a case belongs in; "" where nothing is to be done yet."""
    facts, stage = situation.facts, situation.stage
    if stage.holder == Holder.NOBODY:
        return ""
    if stage.holder != Holder.CARE_TEAM or _is_cpa_to_come(situation):
        return "waiting"
    if stage.act == Act.ANSWER:
        return "returned"
    if stage.act in TO_SEND_ON:
        return "send_on"
    soon = facts.today + timedelta(days=SOON_DAYS)
    if stage.act == Act.HOLD:
        return "due" if facts.booked_for and facts.booked_for <= soon else ""
    is_late = facts.next_review_due is None or facts.next_review_due < facts.today
    return "overdue" if is_late else "due"


def _is_cpa_to_come(situation: Situation) -> bool:
    arranged_for = situation.facts.cpa_arranged_for
    is_awaited = situation.stage.act == Act.RECORD_CPA and arranged_for is not None
    return is_awaited and arranged_for > situation.facts.today


def _day_of(situation: Situation) -> date | None:
    if situation.stage.act == Act.HOLD:
        return situation.facts.booked_for
    return situation.case.next_review_due


# Rows -------------------------------------------------------------------------------------------


def _group(
    found: list[Situation],
    row: Callable[[Situation], WorkRow],
    words: dict[str, Any],
    all_url: str,
) -> Group:
    rows = [row(situation) for situation in found[:LONGEST_GROUP]]
    return Group(rows=rows, total=len(found), all_url=all_url, **words)


def _due_rows(user: User, found: Iterable[Situation]) -> Callable[[Situation], WorkRow]:
    return partial(_due_row, user=user, reminders=_reminders(found))


def _due_row(situation: Situation, *, user: User, reminders: dict[UUID, str]) -> WorkRow:
    act, facts = next_act(situation, user), situation.facts
    return about(
        situation.case,
        verb=act.label,
        verb_url=act.url,
        is_post=act.is_post,
        why=_why(situation) + reminders.get(situation.case.pk, ""),
        due_on=_day_of(situation),
        state=tag(due_state(facts.next_review_due, facts.today, facts.booked_for)),
    )


def _own_row(situation: Situation, *, user: User) -> WorkRow:
    act, facts = next_act(situation, user), situation.facts
    is_in_file = situation.stage.act == Act.CLOSE  # to be looked at before it is done
    return about(
        situation.case,
        verb=act.label,
        verb_url=file_url(situation.case) if is_in_file else act.url,
        is_post=act.is_post and not is_in_file,
        why=_why(situation),
        due_on=situation.stage.since,
        state=(days(situation.stage.since, facts.today), "yellow"),
    )


def _waiting_row(situation: Situation) -> WorkRow:
    stage = situation.stage
    if _is_cpa_to_come(situation):
        arranged_for = in_words(situation.facts.cpa_arranged_for)
        verb, why = "The CPA", f"Arranged for {arranged_for}"
    else:
        verb, why = _awaited(situation), f"With {stage.holder.label}"
    return about(
        situation.case,
        verb=verb,
        why=why,
        due_on=stage.since,
        state=(days(stage.since, situation.facts.today), "grey"),
    )


def _awaited(situation: Situation) -> str:
    stage, split = situation.stage, situation.split
    if stage.act == Act.APPROVE:
        return f"Approval of {gbp(split.weekly_cost)} a week"
    if stage.act == Act.SAY_ENDED:
        return "The word on ending after-care"
    if situation.meeting:
        return f"The decision on {short_day(situation.meeting.held_on)}"
    return "A place on an agenda"


def _why(situation: Situation) -> str:
    facts, review, split = situation.facts, situation.review, situation.split
    act = situation.stage.act
    if act == Act.ANSWER:
        return f"{split.returned_by}: {_shortened(split.question)}"
    if act == Act.HOLD and review.booked_time:
        return f"At {review.booked_time:%H:%M}{f'. {review.place}' if review.place else ''}"
    words = {
        Act.BOOK: "Not booked yet",
        Act.HOLD: review.place if review else "",
        Act.WRITE: f"Held on {in_words(facts.held_on)}" if facts.held_on else _booked(facts),
        Act.SAY_WHY: f"{_booked(facts)}, no result recorded",
        Act.RECORD_CPA: "The review waits for it",
        Act.START_SCORES: "Needs agreed",
    }
    return words.get(act, situation.stage.line)


def _booked(facts: Facts) -> str:
    return f"Booked for {in_words(facts.booked_for)}" if facts.booked_for else ""


def _shortened(text: str) -> str:
    if len(text) <= QUESTION_CHARACTERS:
        return text
    return text[:QUESTION_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _reminders(found: Iterable[Situation]) -> dict[UUID, str]:
    """Return what the latest reminder of each case said, to stand after the reason."""
    due = {one.case.pk: one.case.next_review_due for one in found}
    raised = Reminder.objects.filter(case__in=due, lapsed_at__isnull=True).order_by("raised_at")
    return {
        reminder.case_id: f". Reminder of {short_day(reminder.raised_at)}: "
        f"{ReminderStep(reminder.step).label.lower()}"
        for reminder in raised
        if reminder.review_due_on == due[reminder.case_id]
    }
