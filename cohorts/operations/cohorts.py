"""Cohorts, the rules that fill them, and placing every case by those rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.enums import ClientGroup, Event, RuleField
from cohorts.models.cases import Case, CaseQuerySet, Enrolment
from cohorts.models.cohorts import Cohort, CohortRule
from cohorts.queries.placement import as_policy, claimed_by, with_placement


@dataclass(frozen=True)
class RuleInput:
    """One rule as a person wrote it; its place in the list is its position."""

    cohort: Cohort
    field: RuleField
    starts_on: date | None = None
    ends_on: date | None = None
    client_group: ClientGroup | None = None


@transaction.atomic
def add_cohort(
    *, partnership: Partnership, name: str, reviewed_by: str, by: User | None, at: datetime
) -> Cohort:
    """Add a cohort after the ones that are there."""
    cohort = Cohort.objects.create(
        partnership=partnership,
        name=name,
        reviewed_by=reviewed_by,
        position=partnership.cohorts.count() + 1,
    )
    record(Event.COHORT_ADDED, on=cohort, by=by, at=at, name=name)
    return cohort


@transaction.atomic
def change_rules(
    *,
    partnership: Partnership,
    rules: Sequence[RuleInput],
    day: date,
    by: User | None,
    at: datetime,
) -> int:
    """Replace the rules in force by these, in their order, and place every case by them.

    The old rules stay as rows, since enrolments say which rule placed them. Returns the number
    of cases that moved.
    """
    hold_cases(partnership=partnership)
    CohortRule.objects.filter(cohort__partnership=partnership, retired_at__isnull=True).update(
        retired_at=at
    )
    CohortRule.objects.bulk_create(
        CohortRule(
            cohort=rule.cohort,
            position=position,
            field=rule.field,
            starts_on=rule.starts_on,
            ends_on=rule.ends_on,
            client_group=rule.client_group or "",
        )
        for position, rule in enumerate(rules, start=1)
    )
    moved = place_cases(partnership=partnership, day=day, by=by, at=at)
    record(Event.RULES_CHANGED, on=partnership, by=by, at=at, rules=len(rules))
    return moved


def hold_cases(*, partnership: Partnership) -> None:
    """Hold a partnership and its open cases until the transaction ends.

    What changes many cases does so first: the record, which everybody writes last, is held after.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    cases = Case.objects.in_partnership(partnership).open().order_by("pk")
    list(cases.select_for_update(of=("self",)).values_list("pk"))


@transaction.atomic
def place_cases(
    *,
    partnership: Partnership,
    only: CaseQuerySet | None = None,
    day: date,
    by: User | None,
    at: datetime,
) -> int:
    """Put open cases in the cohort that the rules give them; return how many moved.

    All of the partnership's, or `only` those whose dates have just changed.
    """
    rules = list(CohortRule.objects.filter(cohort__partnership=partnership).in_order())
    cases = Case.objects.all() if only is None else only
    placed = with_placement(cases.in_partnership(partnership).open(), as_policy(rules))
    name_now = Cohort.objects.filter(pk=OuterRef("cohort")).values("name")
    moving = {
        case.pk: case
        for case in placed.annotate(name_now=Subquery(name_now)).only("pk", "reference")
        if (case.name_now or "") != case.placed_in
    }
    if not moving:
        return 0
    Enrolment.objects.filter(case__in=moving, ends_on__isnull=True).update(ends_on=day)
    Case.objects.filter(pk__in=moving).update(cohort=None)
    for rule, policy in zip(rules, as_policy(rules), strict=True):
        claimed = Case.objects.filter(claimed_by(policy), pk__in=moving, cohort__isnull=True)
        keys = list(claimed.values_list("pk", flat=True))
        Enrolment.objects.bulk_create(
            [
                Enrolment(case_id=key, cohort_id=rule.cohort_id, rule=rule, starts_on=day)
                for key in keys
            ]
        )
        Case.objects.filter(pk__in=keys).update(cohort=rule.cohort)
    record(
        Event.COHORTS_PLACED,
        on=partnership,
        by=by,
        at=at,
        cases=sorted(case.reference for case in moving.values()),
    )
    return len(moving)
