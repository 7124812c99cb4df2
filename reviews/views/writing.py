"""Writing a review: the sheet, its drafts as they are typed, and the check before it counts."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.decorators import edit_view, post_view
from accounts.enums import Permission
from cohorts.operations.cases import note_seen
from cohorts.queries.identity import identity
from core.refusals import Refused
from core.templatetags.s117 import day
from reviews.enums import ReviewStatus
from reviews.forms import drafts
from reviews.forms.sheet import ReviewSheet
from reviews.models import Review
from reviews.operations.booking import locked
from reviews.operations.writing import record_review, save_draft
from reviews.policy import due_late_by
from reviews.queries.before import Before, before, providers_of, services_in_force
from reviews.views.booking import moved_on, review_of

FIRST_ROW_OF = {name: prefix for prefix, name in drafts.ROWS.items()}


@edit_view(Permission.WRITE_REVIEW)
def review_write(request, pk):
    review = review_of(request, pk)
    if review.status == ReviewStatus.BOOKED:
        return redirect("reviews:review_held", pk=pk)
    if review.status != ReviewStatus.HELD:
        return moved_on(request, review)
    last = before(review, review.held_on)
    if request.method == "POST":
        return _sent(request, review, last)
    note_seen(case=review.case, page="review_write", by=request.user, at=timezone.now())
    sheet = _sheet(review, _kept(review, last), last, opened=request.GET.get("open", ""))
    return _page(request, sheet, review.draft_number)


@post_view(Permission.WRITE_REVIEW)
def review_draft(request, pk):
    review = review_of(request, pk)
    try:
        saved = _save(request, review, drafts.posted(request.POST), _version(request))
    except Refused as refused:
        return JsonResponse({"problem": str(refused)}, status=409)
    return JsonResponse({"saved_at": _clock(saved), "version": saved.draft_number})


@post_view(Permission.WRITE_REVIEW)
def review_sums(request, pk):
    """Show what follows from the sheet as it is typed; nothing is saved here."""
    review = review_of(request, pk)
    if review.status != ReviewStatus.HELD:
        return HttpResponse(status=204)
    sheet = _sheet(review, drafts.posted(request.POST), before(review, review.held_on))
    context = {"sheet": sheet, "needs": sheet.needs, "lines": sheet.lines}
    return render(request, "reviews/review_sums.html", context)


@edit_view(Permission.WRITE_REVIEW)
def review_check(request, pk):
    review = review_of(request, pk)
    if review.status != ReviewStatus.HELD:
        return moved_on(request, review)
    last = before(review, review.held_on)
    sheet = _sheet(review, _kept(review, last), last, is_quiet=False)
    if not sheet.is_valid():
        return _page(request, sheet, review.draft_number)
    if request.method == "POST":
        return _recorded(request, sheet)
    write_url = reverse("reviews:review_write", args=[pk])
    context = {
        "review": review,
        "person": identity(review.case, timezone.localdate()),
        "shown": sheet.shown(write_url),
        "write_url": write_url,
    }
    return render(request, "reviews/review_check.html", context)


# One button each --------------------------------------------------------------------------------


def _sent(request: HttpRequest, review: Review, last: Before) -> HttpResponse:
    """Keep what was typed, then do what the button said."""
    typed = drafts.posted(request.POST)
    draft, then = _with_button(request, typed, last)
    kept = locked(review)
    # The script may have saved the same text while the button was being pressed.
    number = kept.draft_number if kept.draft == typed else _version(request)
    try:
        saved = _save(request, review, draft, number)
    except Refused as refused:
        sheet = _sheet(review, draft, last)
        sheet.form.add_error(None, str(refused))
        return _page(request, sheet, _version(request), status=409)
    if then:
        return redirect(reverse("reviews:review_write", args=[review.pk]) + then)
    if "later" in request.POST:
        messages.success(request, "What you wrote is kept. Open the case to go on with it.")
        return redirect("casework:case_file", pk=review.case_id)
    sheet = _sheet(saved, draft, last, is_quiet=False)
    if sheet.is_valid():
        return redirect("reviews:review_check", pk=review.pk)
    return _page(request, sheet, saved.draft_number)


def _with_button(
    request: HttpRequest, draft: drafts.Draft, last: Before
) -> tuple[drafts.Draft, str]:
    """Return the draft as the button leaves it, and where on the sheet to go on; "" to go on."""
    prefix = FIRST_ROW_OF.get(request.POST.get("add", ""))
    if prefix:
        return drafts.with_row(draft, prefix), f"#{prefix}-{drafts.row_count(draft, prefix)}"
    row = re.fullmatch(r"(people|needs|lines)-(\d{1,2})", request.POST.get("remove", ""))
    if row:
        return drafts.without_row(draft, row[1], int(row[2])), f"#{row[1]}"
    opened = request.POST.get("open", "")
    if re.fullmatch(r"(needs|lines)-\d{1,2}", opened):
        return draft, f"?open={opened}#{opened}"
    kept = request.POST.get("keep", "")
    if kept in last.texts:
        return drafts.with_answer_kept(draft, kept, last), f"#{kept}"
    return draft, "#services" if "sums" in request.POST else ""


def _recorded(request: HttpRequest, sheet: ReviewSheet) -> HttpResponse:
    review = locked(sheet.review)
    if review.draft_number != _version(request):
        messages.warning(request, "The review was changed since you checked it. Check it again.")
        return redirect("reviews:review_check", pk=review.pk)
    try:
        review = record_review(
            review=review, answers=sheet.answers, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        sheet.form.add_error(None, str(refused))
        return _page(request, sheet, review.draft_number)
    messages.success(request, f"The review is recorded. {_what_next(review)}")
    return redirect("casework:case_file", pk=review.case_id)


def _what_next(review: Review) -> str:
    if review.status == ReviewStatus.AWAITING_CPA:
        return f"It waits for the CPA arranged for {day(review.cpa_arranged_for)}."
    return "The needs are agreed."


# Reading and keeping ----------------------------------------------------------------------------


def _kept(review: Review, last: Before) -> drafts.Draft:
    return drafts.whole(review.draft, review.held_on, last, timezone.localdate())


def _save(request: HttpRequest, review: Review, draft: drafts.Draft, number: int) -> Review:
    return save_draft(
        review=review, draft=draft, draft_number=number, by=request.user, at=timezone.now()
    )


def _version(request: HttpRequest) -> int:
    """Return the number of the draft that the page was read from; none given is a stale one."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _clock(review: Review) -> str:
    saved_at = review.draft_saved_at
    return f"{timezone.localtime(saved_at):%H:%M}" if saved_at else ""


def _sheet(
    review: Review, draft: drafts.Draft, last: Before, *, is_quiet: bool = True, opened: str = ""
) -> ReviewSheet:
    return ReviewSheet(
        review,
        draft,
        last,
        today=timezone.localdate(),
        in_force=services_in_force(review, review.held_on),
        is_quiet=is_quiet,
        opened=opened,
    )


def _page(
    request: HttpRequest, sheet: ReviewSheet, version: int, *, status: int = 200
) -> HttpResponse:
    review = sheet.review
    context = {
        "review": review,
        "person": identity(review.case, timezone.localdate()),
        "sheet": sheet,
        "form": sheet.form,
        "people": sheet.people,
        "needs": sheet.needs,
        "lines": sheet.lines,
        "version": version,
        "saved_at": _clock(review),
        "lateness": due_late_by(review.due_on, review.held_on) if review.due_on else "",
        "providers": providers_of(review.case),
    }
    return render(request, "reviews/review_write.html", context, status=status)
