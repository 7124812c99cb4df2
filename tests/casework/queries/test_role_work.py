"""What waits for the roles that do not write reviews, and how the page sums it up."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from casework.queries.body_work import commissioner_groups, finance_groups
from casework.queries.my_work import GROUPS_OF, in_words, my_work
from casework.queries.panel_work import administrator_groups, chair_groups
from casework.queries.register_work import lead_groups, register_groups
from matrices.models import Approval
from panels.models import Meeting, Pack
from tests.cast import NOON
from tests.factories import (
    AgendaItemFactory,
    FundingSplitFactory,
    MeetingFactory,
    PanelFactory,
    PanelMemberFactory,
)


def found(groups):
    return {
        group.id: [(row.verb, getattr(row, "reference", "") or row.title) for row in group.rows]
        for group in groups
        if group.total
    }


@pytest.fixture
def split(cast, case_of):
    return FundingSplitFactory(case=case_of(), proposed_by=cast.asha, agreed=True)


@pytest.fixture
def panel(cast):
    return PanelFactory(partnership=cast.eastmere, name="A panel")


@pytest.fixture
def meeting_of(panel, cast, today):
    def make(days, **more):
        held_on = today + timedelta(days=days)
        return MeetingFactory(panel=panel, held_on=held_on, **more)

    return make


@pytest.fixture
def published(cast):
    return {"status": "published", "published_at": NOON, "published_by": cast.paula}


def item_on(meeting, case, by, **more):
    fields = {"panel": meeting.panel, "case": case, "submitted_by": by, "meeting": meeting}
    listed = {"status": "listed", "position": 1, "listed_at": NOON, "listed_by": by}
    return AgendaItemFactory(**fields | listed | more)


def approve(split, body, by):
    Approval.objects.create(
        split=split,
        body=body,
        organisation=by.membership.organisation,
        sha256=split.sha256,
        approved_at=NOON,
        approved_by=by,
    )


def test_every_role_has_its_groups():
    assert set(GROUPS_OF) == set(Role)


def test_each_commissioner_sees_its_own_bodys_pounds(cast, split, today):
    reference = split.case.reference

    assert found(commissioner_groups(cast.ian, today)) == {
        "approval": [("Approve £671.87 a week", reference)]
    }
    assert found(commissioner_groups(cast.lara, today)) == {
        "approval": [("Approve £403.13 a week", reference)]
    }
    assert found(commissioner_groups(cast.mina, today)) == {}


def test_a_split_one_has_approved_waits_on_the_other_body(cast, split, today):
    approve(split, "la", cast.lara)

    [group] = [group for group in commissioner_groups(cast.lara, today) if group.total]
    assert (group.id, group.is_waiting, group.rows[0].why) == ("waiting", True, "With the ICB")
    [other] = [group for group in commissioner_groups(cast.ian, today) if group.total]
    assert (other.id, other.rows[0].why) == ("approval", "The council has approved")


def test_finance_sees_what_came_into_force_lately(cast, case_of, today):
    in_force = {"proposed_by": cast.asha, "in_force": True}
    new = FundingSplitFactory(case=case_of(), **in_force)
    FundingSplitFactory(case=case_of(), **in_force)
    new.in_force_at -= timedelta(days=0)
    day = new.in_force_at.date()

    [group] = finance_groups(cast.fin, day)
    assert (group.total, group.rows[0].verb) == (2, "See £1,075.00 a week")
    assert finance_groups(cast.fin, day + timedelta(days=61))[0].total == 0


def test_the_administrator_places_on_the_next_agenda(cast, case_of, panel, meeting_of, today):
    meeting_of(2, status="published", published_at=NOON, published_by=cast.paula)
    Pack.objects.create(
        meeting=Meeting.objects.get(), status="ready", requested_at=NOON, built_at=NOON
    )
    meeting = meeting_of(9)
    item = AgendaItemFactory(panel=panel, case=case_of(), submitted_by=cast.asha)

    [tray, agendas] = [group for group in administrator_groups(cast.paula, today) if group.total]

    assert tray.rows[0].reference == item.case.reference
    assert str(meeting.pk) in tray.rows[0].verb_url
    assert agendas.rows[0].verb == "Build the agenda"


def test_the_administrator_is_told_of_a_pack_that_failed(
    cast, case_of, meeting_of, published, today
):
    meeting = meeting_of(9, **published)
    item_on(meeting, case_of(), cast.paula)
    Pack.objects.create(meeting=meeting, status="failed", requested_at=NOON)

    groups = {group.id: group for group in administrator_groups(cast.paula, today) if group.total}

    assert set(groups) == {"packs"}
    assert groups["packs"].rows[0].verb == "Make the pack again"


def test_the_chair_records_decisions_and_prints_agendas(
    cast, case_of, panel, meeting_of, published, today
):
    PanelMemberFactory(panel=panel, user=cast.chloe, seat="chair")
    held, coming = meeting_of(-1, **published), meeting_of(13)
    item_on(held, case_of(), cast.paula)
    MeetingFactory(panel=PanelFactory(partnership=cast.eastmere), held_on=today)

    groups = {group.id: group for group in chair_groups(cast.chloe, today)}

    assert [row.verb for row in groups["decisions"].rows] == ["Record the decisions"]
    assert str(held.pk) in groups["decisions"].rows[0].verb_url
    assert [row.verb for row in groups["meetings"].rows] == ["See the agenda"]
    assert str(coming.pk) in groups["meetings"].rows[0].verb_url


def test_the_lead_sees_the_gaps_and_who_is_late(cast, case_of, cohort, today):
    case_of(due=-3, cohort=cohort)
    case_of(due=300, cohort=cohort)
    case_of(care_coordinator=None)

    assert found(lead_groups(cast.poppy, today)) == {
        "gaps": [
            ("See the case", "1 case in no cohort"),
            ("See the case", "1 case without a review date"),
            ("See the case", "1 case that nobody has"),
        ],
        "overdue": [("See 1 overdue case", "Cohort A, the S117 team")],
    }
    assert set(found(register_groups(cast.ola, today))) == {"gaps"}


def test_the_page_says_how_much_waits(cast, case_of, today):
    assert in_words([]) == "Nothing waits for you."

    case_of(due=-3)

    assert in_words(my_work(cast.asha, today)) == ("1 thing waits for you.")
