"""Matrix definitions for the tests to bend."""

from copy import deepcopy

import pytest

from matrices.policy.parsing import BadDefinition, parse_definition


def document(**changes):
    """Two domains of 0 to 6 points and three bands."""
    levels = [
        {"code": "none", "name": "None", "points": 0},
        {"code": "low", "name": "Low", "points": 2},
        {"code": "high", "name": "High", "points": 6},
    ]
    return {
        "method": "points_to_bands",
        "client_group": "MH",
        "title": "Sample",
        "is_sample": True,
        "residual": "ICB",
        "domains": [
            {"code": "risk", "name": "Risk", "guidance": "", "mandatory": True, "levels": levels},
            {
                "code": "daily",
                "name": "Daily living",
                "guidance": "",
                "mandatory": True,
                "levels": deepcopy(levels),
            },
        ],
        "bands": [
            {"low": 0, "high": 3, "icb_share": "1/4"},
            {"low": 4, "high": 7, "icb_share": "1/2"},
            {"low": 8, "high": 12, "icb_share": "3/4"},
        ],
        "prompts": [],
    } | changes


def bands(*rows):
    return [{"low": low, "high": high, "icb_share": share} for low, high, share in rows]


def problems_of(written):
    with pytest.raises(BadDefinition) as caught:
        parse_definition(written)
    return list(caught.value.problems)


def changed(*path, to):
    """The good document with one place in it changed, or taken out when `to` is Ellipsis."""
    written = document()
    place = written
    for step in path[:-1]:
        place = place[step]
    if to is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return written
