"""What each of the two bodies says of a split."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from aftercare.operations import start_package
from audit.operations import record
from cohorts.models.cases import Case
from core.dates import in_words
from core.refusals import Refused
from core.templatetags.s117 import gbp
from matrices import queries
from matrices.enums import (
    Body,
    Event,
    SplitStatus,
)
from matrices.models import Approval, FundingSplit
from matrices.operations.splits import check_status, locked_split
from matrices.policy.refusals import (
    ChangedSinceSeen,
)


@transaction.atomic
def approve(*, split: FundingSplit, seen: str, by: User, at: datetime) -> FundingSplit:
    """Say one body's yes to exactly the split seen; with the second it is in force."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=split.case_id)
    split = FundingSplit.objects.select_for_update(of=("self",)).get(pk=split.pk)
    body = queries.body_spoken_for(by, case)
    queries.check_first_word(split, body=body, by=by)
    check_status(split, SplitStatus.AGREED)
    if not case.is_open:
        raise Refused(f"This case ended on {in_words(case.ended_on)}.")
    if split.sha256 != seen:
        raise ChangedSinceSeen("The split has changed since you opened this page.")
    if queries.hash_of(split) != split.sha256:
        raise ChangedSinceSeen(
            "The services, their prices or the scores are no longer those the panel agreed. "
            "Return the split with that question."
        )
    Approval.objects.create(
        split=split,
        body=body,
        organisation=by.membership.organisation,
        sha256=split.sha256,
        approved_at=at,
        approved_by=by,
    )
    record(Event.SPLIT_APPROVED, on=split, by=by, at=at, body=body, sha256=split.sha256)
    if split.approvals.filter(sha256=split.sha256).count() == len(Body):
        _put_in_force(split, by=by, at=at)
    return split


def _put_in_force(split: FundingSplit, *, by: User, at: datetime) -> None:
    former = FundingSplit.objects.in_force().filter(case=split.case_id).first()
    if former is not None:
        former.become(SplitStatus.SUPERSEDED)
        eve = split.effective_from - timedelta(days=1)
        former.effective_to = max(former.effective_from, eve)  # one day at least, even if replaced
        former.save(update_fields=["status", "effective_to"])
    split.become(SplitStatus.IN_FORCE)
    split.in_force_at = at
    split.save(update_fields=["status", "in_force_at"])
    if split.package.proposed:
        start_package(package=split.package, starts_on=split.effective_from, by=by, at=at)
    record(
        Event.SPLIT_IN_FORCE,
        on=split,
        by=by,
        at=at,
        supersedes=former.pk if former else None,
        weekly_cost=gbp(split.weekly_cost),
    )


@transaction.atomic
def return_split(*, split: FundingSplit, question: str, by: User, at: datetime) -> FundingSplit:
    """Send a split back to whoever proposed it, with what one body needs to know."""
    split = locked_split(split, SplitStatus.AGREED)
    queries.check_first_word(split, body=queries.body_spoken_for(by, split.case), by=by)
    if not question.strip():
        raise Refused("Enter your reasons or questions, so that they can be answered.")
    split.become(SplitStatus.RETURNED)
    split.question, split.answer = question.strip(), ""
    split.returned_at, split.returned_by = at, by
    split.save(update_fields=["status", "question", "answer", "returned_at", "returned_by"])
    record(Event.SPLIT_RETURNED, on=split, by=by, at=at)
    return split


@transaction.atomic
def answer_questions(*, split: FundingSplit, answer: str, by: User, at: datetime) -> FundingSplit:
    """Answer a body's questions, and put the split before it again."""
    split = locked_split(split, SplitStatus.RETURNED)
    if not answer.strip():
        raise Refused("Enter the answer.")
    split.become(SplitStatus.AGREED)
    split.answer = answer.strip()
    split.save(update_fields=["status", "answer"])
    record(Event.QUESTIONS_ANSWERED, on=split, by=by, at=at)
    return split


@transaction.atomic
def end_split(*, case: Case, ends_on: date, by: User, at: datetime) -> FundingSplit | None:
    """Let the split in force end with the after-care it pays for; there may be none."""
    split = (
        FundingSplit.objects.in_force().select_for_update(of=("self",)).filter(case=case).first()
    )
    if split is None:
        return None
    split.become(SplitStatus.ENDED)
    split.effective_to = max(split.effective_from, ends_on)
    split.save(update_fields=["status", "effective_to"])
    record(Event.SPLIT_ENDED, on=split, by=by, at=at, effective_to=split.effective_to)
    return split
