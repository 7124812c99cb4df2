from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from matrices.forms import AssessmentForm, ShareField
from tests.matrices import sheets
from tests.matrices.test_views import sent


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("62.5", Fraction(5, 8)),
        ("62.5%", Fraction(5, 8)),
        (" 1 / 3 ", Fraction(1, 3)),
        ("0", Fraction(0)),
        ("100", Fraction(1)),
        ("33.3333", Fraction(333333, 1000000)),
        ("", None),
    ],
)
def test_a_share_is_read_exactly(typed, share):
    assert ShareField(required=False).clean(typed) == share


@pytest.mark.parametrize("typed", ["160", "160%", "-1", "5/4", "100.01"])
def test_a_share_outside_0_to_100_is_refused(typed):
    with pytest.raises(ValidationError, match="must be from 0% to 100%"):
        ShareField().clean(typed)


@pytest.mark.parametrize("typed", ["half", "1/0", "1e3", "NaN", "62,5", "١٠", "1/3/4"])
def test_a_share_that_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError, match="as a percentage like"):
        ShareField().clean(typed)


def form_for(cast, answers, **more):
    options = {name: more.pop(name) for name in ("for_departure",) if name in more}
    return AssessmentForm(
        sent(answers, **more), assessment=sheets.started(cast), for_proposal=True, **options
    )


def test_every_open_domain_and_missing_evidence_is_an_error_of_its_own_field(cast):
    answers = sheets.answers(risk_to_self="", cognition="")
    answers["daily_living"]["evidence"] = ""

    form = form_for(cast, answers, effective_from="")

    assert form.errors == {
        "level_risk_to_self": ["Choose a level for Risk to self"],
        "level_cognition": ["Choose a level for Cognition"],
        "evidence_daily_living": ["Enter the evidence for Daily living"],
        "effective_from": ["Enter the day from which the split is in force"],
    }


def test_a_departure_needs_a_share_and_reasons(cast):
    form = form_for(cast, sheets.answers(), for_departure=True)

    assert form.errors == {
        "icb_share": ["Enter the ICB’s share that you propose"],
        "reasons": ["Say why the split departs from the matrix"],
    }


def test_a_full_sheet_gives_answers_and_a_proposal(cast):
    form = form_for(
        cast, sheets.answers(), for_departure=True, icb_share="50", reasons="Agreed locally"
    )

    assert form.is_valid()
    assert form.answers == sheets.answers()
    assert form.proposal == {
        "effective_from": sheets.FROM,
        "icb_share": Fraction(1, 2),
        "reasons": "Agreed locally",
    }
