"""Scoring a case, proposing who pays what, and the two bodies' yes to exactly what they saw."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from aftercare.operations import start_package
from django.db import transaction
from django.utils import timezone

from accounts.models import Partnership, User
from aftercare.models import Package
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_words
from core.refusals import Refused
from core.shares import apportion
from core.templatetags.s117 import gbp
from matrices import queries
from matrices.enums import (
    AssessmentStatus,
    Body,
    Event,
    SplitSource,
    SplitStatus,
    VersionStatus,
)
from matrices.models import Approval, Assessment, FundingSplit, Matrix, MatrixVersion
from matrices.policy.calculation import Kind, Outcome, section_117_total
from matrices.policy.case import levels_chosen
from matrices.policy.content import canonical_hash
from matrices.policy.definition import ICB, LA
from matrices.policy.parsing import parse_definition
from matrices.policy.refusals import (
    ChangedSinceSeen,
    NoNeed,
    StaleDraft,
    check_complete,
)

LIVE = [SplitStatus.PROPOSED, SplitStatus.AGREED, SplitStatus.RETURNED]


# Matrices ---------------------------------------------------------------------------------------


@transaction.atomic
def add_matrix(
    *,
    partnership: Partnership,
    document: dict[str, Any],
    starts_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Matrix:
    """Give a partnership a matrix, its first version in force from `starts_on`, else from today."""
    definition = parse_definition(document)
    matrix = Matrix.objects.create(
        partnership=partnership,
        client_group=definition.client_group,
        is_sample=definition.is_sample,
    )
    record(Event.MATRIX_ADDED, on=partnership, by=by, at=at, matrix=matrix.pk)
    version = MatrixVersion.objects.create(
        matrix=matrix,
        number=1,
        status=VersionStatus.IN_FORCE,
        definition=definition.as_json(),
        sha256=canonical_hash(definition.as_json()),
        effective_from=starts_on or at.astimezone(timezone.get_current_timezone()).date(),
    )
    record(Event.VERSION_IN_FORCE, on=version, by=by, at=at, sha256=version.sha256)
    return matrix


def add_sample_matrices(
    *, partnership: Partnership, starts_on: date | None = None, by: User | None, at: datetime
) -> list[Matrix]:
    """Give a partnership the sample matrix of each client group."""
    return [
        add_matrix(partnership=partnership, document=it, starts_on=starts_on, by=by, at=at)
        for it in queries.sample_documents()
    ]


# Assessments ------------------------------------------------------------------------------------


@transaction.atomic
def start_assessment(*, case: Case, package: Package, by: User, at: datetime) -> Assessment:
    """Begin to score a package, or go on with the scores begun or completed before."""
    case = Case.objects.select_for_update(of=("self",)).select_related("patient").get(pk=case.pk)
    earlier = case.assessments.filter(package=package).order_by("-started_at").first()
    if earlier is not None and earlier.status == AssessmentStatus.DRAFT:
        return earlier
    version = MatrixVersion.objects.in_use_for(case).first()
    if version is None:
        group = case.patient.get_client_group_display().lower()
        raise Refused(f"No matrix for {group} is in force here, so there is nothing to score with.")
    same = earlier is not None and earlier.version_id == version.pk
    assessment = Assessment.objects.create(
        case=case,
        package=package,
        version=version,
        answers=earlier.answers if same else {},
        started_at=at,
        started_by=by,
    )
    record(Event.ASSESSMENT_STARTED, on=assessment, by=by, at=at, version=version.sha256)
    return assessment


@transaction.atomic
def save_answers(
    *,
    assessment: Assessment,
    answers: dict[str, dict[str, str]],
    draft_number: int,
    by: User,
    at: datetime,
) -> Assessment:
    """Keep answers as they are typed; they are recorded in the audit when they are complete."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if assessment.status != AssessmentStatus.DRAFT:
        raise Refused("These scores are complete, so they can no longer be changed.")
    if assessment.draft_number != draft_number:
        raise StaleDraft("Other scores were saved after you opened this page.")
    levels_chosen(queries.definition_of(assessment.version), queries.levels_in(answers))
    assessment.answers = {
        code: {"level": answer.get("level") or "", "evidence": answer.get("evidence", "").strip()}
        for code, answer in answers.items()
    }
    assessment.draft_number += 1
    assessment.save(update_fields=["answers", "draft_number"])
    return assessment


