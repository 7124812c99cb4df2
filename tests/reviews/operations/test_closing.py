from decimal import Decimal
from fractions import Fraction

import pytest

from aftercare.operations import LineInput, RegisterEntry, take_packages
from core.dates import add_months
from core.refusals import Refused
from matrices.operations.register import take_splits
from reviews.operations.closing import close_unchanged
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory
from tests.reviews.sheets import HELD_ON, recorded

AS_BEFORE = LineInput("Supported flat", "Elm Lodge", Decimal("963.00"), 1, True)


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)


@pytest.fixture
def funded(cast, case):
    """The case as a register leaves it: a package and a split in force."""
    told = {"starts_on": TODAY, "by": cast.paula, "at": NOON}
    entry = RegisterEntry(case, "Elm Lodge", Decimal("963.00"))
    take_packages(partnership=cast.eastmere, entries=[entry], **told)
    take_splits(entries=[(case, Fraction(1, 2))], **told)
    return case


def test_a_review_that_changes_nothing_turns_the_year(cast, funded):
    review = recorded(funded, cast.asha, recommendation="continue", lines=[AS_BEFORE])

    close_unchanged(review=review, by=cast.asha, at=NOON)

    funded.refresh_from_db()
    assert (funded.last_reviewed_on, funded.next_review_due) == (HELD_ON, add_months(HELD_ON, 12))


def test_with_another_price_it_goes_to_panel(cast, funded):
    review = recorded(funded, cast.asha, recommendation="continue")

    with pytest.raises(Refused, match="not those in force"):
        close_unchanged(review=review, by=cast.asha, at=NOON)


def test_without_a_split_in_force_it_goes_to_panel(cast, case):
    review = recorded(case, cast.asha, recommendation="continue")

    with pytest.raises(Refused, match="No split is in force"):
        close_unchanged(review=review, by=cast.asha, at=NOON)


def test_a_changed_package_goes_to_panel(cast, funded):
    review = recorded(funded, cast.asha, recommendation="change")

    with pytest.raises(Refused, match="recommends no change"):
        close_unchanged(review=review, by=cast.asha, at=NOON)
