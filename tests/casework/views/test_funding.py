"""Funding in a browser: the list, a decision, a return and its answer, a proposal."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from casework.queries.case_file import OTHER_PAGES, readers_of
from matrices.models import FundingSplit
from matrices.operations.approvals import approve, return_split
from matrices.operations.splits import agree_split
from reviews.models import Review
from tests.cast import NOON, TODAY
from tests.factories import CohortFactory, FundingSplitFactory, ReviewFactory
from tests.matrices import sheets
from tests.matrices.test_views import sent

LATER = NOON + timedelta(hours=1)
EVERYBODY = ("asha", "ben", "chloe", "paula", "lara", "ian", "fin", "poppy", "esi", "ola")


def address(name, record):
    return reverse(f"casework:{name}", args=[record.pk])


def text_of(response):
    """The page as it is read: no tags, single spaces."""
    main = response.content.decode().partition("<main")[2]
    text = re.sub(r"<[^>]+>", " ", main).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def decision(split, **more):
    return {"seen": split.sha256, "seen_cost": str(split.icb_weekly_cost)} | more


# Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("split_detail", set(EVERYBODY) - {"ola"}),
        ("split_approve", {"lara", "ian"}),
        ("split_answer", {"asha", "ben"}),
    ],
)
def test_who_may_open_a_split(client, cast, name, allowed):
    split = sheets.agreed(cast)

    opened = set()
    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        if client.get(address(name, split)).status_code in (200, 302):
            opened.add(who)

    assert opened == allowed


def test_who_may_see_the_list(client, cast):
    seen = set()
    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        if client.get(reverse("casework:split_list")).status_code == 200:
            seen.add(who)

    assert seen == set(EVERYBODY) - {"ola"}


@pytest.mark.parametrize("name", ["split_approve", "split_return"])
def test_only_commissioners_decide(client, cast, name):
    split = sheets.agreed(cast)

    for who in ("asha", "chloe", "poppy", "fin", "esi"):
        client.force_login(getattr(cast, who))
        assert client.post(address(name, split), decision(split)).status_code == 403


@pytest.mark.parametrize(
    ("who", "name", "method"),
    [
        ("mina", "split_detail", "get"),
        ("mina", "split_approve", "get"),
        ("mina", "split_approve", "post"),
        ("mina", "split_return", "post"),
        ("dev", "split_answer", "post"),
        ("dev", "split_propose", "post"),
    ],
)
def test_another_partnerships_split_does_not_exist(client, cast, who, name, method):
    split = sheets.agreed(cast)
    record = split.assessment if name == "split_propose" else split
    client.force_login(getattr(cast, who))

    assert getattr(client, method)(address(name, record)).status_code == 404


# The list ---------------------------------------------------------------------------------------


def test_the_list_puts_what_waits_for_the_reader_first(client, cast):
    in_force, waiting = sheets.in_force(cast), sheets.agreed(cast)
    client.force_login(cast.ian)

    response = client.get(reverse("casework:split_list"))

    assert [row.split for row in response.context["waiting"]] == [waiting]
    assert [row.split for row in response.context["others"]] == [in_force]
    assert "2 splits, 1 waiting for the ICB in all" in text_of(response)
    assert address("split_approve", waiting) in response.content.decode()


def test_the_list_says_whose_approval_is_missing(client, cast):
    split = sheets.agreed(cast)
    approve(split=split, seen=split.sha256, by=cast.lara, at=NOON)
    client.force_login(cast.fin)

    assert "ICB to approve" in text_of(client.get(reverse("casework:split_list")))


def test_the_list_is_filtered_and_the_filters_can_be_taken_off(client, cast):
    sheets.in_force(cast)
    proposed = sheets.proposed(cast)
    cohort = CohortFactory(partnership=cast.eastmere, name="A")
    type(proposed.case).objects.filter(pk=proposed.case_id).update(cohort=cohort)
    client.force_login(cast.esi)
    url = reverse("casework:split_list")

    for query in ({"state": "proposed"}, {"cohort": str(cohort.pk)}):
        response = client.get(url, query)
        assert [row.split for row in response.context["others"]] == [proposed]
    both = client.get(url, {"state": "proposed", "client_group": "LD"})

    assert both.context["page"].paginator.count == 0
    assert both.context["chips"] == [
        ("Client group: Learning disability", "?state=proposed"),
        ("State: Proposed", "?client_group=LD"),
    ]
    assert "No split is as you asked" in text_of(both)


def test_an_empty_list_says_where_splits_come_from(client, cast):
    client.force_login(cast.mina)

    assert "No splits yet" in text_of(client.get(reverse("casework:split_list")))


def test_those_whose_names_the_list_shows_are_recorded(client, cast):
    references = sorted([sheets.in_force(cast).case.reference, sheets.agreed(cast).case.reference])
    client.force_login(cast.ian)

    client.get(reverse("casework:split_list"))

    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert seen.detail == {"page": "split_list", "cases": references}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_for_one_and_three(
    client, cast, django_assert_num_queries, count
):
    for _ in range(count):
        sheets.agreed(cast)
    client.force_login(cast.ian)

    with django_assert_num_queries(15):
        client.get(reverse("casework:split_list"))


def test_the_list_has_pages_of_25(client, cast):
    case = sheets.in_force(cast).case
    FundingSplitFactory.create_batch(27, case=case, status="withdrawn", proposed_by=cast.asha)
    client.force_login(cast.fin)

    response = client.get(reverse("casework:split_list"), {"page": 2})

    assert len(response.context["others"]) == 3
    assert "28 splits" in text_of(response)


# A decision -------------------------------------------------------------------------------------


def test_the_approve_page_shows_all_there_is_to_decide_on(client, cast):
    former = sheets.in_force(cast)
    split = sheets.agreed(cast, former.case, effective_from=TODAY.replace(year=2027))
    approve(split=split, seen=split.sha256, by=cast.lara, at=NOON)
    ReviewFactory(
        case=split.case, booked_by=cast.asha, status="with_panel", held_on=TODAY, split=split,
        package=split.package, person_says="I want to stay here",
    )  # fmt: skip
    client.force_login(cast.ian)

    response = client.get(address("split_approve", split))

    text = text_of(response)
    for words in (
        "Approve the ICB’s share?",
        "1 of 1 waiting for you",
        "Eastmere NHS commissioner (you) 62.5% £671.87 £35,033.22",
        "32 of 48 points, band 30 to 39, so five eighths ICB (62.5%)",
        "Council approved £403.13 a week, Lara, 24 November 2026, 12:00",
        "I want to stay here",
        "Approve £671.87 a week",
        "Approving puts the split in force on 24 November 2027.",
    ):
        assert words in text
    assert f'name="seen" value="{split.sha256}"' in response.content.decode()


def test_approving_takes_the_reader_to_the_next_case(client, cast):
    first, second = sheets.agreed(cast), sheets.agreed(cast, at=LATER)
    client.force_login(cast.ian)

    response = client.post(address("split_approve", first), decision(first), follow=True)

    assert response.redirect_chain[-1][0] == address("split_approve", second)
    text = text_of(response)
    assert "£671.87 a week approved for Eastmere NHS commissioner." in text
    assert "It is in force once Eastmere Council has approved it too." in text


def test_the_second_approval_says_that_it_is_in_force_and_when_the_next_review_is(client, cast):
    split = sheets.agreed(cast)
    approve(split=split, seen=split.sha256, by=cast.lara, at=NOON)
    ReviewFactory(
        case=split.case, booked_by=cast.asha, status="with_panel", held_on=TODAY, split=split
    )
    client.force_login(cast.ian)

    response = client.post(address("split_approve", split), decision(split), follow=True)

    assert response.redirect_chain[-1][0] == reverse("casework:split_list")
    text = text_of(response)
    assert "Both have approved: it is in force from 1 December 2026." in text
    assert "The next review is due by 24 November 2027." in text
    assert Review.objects.get().status == "closed"


def test_a_second_click_says_who_approved_and_changes_nothing(client, cast):
    split = sheets.agreed(cast)
    client.force_login(cast.ian)
    client.post(address("split_approve", split), decision(split))

    response = client.post(address("split_approve", split), decision(split), follow=True)

    assert "Ian approved this split for Eastmere NHS commissioner on" in text_of(response)
    assert split.approvals.count() == 1


def test_a_split_changed_since_it_was_shown_comes_back_with_what_changed(client, cast):
    split = sheets.proposed(cast)
    agree_split(
        split=split, icb_share=split.icb_share / 5 * 4, reasons="Halves", by=cast.chloe, at=NOON
    )
    client.force_login(cast.ian)

    response = client.post(address("split_approve", split), decision(split, reasons="My own words"))

    assert response.status_code == 409
    text = text_of(response)
    assert "The split has changed since you opened this page." in text
    assert "Your share was £671.87 a week; it is now £537.50." in text
    assert "Approve £537.50 a week" in text
    assert "My own words" in text
    assert split.approvals.count() == 0


def test_the_proposer_is_told_why_not(client, cast):
    split = sheets.agreed(cast)
    FundingSplit.objects.update(proposed_by=cast.ian)
    client.force_login(cast.ian)

    response = client.post(address("split_approve", split), decision(split))

    assert response.status_code == 409
    assert "You proposed this split" in text_of(response)


def test_a_split_that_does_not_wait_for_the_reader_is_only_shown(client, cast):
    split = sheets.in_force(cast)
    client.force_login(cast.ian)

    response = client.get(address("split_approve", split))

    assert response.url == address("split_detail", split)


@pytest.mark.parametrize(
    ("who", "name"),
    [("fin", "split_detail"), ("ian", "split_approve"), ("asha", "split_answer")],
)
def test_opening_a_split_is_recorded_and_reads_well(client, cast, who, name):
    split = sheets.agreed(cast)
    if name == "split_answer":
        return_split(split=split, question="Why 8 hours?", by=cast.ian, at=NOON)
    client.force_login(getattr(cast, who))

    client.get(address(name, split))

    [reader] = readers_of(split.case)
    assert (reader.name, reader.page) == (getattr(cast, who).name, OTHER_PAGES[name])


def test_a_page_that_only_sends_one_on_is_not_recorded(client, cast):
    split = sheets.agreed(cast)
    client.force_login(cast.asha)

    client.get(address("split_answer", split))

    assert readers_of(split.case) == []


def test_a_return_needs_reasons(client, cast):
    split = sheets.agreed(cast)
    client.force_login(cast.ian)

    response = client.post(address("split_return", split), decision(split))

    text = text_of(response)
    assert "There is a problem" in text
    assert "Enter your reasons or questions, so that they can be answered" in text
    assert FundingSplit.objects.get().status == "agreed"


def test_a_returned_split_is_answered_and_waits_again(client, cast):
    split = sheets.agreed(cast)
    client.force_login(cast.ian)
    client.post(address("split_return", split), decision(split, reasons="Why 8 hours?"))

    client.force_login(cast.asha)
    listed = client.get(reverse("casework:split_list"))
    assert address("split_answer", split) in listed.content.decode()
    assert "Why 8 hours?" in text_of(client.get(address("split_answer", split)))
    empty = client.post(address("split_answer", split), {"answer": " "})
    assert "Enter the answer" in text_of(empty)
    response = client.post(address("split_answer", split), {"answer": "Two falls"})

    assert response.url == reverse("casework:case_file", args=[split.case_id])
    split.refresh_from_db()
    assert (split.status, split.answer) == ("agreed", "Two falls")
    client.force_login(cast.ian)
    assert "Two falls" in text_of(client.get(address("split_approve", split)))


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_approve_page_costs_the_same_queries_however_many_wait(
    client, cast, django_assert_num_queries, waiting
):
    split = [sheets.agreed(cast, at=NOON + timedelta(hours=n)) for n in range(waiting)][-1]
    client.force_login(cast.ian)

    with django_assert_num_queries(20):
        client.get(address("split_approve", split))


# A proposal -------------------------------------------------------------------------------------


def propose(client, sheet, answers, **more):
    return client.post(address("split_propose", sheet), sent(answers, **more))


def test_proposing_takes_the_matrix_at_its_word_and_leads_to_the_case(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = propose(client, sheet, sheets.answers())

    split = FundingSplit.objects.get()
    assert response.url == reverse("casework:case_file", args=[sheet.case_id])
    assert (split.source, split.proposed_by, split.effective_from) == (
        "matrix",
        cast.asha,
        sheets.FROM,
    )


def test_proposing_with_domains_open_names_each_and_keeps_what_was_typed(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = propose(client, sheet, sheets.answers(risk_to_self="", cognition=""))

    page = response.content.decode()
    assert "There is a problem" in page
    assert re.search(
        r'<a href="#id_level_risk_to_self_0">Choose a level for Risk to self</a>', page
    )
    assert re.search(r'<a href="#id_level_cognition_0">Choose a level for Cognition</a>', page)
    assert "Evidence for daily_living" in page
    assert FundingSplit.objects.count() == 0


def test_proposing_another_split_needs_a_share_and_reasons(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    refused = text_of(propose(client, sheet, sheets.answers(), depart="1", icb_share="160"))
    assert "The ICB’s share must be from 0% to 100%" in refused
    assert "Say why the split departs from the matrix" in refused

    propose(client, sheet, sheets.answers(), depart="1", icb_share="50", reasons="Agreed locally")
    split = FundingSplit.objects.get()
    assert (split.source, split.departure_reasons) == ("departure", "Agreed locally")


def test_proposing_from_a_stale_tab_is_refused_and_keeps_the_text(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)
    client.post(reverse("matrices:assessment_draft", args=[sheet.pk]), sent(sheets.answers()))

    text = text_of(propose(client, sheet, sheets.answers(cognition="high")))

    assert "Check these, then save again: Cognition." in text
    assert FundingSplit.objects.count() == 0


def test_no_need_completes_the_scores_and_asks_the_question(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = propose(client, sheet, sheets.no_need())

    assert response.url == reverse("casework:case_file", args=[sheet.case_id])
    sheet.refresh_from_db()
    assert (sheet.status, FundingSplit.objects.count()) == ("complete", 0)


def test_reloading_a_proposals_address_goes_back_to_the_sheet(client, cast):
    sheet = sheets.started(cast)
    client.force_login(cast.asha)

    response = client.get(address("split_propose", sheet))

    assert response.url == reverse("matrices:assessment_edit", args=[sheet.pk])
