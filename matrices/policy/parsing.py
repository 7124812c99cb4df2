"""Read a matrix definition from its document (docs/matrix-schema.json)."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from matrices.policy.checks import problems
from matrices.policy.definition import (
    BODIES,
    CLIENT_GROUPS,
    CONTINUING_HEALTHCARE,
    DOMAINS_AT_TOP_LEVEL,
    POINTS_TO_BANDS,
    Band,
    Definition,
    Domain,
    Level,
    Prompt,
)
from matrices.policy.reading import BadDocument, check_fields, rows, text, whole_number, yes_or_no

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
SHARE = re.compile(r"[0-9]{1,6}/[0-9]{1,6}|[0-9]{1,3}(\.[0-9]{1,6})?")


class BadDefinition(BadDocument):
    """A matrix definition that cannot be used; `problems` says why, a sentence each."""


def parse_definition(document: Any) -> Definition:
    """Read a definition, or raise BadDefinition saying what is wrong with it."""
    try:
        definition = _read_definition(document)
    except BadDocument as bad:
        raise BadDefinition(*bad.problems) from None
    if wrong := problems(definition):
        raise BadDefinition(*wrong)
    return definition


def _read_definition(document: Any) -> Definition:
    where = "The definition"
    known = tuple(Definition.__dataclass_fields__)
    fields = check_fields(document, known, where=where)
    _one_of(fields, "method", (POINTS_TO_BANDS,), where=where)
    return Definition(
        method=POINTS_TO_BANDS,
        client_group=_one_of(fields, "client_group", CLIENT_GROUPS, where=where),
        title=text(fields, "title", where=where),
        is_sample=yes_or_no(fields, "is_sample", where=where),
        residual=_one_of(fields, "residual", BODIES, where=where),
        domains=tuple(
            _read_domain(row, where=f"Domain {number}")
            for number, row in enumerate(rows(fields, "domains", where=where), start=1)
        ),
        bands=tuple(
            sorted(
                (
                    _read_band(row, where=f"Band {number}")
                    for number, row in enumerate(rows(fields, "bands", where=where), start=1)
                ),
                key=lambda band: (band.low, band.high),
            )
        ),
        prompts=tuple(
            _read_prompt(row, where=f"Prompt {number}")
            for number, row in enumerate(rows(fields, "prompts", where=where, default=[]), start=1)
        ),
    )


def _read_domain(row: Any, *, where: str) -> Domain:
    fields = check_fields(row, ("code", "name", "guidance", "mandatory", "levels"), where=where)
    return Domain(
        code=_code(fields, where=where),
        name=text(fields, "name", where=where),
        guidance=text(fields, "guidance", where=where, default="", longest=5000),
        mandatory=yes_or_no(fields, "mandatory", where=where, default=True),
        levels=tuple(
            _read_level(level, where=f"{where}, level {number}")
            for number, level in enumerate(rows(fields, "levels", where=where), start=1)
        ),
    )


def _read_level(row: Any, *, where: str) -> Level:
    fields = check_fields(row, ("code", "name", "points"), where=where)
    return Level(
        code=_code(fields, where=where),
        name=text(fields, "name", where=where),
        points=whole_number(fields, "points", where=where),
    )


def _read_band(row: Any, *, where: str) -> Band:
    fields = check_fields(row, ("low", "high", "icb_share"), where=where)
    highest = 10_000_000
    return Band(
        low=whole_number(fields, "low", where=where, highest=highest),
        high=whole_number(fields, "high", where=where, highest=highest),
        icb_share=parse_share(text(fields, "icb_share", where=where), where=where),
    )


def _read_prompt(row: Any, *, where: str) -> Prompt:
    fields = check_fields(row, ("code", "when", "at_least"), where=where)
    prompt = Prompt(
        code=_one_of(fields, "code", (CONTINUING_HEALTHCARE,), where=where),
        when=_one_of(fields, "when", (DOMAINS_AT_TOP_LEVEL,), where=where),
        at_least=whole_number(fields, "at_least", where=where),
    )
    if prompt.at_least == 0:
        raise BadDocument(f"{where}: “at_least” must be 1 or more.")
    return prompt


def parse_share(written: str, *, where: str) -> Fraction:
    """Read an exact share: "5/8", "0.625", "1". A percentage is refused, as it may be rounded."""
    if not SHARE.fullmatch(written):
        raise BadDocument(f"{where}: a share is written like “5/8” or “0.625”, not “{written}”.")
    _, _, bottom = written.partition("/")
    if bottom and int(bottom) == 0:
        raise BadDocument(f"{where}: a share cannot be divided by nothing: “{written}”.")
    share = Fraction(written)
    if share > 1:
        raise BadDocument(f"{where}: a share must be from 0 to 1, not “{written}”.")
    return share


def _code(fields: Mapping[str, Any], *, where: str) -> str:
    code = text(fields, "code", where=where)
    if not CODE.fullmatch(code):
        raise BadDocument(
            f"{where}: a code has only small letters, digits and underscores, starts with "
            f"a letter and is at most 40 long, unlike “{code}”."
        )
    return code


def _one_of(fields: Mapping[str, Any], name: str, choices: tuple[str, ...], *, where: str) -> str:
    value = text(fields, name, where=where)
    if value not in choices:
        raise BadDocument(f"{where}: “{name}” must be {_either(choices)}, not “{value}”.")
    return value


def _either(choices: tuple[str, ...]) -> str:
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last
