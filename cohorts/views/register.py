"""The register: every case of the partnership, filtered and sorted, and given to people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.decorators import edit_view, read_view
from accounts.enums import Permission
from accounts.models import User
from cohorts.filters import RegisterFilter
from cohorts.forms.coordinator import CoordinatorForm
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from cohorts.operations.cases import name_coordinator, note_list_seen
from cohorts.queries.register_list import (
    coordinators_of,
    count_in_words,
    ordered,
    person,
    rows_of,
    tab_counts,
    tabs,
    where_in_words,
)
from core.templatetags.s117 import counted

ROWS = 25


@read_view(Permission.VIEW_REGISTER)
def register(request):
    user, today = request.user, timezone.localdate()
    cases = Case.objects.visible_to(user)
    cohorts = list(Cohort.objects.visible_to(user))
    chosen = RegisterFilter(
        request.GET,
        cases,
        request=request,
        cohorts=cohorts,
        coordinators=coordinators_of(user.membership.partnership, today),
        today=today,
    )
    found = ordered(chosen.qs.with_people(), request.GET.get("order", ""))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = rows_of(page, today, can_open=user.may(Permission.VIEW_CASE))
    counts = tab_counts(cases, cohorts, user)
    overdue = chosen.qs.open().overdue_on(today).count()
    note_list_seen(
        partnership=user.membership.partnership,
        references=[row.reference for row in rows],
        page="register",
        by=user,
        at=timezone.now(),
    )
    context = {
        "rows": rows,
        "page": page,
        "filter": chosen.with_counts(),
        "chips": chosen.chips(),
        "tabs": tabs(counts, cohorts, user, chosen.chosen),
        "words": count_in_words(
            page.paginator.count, overdue, where_in_words(chosen.chosen, cohorts, user)
        ),
        "nowhere": counts["none"],
        "total": counts["open"] + counts["ended"],
        "can_manage": user.may(Permission.MANAGE_COHORTS),
        "can_import": user.may(Permission.IMPORT_REGISTER),
        "can_change_team": may_change_team(user),
    }
    return render(request, "cohorts/register.html", context)


@edit_view(Permission.VIEW_REGISTER)
def coordinator_change(request):
    """Show what would change for the cases ticked, and change it."""
    if not may_change_team(request.user):
        raise PermissionDenied
    cases = _ticked(request)
    if not cases:
        messages.warning(request, "No case was ticked. Tick the cases to change first.")
        return redirect("cohorts:register")
    partnership = request.user.membership.partnership
    coordinators = coordinators_of(partnership, timezone.localdate())
    form = CoordinatorForm(request.POST or None, coordinators=coordinators)
    if form.is_valid():
        return _changed(request, cases, form)
    note_list_seen(
        partnership=partnership,
        references=[case.reference for case in cases],
        page="coordinator_change",
        by=request.user,
        at=timezone.now(),
    )
    context = {
        "form": form,
        "cases": cases,
        "rows": rows_of(
            cases, timezone.localdate(), can_open=request.user.may(Permission.VIEW_CASE)
        ),
    }
    return render(request, "cohorts/coordinator_change.html", context)


def may_change_team(user: User) -> bool:
    return user.may(Permission.CHANGE_CARE_TEAM) or user.may(Permission.MANAGE_COHORTS)


def _ticked(request: HttpRequest) -> list[Case]:
    chosen = request.POST if request.method == "POST" else request.GET
    cases = Case.objects.visible_to(request.user).open().with_people()
    return list(
        cases.referred_to_as([one for one in chosen.getlist("case") if "\0" not in one]).order_by(
            "reference"
        )
    )


def _changed(request: HttpRequest, cases: list[Case], form: CoordinatorForm) -> HttpResponse:
    coordinator = person(form.chosen_key)
    number = name_coordinator(
        cases=cases, coordinator=coordinator, by=request.user, at=timezone.now()
    )
    verb = "has" if number == 1 else "have"
    who = f"{coordinator.name} as care coordinator" if coordinator else "no care coordinator"
    messages.success(request, f"{counted(number, 'case,cases')} now {verb} {who}.")
    return redirect("cohorts:register")
