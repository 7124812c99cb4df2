"""The pack of a meeting: asked for, made once, kept; found again when its worker died."""

import hashlib
import logging
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from audit.operations import record
from core.pages import page_count
from core.refusals import Refused
from panels import documents
from panels.enums import Event, MeetingStatus, PackStatus
from panels.models import Meeting, Pack
from panels.policy.packs import after_failure, is_stale
from panels.queries.papers import pack_paper

logger = logging.getLogger(__name__)


@transaction.atomic
def request_pack(*, meeting: Meeting, by: User | None, at: datetime) -> Pack:
    """Ask for a meeting's pack: there is one, asked for once; a failed one is tried afresh."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.status not in (MeetingStatus.PUBLISHED, MeetingStatus.CLOSED):
        raise Refused("Publish the agenda first; the pack is made from it.")
    pack = meeting.packs.first() or Pack(meeting=meeting, requested_at=at, requested_by=by)
    if pack.status == PackStatus.FAILED:
        pack.become(PackStatus.REQUESTED)
        pack.attempts, pack.started_at = 0, None
    elif not pack._state.adding:
        return pack
    pack.save()
    record(Event.PACK_REQUESTED, on=pack, by=by, at=at, number=pack.number)
    return pack


def build_pack(*, pack: Pack, at: datetime) -> Pack:
    """Make a pack that is asked for and keep it; a second worker on the same pack leaves at once.

    Not one transaction on purpose: that it was begun must survive the death of whoever began it.
    """
    claimed = _claim(pack, at=at)
    if claimed is None:
        return Pack.objects.get(pk=pack.pk)
    try:
        pdf = documents.pack(pack_paper(claimed.meeting, sent_on=claimed.meeting.pack_due_on))
        return _keep(claimed, pdf, at=at)
    except Exception:
        logger.exception("The pack %s could not be made", pack.pk)
        return _give_up(claimed, at=at)


def sweep(*, day: date, at: datetime) -> list[Pack]:
    """Ask for packs whose day has come, free those whose worker died, return what is to be made."""
    for meeting in Meeting.objects.with_pack_due_by(day).filter(packs__isnull=True):
        request_pack(meeting=meeting, by=None, at=at)
    for pack in Pack.objects.filter(status=PackStatus.BUILDING):
        if is_stale(pack.started_at, at):
            _give_up(pack, at=at)
    return list(Pack.objects.filter(status=PackStatus.REQUESTED).order_by("requested_at"))


@transaction.atomic
def note_download(*, pack: Pack, by: User, at: datetime) -> None:
    """Record that somebody took the pack away."""
    record(Event.PACK_DOWNLOADED, on=pack, by=by, at=at, sha256=pack.sha256)


@transaction.atomic
def _claim(pack: Pack, *, at: datetime) -> Pack | None:
    pack = _locked(pack)
    if pack.status != PackStatus.REQUESTED:
        return None
    pack.become(PackStatus.BUILDING)
    pack.started_at = at
    pack.attempts += 1
    pack.save(update_fields=["status", "started_at", "attempts"])
    return pack


@transaction.atomic
def _keep(claimed: Pack, pdf: bytes, *, at: datetime) -> Pack:
    pack = _locked(claimed)
    if not _is_still(pack, claimed):
        return pack
    pack.become(PackStatus.READY)
    pack.built_at = at
    pack.sha256, pack.pages = hashlib.sha256(pdf).hexdigest(), page_count(pdf)
    pack.file.save(f"{pack.pk}.pdf", ContentFile(pdf), save=False)
    pack.save(update_fields=["status", "built_at", "sha256", "pages", "file"])
    record(Event.PACK_BUILT, on=pack, by=None, at=at, sha256=pack.sha256, pages=pack.pages)
    return pack


@transaction.atomic
def _give_up(begun: Pack, *, at: datetime) -> Pack:
    pack = _locked(begun)
    if not _is_still(pack, begun):
        return pack
    pack.become(after_failure(pack.attempts))
    pack.save(update_fields=["status"])
    if pack.status == PackStatus.FAILED:
        record(Event.PACK_FAILED, on=pack, by=None, at=at, attempts=pack.attempts)
    return pack


def _is_still(pack: Pack, begun: Pack) -> bool:
    """Test that nobody else has taken the pack over since it was begun."""
    return pack.status == PackStatus.BUILDING and pack.attempts == begun.attempts


def _locked(pack: Pack) -> Pack:
    return (
        Pack.objects.select_for_update(of=("self",))
        .select_related("meeting__panel__partnership")
        .get(pk=pack.pk)
    )
