"""Fields, their error sentences, and the markup of the pack against GOV.UK Frontend's own."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory

from core.forms import (
    DateField,
    Form,
    InlineRadioSelect,
    MoneyField,
    NHSNumberField,
    YesNoField,
    section,
    side_by_side,
)
from core.gallery import MISTAKES, ExampleForm


def cleaned(field, *, data):
    form = type("OneField", (Form,), {"value": field})(data)
    return form.errors.get("value", [None])[0] or form.cleaned_data["value"]


def dated(day, month, year):
    return {"value_day": day, "value_month": month, "value_year": year}


def shown(form, source="{% crispy form %}", **extra):
    context = Context({"form": form, "request": RequestFactory().get("/"), **extra})
    return re.sub(r">\s+<", "><", Template(source).render(context)).strip()


def squeezed(html):
    return re.sub(r">\s+<", "><", html.strip())


# DateField --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        dated("2", "3", "2027"),
        dated(" 02", "03 ", "2027"),
        dated("2", "March", "2027"),
        dated("2", "mar", "2027"),
        {"value": "2027-03-02"},
        {"value": "2 March 2027"},
        {"value": "2/3/2027"},
    ],
)
def test_date_reads_what_people_write(data):
    assert cleaned(DateField(), data=data) == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (dated("", "", ""), "Enter the date of birth"),
        (dated("2", "", "2027"), "Date of birth must include a month"),
        (dated("", "3", ""), "Date of birth must include a day and a year"),
        (dated("31", "2", "1967"), "Date of birth must be a real date"),
        (dated("1", "13", "1967"), "Date of birth must be a real date"),
        (dated("1", "Marvember", "1967"), date(1967, 3, 1)),
        (dated("1", "Smarch", "1967"), "Date of birth must be a real date"),
        (dated("x", "2", "1967"), "Date of birth must be a real date"),
        (dated("²", "2", "1967"), "Date of birth must be a real date"),
        (dated("1", "2", "67"), "Date of birth must have a year of four figures, like 2027"),
        (dated("1", "2", "1899"), "Date of birth must be in 1900 or later"),
        ({"value": "2/3/27"}, "Date of birth must have a year of four figures, like 2027"),
    ],
)
def test_date_says_what_is_wrong(data, sentence):
    assert cleaned(DateField(label="Date of birth"), data=data) == sentence


def test_date_may_be_left_out():
    assert cleaned(DateField(required=False), data=dated("", "", "")) is None


def test_date_marks_only_the_wrong_part_and_links_to_it():
    form = type("Born", (Form,), {"value": DateField(label="Date of birth")})(
        dated("1", "13", "1967")
    )
    form.is_valid()

    html = shown(form, "{% error_summary %}{% crispy form %}")

    assert html.count("govuk-input--error") == 1
    assert 'href="#id_value_1"' in html


# MoneyField, NHSNumberField, YesNoField ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("£1,234.50", Decimal("1234.50")),
        ("1075", Decimal(1075)),
        (" £ 0.01 ", Decimal("0.01")),
        ("lots", "Enter an amount in pounds, like 1,234.50"),
        ("1.234,50", "Enter an amount in pounds, like 1,234.50"),
        ("1e5", "Enter an amount in pounds, like 1,234.50"),
        ("NaN", "Enter an amount in pounds, like 1,234.50"),
        ("٣", "Enter an amount in pounds, like 1,234.50"),
        ("−1", "Cost a week must be £0.00 or more"),
        ("", "Enter the cost a week"),
    ],
)
def test_money_reads_pounds_and_pence(text, result):
    assert cleaned(MoneyField(label="Cost a week"), data={"value": text}) == result


def test_money_shows_an_amount_with_commas():
    form = type("Cost", (Form,), {"value": MoneyField()})(initial={"value": Decimal("1234.5")})

    assert 'value="1,234.50"' in shown(form)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("999-041-2200", "9990412200"),
        (
            "999 660 5429",
            "This NHS number has a mistyped digit; check it against the letter or the Spine",
        ),
        ("12345", "An NHS number has 10 digits, like 999 123 4567"),
        ("", "Enter the NHS number"),
    ],
)
def test_nhs_number_keeps_the_digits_or_says_what_is_wrong(text, result):
    assert cleaned(NHSNumberField(), data={"value": text}) == result


def test_nhs_number_is_shown_with_spaces():
    assert NHSNumberField().prepare_value("9990412200") == "999 041 2200"


@pytest.mark.parametrize(("text", "result"), [("yes", True), ("no", False)])
def test_yes_no_is_a_truth(text, result):
    form = type("Asked", (Form,), {"value": YesNoField()})({"value": text})

    assert form.is_valid()
    assert form.cleaned_data["value"] is result


def test_yes_no_shows_the_answer_given_before():
    form = type("Asked", (Form,), {"value": YesNoField()})(initial={"value": False})

    assert re.search(r'value="no"[^>]*checked', shown(form))


# Error sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "data", "sentence"),
    [
        (forms.CharField(label="NHS trust"), {}, "Enter the NHS trust"),
        (forms.CharField(label="Your reasons"), {}, "Enter your reasons"),
        (forms.CharField(label="What Marian says"), {}, "Enter what Marian says"),
        (forms.CharField(label="Reasons", max_length=3), {"value": "long"},
         "Reasons must be 3 characters or fewer"),
        (forms.BooleanField(label="I have read it"), {}, "Tick “I have read it”"),
        (forms.ChoiceField(label="Route", choices=[("a", "A")]), {}, "Choose the route"),
        (forms.ChoiceField(label="Route", choices=[("a", "A")]), {"value": "z"},
         "Choose the route from the list"),
        (YesNoField(label="Is it related?"), {}, "Answer “Is it related?”"),
        (forms.FileField(label="Assessment"), {}, "Choose a file for the assessment"),
        (forms.EmailField(label="E-mail"), {"value": "x"},
         "Enter an e-mail address like name@example.org"),
        (forms.IntegerField(label="Hours"), {"value": "x"}, "Hours must be a whole number"),
        (forms.IntegerField(label="Hours", max_value=5), {"value": "6"}, "Hours must be 5 or less"),
        (forms.IntegerField(label="Hours", min_value=5), {"value": "4"}, "Hours must be 5 or more"),
        (forms.CharField(label="X", error_messages={"required": "Say it"}), {}, "Say it"),
    ],
)  # fmt: skip
def test_error_sentence_names_the_field(field, data, sentence):
    assert cleaned(field, data=data) == sentence


# Markup: an extract of govuk-frontend's own fixtures, typed in, with our ids ---------------------

TEXT_WITH_HINT_AND_ERROR = """
<div class="govuk-form-group govuk-form-group--error">
  <label class="govuk-label govuk-label--s" for="id_value">Reference</label>
  <div id="id_value_helptext" class="govuk-hint">Like EM-0417</div>
  <p id="id_value_error" class="govuk-error-message">
    <span class="govuk-visually-hidden">Error:</span> Enter the reference</p>
  <input type="text" name="value" class="govuk-input govuk-input--error" aria-invalid="true"
    aria-describedby="id_value_helptext id_value_error" id="id_value">
