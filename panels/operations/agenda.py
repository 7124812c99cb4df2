"""The tray and the agenda: sent in, put on, put in order, published."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_london, in_words
from core.refusals import Refused
from matrices.enums import SplitStatus
from panels.enums import Event, ItemKind, ItemStatus, MeetingStatus
from panels.models import AgendaItem, Meeting, Panel
from panels.operations.giving_back import become, give_back, is_unanswered
from panels.operations.meetings import locked
from panels.operations.packs import request_pack
from panels.policy.order import kind_of, minutes_for, order_of
from panels.queries.asking import ending_proposed_by
from reviews.enums import ReviewStatus
from reviews.models import Ending, Review


@transaction.atomic
def submit_review(*, review: Review, ask: str, by: User, at: datetime) -> AgendaItem:
    """Send what a review recommends to the panel that serves the case's cohort."""
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("case__cohort", "split")
        .get(pk=review.pk)
    )
    item, ending = _deferred(review.case), ending_proposed_by(review)
    _check_may_be_sent(review, ending=ending, deferred=item is not None)
    if item is None:
        kind = kind_of(
            recommendation=review.recommendation,
            is_funded=review.case.splits.in_force().exists(),
            proposes_ending=ending is not None,
        )
        item = AgendaItem(case=review.case, kind=kind, minutes=minutes_for(kind))
        item.panel = panel_for(review.case)
    item.review, item.ending = review, ending
    item.split = review.split if ending is None else None
    item.ask, item.submitted_at, item.submitted_by = ask, at, by
    item.save()
    become(review, ReviewStatus.WITH_PANEL)
    record(Event.ITEM_SUBMITTED, on=item, by=by, at=at, review=review.pk, kind=item.kind)
    return item


@transaction.atomic
def list_item(*, item: AgendaItem, meeting: Meeting, by: User, at: datetime) -> AgendaItem:
    """Put a case from the tray at the end of an agenda that is not published yet."""
    list_items(items=[item], meeting=meeting, by=by, at=at)
    item.refresh_from_db()
    return item


@transaction.atomic
def list_items(
    *, items: Iterable[AgendaItem], meeting: Meeting, by: User, at: datetime
) -> list[AgendaItem]:
    """Put cases from the tray at the end of an agenda, in the order given."""
    meeting = locked(meeting)
    _check_planned(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return [
        _list_one(item, meeting=meeting, position=position, by=by, at=at)
        for position, item in enumerate(items, start=last + 1)
    ]


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User, at: datetime) -> AgendaItem:
    """Change places with the item before (up) or after; at either end nothing moves."""
    meeting, items = _agenda_of(item)
    index = items.index(item)
    other = index - 1 if up else index + 1
    if 0 <= other < len(items):
        items[index], items[other] = items[other], items[index]
        _number(items)
        record(Event.ITEM_MOVED, on=item, by=by, at=at, meeting=meeting.pk, position=other + 1)
    return items[other if 0 <= other < len(items) else index]


