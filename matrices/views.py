"""Scoring a case: the sheet with the split beside it, its drafts, and how it stood at the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from cohorts.models.cases import Case
from cohorts.queries.identity import identity
from core.refusals import Refused, StaleDraft
from matrices.enums import AssessmentStatus
from matrices.forms import AssessmentForm
from matrices.models import Assessment
from matrices.operations.assessments import save_answers, start_assessment
from matrices.policy.calculation import Outcome
from matrices.queries import advice, last_time, package_to_score, scores_of, shown_steps

WITH_CASE = (
    "case__patient",
    "case__detention",
    "case__partnership__council",
    "case__partnership__icb",
    "version__matrix",
    "package",
    "completed_by",
)


@post_view(Permission.SCORE_MATRIX)
def assessment_start(request, case_pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).open(), pk=case_pk)
    now = timezone.now()
    package = package_to_score(case, timezone.localdate(now))
    try:
        if package is None:
            raise Refused("Record a review with needs and services first: there is nothing to pay.")
        assessment = start_assessment(case=case, package=package, by=request.user, at=now)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("casework:case_file", pk=case.pk)
    return redirect("matrices:assessment_edit", pk=assessment.pk)


@edit_view(Permission.SCORE_MATRIX)
def assessment_edit(request, pk):
    assessment = scored_by(request, pk)
    if assessment.status == AssessmentStatus.COMPLETE:
        return redirect("matrices:assessment_detail", pk=pk)
    form = AssessmentForm(
        request.POST or None,
        assessment=assessment,
        last=last_time(assessment),
        initial={"effective_from": assessment.package.starts_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_answers(
                assessment=assessment,
                answers=form.answers,
                draft_number=draft_number(request),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("matrices:assessment_edit", pk=pk)
        except Refused as refused:
            explain(form, refused)
    return score_sheet(request, assessment, form)


@post_view(Permission.SCORE_MATRIX)
def assessment_draft(request, pk):
    assessment = scored_by(request, pk)
    form = AssessmentForm(request.POST, assessment=assessment)
    form.is_valid()  # what cannot be kept is left out, and said when the sheet is sent
    try:
        saved = save_answers(
            assessment=assessment,
            answers=form.answers,
            draft_number=draft_number(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return JsonResponse({"problem": str(refused)}, status=409)
    return JsonResponse(
        {"saved_at": f"{timezone.localtime():%H:%M}", "version": saved.draft_number}
    )


@post_view(Permission.SCORE_MATRIX)
def assessment_split(request, pk):
    """Show the split for the levels on the sheet; nothing is saved here."""
    assessment = scored_by(request, pk)
    form = AssessmentForm(request.POST, assessment=assessment)
    form.is_valid()
    return render(request, "matrices/assessment_split.html", split_beside(assessment, form))


@read_view(Permission.VIEW_FUNDING)
def assessment_detail(request, pk):
    assessment = scored_by(request, pk)
    outcome = Outcome.from_json(assessment.outcome) if assessment.outcome else advice(assessment)
    return render(
        request,
        "matrices/assessment_detail.html",
        {
            "assessment": assessment,
            "version": assessment.version,
            "person": identity(assessment.case, timezone.localdate()),
            "scores": scores_of(assessment),
            "steps": shown_steps(outcome.trace, assessment.case),
            "prompts": outcome.prompts,
        },
    )


# What these views share with casework's proposing -----------------------------------------------


def scored_by(request: HttpRequest, pk: object) -> Assessment:
    """Return the assessment, when this person may see it."""
    assessments = Assessment.objects.visible_to(request.user).select_related(*WITH_CASE)
    return get_object_or_404(assessments, pk=pk)


def draft_number(request: HttpRequest) -> int:
    """Return the number of the draft that the sheet was read from; none given is a stale one."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def explain(form: AssessmentForm, refused: Refused) -> None:
    """Put a refusal at the head of the sheet; after a stale draft, name what differs."""
    if isinstance(refused, StaleDraft):
        form.assessment.refresh_from_db(fields=["answers", "draft_number", "status"])
        differing = ", ".join(form.differing())
        check = f"Check these, then save again: {differing}." if differing else "Save again."
        form.add_error(None, f"{refused} Your scores are below and not saved yet. {check}")
    else:
        form.add_error(None, str(refused))


def split_beside(assessment: Assessment, form: AssessmentForm) -> dict[str, object]:
    """Return the split that the levels on the sheet lead to, for the panel at its side."""
    outcome = advice(assessment, form.answers if form.is_bound else None)
    return {
        "assessment": assessment,
        "outcome": outcome,
        "steps": shown_steps(outcome.trace, assessment.case),
        "prompts": outcome.prompts,
    }


def score_sheet(
    request: HttpRequest, assessment: Assessment, form: AssessmentForm, *, status: int = 200
) -> HttpResponse:
    """Show the sheet with the split beside it."""
    context = split_beside(assessment, form) | {
        "version": assessment.version,
        "form": form,
        "person": identity(assessment.case, timezone.localdate()),
        "last": form.last,
    }
    return render(request, "matrices/assessment_edit.html", context, status=status)
