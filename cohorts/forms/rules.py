"""Rules as typed, one fieldset each, carried from page to page in the address until they are used.

So nothing is kept half-written anywhere, and the browser's back button shows what was there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cohorts.enums import ClientGroup, RuleField
from cohorts.models.cohorts import Cohort, CohortRule
from cohorts.operations.cohorts import RuleInput
from cohorts.policy.placement import Rule
from core.forms import DateField, DateWidget, Form

MOST_RULES = 25  # an address must stay under 4,000 characters
PARTING = "~"


@dataclass(frozen=True)
class TypedRule:
    """One rule in the words it was typed in, right or wrong; a date is day/month/year."""

    cohort: str = ""
    field: str = RuleField.NEXT_REVIEW_DUE
    starts_on: str = "//"
    ends_on: str = "//"
    client_group: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.cohort or self.client_group or (self.starts_on + self.ends_on).strip("/"))

    def as_text(self) -> str:
        return PARTING.join(getattr(self, part.name) for part in fields(self))

    def as_posted(self, prefix: str) -> dict[str, str]:
        posted = {f"{prefix}-{name}": getattr(self, name) for name in CHOICES}
        for name in DATES:
            for part, typed in zip(DateWidget.PARTS, self.parts(name), strict=True):
                posted[f"{prefix}-{name}_{part}"] = typed
        return posted

    def as_initial(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CHOICES} | {
            name: self.parts(name) for name in DATES
        }

    def parts(self, name: str) -> list[str]:
        return [*getattr(self, name).split("/"), "", "", ""][:3]


CHOICES = ("cohort", "field", "client_group")
DATES = ("starts_on", "ends_on")


class RuleForm(Form):
    """One rule; its errors say which."""

    cohort = forms.ChoiceField()
    field = forms.ChoiceField(label="Date looked at", choices=RuleField)
    starts_on = DateField(label="The from date", required=False)
    ends_on = DateField(label="The to date", required=False)
    client_group = forms.ChoiceField(required=False, choices=[("", "Any"), *ClientGroup.choices])

    def __init__(
        self, *args: Any, number: int, cohorts: Mapping[str, Cohort], **kwargs: Any
    ) -> None:
        self.number, self.cohorts = number, cohorts
        super().__init__(*args, **kwargs)
        names = [(key, cohort.name) for key, cohort in cohorts.items()]
        self.fields["cohort"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined]
        self["starts_on"].label, self["ends_on"].label = "From", "To"

    def clean_cohort(self) -> Cohort:
        return self.cohorts[self.cleaned_data["cohort"]]

    def clean(self) -> dict[str, Any]:
        if not {"starts_on", "ends_on"} & self.errors.keys():
            self._check_days(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])
        return self.cleaned_data

    def _check_days(self, starts_on: Any, ends_on: Any) -> None:
        if not (starts_on or ends_on):
            self.add_error("starts_on", "Enter a from date, a to date or both")
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The to date must be the same as or after the from date")

    def add_error(self, field: str | None, error: Any) -> None:
        messages = error.messages if isinstance(error, ValidationError) else [error]
        named = [f"Rule {self.number}: {text[:1].lower()}{text[1:]}" for text in messages]
        super().add_error(field, named)

    def as_input(self) -> RuleInput:
        told = self.cleaned_data
        return RuleInput(**(told | {"client_group": told["client_group"] or None}))

    def as_rule(self) -> Rule:
        told = self.cleaned_data
        return Rule(
            position=self.number,
            **(
                told | {"cohort": told["cohort"].name, "client_group": told["client_group"] or None}
            ),
        )


class RulesInOrder(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rules as a person has put them in order; none may be left empty."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        number = (index or 0) + 1
        return {**super().get_form_kwargs(index), "number": number, "empty_permitted": False}

    def as_inputs(self) -> list[RuleInput]:
        return [form.as_input() for form in self.forms]

    def as_rules(self) -> list[Rule]:
        return [form.as_rule() for form in self.forms]


_RuleFormSet: Any = forms.formset_factory(
    RuleForm, formset=RulesInOrder, extra=0, max_num=MOST_RULES, validate_max=True
)


class CohortForm(Form):
    """A new cohort."""

    name = forms.CharField(
        max_length=20,
        help_text="As short as people say it, such as D",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    reviewed_by = forms.CharField(
        label="Who reviews its cases",
        max_length=120,
        help_text="For example, the S117 team, or the CPA review",
        error_messages={"required": "Enter who reviews its cases"},
    )
    submit = "Add the cohort"

    def __init__(self, *args: Any, taken: Iterable[str], **kwargs: Any) -> None:
        self.taken = {name.casefold(): name for name in taken}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if there := self.taken.get(name.casefold()):
            raise ValidationError(f"There is a cohort called {there} already. Choose another name")
        return name


def rules_shown(typed: Sequence[TypedRule], cohorts: Mapping[str, Cohort]) -> RulesInOrder:
    """Return the rules to be typed on, with nothing judged yet."""
    initial = [rule.as_initial() for rule in typed]
    shown: RulesInOrder = _RuleFormSet(initial=initial, form_kwargs={"cohorts": cohorts})
    return shown


def rules_checked(typed: Sequence[TypedRule], cohorts: Mapping[str, Cohort]) -> RulesInOrder:
    """Return the rules as sent, to be judged."""
    count = str(len(typed))
    posted = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}
    for index, rule in enumerate(typed):
        posted |= rule.as_posted(f"form-{index}")
    checked: RulesInOrder = _RuleFormSet(posted, form_kwargs={"cohorts": cohorts})
    return checked


def typed_from_form(posted: QueryDict) -> list[TypedRule]:
    """Read the edit page as sent."""
    total = posted.get("form-TOTAL_FORMS", "0")
    count = min(int(total), MOST_RULES) if re.fullmatch(r"[0-9]{1,3}", total) else 0
    return [_typed_at(posted, f"form-{index}") for index in range(count)]


def typed_from_texts(texts: Iterable[str]) -> list[TypedRule]:
    """Read rules as they are carried in an address or in hidden fields."""
    room = len(fields(TypedRule))
    return [
        TypedRule(*parts) if len(parts := text.split(PARTING)) == room else TypedRule()
        for text in list(texts)[:MOST_RULES]
    ]


def typed_from_rules(rules: Iterable[CohortRule]) -> list[TypedRule]:
    """Write the stored rules as a person would type them."""
    return [
        TypedRule(
            cohort=str(rule.cohort_id),
            field=rule.field,
            starts_on="/".join(map(str, _day_month_year(rule.starts_on))),
            ends_on="/".join(map(str, _day_month_year(rule.ends_on))),
            client_group=rule.client_group,
        )
        for rule in rules
    ]


def changed(typed: Sequence[TypedRule], action: str) -> list[TypedRule]:
    """Return the rules after a button: "add", or "up", "down" or "remove" with an index."""
    rules = list(typed)
    verb, _, place = action.partition("-")
    if verb == "add":
        return [*rules, TypedRule()][:MOST_RULES]
    index = int(place) if re.fullmatch(r"[0-9]{1,3}", place) else len(rules)
    if index >= len(rules):
        return rules
    rule = rules.pop(index)
    if verb != "remove":
        rules.insert(moved_to(index, verb), rule)
    return rules


def moved_to(index: int, verb: str) -> int:
    """Return the index that a rule has after going up or down."""
    return max(0, index + {"up": -1, "down": 1}.get(verb, 0))


def _typed_at(posted: QueryDict, prefix: str) -> TypedRule:
    def text(name: str) -> str:
        return _carried(posted.get(f"{prefix}-{name}"))[:40]

    def day(name: str) -> str:
        parts = DateWidget().value_from_datadict(posted, {}, f"{prefix}-{name}")
        return "/".join(_carried(part)[:12] for part in parts)

    return TypedRule(
        cohort=text("cohort"),
        field=text("field"),
        starts_on=day("starts_on"),
        ends_on=day("ends_on"),
        client_group=text("client_group"),
    )


def _carried(text: str | None) -> str:
    return re.sub(r"[~/]", "", text or "").strip()


def _day_month_year(day: Any) -> tuple[Any, Any, Any]:
    return (day.day, day.month, day.year) if day else ("", "", "")
