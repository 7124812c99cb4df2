from dataclasses import replace
from datetime import date

from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from cohorts.policy.placement import Rule
from cohorts.queries.placement import as_policy
from cohorts.queries.rules import (
    cases_of_rule,
    claimed_by_exactly,
    cohorts_with_counts,
    coverage_check,
    moving,
    rule_rows,
)
from tests.factories import CaseFactory, CohortFactory


def told(check):
    return [(claim.cases, claim.words) for claim in check.claims]


def test_harrows_rules_as_the_plan_words_them(cast, harrow_rules, harrow_cases):
    check = coverage_check(cast.eastmere, as_policy(harrow_rules))

    assert told(check) == [
        (0, "is claimed by A alone."),
        (106, "are claimed by B alone."),
        (120, "are claimed by C alone."),
        (40, "are claimed by both A and C; the first rule in order, A’s, wins."),
    ]
    assert (check.total, check.placed, check.nowhere) == (370, 266, 104)


def test_harrows_rules_with_a_reworded(cast, harrow_rules, harrow_cases):
    a, *others = as_policy(harrow_rules)

    reworded = [replace(a, field="next_review_due"), *others]

    assert [row.cases for row in rule_rows(cast.eastmere, reworded)] == [104, 106, 160]
    assert coverage_check(cast.eastmere, reworded).nowhere == 0


def test_every_number_has_as_many_cases_behind_it(cast, harrow_rules, harrow_cases):
    rules, cases = as_policy(harrow_rules), Case.objects.open()

    counts = [
        claimed_by_exactly(cases, rules, names).count() for names in ("C", "B", "AC", "A", "")
    ]

    assert counts == [120, 106, 40, 0, 104]
    assert [cases_of_rule(cases, rules, position).count() for position in (1, 2, 3)] == [
        40,
        106,
        120,
    ]


def test_moving_lists_who_would_go_from_where_to_where(cast):
    cohort = CohortFactory(partnership=cast.eastmere, name="A")
    comes = CaseFactory(partnership=cast.eastmere, next_review_due=date(2026, 11, 1))
    goes = CaseFactory(partnership=cast.eastmere, cohort=cohort)
    rules = [Rule(1, "A", "next_review_due", date(2026, 11, 1))]

    cases = Case.objects.open()

    assert moving(cases, rules, origin="", destination="A").get() == comes
    assert moving(cases, rules, origin="A", destination="").get() == goes


def test_without_rules_no_case_has_a_place(cast):
    CaseFactory(partnership=cast.eastmere)
    CaseFactory(partnership=cast.merebridge)

    check = coverage_check(cast.eastmere, [])

    assert (check.claims, check.total, check.nowhere) == ([], 1, 1)


def test_cohorts_with_counts_counts_open_cases(cast):
    cohort = CohortFactory(partnership=cast.eastmere)
    CaseFactory(partnership=cast.eastmere, cohort=cohort)
    CaseFactory(partnership=cast.eastmere, cohort=cohort, ended=True)

    assert cohorts_with_counts(Cohort.objects.all()).get().open_cases == 1
