"""Read a JSON document field by field, and say exactly which field is wrong."""

from collections.abc import Mapping
from typing import Any
from unicodedata import category

MISSING = object()
UNSTORABLE = {"Cc", "Cs"}  # control characters and halves of characters
LAYOUT = {ord(character): None for character in "\n\r\t"}


class BadDocument(ValueError):
    """A document that cannot be used; `problems` says why, a sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def check_fields(document: Any, known: tuple[str, ...], *, where: str) -> Mapping[str, Any]:
    """Return the document as an object, refusing fields that mean nothing here."""
    if not isinstance(document, dict):
        raise BadDocument(f"{where} must be an object with fields, not {_kind(document)}.")
    unknown = [f"“{name}”" for name in document if name not in known]
    if unknown:
        raise BadDocument(f"{where} has fields that are not known: {', '.join(unknown)}.")
    return document


def text(
    fields: Mapping[str, Any], name: str, *, where: str, default: Any = MISSING, longest: int = 200
) -> str:
    value = _field(fields, name, where=where, default=default)
    if not isinstance(value, str):
        raise BadDocument(f"{where}: “{name}” must be text, not {_kind(value)}.")
    if not value.strip() and value != default:
        raise BadDocument(f"{where}: “{name}” is empty.")
    if len(value) > longest:
        raise BadDocument(f"{where}: “{name}” is longer than {longest} characters.")
    if not UNSTORABLE.isdisjoint(map(category, value.translate(LAYOUT))):
        raise BadDocument(f"{where}: “{name}” holds characters that cannot be stored.")
    return value


def whole_number(fields: Mapping[str, Any], name: str, *, where: str, highest: int = 10_000) -> int:
    value = _field(fields, name, where=where)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadDocument(f"{where}: “{name}” must be a whole number, not {_kind(value)}.")
    if not 0 <= value <= highest:
        raise BadDocument(f"{where}: “{name}” must be from 0 to {highest}.")
    return value


def yes_or_no(fields: Mapping[str, Any], name: str, *, where: str, default: Any = MISSING) -> bool:
    value = _field(fields, name, where=where, default=default)
    if not isinstance(value, bool):
        raise BadDocument(f"{where}: “{name}” must be true or false, not {_kind(value)}.")
    return value


def rows(
    fields: Mapping[str, Any], name: str, *, where: str, default: Any = MISSING, most: int = 200
) -> list[Any]:
    value = _field(fields, name, where=where, default=default)
    if not isinstance(value, list):
        raise BadDocument(f"{where}: “{name}” must be a list, not {_kind(value)}.")
    if len(value) > most:
        raise BadDocument(f"{where}: “{name}” has more than {most} rows.")
    return value


def _field(fields: Mapping[str, Any], name: str, *, where: str, default: Any = MISSING) -> Any:
    value = fields.get(name, default)
    if value is MISSING:
        raise BadDocument(f"{where}: “{name}” is missing.")
    return value


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", str: "text", list: "a list", dict: "an object"}
    return "nothing" if value is None else kinds.get(type(value), f"{value}")
