from datetime import date, timedelta

import pytest

from casework.enums import Act, Holder, Step
from casework.policy import Facts, steps_of, where_is
from tests.cast import TODAY

LAST_WEEK = TODAY - timedelta(days=6)
LONG_AGO = TODAY - timedelta(days=30)
SOON = TODAY + timedelta(days=10)


def facts(**more):
    return Facts(**{"today": TODAY, "entitled_from": date(2022, 2, 14), **more})


def recorded(**more):
    held = {"review": "needs_agreed", "held_on": LAST_WEEK, "recorded_on": LAST_WEEK}
    return facts(**held | {"next_review_due": LONG_AGO} | more)


def with_panel(**more):
    return recorded(**{"review": "with_panel", "sent_on": LAST_WEEK, **more})


def test_a_case_long_before_its_review_waits_for_nobody():
    stage = where_is(facts(next_review_due=TODAY + timedelta(days=91)))

    assert (stage.step, stage.holder, stage.act) == (Step.NEXT_REVIEW, Holder.NOBODY, None)
    assert (
        stage.line
        == "The next review is due by 23 February 2027. Until then there is nothing to do."
    )


@pytest.mark.parametrize(
    ("due", "line"),
    [
        (TODAY + timedelta(days=90), "The review is due by 22 February 2027 and is not booked."),
        (TODAY, "The review is due by 24 November 2026 and is not booked."),
        (TODAY - timedelta(days=1), "The review was due by 23 November 2026 and is not booked."),
        (None, "No date is set for the next review."),
    ],
)
def test_a_case_near_its_review_is_to_be_booked(due, line):
    stage = where_is(facts(next_review_due=due))

    assert (stage.step, stage.holder, stage.act) == (Step.REVIEW, Holder.CARE_TEAM, Act.BOOK)
    assert stage.line == line


@pytest.mark.parametrize(
    ("booked_for", "act"),
    [
        (SOON, Act.HOLD),
        (TODAY, Act.WRITE),
        (TODAY - timedelta(days=7), Act.WRITE),
        (TODAY - timedelta(days=8), Act.SAY_WHY),
    ],
)
def test_a_booked_review_is_held_then_written_then_asked_after(booked_for, act):
    stage = where_is(facts(review="booked", booked_for=booked_for, booked_on=LONG_AGO))

    assert (stage.step, stage.since, stage.act) == (Step.REVIEW, LONG_AGO, act)


def test_a_review_held_is_to_be_written():
    assert where_is(facts(review="held", held_on=LAST_WEEK)).act == Act.WRITE


def test_a_review_outside_a_cpa_waits_for_the_cpa():
    stage = where_is(facts(review="awaiting_cpa", recorded_on=LAST_WEEK, cpa_arranged_for=SOON))

    assert (stage.act, stage.since) == (Act.RECORD_CPA, LAST_WEEK)
    assert stage.line == "The review waits for the CPA arranged for 4 December 2026."


@pytest.mark.parametrize(
    ("more", "step", "act"),
    [
        ({}, Step.NEEDS, Act.START_SCORES),
        ({"recommendation": "change", "in_force_from": LONG_AGO}, Step.NEEDS, Act.START_SCORES),
        ({"recommendation": "continue"}, Step.NEEDS, Act.START_SCORES),
        ({"recommendation": "continue", "in_force_from": LONG_AGO}, Step.NEEDS, Act.CLOSE),
        ({"recommendation": "end", "ending": "proposed"}, Step.NEEDS, Act.SEND),
        ({"recommendation": "end"}, Step.NEEDS, Act.START_SCORES),
        ({"is_being_scored": True}, Step.SPLIT, Act.FINISH_SCORES),
        ({"is_scored": True}, Step.SPLIT, Act.START_SCORES),
        ({"is_scored": True, "ending": "proposed"}, Step.NEEDS, Act.SEND),
        ({"is_scored": True, "split": "proposed"}, Step.SPLIT, Act.SEND),
        ({"recommendation": "continue", "in_force_from": LONG_AGO, "split": "proposed"},
         Step.SPLIT, Act.SEND),
    ],
)  # fmt: skip
def test_a_review_with_its_needs_agreed_goes_on_by_what_it_recommends(more, step, act):
    stage = where_is(recorded(**more))

    assert (stage.step, stage.holder, stage.act) == (step, Holder.CARE_TEAM, act)


