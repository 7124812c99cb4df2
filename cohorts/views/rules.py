"""The cohort rules: what they cover, the cases behind each number, and changing them with care."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from cohorts.forms.rules import (
    MOST_RULES,
    CohortForm,
    TypedRule,
    changed,
    moved_to,
    rules_checked,
    rules_shown,
    typed_from_form,
    typed_from_rules,
    typed_from_texts,
)
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort, CohortRule
from cohorts.operations.cases import note_list_seen
from cohorts.operations.cohorts import add_cohort, change_rules
from cohorts.policy.rule_words import named_together
from cohorts.queries.placement import as_policy, moves
from cohorts.queries.rules import (
    case_rows,
    cases_of_rule,
    claimed_by_exactly,
    cohorts_with_counts,
    coverage_check,
    moving,
    rule_rows,
)
from core.templatetags.s117 import counted

CASES_A_PAGE = 25
CHANGED_MEANWHILE = (
    "The rules or the cases have changed since you looked, so nothing was done. "
    "This is what would move now."
)


@read_view(Permission.VIEW_REGISTER)
def rule_list(request):
    partnership = request.user.membership.partnership
    rules = as_policy(_in_force(request))
    context = {
        "rows": rule_rows(partnership, rules),
        "check": coverage_check(partnership, rules),
        "cohorts": cohorts_with_counts(Cohort.objects.visible_to(request.user)),
        "can_change": request.user.may(Permission.MANAGE_COHORTS),
    }
    return render(request, "cohorts/rule_list.html", context)


@read_view(Permission.VIEW_REGISTER)
def rule_cases(request):
    """List the cases behind a number of the coverage check, or of what would move."""
    cases, words = _cases_asked_for(request, _rules_asked_for(request))
    page = Paginator(
        cases.with_people().order_by("next_review_due", "reference"), CASES_A_PAGE
    ).get_page(request.GET.get("page"))
    rows = case_rows(page, can_open=request.user.may(Permission.VIEW_CASE))
    note_list_seen(
        partnership=request.user.membership.partnership,
        references=[row.reference for row in rows],
        page="cohort rules",
        by=request.user,
        at=timezone.now(),
    )
    draft = urlencode({"rule": request.GET.getlist("rule")}, doseq=True, safe="/")
    context = {
        "page": page,
        "rows": rows,
        "heading": f"{counted(page.paginator.count, 'case,cases')} {words}",
        "back": f"{reverse('cohorts:rule_preview')}?{draft}" if draft else "",
    }
    return render(request, "cohorts/rule_cases.html", context)


@edit_view(Permission.MANAGE_COHORTS)
def rule_edit(request):
    cohorts = _cohorts(request)
    if request.method == "GET":
        texts = request.GET.getlist("rule")
        typed = typed_from_texts(texts) if texts else typed_from_rules(_in_force(request))
        return _edit_page(request, rules_shown(typed or [TypedRule()], cohorts))
    typed, action = typed_from_form(request.POST), request.POST.get("do", "preview")
    if action != "preview":
        rules = changed(typed, action) or [TypedRule()]
        return redirect(_address("rule_edit", rules, **_moved(action, len(typed))))
    typed = [rule for rule in typed if not rule.is_blank]
    formset = rules_checked(typed, cohorts)
    if formset.is_valid():
        return redirect(_address("rule_preview", typed))
    return _edit_page(request, formset)


@read_view(Permission.MANAGE_COHORTS)
def rule_preview(request):
    """Show what the rules typed would move; nothing moves until they are used."""
    typed = typed_from_texts(request.GET.getlist("rule"))
    formset = rules_checked(typed, _cohorts(request))
    if not formset.is_valid():
        return _edit_page(request, formset)
    partnership, rules = request.user.membership.partnership, formset.as_rules()
    now, would_move = list(_in_force(request)), moves(partnership, rules)
    context = {
        "rows": rule_rows(partnership, rules),
        "check": coverage_check(partnership, rules),
        "moves": would_move,
        "moving": sum(move.cases for move in would_move),
        "is_same": rules == as_policy(now),
        "texts": [rule.as_text() for rule in typed],
        "seen": _mark(now, would_move),
        "edit_url": _address("rule_edit", typed),
    }
    return render(request, "cohorts/rule_preview.html", context)


@post_view(Permission.MANAGE_COHORTS)
def rule_use(request):
    """Put the rules of the preview in force, if what was seen there still holds."""
    typed = typed_from_texts(request.POST.getlist("rule"))
    formset = rules_checked(typed, _cohorts(request))
    if not formset.is_valid():
        return redirect(_address("rule_preview", typed))
    partnership = request.user.membership.partnership
    would_move = moves(partnership, formset.as_rules())
    if request.POST.get("seen") != _mark(list(_in_force(request)), would_move):
        messages.warning(request, CHANGED_MEANWHILE)
        return redirect(_address("rule_preview", typed))
    moved = change_rules(
        partnership=partnership,
        rules=formset.as_inputs(),
        day=timezone.localdate(),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(
        request,
        f"The rules are in use. {counted(moved, 'case,cases') if moved else 'No case'} moved.",
    )
    return redirect("cohorts:rule_list")


@edit_view(Permission.MANAGE_COHORTS)
def cohort_add(request):
    taken = Cohort.objects.visible_to(request.user).values_list("name", flat=True)
    form = CohortForm(request.POST or None, taken=taken)
    if form.is_valid():
        cohort = add_cohort(
            partnership=request.user.membership.partnership,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(
            request, f"Cohort {cohort.name} is added. Give it a rule, so that it gets cases."
        )
        return redirect("cohorts:rule_list")
    return render(request, "cohorts/cohort_add.html", {"form": form})


def _in_force(request):
    return CohortRule.objects.visible_to(request.user).in_order()


def _cohorts(request):
    return {str(cohort.pk): cohort for cohort in Cohort.objects.visible_to(request.user)}


def _rules_asked_for(request):
    """Return the rules of a preview, when the address carries them, or those in force."""
    texts = request.GET.getlist("rule")
    if not texts:
        return as_policy(_in_force(request))
    formset = rules_checked(typed_from_texts(texts), _cohorts(request))
    if not formset.is_valid():
        raise Http404
    return formset.as_rules()


def _cases_asked_for(request, rules):
    asked, cases = request.GET, Case.objects.visible_to(request.user).open()
    if "from" in asked:
        origin, destination = asked["from"], asked.get("to", "")
        words = f"would move from {origin or 'no cohort'} to {destination or 'no cohort'}"
        return moving(cases, rules, origin=origin, destination=destination), words
    if "gets" in asked:
        rule = next((rule for rule in rules if str(rule.position) == asked["gets"]), None)
        if rule is None:
            raise Http404
        words = f"that rule {rule.position} gives to {rule.cohort}"
        return cases_of_rule(cases, rules, rule.position), words
    names = [name for name in dict.fromkeys(asked.getlist("claimed_by")) if name != "none"]
    if not {rule.cohort for rule in rules}.issuperset(names):
        raise Http404
    words = f"claimed by {named_together(names)}" if names else "that no rule places"
    alone = " alone" if len(names) == 1 else ""
    return claimed_by_exactly(cases, rules, names), words + alone


def _edit_page(request, formset):
    context = {
        "formset": formset,
        "cohorts": formset.form_kwargs["cohorts"],
        "moved": request.GET.get("moved", ""),
        "can_add": len(formset.forms) < MOST_RULES,
    }
    return render(request, "cohorts/rule_edit.html", context)


def _address(name, typed, **more):
    query = urlencode({"rule": [rule.as_text() for rule in typed], **more}, doseq=True, safe="/")
    return f"{reverse(f'cohorts:{name}')}?{query}"


def _moved(action, count):
    """Say to the next page which rule went where, so that the focus can follow it."""
    verb, _, place = action.partition("-")
    if verb == "add":
        return {"moved": f"add-{count + 1}"}
    if verb in {"up", "down"} and place.isdecimal() and int(place) < count:
        return {"moved": f"{verb}-{min(moved_to(int(place), verb), count - 1) + 1}"}
    return {}


def _mark(now, would_move):
    """Stand for the rules in force and what would move, to tell whether they are still so."""
    first = now[0].pk if now else "none"
    return "_".join([str(first), *(f"{m.origin}-{m.destination}-{m.cases}" for m in would_move)])
