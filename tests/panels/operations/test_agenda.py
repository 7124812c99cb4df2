"""From a review to the tray, from the tray to a published agenda."""

from datetime import date

import pytest

from audit.models import AuditEvent
from core.refusals import Refused
from panels.enums import ItemKind, ItemStatus, MeetingStatus, PackStatus
from panels.models import AgendaItem
from panels.operations import agenda
from reviews.enums import ReviewStatus
from reviews.models import Ending
from tests.cast import NOON
from tests.factories import (
    CaseFactory,
    CohortFactory,
    FundingSplitFactory,
    MeetingFactory,
    PanelFactory,
)

ASK = "Keep the supported flat with 3 more support hours a week"


def submit(review, by):
    return agenda.submit_review(review=review, ask=ASK, by=by, at=NOON)


def order_on(meeting):
    return [item.pk for item in meeting.items.on_the_agenda()]


def test_submit_review_puts_the_case_in_the_tray_of_the_panel_of_its_cohort(
    cast, panel, new_review
):
    review = new_review()

    item = submit(review, cast.asha)

    review.refresh_from_db()
    assert (item.panel, item.status, item.kind) == (panel, ItemStatus.SUBMITTED, ItemKind.NEW)
    assert (item.split, item.review, item.ask, item.minutes) == (review.split, review, ASK, 20)
    assert review.status == ReviewStatus.WITH_PANEL
    assert AuditEvent.objects.get().event == "panels.item_submitted"


def test_submit_review_of_a_funded_case_is_a_change(cast, panel, new_review):
    review = new_review()
    FundingSplitFactory(case=review.case, proposed_by=cast.asha, in_force=True)

    assert submit(review, cast.asha).kind == ItemKind.CHANGE


@pytest.mark.parametrize("status", ["booked", "held", "awaiting_cpa"])
def test_submit_review_before_the_needs_are_agreed_is_refused(cast, panel, new_review, status):
    with pytest.raises(Refused, match="agree the needs first"):
        submit(new_review(status=status), cast.asha)


def test_submit_review_without_a_split_is_refused(cast, panel, new_review):
    with pytest.raises(Refused, match="propose a split first"):
        submit(new_review(split=None), cast.asha)


def test_submit_review_in_no_cohort_is_refused(cast, panel, new_review):
    case = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, reference="EM-0417")

    with pytest.raises(Refused, match="Place the case EM-0417 in a cohort first"):
        submit(new_review(case=case), cast.asha)


def test_submit_review_of_a_cohort_without_a_panel_is_refused(cast, panel, new_review):
    cohort = CohortFactory(partnership=cast.eastmere, name="Z")
    case = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, cohort=cohort)

    with pytest.raises(Refused, match="No panel serves cohort Z yet"):
        submit(new_review(case=case), cast.asha)


def test_submit_review_twice_is_refused(cast, panel, new_review):
    review = new_review()
    submit(review, cast.asha)

    with pytest.raises(Refused, match="is with the panel already"):
        submit(review, cast.asha)
    assert AgendaItem.objects.count() == 1


def test_submit_review_that_recommends_an_ending_brings_the_ending(cast, panel, new_review):
    review = new_review(recommendation="end", split=None)
    ending = Ending.objects.create(
        case=review.case,
        review=review,
        reasons="Well for two years.",
        ends_on=date(2026, 12, 31),
        proposed_at=NOON,
        proposed_by=cast.asha,
    )

    item = submit(review, cast.asha)

    assert (item.kind, item.ending, item.split) == (ItemKind.ENDING, ending, None)


def test_submit_review_whose_ending_was_withdrawn_brings_the_split(cast, panel, new_review):
    review = new_review(recommendation="end")

    item = submit(review, cast.asha)

    assert (item.kind, item.ending, item.split) == (ItemKind.NEW, None, review.split)


def test_submit_review_answers_a_deferral_in_the_same_place(cast, panel, new_item):
    item = new_item(ItemKind.DEFERRED)
    item.review.status = ReviewStatus.NEEDS_AGREED
    item.review.save()

    answered = submit(item.review, cast.asha)

    item.review.refresh_from_db()
    assert (answered.pk, answered.kind, answered.ask) == (item.pk, ItemKind.DEFERRED, ASK)
    assert item.review.status == ReviewStatus.WITH_PANEL


def test_list_item_puts_it_last(cast, meeting, new_item, new_listed):
    first, item = new_listed(), new_item()

    agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)

    item.refresh_from_db()
    assert (item.status, item.position, item.listed_by) == (ItemStatus.LISTED, 2, cast.paula)
    assert order_on(meeting) == [first.pk, item.pk]


def test_list_item_over_capacity_is_not_refused(cast, meeting, new_item, new_listed):
    meeting.panel.capacity = 1
    meeting.panel.save()
    new_listed()

    agenda.list_item(item=new_item(), meeting=meeting, by=cast.paula, at=NOON)

    assert meeting.items.count() == 2


def test_list_item_takes_a_deferred_review_with_it(cast, meeting, new_item):
    item = new_item(ItemKind.DEFERRED)
    item.review.status = ReviewStatus.NEEDS_AGREED
    item.review.save()

    agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)

    item.review.refresh_from_db()
    assert item.review.status == ReviewStatus.WITH_PANEL


