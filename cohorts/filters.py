"""Which cases of the register are listed; the state of it is the address."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django_filters import ChoiceFilter, FilterSet, MultipleChoiceFilter

from cohorts.enums import ClientGroup
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from cohorts.policy.due import SOON_DAYS
from cohorts.queries.register_list import Counts, facet_counts
from core.forms import Form

NONE = "none"
NOBODY = "nobody"
DUE = [("overdue", "Overdue"), ("soon", "Due within 30 days"), ("no_date", "No date")]
ALERTS = [("cto", "CTO"), ("restricted", "Restricted"), ("area", "Out of area")]


class RegisterFilterForm(Form):
    submit = ""
    method = "get"


class RegisterFilter(FilterSet):
    """The cases that are open, or those that have ended, narrowed as asked."""

    due = ChoiceFilter(
        choices=DUE,
        label="Next review",
        empty_label="Any",
        widget=forms.RadioSelect,
        method="due_in",
    )
    group = MultipleChoiceFilter(
        choices=ClientGroup.choices,
        label="Client group",
        widget=forms.CheckboxSelectMultiple,
        method="of_groups",
    )
    cohort = ChoiceFilter(label="Cohort", empty_label="Any", method="in_cohort")
    who = ChoiceFilter(label="Care coordinator", empty_label="Anybody", method="coordinated_by")
    alert = MultipleChoiceFilter(
        choices=ALERTS,
        label="Alerts",
        widget=forms.CheckboxSelectMultiple,
        method="with_alerts",
    )
    state = ChoiceFilter(
        choices=[("ended", "Ended")],
        empty_label="Open",
        widget=forms.HiddenInput,
        method="in_state",
    )

    class Meta:
        model = Case
        fields: list[str] = []
        form = RegisterFilterForm

    def __init__(
        self,
        data: QueryDict,
        cases: QuerySet[Case],
        *,
        request: HttpRequest,
        cohorts: list[Cohort],
        coordinators: list[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(data, cases, request=request)
        named = [(str(cohort.pk), cohort.name) for cohort in cohorts]
        self.filters["cohort"].extra["choices"] = [*named, (NONE, "No cohort")]
        self.filters["who"].extra["choices"] = [(NOBODY, "Nobody yet"), *coordinators]
        self.today = today

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def due_in(self, queryset, name, value):
        if value == "overdue":
            return queryset.overdue_on(self.today)
        if value == "soon":
            return queryset.due_within(SOON_DAYS, of=self.today)
        return queryset.without_a_due_date()

    def of_groups(self, queryset, name, value):
        return queryset.of_groups(value) if value else queryset

    def in_cohort(self, queryset, name, value):
        return queryset.in_no_cohort() if value == NONE else queryset.in_cohort(value)

    def coordinated_by(self, queryset, name, value):
        return queryset.with_nobody() if value == NOBODY else queryset.coordinated_by(value)

    def with_alerts(self, queryset, name, value):
        words = {
            "cto": queryset.on_a_cto,
            "restricted": queryset.restricted,
            "area": queryset.out_of_area,
        }
        for alert in value:
            queryset = queryset & words[alert]()
        return queryset

    def in_state(self, queryset, name, value):
        return queryset.ended()

    @property
    def chosen(self) -> dict[str, object]:
        """The filters in force, as cleaned."""
        if not self.form.is_valid():
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def with_counts(self) -> forms.Form:
        """Return the form with the number of cases at each choice, within cohort and person."""
        form, queryset = self.form, self.queryset
        chosen = self.chosen
        if "state" not in chosen:
            queryset = queryset.open()
        for name in ("state", "cohort", "who"):
            if name in chosen:
                queryset = self.filters[name].filter(queryset, chosen[name])
        counts = facet_counts(queryset, self.today)
        for name, choices in (("due", DUE), ("group", ClientGroup.choices), ("alert", ALERTS)):
            form.fields[name].choices = _counted(choices, counts)
        return form

    def chips(self) -> list[tuple[str, str]]:
        """Name the filters in force, each with the address that takes it off."""
        chips = []
        for name, value in self.chosen.items():
            labels = dict(self.filters[name].extra["choices"])
            for one in value if isinstance(value, list) else [value]:
                query = self.data.copy()
                query.setlist(name, [other for other in query.getlist(name) if other != one])
                query.pop("page", None)
                chips.append((_chip(name, labels[one]), f"?{query.urlencode()}"))
        return chips


def _counted(choices: list[tuple[str, str]], counts: Counts) -> list[tuple[str, str]]:
    return [(value, f"{label} ({counts[value]:,})") for value, label in choices]


def _chip(name: str, label: str) -> str:
    if name == "cohort" and label != "No cohort":
        return f"Cohort {label}"
    return label
