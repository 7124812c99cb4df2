"""What happens around a review: booked, moved, held, not held, its CPA, closed unchanged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.decorators import edit_view, post_view
from accounts.enums import Permission
from cohorts.models.cases import Case
from cohorts.queries.identity import identity
from core.forms import Form
from core.refusals import Refused
from core.templatetags.s117 import day
from core.workflow import IllegalTransition
from reviews.enums import ReviewStatus
from reviews.forms.short import BookForm, CpaForm, NotCompletedForm, StartForm
from reviews.models import Review
from reviews.operations.booking import book_review, not_completed, start_writing
from reviews.operations.closing import close_unchanged
from reviews.operations.writing import record_cpa_held

REFUSALS = (Refused, IllegalTransition)
MOVED_ON = "Somebody has just changed this review. Open the case again to see where it is."
WITH_CASE = ("case__patient", "case__detention", "case__care_coordinator", "case__partnership")


@edit_view(Permission.WRITE_REVIEW)
def review_book(request, case_pk):
    cases = Case.objects.visible_to(request.user).select_related("patient", "detention")
    case = get_object_or_404(cases, pk=case_pk)
    booked = case.reviews.under_way().filter(status=ReviewStatus.BOOKED).first()
    form = BookForm(_posted(request), initial=_booked_before(booked))
    if form.is_valid():
        try:
            review = book_review(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("booked_for", str(refused))
        else:
            messages.success(request, f"The review is booked for {day(review.booked_for)}.")
            return redirect("casework:case_file", pk=case.pk)
    context = {"form": form, "case": case, "booked": booked}
    return _page(request, "review_book", case, context)


@edit_view(Permission.WRITE_REVIEW)
def review_held(request, pk):
    review = review_of(request, pk)
    if review.status != ReviewStatus.BOOKED:
        return redirect("reviews:review_write", pk=pk)
    today = timezone.localdate()
    form = StartForm(
        _posted(request),
        case=review.case,
        today=today,
        initial={"held_on": review.booked_for if review.booked_for <= today else None},
    )
    if form.is_valid():
        try:
            start_writing(review=review, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("reviews:review_write", pk=pk)
        except REFUSALS as error:
            form.add_error("held_on", in_words(error))
    return _page(request, "review_held", review.case, {"form": form, "review": review})


@edit_view(Permission.WRITE_REVIEW)
def review_not_completed(request, pk):
    review = review_of(request, pk)
    if not review.can_become(ReviewStatus.NOT_COMPLETED):
        return moved_on(request, review)
    form = NotCompletedForm(_posted(request))
    if form.is_valid():
        try:
            not_completed(review=review, **form.cleaned_data, by=request.user, at=timezone.now())
        except REFUSALS as error:
            form.add_error("reason", in_words(error))
        else:
            messages.success(request, "The reason is kept. The case stays due for a review.")
            return redirect("casework:case_file", pk=review.case_id)
    return _page(request, "review_not_completed", review.case, {"form": form, "review": review})


@edit_view(Permission.WRITE_REVIEW)
def review_cpa(request, pk):
    review = review_of(request, pk)
    if review.status != ReviewStatus.AWAITING_CPA:
        return moved_on(request, review)
    form = CpaForm(_posted(request))
    if form.is_valid():
        try:
            record_cpa_held(review=review, **form.cleaned_data, by=request.user, at=timezone.now())
        except REFUSALS as error:
            form.add_error("held_on", in_words(error))
        else:
            messages.success(request, "The CPA is recorded and the needs are agreed.")
            return redirect("casework:case_file", pk=review.case_id)
    return _page(request, "review_cpa", review.case, {"form": form, "review": review})


@post_view(Permission.WRITE_REVIEW)
def review_close(request, pk):
    review = review_of(request, pk)
    try:
        close_unchanged(review=review, by=request.user, at=timezone.now())
    except REFUSALS as error:
        messages.error(request, in_words(error))
    else:
        due = Case.objects.visible_to(request.user).get(pk=review.case_id).next_review_due
        messages.success(request, f"The review is closed. The next one is due by {day(due)}.")
    return redirect("casework:case_file", pk=review.case_id)


# What all views of one review share -------------------------------------------------------------


def review_of(request: HttpRequest, pk: object) -> Review:
    """Return a review with its case, when this person may see it."""
    reviews = Review.objects.visible_to(request.user).select_related(*WITH_CASE)
    return get_object_or_404(reviews, pk=pk)


def in_words(error: Exception) -> str:
    """Return why an operation said no, as a sentence for people."""
    return str(error) if isinstance(error, Refused) else MOVED_ON


def moved_on(request: HttpRequest, review: Review) -> HttpResponse:
    """Lead to the review as it stands, where an address no longer fits it."""
    messages.info(request, f"This review is further on: {review.get_status_display().lower()}.")
    return redirect("reviews:review_detail", pk=review.pk)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _booked_before(booked: Review | None) -> dict[str, object]:
    names = ("booked_for", "booked_time", "place")
    return {name: getattr(booked, name) for name in names} if booked else {}


def _page(
    request: HttpRequest, name: str, case: Case, context: dict[str, Form | object]
) -> HttpResponse:
    person = identity(case, timezone.localdate())
    return render(request, f"reviews/{name}.html", {"person": person, **context})