def test_list_item_on_a_published_agenda_is_refused(cast, published, new_item):
    with pytest.raises(Refused, match="published and fixed"):
        agenda.list_item(item=new_item(), meeting=published, by=cast.paula, at=NOON)


def test_list_item_on_a_closed_meeting_is_refused(cast, meeting, new_item):
    meeting.status = MeetingStatus.CANCELLED
    meeting.save()

    with pytest.raises(Refused, match="takes no more cases"):
        agenda.list_item(item=new_item(), meeting=meeting, by=cast.paula, at=NOON)


def test_list_item_twice_is_refused(cast, meeting, new_item):
    item = new_item()
    agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)

    with pytest.raises(Refused, match="not in the tray any more"):
        agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)


def test_list_item_of_another_panel_is_refused(cast, meeting, new_item):
    other = MeetingFactory(panel=PanelFactory(partnership=cast.eastmere, name="B panel"))

    with pytest.raises(Refused, match="waits for another panel"):
        agenda.list_item(item=new_item(), meeting=other, by=cast.paula, at=NOON)


def test_list_items_keeps_the_order_given(cast, meeting, new_item):
    items = [new_item(), new_item()]

    agenda.list_items(items=items[::-1], meeting=meeting, by=cast.paula, at=NOON)

    assert order_on(meeting) == [items[1].pk, items[0].pk]


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ((1, True), [1, 0, 2]),
        ((1, False), [0, 2, 1]),
        ((0, True), [0, 1, 2]),
        ((2, False), [0, 1, 2]),
    ],
)
def test_move_item(cast, meeting, new_listed, move, order):
    index, up = move
    items = [new_listed() for _ in range(3)]

    agenda.move_item(item=items[index], up=up, by=cast.paula, at=NOON)

    assert order_on(meeting) == [items[place].pk for place in order]


def test_move_item_on_a_published_agenda_is_refused(cast, published, new_listed):
    with pytest.raises(Refused, match="published and fixed"):
        agenda.move_item(item=new_listed(), up=True, by=cast.paula, at=NOON)


def test_move_item_in_the_tray_is_refused(cast, new_item):
    with pytest.raises(Refused, match="not on an agenda any more"):
        agenda.move_item(item=new_item(), up=True, by=cast.paula, at=NOON)


def test_return_to_tray_closes_the_gap(cast, meeting, new_listed):
    items = [new_listed() for _ in range(3)]

    agenda.return_to_tray(item=items[0], by=cast.paula, at=NOON)

    items[0].refresh_from_db()
    assert (items[0].status, items[0].listed_by) == (ItemStatus.SUBMITTED, None)
    assert list(meeting.items.on_the_agenda().values_list("pk", "position")) == [
        (items[1].pk, 1),
        (items[2].pk, 2),
    ]


def test_put_in_order_follows_the_panels_order(cast, meeting, new_listed):
    deferred, change, other, new = (
        new_listed(kind) for kind in ("deferred", "change", "change", "new")
    )

    agenda.put_in_order(meeting=meeting, by=cast.paula, at=NOON)

    assert order_on(meeting) == [new.pk, change.pk, other.pk, deferred.pk]


def test_withdraw_item_gives_the_review_back(cast, new_item):
    item = new_item()

    agenda.withdraw_item(item=item, by=cast.paula, at=NOON)

    item.refresh_from_db()
    item.review.refresh_from_db()
    assert (item.status, item.withdrawn_at) == (ItemStatus.WITHDRAWN, NOON)
    assert item.review.status == ReviewStatus.NEEDS_AGREED


def test_withdraw_item_without_a_review(cast, new_item):
    item = new_item()
    item.review = None
    item.save()

    agenda.withdraw_item(item=item, by=cast.paula, at=NOON)

    item.refresh_from_db()
    assert item.status == ItemStatus.WITHDRAWN


def test_withdraw_item_on_an_agenda_is_refused(cast, new_listed):
    with pytest.raises(Refused, match="Only a case in the tray"):
        agenda.withdraw_item(item=new_listed(), by=cast.paula, at=NOON)


def test_publish_agenda_fixes_it(cast, meeting, new_listed):
    new_listed()

    agenda.publish_agenda(meeting=meeting, by=cast.paula, at=NOON)

    meeting.refresh_from_db()
    assert (meeting.status, meeting.published_by) == (MeetingStatus.PUBLISHED, cast.paula)
    assert meeting.packs.count() == 0


def test_publish_agenda_after_the_deadline_asks_for_the_pack(cast, meeting, new_listed):
    new_listed()
    meeting.pack_due_on = date(2026, 11, 24)
    meeting.save()

    agenda.publish_agenda(meeting=meeting, by=cast.paula, at=NOON)

    assert meeting.packs.get().status == PackStatus.REQUESTED


def test_publish_agenda_that_is_empty_is_refused(cast, meeting):
    with pytest.raises(Refused, match="The agenda is empty"):
        agenda.publish_agenda(meeting=meeting, by=cast.paula, at=NOON)
