"""The rules in words: who claims a case, and whose claim wins."""

from collections.abc import Iterable, Sequence

from cohorts.policy.placement import Rule, in_order


def first_claimant(rules: Iterable[Rule], cohorts: Sequence[str]) -> str:
    """Return the cohort whose rules all come before those of the others, or "" if they mix.

    Where they mix, the winner may differ from case to case.
    """
    order = [rule.cohort for rule in in_order(rules) if rule.cohort in cohorts]
    if not order:
        return ""
    first = order[0]
    return first if first not in order[order.count(first) :] else ""


def claimed_words(cohorts: Sequence[str], cases: int, winner: str) -> str:
    """Return what follows the number: "are claimed by both A and C; the first rule …"."""
    verb = "is" if cases < 2 else "are"  # "no case is"
    if len(cohorts) == 1:
        return f"{verb} claimed by {cohorts[0]} alone."
    whose = f", {winner}’s," if winner else " that claims the case"
    return f"{verb} claimed by {named_together(cohorts)}; the first rule in order{whose} wins."


def named_together(cohorts: Sequence[str]) -> str:
    """Write A, both A and C, or A, B and C."""
    if len(cohorts) < 2:
        return "".join(cohorts)
    both = "both " if len(cohorts) == 2 else ""
    return f"{both}{', '.join(cohorts[:-1])} and {cohorts[-1]}"
