import re
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from matrices.models import Approval
from reviews.models import Ending
from tests.casework.views.test_funding import EVERYBODY, text_of
from tests.cast import NOON
from tests.factories import (
    AgendaItemFactory,
    FundingSplitFactory,
    MeetingFactory,
    NeedFactory,
    PackageFactory,
    PanelFactory,
    ServiceLineFactory,
)

PAGES = (
    "case_file",
    "case_needs",
    "case_reviews",
    "case_funding",
    "case_panel",
    "case_detentions",
    "case_timeline",
    "case_seen",
)
MAY_READ = {"asha", "ben", "chloe", "paula", "lara", "ian", "poppy", "esi"}


def address(case, tab="case_file"):
    return reverse(f"casework:{tab}", args=[case.pk])


def without_token(response):
    """A page without the one value that differs each time it is sent."""
    return re.sub(
        rb'name="csrfmiddlewaretoken" value="\w+"|"x-csrftoken": "\w+"', b"", response.content
    )


@pytest.fixture
def full(cast, case_of, review_of, cohort):
    """A case with something on every page."""
    case = case_of(due=-20, cohort=cohort)
    package = PackageFactory(case=case, in_force=True)
    need = NeedFactory(package=package, position=1)
    ServiceLineFactory(package=package, need=need, weekly_cost="963.50")
    split = FundingSplitFactory(case=case, package=package, proposed_by=cast.asha, in_force=True)
    said = {"sha256": split.sha256, "approved_at": NOON, "approved_by": cast.ian}
    Approval.objects.create(split=split, body="icb", organisation=cast.eastmere.icb, **said)
    Ending.objects.create(
        case=case,
        status="withdrawn",
        reasons="Well since spring.",
        ends_on=NOON.date(),
        proposed_at=NOON,
        proposed_by=cast.asha,
    )
    add_history(cast, case, review_of)
    return case


def add_history(cast, case, review_of):
    package = PackageFactory(case=case)
    ServiceLineFactory(package=package)
    split = FundingSplitFactory(
        case=case, package=package, proposed_by=cast.asha, status="withdrawn"
    )
    review = review_of(
        case,
        status="closed",
        held_on=case.next_review_due,
        recorded_at=NOON,
        recorded_by=cast.asha,
        closed_at=NOON,
        recommendation="change",
        package=package,
        split=split,
    )
    panel = PanelFactory(partnership=cast.eastmere)
    AgendaItemFactory(
        case=case,
        panel=panel,
        review=review,
        split=split,
        meeting=MeetingFactory(panel=panel),
        position=1,
        status="withdrawn",
        withdrawn_at=NOON,
        submitted_by=cast.asha,
        listed_at=NOON,
        listed_by=cast.paula,
    )


# Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", PAGES[:-1])
def test_who_may_open_a_case(client, cast, full, tab):
    allowed = set()
    for name in EVERYBODY:
        client.force_login(getattr(cast, name))
        if client.get(address(full, tab)).status_code == 200:
            allowed.add(name)

    assert allowed == MAY_READ


def test_who_has_seen_a_case_is_for_its_care_team_and_auditors(client, cast, full):
    allowed = set()
    for name in EVERYBODY:
        client.force_login(getattr(cast, name))
        if client.get(address(full, "case_seen")).status_code == 200:
            allowed.add(name)

    assert allowed == {"asha", "esi"}


@pytest.mark.parametrize("tab", PAGES)
def test_a_case_of_another_partnership_is_as_one_that_does_not_exist(client, cast, full, tab):
    client.force_login(cast.dev)

    theirs = client.get(address(full, tab))
    missing = client.get(reverse(f"casework:{tab}", args=[uuid4()]))

    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert without_token(theirs) == without_token(missing)
    assert not AuditEvent.objects.filter(event="cohorts.case_seen").exists()


def test_a_case_file_takes_no_post(client, cast, full):
    client.force_login(cast.asha)

    assert client.post(address(full)).status_code == 405


# What it shows ----------------------------------------------------------------------------------


