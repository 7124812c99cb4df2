"""A draft is the review's form as posted: names with their values. Rows come and go here."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from reviews.queries.before import Before

Draft = dict[str, list[str]]
ROWS = {"people": "person", "needs": "need", "lines": "line"}
BUTTONS = {
    "csrfmiddlewaretoken",
    "version",
    "add",
    "remove",
    "keep",
    "open",
    "sums",
    "check",
    "later",
}
MOST_ROWS = 60


def posted(data: QueryDict) -> Draft:
    """Return what was typed, however unfinished, without the buttons.

    A form sends other line ends than the script that saves it as it is typed.
    """
    return {
        _stored(name): [_stored(value) for value in values]
        for name, values in data.lists()
        if name not in BUTTONS
    }


def _stored(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n")


def as_data(draft: Mapping[str, object]) -> MultiValueDict:
    """Return a draft as forms read it."""
    return MultiValueDict(
        {
            name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
            for name, value in draft.items()
        }
    )


def first_draft(held_on: date, before: Before, today: date) -> Draft:
    """Begin with the people, needs and services of last time; what is answered anew is empty."""
    numbers = {key: str(number) for number, key in enumerate(before.needs, start=1)}
    draft = {"held_on": [held_on.isoformat()], "package_starts_on": [_next_month(today)]}
    people = [{"name": name, "capacity": capacity} for name, capacity in before.people]
    needs = [
        {"copied_from": key, "domain": need.domain, "description": need.description}
        for key, need in before.needs.items()
    ]
    lines = [
        {
            "copied_from": key,
            "description": line.description,
            "provider": line.provider.name if line.provider else "",
            "need": numbers.get(str(line.need_id), ""),
            "weekly_cost": "" if line.weekly_cost is None else f"{line.weekly_cost:,.2f}",
        }
        for key, line in before.lines.items()
    ]
    for prefix, rows in (("people", people), ("needs", needs or [{}]), ("lines", lines or [{}])):
        draft |= _with_count(prefix, len(rows))
        for index, row in enumerate(rows):
            draft |= {f"{prefix}-{index}-{name}": [value] for name, value in row.items()}
    return draft


def whole(draft: Draft, held_on: date, before: Before, today: date) -> Draft:
    """Return a draft with a sheet around it: one that counts no rows begins with last time's."""
    if all(f"{prefix}-TOTAL_FORMS" in draft for prefix in ROWS):
        return draft
    return first_draft(held_on, before, today) | draft


def with_row(draft: Draft, prefix: str) -> Draft:
    """Add one empty row."""
    count = row_count(draft, prefix)
    added = draft | _with_count(prefix, min(count + 1, MOST_ROWS))
    return added | {f"people-{count}-took_part": ["on"]} if prefix == "people" else added


def without_row(draft: Draft, prefix: str, index: int) -> Draft:
    """Take one row out and close the gap; services of a need taken out meet none."""
    kept: Draft = {}
    for name, values in draft.items():
        found = re.fullmatch(rf"{prefix}-(\d+)-(\w+)", name)
        if not found:
            kept[name] = values
        elif (number := int(found[1])) != index:
            kept[f"{prefix}-{number - (number > index)}-{found[2]}"] = values
    kept |= _with_count(prefix, max(row_count(draft, prefix) - 1, 0))
    return _renumbered(kept, index + 1) if prefix == "needs" else kept


def with_answer_kept(draft: Draft, name: str, before: Before) -> Draft:
    """Copy last time's answer."""
    return draft | {name: [before.texts[name]]} if name in before.texts else draft


def row_count(draft: Draft, prefix: str) -> int:
    """Return how many rows of a kind a draft has."""
    typed = (draft.get(f"{prefix}-TOTAL_FORMS") or ["0"])[0]
    return min(int(typed), MOST_ROWS) if typed.isdecimal() and len(typed) < 4 else 0


def _renumbered(draft: Draft, gone: int) -> Draft:
    for name, values in draft.items():
        if re.fullmatch(r"lines-\d+-need", name) and values and values[0].isdecimal():
            number = int(values[0])
            if number >= gone:
                draft[name] = ["" if number == gone else str(number - 1)]
    return draft


def _with_count(prefix: str, count: int) -> Draft:
    return {f"{prefix}-TOTAL_FORMS": [str(count)], f"{prefix}-INITIAL_FORMS": ["0"]}


def _next_month(day: date) -> str:
    """Packages change on the first of a month."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return (last + timedelta(days=1)).isoformat()
