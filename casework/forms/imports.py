"""What people type about a register: the file, where its columns go, a row put right."""

from pathlib import PurePath
from typing import Any

from django import forms
from django_filters import ChoiceFilter, FilterSet

from casework.forms.funding import SplitFilterForm
from cohorts.enums import ClientGroup, NoNumberReason, RowOutcome
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.policy.register_columns import FIELDS, Column
from cohorts.policy.register_rows import fields_of
from cohorts.policy.register_text import as_text
from cohorts.queries.import_preview import reasons, stopping
from cohorts.queries.register_file import MAX_BYTES, UnreadableRegister, open_register
from cohorts.queries.register_reading import LEFT_OUT, columns_of
from core.forms import Form, section, side_by_side


class UploadForm(Form):
    file = forms.FileField(
        label="The register",
        help_text="An Excel workbook (.xlsx) or a CSV file, as you keep it: titles, totals and "
        "blank rows may stay. At most 10\N{NO-BREAK SPACE}MB.",
        error_messages={
            "required": "Choose the file that holds the register",
            "empty": "The file is empty. Choose the file that holds the register",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    submit = "Upload and check"

    def clean_file(self):
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_BYTES:
            raise forms.ValidationError(
                "The file is larger than 10 MB. Keep to one sheet, without pictures"
            )
        self.content = uploaded.read()
        try:
            open_register(self.content, uploaded.name)
        except UnreadableRegister as unreadable:
            raise forms.ValidationError(unreadable.sentence) from unreadable
        return uploaded

    @property
    def file_name(self) -> str:
        return PurePath(self.cleaned_data["file"].name).name


class ColumnsForm(Form):
    """One choice a column: the field it fills, or that it stays with the file."""

    submit = ""

    def __init__(self, *args: Any, register_import: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = columns_of(register_import)
        for column in self.mapping.columns:
            field = forms.ChoiceField(
                label=f"{column.heading or 'Column without a heading'} goes to",
                choices=[("", "Choose"), *_fields()],
                initial=column.field or "",
                required=False,
                widget=forms.Select(attrs={"class": "govuk-select s117-narrow"}),
            )
            field.error_messages["invalid_choice"] = f"Choose where {column.heading} goes"
            self.fields[_name(column)] = field

    def rows(self) -> list[tuple[Column, Any]]:
        """Return each column with its choice; those not chosen yet first."""
        columns = sorted(self.mapping.columns, key=lambda column: column.field is not None)
        return [(column, self[_name(column)]) for column in columns]

    def clean(self) -> None:
        chosen = self.mapping.with_fields(
            {
                column.index: name
                for column, name in zip(self.mapping.columns, self.chosen, strict=True)
            }
        )
        for field in chosen.clashes():
            clashing = [column for column in chosen.columns if column.field == field]
            sentence = f"Two columns go to {FIELDS[field]}. Choose another place for one of them"
            self.add_error(_name(clashing[-1]), sentence)

    @property
    def chosen(self) -> list[str | None]:
        return [self.cleaned_data.get(_name(column)) or None for column in self.mapping.columns]

    @property
    def is_changed(self) -> bool:
        return self.chosen != [column.field for column in self.mapping.columns]


class RowForm(Form):
    """A row put right: every field as text, beside what the file says; problems at their fields."""

    nhs_number = forms.CharField(label="NHS number", required=False)
    no_number_reason = forms.ChoiceField(
        label="If there is no NHS number, why",
        choices=[("", "There is one"), *NoNumberReason.choices],
        required=False,
    )
    family_name = forms.CharField(label="Family name", required=False)
    given_names = forms.CharField(label="Given names", required=False)
    born_on = forms.CharField(label="Date of birth", required=False)
    client_group = forms.ChoiceField(
        label="Client group", choices=[("", "Choose"), *ClientGroup.choices], required=False
    )
    section = forms.CharField(label="Section of the Mental Health Act", required=False)
    detained_on = forms.CharField(label="Detained on", required=False)
    left_hospital_on = forms.CharField(label="Left hospital on", required=False)
    last_reviewed_on = forms.CharField(label="Last reviewed on", required=False)
    next_review_due = forms.CharField(label="Next review due", required=False)
    care_coordinator = forms.CharField(label="Care coordinator", required=False)
    provider = forms.CharField(label="Provider", required=False)
    weekly_cost = forms.CharField(label="Weekly cost", required=False)
    shares = forms.CharField(label="Split, health and council", required=False)
    health_share = forms.CharField(label="Health’s share, in per cent", required=False)
    la_share = forms.CharField(label="Council’s share, in per cent", required=False)
    out_of_area = forms.ChoiceField(
        label="Out of area",
        choices=[("", "Not said"), ("yes", "Yes"), ("no", "No")],
        required=False,
    )
    postcode = forms.CharField(label="Postcode", required=False)
    gp_practice = forms.CharField(label="GP practice", required=False)
    local_reference = forms.CharField(label="Local reference", required=False)
    submit = "Save the row"

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        self.row = row
        mapping = columns_of(row.register_import)
        self.said = {name: as_text(cell) for name, cell in fields_of(row.cells, mapping).items()}
        super().__init__(*args, **kwargs)
        for name in _shares_not_in(set(mapping.fields().values())):
            del self.fields[name]
        if mapping.council_first and "shares" in self.fields:
            self.fields["shares"].label = "Split, council and health"
        for name, field in self.fields.items():
            field.help_text = self._file_says(name)
            field.widget.attrs["class"] = "govuk-!-width-full"

    @property
    def layout(self):
        """Return what is to put right first, then the rest, two fields side by side."""
        wrong = [name for name in self.fields if name in self.errors]
        if "nhs_number" in wrong:
            wrong.insert(wrong.index("nhs_number") + 1, "no_number_reason")
        rest = [name for name in self.fields if name not in wrong]
        pairs = [side_by_side(*rest[n : n + 2]) for n in range(0, len(rest), 2)]
        return (
            *([section("To put right", *dict.fromkeys(wrong))] if wrong else []),
            section("The rest of the row" if wrong else "The row", *pairs),
        )

    @classmethod
    def showing(cls, row: ImportRow) -> "RowForm":
        """Return the form as the row stands, with what stops it at its fields."""
        form = cls(row=row)
        form = cls(form.now(), row=row)
        form.is_valid()
        form.add_problems()
        return form

    def now(self) -> dict[str, str]:
        """Return what each field holds now: what was typed, else what the file says."""
        return {name: self._now(name) for name in self.fields}

    def add_problems(self) -> None:
        """Put what stops the row at the fields it is about."""
        for problem in stopping(self.row):
            places = [problem["field"], _AT.get(problem["field"])]
            place = next((name for name in places if name in self.fields), None)
            self.add_error(place, problem["sentence"])

    @property
    def corrections(self) -> dict[str, str]:
        """Return all that is typed instead of what the file says, earlier or now."""
        now = self.now()
        changed = {name: typed for name, typed in self.cleaned_data.items() if typed != now[name]}
        kept = {name: text for name, text in self.row.corrections.items() if name != LEFT_OUT}
        return kept | changed

    def _now(self, name: str) -> str:
        typed = self.row.corrections.get(name)
        if name in ("client_group", "out_of_area"):
            return self._understood(name)
        if typed is not None:
            return typed
        if name in ("family_name", "given_names") and "full_name" in self.said:
            return str(self.row.values.get(name) or "")
        return self.said.get(name, "")

    def _understood(self, name: str) -> str:
        value = self.row.values.get(name)
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def _file_says(self, name: str) -> str:
        if name == "no_number_reason":
            return ""
        source = "full_name" if name in ("family_name", "given_names") else name
        said = self.said.get(name) or self.said.get(source, "")
        return f"The file says: {said}" if said else "The file says nothing"


class LeaveOutForm(Form):
    reason = forms.CharField(
        label="Why this row is left out",
        max_length=80,
        error_messages={"required": "Enter why this row is left out"},
    )
    submit = ""


class RowFilterForm(SplitFilterForm):
    """The filter at the left of a file's rows."""


class RowFilter(FilterSet):
    """Which rows of a file are listed; its state is the address."""

    outcome = ChoiceFilter(
        choices=RowOutcome.choices, label="State", empty_label="All", method="of_outcome"
    )
    problem = ChoiceFilter(choices=[], label="Why it waits", empty_label="All", method="of_problem")

    class Meta:
        model = ImportRow
        fields: list[str] = []
        form = RowFilterForm

    def __init__(self, *args: Any, register_import: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["problem"].extra["choices"] = [
            (reason.word, reason.why) for reason in reasons(register_import)
        ]

    def of_outcome(self, queryset, name, value):
        return queryset.that_are(value)

    def of_problem(self, queryset, name, value):
        return queryset.stopped_by(value)

    def chips(self) -> list[tuple[str, str]]:
        """Name the filters in force, each with the query string that takes it off."""
        chips = []
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name) if self.form.is_valid() else None
            if value:
                query = self.data.copy()
                query.pop(name)
                query.pop("page", None)
                words = dict(filter_.extra["choices"]).get(value, value)
                chips.append((f"{filter_.label}: {words}", f"?{query.urlencode()}"))
        return chips


_SHORT = {
    "full_name": "Family and given names",
    "care_coordinator": "Care coordinator",
    "left_hospital_on": "Left hospital on",
    "shares": "Split, ICB and council",
    "comments": "Comments, with the row",
    "ignore": "Not imported, kept with the file",
}
_AT = {"full_name": "family_name", "health_share": "shares"}


def _fields() -> list[tuple[str, str]]:
    return list({**FIELDS, **_SHORT}.items())


def _name(column: Column) -> str:
    return f"column_{column.index}"


def _shares_not_in(held: set[str]) -> list[str]:
    """Return the fields for shares that this file does not have; it has at least one of them."""
    apart = held & {"health_share", "la_share"}
    if "shares" in held or not apart:
        return [name for name in ("health_share", "la_share") if name not in held]
    return [name for name in ("shares", "health_share", "la_share") if name not in held]
