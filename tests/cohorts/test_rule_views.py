"""The cohort rules in the browser: seen by all who see the register, changed by few, with care."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from cohorts.models.cases import Case, Enrolment
from cohorts.models.cohorts import Cohort, CohortRule
from tests.factories import CaseFactory, CohortFactory, CohortRuleFactory

MANAGERS = {"paula", "poppy", "ola"}
EVERYBODY = ["asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi", "ola"]


def url(name, **query):
    return reverse(f"cohorts:{name}", query=query)


def words_of(response):
    """The page's text as read, without its marks."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+([.,;])", r"\1", re.sub(r"\s+", " ", html.unescape(text)))


def posted(*rules, do="preview"):
    """The edit page as sent; a rule is (cohort, field, from, to)."""
    sent = {"form-TOTAL_FORMS": len(rules), "form-INITIAL_FORMS": len(rules), "do": do}
    for index, (cohort, field, starts_on, ends_on) in enumerate(rules):
        sent |= {
            f"form-{index}-cohort": str(cohort.pk) if cohort else "",
            f"form-{index}-field": field,
            f"form-{index}-starts_on": starts_on,
            f"form-{index}-ends_on": ends_on,
        }
    return sent


def hidden_fields(response):
    inputs = re.findall(
        r'<input type="hidden" name="(seen|rule)" value="([^"]*)"', response.content.decode()
    )
    return {name: [value for key, value in inputs if key == name] for name, _ in inputs}


@pytest.fixture
def cohort_a(cast):
    return CohortFactory(partnership=cast.eastmere, name="A")


@pytest.fixture
def harrow_few(cast, harrow_rules):
    """Three cases of C alone, two of B, one of both A and C, two of nobody."""
    for last, due in [
        *[(date(2018, 3, 5), date(2019, 3, 5))] * 3,
        *[(date(2018, 1, 5), date(2019, 1, 5))] * 2,
        (date(2018, 11, 5), date(2019, 11, 5)),
        *[(date(2017, 11, 5), date(2018, 11, 5))] * 2,
    ]:
        CaseFactory(
            partnership=cast.eastmere,
            entitled_from=date(2015, 1, 1),
            detention=None,
            last_reviewed_on=last,
            next_review_due=due,
        )
    return {cohort.name: cohort for cohort in Cohort.objects.all()}


@pytest.fixture
def mended(harrow_few):
    """Harrow's rules with A on the next review due."""
    return posted(
        (harrow_few["A"], "next_review_due", "1/10/2018", "31/12/2018"),
        (harrow_few["B"], "next_review_due", "1/1/2019", "28/2/2019"),
        (harrow_few["C"], "next_review_due", "1/3/2019", ""),
    )


def test_rule_list_says_what_the_rules_cover(client, cast, harrow_few):
    client.force_login(cast.asha)

    words = words_of(client.get(url("rule_list")))

    assert "3 cases are claimed by C alone." in words
    assert "2 cases are claimed by B alone." in words
    assert "No case are claimed" not in words
    assert "No case is claimed by A alone." in words
    assert "1 case is claimed by both A and C; the first rule in order, A’s, wins." in words
    assert "2 cases no rule places." in words
    assert "6 of 8 open cases have a cohort by these rules." in words
    assert "Rule 3 C Next review due 1 March 2019 Onwards Any 3 cases" in words


def test_rule_list_of_the_whole_register(client, cast, harrow_rules, harrow_cases):
    client.force_login(cast.poppy)

    words = words_of(client.get(url("rule_list")))

    assert "120 cases are claimed by C alone." in words
    assert "106 cases are claimed by B alone." in words
    assert "40 cases are claimed by both A and C; the first rule in order, A’s, wins." in words
    assert "104 cases no rule places." in words


