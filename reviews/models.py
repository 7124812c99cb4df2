"""Reviews, who took part, the reminders that lead to them, and the joint ending of after-care."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.scope import ScopedQuerySet
from aftercare.models import Package
from cohorts.models.cases import Case
from core.constraints import all_or_none, filled_exactly_when, in_order
from core.records import Record
from core.workflow import HasWorkflow
from matrices.enums import Body
from matrices.models import Assessment, FundingSplit
from reviews.enums import (
    ENDING_TRANSITIONS,
    REVIEW_TRANSITIONS,
    Capacity,
    EndingStatus,
    NotCompletedReason,
    Recommendation,
    ReminderStep,
    ReviewStatus,
)

FINISHED = [ReviewStatus.CLOSED, ReviewStatus.NOT_COMPLETED]


class ReviewQuerySet(ScopedQuerySet["Review"]):
    PARTNERSHIP = "case__partnership"

    def under_way(self) -> ReviewQuerySet:
        return self.exclude(status__in=FINISHED)

    def held(self) -> ReviewQuerySet:
        return self.filter(held_on__isnull=False).exclude(status=ReviewStatus.NOT_COMPLETED)

    def booked_before(self, day: date) -> ReviewQuerySet:
        return self.filter(status=ReviewStatus.BOOKED, booked_for__lt=day)

    def overdue_on(self, day: date) -> ReviewQuerySet:
        return self.filter(due_on__lt=day)

    def without_a_due_date(self) -> ReviewQuerySet:
        return self.filter(due_on__isnull=True)

    def in_cohort(self, cohort: object) -> ReviewQuerySet:
        return self.filter(case__cohort=cohort)

    def coordinated_by(self, user: object) -> ReviewQuerySet:
        return self.filter(case__care_coordinator=user)

    def mine(self, user: User) -> ReviewQuerySet:
        return self.filter(case__care_coordinator=user)

    def that_are(self, status: str) -> ReviewQuerySet:
        return self.filter(status=status)

    def finished(self) -> ReviewQuerySet:
        return self.filter(status__in=FINISHED)

    def due_within(self, days: int, *, of: date) -> ReviewQuerySet:
        return self.filter(due_on__range=(of, of + timedelta(days=days)))

    def due_after(self, days: int, *, of: date) -> ReviewQuerySet:
        return self.filter(due_on__gt=of + timedelta(days=days))

    def in_no_cohort(self) -> ReviewQuerySet:
        return self.filter(case__cohort__isnull=True)

    def with_nobody(self) -> ReviewQuerySet:
        return self.filter(case__care_coordinator__isnull=True)

    def with_people(self) -> ReviewQuerySet:
        return self.select_related("case__patient", "case__care_coordinator", "case__cohort")


class Review(Record, HasWorkflow):
    """One look at a person's after-care: booked, held, its needs agreed, decided, closed."""

    TRANSITIONS = REVIEW_TRANSITIONS

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=14, choices=ReviewStatus, default=ReviewStatus.BOOKED)
    due_on = models.DateField(null=True, blank=True)
    booked_for = models.DateField()
    booked_time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField(null=True, blank=True)
    part_of_cpa = models.BooleanField(null=True, blank=True)
    cpa_arranged_for = models.DateField(null=True, blank=True)
    cpa_held_on = models.DateField(null=True, blank=True)
    draft = models.JSONField(default=dict)  # the form as typed, until it is recorded
    draft_number = models.PositiveIntegerField(default=0)  # guards against a stale tab
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    person_says = models.TextField(blank=True)
    progress = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    recommendation = models.CharField(max_length=10, choices=Recommendation, blank=True)
    recommendation_reasons = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    not_completed_reason = models.CharField(max_length=16, choices=NotCompletedReason, blank=True)
    package = models.ForeignKey(
        Package, on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )
    split = models.ForeignKey(
        FundingSplit, on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            all_or_none("recorded_at", "recorded_by"),
            filled_exactly_when("closed_at", status__in=FINISHED),
            in_order("held_on", "cpa_held_on"),
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(status__in=FINISHED),
                name="reviews_one_review_under_way",
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.NOT_COMPLETED, not_completed_reason__gt="")
                | (~Q(status=ReviewStatus.NOT_COMPLETED) & Q(not_completed_reason="")),
                name="reviews_not_completed_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "booked_for"], name="reviews_by_status")]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id


class Attendance(Record):
    """Somebody who was asked to a review, and whether they took part."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="attendances")
    name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=18, choices=Capacity)
    took_part = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "name", "capacity"], name="reviews_attends_once"
            )
        ]


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def unsent(self) -> ReminderQuerySet:
        return self.filter(sent_at__isnull=True, lapsed_at__isnull=True)


class Reminder(Record):
    """That a review is coming or late, told to its care coordinator once for each step."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reminders")
    review_due_on = models.DateField()
    step = models.CharField(max_length=8, choices=ReminderStep)
    recipient = models.ForeignKey(  # who was told: whoever held the case on that day
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    raised_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)  # no longer true when it was to go

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            all_or_none("sent_at", "recipient"),
            models.UniqueConstraint(
                fields=["case", "review_due_on", "step"], name="reviews_one_reminder_a_step"
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"],
                condition=Q(sent_at__isnull=True, lapsed_at__isnull=True),
                name="reviews_reminders_unsent",
            )
        ]


class EndingQuerySet(ScopedQuerySet["Ending"]):
    PARTNERSHIP = "case__partnership"

    def awaiting(self, body: str) -> EndingQuerySet:
        """Those the panel supports and this body has not said yes to yet."""
        said = Satisfaction.objects.filter(body=body).values("ending")
        return self.filter(status=EndingStatus.SUPPORTED).exclude(pk__in=said)


class Ending(Record, HasWorkflow):
    """The proposal to end a person's after-care: only the council and the ICB together can.

    Mental Health Act 1983 s.117(2).
    """

    TRANSITIONS = ENDING_TRANSITIONS

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="endings")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="endings", null=True, blank=True
    )
    status = models.CharField(max_length=10, choices=EndingStatus, default=EndingStatus.PROPOSED)
    reasons = models.TextField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    supported_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        constraints = [
            all_or_none("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(condition=~Q(reasons=""), name="reviews_ending_has_reasons"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=[EndingStatus.PROPOSED, EndingStatus.SUPPORTED]),
                name="reviews_one_ending_at_a_time",
            ),
        ]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id


class Satisfaction(Record):
    """One body's word that the person no longer needs after-care."""

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="satisfactions")
    body = models.CharField(max_length=3, choices=Body)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    satisfied_at = models.DateTimeField()
    satisfied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ending", "body"], name="reviews_one_word_a_body"),
            models.UniqueConstraint(
                fields=["ending", "satisfied_by"], name="reviews_never_one_person_for_both"
            ),
        ]
