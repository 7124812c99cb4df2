"""The papers a panel reads, as tagged PDF: the agenda and the pack."""

import hashlib
from typing import Any

from core.dates import in_words
from core.pdf import render_pdf
from panels.policy.papers import AgendaPaper, PackPaper


def agenda(paper: AgendaPaper) -> bytes:
    """Return the agenda of a meeting."""
    context = _context(paper, kind="Agenda", reference=paper.reference)
    return render_pdf("panels/documents/agenda.html", context)


def pack(paper: PackPaper) -> bytes:
    """Return the pack of a meeting: cover, agenda, and one section for each case."""
    context = _context(paper.agenda, kind="Panel pack", reference=paper.reference)
    context |= {"pack": paper, "mark": content_mark(paper)}
    return render_pdf("panels/documents/pack.html", context)


def content_mark(paper: PackPaper) -> str:
    """Return the mark printed on each page that tells one version of a pack from another."""
    return hashlib.sha256(repr(paper).encode()).hexdigest()[:8].upper()


def _context(agenda: AgendaPaper, *, kind: str, reference: str) -> dict[str, Any]:
    return {
        "title": f"{kind}: {agenda.panel}, {in_words(agenda.held_on)}",
        "agenda": agenda,
        "letterhead": agenda.letterhead,
        "reference": reference,
    }
