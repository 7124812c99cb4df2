"""Example inputs for the gallery: everybody and every sum is invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from core.forms import (
    DateField,
    Form,
    InlineRadioSelect,
    MoneyField,
    NHSNumberField,
    YesNoField,
    section,
    side_by_side,
)


class ExampleForm(Form):
    """Every kind of field once."""

    family_name = forms.CharField(max_length=60, help_text="As on the birth certificate")
    nhs_number = NHSNumberField()
    born_on = DateField(label="Date of birth", help_text="For example, 27 3 1967")
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "off"}))
    hours = forms.IntegerField(label="Hours a week", min_value=0, max_value=168)
    weekly_cost = MoneyField(label="Cost a week", help_text="Without VAT")
    starts_at = forms.TimeField(label="Time", required=False)
    route = forms.ChoiceField(
        label="How the entitlement began",
        choices=[("3", "Section 3"), ("37", "Section 37"), ("other", "Another section")],
        widget=forms.RadioSelect,
    )
    other_route = forms.CharField(label="Which section", required=False)
    urgency = forms.ChoiceField(
        choices=[("usual", "Usual"), ("urgent", "Urgent")], widget=InlineRadioSelect
    )
    is_related = YesNoField(label="Does the need arise from the mental disorder?")
    needs = forms.MultipleChoiceField(
        choices=[("home", "A home"), ("medicine", "Medication"), ("company", "Company")],
        widget=forms.CheckboxSelectMultiple,
    )
    body = forms.ChoiceField(
        label="Responsible ICB", choices=[("", "---------"), ("north", "North"), ("south", "South")]
    )
    document = forms.FileField(label="Assessment")
    notes = forms.CharField(
        max_length=200, widget=forms.Textarea(attrs={"rows": 3}), label="What the person says"
    )
    is_sure = forms.BooleanField(label="I have read the assessment")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    layout = (
        section("Person", side_by_side("family_name", "nhs_number"), "born_on"),
        "email", "password", "hours", "weekly_cost", "starts_at",
        section("After-care", "route", "urgency", "is_related", "needs", "body"),
        "document", "notes", "is_sure", "token",
    )  # fmt: skip
    reveals = {"route": {"other": ("other_route",)}}
    submit = "Check your answers"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        route: Any = self.fields["route"]
        route.choice_hints = {"37": "A hospital order made by a court"}


MISTAKES = {
    "born_on_day": "31",
    "born_on_month": "2",
    "born_on_year": "1967",
    "nhs_number": "999 660 5429",
    "email": "marian",
    "hours": "200",
    "weekly_cost": "lots",
    "route": "other",
}


@dataclass(frozen=True)
class Person:
    family_name: str
    given_names: str
    reference: str
    born_on: date | None
    url: str = "#main"
    age: int = 59
    nhs_number: str = ""
    client_group: str = ""
    alerts: tuple[str, ...] = ()
    verb: str = ""
    verb_url: str = ""
    why: str = ""
    due_on: date | None = None
    state: tuple[str, str] | None = None


def thing(**attributes: Any) -> SimpleNamespace:
    return SimpleNamespace(**attributes)


def _cost(body: str, share: Fraction, weekly: str, annual: str, now: str) -> SimpleNamespace:
    return thing(
        body=body,
        share=share,
        weekly=Decimal(weekly),
        annual=Decimal(annual),
        weekly_now=Decimal(now),
        change=Decimal(weekly) - Decimal(now),
    )


def _work() -> SimpleNamespace:
    rows = [
        Person(
            "Ashworth", "Marian Ruth", "EM-0417", date(1967, 6, 12),
            verb="Write the review", verb_url="#main", why="Held today, 2 March 2027",
            due_on=date(2026, 10, 26), state=("127 days overdue", "red"),
        ),
        Person(
            "Featherstonehaugh-Cholmondeley", "Persephone Wilhelmina", "EM-0113", date(1954, 6, 12),
            verb="Price for supported living", why="With Brokerage, Eastmere Council",
            due_on=date(2027, 3, 11), state=("For 1 day", "yellow"),
        ),
    ]  # fmt: skip
    return thing(
        id="overdue", caption="Overdue", due_heading="Was due", state_heading="How late", rows=rows
    )


def examples() -> dict[str, Any]:
    """Return an input for each component, named as the gallery's template names it."""
    half = Fraction(1, 2)
    navigation = [
        thing(label=label, url="#main", current=label == "Register")
        for label in ("My work", "Register", "Reviews", "Panels", "Funding", "Reports")
    ]
    return {
        "frame": thing(
            partnership="Eastmere",
            partnerships_count=2,
            user_name="Priya Nair",
            role_label="care coordinator",
            is_demonstration=True,
            navigation=navigation,
            search_url="/components/",
        ),
        "person": Person(
            "Ashworth", "Marian Ruth", "EM-0417", date(1967, 6, 12),
            nhs_number="9990412200", client_group="Mental health", alerts=("CTO", "Out of area"),
        ),
        "plain_person": Person(
            "Featherstonehaugh-Cholmondeley", "Persephone Wilhelmina", "EM-0113", None
        ),
        "tabs": [
            thing(label=label, url="#main", current=label == "Funding")
            for label in ("Overview", "Needs and services", "Reviews", "Funding", "Timeline")
        ],
        "steps": [
            thing(name=name, state=state, line=line)
            for name, state, line in (
                ("Entitled", "done", "14 February 2022"),
                ("Review", "done", "held 2 March"),
                ("Needs", "done", "agreed 3 March"),
                ("Split", "now", "proposed 4 March"),
                ("Panel", "later", "next: 18 March"),
                ("Approved", "later", "by council and ICB"),
                ("Next review", "later", "by 2 March 2028"),
            )
        ],
        "next_page": thing(label="Work out the split", url="#main", is_post=False),
        "next_act": thing(label="Send to panel", url="#main", is_post=True),
        "colours": [
            ("Not started", "grey"), ("Booked 4 March", "blue"), ("Due in 9 days", "yellow"),
            ("6 days overdue", "orange"), ("127 days overdue", "red"), ("In date", "green"),
            ("Panel", "purple"), ("Draft", "turquoise"),
        ],
        "numbers": [
            (3, "overdue", "#main", "late"), (4, "due this month", "#main", "soon"),
            (370, "ready", "#main", "ok"), (412, "rows in the file", "", ""),
        ],
        "facts": [("Since", "14 February 2022"), ("Council", "Eastmere Council")],
        "answers": [
            ("Held on", "2 March 2027", "#main"), ("Reasons", "", "#main"), ("Case", "EM-0417", ""),
        ],
        "costs": [
            _cost("Eastmere and Dale ICB", Fraction(5, 8), "671.87", "35033.22", "481.75"),
            _cost("Eastmere Council", Fraction(3, 8), "403.13", "21020.35", "481.75"),
        ],
        "total": _cost("Together", half * 2, "1075.00", "56053.57", "963.50"),
        "split_steps": [
            thing(name="Points", result="32 of 48", why="6 + 6 + 4 + 6 + 10", is_sum=False),
            thing(name="Eastmere and Dale ICB", result="£671.87", why="a week", is_sum=True),
        ],
        "events": [
            thing(
                title="Split proposed", by="Priya Nair", on=None, text="ICB 62.5%.",
                at=datetime(2027, 3, 4, 11, 20, tzinfo=UTC), links=[("See the scores", "#main")],
            ),
            thing(title="Reminder sent", by="", at=None, on=date(2027, 1, 25), text="", links=[]),
        ],
        "group": _work(),
        "in_force": [("Cohort B", "?"), ("Open cases", "?")],
        "notes": [
            Message(constants.SUCCESS, "Sent to the A panel. Next: HUSSEIN, Amina."),
            Message(constants.INFO, "Nothing has changed since you last looked."),
            Message(constants.WARNING, "The panel has no clinician for item 7."),
            Message(constants.ERROR, "Somebody else approved this a moment ago."),
        ],
        "problems": [("main", "Enter the family name"), ("", "The dates are the wrong way round")],
    }  # fmt: skip
