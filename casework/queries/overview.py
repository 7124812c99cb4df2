"""The first page of a case file: its cards and the latest of its timeline."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from aftercare.models import Package
from aftercare.queries import s117_lines, weekly_total
from casework.queries.case_file import CaseFrame
from casework.queries.stages import Situation
from casework.queries.timeline import TimelineEvent, timeline
from cohorts.models.cases import Case
from cohorts.models.people import Detention
from cohorts.policy.due import due_in_words, due_state
from core.money import annual_cost
from core.templatetags.s117 import counted, day, gbp
from matrices.enums import SplitStatus
from matrices.models import FundingSplit
from panels.models import Panel
from panels.policy.calendar import rhythm_in_words
from panels.queries.changes import BodyCost

LATEST = 5
Rows = list[tuple[str, object]]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The cards of the first page and the latest of the timeline."""

    entitlement: Rows
    bodies: Rows
    care_team: Rows
    next_review: Rows
    costs: list[BodyCost]
    total: BodyCost | None
    has_comparison: bool
    package_words: str
    split_url: str
    book_url: str
    events: list[TimelineEvent]
    events_count: int


def overview(frame: CaseFrame, user: User, today: date) -> Overview:
    """Return what the first page of a case file shows."""
    case = frame.case
    costs, total, has_comparison = _costs(frame)
    events = timeline(frame.history)
    shown = _proposed(frame) or frame.history.split_in_force
    can_book = frame.situation.review is None and case.is_open and user.may(Permission.WRITE_REVIEW)
    return Overview(
        entitlement=_entitlement(case),
        bodies=[("Council", case.partnership.council.name), ("ICB", case.partnership.icb.name)],
        care_team=_care_team(case),
        next_review=_next_review(case, frame.situation, today),
        costs=costs,
        total=total,
        has_comparison=has_comparison,
        package_words=_ahead(shown, today) + _package_words(_package_in_force(case, today)),
        split_url=reverse("casework:split_detail", args=[shown.pk]) if shown else "",
        book_url=reverse("reviews:review_book", args=[case.pk]) if can_book else "",
        events=events[:LATEST],
        events_count=len(events),
    )


def _entitlement(case: Case) -> Rows:
    rows: Rows = [("Since", day(case.entitled_from))]
    if case.detention:
        rows.append(("From", detention_words(case.detention)))
        if case.detention.is_on_cto:
            since = day(case.detention.cto_from)
            rows.append(("CTO", f"Since {since}; after-care cannot end while it lasts"))
    if case.ended_on:
        rows.append(("Ended", f"{day(case.ended_on)}: {case.get_end_reason_display().lower()}"))
    return rows


def detention_words(detention: Detention) -> str:
    """Say a detention in a line: section, hospital, from when to when."""
    words = [f"Section {detention.section}"]
    if detention.hospital:
        words.append(detention.hospital)
    if detention.detained_on:
        until = f" to {day(detention.ceased_on)}" if detention.ceased_on else ""
        words.append(f"{day(detention.detained_on)}{until}")
    return ", ".join(words)


def _care_team(case: Case) -> Rows:
    coordinator = case.care_coordinator
    rows: Rows = [("Coordinator", coordinator.name if coordinator else "Nobody yet")]
    if coordinator is None and case.coordinator_in_register:
        rows.append(("In the register", case.coordinator_in_register))
    return rows


def _next_review(case: Case, situation: Situation, today: date) -> Rows:
    last = ("Last", day(case.last_reviewed_on) or "never on this record")
    if case.ended_on:
        return [("Due", "None: after-care has ended"), last]
    review = situation.review
    booked_for = review.booked_for if review and not review.held_on else None
    due = due_in_words(case.next_review_due)
    if case.next_review_due and case.last_reviewed_on:
        due += ", 12 months after the last"
    rows: Rows = [("Due", due), last]
    if booked_for:
        time = f" at {review.booked_time:%H:%M}" if review.booked_time else ""
        rows.append(("Booked", f"{day(booked_for)}{time}"))
    rows.append(("Now", due_state(case.next_review_due, today, booked_for).label))
    if case.cohort is None:
        return [*rows, ("Cohort", "None: no rule places this case")]
    rows.append(("Cohort", f"{case.cohort.name}, reviewed by {case.cohort.reviewed_by}"))
    panel = Panel.objects.serving(case.cohort).first()
    if panel:
        rows.append(("Panel", f"{panel}, {rhythm_in_words(panel.rhythm, panel.anchor_on)}"))
    return rows


def _proposed(frame: CaseFrame) -> FundingSplit | None:
    split = frame.situation.split
    under_way = {SplitStatus.PROPOSED, SplitStatus.AGREED, SplitStatus.RETURNED}
    return split if split and split.status in under_way else None


def _costs(frame: CaseFrame) -> tuple[list[BodyCost], BodyCost | None, bool]:
    now, proposed = frame.history.split_in_force, _proposed(frame)
    shown = proposed or now
    if shown is None:
        return [], None, False
    before = now if proposed else None
    place = frame.case.partnership
    icb = _cost(place.icb.name, shown.icb_share, "icb_weekly_cost", shown, before)
    council = _cost(place.council.name, shown.la_share, "la_weekly_cost", shown, before)
    total = BodyCost(
        body="Section 117, together",
        share=Fraction(1),
        weekly=shown.weekly_cost,
        annual=icb.annual + council.annual,  # so that the column adds up
        weekly_now=before.weekly_cost if before else None,
        change=shown.weekly_cost - before.weekly_cost if before else None,
    )
    return [icb, council], total, before is not None


def _cost(
    body: str, share: Fraction, column: str, shown: FundingSplit, before: FundingSplit | None
) -> BodyCost:
    weekly, now = getattr(shown, column), getattr(before, column, None)
    return BodyCost(
        body=body,
        share=share,
        weekly=weekly,
        annual=annual_cost(weekly),
        weekly_now=now,
        change=None if now is None else weekly - now,
    )


def _package_in_force(case: Case, today: date) -> Package | None:
    packages = Package.objects.in_force_on(today).filter(case=case).order_by("-starts_on")
    return packages.prefetch_related("lines__prices", "lines__provider").first()


def _ahead(split: FundingSplit | None, today: date) -> str:
    """Say from when a split counts that both bodies have approved and that has not begun."""
    if split is None or split.status != SplitStatus.IN_FORCE or split.effective_from <= today:
        return ""
    return f"Approved, and counts from {day(split.effective_from)}. "


def _package_words(package: Package | None) -> str:
    if package is None:
        return "No package is in force."
    lines = s117_lines(package)
    providers = dict.fromkeys(str(line.provider) for line in lines if line.provider)
    words = (
        f"In force: {counted(len(lines), 'service,services')}, {gbp(weekly_total(lines))} a week"
    )
    if providers:
        words += f", {', '.join(providers)}"
    others = [line for line in package.lines.all() if not line.is_s117]
    if others:
        words += f". Care Act services, {gbp(weekly_total(others))} a week, are not part of this"
    return f"{words}."
