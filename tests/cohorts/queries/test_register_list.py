import pytest

from cohorts.models.cases import Case
from cohorts.queries.register_list import coordinators_of, count_in_words, ordered
from tests.cast import TODAY
from tests.factories import CaseFactory


@pytest.mark.parametrize(
    ("number", "overdue", "words"),
    [
        (106, 14, "106 cases in cohort B, 14 overdue"),
        (1, 0, "1 case in cohort B"),
        (1204, 1000, "1,204 cases in cohort B, 1,000 overdue"),
    ],
)
def test_the_count_in_words(number, overdue, words):
    assert count_in_words(number, overdue, "in cohort B") == words


@pytest.mark.parametrize("order", ["due", "-due"])
def test_cases_without_a_date_come_last_either_way(cast, order):
    undated = CaseFactory(partnership=cast.eastmere)
    CaseFactory(partnership=cast.eastmere, overdue=True)

    assert ordered(Case.objects.all(), order).last() == undated


def test_cases_go_to_those_who_hold_reviews_here_and_now(cast):
    membership = cast.ben.membership
    assert [name for _, name in coordinators_of(cast.eastmere, TODAY)] == ["Asha", "Ben"]

    membership.ends_on = TODAY.replace(day=1)
    membership.save()

    assert [name for _, name in coordinators_of(cast.eastmere, TODAY)] == ["Asha"]
