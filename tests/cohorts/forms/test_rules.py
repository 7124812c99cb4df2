from datetime import date

import pytest
from django.http import QueryDict

from cohorts.forms.rules import (
    MOST_RULES,
    CohortForm,
    TypedRule,
    changed,
    rules_checked,
    rules_shown,
    typed_from_form,
    typed_from_rules,
    typed_from_texts,
)
from cohorts.operations.cohorts import RuleInput
from cohorts.policy.placement import Rule
from tests.factories import CohortFactory, CohortRuleFactory

A, B, C = (TypedRule(cohort=name) for name in "ABC")


@pytest.fixture
def cohorts(cast):
    cohort = CohortFactory(partnership=cast.eastmere, name="A")
    return {str(cohort.pk): cohort}


def typed(cohorts, **changes):
    facts = {"cohort": next(iter(cohorts)), "starts_on": "1/10/2018", "ends_on": "31/12/2018"}
    return TypedRule(**facts | changes)


def errors_of(formset):
    formset.is_valid()
    return [text for form in formset for texts in form.errors.values() for text in texts]


def test_a_rule_becomes_the_operations_input_and_the_policys_rule(cohorts):
    formset = rules_checked([typed(cohorts, client_group="OP")], cohorts)
    days = {"starts_on": date(2018, 10, 1), "ends_on": date(2018, 12, 31)}

    assert formset.is_valid()
    assert formset.as_inputs() == [
        RuleInput(*cohorts.values(), "next_review_due", **days, client_group="OP")
    ]
    assert formset.as_rules() == [Rule(1, "A", "next_review_due", **days, client_group="OP")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cohort": ""}, "Rule 1: choose the cohort"),
        ({"cohort": "another partnership’s"}, "Rule 1: choose the cohort from the list"),
        ({"field": "born_on"}, "Rule 1: choose the date looked at from the list"),
        ({"client_group": "XX"}, "Rule 1: choose the client group from the list"),
        ({"starts_on": "31/2/2018"}, "Rule 1: the from date must be a real date"),
        ({"starts_on": "1/10/"}, "Rule 1: the from date must include a year"),
        ({"starts_on": "", "ends_on": "//"}, "Rule 1: enter a from date, a to date or both"),
        (
            {"ends_on": "30/9/2018"},
            "Rule 1: the to date must be the same as or after the from date",
        ),
    ],
)
def test_a_wrong_rule_is_refused_with_a_sentence_that_names_it(cohorts, changes, sentence):
    assert errors_of(rules_checked([typed(cohorts, **changes)], cohorts)) == [sentence]


def test_the_second_rule_is_named_as_such(cohorts):
    formset = rules_checked([typed(cohorts), typed(cohorts, starts_on="x/y/z")], cohorts)

    assert errors_of(formset) == [
        "Rule 2: the from date must have a year of four figures, like 2027"
    ]


@pytest.mark.parametrize("changes", [{"starts_on": "//"}, {"ends_on": "//"}])
def test_one_date_is_enough(cohorts, changes):
    assert errors_of(rules_checked([typed(cohorts, **changes)], cohorts)) == []


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("up-1", [B, A, C]),
        ("up-0", [A, B, C]),
        ("down-1", [A, C, B]),
        ("down-2", [A, B, C]),
        ("remove-1", [A, C]),
        ("add", [A, B, C, TypedRule()]),
        ("up-9", [A, B, C]),
        ("down-x", [A, B, C]),
        ("nonsense", [A, B, C]),
    ],
)
def test_changed_does_what_the_button_says(action, order):
    assert changed([A, B, C], action) == order


def test_changed_adds_no_rule_beyond_the_most():
    assert len(changed([A] * MOST_RULES, "add")) == MOST_RULES


def test_typed_from_form_keeps_what_was_typed_even_when_wrong():
    posted = QueryDict(mutable=True)
    posted.update(
        {
            "form-TOTAL_FORMS": "1",
            "form-0-cohort": "A",
            "form-0-field": "last_reviewed_on",
            "form-0-starts_on_day": "31",
            "form-0-starts_on_month": "Feb",
            "form-0-starts_on_year": "~2018/",
        }
    )

    assert typed_from_form(posted) == [
        TypedRule(cohort="A", field="last_reviewed_on", starts_on="31/Feb/2018")
    ]


@pytest.mark.parametrize("total", ["", "-1", "lots", "99999"])
def test_typed_from_form_makes_nothing_of_a_wrong_total(total):
    assert typed_from_form(QueryDict(f"form-TOTAL_FORMS={total}")) == []


def test_typed_rules_come_back_from_an_address(cohorts):
    rules = [typed(cohorts), TypedRule()]

    assert typed_from_texts(rule.as_text() for rule in rules) == rules
    assert typed_from_texts(["nonsense"]) == [TypedRule()]


def test_typed_from_rules_is_valid_again(cohorts):
    rule = CohortRuleFactory(cohort=next(iter(cohorts.values())), ends_on=None)

    texts = typed_from_rules([rule])

    assert texts == [typed(cohorts, starts_on="1/10/2026", ends_on="//")]
    assert rules_checked(texts, cohorts).is_valid()


def test_rules_shown_judges_nothing(cohorts):
    formset = rules_shown([TypedRule(starts_on="31/2/2018")], cohorts)

    assert errors_of(formset) == []
    assert formset[0]["starts_on"].value() == ["31", "2", "2018"]


def test_blank_is_a_rule_in_which_nothing_was_entered():
    assert TypedRule().is_blank
    assert not TypedRule(ends_on="1//").is_blank


def test_a_cohort_has_a_name_of_its_own():
    form = CohortForm({"name": "a", "reviewed_by": ""}, taken=["A"])

    assert form.errors == {
        "name": ["There is a cohort called A already. Choose another name"],
        "reviewed_by": ["Enter who reviews its cases"],
    }
