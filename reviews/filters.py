"""Which reviews are listed; the state of it is the address."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django_filters import ChoiceFilter, FilterSet

from cohorts.models.cohorts import Cohort
from cohorts.policy.due import SOON_DAYS
from core.forms import Form
from reviews.enums import ReviewStatus
from reviews.models import Review

NONE = "none"
NOBODY = "nobody"
FINISHED = "finished"
DUE = [
    ("overdue", "Overdue"),
    ("soon", f"Due within {SOON_DAYS} days"),
    ("later", "Due later"),
    ("no_date", "No date"),
]
STATES = [*ReviewStatus.choices, (FINISHED, "Finished")]


class ReviewFilterForm(Form):
    submit = ""
    method = "get"


class ReviewFilter(FilterSet):
    """The reviews under way, or those in one state, narrowed as asked."""

    state = ChoiceFilter(choices=STATES, label="State", empty_label="Under way", method="in_state")
    due = ChoiceFilter(choices=DUE, label="Due", empty_label="Any", method="due_in")
    cohort = ChoiceFilter(label="Cohort", empty_label="Any", method="in_cohort")
    who = ChoiceFilter(label="Care coordinator", empty_label="Anybody", method="coordinated_by")

    class Meta:
        model = Review
        fields: list[str] = []
        form = ReviewFilterForm

    def __init__(
        self,
        data: QueryDict,
        reviews: QuerySet[Review],
        *,
        request: HttpRequest,
        cohorts: list[Cohort],
        coordinators: list[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(data, reviews, request=request)
        named = [(str(cohort.pk), f"Cohort {cohort.name}") for cohort in cohorts]
        self.filters["cohort"].extra["choices"] = [*named, (NONE, "No cohort")]
        self.filters["who"].extra["choices"] = [(NOBODY, "Nobody yet"), *coordinators]
        self.today = today

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.under_way()
        return super().filter_queryset(queryset)

    def in_state(self, queryset, name, value):
        return queryset.finished() if value == FINISHED else queryset.that_are(value)

    def due_in(self, queryset, name, value):
        bands = {
            "overdue": lambda: queryset.overdue_on(self.today),
            "soon": lambda: queryset.due_within(SOON_DAYS, of=self.today),
            "later": lambda: queryset.due_after(SOON_DAYS, of=self.today),
            "no_date": queryset.without_a_due_date,
        }
        return bands[value]()

    def in_cohort(self, queryset, name, value):
        return queryset.in_no_cohort() if value == NONE else queryset.in_cohort(value)

    def coordinated_by(self, queryset, name, value):
        return queryset.with_nobody() if value == NOBODY else queryset.coordinated_by(value)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, as cleaned."""
        if not self.form.is_valid():
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def chips(self) -> list[tuple[str, str]]:
        """Name the filters in force, each with the address that takes it off."""
        chips = []
        for name, value in self.chosen.items():
            query = self.data.copy()
            for gone in (name, "page"):
                query.pop(gone, None)
            label = dict(self.filters[name].extra["choices"])[value]
            chips.append((label, f"?{query.urlencode()}"))
        return chips
