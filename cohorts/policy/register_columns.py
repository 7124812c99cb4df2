"""Recognises what the columns of a register hold, whatever a borough calls them.

A heading is reduced to plain words and compared with the words used for each field; where headings
leave it open, what the column holds decides. A column that stays unknown is shown to a person.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cohorts.policy.register_amounts import read_percent, read_shares, read_weekly_cost
from cohorts.policy.register_cells import (
    read_client_group,
    read_nhs_number,
    read_postcode,
    read_section,
    read_yes_no,
)
from cohorts.policy.register_dates import read_date
from cohorts.policy.register_text import as_text, squeeze
from cohorts.policy.register_words import (
    COUNCIL,
    FIELD_PHRASES,
    FIELD_VETOES,
    HEALTH,
    SAME_WORD,
    SHARE_WORDS,
    STOP_WORDS,
)

_SOMEDAY = date(2099, 12, 31)  # any day will do when only the shape of a column is asked
_READS: dict[str, Callable[[object], bool]] = {
    "nhs_number": lambda value: read_nhs_number(value).value is not None,
    "postcode": lambda value: not read_postcode(value).problem,
    "client_group": lambda value: read_client_group(value).value is not None,
    "section": lambda value: read_section(value).value is not None,
    "weekly_cost": lambda value: not read_weekly_cost(value).problem,
    "shares": lambda value: not read_shares(value).problem,
    "health_share": lambda value: not read_percent(value, "health_share").problem,
    "la_share": lambda value: not read_percent(value, "la_share").problem,
    "out_of_area": lambda value: not read_yes_no(value, "out_of_area").problem,
    **dict.fromkeys(
        ("born_on", "detained_on", "left_hospital_on", "last_reviewed_on", "next_review_due"),
        lambda value: read_date(value, "date", today=_SOMEDAY).value is not None,
    ),
}

SheetRow = tuple[int, Sequence[object]]

FIELDS = {
    "nhs_number": "NHS number",
    "family_name": "Family name",
    "given_names": "Given names",
    "full_name": "Name, family and given together",
    "born_on": "Date of birth",
    "client_group": "Client group",
    "section": "Section",
    "detained_on": "Detained on",
    "left_hospital_on": "Left hospital on, or entitled from",
    "care_coordinator": "Care co-ordinator",
    "last_reviewed_on": "Last reviewed on",
    "next_review_due": "Next review due",
    "provider": "Provider",
    "weekly_cost": "Weekly cost",
    "shares": "Split, health and council together",
    "health_share": "Health’s share",
    "la_share": "Council’s share",
    "out_of_area": "Out of area",
    "postcode": "Postcode",
    "local_reference": "Local reference",
    "gp_practice": "GP practice",
    "ethnic_category": "Ethnic category",
    "comments": "Comments",
    "ignore": "Leave this column out",
}
REPEATABLE = frozenset({"comments", "ignore"})
_IDENTIFYING = frozenset({"nhs_number", "family_name", "full_name", "born_on"})
_ENOUGH = 0.6
_ROWS_TO_SEARCH = 40
_EXAMPLES = 3


@dataclass(frozen=True)
class Column:
    """One column: its place (from 0), its heading, the field it fills or None, and examples."""

    index: int
    heading: str
    field: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """How a sheet's columns become fields."""

    header_row: int
    columns: tuple[Column, ...]
    council_first: bool = False

    def fields(self) -> dict[int, str]:
        """Return the field of each column that fills one."""
        return {
            column.index: column.field
            for column in self.columns
            if column.field and column.field != "ignore"
        }

    def unknown(self) -> list[Column]:
        """Return the columns a person has still to choose a field for."""
        return [column for column in self.columns if column.field is None]

    def clashes(self) -> list[str]:
        """Return the fields that more than one column claims."""
        chosen = [column.field for column in self.columns if column.field]
        return [field for field in FIELDS if chosen.count(field) > 1 and field not in REPEATABLE]

    def missing(self) -> list[str]:
        """Return the fields without which every row waits for a person."""
        held = set(self.fields().values())
        wanted = ["nhs_number", "born_on", "client_group", "section", "left_hospital_on"]
        names = [] if held & {"full_name", "family_name"} else ["family_name"]
        return names + [field for field in wanted if field not in held]

    def with_fields(self, chosen: dict[int, str | None]) -> "Mapping":
        """Return this mapping with some columns' fields chosen by a person."""
        columns = tuple(
            replace(column, field=chosen.get(column.index, column.field)) for column in self.columns
        )
        return replace(self, columns=columns, council_first=_is_council_first(columns))

    def as_json(self) -> list[dict[str, object]]:
        """Return the columns as they are stored with an import."""
        return [
            {
                "index": column.index,
                "heading": column.heading,
                "field": column.field,
                "examples": list(column.examples),
            }
            for column in self.columns
        ]


