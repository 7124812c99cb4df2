"""Ending after-care: what is proposed and said, and a body's word. Only both together end it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from casework.forms.endings import WordForm
from casework.queries.endings import (
    SHORT,
    bodies_of,
    ending_page,
    is_awaiting,
    with_everything,
)
from casework.queries.funding import body_of
from cohorts.operations.cases import note_seen
from core.refusals import Refused
from core.templatetags.s117 import day
from matrices.enums import Body
from reviews.enums import ReviewStatus
from reviews.models import Ending
from reviews.operations import endings as operations


@read_view(Permission.VIEW_CASE)
def ending_detail(request, pk):
    ending = _found(request, pk)
    note_seen(case=ending.case, page="ending_detail", by=request.user, at=timezone.now())
    context = {
        "shown": ending_page(ending, timezone.localdate()),
        "can_say": is_awaiting(ending, _own_body(request)),
    }
    return render(request, "casework/ending_detail.html", context)


@edit_view(Permission.END_ENTITLEMENT)
def ending_say(request, pk):
    ending = _found(request, pk)
    if request.method == "GET":
        if not is_awaiting(ending, _own_body(request)):
            return redirect("casework:ending_detail", pk=pk)
        note_seen(case=ending.case, page="ending_say", by=request.user, at=timezone.now())
        return _word_page(request, ending, WordForm())
    return _say(request, ending, operations.say_satisfied, _satisfied_in_words)


@post_view(Permission.END_ENTITLEMENT)
def ending_withdraw(request, pk):
    return _say(request, _found(request, pk), operations.refuse_ending, _goes_on_in_words)


# Around a word ----------------------------------------------------------------------------------


def _found(request: HttpRequest, pk: object) -> Ending:
    return get_object_or_404(with_everything(Ending.objects.visible_to(request.user)), pk=pk)


def _own_body(request: HttpRequest) -> Body | None:
    return body_of(request.user) if request.user.may(Permission.END_ENTITLEMENT) else None


def _say(request, ending, operation, in_words):
    """Take a body's word, once: said again, it is only shown as it stands."""
    body = _own_body(request)
    if body is None:
        raise PermissionDenied
    if not is_awaiting(ending, body):
        messages.info(request, "This ending does not wait for your body any more.")
        return redirect("casework:ending_detail", pk=ending.pk)
    form = WordForm(request.POST)
    if not form.is_valid():
        return _word_page(request, ending, form)
    try:
        operation(ending=ending, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _word_page(request, _found(request, ending.pk), form, status=409)
    messages.success(request, in_words(_found(request, ending.pk), body, timezone.localdate()))
    return redirect("casework:ending_detail", pk=ending.pk)


def _word_page(
    request: HttpRequest, ending: Ending, form: WordForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    body, bodies = _own_body(request), bodies_of(ending)
    shown = ending_page(ending, today)
    spoken = [word for word in ending.satisfactions.all() if word.satisfied_by == request.user]
    context = {
        "shown": shown,
        "form": form,
        "own": bodies.get(body, ""),
        "can_decide": is_awaiting(ending, body),
        "can_say": shown.may_end and not spoken,
        "spoken_for": spoken[0].organisation if spoken else "",
        "what_follows": _what_follows(ending, body, today) if body else "",
    }
    return render(request, "casework/ending_say.html", context, status=status)


def _what_follows(ending: Ending, body: Body, today: date) -> str:
    """Say what this body's yes does: with the other's, after-care ends."""
    if ending.satisfactions.all():
        last_day = day(max(ending.ends_on, today))
        return f"The {_other(body)} has said so already: after-care ends on {last_day}."
    return _when_other_has_said(ending, body, today)


def _when_other_has_said(ending: Ending, body: Body, today: date) -> str:
    if ending.ends_on <= today:
        return f"After-care ends on the day on which the {_other(body)} has said so too."
    return f"After-care ends on {day(ending.ends_on)} when the {_other(body)} has said so too."


def _satisfied_in_words(ending: Ending, body: Body, today: date) -> str:
    ended_on = ending.case.ended_on
    if ended_on is None:
        return f"Said for {bodies_of(ending)[body]}. {_when_other_has_said(ending, body, today)}"
    when = "has ended" if ended_on <= today else f"ends on {day(ended_on)}"
    return f"After-care {when}. Nobody is reminded of it any more."


def _goes_on_in_words(ending: Ending, body: Body, today: date) -> str:
    words = f"After-care goes on, as {bodies_of(ending)[body]} has said."
    due = ending.case.next_review_due
    if ending.review and ending.review.status == ReviewStatus.CLOSED and due:
        return f"{words} The next review is due by {day(due)}."
    coordinator = ending.case.care_coordinator
    return f"{words} The review is back with {coordinator or 'the care team'}."


def _other(body: Body) -> str:
    return SHORT[Body.ICB if body == Body.LA else Body.LA]