def test_opening_a_page_is_recorded_and_shown_to_the_care_team(client, cast, full):
    client.force_login(cast.ian)
    client.get(address(full, "case_funding"))
    client.force_login(cast.asha)

    text = text_of(client.get(address(full, "case_seen")))

    assert "Ian Funding" in text
    assert AuditEvent.objects.filter(event="cohorts.case_seen").count() == 2


def test_the_overview_says_where_the_case_is_and_the_one_thing_to_do(client, cast, full):
    client.force_login(cast.asha)

    response = client.get(address(full))

    text = text_of(response)
    assert "With you." in text
    assert "is not booked." in text
    assert reverse("reviews:review_book", args=[full.pk]) in response.content.decode()


def test_a_reader_sees_who_has_the_case_and_no_button(client, cast, full):
    client.force_login(cast.esi)

    response = client.get(address(full))

    assert "With Asha." in text_of(response)
    assert "s117-steps" in response.content.decode()
    assert reverse("reviews:review_book", args=[full.pk]) not in response.content.decode()


def test_the_overview_shows_cost_by_body_and_care_team(client, cast, full):
    client.force_login(cast.asha)

    text = text_of(client.get(address(full)))

    assert "Eastmere NHS commissioner 62.5% £671.87" in text
    assert "In force: 1 service, £963.50 a week." in text
    assert "Coordinator Asha" in text
    assert "A, reviewed by the S117 team" in text


def test_a_proposed_split_is_compared_with_the_one_in_force(client, cast, full, review_of):
    split = FundingSplitFactory(case=full, proposed_by=cast.asha)
    review_of(full, status="needs_agreed", held_on=full.next_review_due, split=split)
    client.force_login(cast.asha)

    response = client.get(address(full))

    assert "Now, a week" in text_of(response)
    assert "The split is ready." in text_of(response)
    assert "Send to panel" in text_of(response)


def test_working_out_the_split_is_a_button_that_posts(client, cast, full, review_of):
    review_of(
        full,
        status="needs_agreed",
        held_on=full.next_review_due,
        recommendation="change",
        recorded_at=NOON,
        recorded_by=cast.asha,
    )
    client.force_login(cast.asha)

    page = client.get(address(full)).content.decode()

    start = reverse("matrices:assessment_start", args=[full.pk])
    assert f'<form method="post" action="{start}"' in page


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("case_needs", "1. Accommodation with support Supported flat"),
        ("case_needs", "Proposed, from 1 December 2026"),
        ("case_reviews", "Continue with a changed package: the panel decides"),
        ("case_funding", "£1,075.00 £671.87 62.5% £403.13 37.5%"),
        ("case_panel", "Keep the supported flat with 3 more support hours a week"),
        ("case_detentions", "Section 3 gave the entitlement Dale View Hospital"),
        ("case_timeline", "Review recorded by Asha"),
        ("case_timeline", "Approved by the ICB by Ian"),
        ("case_timeline", "Well since spring."),
        ("case_timeline", "After section 3, Dale View Hospital."),
    ],
)
def test_each_page_shows_its_matter(client, cast, full, tab, words):
    client.force_login(cast.asha)

    assert words in text_of(client.get(address(full, tab)))


@pytest.mark.parametrize("tab", PAGES)
def test_each_page_of_an_empty_case_says_so_and_does_not_break(client, cast, case_of, tab):
    case = case_of(detention=None)
    client.force_login(cast.asha)

    assert "Case file" in text_of(client.get(address(case, tab)))


def test_an_ended_case_shows_its_end_and_no_act(client, cast, case_of, today):
    case = case_of(ended=True, ended_on=today)
    client.force_login(cast.asha)

    text = text_of(client.get(address(case)))

    assert "After-care ended on" in text
    assert "Both bodies ended it" in text.replace("both", "Both")
    assert "Book" not in text


@pytest.mark.parametrize("more", [0, 3])
def test_the_number_of_queries_does_not_grow_with_the_history(
    client, cast, full, review_of, django_assert_num_queries, more
):
    for _ in range(more):
        add_history(cast, full, review_of)
    client.force_login(cast.asha)

    with django_assert_num_queries(26):
        client.get(address(full))
