import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices.policy.definition import Band
from matrices.policy.parsing import BadDefinition, parse_definition
from tests.matrices.policy.documents import changed, document, problems_of

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "matrices" / "samples").glob("*.json"))
SCHEMA = json.loads((ROOT / "docs" / "matrix-schema.json").read_text())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_fit_the_published_schema(path):
    assert fits(json.loads(path.read_text()), SCHEMA)


def test_a_definition_is_read():
    definition = parse_definition(document())
    assert definition.max_points == 12
    assert definition.bands[0] == Band(0, 3, Fraction(1, 4))
    assert definition.bands[0].shares == {"ICB": Fraction(1, 4), "LA": Fraction(3, 4)}
    assert [domain.code for domain in definition.domains] == ["risk", "daily"]


def test_defaults_are_written_out():
    written = document()
    del written["prompts"], written["domains"][0]["guidance"], written["domains"][0]["mandatory"]
    assert parse_definition(written).as_json() == document()


def test_bands_may_be_written_in_any_order():
    written = document(bands=list(reversed(document()["bands"])))
    assert parse_definition(written) == parse_definition(document())


@pytest.mark.parametrize(
    ("path", "to", "problem"),
    [
        (("method",), "weighted",
         "The definition: “method” must be points_to_bands, not “weighted”."),
        (("method",), ..., "The definition: “method” is missing."),
        (("method",), 7, "The definition: “method” must be text, not 7."),
        (("client_group",), "CH", "The definition: “client_group” must be LD, MH or OP, not “CH”."),
        (("residual",), "EDU", "The definition: “residual” must be ICB or LA, not “EDU”."),
        (("title",), "  ", "The definition: “title” is empty."),
        (("title",), None, "The definition: “title” must be text, not nothing."),
        (("title",), "x" * 201, "The definition: “title” is longer than 200 characters."),
        (("title",), "a\x00b", "The definition: “title” holds characters that cannot be stored."),
        (("title",), "a\ud800", "The definition: “title” holds characters that cannot be stored."),
        (("is_sample",), "yes", "The definition: “is_sample” must be true or false, not text."),
        (("colour",), "red", "The definition has fields that are not known: “colour”."),
        (("domains",), {}, "The definition: “domains” must be a list, not an object."),
        (("domains",), [{}] * 201, "The definition: “domains” has more than 200 rows."),
        (("domains", 0), "risk", "Domain 1 must be an object with fields, not text."),
        (("domains", 1, "name"), ..., "Domain 2: “name” is missing."),
        (("domains", 0, "guidance"), [], "Domain 1: “guidance” must be text, not a list."),
        (("domains", 0, "mandatory"), 1, "Domain 1: “mandatory” must be true or false, not 1."),
        (("domains", 0, "levels", 1, "points"), 2.5,
         "Domain 1, level 2: “points” must be a whole number, not 2.5."),
        (("domains", 0, "levels", 1, "points"), True,
         "Domain 1, level 2: “points” must be a whole number, not true or false."),
        (("domains", 0, "levels", 1, "points"), -1,
         "Domain 1, level 2: “points” must be from 0 to 10000."),
        (("domains", 0, "code"), "Risk to self",
         "Domain 1: a code has only small letters, digits and underscores, starts with "
         "a letter and is at most 40 long, unlike “Risk to self”."),
        (("domains", 1, "code"), "risk", "Two domains have the code “risk”."),
        (("domains", 1, "name"), "Risk", "Two domains have the name “Risk”."),
        (("domains", 0, "levels", 1, "code"), "none", "Risk has two levels with the code “none”."),
        (("domains", 0, "levels", 1, "name"), "None", "Risk has two levels with the name “None”."),
        (("domains", 0, "levels"), [], "Risk has no levels."),
        (("bands", 0, "low"), "0", "Band 1: “low” must be a whole number, not text."),
        (("bands", 0, "icb_share"), 0.25, "Band 1: “icb_share” must be text, not 0.25."),
        (("bands", 0, "icb_share"), "9/8", "Band 1: a share must be from 0 to 1, not “9/8”."),
        (("bands", 0, "icb_share"), "1.01", "Band 1: a share must be from 0 to 1, not “1.01”."),
        (("bands", 0, "icb_share"), "-1/8",
         "Band 1: a share is written like “5/8” or “0.625”, not “-1/8”."),
        (("bands", 0, "icb_share"), "1e9",
         "Band 1: a share is written like “5/8” or “0.625”, not “1e9”."),
        (("bands", 0, "icb_share"), "25%",
         "Band 1: a share is written like “5/8” or “0.625”, not “25%”."),
        (("bands", 0, "icb_share"), "1/0", "Band 1: a share cannot be divided by nothing: “1/0”."),
        (("prompts",), [{"code": "stop_care", "when": "domains_at_top_level", "at_least": 2}],
         "Prompt 1: “code” must be continuing_healthcare, not “stop_care”."),
        (("prompts",),
         [{"code": "continuing_healthcare", "when": "domains_at_top_level", "at_least": 0}],
         "Prompt 1: “at_least” must be 1 or more."),
    ],
)  # fmt: skip
def test_each_mistake_is_named(path, to, problem):
    assert problems_of(changed(*path, to=to)) == [problem]


