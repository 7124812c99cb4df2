"""One person's case, a page for each side of it. That a page was opened is recorded."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from casework.queries.case_file import (
    WITH_EVERYTHING,
    case_frame,
    may_see_readers,
    packages_of,
    readers_of,
)
from casework.queries.funding import state_of
from casework.queries.overview import overview
from casework.queries.timeline import timeline
from cohorts.models.cases import Case
from cohorts.operations.cases import note_seen
from reviews.enums import ReviewStatus

REVIEW_COLOURS = {
    ReviewStatus.BOOKED: "blue",
    ReviewStatus.HELD: "turquoise",
    ReviewStatus.AWAITING_CPA: "yellow",
    ReviewStatus.NEEDS_AGREED: "yellow",
    ReviewStatus.WITH_PANEL: "purple",
    ReviewStatus.CLOSED: "green",
    ReviewStatus.NOT_COMPLETED: "red",
}


@read_view(Permission.VIEW_CASE)
def case_file(request, pk):
    frame = _frame(request, pk, "case_file")
    shown = overview(frame, request.user, timezone.localdate())
    can_change_team = request.user.may(Permission.CHANGE_CARE_TEAM) and frame.case.is_open
    return _page(request, frame, "case_file", shown=shown, can_change_team=can_change_team)


@read_view(Permission.VIEW_CASE)
def case_needs(request, pk):
    frame = _frame(request, pk, "case_needs")
    in_force, proposed = packages_of(frame.case, timezone.localdate())
    return _page(request, frame, "case_needs", in_force=in_force, proposed=proposed)


@read_view(Permission.VIEW_CASE)
def case_reviews(request, pk):
    frame = _frame(request, pk, "case_reviews")
    rows = [(review, REVIEW_COLOURS[review.status]) for review in frame.history.reviews]
    return _page(request, frame, "case_reviews", rows=rows)


@read_view(Permission.VIEW_CASE)
def case_funding(request, pk):
    frame = _frame(request, pk, "case_funding")
    rows = [(split, state_of(split)) for split in frame.history.splits]
    return _page(request, frame, "case_funding", rows=rows)


@read_view(Permission.VIEW_CASE)
def case_panel(request, pk):
    return _page(request, _frame(request, pk, "case_panel"), "case_panel")


@read_view(Permission.VIEW_CASE)
def case_detentions(request, pk):
    frame = _frame(request, pk, "case_detentions")
    detentions = frame.case.patient.detentions.all()
    return _page(request, frame, "case_detentions", detentions=detentions)


@read_view(Permission.VIEW_CASE)
def case_timeline(request, pk):
    frame = _frame(request, pk, "case_timeline")
    return _page(request, frame, "case_timeline", events=timeline(frame.history))


@read_view(Permission.VIEW_CASE)
def case_seen(request, pk):
    if not may_see_readers(_found(request, pk), request.user):
        raise PermissionDenied
    frame = _frame(request, pk, "case_seen")
    return _page(request, frame, "case_seen", readers=readers_of(frame.case))


def _found(request: HttpRequest, pk: object) -> Case:
    cases = Case.objects.visible_to(request.user).select_related(*WITH_EVERYTHING)
    return get_object_or_404(cases, pk=pk)


def _frame(request, pk, page):
    case = _found(request, pk)
    note_seen(case=case, page=page, by=request.user, at=timezone.now())
    return case_frame(case, request.user, page, timezone.localdate())


def _page(request: HttpRequest, frame, page: str, **more: object) -> HttpResponse:
    return render(request, f"casework/{page}.html", {"file": frame, **more})
