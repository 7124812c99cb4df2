import json
from fractions import Fraction
from pathlib import Path

import pytest

from matrices.policy.checks import monotone
from matrices.policy.definition import Band
from matrices.policy.parsing import parse_definition
from tests.matrices.policy.documents import document

SAMPLES = sorted((Path(__file__).parents[3] / "matrices" / "samples").glob("*.json"))


@pytest.mark.parametrize(("points", "low"), [(0, 0), (3, 0), (4, 4), (7, 4), (8, 8), (12, 8)])
def test_both_ends_of_a_band_belong_to_it(points, low):
    assert parse_definition(document()).band_of(points).low == low


def test_a_definition_is_written_as_it_was_read():
    assert parse_definition(document()).as_json() == document()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_sound_and_say_that_they_are_samples(path):
    written = json.loads(path.read_text())
    definition = parse_definition(written)
    assert definition.is_sample
    assert definition.title.startswith("Sample matrix")
    assert definition.client_group == path.stem.upper()
    assert monotone(definition)
    assert definition.as_json() == written


def test_samples_are_three_with_different_domains():
    definitions = [parse_definition(json.loads(path.read_text())) for path in SAMPLES]
    assert {definition.client_group for definition in definitions} == {"LD", "MH", "OP"}
    assert len({tuple(d.code for d in definition.domains) for definition in definitions}) == 3


def test_the_mental_health_sample_has_eight_domains_and_48_points():
    definition = parse_definition(json.loads(SAMPLES[1].read_text()))
    assert len(definition.domains) == 8
    assert definition.max_points == 48
    assert definition.band_of(32) == Band(30, 39, Fraction(5, 8))
    for domain in definition.domains:
        assert [(level.name, level.points) for level in domain.levels] == [
            ("None", 0),
            ("Low", 2),
            ("Moderate", 4),
            ("High", 6),
        ]
