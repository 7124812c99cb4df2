from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from cohorts.policy.placement import Rule, claims, place

A = Rule(1, "A", "last_reviewed_on", date(2018, 10, 1), date(2018, 12, 31))
B = Rule(2, "B", "next_review_due", date(2019, 1, 1), date(2019, 2, 28))
C = Rule(3, "C", "next_review_due", date(2019, 3, 1))
A_REWORDED = Rule(1, "A", "next_review_due", date(2018, 10, 1), date(2018, 12, 31))


@dataclass
class Reviewed:
    last_reviewed_on: date | None
    next_review_due: date | None
    client_group: str = "MH"


def test_place_literal_rules_of_the_plan(harrow_ready):
    claimed = Counter(
        "".join(rule.cohort for rule in claims([C, A, B], case)) for case in harrow_ready
    )

    assert claimed == {"C": 120, "B": 106, "AC": 40, "": 104}


def test_place_literal_rules_first_in_order_wins(harrow_ready):
    placed = Counter(getattr(place([C, B, A], case), "cohort", None) for case in harrow_ready)

    assert placed == {"A": 40, "B": 106, "C": 120, None: 104}


def test_place_reworded_rule_leaves_none_over(harrow_ready):
    placed = Counter(place([A_REWORDED, B, C], case).cohort for case in harrow_ready)

    assert placed == {"A": 104, "B": 106, "C": 160}


@pytest.mark.parametrize(
    ("due", "is_claimed"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), True),
        (date(2019, 2, 28), True),
        (date(2019, 3, 1), False),
        (None, False),
    ],
)
def test_claims_includes_both_ends(due, is_claimed):
    assert B.claims(Reviewed(None, due)) is is_claimed


def test_claims_only_its_client_group():
    rule = Rule(1, "LD", "next_review_due", client_group="LD")

    assert not rule.claims(Reviewed(None, date(2019, 1, 1), "MH"))
    assert rule.claims(Reviewed(None, date(2019, 1, 1), "LD"))
