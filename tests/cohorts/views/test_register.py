from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from cohorts.models.cases import Case
from tests.casework.views.test_funding import EVERYBODY, text_of
from tests.factories import CaseFactory, CohortFactory, DetentionFactory, PatientFactory

URL = "/cohorts/register/"
CHANGE = "/cohorts/register/coordinator/"


@pytest.fixture
def cohort(cast):
    return CohortFactory(partnership=cast.eastmere, name="B")


@pytest.fixture
def case_of(cast):
    def make(name="Ashworth", due=None, **more):
        patient = {"family_name": name, "client_group": more.pop("group", "MH")}
        patient = PatientFactory(partnership=cast.eastmere, **patient)
        day = timezone.localdate() + timedelta(days=due) if due is not None else None
        more.setdefault("detention", None)
        return CaseFactory(partnership=cast.eastmere, patient=patient, next_review_due=day, **more)

    return make


@pytest.fixture
def shown(client, cast):
    """The register as Asha sees it with a query."""
    client.force_login(cast.asha)
    return lambda **query: client.get(URL, query)


def names(response):
    return [row.family_name for row in response.context["rows"]]


# Who may ----------------------------------------------------------------------------------------


def test_every_role_may_see_the_register(client, cast, case_of):
    case_of()
    for name in EVERYBODY:
        client.force_login(getattr(cast, name))
        assert names(client.get(URL)) == ["Ashworth"]


def test_another_partnership_sees_none_of_it(client, cast, case_of):
    case_of()
    client.force_login(cast.dev)

    response = client.get(URL)

    assert names(response) == []
    assert "All open (0)" in text_of(response)


def test_whoever_may_not_open_a_case_gets_no_link_to_it(client, cast, case_of):
    case = case_of()
    client.force_login(cast.fin)

    assert str(case.pk) not in client.get(URL).content.decode()


# What it shows ----------------------------------------------------------------------------------


def test_the_count_is_in_words(cast, case_of, shown, cohort):
    case_of(due=-5, cohort=cohort)
    case_of(due=50, cohort=cohort)
    case_of(due=-5)

    assert shown(cohort=cohort.pk).context["words"] == "2 cases in cohort B, 1 overdue"
    assert shown().context["words"] == "3 cases open, 2 overdue"
    assert shown(cohort="none").context["words"] == "1 case in no cohort, 1 overdue"


def test_tabs_count_and_mark_where_one_is(cast, case_of, shown, cohort):
    case_of(cohort=cohort, care_coordinator=cast.asha)
    case_of(ended=True)

    tabs = shown(cohort=cohort.pk).context["tabs"]

    assert [(tab.label, tab.current) for tab in tabs] == [
        ("All open (1)", False),
        ("Cohort B (1)", True),
        ("No cohort (0)", False),
        ("Mine (1)", False),
        ("Ended (1)", False),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Late", "Soon", "Later", "Undated"]),
        ({"due": "overdue"}, ["Late"]),
        ({"due": "soon"}, ["Soon"]),
        ({"due": "no_date"}, ["Undated"]),
        ({"group": "LD"}, ["Late"]),
        ({"group": ["LD", "OP"]}, ["Late", "Soon"]),
        ({"alert": "area"}, ["Later"]),
        ({"alert": "cto"}, ["Soon"]),
        ({"alert": "restricted"}, ["Soon"]),
        ({"alert": ["cto", "area"]}, []),
        ({"who": "nobody"}, ["Late", "Soon", "Later"]),
        ({"state": "ended"}, ["Gone"]),
        ({"due": "overdue", "group": "OP"}, []),
    ],
)
def test_filters_narrow_the_list(cast, case_of, shown, query, expected):
    case_of("Late", due=-5, group="LD")
    case_of("Soon", due=10, group="OP", detention=restricted(cast))
    case_of("Later", due=90, is_out_of_area=True)
    case_of("Undated", care_coordinator=cast.asha)
    case_of("Gone", ended=True)

    assert names(shown(**query)) == expected


def restricted(cast):
    patient = PatientFactory(partnership=cast.eastmere)
    return DetentionFactory(patient=patient, section="37/41", cto_from=timezone.localdate())


def test_mine_are_the_readers_own(cast, case_of, shown):
    case_of("Mine", care_coordinator=cast.asha)
    case_of("Bens", care_coordinator=cast.ben)

    assert names(shown(who=cast.asha.pk)) == ["Mine"]


def test_chips_take_a_filter_off(cast, case_of, shown):
    chips = shown(due="overdue", group=["LD", "MH"], page=2).context["chips"]

    assert chips == [
        ("Overdue", "?group=LD&group=MH"),
        ("Learning disability", "?due=overdue&group=MH"),
        ("Mental health", "?due=overdue&group=LD"),
    ]


