"""What people type about panels: what is asked, who is here, what was decided."""

import re
from fractions import Fraction

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


class AttendanceForm(Form):
    """Which of the members are here now."""

    present = forms.MultipleChoiceField(
        label="Who is here", required=False, widget=forms.CheckboxSelectMultiple
    )
    submit = "Save attendance"

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [
            (str(member.pk), f"{member.name}, {member.get_seat_display().lower()}, {member.body}")
            for member in meeting.members()
        ]


class DecisionForm(Form):
    """One decision: its reasons, and only what that decision needs besides."""

    NEEDS = {
        Outcome.CONDITIONS: "conditions",
        Outcome.DEFER: "conditions",
        Outcome.DEPART: "icb_share",
    }
    LABELS = {
        Outcome.CONDITIONS: "Conditions, each with who and by when",
        Outcome.DEFER: "What is needed, from whom and by when",
    }

    reasons = forms.CharField(
        label="Reasons, for the minutes",
        error_messages={"required": "Enter the reasons: they go into the minutes"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    conditions = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    icb_share = ShareField(
        label="The ICB’s share",
        help_text="A percentage like 62.5, or a fraction like 5/8. The council pays the rest.",
        error_messages={"required": "Enter the ICB’s share"},
    )
    submit = ""

    def __init__(self, *args, outcome: str = "", **kwargs):
        self.outcome = Outcome(outcome) if outcome in Outcome.values else None
        super().__init__(*args, **kwargs)
        needed = self.NEEDS.get(self.outcome)
        for name in ("conditions", "icb_share"):
            if name != needed:
                del self.fields[name]
        if needed == "conditions":
            label = self.LABELS[self.outcome]
            self.fields["conditions"].label = label
            self.fields["conditions"].error_messages["required"] = (
                "Enter the conditions"
                if self.outcome == Outcome.CONDITIONS
                else "Enter what is needed"
            )
