"""From the tray to a published agenda, in the browser's steps."""

from datetime import date

import pytest
from django.urls import reverse

from panels.enums import ItemStatus, MeetingStatus, PackStatus
from panels.models import AgendaItem


def url(name, record, query=""):
    return reverse(f"panels:{name}", args=[record.pk]) + query


def text_of(client, address):
    return client.get(address).content.decode()


def test_item_submit_proposes_a_sentence_and_sends_it(client, cast, panel, new_review):
    review = new_review()
    client.force_login(cast.asha)

    page = text_of(client, url("item_submit", review))
    answer = client.post(url("item_submit", review), {"ask": "Keep the flat."})

    assert "Agree the package: Supported flat</textarea>" in page
    assert answer.url == reverse("casework:case_file", args=[review.case_id])
    assert AgendaItem.objects.get().ask == "Keep the flat"


def test_item_submit_refused_keeps_what_was_typed(client, cast, panel, new_review):
    client.force_login(cast.asha)
    review = new_review(split=None)

    page = client.post(url("item_submit", review), {"ask": "Keep the flat."}).content.decode()

    assert "propose a split first" in page
    assert "Keep the flat.</textarea>" in page


def test_agenda_build_shows_tray_and_agenda(client, cast, meeting, new_item, new_listed):
    listed, ready = new_listed(), new_item()
    new_item(review={"person_says": ""})
    client.force_login(cast.paula)

    page = text_of(client, url("agenda_build", meeting))

    assert "Tray: 2 waiting" in page
    assert "No view of the person" in page
    assert "Agenda: 1 of 10 cases, 15 minutes" in page
    assert url("item_list", ready) in page
    assert url("item_move", listed) in page


def test_agenda_build_only_reads_for_those_who_do_not_build(client, cast, meeting, new_listed):
    item = new_listed()
    client.force_login(cast.esi)

    page = text_of(client, url("agenda_build", meeting))

    assert item.case.reference in page
    assert url("item_move", item) not in page
    assert "Publish the agenda" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_agenda_build_takes_the_same_queries_for_more_rows(
    client, cast, meeting, new_item, new_listed, rows, django_assert_num_queries
):
    for _ in range(rows):
        new_item()
        new_listed()
    client.force_login(cast.paula)

    with django_assert_num_queries(7):
        client.get(url("agenda_build", meeting))


def test_agenda_fill_adds_what_is_ready_as_far_as_there_is_room(client, cast, meeting, new_item):
    meeting.panel.capacity = 2
    meeting.panel.save()
    first, second, third = (new_item() for _ in range(3))
    client.force_login(cast.paula)

    client.post(url("agenda_fill", meeting))

    assert [it.pk for it in meeting.items.on_the_agenda()] == [first.pk, second.pk]
    third.refresh_from_db()
    assert third.status == ItemStatus.SUBMITTED


def test_item_list_adds_it_and_says_its_place(client, cast, meeting, new_item):
    item = new_item()
    client.force_login(cast.paula)

    answer = client.post(url("item_list", item), {"meeting": meeting.pk}, follow=True)

    assert f"{item.case.patient} is now item 1 of 1." in answer.content.decode()


def test_item_move_keeps_the_focus_on_the_item(client, cast, meeting, new_listed):
    first, second, third = (new_listed() for _ in range(3))
    client.force_login(cast.paula)

    answer = client.post(url("item_move", first), {"to": "down"}, follow=True)

    page = answer.content.decode()
    assert [it.pk for it in meeting.items.on_the_agenda()] == [second.pk, first.pk, third.pk]
    assert f"{first.case.patient} is now item 2 of 3." in page
    assert page.count("autofocus") == 1


def test_item_return_puts_it_back(client, cast, meeting, new_listed):
    item = new_listed()
    client.force_login(cast.paula)

    client.post(url("item_return", item))

    item.refresh_from_db()
    assert item.status == ItemStatus.SUBMITTED


def test_item_return_when_it_is_gone_says_so(client, cast, meeting, new_item):
    client.force_login(cast.paula)

    answer = client.post(url("item_return", new_item()), follow=True)

    assert "not on an agenda any more" in answer.content.decode()


def test_item_withdraw_sends_it_back_to_the_review(client, cast, meeting, new_item):
    item = new_item()
    client.force_login(cast.paula)

    client.post(url("item_withdraw", item), {"meeting": meeting.pk})

    item.refresh_from_db()
    assert item.status == ItemStatus.WITHDRAWN


def test_agenda_order_follows_the_panel(client, cast, meeting, new_listed):
    deferred, new = new_listed("deferred"), new_listed("new")
    client.force_login(cast.paula)

    client.post(url("agenda_order", meeting))

    assert [it.pk for it in meeting.items.on_the_agenda()] == [new.pk, deferred.pk]


def test_agenda_publish_fixes_it(client, cast, meeting, new_listed):
    new_listed()
    client.force_login(cast.paula)

    answer = client.post(url("agenda_publish", meeting), follow=True)

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.PUBLISHED
    page = answer.content.decode()
    assert "The agenda is published. The pack goes out on 7\xa0December\xa02026." in page
    assert "Make the pack now" in page


def test_agenda_publish_after_the_deadline_has_the_pack_made(
    client, cast, meeting, new_listed, django_capture_on_commit_callbacks
):
    new_listed()
    meeting.pack_due_on = date(2026, 1, 2)
    meeting.save()
    client.force_login(cast.paula)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("agenda_publish", meeting))

    assert meeting.packs.get().status == PackStatus.READY
    page = text_of(client, url("agenda_build", meeting))
    assert "Download the pack, " in page


def test_agenda_publish_that_is_empty_says_why_not(client, cast, meeting):
    client.force_login(cast.paula)

    answer = client.post(url("agenda_publish", meeting), follow=True)

    assert "The agenda is empty" in answer.content.decode()


def test_agenda_print_names_nobody(client, cast, meeting, new_listed):
    item = new_listed()
    client.force_login(cast.chloe)

    page = text_of(client, url("agenda_print", meeting))

    assert f"{item.case.reference}, M.A." in page
    assert item.case.patient.family_name not in page
    assert "Draft" in page


def test_agenda_pdf_is_a_file_and_on_the_record(client, cast, meeting, new_listed):
    new_listed()
    client.force_login(cast.chloe)

    answer = client.get(url("agenda_pdf", meeting))

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="AG-A-PANEL-2026-12-10.pdf"'


@pytest.mark.parametrize("name", ["agenda_build", "agenda_print", "agenda_pdf"])
def test_agenda_of_another_partnership_is_not_found(client, cast, meeting, name):
    client.force_login(cast.mina)

    assert client.get(url(name, meeting)).status_code == 404


@pytest.mark.parametrize("name", ["agenda_fill", "agenda_order", "agenda_publish"])
def test_agenda_is_changed_only_by_who_builds_it(client, cast, meeting, name):
    client.force_login(cast.chloe)

    assert client.post(url(name, meeting)).status_code == 403


@pytest.mark.parametrize("name", ["item_list", "item_move", "item_return", "item_withdraw"])
def test_items_are_moved_only_by_who_builds_the_agenda(client, cast, new_listed, name):
    client.force_login(cast.asha)

    assert client.post(url(name, new_listed())).status_code == 403


def test_item_submit_of_another_partnership_is_not_found(client, cast, new_review):
    client.force_login(cast.dev)

    assert client.get(url("item_submit", new_review())).status_code == 404


def test_item_submit_without_permission(client, cast, new_review):
    client.force_login(cast.esi)

    assert client.get(url("item_submit", new_review())).status_code == 403
