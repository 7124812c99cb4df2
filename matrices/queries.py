"""What an assessment and a split are made of, read for calculation, for hashing and for screens."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from aftercare.models import Package
from cohorts.models.cases import Case
from core.refusals import Refused
from core.shares import in_words, percent
from core.templatetags.s117 import moment
from matrices.enums import AssessmentStatus, Body, SplitSource
from matrices.models import Assessment, FundingSplit, MatrixVersion
from matrices.policy.calculation import Outcome, calculate, depart
from matrices.policy.case import Line
from matrices.policy.content import canonical_hash
from matrices.policy.definition import ICB, LA, Definition
from matrices.policy.parsing import parse_definition
from matrices.policy.refusals import AlreadyApproved
from matrices.policy.trace import Step

SAMPLES = Path(__file__).parent / "samples"
SERVICES = ("lines__provider", "lines__prices")


def sample_documents() -> list[dict[str, Any]]:
    """Return the sample matrices that come with the product, one for each client group."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))]


def definition_of(version: MatrixVersion) -> Definition:
    """Return a version's matrix, ready to calculate with."""
    return parse_definition(version.definition)


def lines_of(package: Package) -> tuple[Line, ...]:
    """Return a package's services as the calculation takes them."""
    prefetch_related_objects([package], *SERVICES)
    return tuple(
        Line(line.description, line.weekly_cost or Decimal("0.00"), line.is_s117)
        for line in package.lines.all()
    )


def levels_in(answers: dict[str, dict[str, str]]) -> dict[str, str | None]:
    """Return the level answered in each domain, None where there is none yet."""
    return {code: answer.get("level") or None for code, answer in answers.items()}


def advice(assessment: Assessment, answers: dict[str, dict[str, str]] | None = None) -> Outcome:
    """Work out what the matrix advises for the answers saved, or for those given."""
    return calculate(
        definition_of(assessment.version),
        levels_in(assessment.answers if answers is None else answers),
        lines_of(assessment.package),
    )


def package_to_score(case: Case, day: date) -> Package | None:
    """Return the package that waits for a split, else the one in force."""
    proposed = case.packages.filter(proposed=True).order_by("-pk").first()  # the last agreed
    return proposed or case.packages.in_force_on(day).order_by("-starts_on").first()


def previous_assessment(assessment: Assessment) -> Assessment | None:
    """Return the case's latest complete assessment before this one."""
    return (
        Assessment.objects.filter(case=assessment.case_id, status=AssessmentStatus.COMPLETE)
        .exclude(pk=assessment.pk)
        .filter(started_at__lte=assessment.started_at)
        .select_related("version")
        .order_by("-completed_at")
        .first()
    )


def residual_of(split: FundingSplit) -> str:
    """Return the body that takes the odd penny: the matrix's own, else the ICB."""
    if split.assessment is None:
        return ICB
    return definition_of(split.assessment.version).residual


def content_of(split: FundingSplit) -> dict[str, Any]:
    """Return all that a body approves, as plain JSON: nothing in it may change unseen."""
    assessment = split.assessment
    prefetch_related_objects([split.package], *SERVICES)
    return {
        "case": str(split.case_id),
        "package": str(split.package_id),
        "lines": [
            {
                "description": line.description,
                "provider": line.provider.name if line.provider else "",
                "is_s117": line.is_s117,
                "weekly_cost": str(line.weekly_cost),
            }
            for line in split.package.lines.all()
        ],
        "version": assessment.version.sha256 if assessment else "",
        "answers": assessment.answers if assessment else {},
        "source": str(split.source),
        "icb_parts": split.icb_parts,
        "la_parts": split.la_parts,
        "all_parts": split.all_parts,
        "weekly_cost": f"{split.weekly_cost:.2f}",
        "icb_weekly_cost": f"{split.icb_weekly_cost:.2f}",
        "la_weekly_cost": f"{split.la_weekly_cost:.2f}",
        "effective_from": split.effective_from.isoformat(),
        "departure_reasons": split.departure_reasons,
    }


def hash_of(split: FundingSplit) -> str:
    """Return the hash that a split's present content gives."""
    return canonical_hash(content_of(split))


def split_on(case: Case, day: date) -> FundingSplit | None:
    """Return the split in force on a day; of two that share a day, the later decided."""
    return case.splits.in_force_on(day).order_by("-in_force_at").first()


