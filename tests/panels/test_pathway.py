"""A case from its review to a split in force, and back from a deferral, by the real operations."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftercare.enums import NeedDomain
from aftercare.operations import LineInput, NeedInput
from matrices.enums import SplitStatus
from matrices.operations.assessments import start_assessment
from matrices.operations.matrices import add_sample_matrices
from matrices.queries import definition_of
from panels.enums import ItemKind, Outcome
from panels.models import AgendaItem
from panels.operations import agenda, decisions, meetings, packs
from reviews.enums import EndingStatus, Recommendation, ReviewStatus
from reviews.operations import approvals, booking, endings, writing
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, MeetingFactory


@pytest.fixture
def case(cast, cohort):
    add_sample_matrices(partnership=cast.eastmere, by=None, at=NOON)
    return CaseFactory(
        partnership=cast.eastmere, cohort=cohort, care_coordinator=cast.asha, reference="EM-0417"
    )


@pytest.fixture
def reviewed(cast, case):
    """Record a review of the case with a recommendation."""

    def record(recommendation):
        review = booking.book_review(case=case, booked_for=TODAY, by=cast.asha, at=NOON)
        review = booking.start_writing(review=review, held_on=TODAY, by=cast.asha, at=NOON)
        need = NeedInput(NeedDomain.ACCOMMODATION, "A flat with staff on call.", True, True)
        answers = writing.ReviewAnswers(
            held_on=TODAY,
            part_of_cpa=True,
            person_says="I like my flat.",
            needs=[need],
            lines=[LineInput("Supported flat", "Beechcroft", Decimal("1075.00"), None, True)],
            package_starts_on=date(2026, 12, 14),
            recommendation=recommendation,
            recommendation_reasons="Settled, with help at night.",
        )
        return writing.record_review(review=review, answers=answers, by=cast.asha, at=NOON)

    return record


def propose(review, by):
    assessment = start_assessment(case=review.case, package=review.package, by=by, at=NOON)
    domains = definition_of(assessment.version).domains
    approvals.propose(
        assessment=assessment,
        answers={it.code: {"level": "moderate", "evidence": "Seen weekly."} for it in domains},
        draft_number=0,
        effective_from=date(2026, 12, 14),
        by=by,
        at=NOON,
    )


def sit(cast, meeting, item, outcome, conditions=""):
    """List a case, publish, count everybody in and decide."""
    agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)
    agenda.publish_agenda(meeting=meeting, by=cast.paula, at=NOON)
    here = {member.pk for member in meeting.members()}
    meetings.take_attendance(meeting=meeting, present=here, by=cast.chloe, at=NOON)
    return decisions.record_decision(
        item=item,
        outcome=outcome,
        reasons="Both bodies agree.",
        conditions=conditions,
        by=cast.chloe,
        at=NOON,
    )


def test_a_case_deferred_once_ends_with_a_split_in_force_and_the_next_review(
    cast, case, meeting, reviewed
):
    review = reviewed(Recommendation.CHANGE)
    propose(review, cast.asha)
    item = agenda.submit_review(review=review, ask="Agree it.", by=cast.asha, at=NOON)
    assert item.kind == ItemKind.NEW

    sit(cast, meeting, item, Outcome.DEFER, "A nursing assessment")
    back = agenda.submit_review(
        review=review, ask="Agree it, with the assessment.", by=cast.asha, at=NOON
    )
    assert back == AgendaItem.objects.in_the_tray().get()
    later = MeetingFactory(panel=meeting.panel, held_on=date(2026, 12, 24))
    sit(cast, later, back, Outcome.APPROVE)

    split = AgendaItem.objects.get(pk=back.pk).split
    for commissioner in (cast.lara, cast.ian):
        approvals.approve_split(split=split, seen=split.sha256, by=commissioner, at=NOON)
    split.refresh_from_db()
    review.refresh_from_db()
    case.refresh_from_db()
    assert (split.status, review.status) == (SplitStatus.IN_FORCE, ReviewStatus.CLOSED)
    assert case.next_review_due == date(2027, 11, 24)


def test_a_case_not_agreed_can_be_proposed_and_sent_again(cast, case, meeting, reviewed):
    review = reviewed(Recommendation.CHANGE)
    propose(review, cast.asha)
    item = agenda.submit_review(review=review, ask="Agree it.", by=cast.asha, at=NOON)
    sit(cast, meeting, item, Outcome.DECLINE)

    propose(review, cast.asha)
    again = agenda.submit_review(review=review, ask="Agree it now.", by=cast.asha, at=NOON)

    assert again.pk != item.pk
    assert again.split.status == SplitStatus.PROPOSED


def test_an_ending_the_panel_supports_ends_when_both_bodies_say_so(cast, case, meeting, reviewed):
    review = reviewed(Recommendation.END)
    item = agenda.submit_review(review=review, ask="End it.", by=cast.asha, at=NOON)
    sit(cast, meeting, item, Outcome.APPROVE)

    for commissioner in (cast.lara, cast.ian):
        endings.say_satisfied(
            ending=item.ending,
            reasons="Well and settled for two whole years.",
            by=commissioner,
            at=NOON,
        )

    item.ending.refresh_from_db()
    case.refresh_from_db()
    assert (item.ending.status, case.is_open) == (EndingStatus.ENDED, False)


def test_the_pack_of_a_published_agenda_is_made_from_the_record(cast, case, meeting, reviewed):
    review = reviewed(Recommendation.CHANGE)
    propose(review, cast.asha)
    item = agenda.submit_review(review=review, ask="Agree it.", by=cast.asha, at=NOON)
    agenda.list_item(item=item, meeting=meeting, by=cast.paula, at=NOON)
    agenda.publish_agenda(meeting=meeting, by=cast.paula, at=NOON)

    (pack,) = packs.sweep(day=meeting.pack_due_on, at=NOON + timedelta(days=13))
    pack = packs.build_pack(pack=pack, at=NOON + timedelta(days=13))

    assert pack.pages >= 4
    assert len(pack.sha256) == 64
