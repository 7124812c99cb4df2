"""What the rules claim, one line for each case of the coverage check, and the cases behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from cohorts.enums import ClientGroup, RuleField
from cohorts.models.cases import Case, CaseQuerySet
from cohorts.models.cohorts import Cohort
from cohorts.policy.placement import Rule, in_order
from cohorts.policy.rule_words import claimed_words, first_claimant
from cohorts.queries.placement import claimed_by, coverage, with_placement


@dataclass(frozen=True)
class RuleRow:
    """One rule as its table shows it, with the cases that it gets."""

    rule: Rule
    field: str
    client_group: str
    cases: int


@dataclass(frozen=True)
class Claim:
    """So many cases, claimed by these cohorts and by no other."""

    cohorts: tuple[str, ...]
    cases: int
    words: str


@dataclass(frozen=True)
class CaseRow:
    """One case in the list behind a number, told apart before the click."""

    family_name: str
    given_names: str
    reference: str
    born_on: date
    url: str
    client_group: str
    last_reviewed_on: date | None
    next_review_due: date | None
    cohort: str


@dataclass(frozen=True)
class CoverageCheck:
    """Every open case once: claimed by one cohort alone, by several, or by none."""

    total: int
    claims: list[Claim]
    nowhere: int

    @property
    def placed(self) -> int:
        return self.total - self.nowhere


def coverage_check(partnership: Partnership, rules: Sequence[Rule]) -> CoverageCheck:
    """Say how the open cases are claimed, in the order of the rules, in one query."""
    counted = coverage(partnership, rules)
    by_cohorts = {(name,): cases for name, cases in counted.alone.items()} | counted.several
    return CoverageCheck(
        total=counted.total,
        claims=[
            Claim(names, cases, claimed_words(names, cases, first_claimant(rules, names)))
            for names, cases in by_cohorts.items()
        ],
        nowhere=counted.nowhere,
    )


def rule_rows(partnership: Partnership, rules: Sequence[Rule]) -> list[RuleRow]:
    """Return the rules in order, each with the number of cases that it gets, in one query."""
    groups = (
        with_placement(Case.objects.in_partnership(partnership).open(), _each_alone(rules))
        .values_list("placed_in")
        .annotate(cases=Count("pk"))
        .order_by()
    )
    gets = dict(groups)
    return [
        RuleRow(
            rule=rule,
            field=RuleField(rule.field).label,
            client_group=ClientGroup(rule.client_group).label if rule.client_group else "Any",
            cases=gets.get(str(rule.position), 0),
        )
        for rule in in_order(rules)
    ]


def case_rows(cases: Iterable[Case], *, can_open: bool) -> list[CaseRow]:
    """Return the cases as a list shows them; they come `with_people()`."""
    return [
        CaseRow(
            family_name=case.patient.family_name,
            given_names=case.patient.given_names,
            reference=case.reference,
            born_on=case.patient.born_on,
            url=reverse("casework:case_file", args=[case.pk]) if can_open else "",
            client_group=case.patient.get_client_group_display(),
            last_reviewed_on=case.last_reviewed_on,
            next_review_due=case.next_review_due,
            cohort=case.cohort.name if case.cohort else "",
        )
        for case in cases
    ]


def cohorts_with_counts(cohorts: ScopedQuerySet[Cohort]) -> ScopedQuerySet[Cohort]:
    """Add to each cohort, as `open_cases`, the number of open cases in it now."""
    return cohorts.annotate(
        open_cases=Count("cases", filter=Q(cases__ended_on__isnull=True))
    ).order_by("position", "name")


def cases_of_rule(cases: CaseQuerySet, rules: Sequence[Rule], position: int) -> CaseQuerySet:
    """Return the cases that the rule at this place in the order gets."""
    return with_placement(cases, _each_alone(rules)).filter(placed_in=str(position))


def claimed_by_exactly(
    cases: CaseQuerySet, rules: Sequence[Rule], names: Iterable[str]
) -> CaseQuerySet:
    """Return the cases that all of these cohorts claim and no other does."""
    wanted = set(names)
    for name in {rule.cohort for rule in rules}:
        claim = Q(pk__in=[])
        for rule in rules:
            if rule.cohort == name:
                claim |= claimed_by(rule)
        cases = cases.filter(claim) if name in wanted else cases.exclude(claim)
    return cases


def moving(
    cases: CaseQuerySet, rules: Sequence[Rule], *, origin: str, destination: str
) -> CaseQuerySet:
    """Return the cases that these rules would take from one cohort to another ("" for none)."""
    now = Q(cohort__name=origin) if origin else Q(cohort__isnull=True)
    return with_placement(cases, rules).filter(now, placed_in=destination)


def _each_alone(rules: Sequence[Rule]) -> list[Rule]:
    """Take each rule for a cohort of its own, so that placing tells which rule it was."""
    return [replace(rule, cohort=str(rule.position)) for rule in rules]
