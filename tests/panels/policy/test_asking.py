"""The sentence proposed to whoever sends a case to the panel."""

from datetime import date
from decimal import Decimal

import pytest

from panels.policy.asking import LONGEST, suggested_ask

FACTS = {"is_funded": True, "weekly_cost": Decimal("1075.00"), "starts_on": date(2027, 4, 1)}


@pytest.mark.parametrize(
    ("recommendation", "sentence"),
    [
        ("continue", "Continue the package unchanged, £1,075.00 a week from 1 April 2027."),
        ("change", "Change the package, £1,075.00 a week from 1 April 2027."),
        ("step_down", "Step down, £1,075.00 a week from 1 April 2027."),
        (
            "chc",
            "Continue while NHS continuing healthcare is considered, "
            "£1,075.00 a week from 1 April 2027.",
        ),
        ("", "Agree the package, £1,075.00 a week from 1 April 2027."),
    ],
)
def test_suggested_ask(recommendation, sentence):
    assert suggested_ask(recommendation=recommendation, changes=[], **FACTS) == sentence


def test_suggested_ask_for_an_ending():
    sentence = suggested_ask(
        recommendation="end",
        is_funded=True,
        weekly_cost=None,
        starts_on=None,
        changes=[],
        ends_on=date(2026, 12, 31),
    )

    assert sentence == (
        "End after-care on 31 December 2026. The council and the ICB both have to say so."
    )


def test_suggested_ask_names_the_changes_it_has_room_for():
    changes = ["Staff on call at night, £33.00 a week: new", "x" * 200, "Art group ends"]

    sentence = suggested_ask(recommendation="change", changes=changes, **FACTS)

    assert sentence == (
        "Change the package, £1,075.00 a week from 1 April 2027. "
        "Staff on call at night, £33.00 a week: new."
    )
    assert len(sentence) <= LONGEST


def test_suggested_ask_without_a_split():
    sentence = suggested_ask(
        recommendation="change", is_funded=True, weekly_cost=None, starts_on=None, changes=[]
    )

    assert sentence == "Change the package."


def test_suggested_ask_where_nothing_is_in_force():
    sentence = suggested_ask(recommendation="change", changes=[], **FACTS | {"is_funded": False})

    assert sentence == "Agree the package, £1,075.00 a week from 1 April 2027."
