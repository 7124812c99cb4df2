"""What people type about panels: what is asked, who is here, what was decided."""

import re
from fractions import Fraction
from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from core.forms import Form
from panels.enums import Outcome
from panels.models import Meeting
from panels.policy.asking import LONGEST


class ShareField(forms.CharField):
    """A part of the whole: 62.5, 62.5%, or an exact 5/8."""

    default_error_messages = {
        "invalid": "Enter the ICB’s share as a percentage like 62.5, or as a fraction like 5/8",
        "range": "The ICB’s share must be from 0 to 100 per cent",
    }

    def clean(self, value):
        text = re.sub(r"\s", "", super().clean(value))
        if re.fullmatch(r"\d{1,4}(\.\d{1,4})?%?", text):
            share = Fraction(text.rstrip("%")) / 100
        elif re.fullmatch(r"\d{1,4}/[1-9]\d{0,3}", text):
            share = Fraction(text)
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if share > 1:
            raise ValidationError(self.error_messages["range"], code="range")
        return share


class SubmitForm(Form):
    """What the panel is asked, in a sentence or two."""

    ask = forms.CharField(
        label="What you ask the panel",
        help_text="It stands on the agenda. Leave out the person’s name.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submit = "Send to panel"

    def clean_ask(self):
        return self.cleaned_data["ask"].rstrip(". ")  # pages and papers go on after it


class AttendanceForm(Form):
    """Which of the members are here now."""

    present = forms.MultipleChoiceField(
        label="Who is here", required=False, widget=forms.CheckboxSelectMultiple
    )
    submit = "Save attendance"

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [
            (str(member.pk), f"{member.name}: {member.get_seat_display()}, {member.body}")
            for member in meeting.members()
        ]


def _conditions(label, required):
    return forms.CharField(
        label=label,
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _icb_share():
    return ShareField(
        label="The ICB’s share",
        help_text="A percentage like 62.5, or a fraction like 5/8. The council pays the rest.",
        error_messages={"required": "Enter the ICB’s share"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


class DecisionForm(Form):
    """One decision: its reasons, and only what that decision needs besides."""

    MORE = {
        Outcome.CONDITIONS: (
            "conditions",
            partial(_conditions, "Conditions, each with who and by when", "Enter the conditions"),
        ),
        Outcome.DEFER: (
            "conditions",
            partial(_conditions, "What is needed, from whom and by when", "Enter what is needed"),
        ),
        Outcome.DEPART: ("icb_share", _icb_share),
    }

    reasons = forms.CharField(
        label="Reasons, for the minutes",
        error_messages={"required": "Enter the reasons: they go into the minutes"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submit = ""

    def __init__(self, *args, outcome: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.outcome = Outcome(outcome) if outcome in Outcome.values else None
        if self.outcome in self.MORE:
            name, new_field = self.MORE[self.outcome]
            self.fields[name] = new_field()
            if not self.is_bound:
                self.fields[name].widget.attrs["autofocus"] = True

    @property
    def more(self):
        """The one field that this decision needs besides its reasons, if any."""
        return self[self.MORE[self.outcome][0]] if self.outcome in self.MORE else None
