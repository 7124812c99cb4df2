"""Scoring a case with the matrix that is in force."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from aftercare.models import Package
from audit.operations import record
from cohorts.models.cases import Case
from core.refusals import Refused, StaleDraft
from matrices import queries
from matrices.enums import (
    AssessmentStatus,
    Event,
    VersionStatus,
)
from matrices.models import Assessment, MatrixVersion
from matrices.policy.case import levels_chosen
from matrices.policy.refusals import (
    check_complete,
)


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
