"""What a case in the tray lacks."""

import pytest

from panels.policy.readiness import missing

READY = {
    "is_presented": True,
    "is_person_heard": True,
    "is_answered": True,
    "ends_while_on_cto": False,
}


def test_missing_nothing():
    assert missing(**READY) == ()


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("is_presented", "Nobody to present it"),
        ("is_person_heard", "No view of the person"),
        ("is_answered", "What the panel asked for"),
        ("ends_while_on_cto", "On a CTO: cannot end yet"),
    ],
)
def test_missing_one_thing(fact, words):
    assert missing(**READY | {fact: not READY[fact]}) == (words,)
