"""What waits for those who answer for the whole register: programme leads and administrators."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from casework.queries.work import Group, TaskRow, register_url
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from core.templatetags.s117 import counted


def lead_groups(user: User, today: date) -> list[Group]:
    """Return the cases that no rule places, and what is overdue in each cohort."""
    counts = _counts(user, today)
    return [_gaps(counts), _overdue(user, today)]


def register_groups(user: User, today: date) -> list[Group]:
    """Return what keeps the register from being whole."""
    return [_gaps(_counts(user, today))]


def _counts(user: User, today: date) -> dict[str, int]:
    return (
        Case.objects.visible_to(user)
        .open()
        .aggregate(
            nowhere=Count("pk", filter=Q(cohort__isnull=True)),
            undated=Count("pk", filter=Q(next_review_due__isnull=True)),
            nobodys=Count("pk", filter=Q(care_coordinator__isnull=True)),
        )
    )


def _gaps(counts: dict[str, int]) -> Group:
    found = [
        ("in no cohort", counts["nowhere"], "Nobody plans their reviews", {"cohort": "none"}),
        ("without a review date", counts["undated"], "Nothing reminds of them", {"due": "no_date"}),
        ("that nobody has", counts["nobodys"], "No care coordinator is named", {"who": "nobody"}),
    ]
    rows = [
        TaskRow(
            title=f"{counted(number, 'case,cases')} {what}",
            verb="See the case" if number == 1 else "See the cases",
            verb_url=register_url(**filters),
            why=why,
            state=(f"{number:,}", "orange"),
        )
        for what, number, why, filters in found
        if number
    ]
    return Group(
        id="gaps",
        caption="Gaps in the register",
        counted_as="gap in the register,gaps in the register",
        due_heading="",
        state_heading="Cases",
        rows=rows,
        total=len(rows),
        urgency="late",
        is_about_people=False,
    )


def _overdue(user: User, today: date) -> Group:
    late = Q(cases__ended_on__isnull=True, cases__next_review_due__lt=today)
    cohorts = (
        Cohort.objects.visible_to(user)
        .annotate(
            open=Count("cases", filter=Q(cases__ended_on__isnull=True)),
            late=Count("cases", filter=late),
        )
        .order_by("-late", "position")
    )
    rows = [
        TaskRow(
            title=f"Cohort {cohort.name}, {cohort.reviewed_by}",
            verb=f"See {counted(cohort.late, 'overdue case,overdue cases')}",
            verb_url=register_url(cohort=cohort.pk, due="overdue"),
            why=f"of {cohort.open:,} open",
            state=(f"{cohort.late / cohort.open:.0%} overdue", "orange"),
        )
        for cohort in cohorts
        if cohort.late
    ]
    return Group(
        id="overdue",
        caption="Overdue by team",
        counted_as="team with overdue reviews,teams with overdue reviews",
        due_heading="",
        state_heading="Share",
        rows=rows,
        total=len(rows),
        urgency="late",
        is_about_people=False,
    )
