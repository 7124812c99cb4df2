"""What waits for those who speak and pay for a body: commissioners and finance officers."""

from datetime import date, timedelta

from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from casework.queries.funding import body_of, own_weekly_cost
from casework.queries.work import Group, WorkRow, about, days, first_of
from core.dates import in_london
from core.templatetags.s117 import gbp
from matrices.enums import Body
from matrices.models import FundingSplit
from reviews.models import Ending

LATELY = timedelta(days=60)
OTHER = {Body.LA: "the ICB", Body.ICB: "the council"}


def commissioner_groups(user: User, today: date) -> list[Group]:
    """Return what waits for the commissioner's own body, and what waits for the other."""
    body = body_of(user)
    if body is None:
        return []
    return [_for_approval(user, body, today), _endings(user, body, today), _half(user, body, today)]


def finance_groups(user: User, today: date) -> list[Group]:
    """Return the splits that came into force lately, the newest first."""
    lately = (
        FundingSplit.objects.visible_to(user)
        .in_force()
        .filter(in_force_at__date__gte=today - LATELY)
        .select_related("case__patient")
        .order_by("-in_force_at")
    )
    splits, total = first_of(lately)
    can_open = user.may(Permission.VIEW_CASE)
    return [
        Group(
            id="in-force",
            caption="In force lately",
            counted_as="split in force in the last 60 days,splits in force in the last 60 days",
            due_heading="In force from",
            state_heading="State",
            rows=[_in_force_row(split, is_link=can_open) for split in splits],
            total=total,
            urgency="ok",
            is_to_read=True,
            all_url=reverse("casework:split_list") + "?state=in_force",
        )
    ]


def _for_approval(user: User, body: Body, today: date) -> Group:
    waiting = FundingSplit.objects.visible_to(user).awaiting(body).with_people().oldest_first()
    splits, total = first_of(waiting)
    return Group(
        id="approval",
        caption="For your approval",
        counted_as="for your approval",
        due_heading="Agreed by the panel",
        state_heading="With you",
        rows=[_approval_row(split, body, today) for split in splits],
        total=total,
        urgency="soon",
        all_url=reverse("casework:split_list"),
    )


def _approval_row(split: FundingSplit, body: Body, today: date) -> WorkRow:
    agreed_on = _day(split.agreed_at)
    return about(
        split.case,
        verb=f"Approve {gbp(own_weekly_cost(split, body))} a week",
        verb_url=reverse("casework:split_approve", args=[split.pk]),
        why=f"{_capital(OTHER[body])} has approved" if split.approvals.all() else "",
        due_on=agreed_on,
        state=(days(agreed_on, today), "yellow"),
    )


def _endings(user: User, body: Body, today: date) -> Group:
    waiting = Ending.objects.visible_to(user).awaiting(body).select_related("case__patient")
    oldest_first = waiting.order_by(Coalesce("supported_at", "proposed_at"), "pk")
    endings, total = first_of(oldest_first.prefetch_related("satisfactions"))
    return Group(
        id="endings",
        caption="After-care that may end",
        counted_as="ending to say a word on,endings to say a word on",
        due_heading="Supported by the panel",
        state_heading="With you",
        rows=[
            about(
                ending.case,
                verb="Say whether after-care ends",
                verb_url=reverse("casework:ending_say", args=[ending.pk]),
                why=f"{_capital(OTHER[body])} has said so already"
                if ending.satisfactions.all()
                else "It ends only when both bodies have said so",
                due_on=_day(ending.supported_at),
                state=(days(_day(ending.supported_at), today), "yellow"),
            )
            for ending in endings
        ],
        total=total,
        urgency="soon",
        all_url=reverse("casework:split_list"),
    )


def _half(user: User, body: Body, today: date) -> Group:
    """Return what one's own body has approved and the other has not."""
    own = FundingSplit.objects.visible_to(user).awaiting_approval().filter(approvals__body=body)
    splits, total = first_of(own.with_people().oldest_first())
    return Group(
        id="waiting",
        caption="Approved by you, waiting on the other body",
        counted_as="waiting on the other body",
        due_heading="Agreed by the panel",
        state_heading="Waiting",
        rows=[
            about(
                split.case,
                verb=f"Approval of {gbp(split.weekly_cost)} a week",
                why=f"With {OTHER[body]}",
                due_on=_day(split.agreed_at),
                state=(days(_day(split.agreed_at), today), "grey"),
            )
            for split in splits
        ],
        total=total,
        all_url=reverse("casework:split_list"),
        is_waiting=True,
    )


def _in_force_row(split: FundingSplit, *, is_link: bool) -> WorkRow:
    icb, council = gbp(split.icb_weekly_cost), gbp(split.la_weekly_cost)
    return about(
        split.case,
        is_link=is_link,
        verb=f"See {gbp(split.weekly_cost)} a week",
        verb_url=reverse("casework:split_detail", args=[split.pk]),
        why=f"ICB {icb}, council {council}",
        due_on=split.effective_from,
        state=("In force", "green"),
    )


def _day(instant) -> date | None:
    return in_london(instant).date() if instant else None


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
