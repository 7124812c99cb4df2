from casework.enums import Act
from casework.queries.history import history_of, situation_in
from casework.queries.stages import situations
from casework.queries.timeline import timeline
from tests.cast import NOON
from tests.factories import FundingSplitFactory, PackageFactory


def test_a_case_stands_where_the_lists_say_it_stands(cast, case_of, review_of, today):
    case = case_of(due=-20)
    split = FundingSplitFactory(case=case, proposed_by=cast.asha)
    review_of(case, status="needs_agreed", held_on=case.next_review_due, split=split)

    [listed] = situations([case], today)
    opened = situation_in(history_of(case), today)

    assert opened.stage == listed.stage
    assert opened.stage.act == Act.SEND


def test_the_timeline_is_newest_first_and_of_one_instant_the_later_step(cast, case_of, review_of):
    case = case_of(due=-20)
    package = PackageFactory(case=case)
    review_of(
        case,
        status="needs_agreed",
        held_on=case.next_review_due,
        recorded_at=NOON,
        recorded_by=cast.asha,
        package=package,
    )
    FundingSplitFactory(case=case, package=package, proposed_by=cast.asha)

    titles = [event.title for event in timeline(history_of(case))]

    assert titles == ["Split proposed", "Review recorded", "Review booked", "After-care began"]


def test_the_timeline_tells_of_one_case_only(cast, case_of, review_of):
    case, other = case_of(), case_of()
    review_of(other)

    assert [event.title for event in timeline(history_of(case))] == ["After-care began"]
