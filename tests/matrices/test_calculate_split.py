import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matrices.policy.calculation import Outcome, calculate
from matrices.policy.case import parse_case
from matrices.policy.parsing import parse_definition

MATRIX = Path(__file__).parents[2] / "matrices" / "samples" / "mh.json"
CASE = {
    "answers": {
        "mental_state": "high",
        "risk_to_self": "high",
        "risk_to_others": "moderate",
        "medication": "high",
        "cognition": "low",
        "daily_living": "moderate",
        "accommodation": "moderate",
        "physical_health": "none",
    },
    "lines": [
        {"description": "Supported accommodation", "weekly_cost": "1075.00", "is_s117": True},
        {"description": "Gardening", "weekly_cost": 43.0, "is_s117": False},
    ],
}


@pytest.fixture
def case_file(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE))
    return path


def test_it_prints_what_the_screen_calculates(case_file):
    printed = StringIO()
    call_command("calculate_split", MATRIX, case_file, stdout=printed)
    case = parse_case(CASE)
    expected = calculate(parse_definition(json.loads(MATRIX.read_text())), case.answers, case.lines)
    outcome = json.loads(printed.getvalue())
    assert Outcome.from_json(outcome) == expected
    assert outcome["parts"] == [
        {"body": "ICB", "share": "5/8", "weekly": "671.87", "yearly": "35033.22"},
        {"body": "LA", "share": "3/8", "weekly": "403.13", "yearly": "21020.35"},
    ]
    assert [step["name"] for step in outcome["trace"]][:2] == ["Section 117 services", "Points"]


def test_a_missing_score_is_an_answer_and_not_a_failure(tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"answers": {}, "lines": []}')
    printed = StringIO()
    call_command("calculate_split", str(MATRIX), str(path), stdout=printed)
    assert json.loads(printed.getvalue())["kind"] == "incomplete"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not json", "case.json is not JSON."),
        ("[" * 100_000, "case.json is not JSON."),
        ("[]", "The case must be an object with fields, not a list."),
        ('{"answers": {"sleep": "low"}, "lines": []}', "The matrix has no domain “sleep”."),
    ],
)
def test_a_bad_case_is_refused_with_a_sentence(tmp_path, text, sentence):
    path = tmp_path / "case.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        call_command("calculate_split", MATRIX, path)


def test_a_case_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "case.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("calculate_split", MATRIX, path)


def test_a_file_that_is_not_there_is_named(case_file, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("calculate_split", tmp_path / "none.json", case_file)


def test_every_problem_of_a_definition_is_printed(case_file, tmp_path):
    definition = json.loads(MATRIX.read_text())
    definition["bands"] = definition["bands"][1:-1]
    path = tmp_path / "matrix.json"
    path.write_text(json.dumps(definition))
    with pytest.raises(CommandError) as caught:
        call_command("calculate_split", path, case_file)
    assert str(caught.value) == "No band covers 0 to 9 points.\nNo band covers 40 to 48 points."
