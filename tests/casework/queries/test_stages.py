from datetime import timedelta

import pytest

from casework.enums import Act, Holder
from casework.queries.stages import situations
from matrices.models import Approval
from tests.cast import NOON
from tests.factories import (
    AgendaItemFactory,
    FundingSplitFactory,
    MeetingFactory,
    PackageFactory,
    PanelFactory,
)


@pytest.fixture
def on_agenda(cast, case_of, review_of, today):
    """A case with something of every floor."""

    def make():
        case = case_of(due=-20)
        package = PackageFactory(case=case)
        split = FundingSplitFactory(case=case, package=package, proposed_by=cast.asha)
        review = review_of(
            case,
            status="with_panel",
            held_on=today - timedelta(days=9),
            recorded_at=NOON,
            recorded_by=cast.asha,
            recommendation="change",
            package=package,
            split=split,
        )
        panel = PanelFactory(partnership=cast.eastmere)
        AgendaItemFactory(
            case=case,
            panel=panel,
            review=review,
            split=split,
            status="listed",
            meeting=MeetingFactory(panel=panel),
            position=1,
            listed_at=NOON,
            listed_by=cast.paula,
            submitted_by=cast.asha,
        )
        return case

    return make


def test_the_facts_come_from_every_floor(on_agenda, today):
    [situation] = situations([on_agenda()], today)

    facts = situation.facts
    assert (facts.review, facts.split, facts.item) == ("with_panel", "proposed", "listed")
    assert (facts.recorded_on, facts.proposed_on, facts.listed_on) == (NOON.date(),) * 3
    assert facts.meeting_on == situation.meeting.held_on
    assert situation.stage.holder == Holder.PANEL


def test_what_is_over_or_withdrawn_counts_no_more(cast, on_agenda, today):
    case = on_agenda()
    case.splits.update(status="withdrawn")
    case.agenda_items.update(status="withdrawn", withdrawn_at=NOON)
    case.reviews.update(status="needs_agreed")

    [situation] = situations([case], today)

    assert (situation.facts.split, situation.facts.item) == ("", "")
    assert situation.stage.act == Act.START_SCORES


def test_one_approval_leaves_the_other_body(cast, on_agenda, today):
    case = on_agenda()
    split = case.splits.get()
    case.splits.update(status="agreed", agreed_at=NOON)
    body = {"body": "la", "organisation": cast.eastmere.council}
    Approval.objects.create(
        split=split, sha256=split.sha256, approved_at=NOON, approved_by=cast.lara, **body
    )

    [situation] = situations([case], today)

    assert situation.stage.holder == Holder.ICB


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(on_agenda, today, django_assert_num_queries, count):
    cases = [on_agenda() for _ in range(count)]

    with django_assert_num_queries(6):
        situations(cases, today)
