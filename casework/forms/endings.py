"""What a body types about an ending: its reasons, whichever way it says."""

from django import forms

from core.forms import Form
from reviews.operations.endings import REASONS_LENGTH

TOO_SHORT = "Enter your body’s reasons in a sentence, so that they can be read later"


class WordForm(Form):
    """One body's reasons; the button says whether it is satisfied or after-care goes on."""

    reasons = forms.CharField(
        label="Your body’s reasons",
        help_text="At least a sentence. The other body and the care team read it.",
        min_length=REASONS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": TOO_SHORT, "min_length": TOO_SHORT},
    )
    submit = ""
