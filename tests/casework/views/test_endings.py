"""Ending after-care in a browser: two people of two bodies end it, one is enough to keep it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from core.dates import in_words
from panels.models import Decision
from reviews.models import Ending, Review, Satisfaction
from reviews.operations.endings import say_satisfied
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

WHY = "Three years at home, working, no contact with the team needed."
OURS = "No service under section 117 has been used since the spring."


def address(name, ending):
    return reverse(f"casework:{name}", args=[ending.pk])


@pytest.fixture
def case(cast, case_of, today):
    """A case with a package of two services under section 117 and one that is not."""
    case = case_of(due=-20)
    package = PackageFactory(case=case, in_force=True, starts_on=today - timedelta(days=400))
    need = NeedFactory(package=package, position=1)
    NeedFactory(package=package, position=2, description="Rides a bus", reduces_risk=False)
    ServiceLineFactory(package=package, need=need, weekly_cost="845.00")
    ServiceLineFactory(package=package, description="Art group", weekly_cost="58.00")
    ServiceLineFactory(package=package, description="Gardening", is_s117=False)
    return case


@pytest.fixture
def ending_of(cast, review_of, today):
    """Make an ending that the panel supports, with the review that proposed it."""

    def make(case, days=7, **more):
        review = review_of(
            case,
            status="with_panel",
            held_on=today - timedelta(days=9),
            person_says="I manage by myself.",
            risks="None that she or the team can see.",
            recommendation="end",
            recorded_at=NOON,
            recorded_by=cast.asha,
        )
        fields = {"status": "supported", "supported_at": NOON, "reasons": WHY}
        return Ending.objects.create(
            case=case,
            review=review,
            ends_on=today + timedelta(days=days),
            proposed_at=NOON,
            proposed_by=cast.asha,
            **fields | more,
        )

    return make


@pytest.fixture
def ending(case, ending_of):
    return ending_of(case)


def say(client, who, ending, reasons=OURS, name="ending_say", **more):
    client.force_login(who)
    return client.post(address(name, ending), {"reasons": reasons}, **more)


def decided(cast, ending):
    """What the panel said about it."""
    panel = PanelFactory(partnership=cast.eastmere, name="A panel")
    item = AgendaItemFactory(
        case=ending.case, panel=panel, review=ending.review, ending=ending, kind="ending",
        meeting=MeetingFactory(panel=panel), position=1, status="decided",
        ask="Support the ending of after-care", submitted_by=cast.asha,
        listed_at=NOON, listed_by=cast.paula,
    )  # fmt: skip
    return Decision.objects.create(
        item=item, outcome="approve", reasons="The panel found no need.", decided_at=NOON,
        decided_by=cast.chloe,
    )  # fmt: skip


# Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "method", "allowed"),
    [
        ("ending_detail", "get", set(EVERYBODY) - {"fin", "ola"}),
        ("ending_say", "get", {"lara", "ian"}),
        ("ending_say", "post", {"lara", "ian"}),
        ("ending_withdraw", "post", {"lara", "ian"}),
    ],
)
def test_who_may_read_and_say(client, cast, ending, name, method, allowed):
    found = set()
    for who in EVERYBODY:
        client.force_login(getattr(cast, who))
        status = getattr(client, method)(address(name, ending)).status_code
        assert status in (200, 302, 403)
        if status != 403:
            found.add(who)

    assert found == allowed


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("ending_detail", "get"),
        ("ending_say", "get"),
        ("ending_say", "post"),
        ("ending_withdraw", "post"),
    ],
)
def test_an_ending_of_another_partnership_does_not_exist(client, cast, ending, name, method):
    client.force_login(cast.mina)

    theirs = getattr(client, method)(address(name, ending))
    missing = getattr(client, method)(reverse(f"casework:{name}", args=[uuid4()]))

    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert not AuditEvent.objects.filter(event="cohorts.case_seen").exists()


def test_a_commissioner_of_neither_body_says_nothing(client, cast, ending):
    cast.ian.memberships.update(organisation=cast.eastmere.trust)
    client.force_login(cast.ian)

    assert client.get(address("ending_say", ending)).url == address("ending_detail", ending)
    for name in ("ending_say", "ending_withdraw"):
        assert client.post(address(name, ending), {"reasons": OURS}).status_code == 403
    assert not Satisfaction.objects.exists()


# What it shows ----------------------------------------------------------------------------------


def test_the_page_shows_all_there_is_to_decide_on(client, cast, case, ending):
    decided(cast, ending)
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    client.force_login(cast.lara)

    text = text_of(client.get(address("ending_say", ending)))

    for words in (
        "Does Marian’s after-care end?",
        f"after-care to end on {in_words(ending.ends_on)}. By Asha on",
        WHY,
        "I manage by myself.",
        "None that she or the team can see.",
        "The A panel decided on 24 November 2026: agreed as recommended. The panel found no need.",
        "£1,075.00 a week: ICB £671.87, council £403.13.",
        "Accommodation with support: Supported flat, staff on site by day",
        "Art group",
        "Under the Care Act, so not touched by it: Gardening.",
        "Eastmere Council To say",
        "Say that Eastmere Council is satisfied",
        f"After-care ends on {in_words(ending.ends_on)} when the ICB has said so too.",
        "After-care goes on",
    ):
        assert words in text
    assert "Rides a bus" not in text  # under the Care Act


def test_what_the_other_body_said_is_shown(client, cast, ending):
    say(client, cast.ian, ending)
    client.force_login(cast.lara)

    text = text_of(client.get(address("ending_say", ending)))

    assert "Eastmere NHS commissioner Satisfied Ian," in text
    assert OURS in text
    assert "The ICB has said so already: after-care ends on" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"section": "37/41"}, "Section 37/41 came with restrictions."),
        (
            {"section": "37/41", "conditionally_discharged_on": NOON.date()},
            "Since 24 November 2026, from section 37/41. Recall to hospital is possible",
        ),
    ],
)
def test_what_speaks_against_an_ending_is_said_but_bars_nothing(
    client, cast, case, ending, fields, words
):
    type(case.detention).objects.update(**fields)
    client.force_login(cast.lara)

    text = text_of(client.get(address("ending_say", ending)))

    assert words in text
    assert "Say that Eastmere Council is satisfied" in text


def test_an_ending_is_read_with_what_has_happened_to_it(client, cast, ending):
    decided(cast, ending)
    say(client, cast.ian, ending)
    client.force_login(cast.esi)

    response = client.get(address("ending_detail", ending))

    text = text_of(response)
    for words in (
        "Council to say",
        "Ending of after-care proposed by Asha",
        "A panel decided: agreed as recommended by Chloe",
        "The ICB is satisfied that after-care may end by Ian",
        "After-care ends only when both bodies have said so.",
    ):
        assert words in text
    assert address("ending_say", ending) not in response.content.decode()


def test_opening_an_ending_is_recorded_against_the_case(client, cast, ending):
    client.force_login(cast.lara)

    client.get(address("ending_detail", ending))
    client.get(address("ending_say", ending))

    assert AuditEvent.objects.filter(event="cohorts.case_seen").count() == 2


@pytest.mark.parametrize("status", ["proposed", "withdrawn"])
def test_what_is_not_to_be_decided_is_only_shown(client, cast, case, ending_of, status):
    ending = ending_of(case, status=status)
    client.force_login(cast.lara)

    assert client.get(address("ending_say", ending)).url == address("ending_detail", ending)
    assert "Say whether" not in text_of(client.get(address("ending_detail", ending)))


# A word -----------------------------------------------------------------------------------------


def test_two_people_of_two_bodies_end_after_care(client, cast, case, ending):
    first = text_of(say(client, cast.lara, ending, follow=True))
    assert "when the ICB has said so too." in first
    case.refresh_from_db()
    assert case.ended_on is None

    second = text_of(say(client, cast.ian, ending, "The ICB sees no need either.", follow=True))

    case.refresh_from_db()
    assert (
        f"After-care ends on {in_words(ending.ends_on)}. Nobody is reminded of it any more."
        in second
    )
    assert (case.ended_on, case.end_reason) == (ending.ends_on, "jointly")
    assert Review.objects.get().status == "closed"
    assert "Ended by both bodies" in second
    assert f"After-care ends on {in_words(ending.ends_on)}. Eastmere Council Satisfied" in second


def test_an_ending_whose_day_has_passed_ends_it_today(client, cast, case, ending_of, today):
    ending = ending_of(case, days=-3)
    first = text_of(say(client, cast.lara, ending, follow=True))
    second = text_of(say(client, cast.ian, ending, follow=True))

    case.refresh_from_db()
    assert "After-care ends on the day on which the ICB has said so too." in first
    assert "After-care has ended. Nobody is reminded of it any more." in second
    assert f"After-care ended on {in_words(today)}." in second
    assert case.ended_on == today


def test_one_person_never_speaks_for_both(client, cast, case, ending):
    say(client, cast.lara, ending)
    cast.lara.memberships.update(organisation=cast.eastmere.icb)
    client.force_login(cast.lara)

    page = text_of(client.get(address("ending_say", ending)))
    response = say(client, cast.lara, ending)

    assert "You have spoken for Eastmere Council. Somebody else says" in page
    assert "Say that Eastmere NHS commissioner is satisfied" not in page
    assert response.status_code == 409
    assert "You have spoken for one body already." in text_of(response)
    assert Satisfaction.objects.count() == 1
    case.refresh_from_db()
    assert case.ended_on is None


@pytest.mark.parametrize("reasons", ["", "   ", "No need."])
@pytest.mark.parametrize("name", ["ending_say", "ending_withdraw"])
def test_a_word_needs_a_sentence_and_what_was_typed_is_kept(client, cast, ending, name, reasons):
    response = say(client, cast.lara, ending, reasons, name)

    text = text_of(response)
    assert "There is a problem" in text
    assert "Enter your body’s reasons in a sentence, so that they can be read later" in text
    assert f">\n{reasons}</textarea>" in response.content.decode()
    assert (Ending.objects.get().status, Satisfaction.objects.count()) == ("supported", 0)


def test_nothing_ends_while_a_community_treatment_order_lasts(client, cast, case, ending, today):
    type(case.detention).objects.update(cto_from=today - timedelta(days=30))
    client.force_login(cast.lara)

    page = text_of(client.get(address("ending_say", ending)))
    response = say(client, cast.lara, ending)

    assert "After-care cannot end now" in page
    assert "Say that Eastmere Council is satisfied" not in page
    assert "After-care goes on" in page
    assert response.status_code == 409
    text = text_of(response)
    assert "After-care cannot end while the person is on a community treatment order." in text
    assert OURS in text
    assert not Satisfaction.objects.exists()


def test_a_second_click_changes_nothing_and_says_so(client, cast, ending):
    say(client, cast.lara, ending)

    response = say(client, cast.lara, ending, follow=True)

    assert response.redirect_chain[-1][0] == address("ending_detail", ending)
    assert "does not wait for your body any more" in text_of(response)
    assert Satisfaction.objects.count() == 1


def test_one_body_is_enough_for_after_care_to_go_on(client, cast, case, ending):
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    say(client, cast.lara, ending)

    text = text_of(say(client, cast.ian, ending, name="ending_withdraw", follow=True))

    case.refresh_from_db()
    ending.refresh_from_db()
    assert "After-care goes on, as Eastmere NHS commissioner has said." in text
    assert f"The next review is due by {in_words(case.next_review_due)}." in text
    assert (case.ended_on, ending.status, ending.withdrawn_by) == (None, "withdrawn", cast.ian)


def test_without_a_split_in_force_the_review_goes_back_to_the_care_team(client, cast, ending):
    text = text_of(say(client, cast.ian, ending, name="ending_withdraw", follow=True))

    assert "The review is back with Asha." in text
    assert Review.objects.get().status == "needs_agreed"


# Where it is found ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["my_work", "split_list"])
def test_an_ending_is_found_by_those_who_are_to_say_a_word(client, cast, ending, page):
    say_satisfied(ending=ending, reasons=OURS, by=cast.ian, at=NOON)
    link = address("ending_say", ending)

    linked = set()
    for who in ("lara", "ian", "mina", "fin"):
        client.force_login(getattr(cast, who))
        if link in client.get(reverse(f"casework:{page}")).content.decode():
            linked.add(who)

    assert linked == {"lara"}


def test_the_case_file_leads_to_the_word(client, cast, case, ending):
    client.force_login(cast.lara)

    response = client.get(reverse("casework:case_file", args=[case.pk]))

    assert address("ending_say", ending) in response.content.decode()
    assert "the council and the ICB have still to say yes" in text_of(response)


def test_the_timeline_of_the_case_leads_to_the_ending(client, cast, case, ending):
    client.force_login(cast.asha)

    response = client.get(reverse("casework:case_timeline", args=[case.pk]))

    assert address("ending_detail", ending) in response.content.decode()


# Queries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_for_one_and_three(
    client, cast, case_of, ending_of, django_assert_num_queries, count
):
    for _ in range(count):
        ending_of(case_of())
    client.force_login(cast.ian)

    with django_assert_num_queries(17):  # three begin the record of this place
        response = client.get(reverse("casework:split_list"))

    assert len(response.context["endings"]) == count
    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert seen.detail["cases"] == sorted(row.reference for row in response.context["endings"])


@pytest.mark.parametrize("more", [0, 3])
@pytest.mark.parametrize("name", ["ending_detail", "ending_say"])
def test_a_page_costs_the_same_queries_however_many_services(
    client, cast, case, ending, django_assert_num_queries, name, more
):
    decided(cast, ending)
    ServiceLineFactory.create_batch(more, package=case.packages.get())
    client.force_login(cast.ian)

    with django_assert_num_queries(21):
        client.get(address(name, ending))
