"""Who must be there before a panel decides."""

import pytest

from panels.enums import Seat
from panels.policy.quorum import SAT_AS, is_quorate, missing_in_words, missing_seats, votes

ALL_FOUR = [Seat.CHAIR, Seat.COUNCIL, Seat.ICB, Seat.CLINICIAN]


def test_quorum_is_met_by_the_four_seats():
    assert is_quorate(ALL_FOUR)


@pytest.mark.parametrize("seat", ALL_FOUR)
def test_quorum_is_not_met_without_any_of_the_four(seat):
    present = [other for other in ALL_FOUR if other != seat]

    assert missing_seats(present) == (seat,)


def test_quorum_is_not_made_up_by_others():
    present = [Seat.CHAIR, Seat.SOCIAL_WORK, Seat.ADMINISTRATOR]

    assert missing_seats(present) == (Seat.COUNCIL, Seat.ICB, Seat.CLINICIAN)


def test_missing_in_words():
    assert missing_in_words([Seat.CLINICIAN]) == "a clinician"
    assert missing_in_words([Seat.CHAIR, Seat.ICB, Seat.CLINICIAN]) == (
        "the chair, an ICB budget-holder and a clinician"
    )


def test_every_seat_has_its_word():
    assert set(SAT_AS) == set(Seat)


def test_an_administrator_has_no_vote():
    assert [votes(seat) for seat in (Seat.CHAIR, Seat.ADMINISTRATOR)] == [True, False]