@transaction.atomic
def complete_assessment(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Fix the scores and what follows from them; no need at all is an outcome too."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if assessment.version.status == VersionStatus.RETIRED:
        raise Refused("A newer version of the matrix is in force. Score the case with that one.")
    outcome = queries.advice(assessment)
    check_complete(queries.definition_of(assessment.version), assessment.answers, outcome)
    assessment.become(AssessmentStatus.COMPLETE)
    assessment.outcome = outcome.as_json()
    assessment.completed_at, assessment.completed_by = at, by
    assessment.save(update_fields=["status", "outcome", "completed_at", "completed_by"])
    record(Event.ASSESSMENT_COMPLETED, on=assessment, by=by, at=at, outcome=outcome.kind)
    return assessment


# Splits -----------------------------------------------------------------------------------------


@transaction.atomic
def propose_split(
    *,
    assessment: Assessment,
    effective_from: date,
    icb_share: Fraction | None = None,
    reasons: str = "",
    by: User,
    at: datetime,
) -> FundingSplit:
    """Propose what the matrix advises, or another share with reasons."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=assessment.case_id)
    assessment = Assessment.objects.select_related("version", "package").get(pk=assessment.pk)
    outcome = _advice_to_propose(assessment)
    if effective_from < case.entitled_from:
        raise Refused(f"The split must start on or after {in_words(case.entitled_from)}.")
    if case.splits.filter(status__in=LIVE).exists():
        raise Refused("A split is already proposed for this case. It must be settled first.")
    split = FundingSplit(
        case=case,
        package=assessment.package,
        assessment=assessment,
        source=SplitSource.MATRIX,
        weekly_cost=outcome.weekly_total,
        effective_from=effective_from,
        proposed_at=at,
        proposed_by=by,
    )
    _share_out(split, outcome.shares[ICB])
    if icb_share is not None and icb_share != split.icb_share:
        _depart(split, icb_share=icb_share, reasons=reasons)
    split.sha256 = queries.hash_of(split)
    split.save(force_insert=True)
    record(Event.SPLIT_PROPOSED, on=split, by=by, at=at, sha256=split.sha256)
    return split


def _advice_to_propose(assessment: Assessment) -> Outcome:
    if assessment.outcome is None:
        raise Refused("The scores are not complete, so there is no split to propose yet.")
    outcome = Outcome.from_json(assessment.outcome)
    if outcome.kind == Kind.NO_NEED:
        raise NoNeed("No domain scores any points, so there is no split. Should after-care end?")
    if queries.advice(assessment).canonical() != outcome.canonical():
        raise Refused("The services have changed since they were scored. Score the case again.")
    return outcome


def _depart(split: FundingSplit, *, icb_share: Fraction, reasons: str) -> None:
    if not 0 <= icb_share <= 1:
        raise Refused("The ICB’s share must be from 0% to 100%.")
    if not reasons.strip():
        raise Refused("Say why the split departs from the matrix.")
    split.source, split.departure_reasons = SplitSource.DEPARTURE, reasons.strip()
    _share_out(split, icb_share)


def _share_out(split: FundingSplit, icb_share: Fraction) -> None:
    """Store an exact share as whole numbers, and its pounds by the matrix's rounding rule."""
    shares = {ICB: icb_share, LA: 1 - icb_share}
    split.all_parts, split.icb_parts = icb_share.denominator, icb_share.numerator
    split.la_parts = split.all_parts - split.icb_parts
    pounds = apportion(split.weekly_cost, shares, residual=queries.residual_of(split))
    split.icb_weekly_cost, split.la_weekly_cost = pounds[ICB], pounds[LA]


@transaction.atomic
def agree_split(
    *,
    split: FundingSplit,
    icb_share: Fraction | None = None,
    reasons: str = "",
    by: User,
    at: datetime,
) -> FundingSplit:
    """Record that the panel agreed a split, as proposed or with another share and its reasons."""
    split = _locked(split, SplitStatus.PROPOSED, SplitStatus.RETURNED)
    if icb_share is not None and icb_share != split.icb_share:
        if split.approvals.exists():
            raise Refused("One body has approved this split, so its shares can no longer change.")
        _depart(split, icb_share=icb_share, reasons=reasons)
        split.sha256 = queries.hash_of(split)
    split.become(SplitStatus.AGREED)
    split.agreed_at = at
    split.save()
    record(Event.SPLIT_AGREED, on=split, by=by, at=at, sha256=split.sha256)
    return split


@transaction.atomic
def withdraw_split(*, split: FundingSplit, reasons: str, by: User, at: datetime) -> FundingSplit:
    """Take a split back before it is in force; the reasons stand with the decision that did it."""
    split = _locked(split, *LIVE)
    if not reasons.strip():
        raise Refused("Say why the split is withdrawn.")
    split.become(SplitStatus.WITHDRAWN)
    split.save(update_fields=["status"])
    record(Event.SPLIT_WITHDRAWN, on=split, by=by, at=at)
    return split


# The two bodies' approval -----------------------------------------------------------------------


@transaction.atomic
def approve(*, split: FundingSplit, seen: str, by: User, at: datetime) -> FundingSplit:
    """Say one body's yes to exactly the split seen; with the second it is in force."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=split.case_id)
    split = FundingSplit.objects.select_for_update(of=("self",)).get(pk=split.pk)
    body = queries.body_spoken_for(by, case)
    queries.check_first_word(split, body=body, by=by)
    _check_status(split, SplitStatus.AGREED)
    if not case.is_open:
        raise Refused(f"This case ended on {in_words(case.ended_on)}.")
    if split.sha256 != seen:
        raise ChangedSinceSeen("The split has changed since you opened this page.")
    if queries.hash_of(split) != split.sha256:
        raise ChangedSinceSeen(
            "The services, their prices or the scores are no longer those the panel agreed. "
            "Return the split with that question."
        )
    Approval.objects.create(
        split=split,
        body=body,
        organisation=by.membership.organisation,
        sha256=split.sha256,
        approved_at=at,
        approved_by=by,
    )
    record(Event.SPLIT_APPROVED, on=split, by=by, at=at, body=body, sha256=split.sha256)
    if split.approvals.filter(sha256=split.sha256).count() == len(Body):
        _put_in_force(split, by=by, at=at)
    return split


def _put_in_force(split: FundingSplit, *, by: User, at: datetime) -> None:
    former = FundingSplit.objects.in_force().filter(case=split.case_id).first()
    if former is not None:
        former.become(SplitStatus.SUPERSEDED)
        eve = split.effective_from - timedelta(days=1)
        former.effective_to = max(former.effective_from, eve)  # one day at least, even if replaced
        former.save(update_fields=["status", "effective_to"])
    split.become(SplitStatus.IN_FORCE)
    split.in_force_at = at
    split.save(update_fields=["status", "in_force_at"])
    if split.package.proposed:
        start_package(package=split.package, starts_on=split.effective_from, by=by, at=at)
    record(
        Event.SPLIT_IN_FORCE,
        on=split,
        by=by,
        at=at,
        supersedes=former.pk if former else None,
        weekly_cost=gbp(split.weekly_cost),
    )


@transaction.atomic
def return_split(*, split: FundingSplit, question: str, by: User, at: datetime) -> FundingSplit:
    """Send a split back to whoever proposed it, with what one body needs to know."""
    split = _locked(split, SplitStatus.AGREED)
    queries.check_first_word(split, body=queries.body_spoken_for(by, split.case), by=by)
    if not question.strip():
        raise Refused("Enter your reasons or questions, so that they can be answered.")
    split.become(SplitStatus.RETURNED)
    split.question, split.answer = question.strip(), ""
    split.returned_at, split.returned_by = at, by
    split.save(update_fields=["status", "question", "answer", "returned_at", "returned_by"])
    record(Event.SPLIT_RETURNED, on=split, by=by, at=at)
    return split


@transaction.atomic
def answer_questions(*, split: FundingSplit, answer: str, by: User, at: datetime) -> FundingSplit:
    """Answer a body's questions, and put the split before it again."""
    split = _locked(split, SplitStatus.RETURNED)
    if not answer.strip():
        raise Refused("Enter the answer.")
    split.become(SplitStatus.AGREED)
    split.answer = answer.strip()
    split.save(update_fields=["status", "answer"])
    record(Event.QUESTIONS_ANSWERED, on=split, by=by, at=at)
    return split


def _locked(split: FundingSplit, *statuses: SplitStatus) -> FundingSplit:
    locked = FundingSplit.objects.select_for_update(of=("self",)).get(pk=split.pk)
    _check_status(locked, *statuses)
    return locked


def _check_status(split: FundingSplit, *statuses: SplitStatus) -> None:
    if split.status not in statuses:
        state = split.get_status_display().lower()
        raise Refused(f"This split has moved on since you opened it. It is now: {state}.")


# From the register ------------------------------------------------------------------------------


@transaction.atomic
def take_from_register(
    *, entries: Iterable[tuple[Case, Fraction]], starts_on: date, by: User, at: datetime
) -> list[FundingSplit]:
    """Take the splits a register states as in force, for cases that have a package and no split."""
    shares = {case.pk: (case, share) for case, share in entries}
    packages = (
        Package.objects.in_force_on(starts_on)
        .filter(case__in=shares)
        .exclude(case__in=FundingSplit.objects.in_force().values("case"))
        .prefetch_related(*queries.SERVICES)
    )
    splits = [
        _from_register(package, *shares[package.case_id], starts_on=starts_on, by=by, at=at)
        for package in packages
    ]
    FundingSplit.objects.bulk_create(splits, batch_size=500)
    if splits:
        cases = [split.case_id for split in splits]
        place = shares[cases[0]][0].partnership
        record(Event.SPLIT_TAKEN, on=place, by=by, at=at, cases=cases)
    return splits


def _from_register(
    package: Package, case: Case, icb_share: Fraction, *, starts_on: date, by: User, at: datetime
) -> FundingSplit:
    split = FundingSplit(
        case=case,
        package=package,
        source=SplitSource.REGISTER,
        status=SplitStatus.IN_FORCE,
        weekly_cost=section_117_total(queries.lines_of(package)),
        effective_from=starts_on,
        proposed_at=at,
        proposed_by=by,
        in_force_at=at,
    )
    _share_out(split, icb_share)
    split.sha256 = queries.hash_of(split)
    return split
