from datetime import timedelta
from decimal import Decimal

import pytest

from aftercare.models import Package
from aftercare.operations import LineInput, NeedInput
from audit.models import AuditEvent
from core.refusals import Refused, StaleDraft
from reviews.models import Attendance, Ending, Review
from reviews.operations.writing import record_cpa_held, record_review, save_draft
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory
from tests.reviews.sheets import HELD_ON, answers, held, recorded

CPA_ON = HELD_ON + timedelta(days=20)


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)


def save(review, cast, text, number):
    return save_draft(
        review=review, draft={"person_says": text}, draft_number=number, by=cast.asha, at=NOON
    )


def test_a_draft_keeps_anything_and_counts(cast, case):
    review = held(case, cast.asha)

    save(review, cast, "half a sen", 0)
    review = save(review, cast, "half a sentence", 1)

    assert (review.draft, review.draft_number) == ({"person_says": "half a sentence"}, 2)


def test_the_same_draft_again_writes_nothing(cast, case):
    review = save(held(case, cast.asha), cast, "a", 0)
    before = AuditEvent.objects.count()

    assert save(review, cast, "a", 1).draft_number == 1
    assert AuditEvent.objects.count() == before


def test_an_old_page_does_not_overwrite_a_newer_draft(cast, case):
    review = save(held(case, cast.asha), cast, "newer", 0)

    with pytest.raises(StaleDraft, match="saved from another window"):
        save(review, cast, "older", 0)
    assert Review.objects.get().draft == {"person_says": "newer"}


def test_a_recorded_review_takes_no_more_drafts(cast, case):
    review = recorded(case, cast.asha)

    with pytest.raises(Refused, match="has been recorded"):
        save(review, cast, "late", 0)


def test_recording_agrees_needs_and_package(cast, case):
    review = recorded(case, cast.asha)

    assert (review.status, review.recorded_by) == ("needs_agreed", cast.asha)
    assert (review.package.proposed, review.package.needs.count()) == (True, 1)
    assert Attendance.objects.filter(review=review, took_part=True).count() == 3


def test_a_review_outside_a_cpa_waits_for_the_one_arranged(cast, case):
    review = recorded(case, cast.asha, part_of_cpa=False, cpa_arranged_for=CPA_ON)

    assert (review.status, review.cpa_arranged_for) == ("awaiting_cpa", CPA_ON)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"part_of_cpa": False}, "Enter the day for which one is arranged"),
        (
            {"part_of_cpa": False, "cpa_arranged_for": HELD_ON - timedelta(days=1)},
            "The CPA follows the review",
        ),
        ({"held_on": TODAY + timedelta(days=1)}, "cannot be in the future"),
        ({"recommendation": "end"}, "Enter why the person no longer needs"),
        (
            {
                "needs": [NeedInput("daily_living", "Shopping", False, True)],
                "lines": [LineInput("Shopping", "", Decimal("43.00"), 1, True)],
            },
            "does not come under section 117",
        ),
    ],
)
def test_recording_is_refused_and_nothing_is_half_written(cast, case, changes, sentence):
    review = held(case, cast.asha)

    with pytest.raises(Refused, match=sentence):
        record_review(review=review, answers=answers(**changes), by=cast.asha, at=NOON)

    assert (Package.objects.count(), Attendance.objects.count()) == (0, 0)
    assert Review.objects.get().status == "held"


def test_a_review_is_recorded_once(cast, case):
    review = recorded(case, cast.asha)

    with pytest.raises(Refused, match="recorded already"):
        record_review(review=review, answers=answers(), by=cast.asha, at=NOON)


def test_recommending_an_end_proposes_it_and_ends_nothing(cast, case):
    recorded(case, cast.asha, recommendation="end", recommendation_reasons="Well for three years.")

    case.refresh_from_db()
    assert (Ending.objects.get().status, case.ended_on) == ("proposed", None)


def test_an_end_is_not_proposed_on_a_community_treatment_order(cast, case):
    case.detention.cto_from = HELD_ON
    case.detention.save()

    with pytest.raises(Refused, match="community treatment order"):
        recorded(case, cast.asha, recommendation="end", recommendation_reasons="Well.")


def test_after_the_cpa_the_needs_stand_agreed(cast, case):
    review = recorded(case, cast.asha, part_of_cpa=False, cpa_arranged_for=CPA_ON)

    review = record_cpa_held(review=review, held_on=TODAY, by=cast.asha, at=NOON)

    assert (review.status, review.cpa_held_on) == ("needs_agreed", TODAY)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY + timedelta(days=1), "cannot be in the future"),
        (HELD_ON - timedelta(days=1), "after the review"),
    ],
)
def test_a_cpa_was_held_on_a_day_that_can_be(cast, case, day, sentence):
    review = recorded(case, cast.asha, part_of_cpa=False, cpa_arranged_for=CPA_ON)

    with pytest.raises(Refused, match=sentence):
        record_cpa_held(review=review, held_on=day, by=cast.asha, at=NOON)
