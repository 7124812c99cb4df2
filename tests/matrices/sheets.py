"""A case with a package and its score sheet, as far along as a test needs it."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

from matrices.operations.approvals import approve
from matrices.operations.assessments import complete_assessment, save_answers, start_assessment
from matrices.operations.matrices import add_matrix
from matrices.operations.splits import agree_split, propose_split
from matrices.queries import sample_documents
from tests.cast import NOON
from tests.factories import CaseFactory, PackageFactory, ServiceLineFactory

FROM = date(2026, 12, 1)
DRAWN = {  # as on the drawn screen: 32 of 48 points, five eighths
    "mental_state": "high", "risk_to_self": "high", "risk_to_others": "moderate",
    "medication": "high", "cognition": "low", "daily_living": "moderate",
    "accommodation": "moderate", "physical_health": "none",
}  # fmt: skip
PRICES = [
    ("Supported flat", "845.00", True),
    ("Support at home, 8 hours", "172.00", True),
    ("Art group", "58.00", True),
    ("Gardening", "43.00", False),
]


def answers(**changes):
    """The drawn scores with evidence; `risk_to_self=""` leaves a domain open."""
    return {
        code: {"level": level, "evidence": f"Evidence for {code}" if level else ""}
        for code, level in (DRAWN | changes).items()
    }


def no_need():
    return answers(**dict.fromkeys(DRAWN, "none"))


def matrix_for(partnership, *, by):
    """The sample matrix for mental health, in force."""
    document = next(it for it in sample_documents() if it["client_group"] == "MH")
    return add_matrix(partnership=partnership, document=document, by=by, at=NOON)


def new_package(case, prices=PRICES):
    package = PackageFactory(case=case)
    for description, weekly_cost, is_s117 in prices:
        ServiceLineFactory(
            package=package, description=description, weekly_cost=weekly_cost, is_s117=is_s117
        )
    return package


def started(cast, case=None):
    """A sheet that Asha has begun."""
    if not cast.eastmere.matrices.exists():
        matrix_for(cast.eastmere, by=cast.poppy)
    case = case or CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha)
    return start_assessment(case=case, package=new_package(case), by=cast.asha, at=NOON)


def scored(cast, scores=None, case=None):
    """A complete sheet."""
    sheet = started(cast, case)
    save_answers(
        assessment=sheet, answers=scores or answers(), draft_number=0, by=cast.asha, at=NOON
    )
    return complete_assessment(assessment=sheet, by=cast.asha, at=NOON)


def proposed(cast, case=None, effective_from=FROM):
    return propose_split(
        assessment=scored(cast, case=case), effective_from=effective_from, by=cast.asha, at=NOON
    )


def agreed(cast, case=None, effective_from=FROM, at=NOON):
    """A split that the panel has agreed and both bodies are to approve."""
    split = proposed(cast, case, effective_from)
    return agree_split(split=split, by=cast.chloe, at=at)


def departing(cast, share=Fraction(1, 2), reasons="Shared care plan of 4 November"):
    return propose_split(
        assessment=scored(cast),
        effective_from=FROM,
        icb_share=share,
        reasons=reasons,
        by=cast.asha,
        at=NOON,
    )


def in_force(cast, case=None, effective_from=FROM):
    split = agreed(cast, case, effective_from)
    for commissioner in (cast.lara, cast.ian):
        split = approve(split=split, seen=split.sha256, by=commissioner, at=NOON)
    return split


def second_hat(cast):
    """Lara, commissioner of the council, acting for the ICB as well."""
    return SimpleNamespace(
        pk=cast.lara.pk,
        membership=SimpleNamespace(
            organisation=cast.eastmere.icb,
            organisation_id=cast.eastmere.icb_id,
            partnership_id=cast.eastmere.pk,
        ),
    )
