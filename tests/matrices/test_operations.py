"""Each write of matrices: its stamps and audit line, what it refuses, what the database refuses."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import AuditEvent
from core.refusals import Refused, StaleDraft
from matrices.enums import Body, Event
from matrices.models import Approval, Assessment, FundingSplit, Matrix, MatrixVersion
from matrices.operations.approvals import answer_questions, approve, return_split
from matrices.operations.assessments import complete_assessment, save_answers, start_assessment
from matrices.operations.matrices import add_sample_matrices
from matrices.operations.register import take_splits
from matrices.operations.splits import agree_split, propose_split, withdraw_split
from matrices.policy.refusals import (
    AlreadyApproved,
    ChangedSinceSeen,
    IncompleteAssessment,
    NoNeed,
)
from tests.cast import NOON
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory
from tests.matrices import sheets
from tests.matrices.sheets import FROM

LATER = NOON + timedelta(hours=2)


def events_on(record):
    lines = AuditEvent.objects.filter(target_id=str(record.pk)).order_by("number")
    return list(lines.values_list("event", flat=True))


def approved_by(split, *people):
    for person in people:
        split = approve(split=split, seen=split.sha256, by=person, at=LATER)
    return split


# Matrices ---------------------------------------------------------------------------------------


def test_add_matrix_puts_version_one_in_force(cast):
    matrix = sheets.matrix_for(cast.eastmere, by=cast.poppy)

    version = matrix.versions.get()
    assert (version.number, version.status, version.effective_from) == (1, "in_force", NOON.date())
    assert matrix.is_sample is True
    assert len(version.sha256) == 64
    assert events_on(version) == [Event.VERSION_IN_FORCE]


def test_add_sample_matrices_covers_every_client_group(cast):
    add_sample_matrices(
        partnership=cast.eastmere, starts_on=date(2026, 4, 1), by=cast.poppy, at=NOON
    )

    groups = Matrix.objects.order_by("client_group").values_list("client_group", flat=True)
    assert list(groups) == ["LD", "MH", "OP"]
    assert set(MatrixVersion.objects.values_list("effective_from", flat=True)) == {date(2026, 4, 1)}


# Assessments ------------------------------------------------------------------------------------


def test_start_assessment_takes_the_version_in_force(cast):
    sheet = sheets.started(cast)

    assert sheet.version == MatrixVersion.objects.get()
    assert (sheet.started_at, sheet.started_by) == (NOON, cast.asha)
    assert events_on(sheet) == [Event.ASSESSMENT_STARTED]


def test_start_assessment_twice_goes_on_with_the_first(cast):
    sheet = sheets.started(cast)

    again = start_assessment(case=sheet.case, package=sheet.package, by=cast.ben, at=LATER)

    assert again == sheet
    assert Assessment.objects.count() == 1


def test_start_assessment_again_after_completion_starts_from_the_same_scores(cast):
    first = sheets.scored(cast)

    second = start_assessment(case=first.case, package=first.package, by=cast.asha, at=LATER)

    assert second != first
    assert second.answers == first.answers


def test_start_assessment_without_a_matrix_is_refused(cast):
    case = CaseFactory(partnership=cast.eastmere)

    with pytest.raises(Refused, match="No matrix for mental health is in force here"):
        start_assessment(case=case, package=PackageFactory(case=case), by=cast.asha, at=NOON)


def test_save_answers_counts_drafts_and_refuses_a_stale_one(cast):
    sheet = sheets.started(cast)
    save = {"assessment": sheet, "by": cast.asha, "at": NOON, "draft_number": 0}
    save_answers(answers=sheets.answers(), **save)

    with pytest.raises(StaleDraft):
        save_answers(answers=sheets.no_need(), **save)

    sheet.refresh_from_db()
    assert (sheet.draft_number, sheet.answers) == (1, sheets.answers())


def test_save_answers_to_complete_scores_is_refused(cast):
    sheet = sheets.scored(cast)

    with pytest.raises(Refused, match="can no longer be changed"):
        save_answers(
            assessment=sheet, answers=sheets.no_need(), draft_number=1, by=cast.asha, at=LATER
        )


def test_complete_assessment_stamps_and_keeps_the_outcome(cast):
    sheet = sheets.scored(cast)

    assert (sheet.status, sheet.completed_at, sheet.completed_by) == ("complete", NOON, cast.asha)
    assert (sheet.outcome["points"], sheet.outcome["weekly_total"]) == (32, "1075.00")
    assert events_on(sheet) == [Event.ASSESSMENT_STARTED, Event.ASSESSMENT_COMPLETED]


def test_complete_assessment_names_what_is_missing(cast):
    scores = sheets.answers(risk_to_self="", cognition="")
    scores["daily_living"]["evidence"] = " "

    with pytest.raises(IncompleteAssessment) as caught:
        sheets.scored(cast, scores)

    assert str(caught.value) == (
        "Still to score: Risk to self and Cognition. Without evidence: Daily living."
    )
    assert Assessment.objects.get().status == "draft"


def test_complete_assessment_with_a_retired_version_is_refused(cast):
    sheet = sheets.started(cast)
    MatrixVersion.objects.update(status="retired")

    with pytest.raises(Refused, match="A newer version of the matrix is in force"):
        complete_assessment(assessment=sheet, by=cast.asha, at=NOON)


# Splits -----------------------------------------------------------------------------------------


def test_propose_split_takes_the_matrix_at_its_word(cast):
    split = sheets.proposed(cast)

    assert (split.icb_share, split.source, split.status) == (Fraction(5, 8), "matrix", "proposed")
    pounds = (split.weekly_cost, split.icb_weekly_cost, split.la_weekly_cost)
    assert pounds == (Decimal("1075.00"), Decimal("671.87"), Decimal("403.13"))
    assert (split.proposed_at, split.proposed_by) == (NOON, cast.asha)
    assert events_on(split) == [Event.SPLIT_PROPOSED]


def test_propose_split_departs_with_reasons(cast):
    split = sheets.departing(cast, Fraction(1, 3))

    assert (split.source, split.departure_reasons) == (
        "departure",
        "Shared care plan of 4 November",
    )
    assert (split.icb_parts, split.la_parts, split.all_parts) == (1, 2, 3)
    assert (split.icb_weekly_cost, split.la_weekly_cost) == (Decimal("358.33"), Decimal("716.67"))


def test_a_share_equal_to_the_matrix_is_no_departure(cast):
    assert sheets.departing(cast, Fraction(5, 8), reasons="").source == "matrix"


@pytest.mark.parametrize(
    ("share", "reasons", "sentence"),
    [
        (Fraction(1, 2), " ", "Say why the split departs"),
        (Fraction(8, 5), "Because", "from 0% to 100%"),
        (Fraction(-1, 5), "Because", "from 0% to 100%"),
    ],
)
def test_a_departure_without_reasons_or_sense_is_refused(cast, share, reasons, sentence):
    with pytest.raises(Refused, match=sentence):
        sheets.departing(cast, share, reasons)

    assert FundingSplit.objects.count() == 0


def test_no_need_completes_and_no_split_can_be_proposed(cast):
    sheet = sheets.scored(cast, sheets.no_need())

    with pytest.raises(NoNeed, match="Should after-care end"):
        propose_split(
            assessment=sheet, effective_from=FROM, icb_share=Fraction(1), by=cast.asha, at=NOON
        )


def test_propose_split_before_the_scores_are_complete_is_refused(cast):
    with pytest.raises(Refused, match="not complete"):
        propose_split(assessment=sheets.started(cast), effective_from=FROM, by=cast.asha, at=NOON)


def test_propose_split_before_the_entitlement_is_refused(cast):
    with pytest.raises(Refused, match="on or after 14 February 2022"):
        sheets.proposed(cast, effective_from=date(2022, 2, 13))


def test_propose_split_after_the_services_changed_is_refused(cast):
    sheet = sheets.scored(cast)
    ServiceLineFactory(package=sheet.package, description="Taxi", weekly_cost="20.00")

    with pytest.raises(Refused, match="services have changed"):
        propose_split(assessment=sheet, effective_from=FROM, by=cast.asha, at=NOON)


def test_a_second_split_while_one_is_proposed_is_refused(cast):
    split = sheets.proposed(cast)

    with pytest.raises(Refused, match="already proposed"):
        sheets.proposed(cast, case=split.case)


def test_agree_split_as_proposed_keeps_its_hash(cast):
    split = sheets.proposed(cast)

    agreed = agree_split(split=split, by=cast.chloe, at=LATER)

    assert (agreed.status, agreed.agreed_at, agreed.sha256) == ("agreed", LATER, split.sha256)
    assert events_on(split) == [Event.SPLIT_PROPOSED, Event.SPLIT_AGREED]


def test_agree_split_with_another_share_recomputes_pounds_and_hash(cast):
    split = sheets.proposed(cast)

    agreed = agree_split(
        split=split, icb_share=Fraction(1, 2), reasons="Both pay alike", by=cast.chloe, at=LATER
    )

    agreed.refresh_from_db()
    assert (agreed.icb_weekly_cost, agreed.la_weekly_cost) == (Decimal("537.50"),) * 2
    assert (agreed.source, agreed.departure_reasons) == ("departure", "Both pay alike")
    assert agreed.sha256 != split.sha256
    assert approved_by(agreed, cast.lara, cast.ian).status == "in_force"


def test_agree_split_twice_is_refused_and_says_where_it_stands(cast):
    split = sheets.agreed(cast)

    with pytest.raises(Refused, match="It is now: agreed by the panel, to be approved"):
        agree_split(split=split, by=cast.chloe, at=LATER)


def test_withdraw_split_needs_reasons(cast):
    split = sheets.proposed(cast)

    with pytest.raises(Refused, match="Say why"):
        withdraw_split(split=split, reasons="", by=cast.chloe, at=LATER)

    withdrawn = withdraw_split(split=split, reasons="Not agreed", by=cast.chloe, at=LATER)
    assert withdrawn.status == "withdrawn"
    assert events_on(split) == [Event.SPLIT_PROPOSED, Event.SPLIT_WITHDRAWN]


# Approval ---------------------------------------------------------------------------------------


def test_one_approval_leaves_it_agreed_and_the_second_puts_it_in_force(cast):
    split = sheets.agreed(cast)

    first = approved_by(split, cast.lara)
    assert first.status == "agreed"
    assert list(FundingSplit.objects.awaiting(Body.ICB)) == [split]
    assert list(FundingSplit.objects.awaiting(Body.LA)) == []

    second = approved_by(split, cast.ian)
    assert (second.status, second.in_force_at) == ("in_force", LATER)
    words = Approval.objects.order_by("-body").values_list("body", "organisation", "approved_by")
    assert list(words) == [
        ("la", cast.eastmere.council_id, cast.lara.pk),
        ("icb", cast.eastmere.icb_id, cast.ian.pk),
    ]
    assert events_on(split)[-3:] == [
        Event.SPLIT_APPROVED,
        Event.SPLIT_APPROVED,
        Event.SPLIT_IN_FORCE,
    ]


def test_in_force_starts_the_package(cast):
    split = sheets.in_force(cast)

    split.package.refresh_from_db()
    assert (split.package.proposed, split.package.starts_on) == (False, FROM)


def test_a_new_split_supersedes_the_former_to_the_day_before(cast):
    former = sheets.in_force(cast)
    start = date(2027, 4, 1)

    sheets.in_force(cast, former.case, start)

    former.refresh_from_db()
    assert (former.status, former.effective_to) == ("superseded", date(2027, 3, 31))
    on = [split.effective_from for split in FundingSplit.objects.in_force_on(date(2027, 3, 31))]
    assert on == [FROM]


def test_a_split_from_the_same_day_supersedes_the_former_on_that_day(cast):
    former = sheets.in_force(cast)

    sheets.in_force(cast, former.case, FROM)

    former.refresh_from_db()
    assert (former.status, former.effective_to) == ("superseded", FROM)


def test_the_proposer_does_not_approve(cast):
    split = sheets.agreed(cast)
    FundingSplit.objects.update(proposed_by=cast.lara)

    with pytest.raises(Refused, match="You proposed this split"):
        approved_by(split, cast.lara)


def test_one_person_never_speaks_for_both_bodies(cast):
    split = approved_by(sheets.agreed(cast), cast.lara)

    with pytest.raises(Refused, match="Somebody else must decide on it for the other body"):
        approved_by(split, sheets.second_hat(cast))


def test_a_body_does_not_approve_twice(cast):
    split = approved_by(sheets.agreed(cast), cast.lara)

    with pytest.raises(AlreadyApproved, match="Lara approved this split for Eastmere Council on"):
        approved_by(split, cast.lara)

    assert Approval.objects.count() == 1


@pytest.mark.parametrize("name", ["asha", "mina", "dev"])
def test_only_the_cases_own_two_bodies_approve(cast, name):
    split = sheets.agreed(cast)

    with pytest.raises(Refused, match="Only a commissioner of"):
        approved_by(split, getattr(cast, name))


def test_approving_something_else_than_was_seen_is_refused(cast):
    split = sheets.agreed(cast)

    with pytest.raises(ChangedSinceSeen, match="changed since you opened"):
        approve(split=split, seen="0" * 64, by=cast.lara, at=LATER)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("aftercare_price", "weekly_cost = 845.01"),
        ("aftercare_serviceline", "description = 'Flat'"),
        ("matrices_fundingsplit", "effective_from = '2026-12-02'"),
        ("matrices_fundingsplit", "icb_weekly_cost = 671.88, la_weekly_cost = 403.12"),
        ("matrices_fundingsplit", "departure_reasons = 'None'"),
        ("matrices_assessment", "answers = '{}'"),
        ("matrices_matrixversion", "sha256 = 'x'"),
    ],
)
def test_content_changed_behind_the_hash_cannot_be_approved(cast, table, change):
    split = sheets.agreed(cast)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")

    with pytest.raises(ChangedSinceSeen, match="no longer those the panel agreed"):
        approved_by(split, cast.lara)


def test_a_case_that_ended_gets_no_approval(cast):
    case = CaseFactory(partnership=cast.eastmere)
    split = sheets.agreed(cast, case)
    type(case).objects.filter(pk=case.pk).update(ended_on=FROM, end_reason="jointly")

    with pytest.raises(Refused, match="ended on 1 December 2026"):
        approved_by(split, cast.lara)


def test_return_and_answer_put_the_split_before_the_bodies_again(cast):
    split = approved_by(sheets.agreed(cast), cast.lara)

    returned = return_split(split=split, question="Why 8?", by=cast.ian, at=LATER)
    assert (returned.status, returned.question, returned.returned_by) == (
        "returned",
        "Why 8?",
        cast.ian,
    )
    with pytest.raises(Refused, match="It is now: returned with questions"):
        approved_by(split, cast.ian)

    answered = answer_questions(split=split, answer="Two falls", by=cast.asha, at=LATER)
    assert (answered.status, answered.answer) == ("agreed", "Two falls")
    assert approved_by(answered, cast.ian).status == "in_force"
    assert Event.SPLIT_RETURNED in events_on(split)
    assert Event.QUESTIONS_ANSWERED in events_on(split)


def test_return_without_a_question_and_answer_without_words_are_refused(cast):
    split = sheets.agreed(cast)

    with pytest.raises(Refused, match="Enter your reasons or questions"):
        return_split(split=split, question=" ", by=cast.ian, at=LATER)

    return_split(split=split, question="Why?", by=cast.ian, at=LATER)
    with pytest.raises(Refused, match="Enter the answer"):
        answer_questions(split=split, answer="", by=cast.asha, at=LATER)


def test_shares_cannot_change_once_a_body_has_approved(cast):
    split = approved_by(sheets.agreed(cast), cast.lara)
    return_split(split=split, question="Why?", by=cast.ian, at=LATER)

    with pytest.raises(Refused, match="shares can no longer change"):
        agree_split(
            split=split, icb_share=Fraction(1, 2), reasons="Halves", by=cast.chloe, at=LATER
        )


# From the register ------------------------------------------------------------------------------


def test_take_splits_puts_stated_splits_in_force_once(cast):
    case, bare = CaseFactory.create_batch(2, partnership=cast.eastmere)
    package = PackageFactory(case=case, in_force=True)
    ServiceLineFactory(package=package, weekly_cost="1075.00")
    entries = [(case, Fraction(5, 8)), (bare, Fraction(1, 2))]
    take = {"entries": entries, "starts_on": FROM, "by": cast.ola, "at": NOON}

    splits = take_splits(**take)
    again = take_splits(**take)

    assert (len(splits), again) == (1, [])
    split = FundingSplit.objects.get()
    assert (split.case, split.status, split.source) == (case, "in_force", "register")
    assert (split.icb_weekly_cost, split.la_weekly_cost) == (Decimal("671.87"), Decimal("403.13"))
    assert events_on(cast.eastmere)[-1] == Event.SPLIT_TAKEN


# What the database refuses ----------------------------------------------------------------------


def refused_by_the_database(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_refuses_one_person_for_both_bodies(cast):
    approved_by(sheets.agreed(cast), cast.lara)

    refused_by_the_database(
        "INSERT INTO matrices_approval"
        " (id, split_id, body, organisation_id, sha256, approved_at, approved_by_id)"
        " SELECT %s, split_id, 'icb', organisation_id, sha256, approved_at, approved_by_id"
        " FROM matrices_approval",
        cast.eastmere.pk.hex,
    )


@pytest.mark.parametrize(
    "change",
    [
        "icb_parts = icb_parts + 1",
        "icb_weekly_cost = icb_weekly_cost + 1",
        "weekly_cost = 1e9",
        "icb_weekly_cost = -1, la_weekly_cost = 1076",
        "icb_parts = 0, la_parts = 0, all_parts = 0",
        "source = 'departure'",
        "effective_to = '2026-11-30'",
    ],
)
def test_the_database_refuses_a_split_that_does_not_add_up(cast, change):
    sheets.proposed(cast)

    refused_by_the_database(f"UPDATE matrices_fundingsplit SET {change}")


def test_the_database_refuses_two_splits_in_force(cast):
    former = sheets.in_force(cast)
    sheets.agreed(cast, former.case)

    refused_by_the_database("UPDATE matrices_fundingsplit SET status = 'in_force'")
