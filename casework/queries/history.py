"""One case's rows of every floor, read once for all the pages of its file."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from casework.queries.stages import Situation, situation_of
from cohorts.models.cases import Case
from matrices.enums import AssessmentStatus, SplitStatus
from matrices.models import Approval, Assessment, FundingSplit
from panels.enums import ItemStatus
from panels.models import AgendaItem
from reviews.enums import EndingStatus
from reviews.models import FINISHED, Ending, Review, Satisfaction


@dataclass(frozen=True)
class History:
    """One case's rows of every floor, the newest first."""

    case: Case
    reviews: list[Review]
    splits: list[FundingSplit]
    assessments: list[Assessment]
    items: list[AgendaItem]
    endings: list[Ending]

    @property
    def split_in_force(self) -> FundingSplit | None:
        return next((one for one in self.splits if one.status == SplitStatus.IN_FORCE), None)


def history_of(case: Case) -> History:
    """Read the rows of a case; eight queries, however long its history."""
    splits = FundingSplit.objects.filter(case=case).select_related("proposed_by", "returned_by")
    approvals = Prefetch("approvals", Approval.objects.select_related("approved_by"))
    words = Prefetch("satisfactions", Satisfaction.objects.select_related("satisfied_by"))
    return History(
        case=case,
        reviews=list(
            Review.objects.filter(case=case)
            .select_related("booked_by", "recorded_by", "assessment")
            .order_by("-booked_at")
        ),
        splits=list(splits.prefetch_related(approvals).order_by("-proposed_at", "-pk")),
        assessments=list(
            Assessment.objects.filter(case=case)
            .select_related("version__matrix")
            .order_by("-started_at")
        ),
        items=list(
            AgendaItem.objects.filter(case=case)
            .select_related("panel", "meeting", "submitted_by", "listed_by", "decision__decided_by")
            .order_by("-submitted_at")
        ),
        endings=list(
            Ending.objects.filter(case=case)
            .select_related("proposed_by", "withdrawn_by")
            .prefetch_related(words)
            .order_by("-proposed_at")
        ),
    )


def situation_in(history: History, today: date) -> Situation:
    """Return where the case is, from its rows as read."""
    splits = {split.pk: split for split in history.splits}
    review = next((one for one in history.reviews if one.status not in FINISHED), None)
    if review is not None and review.split_id:
        review.split = splits[review.split_id]  # the one with its approvals
    drafts = (one for one in history.assessments if one.status == AssessmentStatus.DRAFT)
    waiting = (
        one for one in history.items if one.status in {ItemStatus.SUBMITTED, ItemStatus.LISTED}
    )
    open_endings = {EndingStatus.PROPOSED, EndingStatus.SUPPORTED}
    return situation_of(
        history.case,
        review=review,
        split_in_force=history.split_in_force,
        draft=next(drafts, None),
        item=next(waiting, None),
        ending=next((one for one in history.endings if one.status in open_endings), None),
        today=today,
    )
