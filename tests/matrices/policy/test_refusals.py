import pytest

from matrices.policy.calculation import calculate
from matrices.policy.parsing import parse_definition
from matrices.policy.refusals import IncompleteAssessment, check_complete
from tests.matrices.policy.documents import document

DEFINITION = parse_definition(document())


def check(**answers):
    levels = {code: answer["level"] or None for code, answer in answers.items()}
    check_complete(DEFINITION, answers, calculate(DEFINITION, levels, ()))


def answer(level, evidence="Seen at the review"):
    return {"level": level, "evidence": evidence}


def test_each_unscored_mandatory_domain_and_each_missing_evidence_is_named():
    with pytest.raises(IncompleteAssessment) as caught:
        check(risk=answer("low", evidence=""))

    assert str(caught.value) == "Still to score: Daily living. Without evidence: Risk."
    assert (caught.value.missing, caught.value.without_evidence) == (["daily"], ["risk"])


def test_a_full_sheet_passes():
    check(risk=answer("low"), daily=answer("none"))