@pytest.mark.parametrize("name", EVERYBODY)
def test_rule_list_is_read_by_all_and_changed_by_few(client, cast, harrow_few, name):
    client.force_login(getattr(cast, name))

    page = client.get(url("rule_list")).content.decode()

    assert "What the rules cover" in page
    assert (url("rule_edit") in page, url("cohort_add") in page) == (name in MANAGERS,) * 2


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("view", ["rule_edit", "rule_preview", "cohort_add"])
def test_only_managers_of_cohorts_reach_the_forms(client, cast, view, name):
    client.force_login(getattr(cast, name))

    assert client.get(url(view)).status_code == (200 if name in MANAGERS else 403)


@pytest.mark.parametrize("view", ["rule_edit", "rule_use", "cohort_add"])
def test_nobody_else_posts(client, cast, view):
    client.force_login(cast.asha)

    assert client.post(url(view)).status_code == 403


def test_another_partnership_sees_its_own_rules_and_cases_only(client, cast, harrow_few):
    CaseFactory(partnership=cast.merebridge, reference="MB-0001", detention=None)
    client.force_login(cast.dev)

    listed = words_of(client.get(url("rule_list")))
    cases = words_of(client.get(url("rule_cases")))

    assert "There are no rules yet" in listed
    assert "1 case no rule places." in listed
    assert "1 case that no rule places" in cases
    assert ("MB-0001" in cases, "EM-" in cases) == (True, False)
    assert client.get(url("rule_cases", claimed_by="A")).status_code == 404


def test_rule_list_without_rules_says_what_to_do(client, cast):
    client.force_login(cast.poppy)

    words = words_of(client.get(url("rule_list")))
    assert "There are no cohorts yet" in words
    assert "There are no open cases yet." in words
    CohortFactory(partnership=cast.eastmere)
    assert "There are no rules yet" in words_of(client.get(url("rule_list")))


@pytest.mark.parametrize("rows", [1, 3])
def test_rule_list_takes_the_same_queries_for_more_rules(
    client, cast, cohort_a, rows, django_assert_num_queries
):
    for _ in range(rows):
        CohortRuleFactory(cohort=cohort_a)
        CaseFactory(partnership=cast.eastmere)
    client.force_login(cast.poppy)

    with django_assert_num_queries(7):
        client.get(url("rule_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_rule_cases_takes_the_same_queries_for_more_cases(
    client, cast, cohort_a, rows, django_assert_num_queries
):
    for _ in range(rows):
        CohortRuleFactory(cohort=cohort_a)
        CaseFactory(partnership=cast.eastmere)
    client.force_login(cast.poppy)

    with django_assert_num_queries(15):
        client.get(url("rule_cases"))


@pytest.mark.parametrize("rows", [1, 3])
def test_rule_edit_takes_the_same_queries_for_more_rules(
    client, cast, cohort_a, rows, django_assert_num_queries
):
    for _ in range(rows):
        CohortRuleFactory(cohort=cohort_a)
    client.force_login(cast.poppy)

    with django_assert_num_queries(5):
        client.get(url("rule_edit"))


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ({"claimed_by": ["A", "C"]}, "1 case claimed by both A and C"),
        ({"claimed_by": "C"}, "3 cases claimed by C alone"),
        ({"claimed_by": "none"}, "2 cases that no rule places"),
        ({"gets": "2"}, "2 cases that rule 2 gives to B"),
        ({"from": "", "to": "B"}, "2 cases would move from no cohort to B"),
        ({"from": "B", "to": ""}, "0 cases would move from B to no cohort"),
    ],
)
def test_rule_cases_lists_the_cases_behind_a_number(client, cast, harrow_few, query, heading):
    client.force_login(cast.asha)

    response = client.get(url("rule_cases", **query))

    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in response.content.decode()
    assert words_of(response).count("born 12 June 1967") == int(heading.split()[0])