def mapping_from_json(header_row: int, stored: Iterable[dict[str, object]]) -> Mapping:
    """Return the mapping that `Mapping.as_json` stored; a field it does not know is none."""
    columns = tuple(_column_from_json(place, entry) for place, entry in enumerate(stored))
    return Mapping(header_row, columns, _is_council_first(columns))


def heading_words(heading: object) -> tuple[str, ...]:
    """Return a heading's words in their plainest form: "D.O.B." is dob, "Last rev" last review."""
    text = unicodedata.normalize("NFKC", as_text(heading)).casefold()
    text = re.sub(r"['’\"“”]", "", text.replace("%", " percent ").replace("£", " pounds "))
    text = re.sub(r"\bco[\s-]?ord(inator)?s?\b", "coordinator", text)
    text = re.sub(r"\b(?:[a-z][./]){2,}[a-z]?\b\.?", lambda found: _initials(found[0]), text)
    text = re.sub(r"\bs(?:ec(?:tion)?)?\.?\s?117\b", "s117", text.replace("#", " number "))
    words = [SAME_WORD.get(word, word) for word in re.findall(r"[a-z0-9]+", text)]
    return tuple(word for word in words if word not in STOP_WORDS)


def score_heading(heading: object, field: str) -> float:
    """Return how well a heading names a field, from 0 to 1."""
    words = heading_words(heading)
    held = set(words)
    if not words or held & FIELD_VETOES.get(field, frozenset()):
        return 0.0
    if field in {"shares", "health_share", "la_share"}:
        return _score_shares(held, field)
    return max((_score_phrase(held, phrase) for phrase in FIELD_PHRASES.get(field, ())), default=0)


def find_header(rows: Iterable[SheetRow]) -> int | None:
    """Return the sheet row that holds the headings, under whatever titles stand above it."""
    best, best_score = None, 0
    for place, (number, cells) in enumerate(rows):
        if place >= _ROWS_TO_SEARCH:
            break
        score = _header_score(cells)
        if score > best_score:
            best, best_score = number, score
    return best


def propose_mapping(header: SheetRow, sample_rows: Iterable[SheetRow]) -> Mapping:
    """Return the best field for each column; what cannot be told is None, for a person."""
    number, headings = header
    samples = [cells for _, cells in sample_rows]
    width = max([len(headings), *(len(cells) for cells in samples)])
    columns = [_bare_column(index, headings, samples) for index in range(width)]
    columns = [column for column in columns if column.heading or column.examples]
    values = {column.index: _filled(samples, column.index) for column in columns}
    fields = _assign(columns, values)
    chosen = tuple(replace(column, field=fields.get(column.index)) for column in columns)
    return Mapping(number, chosen, _is_council_first(chosen))


def is_repeated_header(cells: Sequence[object], mapping: Mapping) -> bool:
    """Test for a row that says the headings again, as printed registers do on each page."""
    pairs = [
        (heading_words(column.heading), heading_words(cells[column.index]))
        for column in mapping.columns
        if column.heading and column.index < len(cells) and as_text(cells[column.index])
    ]
    same = sum(1 for heading, cell in pairs if heading == cell and heading)
    return same >= 2 and same * 2 > len(pairs)


