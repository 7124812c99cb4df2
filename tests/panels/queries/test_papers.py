"""The agenda and the pack, filled in from the record."""

from datetime import date, time, timedelta
from decimal import Decimal

from panels import documents
from panels.models import Decision
from panels.queries.papers import agenda_paper, initials, pack_paper, pack_reference
from reviews.models import Attendance, Ending
from tests.cast import NOON
from tests.factories import (
    AgendaItemFactory,
    CaseFactory,
    FundingSplitFactory,
    MeetingFactory,
    NeedFactory,
    PackageFactory,
    ServiceLineFactory,
)


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


def test_pack_paper_explains_a_split_from_the_matrix(meeting, scored):
    (case,) = pack_paper(meeting).cases

    assert case.split.is_sample
    assert case.split.icb_share == scored.split.icb_share
    assert {(it.level, it.evidence) for it in case.split.scores} == {("Moderate", "Seen weekly.")}
    assert case.split.points == sum(it.points for it in case.split.scores)
    assert case.split.steps[-1].name == "Together"


def test_pack_paper_compares_with_what_is_in_force(cast, meeting, new_listed):
    item = new_listed()
    package = PackageFactory(case=item.case, in_force=True)
    ServiceLineFactory(package=package, description="Supported flat", weekly_cost="963.50")
    FundingSplitFactory(
        case=item.case,
        package=package,
        proposed_by=cast.asha,
        in_force=True,
        effective_from=date(2025, 4, 1),
    )
    item.review.progress = "Settled since the spring."
    item.review.save()

    (case,) = pack_paper(meeting).cases

    assert case.week_now.both == 1075
    assert [it.weekly_cost_now for it in case.services] == [Decimal("963.50")]
    assert case.progress == (
        "Settled since the spring.\nSupported flat, £1,075.00 a week: was £963.50."
    )


def test_pack_paper_of_an_ending_that_was_deferred_once(cast, panel, meeting, new_listed):
    first = new_listed("ending", status="decided")
    Decision.objects.create(
        item=first,
        outcome="defer",
        reasons="Too little to go on.",
        conditions="A nursing assessment",
        decided_at=NOON,
        decided_by=cast.chloe,
    )
    first.case.is_out_of_area = True
    first.case.save()
    ending = Ending.objects.create(
        case=first.case,
        review=first.review,
        reasons="Well for two years.",
        ends_on=date(2026, 12, 31),
        proposed_at=NOON,
        proposed_by=cast.asha,
    )
    later = MeetingFactory(panel=panel, held_on=date(2026, 12, 24))
    AgendaItemFactory(
        panel=panel,
        case=first.case,
        review=first.review,
        ending=ending,
        kind="deferred",
        status="listed",
        meeting=later,
        position=1,
        submitted_by=cast.asha,
        submitted_at=NOON + timedelta(minutes=1),
    )

    (case,) = pack_paper(later).cases

    assert case.week is case.split is None
    assert case.recommendation == "Well for two years."
    assert case.why_now == (
        "The review of 20 November 2026: continue with a changed package. "
        "Deferred on 10 December 2026 for: A nursing assessment "
        "After-care would end on 31 December 2026."
    )
    assert "out of area" in case.about


def test_pack_paper_says_whether_the_review_was_part_of_a_cpa(cast, meeting, new_listed):
    new_listed(review={"part_of_cpa": True})
    new_listed(review={"part_of_cpa": False, "cpa_held_on": date(2026, 11, 23)})
    new_listed(review={"part_of_cpa": False})

    cases = pack_paper(meeting).cases

    assert [next(it.result for it in case.checks if it.check == "CPA") for case in cases] == [
        "The review was part of it",
        "23 November 2026",
        "Not held yet",
    ]


def test_pack_paper_of_a_case_without_a_review_is_bare(cast, panel, meeting):
    case = CaseFactory(partnership=cast.eastmere)
    AgendaItemFactory(
        panel=panel,
        case=case,
        status="listed",
        meeting=meeting,
        position=1,
        submitted_by=cast.asha,
    )

    (paper,) = pack_paper(meeting).cases

    assert (paper.checks, paper.views, paper.services, paper.why_now) == ((), (), (), "")
    assert (paper.recommended_by, paper.risks, paper.progress) == ("", "", "")


def test_pack_paper_names_who_took_part_by_what_they_are(meeting, new_listed):
    item = new_listed()
    for name, took_part in (("Ada Brook", True), ("Carl Dunn", False)):
        Attendance.objects.create(
            review=item.review, name=name, capacity="advocate", took_part=took_part
        )

    (case,) = pack_paper(meeting).cases

    assert case.took_part == ("Advocate",)
