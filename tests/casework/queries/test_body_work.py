from datetime import timedelta

import pytest

from casework.queries.body_work import commissioner_groups, finance_groups
from matrices.models import Approval
from reviews.models import Ending
from tests.cast import NOON
from tests.factories import FundingSplitFactory


def found(groups):
    return {
        group.id: [(row.verb, row.reference) for row in group.rows]
        for group in groups
        if group.total
    }


@pytest.fixture
def split(cast, case_of):
    return FundingSplitFactory(case=case_of(), proposed_by=cast.asha, agreed=True)


def approve(split, body, by):
    Approval.objects.create(
        split=split,
        body=body,
        organisation=by.membership.organisation,
        sha256=split.sha256,
        approved_at=NOON,
        approved_by=by,
    )


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
    split = FundingSplitFactory(case=case_of(), **in_force)
    FundingSplitFactory(case=case_of(), **in_force)
    day = split.in_force_at.date()

    [group] = finance_groups(cast.fin, day)
    assert (group.total, group.rows[0].verb) == (2, "See £1,075.00 a week")
    assert group.rows[0].url == ""  # a finance officer does not open case files
    assert finance_groups(cast.fin, day + timedelta(days=61))[0].total == 0


def test_an_ending_the_panel_supports_waits_for_both_bodies(cast, case_of, today):
    case = case_of()
    Ending.objects.create(
        case=case,
        status="supported",
        reasons="Well since spring.",
        ends_on=today,
        proposed_at=NOON,
        proposed_by=cast.asha,
        supported_at=NOON,
    )
    expected = {"endings": [("Say whether after-care ends", case.reference)]}

    assert found(commissioner_groups(cast.lara, today)) == expected
    assert found(commissioner_groups(cast.ian, today)) == expected
