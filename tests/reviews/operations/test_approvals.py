"""A split proposed for a review, and the year turned by its second approval."""

from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from core.refusals import Refused
from matrices.models import Approval, Assessment, FundingSplit
from matrices.operations.assessments import start_assessment
from matrices.operations.matrices import add_sample_matrices
from matrices.operations.splits import agree_split
from matrices.policy.refusals import IncompleteAssessment
from matrices.queries import package_to_score
from reviews.enums import Event
from reviews.operations import approvals
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, PackageFactory, ReviewFactory
from tests.matrices import sheets
from tests.matrices.sheets import FROM
from tests.races import race
from tests.reviews.sheets import recorded

LATER = NOON + timedelta(hours=2)


def review_of(sheet, cast, **changes):
    fields = {"status": "needs_agreed", "held_on": TODAY, "package": sheet.package}
    return ReviewFactory(case=sheet.case, booked_by=cast.asha, **(fields | changes))


def propose(sheet, cast, scores=None):
    return approvals.propose(
        assessment=sheet,
        answers=scores or sheets.answers(),
        draft_number=sheet.draft_number,
        effective_from=FROM,
        by=cast.asha,
        at=NOON,
    )


def with_panel(cast, held_on=TODAY):
    """A review before the panel, its split agreed."""
    sheet = sheets.started(cast)
    review = review_of(sheet, cast, held_on=held_on)
    split = propose(sheet, cast)
    agree_split(split=split, by=cast.chloe, at=NOON)
    review.refresh_from_db()
    review.become("with_panel")
    review.save()
    return review


def approve(review, *people):
    for person in people:
        split = approvals.approve_split(
            split=review.split, seen=review.split.sha256, by=person, at=LATER
        )
    review.refresh_from_db()
    review.case.refresh_from_db()
    return split


def test_propose_ties_scores_and_split_to_the_review(cast):
    sheet = sheets.started(cast)
    review = review_of(sheet, cast)

    split = propose(sheet, cast)

    review.refresh_from_db()
    assert (review.assessment, review.split, review.status) == (sheet, split, "needs_agreed")


def test_propose_with_no_need_completes_the_scores_and_gives_no_split(cast):
    sheet = sheets.started(cast)
    review = review_of(sheet, cast)

    assert propose(sheet, cast, sheets.no_need()) is None

    review.refresh_from_db()
    assert (review.assessment.status, review.split) == ("complete", None)


def test_propose_with_a_domain_open_changes_nothing(cast):
    sheet = sheets.started(cast)

    with pytest.raises(IncompleteAssessment):
        propose(sheet, cast, sheets.answers(cognition=""))

    assert Assessment.objects.get().draft_number == 0
    assert FundingSplit.objects.count() == 0


def test_propose_while_the_review_waits_for_its_cpa_is_refused(cast):
    sheet = sheets.started(cast)
    review_of(sheet, cast, status="awaiting_cpa")

    with pytest.raises(Refused, match="This review is: waiting for the cpa"):
        propose(sheet, cast)

    assert FundingSplit.objects.count() == 0


def test_the_first_approval_leaves_the_review_with_the_panel(cast):
    review = with_panel(cast)

    approve(review, cast.lara)

    assert (review.status, review.case.next_review_due) == ("with_panel", None)


def test_the_second_approval_closes_the_review_and_turns_the_year(cast):
    review = with_panel(cast)

    split = approve(review, cast.ian, cast.lara)

    assert (split.status, review.status, review.closed_at) == ("in_force", "closed", LATER)
    assert review.case.last_reviewed_on == TODAY
    assert review.case.next_review_due == date(2027, 11, 24)
    events = AuditEvent.objects.filter(event__in=[Event.REVIEW_CLOSED, Event.NEXT_REVIEW_SET])
    assert [event.detail for event in events.order_by("number")] == [{}, {"due": "2027-11-24"}]


def test_a_review_held_on_29_february_is_next_due_on_the_28th(cast):
    review = with_panel(cast, held_on=date(2028, 2, 29))

    approve(review, cast.ian, cast.lara)

    assert review.case.next_review_due == date(2029, 2, 28)


def test_a_split_without_a_review_leaves_the_case_as_it_was(cast):
    split = sheets.agreed(cast)

    for person in (cast.lara, cast.ian):
        split = approvals.approve_split(split=split, seen=split.sha256, by=person, at=LATER)

    split.case.refresh_from_db()
    assert (split.status, split.case.next_review_due) == ("in_force", None)


# Two at once ------------------------------------------------------------------------------------


@pytest.mark.services
def test_both_bodies_at_once_put_the_split_in_force(committed, cast):
    review = with_panel(cast)
    yes = {"split": review.split, "seen": review.split.sha256, "at": LATER}

    results = race(
        lambda: approvals.approve_split(by=cast.lara, **yes),
        lambda: approvals.approve_split(by=cast.ian, **yes),
    )

    assert results == ["done", "done"]
    review.refresh_from_db()
    assert (review.status, FundingSplit.objects.get().status) == ("closed", "in_force")


@pytest.mark.services
def test_a_double_click_approves_once_and_is_told_so(committed, cast):
    split = sheets.agreed(cast)
    yes = {"split": split, "seen": split.sha256, "by": cast.lara, "at": LATER}

    results = race(*[lambda: approvals.approve_split(**yes)] * 4)

    assert results == ["AlreadyApproved"] * 3 + ["done"]
    assert Approval.objects.count() == 1


@pytest.mark.services
def test_control_without_the_lock_the_race_is_lost(committed, cast, monkeypatch):
    """With the row locks taken off, the same race ends otherwise: the tests above test them."""
    split = sheets.agreed(cast)
    yes = {"split": split, "seen": split.sha256, "by": cast.lara, "at": LATER}
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda self, **options: self.all()
    )

    results = race(*[lambda: approvals.approve_split(**yes)] * 4)

    assert results != ["AlreadyApproved"] * 3 + ["done"]
    assert Approval.objects.count() == 1  # the database's own constraint still holds


def test_where_no_need_scores_the_panel_is_asked_whether_it_ends(cast):
    add_sample_matrices(partnership=cast.eastmere, by=None, at=NOON)
    case = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)
    review = recorded(case, cast.asha)
    told = {"by": cast.asha, "at": NOON}
    assessment = start_assessment(case=case, package=review.package, **told)
    answers = {
        domain["code"]: {"level": domain["levels"][0]["code"], "evidence": "Review, page 1"}
        for domain in assessment.version.definition["domains"]
    }

    split = approvals.propose(
        assessment=assessment,
        answers=answers,
        draft_number=0,
        effective_from=review.package.starts_on,
        **told,
    )

    assert (split, review.endings.get().status) == (None, "proposed")


def test_the_package_scored_is_the_last_agreed_however_early_it_starts(cast):
    case = CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)
    PackageFactory(case=case, starts_on=date(2027, 4, 1))
    review = recorded(case, cast.asha)

    assert package_to_score(case, TODAY) == review.package
