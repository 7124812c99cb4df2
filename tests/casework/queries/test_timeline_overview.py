"""The cards of a case file's first page, and what its timeline says of each thing."""

from datetime import timedelta

import pytest

from casework.queries.case_file import case_frame
from casework.queries.overview import overview
from casework.queries.timeline import timeline
from core.templatetags.s117 import day
from tests.cast import NOON
from tests.factories import (
    DetentionFactory,
    FundingSplitFactory,
    PackageFactory,
    PatientFactory,
    ServiceLineFactory,
)


@pytest.fixture
def shown(cast, today):
    def overview_of(case, by=cast.asha):
        return overview(case_frame(case, by, "case_file", today), by, today)

    return overview_of


def test_a_cto_says_that_after_care_cannot_end(cast, case_of, shown, today):
    patient = PatientFactory(partnership=cast.eastmere)
    detention = DetentionFactory(patient=patient, cto_from=today)

    rows = dict(shown(case_of(patient=patient, detention=detention)).entitlement)

    assert rows["CTO"].endswith("after-care cannot end while it lasts")


def test_the_cost_in_force_stands_alone_until_another_is_proposed(cast, case_of, review_of, shown):
    case = case_of(due=-20)
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    assert (shown(case).has_comparison, shown(case).total.weekly_now) == (False, None)

    split = FundingSplitFactory(case=case, proposed_by=cast.asha)
    review_of(case, status="needs_agreed", held_on=case.next_review_due, split=split)

    page = shown(case)
    assert page.has_comparison
    assert (page.total.weekly_now, page.total.change) == (split.weekly_cost, 0)
    assert page.total.annual == sum(row.annual for row in page.costs)


def test_care_act_services_are_told_apart(case_of, shown):
    case = case_of()
    package = PackageFactory(case=case, in_force=True)
    ServiceLineFactory(package=package, weekly_cost="963.50")
    ServiceLineFactory(package=package, weekly_cost="43.00", is_s117=False)

    assert shown(case).package_words == (
        "In force: 1 service, £963.50 a week. "
        "Care Act services, £43.00 a week, are not part of this."
    )


def test_a_split_that_has_not_begun_says_from_when_it_counts(cast, case_of, shown, today):
    case = case_of()
    begins = today + timedelta(days=7)
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True, effective_from=begins)

    assert shown(case).package_words == (
        f"Approved, and counts from {day(begins)}. No package is in force."
    )


def test_a_review_is_booked_from_the_card_when_none_is_under_way(case_of, review_of, shown, cast):
    case = case_of(due=200)
    assert str(case.pk) in shown(case).book_url
    assert shown(case, by=cast.esi).book_url == ""

    review_of(case, booked=3)
    assert shown(case).book_url == ""


def test_a_question_and_its_asker_are_on_the_timeline(cast, case_of, today):
    case = case_of()
    FundingSplitFactory(
        case=case,
        proposed_by=cast.asha,
        status="returned",
        agreed_at=NOON,
        question="Why by night?",
        returned_at=NOON,
        returned_by=cast.ian,
    )

    history = case_frame(case, cast.asha, "case_timeline", today).history

    [asked] = [one for one in timeline(history) if one.title == "Split returned with questions"]
    assert (asked.by, asked.text) == ("Ian", "Why by night?")
