"""Steps of the panel and of the two bodies: agenda, pack, meeting, decision, approvals."""

import io
import re
from datetime import date

from pypdf import PdfReader

from core.templatetags.s117 import day
from tests.journeys.visitor import Visitor

REASONS = "The one-to-one support keeps Bola well, and costs no more than last year."


def build_the_agenda(paula: Visitor) -> None:
    paula.press("Panels").check("Eastmere panel", "1 case waits in the tray")
    paula.press("Build the agenda").check("Tray: 1 waiting", "BIRCH, Bola", "0 of 10 cases")
    paula.press("Add BIRCH, Bola to the agenda")
    paula.check("Tray: 0 waiting", "Agenda: 1 of 10 cases").picture("agenda")


def publish_it_and_have_the_pack_made(paula: Visitor) -> None:
    paula.press("Publish the agenda").check("The agenda is published.")
    if "Make the pack now" in paula.said:
        paula.press("Make the pack now")
    for _ in range(30):
        if "Download the pack" in paula.said:
            break
        paula.page.wait_for_timeout(500)
        paula.page.reload()
    paula.check("Download the pack")


def open_the_meeting(chloe: Visitor) -> None:
    chloe.check("My work").press("Panels").check("Agenda published")
    chloe.page.locator("th a").first.click()
    chloe.check("Attendance not taken", "BIRCH, Bola", "£986.87", "£986.88", "£1,973.75")
    chloe.picture("meeting")


def print_the_agenda(chloe: Visitor, reference: str) -> None:
    chloe.press("Print the agenda")
    chloe.check("Order of business", f"{reference}, B.B.", "£1,973.75", "Quorum:")
    assert "BIRCH" not in chloe.said  # people are named by reference and initials
    chloe.press("Open the meeting").sees("Attendance not taken")


def read_the_pack(chloe: Visitor, reference: str) -> None:
    """Download the pack: each page says its case and its number; bookmarks lead to the case."""
    with chloe.page.expect_download() as download:
        chloe.press("Download the pack")
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    case_pages = [page for page in pages if reference in page]
    titles = [item.title for item in pdf.outline if not isinstance(item, list)]

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"\bpage {number} of {len(pages)}\b", page, re.IGNORECASE), page
    assert len(case_pages) >= 2  # the agenda and the case's own section
    assert any(reference in title for title in titles), titles
    for amount in ("£1,973.75", "£986.87", "£986.88", "£1,480.25"):
        assert any(amount in page for page in case_pages), amount
    assert not any("Birch" in page or "BIRCH" in page for page in pages)


def try_to_decide_without_a_quorum(chloe: Visitor) -> None:
    chloe.fill("Reasons, for the minutes", REASONS).press("Agree as recommended")
    chloe.check("There is a problem", "There is no quorum", "Take attendance")
    assert chloe.labelled("Reasons, for the minutes").input_value() == REASONS


def take_attendance(chloe: Visitor) -> None:
    chloe.press("Take attendance").check("Who is here")
    for name in ("Chloe Marsh", "Lara Quist", "Ian Frost", "Dr Stella Lowe"):
        chloe.tick(name)
    chloe.press("Save attendance").check("Quorum met", "4 of 4 here")


def agree(chloe: Visitor) -> None:
    chloe.fill("Reasons, for the minutes", REASONS).press("Agree as recommended")
    chloe.check("The council and the ICB approve it next.", REASONS)


def approve_a_share(commissioner: Visitor, amount: str, then: str) -> None:
    """Approve what one's own body pays: the button carries the sum."""
    commissioner.check("My work", "BIRCH, Bola").press(f"Approve {amount} a week")
    commissioner.check(REASONS, amount, "What Bola says").picture("approve")
    commissioner.press(f"Approve {amount} a week").check(f"{amount} a week approved for", then)


def see_it_in_force(asha: Visitor, reference: str, next_due: date) -> None:
    asha.search(reference).sees(f"Case file {reference}")
    asha.check("£986.87", "£986.88", f"The next review is due by {day(next_due)}.")
    asha.check(f"Due {day(next_due)}, 12 months after the last").picture("case-file")
    asha.page.get_by_role("navigation", name="Case file").get_by_text("Funding").click()
    asha.check("Funding splits", "From the matrix", "£1,973.75", "Superseded", "£1,973.78")