@transaction.atomic
def return_to_tray(*, item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    """Take a case off an agenda that is not published; the others close up."""
    meeting, items = _agenda_of(item)
    item = items.pop(items.index(item))
    item.become(ItemStatus.SUBMITTED)
    item.meeting = item.position = item.listed_at = item.listed_by = None
    item.save(update_fields=["status", "meeting", "position", "listed_at", "listed_by"])
    _number(items)
    if is_unanswered(item):
        give_back(item.review)
    record(Event.ITEM_RETURNED_TO_TRAY, on=item, by=by, at=at, meeting=meeting.pk)
    return item


@transaction.atomic
def put_in_order(*, meeting: Meeting, by: User, at: datetime) -> list[AgendaItem]:
    """Put an agenda in the panel's order; cases of one kind stay as they stand."""
    meeting = locked(meeting)
    _check_planned(meeting)
    items = sorted(_items_on(meeting), key=lambda item: order_of(item.kind))
    _number(items)
    references = [item.case.reference for item in items]
    record(Event.ITEM_MOVED, on=meeting, by=by, at=at, order=references)
    return items


@transaction.atomic
def withdraw_item(*, item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    """Take a case out of the tray for good; its review is the coordinator's again."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.status != ItemStatus.SUBMITTED:
        raise Refused("Only a case in the tray can be withdrawn. Take it off the agenda first.")
    item.become(ItemStatus.WITHDRAWN)
    item.withdrawn_at = at
    item.save(update_fields=["status", "withdrawn_at"])
    give_back(item.review)
    record(Event.ITEM_WITHDRAWN, on=item, by=by, at=at)
    return item


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Fix an agenda and tell everybody; the pack is asked for at once if its day has come."""
    meeting = locked(meeting)
    _check_planned(meeting)
    if not meeting.items.exists():
        raise Refused("The agenda is empty. Add a case from the tray, then publish it.")
    meeting.become(MeetingStatus.PUBLISHED)
    meeting.published_at, meeting.published_by = at, by
    meeting.save(update_fields=["status", "published_at", "published_by"])
    record(Event.AGENDA_PUBLISHED, on=meeting, by=by, at=at, cases=meeting.items.count())
    if meeting.pack_due_on <= in_london(at).date():
        request_pack(meeting=meeting, by=by, at=at)
    return meeting


def panel_for(case: Case) -> Panel:
    """Return the panel that serves a case's cohort, or say why there is none."""
    if case.cohort is None:
        raise Refused(f"Place the case {case.reference} in a cohort first.")
    panel = Panel.objects.filter(partnership=case.partnership_id).serving(case.cohort).first()
    if panel is None:
        raise Refused(f"No panel serves cohort {case.cohort.name} yet.")
    return panel


def _deferred(case: Case) -> AgendaItem | None:
    """The item that came back from the panel and waits in the tray for what was asked."""
    return (
        AgendaItem.objects.select_for_update(of=("self",))
        .in_the_tray()
        .filter(case=case, kind=ItemKind.DEFERRED)
        .first()
    )


def _check_may_be_sent(review: Review, *, ending: Ending | None, deferred: bool) -> None:
    reference = review.case.reference
    if review.status == ReviewStatus.WITH_PANEL or (not deferred and _is_waiting(review.case)):
        raise Refused(f"{reference} is with the panel already.")
    if review.status != ReviewStatus.NEEDS_AGREED:
        raise Refused("Record the review and agree the needs first, then send it to the panel.")
    has_split = review.split is not None and review.split.status == SplitStatus.PROPOSED
    if ending is None and not has_split:
        raise Refused("Score the matrix and propose a split first, then send it to the panel.")


def _is_waiting(case: Case) -> bool:
    return case.agenda_items.filter(status__in=[ItemStatus.SUBMITTED, ItemStatus.LISTED]).exists()


def _list_one(
    item: AgendaItem, *, meeting: Meeting, position: int, by: User, at: datetime
) -> AgendaItem:
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("case", "review")
        .get(pk=item.pk)
    )
    if item.status != ItemStatus.SUBMITTED:
        raise Refused(f"{item.case.reference} is not in the tray any more.")
    if item.panel_id != meeting.panel_id:
        raise Refused(f"{item.case.reference} waits for another panel.")
    item.become(ItemStatus.LISTED)
    item.meeting, item.position = meeting, position
    item.listed_at, item.listed_by = at, by
    item.save(update_fields=["status", "meeting", "position", "listed_at", "listed_by"])
    if item.review is not None and item.review.can_become(ReviewStatus.WITH_PANEL):
        become(item.review, ReviewStatus.WITH_PANEL)
    record(Event.ITEM_LISTED, on=item, by=by, at=at, meeting=meeting.pk, position=position)
    return item


def _agenda_of(item: AgendaItem) -> tuple[Meeting, list[AgendaItem]]:
    meeting = Meeting.objects.filter(items=item.pk).first()
    if meeting is not None:
        meeting = locked(meeting)
        _check_planned(meeting)
        items = _items_on(meeting)
        if item in items:
            return meeting, items
    raise Refused(f"{item.case.reference} is not on an agenda any more.")


def _items_on(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.on_the_agenda().select_related("case__patient"))


def _number(items: Iterable[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _check_planned(meeting: Meeting) -> None:
    if meeting.status == MeetingStatus.PUBLISHED:
        raise Refused(
            f"The agenda of {in_words(meeting.held_on)} is published and fixed. "
            "Choose a later meeting."
        )
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused(f"The meeting of {in_words(meeting.held_on)} takes no more cases.")
