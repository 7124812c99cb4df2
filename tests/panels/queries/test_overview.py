"""All panels of a partnership on one page."""

from datetime import date

import pytest

from panels.queries.overview import panel_rows
from tests.cast import NOON, TODAY
from tests.factories import CohortFactory, MeetingFactory


def test_panel_rows_say_when_a_panel_sits_and_what_waits(
    cast, panel, meeting, new_item, new_listed
):
    new_item()
    new_listed()
    before = MeetingFactory(
        panel=panel, held_on=date(2026, 11, 12), status="closed", closed_at=NOON
    )
    MeetingFactory(panel=panel, held_on=date(2026, 12, 24), status="cancelled")

    (row,) = panel_rows(cast.paula, TODAY)

    assert (row.rhythm, row.cohorts, row.waiting) == ("fortnightly on Thursdays", "cohort A", 1)
    assert [(it.meeting, it.listed, it.places_left, it.tag) for it in row.coming] == [
        (meeting, 1, 9, ("Planned", "blue"))
    ]
    assert [it.meeting for it in row.before] == [before]


def test_panel_rows_of_another_partnership_are_not_seen(cast, panel):
    assert panel_rows(cast.mina, TODAY) == []


@pytest.mark.parametrize(
    ("names", "words"), [([], "no cohort yet"), (["B", "C"], "cohorts A, B and C")]
)
def test_panel_rows_name_the_cohorts(cast, panel, names, words):
    for position, name in enumerate(names, start=2):
        panel.cohorts.add(CohortFactory(partnership=cast.eastmere, name=name, position=position))
    if not names:
        panel.cohorts.clear()

    assert panel_rows(cast.paula, TODAY)[0].cohorts == words
