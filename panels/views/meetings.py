"""The meeting itself: who is here, one case after another, and what is decided."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from cohorts.operations.cases import note_seen
from cohorts.queries.identity import identity
from core.refusals import Refused
from core.templatetags.s117 import counted
from panels.enums import MeetingStatus, Outcome
from panels.forms import AttendanceForm, DecisionForm
from panels.models import AgendaItem, Meeting
from panels.operations import decisions
from panels.operations import meetings as operations
from panels.queries import sittings
from panels.queries.overview import meeting_tag

WHAT_COMES_NEXT = {
    Outcome.APPROVE: "The council and the ICB approve it next.",
    Outcome.CONDITIONS: "The council and the ICB approve it next.",
    Outcome.DEPART: "The council and the ICB approve it next.",
    Outcome.DEFER: "It is back in the tray, and its care coordinator is asked for what is needed.",
    Outcome.DECLINE: "It goes back to the review.",
}


@read_view(Permission.VIEW_PANELS)
def meeting_detail(request, pk):
    return meeting_page(request, _meeting(request, pk), request.GET.get("item"))


@edit_view(Permission.RUN_MEETING)
def attendance_take(request, pk):
    meeting = _meeting(request, pk)
    present = meeting.attendances.filter(is_present=True)
    here = [str(member) for member in present.values_list("member", flat=True)]
    typed = request.POST if request.method == "POST" else None
    form = AttendanceForm(typed, meeting=meeting, initial={"present": here})
    if form.is_valid():
        try:
            operations.take_attendance(
                meeting=meeting, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("panels:meeting_detail", pk=pk)
    return render(request, "panels/attendance_take.html", {"meeting": meeting, "form": form})


@post_view(Permission.RUN_MEETING)
def meeting_close(request, pk):
    meeting = _meeting(request, pk)
    try:
        left = operations.close_meeting(meeting=meeting, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        back = f" {counted(left, 'case,cases')} not reached: back in the tray." if left else ""
        messages.success(request, f"The meeting is closed.{back}")
    return redirect("panels:meeting_detail", pk=pk)


@edit_view(Permission.RUN_MEETING)
def decision_record(request, pk):
    items = AgendaItem.objects.visible_to(request.user)
    item = get_object_or_404(items.filter(meeting__isnull=False), pk=pk)
    meeting = _meeting(request, item.meeting_id)
    if request.method != "POST":
        return redirect(_url(meeting, item))
    outcome = request.POST.get("outcome", "")
    form = DecisionForm(request.POST, outcome=outcome)
    asks_more = form.outcome in form.MORE and request.POST.get("opened") != outcome
    if form.outcome is None or asks_more:
        typed = {"reasons": request.POST.get("reasons", "")}
        return meeting_page(request, meeting, pk, DecisionForm(initial=typed, outcome=outcome))
    if form.is_valid():
        try:
            decisions.record_decision(
                item=item,
                outcome=form.outcome,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            label = form.outcome.label.lower()
            messages.success(
                request, f"{item.case.reference}: {label}. {WHAT_COMES_NEXT[form.outcome]}"
            )
            return redirect(_url(meeting, sittings.next_undecided(meeting, after=item)))
    return meeting_page(request, meeting, pk, form)


def meeting_page(request, meeting, chosen=None, form=None):
    """Show a meeting at the item chosen, else at the next to decide."""
    current = chosen or getattr(sittings.next_undecided(meeting), "pk", None)
    listed = sittings.places(meeting, current)
    place = next((it for it in listed if str(it.item.pk) == str(current)), None)
    place = place or next(iter(listed), None)
    if place is not None:
        case = place.item.case
        note_seen(case=case, page="meeting", by=request.user, at=timezone.now())
    may_run = request.user.may(Permission.RUN_MEETING)
    is_open = meeting.status == MeetingStatus.PUBLISHED
    context = {
        "meeting": meeting,
        "tag": meeting_tag(meeting),
        "quorum": sittings.quorum(meeting),
        "places": listed,
        "progress": sittings.decided_words(listed),
        "place": place,
        "before": sittings.case_before(place, meeting) if place else None,
        "person": identity(place.item.case, timezone.localdate()) if place else None,
        "form": form or DecisionForm(),
        "outcome": form.outcome if form else None,
        "pack": meeting.packs.first(),
        "may_run": may_run,
        "can_take_attendance": may_run and is_open,
        "can_decide": may_run and is_open and place is not None and not place.is_decided,
        "is_open": is_open,
        "left": sum(not it.is_decided for it in listed),
    }
    return render(request, "panels/meeting_detail.html", context)


def _url(meeting, item):
    url = reverse("panels:meeting_detail", args=[meeting.pk])
    return f"{url}?item={item.pk}" if item is not None else url


def _meeting(request, pk):
    meetings = Meeting.objects.visible_to(request.user)
    return get_object_or_404(meetings.select_related("panel__partnership"), pk=pk)
