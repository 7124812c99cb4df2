"""The pack: asked for once, made once, kept; and found again when its worker died."""

import hashlib
import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from audit.models import AuditEvent
from core.refusals import Refused
from panels.enums import PackStatus
from panels.models import Pack
from panels.operations.packs import build_pack, note_download, request_pack, sweep
from tests.cast import NOON, TODAY

LATER = NOON + timedelta(minutes=5)
PACK_DAY = date(2026, 12, 7)


@pytest.fixture
def pack(cast, published, new_listed):
    new_listed()
    return request_pack(meeting=published, by=cast.paula, at=NOON)


@pytest.fixture
def unmakeable(monkeypatch):
    """Documents that fail, as with a picture that is not there."""

    def fail(paper):
        raise RuntimeError("no such picture")

    monkeypatch.setattr("panels.documents.pack", fail)


def begun_by_a_worker_that_died(pack, attempts=1):
    pack.status, pack.attempts, pack.started_at = PackStatus.BUILDING, attempts, NOON
    pack.save()


def test_request_pack_twice_is_one_pack(cast, pack, published):
    assert request_pack(meeting=published, by=cast.paula, at=LATER) == pack
    assert AuditEvent.objects.filter(event="panels.pack_requested").count() == 1


def test_request_pack_before_the_agenda_is_published_is_refused(cast, meeting):
    with pytest.raises(Refused, match="Publish the agenda first"):
        request_pack(meeting=meeting, by=cast.paula, at=NOON)


def test_request_pack_that_failed_starts_afresh(cast, pack, published):
    pack.status, pack.attempts = PackStatus.FAILED, 3
    pack.save()

    again = request_pack(meeting=published, by=cast.paula, at=LATER)

    assert (again.pk, again.status, again.attempts) == (pack.pk, PackStatus.REQUESTED, 0)


def test_build_pack_keeps_the_file_with_its_hash(pack):
    built = build_pack(pack=pack, at=LATER)

    with built.file.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    assert built.sha256 == hashlib.sha256(content).hexdigest()
    assert (built.status, built.built_at, built.attempts) == (PackStatus.READY, LATER, 1)
    assert built.pages >= 4
    assert AuditEvent.objects.get(event="panels.pack_built").detail["sha256"] == built.sha256


def test_build_pack_again_leaves_the_first_as_it_is(pack):
    first = build_pack(pack=pack, at=LATER)

    again = build_pack(pack=pack, at=LATER)

    assert (again.sha256, again.file.name, again.attempts) == (first.sha256, first.file.name, 1)


def test_build_pack_begun_by_another_leaves_it_to_them(pack):
    begun_by_a_worker_that_died(pack)

    assert build_pack(pack=pack, at=LATER).attempts == 1


@pytest.mark.parametrize(
    ("attempts", "status"), [(0, PackStatus.REQUESTED), (2, PackStatus.FAILED)]
)
def test_build_pack_that_cannot_be_made(pack, unmakeable, attempts, status):
    pack.attempts = attempts
    pack.save()

    built = build_pack(pack=pack, at=LATER)

    assert (built.status, built.attempts) == (status, attempts + 1)
    assert not built.file
    assert AuditEvent.objects.filter(event="panels.pack_failed").exists() == (attempts == 2)


def test_build_pack_that_was_taken_over_meanwhile_is_not_kept_twice(pack, monkeypatch):
    def overtaken(paper):
        Pack.objects.update(attempts=2)
        return b"%PDF of a worker thought dead"

    monkeypatch.setattr("panels.documents.pack", overtaken)

    built = build_pack(pack=pack, at=LATER)

    assert (built.status, built.attempts, bool(built.file)) == (PackStatus.BUILDING, 2, False)


def test_build_pack_that_fails_after_it_was_taken_over_changes_nothing(pack, monkeypatch):
    def overtaken(paper):
        Pack.objects.update(attempts=2)
        raise RuntimeError("too late anyway")

    monkeypatch.setattr("panels.documents.pack", overtaken)

    assert build_pack(pack=pack, at=LATER).status == PackStatus.BUILDING


def test_sweep_asks_for_the_packs_whose_day_has_come(published, new_listed):
    new_listed()

    assert sweep(day=PACK_DAY - timedelta(days=1), at=NOON) == []
    (pack,) = sweep(day=PACK_DAY, at=NOON)

    assert (pack.meeting, pack.status, pack.requested_by) == (
        published,
        PackStatus.REQUESTED,
        None,
    )


def test_sweep_again_asks_for_nothing_twice(published, new_listed):
    new_listed()

    first, again = (sweep(day=PACK_DAY, at=NOON) for _ in range(2))

    assert first == again
    assert Pack.objects.count() == 1


def test_sweep_leaves_a_pack_that_is_being_made(pack):
    begun_by_a_worker_that_died(pack)

    assert sweep(day=TODAY, at=NOON + timedelta(seconds=119)) == []


def test_sweep_takes_a_pack_from_a_worker_that_died(pack):
    begun_by_a_worker_that_died(pack)

    assert sweep(day=TODAY, at=LATER) == [pack]
    assert build_pack(pack=pack, at=LATER).status == PackStatus.READY


def test_sweep_gives_up_on_a_pack_that_killed_three_workers(pack):
    begun_by_a_worker_that_died(pack, attempts=3)

    assert sweep(day=TODAY, at=LATER) == []
    pack.refresh_from_db()
    assert pack.status == PackStatus.FAILED


def test_note_download_is_on_the_record(cast, pack):
    note_download(pack=pack, by=cast.chloe, at=NOON)

    assert AuditEvent.objects.get(event="panels.pack_downloaded").actor == cast.chloe


@pytest.mark.services
@pytest.mark.usefixtures("committed")
def test_build_pack_by_two_workers_at_once_makes_one(pack):
    barrier = threading.Barrier(2)

    def worker():
        barrier.wait()
        build_pack(pack=pack, at=LATER)
        connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    pack.refresh_from_db()
    assert (pack.status, pack.attempts) == (PackStatus.READY, 1)
    assert AuditEvent.objects.filter(event="panels.pack_built").count() == 1
