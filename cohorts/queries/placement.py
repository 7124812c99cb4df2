"""Where the rules put each case, worked out by the database for the whole register at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q, Value, When

from accounts.models import Partnership
from cohorts.models.cases import Case, CaseQuerySet
from cohorts.models.cohorts import CohortRule
from cohorts.policy.placement import Rule, in_order

NOWHERE = ""


@dataclass(frozen=True)
class Coverage:
    """How many open cases the rules claim: by one cohort alone, by several, by none."""

    total: int
    placed: dict[str, int]  # cohort name -> cases it gets, the first rule in order winning
    alone: dict[str, int]  # cohort name -> cases that it alone claims
    several: dict[tuple[str, ...], int]  # cohort names, in order -> cases that all of them claim
    nowhere: int


@dataclass(frozen=True)
class Move:
    """Cases that would go from one cohort to another ("" for none)."""

    origin: str
    destination: str
    cases: int


def as_policy(rules: Iterable[CohortRule]) -> list[Rule]:
    """Return stored rules as the policy's own."""
    return [
        Rule(
            position=rule.position,
            cohort=rule.cohort.name,
            field=rule.field,
            starts_on=rule.starts_on,
            ends_on=rule.ends_on,
            client_group=rule.client_group or None,
        )
        for rule in rules
    ]


def claimed_by(rule: Rule) -> Q:
    """Return the condition under which a rule claims a case: `Rule.claims` in SQL."""
    claim = Q(**{f"{rule.field}__isnull": False})
    if rule.starts_on:
        claim &= Q(**{f"{rule.field}__gte": rule.starts_on})
    if rule.ends_on:
        claim &= Q(**{f"{rule.field}__lte": rule.ends_on})
    if rule.client_group:
        claim &= Q(patient__client_group=rule.client_group)
    return claim


def with_placement(cases: CaseQuerySet, rules: Sequence[Rule]) -> CaseQuerySet:
    """Annotate each case with `placed_in`: the name of the cohort that gets it, or ""."""
    return cases.annotate(
        placed_in=models.Case(
            *[When(claimed_by(rule), then=Value(rule.cohort)) for rule in in_order(rules)],
            default=Value(NOWHERE),
            output_field=models.CharField(),
        )
    )


def coverage(partnership: Partnership, rules: Sequence[Rule]) -> Coverage:
    """Count the open cases of a partnership by who claims them, in one query."""
    cohorts = list(dict.fromkeys(rule.cohort for rule in in_order(rules)))
    flags = {
        f"claim_{number}": models.ExpressionWrapper(
            _any_claims(rules, cohort), output_field=models.BooleanField()
        )
        for number, cohort in enumerate(cohorts)
    }
    open_cases = Case.objects.in_partnership(partnership).open()
    groups = (
        with_placement(open_cases, rules)
        .annotate(**flags)
        .values("placed_in", *flags)
        .annotate(cases=Count("pk"))
        .order_by()
    )
    placed: Counter[str] = Counter()
    claims: Counter[tuple[str, ...]] = Counter()
    for group in groups:
        names = [name for flag, name in zip(flags, cohorts, strict=True) if group[flag]]
        placed[group["placed_in"]] += group["cases"]
        claims[tuple(names)] += group["cases"]
    return Coverage(
        total=sum(placed.values()),
        placed={name: placed[name] for name in cohorts},
        alone={name: claims[(name,)] for name in cohorts},
        several={names: count for names, count in sorted(claims.items()) if len(names) > 1},
        nowhere=placed[NOWHERE],
    )


def moves(partnership: Partnership, rules: Sequence[Rule]) -> list[Move]:
    """Return what these rules would move, from where to where, in one query."""
    groups = (
        with_placement(Case.objects.in_partnership(partnership).open(), rules)
        .values("cohort__name", "placed_in")
        .annotate(cases=Count("pk"))
        .order_by("cohort__name", "placed_in")
    )
    return [
        Move(group["cohort__name"] or NOWHERE, group["placed_in"], group["cases"])
        for group in groups
        if (group["cohort__name"] or NOWHERE) != group["placed_in"]
    ]


def claimed_by_all(
    cases: CaseQuerySet, rules: Sequence[Rule], names: Iterable[str]
) -> CaseQuerySet:
    """Return the cases that every one of these cohorts claims."""
    for name in names:
        cases = cases.filter(_any_claims(rules, name))
    return cases


def _any_claims(rules: Sequence[Rule], cohort: str) -> Q:
    claim = Q(pk__in=[])
    for rule in rules:
        if rule.cohort == cohort:
            claim |= claimed_by(rule)
    return claim