def test_the_choices_count_their_cases(case_of, shown):
    case_of(due=-5, group="LD")

    text = text_of(shown())

    assert "Overdue (1)" in text
    assert "Learning disability (1)" in text
    assert "CTO (0)" in text


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Adams", "Brown"]),
        ("-name", ["Brown", "Adams"]),
        ("due", ["Brown", "Adams"]),
        ("-cost", ["Brown", "Adams"]),
        ("who", ["Adams", "Brown"]),
        ("patient__nhs_number", ["Brown", "Adams"]),
    ],
)
def test_the_list_sorts_by_known_keys_only(cast, case_of, shown, order, expected):
    case_of("Adams", due=5, care_coordinator=cast.asha)
    case_of("Brown", due=3, weekly_cost=100)

    assert names(shown(order=order)) == expected


@pytest.mark.parametrize(
    "query",
    [
        {"page": "minus one"},
        {"page": "99999"},
        {"order": "-"},
        {"order": "--due"},
        {"due": "never"},
        {"cohort": "x"},
        {"cohort": str(uuid4())},
        {"group": ["XX", "LD"]},
        {"state": "?"},
    ],
)
def test_an_odd_address_breaks_nothing(case_of, shown, query):
    case_of(group="LD")

    assert names(shown(**query)) == ["Ashworth"]


def test_pages_have_25_rows(case_of, shown):
    for _ in range(26):
        case_of()

    assert len(names(shown())) == 25
    assert len(names(shown(page=2))) == 1


def test_cases_that_no_rule_places_are_said_and_only_managers_are_led_to_the_rules(
    client, cast, case_of, shown
):
    case_of()
    rules = reverse("cohorts:rule_list")

    page = shown()
    assert "1 case that no rule places" in text_of(page)
    assert f'href="{rules}"' not in page.content.decode()

    client.force_login(cast.poppy)
    assert f'href="{rules}"' in client.get(URL).content.decode()


def test_an_empty_register_says_what_to_do(case_of, shown):
    assert "Nobody is on the register yet" in text_of(shown())

    case_of()
    assert "No case is as you asked" in text_of(shown(due="overdue"))


def test_whose_names_were_shown_is_recorded(cast, case_of, shown):
    case = case_of()

    shown()

    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert seen.detail == {"page": "register", "cases": [case.reference]}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cast, case_of, shown, cohort, django_assert_num_queries, rows
):
    for number in range(rows):
        case_of(due=number, cohort=cohort, care_coordinator=cast.asha)

    with django_assert_num_queries(19):
        shown()


# Giving cases to somebody -----------------------------------------------------------------------


def test_who_may_change_the_care_coordinator(client, cast, case_of):
    case = case_of()
    allowed = set()
    for name in EVERYBODY:
        client.force_login(getattr(cast, name))
        if client.get(CHANGE, {"case": case.reference}).status_code == 200:
            allowed.add(name)

    assert allowed == {"asha", "ben", "paula", "poppy", "ola"}


def test_the_change_is_shown_first_and_then_made(client, cast, case_of):
    cases = [case_of("Adams", care_coordinator=cast.asha), case_of("Brown")]
    references = [case.reference for case in cases]
    client.force_login(cast.poppy)

    preview = text_of(client.get(CHANGE, {"case": references}))
    response = client.post(CHANGE, {"case": references, "coordinator": cast.ben.pk}, follow=True)

    assert "Change care coordinator of 2 cases" in preview
    assert "ADAMS, Marian Ruth" in preview
    assert set(Case.objects.values_list("care_coordinator", flat=True)) == {cast.ben.pk}
    assert "2 cases now have Ben as care coordinator." in text_of(response)


def test_those_who_would_be_changed_are_recorded_as_seen(client, cast, case_of):
    references = sorted(case_of(name).reference for name in ("Adams", "Brown"))
    client.force_login(cast.poppy)

    client.get(CHANGE, {"case": references})

    seen = AuditEvent.objects.get(event="cohorts.list_seen")
    assert seen.detail == {"page": "coordinator_change", "cases": references}


def test_nobody_is_an_answer(client, cast, case_of):
    case = case_of(care_coordinator=cast.asha)
    client.force_login(cast.poppy)

    client.post(CHANGE, {"case": case.reference, "coordinator": "nobody"})

    case.refresh_from_db()
    assert case.care_coordinator is None


@pytest.mark.parametrize("chosen", ["", "lara", "dev", "nonsense"])
def test_cases_go_only_to_those_who_hold_reviews_here(client, cast, case_of, chosen):
    case = case_of(care_coordinator=cast.asha)
    key = getattr(cast, chosen).pk if chosen in {"lara", "dev"} else chosen
    client.force_login(cast.poppy)

    client.post(CHANGE, {"case": case.reference, "coordinator": key})

    case.refresh_from_db()
    assert case.care_coordinator == cast.asha


def test_another_partnerships_case_is_as_if_it_had_not_been_ticked(client, cast, case_of):
    case = case_of()
    client.force_login(cast.dev)

    theirs = client.get(CHANGE, {"case": case.reference})
    missing = client.get(CHANGE, {"case": "EM-9999"})

    assert (theirs.status_code, theirs.url) == (missing.status_code, missing.url) == (302, URL)


def test_without_a_tick_one_is_told_to_tick(client, cast, case_of):
    client.force_login(cast.asha)

    assert "Tick the cases to change first." in text_of(client.get(CHANGE, follow=True))
