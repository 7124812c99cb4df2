from datetime import timedelta

import pytest

from casework.queries.care_work import care_groups
from reviews.models import Reminder
from tests.cast import NOON
from tests.factories import AgendaItemFactory, FundingSplitFactory, PackageFactory, PanelFactory


def groups_of(user, today):
    return {group.id: group for group in care_groups(user, today)}


def row_of(user, today, group):
    [row] = groups_of(user, today)[group].rows
    return row


@pytest.fixture
def held(case_of, review_of, today):
    """A review held and recorded, with its package."""

    def make(status, **more):
        case = case_of(due=-20)
        fields = {
            "held_on": today - timedelta(days=3),
            "recorded_at": NOON,
            "recorded_by": case.care_coordinator,
            "package": PackageFactory(case=case),
        }
        return review_of(case, status=status, **fields | more)

    return make


def test_an_overdue_review_leads_straight_to_booking_it(cast, case_of, today):
    case = case_of(due=-100)

    row = row_of(cast.asha, today, "overdue")

    assert (row.verb, row.reference) == ("Book the review", case.reference)
    assert row.verb_url.endswith(f"{case.pk}/") or str(case.pk) in row.verb_url
    assert row.state == ("100 days overdue", "red")


def test_the_longest_overdue_comes_first_and_an_undated_case_before_it(cast, case_of, today):
    cases = [case_of(due=-5), case_of(due=-50), case_of()]

    rows = groups_of(cast.asha, today)["overdue"].rows

    assert [row.reference for row in rows] == [
        cases[2].reference,
        cases[1].reference,
        cases[0].reference,
    ]


@pytest.mark.parametrize(
    ("status", "booked", "group", "verb"),
    [
        ("booked", 0, "overdue", "Write the review"),
        ("booked", -9, "overdue", "Record why the review did not happen"),
        ("booked", 5, "due", "Hold the review"),
        ("held", -2, "overdue", "Write the review"),
    ],
)
def test_a_review_under_way_leads_to_its_next_act(
    cast, case_of, review_of, today, status, booked, group, verb
):
    review = review_of(case_of(due=-20), booked=booked, status=status)

    row = row_of(cast.asha, today, group)

    assert row.verb == verb
    assert str(review.pk) in row.verb_url


def test_the_cpa_is_recorded_once_its_day_has_come(cast, held, today):
    review = held("awaiting_cpa", cpa_arranged_for=today + timedelta(days=4))
    assert row_of(cast.asha, today, "waiting").verb == "The CPA"

    review.cpa_arranged_for = today
    review.save()

    assert row_of(cast.asha, today, "overdue").verb == "Record the CPA"


def test_agreed_needs_lead_to_the_split_and_then_to_the_panel(cast, held, today):
    review = held("needs_agreed", recommendation="change")
    row = row_of(cast.asha, today, "send-on")
    assert (row.verb, row.is_post) == ("Work out the split", True)

    review.split = FundingSplitFactory(case=review.case, proposed_by=cast.asha)
    review.save()

    row = row_of(cast.asha, today, "send-on")
    assert (row.verb, row.is_post) == ("Send to panel", False)


def test_a_question_shows_who_asked_what(cast, held, today):
    review = held("with_panel")
    review.split = FundingSplitFactory(
        case=review.case,
        proposed_by=cast.asha,
        status="returned",
        agreed_at=NOON,
        question="Why by night?",
        returned_at=NOON,
        returned_by=cast.ian,
    )
    review.save()

    row = row_of(cast.asha, today, "returned")

    assert (row.verb, row.why) == ("Answer the questions", "Ian: Why by night?")


def test_a_case_in_the_tray_waits_on_the_administrator(cast, cohort, held, today):
    review = held("with_panel")
    panel = PanelFactory(partnership=cast.eastmere)
    AgendaItemFactory(case=review.case, panel=panel, review=review, submitted_by=cast.asha)

    row = row_of(cast.asha, today, "waiting")

    assert (row.verb, row.why) == ("A place on an agenda", "With the panel administrator")
    assert row.verb_url == ""


def test_a_split_to_approve_waits_on_both_bodies(cast, held, today):
    review = held("with_panel")
    review.split = FundingSplitFactory(case=review.case, proposed_by=cast.asha, agreed=True)
    review.save()

    row = row_of(cast.asha, today, "waiting")

    assert (row.verb, row.why) == (
        "Approval of £1,075.00 a week",
        "With the council and the ICB",
    )


def test_nothing_that_needs_no_action_is_listed(cast, case_of, review_of, today):
    case_of(due=31)
    review_of(case_of(due=200), booked=45)
    case_of(due=-10, ended=True, ended_on=today)
    case_of(due=-10, care_coordinator=cast.ben)

    assert all(group.total == 0 for group in care_groups(cast.asha, today))


def test_a_reminder_stands_beside_its_case(cast, case_of, today):
    case = case_of(due=20)
    Reminder.objects.create(
        case=case,
        review_due_on=case.next_review_due,
        step="30",
        recipient=cast.asha,
        raised_at=NOON,
        sent_at=NOON,
    )

    why = row_of(cast.asha, today, "due").why

    assert why.replace("\N{NO-BREAK SPACE}", " ") == (
        "Not booked yet. Reminder of 24 November: due in 30 days"
    )


def test_the_s117_team_sees_the_cases_that_nobody_has(cast, case_of, cohort, today):
    case = case_of(due=-3, care_coordinator=None, cohort=cohort)
    case_of(due=-3, care_coordinator=None)

    row = row_of(cast.ben, today, "nobody")

    assert (row.reference, row.verb) == (case.reference, "Book the review")
    assert "nobody" not in groups_of(cast.asha, today)


def test_a_group_shows_25_and_counts_all(cast, case_of, today):
    for _ in range(26):
        case_of(due=-3)

    group = groups_of(cast.asha, today)["overdue"]

    assert (len(group.rows), group.total, group.has_more) == (25, 26, True)


def test_another_partnership_sees_nothing(cast, case_of, today):
    case_of(due=-3, care_coordinator=cast.dev)

    assert all(group.total == 0 for group in care_groups(cast.dev, today))
