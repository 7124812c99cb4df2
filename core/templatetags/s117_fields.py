"""What the crispy template pack s117 asks: kinds of field, classes, ids, reveals, errors."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.forms import DateWidget, MoneyInput

register = template.Library()

KINDS = (  # the first that fits; subclasses before their parents
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (DateWidget, "date"),
    (MoneyInput, "money"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-upload"),
)
BREAK = SafeString("<br>")
NARROW = (forms.NumberInput, forms.TimeInput)
CLASSES = {"select": "select", "textarea": "textarea", "file-upload": "file-upload"}


@register.filter
def kind(field: BoundField) -> str:
    """Name the GOV.UK component that shows this field."""
    for widget, name in KINDS:
        if isinstance(field.field.widget, widget):
            return name
    return "input"


@register.filter
def group_kind(field: BoundField) -> str:
    """Name the class of a group of choices: radios or checkboxes."""
    return "radios" if kind(field) == "radios" else "checkboxes"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Show the one control of a field, with its GOV.UK classes."""
    name = CLASSES.get(kind(field), "input")
    extra = {}
    classes = [f"govuk-{name}"]
    if field.errors:
        classes.append(f"govuk-{name}--error")
    own = field.field.widget.attrs.get("class", "")
    if isinstance(field.field.widget, NARROW) and "width" not in own:
        classes.append("govuk-input--width-5")
    if own:
        classes.append(own)
    described = [field.aria_describedby] if field.aria_describedby else []
    if name == "textarea" and getattr(field.field, "max_length", None):
        described.append(f"{field.id_for_label}-info")
    if described:
        extra["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs={"class": " ".join(classes), **extra})


@register.simple_tag
def choices(field: BoundField) -> list[dict[str, Any]]:
    """List the choices of a field, each with its input, hint and the fields it reveals."""
    group = group_kind(field)
    if kind(field) == "checkbox":
        return [_one_checkbox(field)]
    items = []
    for option in field:
        value = str(option.data["value"])
        shown = revealed(field, value)
        option.data["attrs"]["class"] = f"govuk-{group}__input"
        option.data["attrs"].pop("aria-invalid", None)
        hint = getattr(field.field, "choice_hints", {}).get(value, "")
        if hint:
            option.data["attrs"]["aria-describedby"] = f"{option.id_for_label}-item-hint"
        items.append(
            {
                "id": option.id_for_label,
                "label": option.choice_label,
                "input": option.tag(),
                "hint": hint,
                "reveals": shown,
            }
        )
    return items


def _one_checkbox(field: BoundField) -> dict[str, Any]:
    return {
        "id": field.id_for_label,
        "label": field.label,
        "input": field.as_widget(attrs={"class": "govuk-checkboxes__input"}),
        "hint": "",
        "reveals": revealed(field, "True"),
    }


def revealed(field: BoundField, value: str) -> list[BoundField]:
    names = getattr(field.form, "reveals", {}).get(field.name, {}).get(value, ())
    return [field.form[name] for name in names]


@register.simple_tag
def date_parts(field: BoundField) -> list[dict[str, Any]]:
    """List the three inputs of a date."""
    context = field.subwidgets[0].data["subwidgets"]
    wrong = getattr(field.field, "wrong", ()) if field.errors else ()
    parts = zip(context, DateWidget.PARTS, strict=True)
    return [
        {
            "id": part["attrs"]["id"],
            "name": part["name"],
            "label": name.capitalize(),
            "value": "" if part["value"] is None else part["value"],
            "width": 4 if name == "year" else 2,
            "is_wrong": bool(field.errors) and (name in wrong or not wrong),
            "autocomplete": (field.field.widget.attrs.get("autocomplete", "") == "bday")
            and f"bday-{name}",
        }
        for part, name in parts
    ]


def first_id(field: BoundField) -> str:
    """Return the id of the element a link to this field should reach."""
    name = kind(field)
    if name in ("radios", "checkboxes"):
        options = list(field)
        return options[0].id_for_label if options else field.auto_id
    if name == "date":
        wrong = getattr(field.field, "wrong", ())
        first = next((i for i, part in enumerate(DateWidget.PARTS) if part in wrong), 0)
        return f"{field.auto_id}_{first}"
    return field.id_for_label


def forms_with_errors(context: template.Context) -> list[Any]:
    """Find each form on the page that came back with errors, once."""
    found: dict[int, Any] = {}
    for value in context.flatten().values():
        members = [*value.forms, value] if isinstance(value, forms.BaseFormSet) else [value]
        for member in members:
            if isinstance(member, (forms.BaseForm, forms.BaseFormSet)) and _has_errors(member):
                found[id(member)] = member
    return list(found.values())


def _has_errors(form: Any) -> bool:
    return form.is_bound and (not form.is_valid() or bool(_own_errors(form)))


def _own_errors(form: Any) -> Any:
    is_set = isinstance(form, forms.BaseFormSet)
    return form.non_form_errors() if is_set else form.non_field_errors()


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """Begin the page title with "Error: " when a form on the page has errors."""
    return "Error: " if forms_with_errors(context) else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context: template.Context) -> dict[str, Any]:
    """Sum up the errors of every form on the page, each linked to its field."""
    links = []
    for form in forms_with_errors(context):
        links += [("", message) for message in _own_errors(form)]
        if isinstance(form, forms.BaseForm):
            for field in form.visible_fields():
                links += [(first_id(field), message) for message in field.errors]
            for field in form.hidden_fields():
                links += [("", message) for message in field.errors]
    return {"links": links}


@register.filter
def joined(errors: list[str]) -> SafeString:
    """Show each error of a field on a line of its own."""
    return format_html_join(BREAK, "{}", ((error,) for error in errors))
