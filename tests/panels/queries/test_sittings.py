"""A meeting as it is held."""

from datetime import time
from fractions import Fraction

from panels.models import Attendance, Decision
from panels.operations.decisions import record_decision
from panels.queries import sittings
from tests.cast import NOON


def decided(item, by, outcome="approve"):
    item.status = "decided"
    item.save()
    return Decision.objects.create(
        item=item, outcome=outcome, reasons="Agreed.", decided_at=NOON, decided_by=by
    )


def test_places_mark_what_is_decided_and_what_is_before_the_panel(cast, quorate, new_listed):
    first, second, third = (new_listed() for _ in range(3))
    decided(first, cast.chloe, "decline")

    places = sittings.places(quorate, current=second.pk)

    assert [(it.number, it.tag, it.starts_at) for it in places] == [
        (1, ("Not agreed", "red"), time(13, 45)),
        (2, ("Now", "purple"), time(14, 0)),
        (3, None, time(14, 15)),
    ]
    assert sittings.decided_words(places) == "1 of 3 decided"
    assert places[2].item == third


def test_next_undecided_goes_on_and_then_back_to_what_was_left(cast, quorate, new_listed):
    first, second, third = (new_listed() for _ in range(3))
    decided(second, cast.chloe)

    assert sittings.next_undecided(quorate) == first
    assert sittings.next_undecided(quorate, after=second) == third
    assert sittings.next_undecided(quorate, after=third) == first


def test_quorum_says_who_is_here(quorate):
    shown = sittings.quorum(quorate)

    assert (shown.tag, shown.is_met) == (("Quorum met", "green"), True)
    assert shown.here == (
        "4 of 4 here: Ruth Calloway (chair), A Rowe (council), H Marsh (ICB), "
        "Dr S Lowe (clinician)."
    )


def test_quorum_names_who_is_missing(quorate):
    Attendance.objects.exclude(member__seat="chair").update(is_present=False)

    shown = sittings.quorum(quorate)

    assert shown.tag == ("No quorum", "red")
    assert shown.here == (
        "1 of 4 here: Ruth Calloway (chair). Nothing can be decided without "
        "a council budget-holder, an ICB budget-holder and a clinician."
    )


def test_quorum_before_anybody_was_counted(published):
    shown = sittings.quorum(published)

    assert (shown.tag, shown.is_taken) == (("Attendance not taken", "yellow"), False)


def test_case_before_gathers_what_the_panel_decides_from(cast, quorate, new_listed):
    item = new_listed()
    decision = decided(item, cast.chloe)

    (place,) = sittings.places(quorate)
    before = sittings.case_before(place, quorate)

    assert before.presenter == "Asha, care coordinator"
    assert before.split_words == "Split: five eighths ICB (62.5%)"
    assert before.costs.total.weekly == 1075
    assert before.decision == decision


def test_case_before_explains_a_split_from_the_matrix(quorate, scored):
    (place,) = sittings.places(quorate)

    before = sittings.case_before(place, quorate)

    assert before.split_words.startswith("Split: 32 of 48 points, band ")
    assert before.steps[-1].name == "Together"


def test_case_before_says_that_a_split_departs(cast, quorate, scored):
    record_decision(
        item=scored,
        outcome="depart",
        reasons="Nights are health.",
        icb_share=Fraction(3, 4),
        by=cast.chloe,
        at=NOON,
    )

    (place,) = sittings.places(quorate)

    words = sittings.case_before(place, quorate).split_words
    assert words.startswith("Split: three quarters ICB (75%), departs from the matrix (32 of 48")


def test_case_before_without_a_split_has_nothing_to_explain(cast, quorate, new_listed):
    item = new_listed("ending")
    item.split = None
    item.save()

    (place,) = sittings.places(quorate)
    before = sittings.case_before(place, quorate)

    assert (before.costs, before.split_words, before.steps) == (None, "", [])
