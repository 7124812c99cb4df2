import pytest

from matrices.policy.checks import monotone, problems, warnings
from matrices.policy.parsing import parse_definition
from tests.matrices.policy.documents import bands, changed, document, problems_of


def test_a_sound_definition_has_no_problems():
    definition = parse_definition(document())
    assert problems(definition) == ()
    assert monotone(definition)


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        (bands((0, 3, "0"), (5, 12, "1")), ["No band covers 4 points."]),
        (bands((0, 3, "0"), (6, 12, "1")), ["No band covers 4 to 5 points."]),
        (bands((0, 5, "0"), (4, 12, "1")), ["Two bands cover 4 to 5 points."]),
        (bands((0, 4, "0"), (4, 12, "1")), ["Two bands cover 4 points."]),
        (bands((0, 9, "0"), (2, 4, "0"), (10, 12, "1")), ["Two bands cover 2 to 4 points."]),
        (bands((1, 12, "1")), ["No band covers 0 points."]),
        (bands((2, 12, "1")), ["No band covers 0 to 1 points."]),
        (bands((0, 0, "0"), (2, 12, "1")), ["No band covers 1 point."]),
        (bands((0, 10, "1")), ["No band covers 11 to 12 points."]),
        (bands(), ["No band covers 0 to 12 points."]),
        (
            bands((0, 14, "1")),
            ["The bands go up to 14 points, but the domains give no more than 12."],
        ),
        (bands((0, 3, "0"), (12, 4, "1")), ["The band 12 to 4 ends before it starts."]),
        (
            bands((1, 3, "0"), (3, 6, "1/2"), (8, 10, "1")),
            [
                "No band covers 0 points.",
                "Two bands cover 3 points.",
                "No band covers 7 points.",
                "No band covers 11 to 12 points.",
            ],
        ),
    ],
)
def test_bands_that_do_not_cover_each_total_once_are_named(written, problems):
    assert problems_of(document(bands=written)) == problems


def test_points_that_fall_from_level_to_level_are_named():
    written = changed("domains", 0, "levels", 1, "points", to=8)
    written["bands"][-1]["high"] = 14
    assert problems_of(written) == [
        "Risk: High comes after Low but gives fewer points, 6 and not 8 or more."
    ]


def test_a_matrix_that_can_ask_for_nothing_is_refused():
    written = document(bands=bands((0, 0, "1/2")))
    for domain in written["domains"]:
        domain["mandatory"] = False
        for level in domain["levels"]:
            level["points"] = 0
    assert problems_of(written) == [
        "No domain is mandatory; at least one must be.",
        "No level gives any points, so every total would be zero.",
    ]


def test_a_matrix_in_which_the_icb_pays_less_for_more_need_is_warned_of():
    written = document(bands=bands((0, 3, "3/4"), (4, 4, "1/3"), (5, 12, "1/2")))
    definition = parse_definition(written)
    assert not monotone(definition)
    assert warnings(definition) == (
        "More points lower the ICB’s share: 75% at 0 to 3 points, 33.33% at 4.",
    )
