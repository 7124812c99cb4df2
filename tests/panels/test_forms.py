"""What may be typed about panels, and how it is refused."""

from fractions import Fraction

import pytest

from panels.forms import AttendanceForm, DecisionForm, SubmitForm


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("62.5", Fraction(5, 8)),
        (" 62.5 % ", Fraction(5, 8)),
        ("1/3", Fraction(1, 3)),
        ("0", Fraction(0)),
        ("100%", Fraction(1)),
    ],
)
def test_decision_form_reads_a_share(typed, share):
    form = DecisionForm({"reasons": "Both agree.", "icb_share": typed}, outcome="depart")

    assert form.is_valid()
    assert form.cleaned_data == {"reasons": "Both agree.", "icb_share": share}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the ICB’s share"),
        ("lots", "Enter the ICB’s share as a percentage like 62.5, or as a fraction like 5/8"),
        ("-5", "Enter the ICB’s share as a percentage like 62.5, or as a fraction like 5/8"),
        ("160%", "The ICB’s share must be from 0 to 100 per cent"),
        ("8/5", "The ICB’s share must be from 0 to 100 per cent"),
    ],
)
def test_decision_form_refuses_a_share(typed, sentence):
    form = DecisionForm({"reasons": "Both agree.", "icb_share": typed}, outcome="depart")

    assert form.errors == {"icb_share": [sentence]}


@pytest.mark.parametrize(
    ("outcome", "errors"),
    [
        ("approve", ["Enter the reasons: they go into the minutes"]),
        (
            "conditions",
            ["Enter the reasons: they go into the minutes", "Enter the conditions"],
        ),
        ("defer", ["Enter the reasons: they go into the minutes", "Enter what is needed"]),
    ],
)
def test_decision_form_asks_only_for_what_the_decision_needs(outcome, errors):
    form = DecisionForm({"reasons": " "}, outcome=outcome)

    assert [error for field in form.errors.values() for error in field] == errors


def test_submit_form_asks_for_a_sentence():
    assert SubmitForm({"ask": ""}).errors == {"ask": ["Enter what you ask the panel"]}
    assert "280 characters or fewer" in SubmitForm({"ask": "x" * 281}).errors["ask"][0]


def test_submit_form_leaves_the_last_full_stop_to_the_page():
    form = SubmitForm({"ask": "Agree the package: Supported flat. "})

    assert form.is_valid()
    assert form.cleaned_data["ask"] == "Agree the package: Supported flat"


def test_attendance_form_knows_the_members_only(meeting):
    member = meeting.members()[0]

    assert AttendanceForm({"present": [str(member.pk)]}, meeting=meeting).is_valid()
    assert not AttendanceForm({"present": ["somebody"]}, meeting=meeting).is_valid()
    assert AttendanceForm({}, meeting=meeting).is_valid()
