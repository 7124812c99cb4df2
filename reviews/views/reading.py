"""The list of reviews, and one review as it is read."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from cohorts.models.cohorts import Cohort
from cohorts.operations.cases import note_list_seen, note_seen
from cohorts.queries.identity import identity
from cohorts.queries.register_list import coordinators_of
from reviews.enums import ReviewStatus
from reviews.filters import STATES, ReviewFilter
from reviews.models import Review
from reviews.queries.before import may_close_unchanged
from reviews.queries.listed import COLOURS, count_in_words, ordered, rows_of
from reviews.queries.shown import WITH_PARTS, recorded
from reviews.views.booking import WITH_CASE

ROWS = 25


@read_view(Permission.VIEW_REVIEWS)
def review_list(request):
    user, today = request.user, timezone.localdate()
    partnership = user.membership.partnership
    chosen = ReviewFilter(
        request.GET,
        Review.objects.visible_to(user),
        request=request,
        cohorts=list(Cohort.objects.visible_to(user)),
        coordinators=coordinators_of(partnership, today),
        today=today,
    )
    found = ordered(chosen.qs.with_people(), request.GET.get("order", ""))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = rows_of(page, today)
    overdue = chosen.qs.that_are(ReviewStatus.BOOKED).overdue_on(today).count()
    note_list_seen(
        partnership=partnership,
        references=[row.reference for row in rows],
        page="review_list",
        by=user,
        at=timezone.now(),
    )
    state = dict(STATES).get(chosen.chosen.get("state", ""), "")
    context = {
        "rows": rows,
        "page": page,
        "filter": chosen.form,
        "chips": chosen.chips(),
        "is_narrowed": bool(chosen.chosen),
        "words": count_in_words(page.paginator.count, overdue, state),
    }
    return render(request, "reviews/review_list.html", context)


@read_view(Permission.VIEW_REVIEWS)
def review_detail(request, pk):
    today = timezone.localdate()
    reviews = Review.objects.visible_to(request.user).select_related(*WITH_CASE, "recorded_by")
    review = get_object_or_404(reviews.prefetch_related(*WITH_PARTS), pk=pk)
    note_seen(case=review.case, page="review_detail", by=request.user, at=timezone.now())
    may_write = request.user.may(Permission.WRITE_REVIEW)
    is_recorded = review.recorded_at is not None
    context = {
        "review": review,
        "person": identity(review.case, today),
        "shown": recorded(review) if is_recorded else None,
        "state": (review.get_status_display(), COLOURS[ReviewStatus(review.status)]),
        "is_booked": may_write and review.status == ReviewStatus.BOOKED,
        "is_being_written": may_write and review.status == ReviewStatus.HELD,
        "awaits_cpa": may_write and review.status == ReviewStatus.AWAITING_CPA,
        "can_close": may_write and may_close_unchanged(review, today),
    }
    return render(request, "reviews/review_detail.html", context)
