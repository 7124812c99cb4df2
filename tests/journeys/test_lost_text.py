"""Typing is never lost: a session that ended, the browser's back button, a stale second tab."""

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

SAYS = "What the person says"
PROGRESS = "Mental state, medication and relapse signs"


def test_what_was_typed_after_the_session_ended_is_there_after_signing_in_again(
    visit, cast, review_begun
):
    asha = visit(cast.asha).open(f"/reviews/{review_begun.pk}/write/").check("Review held")
    type_slowly(asha, SAYS, "I like it here.")
    asha.sees("Saved")

    asha.session_ends()
    type_slowly(asha, PROGRESS, "Well since June.")
    asha.sees("You are signed out. Your text is kept in this tab.")
    asha.press("Sign in again").check("Sign in", "E-mail address").give_password(cast.asha)

    asha.sees("We kept what you typed.")
    assert typed(asha, SAYS) == "I like it here."
    assert typed(asha, PROGRESS) == "Well since June."
    review_begun.refresh_from_db()
    assert review_begun.draft["progress"] == ["Well since June."]


def test_sending_after_the_session_ended_loses_nothing(visit, cast, review_begun):
    asha = visit(cast.asha).open(f"/reviews/{review_begun.pk}/write/")
    asha.session_ends()
    asha.fill(SAYS, "I like it here.").press("Come back later")
    asha.sees("Sign in").give_password(cast.asha)

    asha.sees("We kept what you typed.")
    assert typed(asha, SAYS) == "I like it here."


def test_going_back_and_forward_in_the_browser_is_harmless(visit, cast, review_begun):
    asha = visit(cast.asha).open(f"/reviews/{review_begun.pk}/write/")
    type_slowly(asha, SAYS, "I like it here.")
    asha.press("Come back later").check("What you wrote is kept.")

    asha.page.go_back()
    asha.sees("Review held")
    assert typed(asha, SAYS) == "I like it here."
    type_slowly(asha, PROGRESS, "Well since June.")
    asha.sees("Saved").press("Come back later").check("What you wrote is kept.")
    review_begun.refresh_from_db()
    assert review_begun.draft["person_says"] == ["I like it here."]
    assert review_begun.draft["progress"] == ["Well since June."]


def test_a_second_tab_that_is_stale_is_refused_with_its_words_kept(visit, cast, review_begun):
    asha = visit(cast.asha).open(f"/reviews/{review_begun.pk}/write/")
    other = Visitor(asha.page.context.new_page(), asha.address)
    other.open(f"/reviews/{review_begun.pk}/write/").sees("Review held")
    type_slowly(asha, SAYS, "I like it here.")
    asha.sees("Saved")

    type_slowly(other, SAYS, "Something else.")
    other.sees("This review was saved from another window since you opened it.")
    other.press("Come back later").check("There is a problem", "saved from another window")

    assert typed(other, SAYS) == "Something else."
    review_begun.refresh_from_db()
    assert review_begun.draft["person_says"] == ["I like it here."]


def type_slowly(visitor: Visitor, label: str, words: str) -> None:
    """Type as fingers do, so that each key is heard."""
    visitor.labelled(label).press_sequentially(words)


def typed(visitor: Visitor, label: str) -> str:
    return visitor.labelled(label).input_value()
