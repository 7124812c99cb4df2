"""The tray and the agenda as the administrator sees them."""

from datetime import date

import pytest

from panels.queries.agenda import board, missing_from
from reviews.models import Ending
from tests.cast import NOON


def test_board_parts_the_tray_by_what_is_missing(meeting, new_item, new_listed):
    listed, ready = new_listed(), new_item()
    not_ready = new_item(review={"person_says": ""})

    shown = board(meeting)

    assert [row.pk for row in shown.ready] == [ready.pk]
    assert [(row.pk, row.missing) for row in shown.not_ready] == [
        (not_ready.pk, ("No view of the person",))
    ]
    assert [(row.pk, row.number, row.is_last) for row in shown.listed] == [(listed.pk, 1, True)]
    assert (shown.waiting, shown.minutes, shown.room) == (2, 15, "Room for 9 cases more.")


@pytest.mark.parametrize(
    ("capacity", "room"),
    [
        (3, "Room for 1 case more."),
        (2, "The agenda is full."),
        (1, "1 case more than this panel takes in a meeting."),
    ],
)
def test_board_says_how_much_room_there_is(meeting, new_listed, capacity, room):
    meeting.panel.capacity = capacity
    new_listed()
    new_listed()

    assert board(meeting).room == room


def test_missing_from_a_deferred_case_until_it_is_answered(new_item):
    item = new_item("deferred")
    assert missing_from(item) == ()

    item.review.status = "needs_agreed"
    assert missing_from(item) == ("What the panel asked for",)


def test_missing_from_a_case_nobody_coordinates(new_item):
    item = new_item()
    item.case.care_coordinator = None

    assert missing_from(item) == ("Nobody to present it",)


def test_missing_from_an_ending_on_a_cto(cast, new_item):
    item = new_item("ending")
    item.case.detention.cto_from = date(2026, 1, 1)
    item.ending = Ending.objects.create(
        case=item.case,
        reasons="Well for two years.",
        ends_on=date(2026, 12, 31),
        proposed_at=NOON,
        proposed_by=cast.asha,
    )

    assert missing_from(item) == ("On a CTO: cannot end yet",)
