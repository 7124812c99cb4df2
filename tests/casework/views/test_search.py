import pytest
from django.urls import reverse

from audit.models import AuditEvent
from core.identifiers import format_nhs_number
from tests.casework.views.test_funding import text_of
from tests.factories import CaseFactory, PatientFactory

URL = "/search/"


@pytest.fixture
def found(client, cast):
    """Search as Asha."""
    client.force_login(cast.asha)
    return lambda text: client.post(URL, {"q": text})


def person(cast, family_name, given_names="Marian"):
    patient = PatientFactory(
        partnership=cast.eastmere, family_name=family_name, given_names=given_names
    )
    return CaseFactory(partnership=cast.eastmere, patient=patient, detention=None)


@pytest.mark.parametrize("typed", ["EM-7731", "em-7731", " em 7731 ", "EM7731"])
def test_a_reference_goes_straight_to_the_case(cast, found, typed):
    case = CaseFactory(partnership=cast.eastmere, reference="EM-7731")

    assert found(typed).url == reverse("casework:case_file", args=[case.pk])


def test_an_nhs_number_goes_straight_to_the_case(cast, found):
    case = CaseFactory(partnership=cast.eastmere)
    number = case.patient.nhs_number

    assert found(number).url == reverse("casework:case_file", args=[case.pk])
    assert found(format_nhs_number(number)).url == reverse("casework:case_file", args=[case.pk])


@pytest.mark.parametrize("typed", ["szab", "SZABÓ", "Szabo", "Szabó, Eszter", "szabo eszter"])
def test_a_name_is_found_without_regard_to_case_and_accents(cast, found, typed):
    person(cast, "Szabó", "Eszter")
    person(cast, "Ashworth")

    text = text_of(found(typed))

    assert "1 case found" in text
    assert "SZABÓ, Eszter" in text


def test_the_exact_name_comes_before_those_that_begin_so(cast, found):
    person(cast, "Leeson")
    person(cast, "Lee", "Zoe")

    text = text_of(found("lee"))

    assert text.index("LEE, Zoe") < text.index("LEESON, Marian")


def test_nobody_found_says_what_to_do(found):
    text = text_of(found("Nobody"))

    assert "Nobody found" in text
    assert "look through the register" in text


def test_an_empty_search_and_a_reload_show_the_box(client, found):
    assert "The beginning of a surname is enough" in text_of(found("  "))
    assert "The beginning of a surname is enough" in text_of(client.get(URL))


@pytest.mark.parametrize("typed", ["%", "_", "'; --", "\x00", "9" * 500, "🙂"])
def test_odd_text_finds_nobody_and_breaks_nothing(cast, found, typed):
    person(cast, "Ashworth")

    assert "Nobody found" in text_of(found(typed))


def test_another_partnerships_people_are_not_found(client, cast):
    case = person(cast, "Ashworth")
    client.force_login(cast.dev)

    for typed in ("Ashworth", case.reference, case.patient.nhs_number):
        assert "Nobody found" in text_of(client.post(URL, {"q": typed}))


def test_whoever_may_not_open_a_case_sees_it_in_the_list(client, cast):
    case = person(cast, "Ashworth")
    client.force_login(cast.fin)

    response = client.post(URL, {"q": case.reference})

    assert "ASHWORTH, Marian" in text_of(response)
    assert reverse("casework:case_file", args=[case.pk]) not in response.content.decode()


def test_who_was_found_is_recorded_without_what_was_typed(cast, found):
    case = person(cast, "Ashworth")

    found("ashw")

    detail = AuditEvent.objects.get(event="cohorts.list_seen").detail
    assert detail == {"page": "search", "cases": [case.reference]}


def test_the_box_in_the_header_posts_so_that_no_name_stands_in_an_address(client, cast):
    client.force_login(cast.asha)

    page = client.get("/").content.decode()

    assert f'<form action="{URL}" method="post">' in page
    header = page.partition("<search")[2].partition("</search>")[0]
    assert "csrfmiddlewaretoken" in header


def test_a_name_in_the_address_is_not_read(client, cast):
    person(cast, "Ashworth")
    client.force_login(cast.asha)

    assert "ASHWORTH" not in text_of(client.get(URL + "?q=Ashworth"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, cast, django_assert_num_queries, rows):
    for _ in range(rows):
        person(cast, "Ashworth")
    client.force_login(cast.asha)

    with django_assert_num_queries(16):
        client.post(URL, {"q": "ashworth"})
