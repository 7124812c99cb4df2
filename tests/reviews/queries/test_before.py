"""What stands beside a review as it is written."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from reviews.forms.drafts import first_draft, with_answer_kept, without_row
from reviews.operations.closing import close_unchanged
from reviews.operations.writing import AttendanceInput, record_review
from reviews.queries.before import before, may_close_unchanged, providers_of, services_in_force
from tests.factories import FundingSplitFactory
from tests.reviews import sheets

IN_FORCE = [("Beechcroft", True, Decimal("812.00")), ("Millrace", False, Decimal("41.00"))]


def test_a_first_review_stands_beside_the_package_in_force(review, package, today):
    last = before(review, review.held_on)

    assert last.held_on is None
    assert last.people == [
        ("Marian Ruth " + review.case.patient.family_name, "person"),
        ("Asha", "care_coordinator"),
    ]
    assert [need.description for need in last.needs.values()] == [
        "Supported flat, staff by day.",
        "2 hours a week; arthritis.",
    ]
    draft = first_draft(review.held_on, last, today)
    assert draft["lines-1-need"] == ["2"]
    assert draft["lines-1-weekly_cost"] == ["41.00"]
    assert "needs-0-arises_from_disorder" not in draft


def test_a_later_review_stands_beside_the_one_before(case, cast, package, today):
    first = sheets.recorded(case, cast.asha, progress="Stable.", **sheets.AS_IN_FORCE)
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    close_unchanged(review=first, by=cast.asha, at=timezone.now())
    later = sheets.booked(case, cast.asha)

    last = before(later, today)

    assert last.held_on == first.held_on
    assert last.texts["progress"] == "Stable."
    assert last.recommendation == "Continue unchanged"
    assert ("Tom Ferris", "social_worker") in last.people
    assert ("Priya Nair", "care_coordinator") not in last.people  # Asha coordinates now
    assert [line.description for line in last.lines.values()] == ["The same flat", "Shopping"]
    assert with_answer_kept({}, "progress", last) == {"progress": ["Stable."]}
    assert with_answer_kept({}, "status", last) == {}


def test_services_in_force_are_told_only_where_a_split_pays_for_them(review, package, cast):
    assert services_in_force(review, review.held_on) is None

    FundingSplitFactory(case=review.case, proposed_by=cast.asha, in_force=True)

    assert services_in_force(review, review.held_on) == IN_FORCE


def test_a_review_closes_unchanged_only_with_the_services_in_force(review, package, cast, today):
    FundingSplitFactory(case=review.case, proposed_by=cast.asha, in_force=True)
    same = record_review(
        review=review,
        answers=sheets.answers(
            held_on=review.held_on,
            attendances=[AttendanceInput("Asha", "care_coordinator")],
            **sheets.AS_IN_FORCE,
        ),
        by=cast.asha,
        at=timezone.now(),
    )

    assert may_close_unchanged(same, today)
    same.package.lines.first().prices.update(weekly_cost=Decimal(900))
    assert not may_close_unchanged(same, today)
    same.recommendation = "change"
    assert not may_close_unchanged(same, today)


def test_a_review_not_recorded_does_not_close(review, today):
    assert not may_close_unchanged(review, today)


def test_providers_are_those_of_the_partnership(review, package, cast):
    assert providers_of(review.case) == ["Beechcroft", "Millrace"]


def test_a_need_taken_out_renumbers_the_services():
    draft = {
        "needs-TOTAL_FORMS": ["3"],
        "needs-0-domain": ["nursing"],
        "needs-1-domain": ["therapy"],
        "needs-2-domain": ["other"],
        "lines-0-need": ["1"],
        "lines-1-need": ["2"],
        "lines-2-need": ["3"],
        "risks": ["as before"],
    }

    assert without_row(draft, "needs", 1) == {
        "needs-TOTAL_FORMS": ["2"],
        "needs-INITIAL_FORMS": ["0"],
        "needs-0-domain": ["nursing"],
        "needs-1-domain": ["other"],
        "lines-0-need": ["1"],
        "lines-1-need": [""],
        "lines-2-need": ["2"],
        "risks": ["as before"],
    }


def test_a_package_not_begun_yet_is_not_in_force(case, cast, today):
    review = sheets.recorded(case, cast.asha)

    assert before(review, today + timedelta(days=900)).lines == {}
