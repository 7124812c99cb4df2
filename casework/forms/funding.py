"""What people type about a split: which ones to list, a decision, an answer."""

import re
from decimal import Decimal

from django import forms
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from cohorts.enums import ClientGroup
from cohorts.models.cohorts import Cohort
from core.forms import Form
from matrices.enums import SplitStatus
from matrices.models import FundingSplit


def cohorts_of(request):
    return Cohort.objects.visible_to(request.user)


class SplitFilterForm(Form):
    """The filter at the left, its boxes as wide as it is."""

    submit = ""
    method = "get"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "govuk-!-width-full"


class SplitFilter(FilterSet):
    """Which splits are listed; its state is the address."""

    client_group = ChoiceFilter(
        choices=ClientGroup.choices, label="Client group", empty_label="All", method="of_group"
    )
    state = ChoiceFilter(
        choices=SplitStatus.choices, label="State", empty_label="All", method="in_state"
    )
    cohort = ModelChoiceFilter(
        queryset=cohorts_of, label="Cohort", empty_label="All", method="in_cohort"
    )

    class Meta:
        model = FundingSplit
        fields: list[str] = []
        form = SplitFilterForm

    def of_group(self, queryset, name, value):
        return queryset.of_group(value)

    def in_state(self, queryset, name, value):
        return queryset.in_state(value)

    def in_cohort(self, queryset, name, value):
        return queryset.in_cohort(value)

    def chips(self):
        """Name the filters in force, each with the query string that takes it off."""
        chips = []
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name) if self.form.is_valid() else None
            if value:
                query = self.data.copy()
                query.pop(name)
                query.pop("page", None)
                words = dict(filter_.extra.get("choices", ())).get(value, value)
                chips.append((f"{filter_.label}: {words}", f"?{query.urlencode()}"))
        return chips


class DecisionForm(Form):
    """A body's word on a split: `seen` and `seen_cost` say what it was shown."""

    reasons = forms.CharField(
        label="Reasons or questions",
        help_text="Needed if you return it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_cost = forms.CharField(required=False, widget=forms.HiddenInput)
    submit = ""

    @property
    def cost_seen(self) -> Decimal | None:
        shown = self.cleaned_data.get("seen_cost", "")
        return Decimal(shown) if re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", shown) else None


class AnswerForm(Form):
    answer = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter the answer"},
    )
    submit = "Send the answer"