# Who may decide --------------------------------------------------------------------------------


def body_spoken_for(by: User, case: Case) -> Body:
    """Return the funding body that a person speaks for in a case; only its own two may speak."""
    bodies = {case.partnership.council_id: Body.LA, case.partnership.icb_id: Body.ICB}
    membership = by.membership
    if membership is None or membership.partnership_id != case.partnership_id:
        raise Refused("Only a commissioner of the case’s own council or ICB can decide this.")
    if membership.organisation_id not in bodies:
        raise Refused(
            f"Only a commissioner of {case.partnership.council} or {case.partnership.icb} "
            "can decide this."
        )
    return bodies[membership.organisation_id]


def check_first_word(split: FundingSplit, *, body: Body, by: User) -> None:
    """Refuse the proposer, a person's second word, and a body's."""
    if split.proposed_by_id == by.pk:
        raise Refused("You proposed this split, so somebody else must decide on it.")
    for word in split.approvals.select_related("organisation", "approved_by"):
        if word.body == body:
            raise AlreadyApproved(
                f"{word.approved_by} approved this split for {word.organisation} on "
                f"{moment(word.approved_at)}."
            )
        if word.approved_by_id == by.pk:
            raise Refused(
                f"You approved this split for {word.organisation}. "
                "Somebody else must decide on it for the other body."
            )


# For screens ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownStep:
    """A line of the explanation, with the body's own name in it."""

    name: str
    result: str
    why: str
    is_sum: bool


def shown_steps(steps: tuple[Step, ...], case: Case) -> list[ShownStep]:
    """Put the names of the case's own bodies into a calculation's lines."""
    names = {ICB: case.partnership.icb.name, LA: case.partnership.council.name}
    return [
        ShownStep(names.get(step.body, step.name), step.figure, step.sentence, step.body == ICB)
        for step in steps
    ]


def outcome_of(split: FundingSplit) -> Outcome | None:
    """Return how a split's pounds came about: the matrix's outcome, or the departure's."""
    if split.assessment is None or split.assessment.outcome is None:
        return None
    if split.source == SplitSource.DEPARTURE:
        definition = definition_of(split.assessment.version)
        return depart(definition, icb_share=split.icb_share, lines=lines_of(split.package))
    return Outcome.from_json(split.assessment.outcome)


@dataclass(frozen=True)
class LastTime:
    """What was scored last: when, the points, and each domain's level in words."""

    at: datetime
    points: int | None
    levels: dict[str, str]


def last_time(assessment: Assessment) -> LastTime | None:
    """Return the case's scores before these, in words."""
    previous = previous_assessment(assessment)
    if previous is None:
        return None
    definition = definition_of(previous.version)
    chosen = levels_in(previous.answers)
    levels = {
        domain.code: level.name
        for domain in definition.domains
        if (level := domain.level(chosen.get(domain.code) or ""))
    }
    return LastTime(previous.completed_at, previous.outcome["points"], levels)


@dataclass(frozen=True)
class ScoredDomain:
    name: str
    level: str
    points: int | None
    evidence: str


def scores_of(assessment: Assessment) -> list[ScoredDomain]:
    """Return every domain of an assessment with its level and evidence, in the matrix's order."""
    rows = []
    for domain in definition_of(assessment.version).domains:
        answer = assessment.answers.get(domain.code, {})
        level = domain.level(answer.get("level") or "")
        rows.append(
            ScoredDomain(
                name=domain.name,
                level=level.name if level else "Not scored",
                points=level.points if level else None,
                evidence=answer.get("evidence", ""),
            )
        )
    return rows


def split_words(split: FundingSplit) -> str:
    """Say a split in a line: "32 of 48 points, band 30 to 39, so five eighths ICB (62.5%)"."""
    share = f"{in_words(split.icb_share)} ICB ({percent(split.icb_share)})"
    if split.assessment is None or split.assessment.outcome is None:
        return f"{split.get_source_display()}: {share}"
    advised = Outcome.from_json(split.assessment.outcome)
    points = f"{advised.points} of {advised.max_points} points, band {advised.band}"
    if split.source == SplitSource.DEPARTURE:
        return f"{share}, departing from the matrix, which gives {points}"
    return f"{points}, so {share}"
