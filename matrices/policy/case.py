"""What is asked of a matrix: the answers to its domains, and the services to be paid for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matrices.policy.definition import Definition, Level
from matrices.policy.reading import BadDocument, check_fields, rows, text, yes_or_no

AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?", re.ASCII)

Answers = Mapping[str, str | None]


class BadCase(BadDocument):
    """Answers or services that do not belong to the matrix; `problems` says why."""


@dataclass(frozen=True)
class Line:
    """A service, what it costs a week, and whether it is provided under Section 117."""

    description: str
    weekly_cost: Decimal
    is_s117: bool


@dataclass(frozen=True)
class Case:
    answers: Answers
    lines: tuple[Line, ...]


def parse_case(document: Any) -> Case:
    """Read a case written as JSON, or raise BadCase saying what is wrong with it."""
    where = "The case"
    try:
        fields = check_fields(document, ("answers", "lines"), where=where)
        answers = fields.get("answers")
        if not isinstance(answers, dict):
            raise BadDocument(f"{where}: “answers” must be an object of domains and levels.")
        for domain, level in answers.items():
            if level is not None and not isinstance(level, str):
                raise BadDocument(f"{where}: the answer to “{domain}” must be text or null.")
        lines = tuple(
            _read_line(row, where=f"Line {number}")
            for number, row in enumerate(rows(fields, "lines", where=where), start=1)
        )
    except BadDocument as bad:
        raise BadCase(*bad.problems) from None
    return Case(answers=answers, lines=lines)


def levels_chosen(definition: Definition, answers: Answers) -> dict[str, Level]:
    """Return the level chosen in each scored domain, in the matrix's own order."""
    unknown = sorted(set(answers) - {domain.code for domain in definition.domains})
    problems = [f"The matrix has no domain “{code}”." for code in unknown]
    chosen = {}
    for domain in definition.domains:
        answer = answers.get(domain.code)
        level = None if answer is None else domain.level(answer)
        if level is not None:
            chosen[domain.code] = level
        elif answer is not None:
            problems.append(f"{domain.name} has no level “{answer}”.")
    if problems:
        raise BadCase(*problems)
    return chosen


def check_lines(lines: Sequence[Line]) -> None:
    """Raise BadCase unless every weekly cost is an amount in pounds and pence, not negative."""
    problems = [
        f"The weekly cost of “{line.description}” must be pounds and pence, and not negative."
        for line in lines
        if not AMOUNT.fullmatch(f"{line.weekly_cost:f}")
    ]
    if problems:
        raise BadCase(*problems)


def _read_line(row: Any, *, where: str) -> Line:
    fields = check_fields(row, ("description", "weekly_cost", "is_s117"), where=where)
    weekly_cost = str(fields.get("weekly_cost", ""))  # 1234.5 is understood as well as "1234.50"
    if not AMOUNT.fullmatch(weekly_cost):
        raise BadDocument(f"{where}: a weekly cost is written like “1234.50”, not “{weekly_cost}”.")
    return Line(
        description=text(fields, "description", where=where),
        weekly_cost=Decimal(weekly_cost),
        is_s117=yes_or_no(fields, "is_s117", where=where),
    )