@pytest.mark.parametrize("written", [None, [], "matrix", 7, True])
def test_something_that_is_not_a_definition_is_refused(written):
    assert problems_of(written)[0].startswith("The definition must be an object with fields")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("method",), "weighted"),
        (("title",), ""),
        (("colour",), "red"),
        (("domains", 0, "code"), "Risk"),
        (("domains", 0, "levels", 0, "points"), -1),
        (("bands", 0, "icb_share"), "25%"),
        (("bands", 0, "icb_share"), 0.25),
        (("is_sample",), "yes"),
    ],
)
def test_the_schema_and_the_reader_refuse_the_same(path, to):
    assert fits(document(), SCHEMA)
    assert not fits(changed(*path, to=to), SCHEMA)
    assert problems_of(changed(*path, to=to))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    ),
    st.sampled_from(
        [
            *[(field,) for field in document()],
            *[("domains", 0, field) for field in ("code", "name", "levels", "mandatory")],
            *[("domains", 1, "levels", 2, field) for field in ("code", "name", "points")],
            *[("bands", 1, field) for field in ("low", "high", "icb_share")],
        ]
    ),
)
def test_whatever_is_written_anywhere_is_read_or_refused_with_a_sentence(value, path):
    definition, problems = read_or_refused(changed(*path, to=value))
    assert bool(definition) != bool(problems)
    assert all(problem.endswith(".") for problem in problems)
    assert definition is None or parse_definition(definition.as_json()) == definition


def read_or_refused(written):
    try:
        return parse_definition(written), ()
    except BadDefinition as bad:
        return None, bad.problems


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def fits(value, schema):
    """Test a value against the keywords of JSON Schema that ours uses."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "oneOf" in schema and sum(fits(value, one) for one in schema["oneOf"]) != 1:
        return False
    kind = TYPES.get(schema.get("type"), object)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return False
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return False
    return all(
        CHECKS[keyword](value, limit, schema)
        for keyword, limit in schema.items()
        if keyword in CHECKS
    )


CHECKS = {
    "required": lambda value, names, _: all(name in value for name in names),
    "additionalProperties": lambda value, _, schema: set(value) <= set(schema["properties"]),
    "properties": lambda value, fields, _: all(
        fits(value[name], field) for name, field in fields.items() if name in value
    ),
    "items": lambda value, item, _: all(fits(one, item) for one in value),
    "minItems": lambda value, limit, _: len(value) >= limit,
    "maxItems": lambda value, limit, _: len(value) <= limit,
    "minLength": lambda value, limit, _: len(value) >= limit,
    "maxLength": lambda value, limit, _: len(value) <= limit,
    "minimum": lambda value, limit, _: value >= limit,
    "maximum": lambda value, limit, _: value <= limit,
    "pattern": lambda value, pattern, _: bool(re.search(pattern, value)),
}
