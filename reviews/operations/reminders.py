"""Reminders: raised once for each review and step, told to each person in one digest.

A digest is stamped as sent in the transaction that sends it, after the mail has gone: a crash in
between sends it again, since a reminder told twice is a nuisance and one lost is a person unseen.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Partnership, User
from audit.operations import record
from cohorts.models.cases import Case, CaseQuerySet
from core.dates import LONDON, in_london, in_words
from reviews.enums import Event, ReminderStep
from reviews.models import Reminder, Review
from reviews.policy import due_between, step_on

BATCH = 1000
logger = logging.getLogger(__name__)


def raise_reminders(*, day: date, at: datetime) -> int:
    """Raise every reminder that is owed on a day and not raised yet; return how many.

    Safe to run any number of times, at once too: a constraint allows one for each step.
    """
    return sum(
        _raise_step(partnership, step, day=day, at=at)
        for partnership in Partnership.objects.order_by("pk")
        for step in ReminderStep
    )


def _raise_step(partnership: Partnership, step: ReminderStep, *, day: date, at: datetime) -> int:
    owed = _owed(partnership, step, day).iterator(BATCH)
    return sum(_keep(partnership, batch, step, at) for batch in _batches(owed))


def _owed(partnership: Partnership, step: ReminderStep, day: date) -> CaseQuerySet:
    first, last = due_between(step, day)
    cases = Case.objects.in_partnership(partnership).open().filter(next_review_due__lte=last)
    if first is not None:
        cases = cases.filter(next_review_due__gte=first)
    told = Reminder.objects.filter(
        case=OuterRef("pk"), review_due_on=OuterRef("next_review_due"), step=step
    )
    under_way = Review.objects.under_way().filter(case=OuterRef("pk"))
    return cases.filter(~Exists(told), ~Exists(under_way), patient__died_on__isnull=True).only(
        "reference", "next_review_due"
    )


@transaction.atomic
def _keep(partnership: Partnership, cases: list[Case], step: ReminderStep, at: datetime) -> int:
    before = Reminder.objects.filter(step=step, case__in=cases).count()
    Reminder.objects.bulk_create(
        [
            Reminder(
                case=case,
                review_due_on=case.next_review_due,
                step=step,
                raised_at=at,
            )
            for case in cases
        ],
        ignore_conflicts=True,
    )
    raised = Reminder.objects.filter(step=step, case__in=cases).count() - before
    if raised:
        references = [case.reference for case in cases]
        record(Event.REMINDERS_RAISED, on=partnership, by=None, at=at, step=step, cases=references)
    return raised


def _batches(cases: Iterator[Case]) -> Iterator[list[Case]]:
    while batch := list(islice(cases, BATCH)):
        yield batch


def send_reminders(*, at: datetime) -> int:
    """Tell each person what was raised for them, in one digest; return how many digests went."""
    holders = (
        Reminder.objects.unsent()
        .filter(case__care_coordinator__isnull=False)
        .exclude(case__care_coordinator__in=_told_on(in_london(at).date()))
        .order_by("case__care_coordinator")
    )
    keys = list(holders.values_list("case__care_coordinator", flat=True).distinct())
    return sum(_try_digest(User.objects.get(pk=key), at=at) for key in keys)


def _told_on(day: date) -> QuerySet[Reminder]:
    """Who has had a digest that day: one a day is enough, the rest goes tomorrow."""
    midnight = datetime.combine(day, time(), tzinfo=LONDON)
    told = Reminder.objects.filter(recipient__isnull=False, sent_at__gte=midnight)
    return told.values("recipient")


def _try_digest(recipient: User, *, at: datetime) -> bool:
    try:
        return _send_digest(recipient, at=at)
    except OSError as error:  # the mail server's refusals are OSErrors: the next sweep tries again
        logger.warning("A digest to user %s did not go: %s", recipient.pk, type(error).__name__)
        return False


@transaction.atomic
def _send_digest(recipient: User, *, at: datetime) -> bool:
    unsent = Reminder.objects.unsent().filter(case__care_coordinator=recipient)
    locking = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    reminders = list(
        unsent.select_related("case__patient")
        .select_for_update(of=("self",), **locking)
        .order_by("review_due_on", "case__reference")
    )
    busy = set(
        Review.objects.under_way()
        .filter(case__in=[reminder.case_id for reminder in reminders])
        .values_list("case_id", flat=True)
    )
    lapsed = [one for one in reminders if not _is_still_true(one, in_london(at).date())]
    Reminder.objects.filter(pk__in=[one.pk for one in lapsed]).update(lapsed_at=at)
    # Of a review under way nobody is reminded; should it not happen, the reminder goes after all.
    true = [one for one in reminders if one not in lapsed and one.case_id not in busy]
    if not true or not recipient.is_active:
        return False
    send_mail(
        subject=f"Section 117: {len(true)} review{'s' * (len(true) != 1)} to see to",
        message=_digest(true),
        from_email=None,
        recipient_list=[recipient.email],
    )
    Reminder.objects.filter(pk__in=[one.pk for one in true]).update(sent_at=at, recipient=recipient)
    record(
        Event.REMINDERS_SENT,
        on=true[0].case.partnership,
        by=None,
        at=at,
        recipient=recipient.pk,
        cases=[one.case.reference for one in true],
    )
    return True


def _is_still_true(reminder: Reminder, day: date) -> bool:
    case = reminder.case
    return (
        case.is_open
        and case.patient.died_on is None
        and case.next_review_due == reminder.review_due_on
        and step_on(reminder.review_due_on, day) == reminder.step
    )


def _digest(reminders: list[Reminder]) -> str:
    lines = [
        f"{one.case.reference}: {one.get_step_display().lower()}, {in_words(one.review_due_on)}\n"
        f"{settings.SITE_URL}/cases/{one.case_id}/"
        for one in reminders
    ]
    return "\n\n".join(
        [
            "These reviews are yours to see to. Sign in to book or write them.",
            *lines,
            "This message names nobody, so that it can be read anywhere.",
        ]
    )
