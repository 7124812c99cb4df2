"""The one next act of a case as a button: for whom it is, and where it is done."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from casework.enums import Act, Holder
from casework.queries.stages import Situation

PERMISSION = {  # any other act is part of writing a review
    Act.START_SCORES: Permission.SCORE_MATRIX,
    Act.FINISH_SCORES: Permission.SCORE_MATRIX,
    Act.ANSWER: Permission.SCORE_MATRIX,
    Act.SEND: Permission.SEND_TO_PANEL,
    Act.PLACE: Permission.BUILD_AGENDA,
    Act.DECIDE: Permission.RUN_MEETING,
    Act.APPROVE: Permission.APPROVE_SPLIT,
    Act.SAY_ENDED: Permission.END_ENTITLEMENT,
}
PLACES = {  # the page, and which row of the situation it is about
    Act.BOOK: ("reviews:review_book", "case"),
    Act.HOLD: ("reviews:review_write", "review"),
    Act.WRITE: ("reviews:review_write", "review"),
    Act.SAY_WHY: ("reviews:review_not_completed", "review"),
    Act.RECORD_CPA: ("reviews:review_cpa", "review"),
    Act.CLOSE: ("reviews:review_close", "review"),
    Act.START_SCORES: ("matrices:assessment_start", "case"),
    Act.FINISH_SCORES: ("matrices:assessment_edit", "draft"),
    Act.SEND: ("panels:item_submit", "review"),
    Act.PLACE: ("panels:panel_list", ""),
    Act.DECIDE: ("panels:meeting_detail", "meeting"),
    Act.ANSWER: ("casework:split_answer", "split"),
    Act.APPROVE: ("casework:split_approve", "split"),
    Act.SAY_ENDED: ("casework:ending_say", "ending"),
}
BUTTONS = {Act.START_SCORES, Act.CLOSE}  # done at once: they post


@dataclass(frozen=True)
class NextAct:
    """A button or a link straight to the act."""

    label: str
    url: str
    is_post: bool = False


def next_act(situation: Situation, user: User) -> NextAct | None:
    """Return the act as a button for this user; None where it is for others to do."""
    act = situation.stage.act
    if act is None or not user.may(PERMISSION.get(act, Permission.WRITE_REVIEW)):
        return None
    if act in {Act.APPROVE, Act.SAY_ENDED} and not is_for_own_body(situation, user):
        return None
    name, row = PLACES[act]
    url = reverse(name, args=[getattr(situation, row).pk] if row else [])
    return NextAct(act.label, url, is_post=act in BUTTONS)


def is_for_own_body(situation: Situation, user: User) -> bool:
    """Test whether the word that is missing is that of the user's own body."""
    return situation.stage.holder in {Holder.BOTH, user.membership.organisation.kind}
