"""A panel with its four voting seats, a meeting, and cases on their way to it."""

from datetime import date, timedelta

import pytest

from matrices.operations.assessments import complete_assessment, save_answers, start_assessment
from matrices.operations.matrices import add_sample_matrices
from matrices.operations.splits import propose_split
from matrices.queries import definition_of
from panels.enums import ItemStatus
from panels.models import Attendance
from tests.cast import NOON
from tests.factories import (
    AgendaItemFactory,
    CaseFactory,
    CohortFactory,
    FundingSplitFactory,
    MeetingFactory,
    PanelFactory,
    PanelMemberFactory,
    ReviewFactory,
    ServiceLineFactory,
)

SEATS = (
    ("Ruth Calloway", "chair"),
    ("A Rowe", "council"),
    ("H Marsh", "icb"),
    ("Dr S Lowe", "clinician"),
)


@pytest.fixture
def cohort(cast):
    return CohortFactory(partnership=cast.eastmere, name="A")


@pytest.fixture
def panel(cast, cohort):
    panel = PanelFactory(partnership=cast.eastmere, name="A panel")
    panel.cohorts.add(cohort)
    for name, seat in SEATS:
        PanelMemberFactory(panel=panel, name=name, seat=seat)
    return panel


@pytest.fixture
def meeting(panel):
    return MeetingFactory(panel=panel)


@pytest.fixture
def new_review(cast, cohort):
    """Make a review whose needs are agreed, with a split proposed for its package."""

    def make(**traits):
        case = traits.pop("case", None) or CaseFactory(
            partnership=cast.eastmere, cohort=cohort, care_coordinator=cast.asha
        )
        split = FundingSplitFactory(case=case, proposed_by=cast.asha)
        ServiceLineFactory(package=split.package, weekly_cost="1075.00")
        facts = {
            "status": "needs_agreed",
            "held_on": date(2026, 11, 20),
            "recommendation": "change",
            "recommendation_reasons": "Nights have been unsettled since August.",
            "person_says": "I like my flat.",
            "risks": "Two early-warning episodes.",
            "recorded_at": NOON,
            "recorded_by": cast.asha,
            "package": split.package,
            "split": split,
        }
        return ReviewFactory(case=case, **facts | traits)

    return make


@pytest.fixture
def new_item(cast, panel, new_review):
    """Make a case in the tray, sent a minute after the one before it."""
    sent = iter(range(1000))

    def make(kind="change", **traits):
        review = new_review(status="with_panel", **traits.pop("review", {}))
        return AgendaItemFactory(
            panel=panel,
            case=review.case,
            review=review,
            split=review.split,
            kind=kind,
            submitted_by=cast.asha,
            **{"submitted_at": NOON + timedelta(minutes=next(sent))} | traits,
        )

    return make


@pytest.fixture
def new_listed(cast, meeting, new_item):
    """Make a case on the agenda of the meeting, after those already there."""

    def make(kind="change", **traits):
        placed = {
            "status": ItemStatus.LISTED,
            "meeting": meeting,
            "position": meeting.items.count() + 1,
            "listed_at": NOON,
            "listed_by": cast.paula,
        }
        return new_item(kind, **placed | traits)

    return make


@pytest.fixture
def published(cast, meeting):
    meeting.status, meeting.published_at, meeting.published_by = "published", NOON, cast.paula
    meeting.save()
    return meeting


@pytest.fixture
def quorate(published):
    """The meeting, everybody there."""
    for member in published.panel.members.all():
        Attendance.objects.create(meeting=published, member=member, is_present=True)
    return published


@pytest.fixture
def scored(cast, new_listed):
    """A case on the agenda whose split the sample matrix gave, each domain scored moderate."""
    item = new_listed()
    item.split.become("withdrawn")
    item.split.save()
    add_sample_matrices(partnership=cast.eastmere, by=None, at=NOON)
    assessment = start_assessment(case=item.case, package=item.split.package, by=cast.asha, at=NOON)
    domains = definition_of(assessment.version).domains
    assessment = save_answers(
        assessment=assessment,
        answers={it.code: {"level": "moderate", "evidence": "Seen weekly."} for it in domains},
        draft_number=0,
        by=cast.asha,
        at=NOON,
    )
    assessment = complete_assessment(assessment=assessment, by=cast.asha, at=NOON)
    item.split = propose_split(
        assessment=assessment, effective_from=date(2026, 12, 1), by=cast.asha, at=NOON
    )
    item.save()
    item.review.split = item.split
    item.review.save()
    return item
