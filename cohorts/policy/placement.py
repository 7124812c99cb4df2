"""Which cohort a case belongs to: ordered rules, of which the first that claims it wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol


class Placeable(Protocol):
    """What a rule looks at in a case."""

    @property
    def last_reviewed_on(self) -> date | None: ...
    @property
    def next_review_due(self) -> date | None: ...
    @property
    def client_group(self) -> str: ...


@dataclass(frozen=True)
class Rule:
    """One line of the plan, such as "last reviewed October to December 2018 goes to A"."""

    position: int
    cohort: str
    field: Literal["last_reviewed_on", "next_review_due"]
    starts_on: date | None = None
    ends_on: date | None = None
    client_group: str | None = None

    def claims(self, case: Placeable) -> bool:
        """Test whether the case falls in this rule; both dates are inclusive, none is open."""
        day: date | None = getattr(case, self.field)
        if day is None or (self.client_group and self.client_group != case.client_group):
            return False
        return (self.starts_on or date.min) <= day <= (self.ends_on or date.max)


def claims(rules: Iterable[Rule], case: Placeable) -> list[Rule]:
    """Return every rule that claims the case, in order."""
    return [rule for rule in in_order(rules) if rule.claims(case)]


def place(rules: Iterable[Rule], case: Placeable) -> Rule | None:
    """Return the first rule in order that claims the case, or None where no rule places it."""
    return next((rule for rule in in_order(rules) if rule.claims(case)), None)


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules as they are tried."""
    return sorted(rules, key=lambda rule: rule.position)
