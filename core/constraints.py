"""Database constraints in the vocabulary of casework, one line per rule."""

from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Round


def all_or_none(*fields: str) -> CheckConstraint:
    """Require that the fields are filled together or left empty together."""
    filled = Q(**{f"{field}__isnull": False for field in fields})
    empty = Q(**{f"{field}__isnull": True for field in fields})
    return CheckConstraint(
        condition=filled | empty,
        name=f"%(app_label)s_%(class)s_{fields[0]}_with_{fields[-1]}",
    )


def in_order(earlier: str, later: str) -> CheckConstraint:
    """Require `later` to be on or after `earlier`, when both are known."""
    return CheckConstraint(
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        name=f"%(app_label)s_%(class)s_{earlier}_before_{later}",
    )


def not_negative(field: str) -> CheckConstraint:
    """Require an amount of zero or more, when it is known."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
        name=f"%(app_label)s_%(class)s_{field}_not_negative",
    )


def filled_exactly_when(field: str, **condition: Any) -> CheckConstraint:
    """Require `field` to be filled when, and only when, the condition holds."""
    filled = Q(**{f"{field}__isnull": False})
    return CheckConstraint(
        condition=(filled & Q(**condition)) | (~filled & ~Q(**condition)),
        name=f"%(app_label)s_%(class)s_{field}_matches_status",
    )


def parts_make_whole(whole: str, first: str, second: str) -> CheckConstraint:
    """Require two parts, neither negative, to add up to the whole exactly, to the penny.

    Rounded because SQLite adds amounts of money as binary fractions.
    """
    together = Round(F(first) + F(second), precision=2)
    return CheckConstraint(
        condition=Q(**{f"{first}__gte": 0, f"{second}__gte": 0, whole: together}),
        name=f"%(app_label)s_%(class)s_{whole}_is_sum",
    )