def test_rule_cases_records_whose_names_were_shown(client, cast, harrow_few):
    client.force_login(cast.asha)

    client.get(url("rule_cases", gets="2"))

    line = AuditEvent.objects.get(event="cohorts.list_seen")
    shown = Case.objects.filter(next_review_due=date(2019, 1, 5)).order_by("reference")
    assert line.detail == {
        "page": "cohort rules",
        "cases": list(shown.values_list("reference", flat=True)),
    }


@pytest.mark.parametrize(
    "query", [{"claimed_by": "Z"}, {"gets": "9"}, {"gets": "x"}, {"rule": "nonsense"}]
)
def test_rule_cases_of_nothing_is_not_found(client, cast, harrow_few, query):
    client.force_login(cast.asha)

    assert client.get(url("rule_cases", **query)).status_code == 404


def test_rule_cases_shows_25_a_page(client, cast, harrow_rules, harrow_cases):
    client.force_login(cast.asha)

    page = words_of(client.get(url("rule_cases", claimed_by="C", page=5)))

    assert "120 cases claimed by C alone" in page
    assert page.count("born ") == 20


def test_rule_edit_begins_with_the_rules_in_force(client, cast, harrow_few):
    client.force_login(cast.poppy)

    response = client.get(url("rule_edit"))

    assert [form["starts_on"].value() for form in response.context["formset"]] == [
        ["1", "10", "2018"],
        ["1", "1", "2019"],
        ["1", "3", "2019"],
    ]


def test_rule_edit_begins_with_one_empty_rule_when_there_is_none(client, cast, cohort_a):
    client.force_login(cast.poppy)

    page = client.get(url("rule_edit")).content.decode()

    assert page.count('<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">') == 1


def test_up_moves_a_rule_and_keeps_what_was_typed(client, cast, cohort_a):
    client.force_login(cast.poppy)
    rules = [(cohort_a, "next_review_due", "1/1/2019", ""), (None, "next_review_due", "31/2/1", "")]

    response = client.post(url("rule_edit"), posted(*rules, do="up-1"), follow=True)

    days = [form["starts_on"].value() for form in response.context["formset"]]
    assert days == [["31", "2", "1"], ["1", "1", "2019"]]
    assert "There is a problem" not in response.content.decode()
    assert response.request["QUERY_STRING"].endswith("moved=up-1")


def test_removing_the_last_rule_leaves_an_empty_one(client, cast, cohort_a):
    client.force_login(cast.poppy)
    rule = (cohort_a, "next_review_due", "1/1/2019", "")

    response = client.post(url("rule_edit"), posted(rule, do="remove-0"), follow=True)

    assert [form["cohort"].value() for form in response.context["formset"]] == [""]


def test_rule_edit_refused_keeps_what_was_typed(client, cast, cohort_a):
    client.force_login(cast.poppy)
    sent = posted((cohort_a, "next_review_due", "31/2/2018", ""), (None, "next_review_due", "", ""))

    page = client.post(url("rule_edit"), sent)

    assert "Rule 1: the from date must be a real date" in words_of(page)
    assert 'value="31"' in page.content.decode()
    assert len(page.context["formset"].forms) == 1  # the rule in which nothing was entered is gone


def test_preview_says_what_would_move_and_changes_nothing(client, cast, harrow_few, mended):
    client.force_login(cast.poppy)
    before = list(CohortRule.objects.values())

    words = words_of(client.post(url("rule_edit"), mended, follow=True))

    assert "With these rules 8 cases would move." in words
    assert "No cohort A 2 cases" in words
    assert "No cohort C 4 cases" in words
    assert "Every case has a place: none is left over." in words
    assert list(CohortRule.objects.values()) == before
    assert (Enrolment.objects.count(), Case.objects.in_no_cohort().count()) == (0, 8)
    assert not AuditEvent.objects.filter(event__startswith="cohorts.").exists()


def test_the_numbers_of_a_preview_lead_to_its_cases(client, cast, harrow_few, mended):
    client.force_login(cast.poppy)
    preview = client.post(url("rule_edit"), mended, follow=True).content.decode()

    address = re.search(r'href="([^"]+from=&amp;to=C)"', preview)[1]

    words = words_of(client.get(html.unescape(address)))
    assert "4 cases would move from no cohort to C" in words
    assert "What would move" in words


