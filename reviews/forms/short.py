"""The short forms around a review: booking, that it was held or not, its CPA."""

from django import forms
from django.core.exceptions import ValidationError

from core.forms import DateField, Form, side_by_side
from core.refusals import Refused
from reviews.enums import NotCompletedReason
from reviews.operations.booking import check_held


class BookForm(Form):
    booked_for = DateField(label="Date of the review", help_text="For example, 27 3 2027")
    booked_time = forms.TimeField(
        label="Time (optional)",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M"),
        help_text="For example, 14:30",
    )
    place = forms.CharField(label="Place (optional)", required=False, max_length=120)

    layout = ("booked_for", side_by_side("booked_time", "place"))
    submit = "Book the review"


class StartForm(Form):
    held_on = DateField(label="Date the review was held", help_text="For example, 27 3 2027")

    submit = "Write the review"

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.today = case, today

    def clean_held_on(self):
        return checked_day(self.case, self.cleaned_data["held_on"], self.today)


class CpaForm(Form):
    held_on = DateField(label="Date the CPA was held", help_text="For example, 27 3 2027")

    submit = "Save the date"


class NotCompletedForm(Form):
    reason = forms.ChoiceField(
        label="Why did the review not happen?",
        choices=NotCompletedReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the review did not happen"},
    )

    submit = "Save the reason"


def checked_day(case, day, today):
    """Return a day on which a case can have been reviewed, or say as a form why it cannot."""
    try:
        check_held(case, day, today)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    return day
