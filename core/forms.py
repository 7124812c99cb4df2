"""Forms: a class declares fields and order; the look and the error sentences come from here."""

import re
from calendar import month_name
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from core.identifiers import clean_nhs_number, format_nhs_number

Attrs = dict[str, Any] | None
MONTHS = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}
WORDS_WITHOUT_ARTICLE = {
    "a", "an", "any", "how", "the", "their", "what", "when", "where", "which", "who", "why", "your",
}  # fmt: skip


# Widgets ----------------------------------------------------------------------------------------


class InlineRadioSelect(forms.RadioSelect):
    """Radios side by side: for two short answers."""

    is_inline = True


class MoneyInput(forms.TextInput):
    """A box with £ before it."""

    def __init__(self, attrs: Attrs = None) -> None:
        own = {"inputmode": "decimal", "spellcheck": "false", "class": "govuk-input--width-10"}
        super().__init__(own | (attrs or {}))

    def format_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else super().format_value(value)


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes; a whole date under the field's own name is read too."""

    PARTS = ("day", "month", "year")
    use_fieldset = True

    def __init__(self, attrs: Attrs = None) -> None:
        super().__init__(dict.fromkeys(self.PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        whole = str(data.get(name) or "").strip()
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", whole):
            return list(reversed(match.groups()))
        if match := re.fullmatch(r"(\d{1,2})[\s/.-](\w+)[\s/.-](\d+)", whole):
            return list(match.groups())
        return super().value_from_datadict(data, files, name)


def _small(text: str) -> int:
    """Read a day or a month; 0, which is neither, for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0


# Fields -----------------------------------------------------------------------------------------


class DateField(forms.MultiValueField):
    """A day, as three boxes. Errors say which part is wrong and mark only that box."""

    widget = DateWidget

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False) for _ in DateWidget.PARTS]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)
        self.wrong: tuple[str, ...] = ()

    def compress(self, data_list: Any) -> Any:
        return data_list

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        missing = tuple(
            name for name, text in zip(DateWidget.PARTS, typed, strict=True) if not text
        )
        if len(missing) == 3:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if missing:
            parts = " and ".join(f"a {name}" for name in missing)
            self._refuse(f"must include {parts}", missing)
        return self._read(*typed)

    def _read(self, day: str, month: str, year: str) -> date:
        if not re.fullmatch(r"[0-9]{4}", year):
            self._refuse("must have a year of four figures, like 2027", ("year",))
        if int(year) < 1900:
            self._refuse("must be in 1900 or later", ("year",))
        named = MONTHS.get(month.lower()[:3], 0) if month.isalpha() else _small(month)
        try:
            return date(int(year), named, _small(day))
        except ValueError:
            self._refuse("must be a real date", self._unreal(_small(day), named))

    def _unreal(self, day: int, month: int) -> tuple[str, ...]:
        month_is_real, day_is_real = 1 <= month <= 12, 1 <= day <= 31
        if month_is_real == day_is_real:
            return DateWidget.PARTS
        return ("day",) if month_is_real else ("month",)

    def _refuse(self, what: str, wrong: tuple[str, ...]) -> NoReturn:
        self.wrong = wrong
        raise ValidationError(f"{self.label or 'The date'} {what}", code="invalid")


class MoneyField(forms.DecimalField):
    """Pounds and pence; reads £1,234.50."""

    widget = MoneyInput
    default_error_messages = {"invalid": "Enter an amount in pounds, like 1,234.50"}

    def __init__(self, *, min_value: Decimal | None = Decimal(0), **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value).replace("\N{MINUS SIGN}", "-")
            if value and not re.fullmatch(r"-?[0-9]{1,10}(\.[0-9]{1,2})?", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class NHSNumberField(forms.CharField):
    """Ten digits with or without spaces; the digits alone are kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "NHS number")
        super().__init__(**kwargs)
        self.widget.attrs |= {
            "class": "govuk-input--width-10",
            "inputmode": "numeric",
            "spellcheck": "false",
            "autocomplete": "off",
        }

    def prepare_value(self, value: Any) -> Any:
        is_clean = isinstance(value, str) and re.fullmatch(r"\d{10}", value)
        return format_nhs_number(value) if is_clean else value

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value:
            return value
        try:
            return clean_nhs_number(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class YesNoField(forms.TypedChoiceField):
    """Yes or No as radios side by side; the answer is True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=InlineRadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


# Layout -----------------------------------------------------------------------------------------


def section(legend: str, *fields: Any) -> Fieldset:
    """Group fields under a legend."""
    return Fieldset(legend, *fields)


def side_by_side(*fields: Any) -> Div:
    """Set fields in two columns where there is room."""
    return Div(*fields, css_class="s117-side")


class _Look(forms.BaseForm):
    """The order of fields, what reveals what, the button; and error sentences of our own."""

    use_required_attribute = False
    layout: tuple[Any, ...] = ()
    reveals: dict[str, dict[str, tuple[str, ...]]] = {}
    submit = "Save and continue"
    method = "post"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = field.label or self[name].label
            _type_numbers_as_text(field)
            _name_empty_choice(field)
            _word_errors(field)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.form_method = self.method
        helper.layout = Layout(*(self.layout or self._unrevealed()))
        if self.submit:
            helper.add_input(Submit("", self.submit))
        return helper

    def _unrevealed(self) -> list[str]:
        revealed = {
            name for values in self.reveals.values() for names in values.values() for name in names
        }
        return [name for name in self.fields if name not in revealed]


class Form(_Look, forms.Form):
    """A form shown by `{% crispy form %}` inside a <form> element of the page."""


class ModelForm(_Look, forms.ModelForm):  # type: ignore[type-arg]  # no brackets at run time
    """The same for a model: fields and checks only, never `save()`."""


def _type_numbers_as_text(field: forms.Field) -> None:
    """Show numbers as text: a wheel or an arrow key must not change an amount unseen."""
    if isinstance(field.widget, forms.NumberInput):
        whole = isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField)
        field.widget.input_type = "text"
        field.widget.attrs["inputmode"] = "numeric" if whole else "decimal"
        for name in ("min", "max", "step"):
            field.widget.attrs.pop(name, None)


def _name_empty_choice(field: Any) -> None:
    if getattr(field, "empty_label", None) == "---------":
        field.empty_label = "Choose"
    elif hasattr(field, "iterator"):
        return  # rows, or a filter's choices: read when shown, the empty one named by their owner
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
        choices: Any = field.choices
        field.choices = [
            (value, "Choose" if value == "" and label == "---------" else label)
            for value, label in choices
        ]


# Error sentences --------------------------------------------------------------------------------


def _word_errors(field: Any) -> None:
    """Replace Django's stock messages, and only those, by sentences that name the field."""
    label = str(field.label).rstrip("?:")
    stock = {
        "required": _required_sentence(field, label),
        "max_length": f"{label} must be {getattr(field, 'max_length', '')} characters or fewer",
        "invalid_choice": f"Choose {_named(label)} from the list",
        "invalid_list": f"Choose {_named(label)} from the list",
        "invalid": {
            forms.IntegerField: f"{label} must be a whole number",
            forms.DecimalField: f"{label} must be a number",
            forms.EmailField: "Enter an e-mail address like name@example.org",
            forms.TimeField: f"{label} must be a time, like 14:30",
        }.get(type(field)),
    }
    default: dict[str, Any] = {}
    for parent in reversed(type(field).__mro__):
        if parent.__module__.startswith("django."):
            default |= getattr(parent, "default_error_messages", {})
    for code, sentence in stock.items():
        if sentence and field.error_messages.get(code) == default.get(code):
            field.error_messages[code] = sentence
    _word_limits(field, label)


def _word_limits(field: Any, label: str) -> None:
    amount = "£{:,.2f}" if isinstance(field, MoneyField) else "{}"
    for validator in field.validators:
        stock = str(getattr(validator, "message", ""))
        if getattr(validator, "code", "") == "min_value" and stock.startswith("Ensure"):
            limit = amount.format(validator.limit_value)
            validator.message = f"{label} must be {limit} or more"
        if getattr(validator, "code", "") == "max_value" and stock.startswith("Ensure"):
            limit = amount.format(validator.limit_value)
            validator.message = f"{label} must be {limit} or less"
        if getattr(validator, "code", "") == "max_length":
            validator.message = f"{label} must be {validator.limit_value} characters or fewer"


def _required_sentence(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if isinstance(field, forms.FileField):
        return f"Choose a file for {_named(label)}"
    if str(field.label).endswith("?"):
        return f"Answer “{field.label}”"
    verb = "Choose" if hasattr(field, "choices") else "Enter"
    return f"{verb} {_named(label)}"


def _named(label: str) -> str:
    first, _, rest = label.partition(" ")
    if first.lower() in WORDS_WITHOUT_ARTICLE:
        return f"{first.lower()} {rest}"
    starts_small = first[:1] + first[1:].lower() == first
    return f"the {label[:1].lower() + label[1:] if starts_small and len(first) > 1 else label}"
