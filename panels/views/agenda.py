"""From the tray to a published agenda, and the agenda on paper."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from audit.operations import record
from cohorts.queries.identity import identity
from core.refusals import Refused
from core.templatetags.s117 import day
from panels import documents
from panels.enums import Event, MeetingStatus
from panels.forms import SubmitForm
from panels.models import AgendaItem, Meeting
from panels.operations import agenda as operations
from panels.queries.agenda import board
from panels.queries.asking import ask_of
from panels.queries.overview import meeting_tag, ready_pack
from panels.queries.papers import agenda_paper
from panels.tasks import build_pack
from reviews.models import Review


@edit_view(Permission.SEND_TO_PANEL)
def item_submit(request, pk):
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related(
            "case__patient", "case__detention", "case__cohort", "split__package", "package"
        ),
        pk=pk,
    )
    form = SubmitForm(request.POST or None, initial={"ask": ask_of(review, timezone.localdate())})
    if form.is_valid():
        try:
            item = operations.submit_review(
                review=review, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, f"Sent to {item.panel}. It is in the tray for the next agenda."
            )
            return redirect("casework:case_file", pk=review.case_id)
    context = {
        "form": form,
        "review": review,
        "person": identity(review.case, timezone.localdate()),
    }
    return render(request, "panels/item_submit.html", context)


@read_view(Permission.VIEW_PANELS)
def agenda_build(request, pk):
    meeting = _meeting(request, pk)
    shown = board(meeting)
    context = {
        "meeting": meeting,
        "tag": meeting_tag(meeting),
        "board": shown,
        "pack": meeting.packs.first(),
        "can_build": request.user.may(Permission.BUILD_AGENDA)
        and meeting.status == MeetingStatus.PLANNED,
        "may_build": request.user.may(Permission.BUILD_AGENDA),
        "moved": next(
            (row for row in shown.listed if str(row.pk) == request.GET.get("moved")), None
        ),
        "direction": "down" if request.GET.get("to") == "down" else "up",
    }
    return render(request, "panels/agenda_build.html", context)


@post_view(Permission.BUILD_AGENDA)
def agenda_fill(request, pk):
    """Add every case that is ready, as far as there is room."""
    meeting = _meeting(request, pk)
    shown = board(meeting)
    room = max(0, shown.capacity - len(shown.listed))
    items = AgendaItem.objects.visible_to(request.user)
    ready = items.filter(pk__in=[row.pk for row in shown.ready[:room]])
    listing = partial(operations.list_items, items=ready.order_by("submitted_at", "pk"))
    return _done(request, meeting, partial(listing, meeting=meeting))


@post_view(Permission.BUILD_AGENDA)
def agenda_order(request, pk):
    meeting = _meeting(request, pk)
    return _done(request, meeting, partial(operations.put_in_order, meeting=meeting))


@post_view(Permission.BUILD_AGENDA)
def agenda_publish(request, pk):
    meeting = _meeting(request, pk)
    try:
        operations.publish_agenda(meeting=meeting, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        pack = meeting.packs.first()
        if pack is not None:
            send_to_worker(pack)
        due_on = day(meeting.pack_due_on)
        goes = "The pack is being made." if pack else f"The pack goes out on {due_on}."
        messages.success(request, f"The agenda is published. {goes}")
    return redirect("panels:agenda_build", pk=pk)


@read_view(Permission.VIEW_PANELS)
def agenda_print(request, pk):
    meeting = _meeting(request, pk)
    context = {
        "meeting": meeting,
        "agenda": agenda_paper(meeting),
        "is_draft": meeting.status == MeetingStatus.PLANNED,
        "pack": ready_pack(list(meeting.packs.all())),
    }
    return render(request, "panels/agenda_print.html", context)


@read_view(Permission.VIEW_PANELS)
def agenda_pdf(request, pk):
    meeting = _meeting(request, pk)
    paper = agenda_paper(meeting)
    record(Event.AGENDA_PRINTED, on=meeting, by=request.user, at=timezone.now())
    name = f"{paper.reference}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(documents.agenda(paper), content_type="application/pdf", headers=headers)


@post_view(Permission.BUILD_AGENDA)
def item_list(request, pk):
    item = _item(request, pk)
    meeting = _meeting(request, request.POST.get("meeting"))
    listing = partial(operations.list_item, item=item, meeting=meeting)
    return _done(request, meeting, listing, moved=item)


@post_view(Permission.BUILD_AGENDA)
def item_move(request, pk):
    item = _item(request, pk)
    up = request.POST.get("to") != "down"
    moving = partial(operations.move_item, item=item, up=up)
    return _done(request, item.meeting, moving, moved=item, to="up" if up else "down")


@post_view(Permission.BUILD_AGENDA)
def item_return(request, pk):
    item = _item(request, pk)
    return _done(request, item.meeting, partial(operations.return_to_tray, item=item))


@post_view(Permission.BUILD_AGENDA)
def item_withdraw(request, pk):
    item = _item(request, pk)
    meeting = _meeting(request, request.POST.get("meeting"))
    return _done(request, meeting, partial(operations.withdraw_item, item=item))


def send_to_worker(pack):
    """Have the pack made at once; if no broker answers, the sweep finds it within the minute."""

    def send():  # a name of its own, which Django logs when no broker answers; a partial has none
        build_pack.apply_async((str(pack.pk),), retry=False)

    transaction.on_commit(send, robust=True)


def _done(request, meeting, operation, *, moved=None, to="up"):
    try:
        operation(by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    if meeting is None:
        return redirect("panels:panel_list")
    query = f"?moved={moved.pk}&to={to}" if moved else ""
    return redirect(reverse("panels:agenda_build", args=[meeting.pk]) + query)


def _meeting(request, pk):
    meetings = Meeting.objects.visible_to(request.user).select_related("panel__partnership")
    try:
        return get_object_or_404(meetings, pk=pk)
    except ValidationError as error:  # what was posted is no key at all
        raise Http404 from error


def _item(request, pk):
    items = AgendaItem.objects.visible_to(request.user)
    return get_object_or_404(items.select_related("meeting", "case"), pk=pk)
