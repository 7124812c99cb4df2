"""What the panel decides and what follows from it."""

import threading
from datetime import date
from fractions import Fraction
from functools import partial

import pytest
from django.db import IntegrityError, connections

from audit.models import AuditEvent
from core.refusals import Refused
from matrices.enums import SplitSource, SplitStatus
from panels.enums import ItemKind, ItemStatus, Outcome
from panels.models import AgendaItem, Attendance, Decision
from panels.operations.decisions import record_decision
from panels.operations.meetings import take_attendance
from reviews.enums import EndingStatus, ReviewStatus
from reviews.models import Ending
from tests.cast import NOON
from tests.factories import FundingSplitFactory

REASONS = "The needs are met and the cost is fair."


def decide(item, by, outcome=Outcome.APPROVE, **traits):
    facts = {"outcome": outcome, "reasons": REASONS, "by": by, "at": NOON}
    return record_decision(item=item, **facts | traits)


@pytest.fixture
def ending_item(cast, new_listed):
    item = new_listed(ItemKind.ENDING)
    item.split = None
    item.ending = Ending.objects.create(
        case=item.case,
        review=item.review,
        reasons="Well for two years.",
        ends_on=date(2026, 12, 31),
        proposed_at=NOON,
        proposed_by=cast.asha,
    )
    item.save()
    return item


def test_record_decision_to_agree_sends_the_split_to_the_two_bodies(cast, quorate, new_listed):
    item = new_listed()

    decision = decide(item, cast.chloe)

    item.refresh_from_db()
    assert (item.status, decision.outcome, decision.reasons) == ("decided", "approve", REASONS)
    assert (item.split.status, item.split.icb_share) == (SplitStatus.AGREED, Fraction(5, 8))
    assert AuditEvent.objects.filter(event="panels.decision_recorded").count() == 1


@pytest.mark.parametrize("outcome", [Outcome.APPROVE, Outcome.DECLINE])
def test_record_decision_on_a_case_without_review_or_split_is_kept(
    cast, quorate, new_listed, outcome
):
    item = new_listed()
    item.review = item.split = None
    item.save()

    assert decide(item, cast.chloe, outcome).outcome == outcome


def test_record_decision_with_conditions_keeps_them(cast, quorate, new_listed):
    item = new_listed()

    decision = decide(item, cast.chloe, Outcome.CONDITIONS, conditions="Review in 3 months")

    assert decision.conditions == "Review in 3 months"
    item.split.refresh_from_db()
    assert item.split.status == SplitStatus.AGREED


def test_record_decision_to_depart_changes_the_split_with_the_reasons(cast, quorate, new_listed):
    item = new_listed()

    decide(item, cast.chloe, Outcome.DEPART, icb_share=Fraction(1, 2))

    item.split.refresh_from_db()
    assert (item.split.icb_weekly_cost, item.split.la_weekly_cost) == (537.50, 537.50)
    assert (item.split.source, item.split.departure_reasons) == (SplitSource.DEPARTURE, REASONS)


def test_record_decision_to_defer_brings_the_case_back_to_the_tray(cast, quorate, new_listed):
    item = new_listed()

    decide(item, cast.chloe, Outcome.DEFER, conditions="A nursing assessment")

    back = AgendaItem.objects.in_the_tray().get()
    item.review.refresh_from_db()
    item.split.refresh_from_db()
    assert (back.kind, back.case, back.split) == (ItemKind.DEFERRED, item.case, item.split)
    assert item.review.status == ReviewStatus.NEEDS_AGREED
    assert item.split.status == SplitStatus.PROPOSED


def test_record_decision_to_decline_withdraws_the_split(cast, quorate, new_listed):
    item = new_listed()

    decide(item, cast.chloe, Outcome.DECLINE)

    item.review.refresh_from_db()
    item.split.refresh_from_db()
    assert item.review.status == ReviewStatus.NEEDS_AGREED
    assert item.split.status == SplitStatus.WITHDRAWN


def test_record_decision_to_support_an_ending_leaves_it_to_the_bodies(cast, quorate, ending_item):
    decide(ending_item, cast.chloe)

    ending_item.ending.refresh_from_db()
    assert ending_item.ending.status == EndingStatus.SUPPORTED


def test_record_decision_not_to_support_an_ending_withdraws_it(cast, quorate, ending_item):
    decide(ending_item, cast.chloe, Outcome.DECLINE)

    ending_item.ending.refresh_from_db()
    ending_item.review.refresh_from_db()
    assert ending_item.ending.status == EndingStatus.WITHDRAWN
    assert ending_item.review.status == ReviewStatus.NEEDS_AGREED


def test_record_decision_not_to_support_an_ending_goes_on_with_what_is_in_force(
    cast, quorate, ending_item
):
    FundingSplitFactory(case=ending_item.case, proposed_by=cast.asha, in_force=True)

    decide(ending_item, cast.chloe, Outcome.DECLINE)

    ending_item.review.refresh_from_db()
    ending_item.case.refresh_from_db()
    assert ending_item.review.status == ReviewStatus.CLOSED
    assert ending_item.case.next_review_due == date(2027, 11, 20)