</div>"""

SELECT = """
<div class="govuk-form-group">
  <label class="govuk-label govuk-label--s" for="id_value">ICB</label>
  <select name="value" class="govuk-select" id="id_value">
    <option value="" selected>Choose</option><option value="n">North</option>
  </select>
</div>"""

RADIOS = """
<div class="govuk-form-group">
  <fieldset class="govuk-fieldset" aria-describedby="id_value_helptext">
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Urgency</legend>
    <div id="id_value_helptext" class="govuk-hint">Choose one</div>
    <div class="govuk-radios govuk-radios--small govuk-radios--inline" data-module="govuk-radios">
      <div class="govuk-radios__item">
        <input type="radio" name="value" value="u" class="govuk-radios__input" id="id_value_0">
        <label class="govuk-label govuk-radios__label" for="id_value_0">Usual</label>
      </div>
    </div>
  </fieldset>
</div>"""

MONEY = """
<div class="govuk-form-group">
  <label class="govuk-label govuk-label--s" for="id_value">Cost</label>
  <div class="govuk-input__wrapper">
    <div class="govuk-input__prefix" aria-hidden="true">£</div>
    <input type="text" name="value" class="govuk-input govuk-input--width-10" inputmode="decimal"
      spellcheck="false" id="id_value">
  </div>
</div>"""

CHECKBOX = """
<div class="govuk-form-group">
  <div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
    <div class="govuk-checkboxes__item">
      <input type="checkbox" name="value" class="govuk-checkboxes__input" id="id_value">
      <label class="govuk-label govuk-checkboxes__label" for="id_value">I agree</label>
    </div>
  </div>