def test_a_deferred_case_is_sent_again_and_is_with_the_care_team_since_the_panel():
    stage = where_is(recorded(split="proposed", item="submitted", sent_on=LAST_WEEK))

    assert (stage.holder, stage.act, stage.since) == (Holder.CARE_TEAM, Act.SEND, LAST_WEEK)
    assert stage.line == "The panel deferred the case: send it again with what was asked for."


@pytest.mark.parametrize(
    ("more", "step", "holder", "act"),
    [
        ({"item": "submitted", "split": "proposed"},
         Step.PANEL, Holder.PANEL_ADMINISTRATOR, Act.PLACE),
        ({"item": "listed", "meeting_on": SOON}, Step.PANEL, Holder.PANEL, None),
        ({"item": "listed", "meeting_on": TODAY}, Step.PANEL, Holder.PANEL, Act.DECIDE),
        ({"split": "agreed"}, Step.APPROVED, Holder.BOTH, Act.APPROVE),
        ({"split": "agreed", "approved_by": frozenset({"la"})},
         Step.APPROVED, Holder.ICB, Act.APPROVE),
        ({"split": "agreed", "approved_by": frozenset({"icb"})},
         Step.APPROVED, Holder.COUNCIL, Act.APPROVE),
        ({"split": "returned"}, Step.APPROVED, Holder.CARE_TEAM, Act.ANSWER),
        ({"ending": "supported"}, Step.APPROVED, Holder.BOTH, Act.SAY_ENDED),
        ({"ending": "supported", "said_by": frozenset({"icb"})},
         Step.APPROVED, Holder.COUNCIL, Act.SAY_ENDED),
    ],
)  # fmt: skip
def test_a_case_with_the_panel_is_held_by_whoever_must_act(more, step, holder, act):
    stage = where_is(with_panel(**more))

    assert (stage.step, stage.holder, stage.act) == (step, holder, act)


def test_the_body_whose_word_is_missing_is_named():
    line = where_is(with_panel(split="agreed", approved_by=frozenset({"la"}))).line

    assert line == "The panel has agreed the split; the ICB has still to say yes."


def test_an_ended_case_waits_for_nobody():
    stage = where_is(facts(ended_on=LAST_WEEK, next_review_due=LONG_AGO))

    assert (stage.holder, stage.act) == (Holder.NOBODY, None)
    assert stage.line == "After-care ended on 18 November 2026."


def test_the_line_of_steps_marks_one_as_present():
    known = recorded(split="proposed", proposed_on=LAST_WEEK)

    steps = steps_of(known, where_is(known))

    assert [step.state for step in steps] == ["done"] * 3 + ["now"] + ["later"] * 3
    assert [step.line for step in steps][:4] == [
        "from 14 February 2022",
        "held 18 November",
        "agreed 18 November",
        "proposed 18 November",
    ]


def test_the_line_of_steps_of_a_quiet_case_ends_at_the_next_review():
    known = facts(
        next_review_due=date(2027, 6, 1), last_reviewed_on=date(2026, 6, 1), in_force_from=LONG_AGO
    )

    steps = steps_of(known, where_is(known))

    assert steps[-1].state == "now"
    assert steps[-1].line == "by 1 June 2027"
    assert steps[-2].line == "in force from 25 October"


def test_the_line_of_steps_of_an_ended_case_says_so():
    known = facts(ended_on=LAST_WEEK)

    last = steps_of(known, where_is(known))[-1]

    assert (last.name, last.line) == ("Ended", "18 November")
