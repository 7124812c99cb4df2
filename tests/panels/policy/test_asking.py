"""The sentence proposed to whoever sends a case to the panel."""

from datetime import date

import pytest

from panels.policy.asking import LONGEST, suggested_ask


@pytest.mark.parametrize(
    ("recommendation", "sentence"),
    [
        ("continue", "Continue the package unchanged"),
        ("change", "Change the package"),
        ("step_down", "Step down"),
        ("chc", "Continue while NHS continuing healthcare is considered"),
        ("", "Agree the package"),
    ],
)
def test_suggested_ask(recommendation, sentence):
    assert suggested_ask(recommendation=recommendation, is_funded=True, changes=[]) == sentence


def test_suggested_ask_where_nothing_is_in_force():
    sentence = suggested_ask(
        recommendation="change", is_funded=False, changes=["Supported flat", "Art group"]
    )

    assert sentence == "Agree the package: Supported flat; Art group"


@pytest.mark.parametrize(
    ("ends_on", "when"), [(date(2026, 12, 31), " on 31 December 2026"), (None, "")]
)
def test_suggested_ask_for_an_ending(ends_on, when):
    sentence = suggested_ask(recommendation="end", is_funded=True, changes=[], ends_on=ends_on)

    assert sentence == f"End after-care{when}; the council and the ICB both have to say so"


def test_suggested_ask_names_the_changes_it_has_room_for():
    changes = ["Staff on call at night, £33.00 a week: new", "x" * 230, "Art group ends"]

    sentence = suggested_ask(recommendation="change", is_funded=True, changes=changes)

    assert sentence == "Change the package: Staff on call at night, £33.00 a week: new"
    assert len(sentence) <= LONGEST
