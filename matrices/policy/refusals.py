"""Why scoring, proposing or approving is refused, told apart where a screen answers differently."""

from collections.abc import Mapping

from core.refusals import Refused
from matrices.policy.calculation import Outcome
from matrices.policy.definition import Definition
from matrices.policy.trace import listed


class IncompleteAssessment(Refused):
    """A mandatory domain has no level, or a level has no evidence; holds the domains' codes."""

    def __init__(self, sentence: str, *, missing: list[str], without_evidence: list[str]) -> None:
        super().__init__(sentence)
        self.missing, self.without_evidence = missing, without_evidence


class NoNeed(Refused):
    """Nothing scored any points: there is no split to propose, there is a question to ask."""


class ChangedSinceSeen(Refused):
    """The split is not the one that the person was shown."""


class AlreadyApproved(Refused):
    """This body has said yes before."""


def check_complete(
    definition: Definition, answers: Mapping[str, Mapping[str, str]], outcome: Outcome
) -> None:
    """Raise IncompleteAssessment naming every domain that has no level or no evidence."""
    names = {domain.code: domain.name for domain in definition.domains}
    without_evidence = [
        code
        for code in names
        if (answer := answers.get(code, {})).get("level") and not answer.get("evidence")
    ]
    sentences = []
    if outcome.missing:
        sentences.append(f"Still to score: {listed(names[code] for code in outcome.missing)}.")
    if without_evidence:
        sentences.append(f"Without evidence: {listed(names[code] for code in without_evidence)}.")
    if sentences:
        raise IncompleteAssessment(
            " ".join(sentences), missing=list(outcome.missing), without_evidence=without_evidence
        )
