"""The pack, asked for and taken away."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from panels.enums import PackStatus
from panels.models import Pack
from panels.operations.packs import build_pack, request_pack
from tests.cast import NOON


@pytest.fixture
def pack(cast, published, new_listed):
    new_listed()
    return request_pack(meeting=published, by=cast.paula, at=NOON)


def download(client, pack):
    return client.get(reverse("panels:pack_download", args=[pack.pk]))


def test_pack_request_has_it_made(
    client, cast, published, new_listed, django_capture_on_commit_callbacks
):
    new_listed()
    client.force_login(cast.paula)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("panels:pack_request", args=[published.pk]))

    assert Pack.objects.get().status == PackStatus.READY


def test_pack_request_before_publication_is_refused(client, cast, meeting):
    client.force_login(cast.paula)

    answer = client.post(reverse("panels:pack_request", args=[meeting.pk]), follow=True)

    assert "Publish the agenda first" in answer.content.decode()


def test_pack_download_gives_the_kept_file_and_is_on_the_record(client, cast, pack):
    build_pack(pack=pack, at=NOON)
    client.force_login(cast.chloe)

    answer = download(client, pack)

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="PP-A-PANEL-2026-12-10.pdf"'
    event = AuditEvent.objects.get(event="panels.pack_downloaded")
    assert (event.actor, event.target_id) == (cast.chloe, str(pack.pk))


def test_pack_download_that_is_still_being_made_is_not_found(client, cast, pack):
    client.force_login(cast.chloe)

    assert download(client, pack).status_code == 404


def test_pack_download_of_another_partnership_is_not_found(client, cast, pack):
    build_pack(pack=pack, at=NOON)
    client.force_login(cast.mina)

    assert download(client, pack).status_code == 404


def test_pack_download_without_permission(client, cast, pack):
    client.force_login(cast.fin)

    assert download(client, pack).status_code == 403


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PackStatus.REQUESTED, "The pack is being made."),
        (PackStatus.FAILED, "Try to make the pack again"),
    ],
)
def test_the_state_of_a_pack_is_shown_where_it_was_asked_for(client, cast, pack, status, words):
    Pack.objects.update(status=status, attempts=3)
    client.force_login(cast.paula)

    page = client.get(reverse("panels:agenda_build", args=[pack.meeting.pk])).content.decode()

    assert words in page