</div>"""


@pytest.mark.parametrize(
    ("field", "data", "expected"),
    [
        (
            forms.CharField(label="Reference", help_text="Like EM-0417"),
            {},
            TEXT_WITH_HINT_AND_ERROR,
        ),
        (forms.ChoiceField(label="ICB", choices=[("", "---------"), ("n", "North")]), None, SELECT),
        (
            forms.ChoiceField(
                label="Urgency",
                help_text="Choose one",
                choices=[("u", "Usual")],
                widget=InlineRadioSelect,
            ),
            None,
            RADIOS,
        ),
        (MoneyField(label="Cost"), None, MONEY),
        (forms.BooleanField(label="I agree"), None, CHECKBOX),
    ],
    ids=["text", "select", "radios", "money", "checkbox"],
)
def test_field_is_marked_up_as_gov_uk_does(field, data, expected, django_assert_html):
    form = type("OneField", (Form,), {"value": field, "submit": "", "method": "get"})(data)

    django_assert_html(shown(form), squeezed(expected))


@pytest.fixture
def django_assert_html():
    from django.test import SimpleTestCase

    return SimpleTestCase().assertHTMLEqual


# The whole form ----------------------------------------------------------------------------------


def test_every_field_is_on_the_page():
    html = shown(ExampleForm())

    for name in ExampleForm.base_fields:
        assert re.search(rf'name="{name}(_day)?"', html), name
    assert html.count("csrfmiddlewaretoken") <= 1
    assert ">Check your answers</button>" in html


def test_every_error_links_to_something_on_the_page():
    form = ExampleForm(MISTAKES)
    form.is_valid()

    html = shown(form, "{% error_summary %}{% crispy form %}")
    summary = html[: html.index("</ul>")]
    targets = re.findall(r'href="#([^"]+)"', summary)

    assert len(targets) == sum(len(errors) for errors in form.errors.values())
    for target in targets:
        assert html.count(f' id="{target}"') == 1, target


def test_revealed_field_stands_inside_its_choice_only():
    html = shown(ExampleForm())

    assert html.count('name="other_route"') == 1
    assert 'class="govuk-radios__conditional s117-reveal"' in html


def test_single_checkbox_reveals():
    class Alone(Form):
        is_out = forms.BooleanField(required=False)
        where = forms.CharField(required=False)
        reveals = {"is_out": {"True": ("where",)}}

    html = shown(Alone())

    assert 'class="govuk-checkboxes__conditional s117-reveal"' in html
    assert html.count('name="where"') == 1


def test_layout_orders_and_groups():
    class Ordered(Form):
        a = forms.CharField()
        b = forms.CharField()
        layout = (section("Second first", side_by_side("b", "a")),)
        submit = ""

    html = shown(Ordered())

    assert html.index('name="b"') < html.index('name="a"')
    assert ">Second first</legend>" in html
    assert "<button" not in html


def test_title_says_error_only_when_there_is_one():
    wrong = ExampleForm({})
    wrong.is_valid()

    assert shown(wrong, "{% error_prefix %}") == "Error:"
    assert shown(ExampleForm(), "{% error_prefix %}") == ""


def test_errors_of_the_whole_form_and_of_formsets_are_summed_up():
    class Whole(Form):
        def clean(self):
            raise forms.ValidationError("The two dates are the wrong way round")

    names = forms.formset_factory(type("Name", (Form,), {"name": forms.CharField()}), min_num=1)
    formset = names({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})

    html = shown(Whole({}), "{% error_summary %}", formset=formset)

    assert "The two dates are the wrong way round" in html
    assert '<a href="#id_form-0-name">Enter the name</a>' in html


def test_error_text_is_escaped():
    field = forms.ChoiceField(choices=[("a", "A")], error_messages={"required": "<script>"})
    form = type("Hostile", (Form,), {"value": field})({})
    form.is_valid()

    assert "<script>" not in shown(form, "{% error_summary %}{% crispy form %}")


def test_long_text_counts_its_characters():
    field = forms.CharField(max_length=200, help_text="Briefly", widget=forms.Textarea)
    html = shown(type("Long", (Form,), {"value": field})())

    assert 'data-module="govuk-character-count" data-maxlength="200"' in html
    assert 'aria-describedby="id_value_helptext id_value-info"' in html


def test_numbers_are_typed_as_text():
    html = shown(type("Hours", (Form,), {"value": forms.IntegerField(max_value=168)})())

    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'class="govuk-input govuk-input--width-5"' in html


@pytest.mark.parametrize("part", ["99999999999", "9" * 5000, "-1", "²", "1.5"])
@pytest.mark.parametrize("box", [0, 1])
def test_no_number_in_a_date_is_too_large_to_be_refused(part, box):
    typed = ["2", "3", "2027"]
    typed[box] = part

    with pytest.raises(ValidationError, match="real date"):
        DateField(label="The day").clean(typed)
