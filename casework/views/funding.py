"""Funding: what waits for whom, a body's decision on a split, and the answers to its questions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from casework.forms.funding import AnswerForm, DecisionForm, SplitFilter
from casework.queries.endings import ending_rows
from casework.queries.funding import (
    WITH_EVERYTHING,
    body_of,
    is_awaiting,
    names_of_bodies,
    own_weekly_cost,
    queue_of,
    split_page,
    split_rows,
)
from cohorts.operations.cases import note_list_seen, note_seen
from core.refusals import Refused
from core.templatetags.s117 import counted, day, gbp, surname_first
from matrices.enums import AssessmentStatus, SplitStatus
from matrices.forms import AssessmentForm
from matrices.models import FundingSplit
from matrices.operations.approvals import answer_questions, return_split
from matrices.policy.refusals import AlreadyApproved, ChangedSinceSeen
from matrices.queries import last_time
from matrices.views import draft_number, explain, score_sheet, scored_by
from reviews.operations import approvals

ROWS = 25


@read_view(Permission.VIEW_FUNDING)
def split_list(request):
    body = body_of(request.user)
    splits = FundingSplit.objects.visible_to(request.user)
    chosen = SplitFilter(
        request.GET, splits.waiting_first(body or "").with_people(), request=request
    )
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    waiting, others = split_rows(list(page), request.user)
    endings = ending_rows(request.user, timezone.localdate())
    note_list_seen(
        partnership=request.user.membership.partnership,
        references=sorted({row.reference for row in (*endings, *waiting, *others)}),
        page="split_list",
        by=request.user,
        at=timezone.now(),
    )
    context = {
        "filter": chosen.form,
        "chips": chosen.chips(),
        "page": page,
        "waiting": waiting,
        "others": others,
        "endings": endings,
        "body": body.label if body else "",
        "count": _count_in_words(page.paginator.count, splits, body),
    }
    return render(request, "casework/split_list.html", context)


def _count_in_words(count, splits, body):
    words = counted(count, "split,splits")
    if body:
        words += f", {splits.awaiting(body).count():,} waiting for the {_short(body)} in all"
    return words


@read_view(Permission.VIEW_FUNDING)
def split_detail(request, pk):
    split = _found(request, pk)
    note_seen(case=split.case, page="split_detail", by=request.user, at=timezone.now())
    context = {"shown": split_page(split, timezone.localdate()), "own": ""}
    return render(request, "casework/split_detail.html", context)


@edit_view(Permission.APPROVE_SPLIT)
def split_approve(request, pk):
    split = _found(request, pk)
    body = body_of(request.user)
    if request.method == "GET":
        if body is None or not is_awaiting(split, body):
            return redirect("casework:split_detail", pk=pk)
        return _decision_page(request, split, DecisionForm(initial=_seen(split, body)))
    form = DecisionForm(request.POST)
    form.is_valid()
    following = _following(request, split)
    try:
        split = approvals.approve_split(
            split=split, seen=form.cleaned_data.get("seen", ""), by=request.user, at=timezone.now()
        )
    except AlreadyApproved as refused:
        messages.info(request, str(refused))
    except ChangedSinceSeen as refused:
        return _changed(request, pk, form, str(refused))
    except Refused as refused:
        return _refused(request, pk, form, str(refused))
    else:
        messages.success(request, _approved_in_words(request.user, _found(request, pk)))
    return redirect(following)


@post_view(Permission.APPROVE_SPLIT)
def split_return(request, pk):
    split = _found(request, pk)
    form = DecisionForm(request.POST)
    form.is_valid()
    following = _following(request, split)
    reasons = form.cleaned_data.get("reasons", "")
    if not reasons:
        form.add_error("reasons", "Enter your reasons or questions, so that they can be answered")
        return _decision_page(request, split, form)
    try:
        return_split(split=split, question=reasons, by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(request, pk, form, str(refused))
    messages.success(
        request,
        f"{surname_first(split.case.patient)}: returned to {split.proposed_by} with your "
        "questions. It comes back to you with the answer.",
    )
    return redirect(following)


@edit_view(Permission.SCORE_MATRIX)
def split_answer(request, pk):
    split = _found(request, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_questions(
                split=split, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Answer sent. The split waits for approval again.")
            return redirect("casework:case_file", pk=split.case_id)
    elif split.status != SplitStatus.RETURNED:
        return redirect("casework:split_detail", pk=pk)
    note_seen(case=split.case, page="split_answer", by=request.user, at=timezone.now())
    context = {"shown": split_page(split, timezone.localdate()), "own": "", "form": form}
    return render(request, "casework/split_answer.html", context)


@edit_view(Permission.SCORE_MATRIX)
def split_propose(request, pk):
    """Take the score sheet (matrices:assessment_edit); propose what follows, or another split."""
    assessment = scored_by(request, pk)
    if request.method == "GET" or assessment.status == AssessmentStatus.COMPLETE:
        return redirect("matrices:assessment_edit", pk=pk)
    form = AssessmentForm(
        request.POST,
        assessment=assessment,
        last=last_time(assessment),
        for_proposal=True,
        for_departure="depart" in request.POST,
    )
    if not form.is_valid():
        return score_sheet(request, assessment, form)
    try:
        split = approvals.propose(
            assessment=assessment,
            answers=form.answers,
            draft_number=draft_number(request),
            by=request.user,
            at=timezone.now(),
            **form.proposal,
        )
    except Refused as refused:
        explain(form, refused)
        return score_sheet(request, assessment, form)
    messages.success(request, _proposed_in_words(split))
    return redirect("casework:case_file", pk=assessment.case_id)


# Around a decision ------------------------------------------------------------------------------


def _found(request: HttpRequest, pk: object) -> FundingSplit:
    splits = FundingSplit.objects.visible_to(request.user).select_related(*WITH_EVERYTHING)
    return get_object_or_404(splits.prefetch_related("approvals__approved_by"), pk=pk)


def _seen(split, body):
    return {"seen": split.sha256, "seen_cost": own_weekly_cost(split, body)}


def _decision_page(
    request: HttpRequest, split: FundingSplit, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    body = body_of(request.user)
    queue = queue_of(request.user, body, split) if body else None
    following = queue and queue.next and _found(request, queue.next)
    others = [name for it, name in names_of_bodies(split).items() if it != body]
    note_seen(case=split.case, page="split_approve", by=request.user, at=timezone.now())
    context = {
        "shown": split_page(split, timezone.localdate()),
        "form": form,
        "own": names_of_bodies(split).get(body, ""),
        "other": others[0],
        "body": _short(body) if body else "",
        "seen": _seen(split, body),
        "can_decide": body is not None and is_awaiting(split, body),
        "queue": queue,
        "following": following.case.patient if following else None,
    }
    return render(request, "casework/split_approve.html", context, status=status)


def _changed(request, pk, form, sentence):
    """Show the split as it is now, and say what is no longer as it was seen."""
    split = _found(request, pk)
    was, now = form.cost_seen, own_weekly_cost(split, body_of(request.user))
    if was is not None and was != now:
        sentence += f" Your share was {gbp(was)} a week; it is now {gbp(now)}."
    return _refused(request, pk, form, sentence)


def _refused(request, pk, form, sentence):
    form.add_error(None, sentence)
    return _decision_page(request, _found(request, pk), form, status=409)


def _following(request, split):
    """Return where to go after a decision: the next case that waits, else the list."""
    body = body_of(request.user)
    queue = queue_of(request.user, body, split) if body else None
    if queue and queue.next:
        return redirect("casework:split_approve", pk=queue.next).url
    return redirect("casework:split_list").url


def _approved_in_words(user, split):
    body = body_of(user)
    name, cost = surname_first(split.case.patient), gbp(own_weekly_cost(split, body))
    words = f"{name}: {cost} a week approved for {names_of_bodies(split)[body]}."
    if split.status == SplitStatus.IN_FORCE:
        words += f" Both have approved: it is in force from {day(split.effective_from)}."
        due = split.case.next_review_due
        return f"{words} The next review is due by {day(due)}." if due else words
    other = next(name for it, name in names_of_bodies(split).items() if it != body)
    return f"{words} It is in force once {other} has approved it too."


def _proposed_in_words(split):
    if split is None:
        return (
            "Scores completed. Nothing scores any points, so there is no split: "
            "the council and the ICB decide whether after-care ends."
        )
    return (
        f"Split proposed: ICB {gbp(split.icb_weekly_cost)} and council "
        f"{gbp(split.la_weekly_cost)} a week from {day(split.effective_from)}. "
        "Next: send the review to the panel."
    )


def _short(body):
    return {"la": "council", "icb": "ICB"}[body]
