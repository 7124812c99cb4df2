"""Panels, their meetings, what comes before them and what they decide."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Partnership
from accounts.scope import ScopedQuerySet
from cohorts.enums import Rhythm
from cohorts.models.cases import Case
from cohorts.models.cohorts import Cohort
from core.constraints import all_or_none, filled_exactly_when
from core.records import Record
from core.workflow import HasWorkflow
from matrices.models import FundingSplit
from panels.enums import (
    ITEM_TRANSITIONS,
    MEETING_TRANSITIONS,
    PACK_TRANSITIONS,
    ItemKind,
    ItemStatus,
    MeetingStatus,
    Outcome,
    PackStatus,
    Seat,
)
from panels.policy.quorum import missing_seats
from reviews.models import Ending, Review


class PanelQuerySet(ScopedQuerySet["Panel"]):
    def serving(self, cohort: Cohort | None) -> PanelQuerySet:
        return self.filter(cohorts=cohort)


class Panel(Record):
    """The body that decides funding requests, and the rules it sits by."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="panels")
    name = models.CharField(max_length=60)
    cohorts = models.ManyToManyField(Cohort, related_name="panels")
    rhythm = models.CharField(max_length=12, choices=Rhythm)
    anchor_on = models.DateField()  # a day it sits; fortnights and the nth weekday count from it
    starts_at_time = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField(default=10)
    papers_days = models.PositiveSmallIntegerField(default=5)  # working days before, papers close
    pack_days = models.PositiveSmallIntegerField(default=3)  # working days before, the pack goes

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="panels_one_panel_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class PanelMember(Record):
    """Somebody who sits on a panel, and as what."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    seat = models.CharField(max_length=14, choices=Seat)
    body = models.CharField(max_length=80)  # for whom, in words
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "name", "seat"], name="panels_one_seat_each")
        ]

    def place(self) -> tuple[int, str]:
        """Where a member stands in a list: by seat, then by name."""
        return list(Seat).index(Seat(self.seat)), self.name


class MeetingQuerySet(ScopedQuerySet["Meeting"]):
    PARTNERSHIP = "panel__partnership"

    def from_day(self, day: date) -> MeetingQuerySet:
        return self.filter(held_on__gte=day).exclude(status=MeetingStatus.CANCELLED)

    def taking_papers_on(self, day: date) -> MeetingQuerySet:
        return self.filter(status=MeetingStatus.PLANNED, papers_close_on__gte=day)

    def with_pack_due_by(self, day: date) -> MeetingQuerySet:
        return self.filter(status=MeetingStatus.PUBLISHED, pack_due_on__lte=day)


class Meeting(Record, HasWorkflow):
    """One sitting of a panel."""

    TRANSITIONS = MEETING_TRANSITIONS

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at_time = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    papers_close_on = models.DateField()
    pack_due_on = models.DateField()
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["held_on"]
        constraints = [
            all_or_none("published_at", "published_by"),
            models.UniqueConstraint(fields=["panel", "held_on"], name="panels_one_meeting_a_day"),
        ]

    @property
    def partnership_id(self) -> object:
        return self.panel.partnership_id

    def members(self) -> list[PanelMember]:
        """Those who sit on the panel on the day, the chair first."""
        on_the_day = Q(ends_on__isnull=True) | Q(ends_on__gte=self.held_on)
        return sorted(self.panel.members.filter(on_the_day), key=PanelMember.place)

    def missing_seats(self) -> tuple[Seat, ...]:
        """The seats that a quorum needs and in which nobody present sits."""
        present = self.attendances.filter(is_present=True)
        return missing_seats(present.values_list("member__seat", flat=True))


class Attendance(Record):
    """Whether a member was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="panels_attends_once")
        ]


class AgendaItemQuerySet(ScopedQuerySet["AgendaItem"]):
    PARTNERSHIP = "case__partnership"

    def in_the_tray(self) -> AgendaItemQuerySet:
        return self.filter(status=ItemStatus.SUBMITTED)

    def on_the_agenda(self) -> AgendaItemQuerySet:
        return self.filter(status__in=[ItemStatus.LISTED, ItemStatus.DECIDED]).order_by("position")

    def with_people(self) -> AgendaItemQuerySet:
        return self.select_related(
            "case__patient",
            "case__detention",
            "case__cohort",
            "case__care_coordinator",
            "case__partnership__council",
            "case__partnership__icb",
            "split",
            "review",
            "ending",
            "decision__decided_by",
        )

    def with_papers(self) -> AgendaItemQuerySet:
        """With all that the panel reads about each case."""
        return (
            self.with_people()
            .select_related(
                "split__assessment__version__matrix",
                "split__package",
                "review__package",
                "review__recorded_by",
            )
            .prefetch_related("review__attendances")
        )


class AgendaItem(Record, HasWorkflow):
    """One case put before a panel."""

    TRANSITIONS = ITEM_TRANSITIONS

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    split = models.ForeignKey(
        FundingSplit, on_delete=models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    ending = models.ForeignKey(
        Ending, on_delete=models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=ItemKind)
    ask = models.CharField(max_length=280)  # what the panel is asked, in a sentence
    status = models.CharField(max_length=10, choices=ItemStatus, default=ItemStatus.SUBMITTED)
    minutes = models.PositiveSmallIntegerField(default=15)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="items", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            all_or_none("listed_at", "listed_by"),
            all_or_none("meeting", "position"),
            filled_exactly_when("withdrawn_at", status=ItemStatus.WITHDRAWN),
            models.CheckConstraint(
                condition=~Q(status__in=[ItemStatus.LISTED, ItemStatus.DECIDED])
                | Q(meeting__isnull=False),
                name="panels_listed_item_has_meeting",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=[ItemStatus.SUBMITTED, ItemStatus.LISTED]),
                name="panels_one_item_a_case_waiting",
            ),
        ]
        indexes = [models.Index(fields=["panel", "status"], name="panels_tray")]

    @property
    def partnership_id(self) -> object:
        return self.case.partnership_id


class Decision(Record):
    """What the panel decided on an item, once."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.TextField()
    conditions = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="panels_decision_has_reasons"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.CONDITIONS) | ~Q(conditions=""),
                name="panels_conditions_are_written",
            ),
        ]


class PackQuerySet(ScopedQuerySet["Pack"]):
    PARTNERSHIP = "meeting__panel__partnership"

    def owed(self) -> PackQuerySet:
        return self.filter(status__in=[PackStatus.REQUESTED, PackStatus.BUILDING])


class Pack(Record, HasWorkflow):
    """A meeting's papers in one PDF: made once, kept with its hash."""

    TRANSITIONS = PACK_TRANSITIONS

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=PackStatus, default=PackStatus.REQUESTED)
    file = models.FileField(upload_to="packs/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    started_at = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="panels_pack_number"),
            filled_exactly_when("built_at", status=PackStatus.READY),
        ]

    @property
    def partnership_id(self) -> object:
        return self.meeting.panel.partnership_id
