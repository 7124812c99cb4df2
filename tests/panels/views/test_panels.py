"""The list of panels."""

import pytest
from django.urls import reverse

from tests.factories import MeetingFactory, PanelFactory


def get(client):
    return client.get(reverse("panels:panel_list"))


def test_panel_list_shows_dates_places_and_tray(client, cast, meeting, new_item, new_listed):
    new_item()
    new_listed()
    client.force_login(cast.paula)

    page = get(client).content.decode()

    assert "A panel" in page
    assert "1 case waits in the tray" in page
    assert "Thursday 10\xa0December\xa02026" in page
    assert "1, 9 places left" in page
    assert reverse("panels:agenda_build", args=[meeting.pk]) in page


def test_panel_list_of_another_partnership_is_empty(client, cast, meeting):
    client.force_login(cast.mina)

    page = get(client).content.decode()

    assert "No panels yet" in page
    assert "A panel" not in page


def test_panel_list_without_permission(client, cast):
    client.force_login(cast.fin)

    assert get(client).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_list_takes_the_same_queries_for_more_rows(
    client, cast, rows, django_assert_num_queries
):
    for _ in range(rows):
        MeetingFactory(panel=PanelFactory(partnership=cast.eastmere))
    client.force_login(cast.paula)

    with django_assert_num_queries(7):
        get(client)
