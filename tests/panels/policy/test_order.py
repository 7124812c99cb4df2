"""The panel's order of cases and their times."""

from datetime import time

import pytest

from panels.enums import ItemKind
from panels.policy.order import MINUTES, ORDER, kind_of, minutes_for, order_of, start_times


def test_every_kind_has_a_place_and_a_length():
    assert set(ORDER) == set(MINUTES) == set(ItemKind)


def test_order_of_puts_new_packages_first_and_deferred_ones_last():
    kinds = ["deferred", "ending", "review", "change", "step_down", "new"]

    assert sorted(kinds, key=order_of) == kinds[::-1]


@pytest.mark.parametrize(
    ("recommendation", "is_funded", "kind"),
    [
        ("step_down", True, ItemKind.STEP_DOWN),
        ("change", True, ItemKind.CHANGE),
        ("continue", True, ItemKind.REVIEW),
        ("chc", True, ItemKind.REVIEW),
        ("end", True, ItemKind.REVIEW),  # its ending was withdrawn: after-care goes on
        ("continue", False, ItemKind.NEW),
        ("change", False, ItemKind.NEW),
    ],
)
def test_kind_of(recommendation, is_funded, kind):
    found = kind_of(recommendation=recommendation, is_funded=is_funded, proposes_ending=False)

    assert found == kind


@pytest.mark.parametrize("is_funded", [True, False])
def test_kind_of_an_ending(is_funded):
    found = kind_of(recommendation="end", is_funded=is_funded, proposes_ending=True)

    assert found == ItemKind.ENDING


def test_minutes_for():
    assert minutes_for("change") == 15


def test_start_times_follow_the_opening_business():
    assert start_times(time(13, 30), [20, 15]) == [time(13, 45), time(14, 5), time(14, 20)]
