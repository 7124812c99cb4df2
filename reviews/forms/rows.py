"""The rows of a review: people, needs, services. A row left empty does not count."""

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict, ErrorList

from aftercare.enums import NeedDomain
from core.forms import Form, MoneyField, YesNoField
from reviews.enums import Capacity
from reviews.forms.drafts import MOST_ROWS

ASK = [("", "Choose")]


class TypedForm(Form):
    """A form that can show what was typed without judging it: a draft may be half-finished."""

    is_quiet = False
    submit = ""

    def full_clean(self):
        if self.is_quiet:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def typed(self, name):
        """Return what stands in a field, as text."""
        value = self.fields[name].widget.value_from_datadict(self.data, {}, self.add_prefix(name))
        return str(value or "").strip()


class RowForm(TypedForm):
    """One row; `counted` are the fields that make it more than an empty one."""

    counted: tuple[str, ...] = ()

    def has_changed(self):
        return any(self.typed(name) for name in self.counted)


class PersonForm(RowForm):
    counted = ("name", "capacity")

    name = forms.CharField(label="Name", max_length=120)
    capacity = forms.ChoiceField(label="Takes part as", choices=ASK + Capacity.choices)
    took_part = forms.BooleanField(label="Took part", required=False)

    def word_errors(self, number):
        who = self.typed("name") or f"person {number}"
        self.fields["name"].error_messages["required"] = f"Enter the name of person {number}"
        self.fields["capacity"].error_messages["required"] = f"Choose what {who} takes part as"


class NeedForm(RowForm):
    counted = ("domain", "description", "arises_from_disorder", "reduces_risk")

    copied_from = forms.CharField(required=False, widget=forms.HiddenInput)
    domain = forms.ChoiceField(label="Kind of need", choices=ASK + NeedDomain.choices)
    description = forms.CharField(
        label="What is needed now", max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    arises_from_disorder = YesNoField(label="(a) From the disorder?")
    reduces_risk = YesNoField(label="(b) Reduces the risk?")

    def word_errors(self, number):
        for name, words in (
            ("domain", "Choose what kind of need need {} is"),
            ("description", "Enter what is needed now for need {}"),
            ("arises_from_disorder", "Answer (a) for need {}"),
            ("reduces_risk", "Answer (b) for need {}"),
        ):
            self.fields[name].error_messages["required"] = words.format(number)


class LineForm(RowForm):
    counted = ("description", "provider", "need", "weekly_cost")

    copied_from = forms.CharField(required=False, widget=forms.HiddenInput)
    description = forms.CharField(label="Service", max_length=200)
    provider = forms.CharField(label="Provider", max_length=120, required=False)
    need = forms.ChoiceField(label="Need it meets")
    weekly_cost = MoneyField(label="Pounds a week")

    def __init__(self, *args, need_choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [*ASK, *need_choices]
        self.fields["weekly_cost"].widget.attrs["class"] = "s117-money-input"

    def word_errors(self, number):
        what = f"“{self.typed('description')}”" if self.typed("description") else f"{number}"
        for name, words in (
            ("description", f"Enter what service {number} is"),
            ("need", f"Choose which need service {what} meets"),
            ("weekly_cost", f"Enter what service {what} costs a week"),
        ):
            self.fields[name].error_messages["required"] = words
        self.fields["need"].error_messages["invalid_choice"] = (
            f"Choose which need service {what} meets from the list"
        )


class TypedFormSet(BaseFormSet):
    """Rows of one kind."""

    is_quiet = False

    def add_fields(self, form, index):
        form.is_quiet = self.is_quiet
        form.number = (index or 0) + 1
        form.word_errors(form.number)

    def full_clean(self):
        if self.is_quiet:
            self._errors = [ErrorDict() for _ in self.forms]
            self._non_form_errors = ErrorList()
        else:
            super().full_clean()

    @property
    def filled(self):
        """The rows that count."""
        return [form for form in self.forms if form.has_changed()]


def _set_of(form):
    return formset_factory(
        form, formset=TypedFormSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )


PeopleFormSet = _set_of(PersonForm)
NeedFormSet = _set_of(NeedForm)
LineFormSet = _set_of(LineForm)
