from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError

from aftercare.operations import RegisterEntry, take_packages
from core.refusals import Refused
from core.workflow import IllegalTransition
from matrices.operations.register import take_splits
from reviews.models import Ending, Review, Satisfaction
from reviews.operations.endings import (
    propose_ending,
    refuse_ending,
    say_satisfied,
    support_ending,
    withdraw_ending,
)
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, FundingSplitFactory
from tests.reviews.sheets import recorded

WHY = "Three years at home, working, no contact with the team needed."


@pytest.fixture
def case(cast):
    return CaseFactory(partnership=cast.eastmere, care_coordinator=cast.asha, overdue=True)


@pytest.fixture
def supported(cast, case):
    recorded(case, cast.asha, recommendation="end", recommendation_reasons=WHY)
    return support_ending(ending=Ending.objects.get(), by=cast.chloe, at=NOON)


def say(ending, by, reasons=WHY):
    return say_satisfied(ending=ending, reasons=reasons, by=by, at=NOON)


def test_one_body_alone_ends_nothing(cast, case, supported):
    say(supported, cast.lara)

    case.refresh_from_db()
    assert (case.ended_on, Ending.objects.get().status) == (None, "supported")


def test_what_was_provided_and_paid_ends_with_it(cast, case, supported):
    told = {"starts_on": TODAY, "by": cast.paula, "at": NOON}
    entry = RegisterEntry(case, "Elm Lodge", Decimal("96.00"))
    take_packages(partnership=cast.eastmere, entries=[entry], **told)
    take_splits(entries=[(case, Fraction(1, 2))], **told)

    say(supported, cast.lara)
    ending = say(supported, cast.ian)

    case.refresh_from_db()
    split, package = case.splits.get(), case.packages.get(proposed=False)
    assert (split.status, split.effective_to) == ("ended", ending.ends_on)
    assert (package.ends_on, case.weekly_cost) == (ending.ends_on, None)


def test_both_bodies_end_it(cast, case, supported):
    say(supported, cast.lara)
    ending = say(supported, cast.ian)

    case.refresh_from_db()
    assert (ending.status, case.end_reason, case.ended_on) == ("ended", "jointly", ending.ends_on)


@pytest.mark.parametrize("somebody", ["asha", "chloe", "mina"])
def test_nobody_else_speaks_for_a_body(cast, supported, somebody):
    if somebody == "chloe":  # a chair who happens to work for the trust
        cast.chloe.membership.organisation = cast.eastmere.trust

    with pytest.raises(Refused, match=r"council and the ICB|two bodies"):
        say(supported, getattr(cast, somebody))


def test_a_body_speaks_once(cast, supported):
    say(supported, cast.lara)
    colleague = cast.fin  # also of the council

    with pytest.raises(Refused, match="said so already"):
        say(supported, colleague)


def test_one_person_never_speaks_for_both(cast, supported):
    say(supported, cast.lara)
    cast.lara.membership.organisation = cast.eastmere.icb

    with pytest.raises(Refused, match="one body already"):
        say(supported, cast.lara)


def test_the_database_never_lets_one_person_speak_for_both(cast, supported):
    said = {"ending": supported, "reasons": WHY, "satisfied_at": NOON, "satisfied_by": cast.lara}
    Satisfaction.objects.create(body="la", organisation=cast.eastmere.council, **said)

    with pytest.raises(IntegrityError):
        Satisfaction.objects.create(body="icb", organisation=cast.eastmere.icb, **said)


def test_reasons_are_needed(cast, supported):
    with pytest.raises(Refused, match="in a sentence"):
        say(supported, cast.lara, reasons="ok")


def test_what_the_panel_does_not_support_is_not_decided(cast, case):
    recorded(case, cast.asha, recommendation="end", recommendation_reasons=WHY)

    with pytest.raises(Refused, match="proposed by a review"):
        say(Ending.objects.get(), cast.lara)


def test_nothing_ends_while_a_community_treatment_order_lasts(cast, case, supported):
    case.detention.cto_from = TODAY
    case.detention.save()

    with pytest.raises(Refused, match="community treatment order"):
        say(supported, cast.lara)


def test_a_withdrawn_ending_leaves_the_case_open(cast, case, supported):
    withdraw_ending(ending=supported, reasons="Relapsed in May.", by=cast.ian, at=NOON)

    case.refresh_from_db()
    assert (case.ended_on, Ending.objects.get().status) == (None, "withdrawn")
    with pytest.raises(IllegalTransition):
        support_ending(ending=supported, by=cast.chloe, at=NOON)


@pytest.mark.parametrize("reasons", ["", "  "])
def test_an_ending_is_not_proposed_or_withdrawn_without_a_word(cast, case, supported, reasons):
    with pytest.raises(Refused, match="Enter why after-care goes on"):
        withdraw_ending(ending=supported, reasons=reasons, by=cast.ian, at=NOON)
    with pytest.raises(Refused, match="Enter why the person"):
        propose_ending(
            review=supported.review, reasons=reasons, ends_on=TODAY, by=cast.asha, at=NOON
        )


# After-care goes on -----------------------------------------------------------------------------


def refuse(ending, by, reasons="She was unwell again in May and needs the flat."):
    return refuse_ending(ending=ending, reasons=reasons, by=by, at=NOON)


def test_one_bodys_word_is_enough_for_after_care_to_go_on(cast, case, supported):
    say(supported, cast.lara)

    ending = refuse(supported, cast.ian)

    case.refresh_from_db()
    assert (case.ended_on, ending.status, ending.withdrawn_by) == (None, "withdrawn", cast.ian)


def test_the_review_closes_where_a_split_is_in_force_and_the_year_turns(cast, case, supported):
    FundingSplitFactory(case=case, proposed_by=cast.asha, in_force=True)
    Review.objects.update(status="with_panel")

    refuse(supported, cast.ian)

    case.refresh_from_db()
    assert (Review.objects.get().status, case.next_review_due.year) == ("closed", TODAY.year + 1)


def test_the_review_goes_back_to_the_care_team_where_no_split_is_in_force(cast, supported):
    Review.objects.update(status="with_panel")

    refuse(supported, cast.ian)

    assert Review.objects.get().status == "needs_agreed"


def test_who_speaks_for_no_body_cannot_refuse(cast, supported):
    for somebody in (cast.asha, cast.mina):
        with pytest.raises(Refused, match=r"council and the ICB|two bodies"):
            refuse(supported, somebody)


def test_what_is_decided_already_cannot_be_refused(cast, supported):
    say(supported, cast.lara)
    say(supported, cast.ian)

    with pytest.raises(Refused, match="not to be decided now"):
        refuse(supported, cast.ian)
