"""The facts that tell where cases are, for one or for many, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from casework.policy import CaseStage, Facts, where_is
from cohorts.models.cases import Case
from core.dates import in_london
from matrices.enums import AssessmentStatus, SplitStatus
from matrices.models import Assessment, FundingSplit
from panels.enums import ItemStatus
from panels.models import AgendaItem, Meeting
from reviews.enums import EndingStatus
from reviews.models import Ending, Review

WAITING = [ItemStatus.SUBMITTED, ItemStatus.LISTED]


@dataclass(frozen=True)
class Situation:
    """A case with what is under way for it, and where that puts it."""

    case: Case
    facts: Facts
    stage: CaseStage
    review: Review | None = None
    split_in_force: FundingSplit | None = None
    draft: Assessment | None = None
    item: AgendaItem | None = None
    ending: Ending | None = None

    @property
    def split(self) -> FundingSplit | None:
        """The split that is being decided."""
        return self.review.split if self.review else None

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that has the case on its agenda."""
        return self.item.meeting if self.item else None


@dataclass
class _Found:
    reviews: dict[UUID, Review] = field(default_factory=dict)
    splits: dict[UUID, FundingSplit] = field(default_factory=dict)
    drafts: dict[UUID, Assessment] = field(default_factory=dict)
    items: dict[UUID, AgendaItem] = field(default_factory=dict)
    endings: dict[UUID, Ending] = field(default_factory=dict)


def situations(cases: Iterable[Case], today: date) -> list[Situation]:
    """Return where each case is, in the order given; six queries however many there are."""
    cases = list(cases)
    found = _find([case.pk for case in cases])
    return [
        situation_of(
            case,
            review=found.reviews.get(case.pk),
            split_in_force=found.splits.get(case.pk),
            draft=found.drafts.get(case.pk),
            item=found.items.get(case.pk),
            ending=found.endings.get(case.pk),
            today=today,
        )
        for case in cases
    ]


def _find(keys: list[UUID]) -> _Found:
    reviews = Review.objects.under_way().filter(case__in=keys)
    splits = FundingSplit.objects.in_force().filter(case__in=keys)
    items = AgendaItem.objects.filter(case__in=keys, status__in=WAITING)
    endings = Ending.objects.filter(
        case__in=keys, status__in=[EndingStatus.PROPOSED, EndingStatus.SUPPORTED]
    )
    drafts = Assessment.objects.filter(case__in=keys, status=AssessmentStatus.DRAFT)
    approved = Prefetch("split__approvals")
    return _Found(
        reviews={
            review.case_id: review
            for review in reviews.select_related(
                "assessment", "split__returned_by"
            ).prefetch_related(approved)
        },
        splits={split.case_id: split for split in splits},
        drafts={draft.case_id: draft for draft in drafts.order_by("started_at")},
        items={item.case_id: item for item in items.select_related("meeting", "panel")},
        endings={ending.case_id: ending for ending in endings.prefetch_related("satisfactions")},
    )


def situation_of(
    case: Case,
    *,
    review: Review | None,
    split_in_force: FundingSplit | None,
    draft: Assessment | None,
    item: AgendaItem | None,
    ending: Ending | None,
    today: date,
) -> Situation:
    """Return where one case is, from what is under way for it."""
    if draft and review and draft.package_id != review.package_id:
        draft = None
    facts = Facts(
        today=today,
        entitled_from=case.entitled_from,
        ended_on=case.ended_on,
        next_review_due=case.next_review_due,
        last_reviewed_on=case.last_reviewed_on,
        in_force_from=split_in_force.effective_from if split_in_force else None,
        is_being_scored=draft is not None,
        **(_reviewed(review) if review else {}),
        **_decided(review.split if review else None, item, ending),
    )
    return Situation(case, facts, where_is(facts), review, split_in_force, draft, item, ending)


def _reviewed(review: Review) -> dict[str, Any]:
    scores = review.assessment
    is_complete = scores is not None and scores.status == AssessmentStatus.COMPLETE
    return {
        "review": review.status,
        "booked_on": _day(review.booked_at),
        "booked_for": review.booked_for,
        "held_on": review.held_on,
        "recorded_on": _day(review.recorded_at),
        "cpa_arranged_for": review.cpa_arranged_for,
        "recommendation": review.recommendation,
        "is_scored": is_complete and review.split_id is None,  # scored, and no split came of it
    }


def _decided(
    split: FundingSplit | None, item: AgendaItem | None, ending: Ending | None
) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if split and split.status != SplitStatus.WITHDRAWN:
        facts |= {
            "split": split.status,
            "proposed_on": _day(split.proposed_at),
            "agreed_on": _day(split.agreed_at),
            "returned_on": _day(split.returned_at),
            "approved_by": frozenset(approval.body for approval in split.approvals.all()),
        }
    if item:
        facts |= {
            "item": item.status,
            "sent_on": _day(item.submitted_at),
            "listed_on": _day(item.listed_at),
            "meeting_on": item.meeting.held_on if item.meeting else None,
        }
    if ending:
        facts |= {
            "ending": ending.status,
            "supported_on": _day(ending.supported_at),
            "said_by": frozenset(word.body for word in ending.satisfactions.all()),
        }
    return facts


def _day(instant: datetime | None) -> date | None:
    return in_london(instant).date() if instant else None
