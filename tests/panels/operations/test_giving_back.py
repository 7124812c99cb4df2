from panels.enums import ItemKind, Outcome
from panels.models import AgendaItem
from panels.operations.agenda import list_item, return_to_tray
from panels.operations.decisions import record_decision
from panels.operations.giving_back import is_unanswered
from reviews.enums import ReviewStatus
from tests.cast import NOON
from tests.factories import MeetingFactory


def deferred(cast, item):
    """What comes back to the tray when an item is deferred."""
    record_decision(
        item=item,
        outcome=Outcome.DEFER,
        reasons="The advocate was not asked.",
        conditions="The advocate's view.",
        by=cast.chloe,
        at=NOON,
    )
    return AgendaItem.objects.get(case=item.case, kind=ItemKind.DEFERRED)


def test_a_deferred_case_taken_off_the_agenda_can_still_be_answered(cast, quorate, new_listed):
    item = deferred(cast, new_listed())
    later = MeetingFactory(panel=item.panel, held_on="2027-02-11")
    list_item(item=item, meeting=later, by=cast.paula, at=NOON)
    item.refresh_from_db()

    item = return_to_tray(item=item, by=cast.paula, at=NOON)

    item.review.refresh_from_db()
    assert (is_unanswered(item), item.review.status) == (True, ReviewStatus.NEEDS_AGREED)
