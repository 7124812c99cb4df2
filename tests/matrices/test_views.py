"""The score sheet in a browser: who may open it, what it says, what it keeps."""

from decimal import Decimal

import pytest
from django.urls import reverse

from matrices.models import Assessment
from tests.cast import TODAY
from tests.factories import CaseFactory
from tests.matrices import sheets


def sent(answers, version=0, **more):
    """The sheet as a browser sends it."""
    fields = {"version": version, "effective_from": "2026-12-01"}
    for code, answer in answers.items():
        fields[f"level_{code}"] = answer["level"]
        fields[f"evidence_{code}"] = answer["evidence"]
    return fields | more


def address(name, sheet):
    return reverse(f"matrices:{name}", args=[sheet.pk])


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("assessment_edit", {"asha", "ben"}),
        (
            "assessment_detail",
            {"asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi"},
        ),
    ],
)
def test_who_may_open_a_sheet(client, cast, name, allowed):
    sheet = sheets.started(cast)

    for who in ("asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi", "ola"):
        client.force_login(getattr(cast, who))
        expected = 200 if who in allowed else 403
        assert (who, client.get(address(name, sheet)).status_code) == (who, expected)


@pytest.mark.parametrize("name", ["assessment_draft", "assessment_split"])
def test_who_may_send_a_sheet(client, cast, name):
    sheet = sheets.started(cast)

    for who, expected in (("ben", 200), ("lara", 403), ("fin", 403), ("dev", 404)):
        client.force_login(getattr(cast, who))
        assert client.post(address(name, sheet), sent({})).status_code in (expected, 409), who


@pytest.mark.parametrize("name", ["assessment_edit", "assessment_detail"])
def test_another_partnerships_sheet_does_not_exist(client, cast, name):
    sheet = sheets.started(cast)
    client.force_login(cast.dev)

    assert client.get(address(name, sheet)).status_code == 404


def test_start_opens_a_sheet_for_the_proposed_package(client, cast):
    sheets.matrix_for(cast.eastmere, by=cast.poppy)
    case = CaseFactory(partnership=cast.eastmere)
    package = sheets.new_package(case)
    client.force_login(cast.asha)

    response = client.post(reverse("matrices:assessment_start", args=[case.pk]))

    sheet = Assessment.objects.get()
    assert response.url == address("assessment_edit", sheet)
    assert sheet.package == package


def test_start_without_a_package_says_what_to_do_first(client, cast):
    case = CaseFactory(partnership=cast.eastmere)
    client.force_login(cast.asha)

    response = client.post(reverse("matrices:assessment_start", args=[case.pk]))

    assert response.url == reverse("casework:case_file", args=[case.pk])
    assert Assessment.objects.count() == 0


def test_the_sheet_says_it_is_a_sample_and_shows_last_time(client, cast):
    first = sheets.in_force(cast)
    sheet = sheets.started(cast, first.case)
    client.force_login(cast.asha)

    page = client.get(address("assessment_edit", sheet)).content.decode()

    assert "Sample matrix, no council’s and no ICB’s own." in page
    assert "Last scored 24\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026: 32 points." in page
    assert page.count("Last time: Moderate") == 3
    assert "Still to score: Mental state and relapse" in page


def test_saving_keeps_the_answers_and_shows_the_split(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = client.post(
        address("assessment_edit", sheet), sent(sheets.answers(cognition="")), follow=True
    )

    sheet.refresh_from_db()
    assert sheet.draft_number == 1
    assert sheet.answers["risk_to_self"]["level"] == "high"
    assert "Still to score: Cognition" in response.content.decode()


def test_a_draft_is_saved_as_it_is_typed(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = client.post(address("assessment_draft", sheet), sent(sheets.answers()))

    assert response.json()["version"] == 1
    assert set(response.json()) == {"saved_at", "version"}


def test_a_draft_keeps_what_was_saved_where_the_sheet_holds_nonsense(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)
    client.post(address("assessment_draft", sheet), sent(sheets.answers()))

    nonsense = sent(sheets.answers(), version=1, level_cognition="x", evidence_cognition="y" * 601)
    client.post(address("assessment_draft", sheet), nonsense)

    sheet.refresh_from_db()
    assert sheet.answers["cognition"] == sheets.answers()["cognition"]


def test_a_stale_tab_is_refused_with_what_differs_and_keeps_the_text(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)
    client.post(address("assessment_draft", sheet), sent(sheets.answers()))
    mine = sheets.answers(cognition="high")

    draft = client.post(address("assessment_draft", sheet), sent(mine))
    page = client.post(address("assessment_edit", sheet), sent(mine)).content.decode()

    assert draft.status_code == 409
    assert draft.json()["problem"].startswith("Other scores were saved after you opened this page")
    assert "Check these, then save again: Cognition." in page
    assert "Evidence for cognition" in page
    assert 'name="version" value="1"' in page
    sheet.refresh_from_db()
    assert sheet.answers["cognition"]["level"] == "low"


def test_the_split_follows_the_levels_on_the_sheet_and_saves_nothing(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    page = client.post(address("assessment_split", sheet), sent(sheets.answers())).content.decode()

    for words in (
        "3 services, £1,118.00 less £43.00 under the Care Act",
        "32 of 48",
        "ICB five eighths (62.5%), council three eighths (37.5%)",
        "1p off the ICB",
        "£671.87",
        "Eastmere NHS commissioner",
        "3 domains are High; the matrix asks from 2.",
    ):
        assert words in page
    sheet.refresh_from_db()
    assert sheet.answers == {}


def test_no_need_changes_the_split_into_a_question_and_the_button_with_it(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    page = client.post(address("assessment_split", sheet), sent(sheets.no_need())).content.decode()

    assert "Should after-care end?" in page
    assert "Complete without a split" in page
    assert "Propose this split" not in page


def test_a_complete_sheet_is_read_only(client, cast):
    sheet = sheets.scored(cast)
    client.force_login(cast.asha)

    response = client.get(address("assessment_edit", sheet))

    assert response.url == address("assessment_detail", sheet)
    page = client.get(response.url).content.decode()
    assert "Evidence for risk_to_self" in page
    assert "£403.13" in page


def test_a_price_raised_later_leaves_complete_scores_as_they_were(client, cast):
    sheet = sheets.scored(cast)
    line = sheet.package.lines.first()
    line.prices.update(weekly_cost=Decimal("900.00"), starts_on=TODAY)
    client.force_login(cast.asha)

    assert "£671.87" in client.get(address("assessment_detail", sheet)).content.decode()


def test_the_sheet_costs_the_same_queries_however_much_there_is(
    client, cast, django_assert_num_queries
):
    first = sheets.in_force(cast)
    sheet = sheets.started(cast, first.case)
    client.force_login(cast.asha)
    client.get(address("assessment_edit", sheet))

    with django_assert_num_queries(7):
        client.get(address("assessment_edit", sheet))

    sheets.ServiceLineFactory.create_batch(3, package=sheet.package)
    with django_assert_num_queries(7):
        client.get(address("assessment_edit", sheet))