def test_record_decision_to_depart_on_an_ending_is_refused(cast, quorate, ending_item):
    with pytest.raises(Refused, match="An ending has no split"):
        decide(ending_item, cast.chloe, Outcome.DEPART, icb_share=Fraction(1, 2))


def test_record_decision_without_quorum_names_who_is_missing(cast, quorate, new_listed):
    Attendance.objects.filter(member__seat__in=["icb", "clinician"]).update(is_present=False)
    item = new_listed()

    with pytest.raises(Refused, match="an ICB budget-holder and a clinician"):
        decide(item, cast.chloe)

    item.refresh_from_db()
    assert (item.status, Decision.objects.count()) == (ItemStatus.LISTED, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": Outcome.APPROVE, "reasons": "  "}, "Give the reasons"),
        ({"outcome": Outcome.CONDITIONS}, "Say what the conditions are"),
        ({"outcome": Outcome.DEFER}, "Say what is needed"),
        ({"outcome": Outcome.DEPART}, "Give the ICB’s share"),
        ({"outcome": Outcome.DEPART, "icb_share": Fraction(8, 5)}, "from 0 to 100"),
    ],
)
def test_record_decision_that_lacks_something_is_refused(
    cast, quorate, new_listed, typed, sentence
):
    with pytest.raises(Refused, match=sentence):
        decide(new_listed(), cast.chloe, **typed)

    assert Decision.objects.count() == 0


def test_record_decision_already_made_names_who_and_when(cast, quorate, new_listed):
    item = new_listed()
    cast.chloe.name = "Ruth Calloway"
    cast.chloe.save()
    decide(item, cast.chloe)

    with pytest.raises(Refused, match=r"Already decided by Ruth Calloway at 12:00\."):
        decide(item, cast.paula, Outcome.DECLINE)


def test_record_decision_posted_again_is_the_same_decision(cast, quorate, new_listed):
    item = new_listed()

    assert decide(item, cast.chloe) == decide(item, cast.chloe)


def test_record_decision_put_right_by_the_back_button_is_not_taken_for_the_same(
    cast, quorate, new_listed
):
    item = new_listed()
    decide(item, cast.chloe, Outcome.CONDITIONS, conditions="Looked at again in May.")

    with pytest.raises(Refused, match="Already decided"):
        decide(item, cast.chloe, Outcome.CONDITIONS, conditions="Looked at again in June.")


def test_record_decision_before_the_agenda_is_published_is_refused(cast, meeting, new_listed):
    with pytest.raises(Refused, match="once the agenda is published"):
        decide(new_listed(), cast.chloe)


def test_record_decision_on_a_case_in_the_tray_is_refused(cast, quorate, new_item):
    with pytest.raises(Refused, match="not on this agenda any more"):
        decide(new_item(), cast.chloe)


def race(*calls):
    """Make the calls at once, each in its own thread, and return what came of each."""
    barrier, outcomes = threading.Barrier(len(calls)), []

    def run(call):
        barrier.wait()
        try:
            call()
            outcomes.append("decided")
        except (Refused, IntegrityError) as error:
            outcomes.append(f"{type(error).__name__}: {error}"[:24])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.mark.services
@pytest.mark.usefixtures("committed")
def test_record_decision_by_two_chairs_at_once_makes_one(cast, quorate, new_listed):
    item = new_listed()

    outcomes = race(
        partial(decide, item, cast.chloe, Outcome.APPROVE),
        partial(decide, item, cast.paula, Outcome.DECLINE),
    )

    assert outcomes == ["Refused: Already decided", "decided"]
    assert Decision.objects.count() == 1


@pytest.mark.services
@pytest.mark.usefixtures("committed")
def test_record_decision_without_the_lock_is_stopped_by_the_database(
    cast, quorate, new_listed, monkeypatch
):
    item, both_have_read = new_listed(), threading.Barrier(2)

    def read_and_not_locked(item):
        item = AgendaItem.objects.get(pk=item.pk)
        both_have_read.wait(30)
        return item.meeting, item

    monkeypatch.setattr("panels.operations.decisions._locked", read_and_not_locked)
    outcomes = race(
        partial(decide, item, cast.chloe, Outcome.APPROVE),
        partial(decide, item, cast.paula, Outcome.DECLINE),
    )

    assert outcomes == ["IntegrityError: duplicat", "decided"]
    assert Decision.objects.count() == 1


@pytest.mark.services
@pytest.mark.usefixtures("committed")
def test_record_decision_posted_ten_times_at_once_is_one_decision(cast, quorate, new_listed):
    item = new_listed()

    assert race(*[partial(decide, item, cast.chloe)] * 10) == ["decided"] * 10
    assert Decision.objects.count() == 1


@pytest.mark.services
@pytest.mark.usefixtures("committed")
def test_record_decision_while_the_quorum_leaves_is_before_or_after(cast, quorate, new_listed):
    item = new_listed()

    outcomes = race(
        partial(decide, item, cast.chloe),
        partial(take_attendance, meeting=quorate, present=set(), by=cast.chloe, at=NOON),
    )

    decided = Decision.objects.exists()
    assert outcomes == (["decided"] * 2 if decided else ["Refused: There is no quo", "decided"])