def test_preview_of_wrong_rules_says_what_is_wrong(client, cast, cohort_a):
    client.force_login(cast.poppy)

    words = words_of(client.get(url("rule_preview", rule=f"{cohort_a.pk}~next_review_due~//~//~")))

    assert "Rule 1: enter a from date, a to date or both" in words


def test_preview_of_no_rules_takes_every_case_out(client, cast, cohort_a):
    CaseFactory(partnership=cast.eastmere, cohort=cohort_a)
    client.force_login(cast.poppy)

    words = words_of(client.post(url("rule_edit"), posted(), follow=True))

    assert "A No cohort 1 case" in words
    assert "No rules: no case would have a cohort." in words


def test_using_the_rules_moves_the_cases_and_keeps_the_old_rules(client, cast, harrow_few, mended):
    client.force_login(cast.poppy)
    preview = client.post(url("rule_edit"), mended, follow=True)

    words = words_of(client.post(url("rule_use"), hidden_fields(preview), follow=True))

    assert "The rules are in use. 8 cases moved." in words
    assert [Case.objects.in_cohort(harrow_few[name]).count() for name in "ABC"] == [2, 2, 4]
    assert CohortRule.objects.filter(retired_at__isnull=False).count() == 3


def test_rules_are_not_used_when_more_would_move_than_was_seen(client, cast, harrow_few, mended):
    client.force_login(cast.poppy)
    preview = client.post(url("rule_edit"), mended, follow=True)
    CaseFactory(partnership=cast.eastmere, next_review_due=date(2019, 1, 5))

    words = words_of(client.post(url("rule_use"), hidden_fields(preview), follow=True))

    assert "have changed since you looked, so nothing was done" in words
    assert "With these rules 9 cases would move." in words
    assert Enrolment.objects.count() == 0


def test_rules_used_twice_are_used_once(client, cast, harrow_few, mended):
    client.force_login(cast.poppy)
    sent = hidden_fields(client.post(url("rule_edit"), mended, follow=True))
    client.post(url("rule_use"), sent)

    words = words_of(client.post(url("rule_use"), sent, follow=True))

    assert "These are the rules in use." in words
    assert AuditEvent.objects.filter(event="cohorts.rules_changed").count() == 1


def test_wrong_rules_are_not_used(client, cast, harrow_few):
    client.force_login(cast.poppy)

    words = words_of(client.post(url("rule_use"), {"rule": "nonsense"}, follow=True))

    assert "Rule 1: choose the cohort" in words
    assert CohortRule.objects.in_order().count() == 3


def test_a_cohort_of_another_partnership_cannot_be_given_a_rule(client, cast, harrow_few):
    stranger = CohortFactory(partnership=cast.merebridge, name="Z")
    client.force_login(cast.poppy)

    sent = posted((stranger, "next_review_due", "1/1/2019", ""))

    assert "Rule 1: choose the cohort" in words_of(client.post(url("rule_edit"), sent))


def test_cohort_add_adds_a_cohort(client, cast, cohort_a):
    client.force_login(cast.ola)

    sent = {"name": "D", "reviewed_by": "the S117 team"}
    words = words_of(client.post(url("cohort_add"), sent, follow=True))

    assert "Cohort D is added. Give it a rule, so that it gets cases." in words
    assert "D The S117 team 0 cases" in words


def test_cohort_add_refused_keeps_what_was_typed(client, cast, cohort_a):
    client.force_login(cast.ola)

    page = client.post(url("cohort_add"), {"name": "a", "reviewed_by": "the S117 team"})

    assert "There is a cohort called A already" in words_of(page)
    assert 'value="the S117 team"' in page.content.decode()
    assert Cohort.objects.count() == 1