def _assign(columns: list[Column], values: dict[int, list[object]]) -> dict[int, str]:
    """Give each field to the column that fits it best, and each column one field at most."""
    offers = sorted(
        (
            (-score, column.index, field)
            for column in columns
            for field in FIELDS
            if (score := _fit(column.heading, values[column.index], field)) >= _ENOUGH
        ),
    )
    fields: dict[int, str] = {}
    for _, index, field in offers:
        if index not in fields and field not in fields.values():
            fields[index] = field
    return fields


def _fit(heading: str, values: list[object], field: str) -> float:
    by_heading = score_heading(heading, field)
    share = _readable_share(values, field)
    if share is None:
        return by_heading
    if by_heading < _ENOUGH:
        # Only these two say by their shape alone what they are.
        speaks = field in {"nhs_number", "postcode"} and share >= 0.8 and len(values) >= 3
        return _ENOUGH if speaks and by_heading == 0 and not heading_words(heading) else 0.0
    return by_heading + 0.2 * (share - 0.5) if share > 0.2 or len(values) < 3 else by_heading - 0.5


def _readable_share(values: list[object], field: str) -> float | None:
    """Return what part of a column reads as the field, or None where any text would do."""
    reads = _READS.get(field)
    if not values or reads is None:
        return None
    return sum(1 for value in values if reads(value)) / len(values)


def _score_phrase(held: set[str], phrase: tuple[str, ...]) -> float:
    wanted = set(phrase)
    if not wanted <= held:
        return 0.0
    return 0.6 + 0.4 * len(wanted) / len(held) if len(wanted) > 1 or len(held) < 4 else 0.5


def _score_shares(held: set[str], field: str) -> float:
    has_health, has_council = bool(held & HEALTH), bool(held & COUNCIL)
    says_share = bool(held & SHARE_WORDS)
    if field == "shares":
        both = has_health and has_council
        plain_split = "split" in held or (says_share and "percent" not in held)
        one_body = has_health or has_council
        return 0.95 if both else 0.85 if plain_split and not one_body else 0.0
    sides = (has_health, has_council)
    mine, other = sides if field == "health_share" else sides[::-1]
    return 0.9 if mine and not other and says_share else 0.0


def _header_score(cells: Sequence[object]) -> int:
    recognised = set()
    for cell in cells:
        if not isinstance(cell, str) or len(cell) > 80:
            continue
        score, field = max((score_heading(cell, field), field) for field in FIELDS)
        if score >= _ENOUGH:
            recognised.add(field)
    return len(recognised) if len(recognised) >= 2 and recognised & _IDENTIFYING else 0


def _is_council_first(columns: Iterable[Column]) -> bool:
    for column in columns:
        if column.field == "shares":
            words = heading_words(column.heading)
            first = next((word for word in words if word in HEALTH | COUNCIL), "")
            return first in COUNCIL
    return False


def _bare_column(index: int, headings: Sequence[object], samples: list[Sequence[object]]) -> Column:
    heading = squeeze(as_text(headings[index])) if index < len(headings) else ""
    examples: list[str] = []
    for value in _filled(samples, index):
        text = squeeze(as_text(value))[:80]
        if text not in examples and len(examples) < _EXAMPLES:
            examples.append(text)
    return Column(index, heading[:120], None, tuple(examples))


def _filled(samples: list[Sequence[object]], index: int) -> list[object]:
    return [cells[index] for cells in samples if index < len(cells) and as_text(cells[index]) != ""]


def _column_from_json(place: int, entry: dict[str, object]) -> Column:
    index, field, examples = entry.get("index"), entry.get("field"), entry.get("examples")
    return Column(
        index if isinstance(index, int) else place,
        str(entry.get("heading") or ""),
        field if isinstance(field, str) and field in FIELDS else None,
        tuple(str(example) for example in examples) if isinstance(examples, list) else (),
    )


def _initials(text: str) -> str:
    letters = re.sub(r"[./]", "", text)
    return letters if "." in text else text
