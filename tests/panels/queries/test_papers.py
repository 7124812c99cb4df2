"""The agenda and the pack, filled in from the record."""

from datetime import date, time
from decimal import Decimal

from panels import documents
from panels.queries.papers import agenda_paper, initials, pack_paper, pack_reference
from tests.factories import MeetingFactory, NeedFactory


def test_agenda_paper_names_people_by_reference_and_initials(meeting, new_listed):
    item = new_listed()
    MeetingFactory(panel=meeting.panel, held_on=date(2026, 12, 24))

    paper = agenda_paper(meeting)

    (line,) = paper.cases
    assert (line.item, line.reference, line.initials) == ("4.1", item.case.reference, "M.A.")
    assert (line.weekly_cost, line.starts_at, line.presenter) == (1075, time(13, 45), "Asha")
    assert item.case.patient.family_name not in repr(paper)
    assert [it.item for it in paper.business] == ["1", "2", "3", "4.1", "5", "6"]
    assert paper.business[-1].what == "Next meeting: 24 December 2026"
    assert (paper.chair, paper.reference) == ("Ruth Calloway", "AG-A-PANEL-2026-12-10")
    assert paper.members[0].role == "Chair"


def test_pack_paper_has_a_section_for_each_case(meeting, new_listed):
    items = [new_listed(), new_listed()]
    NeedFactory(package=items[0].split.package)

    paper = pack_paper(meeting)

    first, second = paper.cases
    assert (first.reference, second.reference) == tuple(it.case.reference for it in items)
    assert (first.week.both, first.week.council, first.week_now) == (1075, Decimal("403.13"), None)
    assert first.why_now == ("The review of 20 November 2026: continue with a changed package.")
    assert [need.need for need in first.needs] == ["Accommodation with support"]
    assert [it.description for it in first.services] == ["Supported flat"]
    assert [it.words for it in first.views] == ["I like my flat."]
    assert paper.reference == pack_reference(meeting) == "PP-A-PANEL-2026-12-10"
    assert items[0].case.patient.family_name not in repr(paper)


def test_pack_paper_can_be_printed(meeting, new_listed):
    new_listed()

    assert documents.pack(pack_paper(meeting)).startswith(b"%PDF")


def test_initials(new_item):
    assert initials(new_item()) == "M.A."
