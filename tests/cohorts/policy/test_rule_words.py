from datetime import date

import pytest

from cohorts.policy.placement import Rule
from cohorts.policy.rule_words import claimed_words, first_claimant, named_together

DAY = date(2026, 10, 1)


def rules_for(*cohorts):
    return [
        Rule(position, name, "next_review_due", DAY)
        for position, name in enumerate(cohorts, start=1)
    ]


@pytest.mark.parametrize(
    ("order", "claimants", "winner"),
    [
        ("AC", "AC", "A"),
        ("CA", "CA", "C"),
        ("AAC", "AC", "A"),
        ("CABA", "AB", ""),  # a case may be B's by rule 3 and A's by rule 4
        ("ABA", "AC", "A"),
        ("AB", "C", ""),
    ],
)
def test_first_claimant_is_told_only_where_it_always_wins(order, claimants, winner):
    assert first_claimant(rules_for(*order), claimants) == winner


@pytest.mark.parametrize(
    ("cohorts", "cases", "winner", "words"),
    [
        ("C", 120, "C", "are claimed by C alone."),
        ("C", 1, "C", "is claimed by C alone."),
        ("AC", 40, "A", "are claimed by both A and C; the first rule in order, A’s, wins."),
        ("ABC", 2, "A", "are claimed by A, B and C; the first rule in order, A’s, wins."),
        (
            "AB",
            2,
            "",
            "are claimed by both A and B; the first rule in order that claims the case wins.",
        ),
    ],
)
def test_claimed_words_follow_the_number(cohorts, cases, winner, words):
    assert claimed_words(cohorts, cases, winner) == words


def test_named_together_of_one_is_its_name():
    assert named_together(["A"]) == "A"
