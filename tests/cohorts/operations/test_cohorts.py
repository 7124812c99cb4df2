from datetime import date

import pytest

from audit.models import AuditEvent
from cohorts.models.cases import Case, Enrolment
from cohorts.models.cohorts import CohortRule
from cohorts.operations.cohorts import RuleInput, add_cohort, change_rules, place_cases
from cohorts.queries.placement import Coverage, Move, as_policy, coverage, moves
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory


@pytest.fixture
def plan(cast):
    """Two cohorts: A due in November, B due in December or reviewed in 2025."""
    a, b = (
        add_cohort(
            partnership=cast.eastmere, name=name, reviewed_by="a team", by=cast.paula, at=NOON
        )
        for name in "AB"
    )
    return [
        RuleInput(a, "next_review_due", date(2026, 11, 1), date(2026, 11, 30)),
        RuleInput(b, "next_review_due", date(2026, 12, 1), date(2026, 12, 31)),
        RuleInput(b, "last_reviewed_on", date(2025, 1, 1), date(2025, 12, 31)),
    ]


def case_due(cast, day, reviewed=None):
    return CaseFactory(partnership=cast.eastmere, next_review_due=day, last_reviewed_on=reviewed)


def test_change_rules_places_every_case(cast, plan):
    november = case_due(cast, date(2026, 11, 5))
    december = case_due(cast, date(2026, 12, 5))
    january = case_due(cast, date(2027, 1, 5))

    moved = change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    names = dict(Case.objects.values_list("pk", "cohort__name"))
    assert (moved, names) == (2, {november.pk: "A", december.pk: "B", january.pk: None})


def test_the_first_rule_in_order_wins_and_is_kept_on_the_enrolment(cast, plan):
    case_due(cast, date(2026, 11, 5), reviewed=date(2025, 11, 5))

    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    enrolment = Enrolment.objects.get()
    assert (enrolment.cohort.name, enrolment.rule.position) == ("A", 1)


def test_placing_again_moves_nobody(cast, plan):
    case_due(cast, date(2026, 11, 5))
    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    assert place_cases(partnership=cast.eastmere, day=TODAY, by=cast.paula, at=NOON) == 0


def test_cases_of_another_partnership_stay_where_they_are(cast, plan):
    stranger = CaseFactory(partnership=cast.merebridge, next_review_due=date(2026, 11, 5))

    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    stranger.refresh_from_db()
    assert stranger.cohort is None


def test_a_case_that_no_rule_places_any_more_leaves_its_cohort(cast, plan):
    case = case_due(cast, date(2026, 11, 5))
    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    change_rules(partnership=cast.eastmere, rules=plan[1:], day=TODAY, by=cast.paula, at=NOON)

    case.refresh_from_db()
    assert (case.cohort, Enrolment.objects.get().ends_on) == (None, TODAY)


def test_placing_is_one_line_of_the_record(cast, plan):
    cases = [case_due(cast, date(2026, 11, day)) for day in (5, 6)]

    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)

    line = AuditEvent.objects.get(event="cohorts.cohorts_placed")
    assert line.detail == {"cases": sorted(case.reference for case in cases)}


def test_coverage_tells_alone_several_and_nowhere(cast, plan):
    case_due(cast, date(2026, 11, 5), reviewed=date(2025, 11, 5))  # A and B
    case_due(cast, date(2026, 11, 6))  # A
    case_due(cast, date(2026, 12, 6))  # B
    case_due(cast, None)  # none
    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)
    rules = as_policy(CohortRule.objects.in_order())

    assert coverage(cast.eastmere, rules) == Coverage(
        total=4,
        placed={"A": 2, "B": 1},
        alone={"A": 1, "B": 1},
        several={("A", "B"): 1},
        nowhere=1,
    )


def test_moves_are_seen_before_they_are_made(cast, plan):
    case_due(cast, date(2026, 11, 5))
    case_due(cast, date(2026, 12, 6))
    change_rules(partnership=cast.eastmere, rules=plan, day=TODAY, by=cast.paula, at=NOON)
    fewer = as_policy(CohortRule.objects.in_order())[1:]

    assert moves(cast.eastmere, fewer) == [Move("A", "", 1)]
