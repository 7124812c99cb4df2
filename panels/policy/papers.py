"""What a panel's papers say: filled in by queries, printed by documents.

People appear by case reference and initials. Amounts are pounds a week unless the name says
otherwise. What was not recorded is empty, and the papers say so or leave the part out.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from panels.enums import Outcome

OPENING = 400  # characters of a long text on the one page to decide from; the rest follows it
LONG_SUMMARY = 1300  # characters beyond which that page is set closer, so that it stays one page


def opening(text: str) -> str:
    """Return the beginning of a text, on one line; a long one says that it goes on."""
    line = " ".join(text.split())
    if len(line) <= OPENING:
        return line
    return line[:OPENING].rsplit(" ", 1)[0] + " … (in full on the pages that follow)"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Whose paper it is, and how to reach them."""

    partnership: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""

    @property
    def contact(self) -> str:
        return " · ".join(filter(None, (self.phone, self.email)))


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """Someone expected at the meeting."""

    name: str
    role: str
    body: str
    is_voting: bool


@dataclass(frozen=True, kw_only=True)
class BusinessLine:
    """One line of the order of business; with a reference it is a case to decide."""

    item: str
    what: str
    presenter: str = ""
    purpose: str = ""
    reference: str = ""
    initials: str = ""
    weekly_cost: Decimal | None = None
    starts_at: time | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeLine:
    """A decision open to the panel, and what is recorded with it."""

    name: str
    recorded: str


OPEN_TO_PANEL = (
    OutcomeLine(name=Outcome.APPROVE.label, recorded="the package and the split, as asked"),
    OutcomeLine(name=Outcome.CONDITIONS.label, recorded="each with an owner and a date"),
    OutcomeLine(name=Outcome.DEPART.label, recorded="the split, and why not the matrix’s"),
    OutcomeLine(name=Outcome.DEFER.label, recorded="what is needed, from whom, by when"),
    OutcomeLine(name=Outcome.DECLINE.label, recorded="reasons, and how to challenge them"),
)


@dataclass(frozen=True, kw_only=True)
class AgendaPaper:
    """Everything an agenda says."""

    reference: str
    letterhead: Letterhead
    panel: str
    held_on: date
    place: str
    quorum: str
    members: tuple[MemberLine, ...]
    business: tuple[BusinessLine, ...]
    outcomes: tuple[OutcomeLine, ...] = OPEN_TO_PANEL
    starts_at: time | None = None
    ends_at: time | None = None
    chair: str = ""
    pack_reference: str = ""

    @property
    def cases(self) -> tuple[BusinessLine, ...]:
        return tuple(line for line in self.business if line.reference)

    @property
    def weekly_cost(self) -> Decimal:
        return sum((line.weekly_cost or Decimal(0) for line in self.cases), Decimal(0))

    @property
    def has_times(self) -> bool:
        return any(line.starts_at for line in self.business)


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """An amount and what each body pays of it."""

    label: str
    both: Decimal
    icb: Decimal
    council: Decimal

    def less(self, other: "CostLine", *, label: str) -> "CostLine":
        """Return how much this is more than `other`, for both bodies and for each."""
        return CostLine(
            label=label,
            both=self.both - other.both,
            icb=self.icb - other.icb,
            council=self.council - other.council,
        )


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    """A way of meeting the needs that was looked at."""

    name: str
    weekly_cost: Decimal | None
    advantage: str
    risk: str
    view: str
    is_recommended: bool = False


@dataclass(frozen=True, kw_only=True)
class NeedLine:
    """A need, tested against both limbs of section 117(6) of the Mental Health Act 1983."""

    need: str
    description: str
    arises_from_disorder: bool
    reduces_risk: bool
    met_by: tuple[str, ...] = ()

    @property
    def is_s117(self) -> bool:
        return self.arises_from_disorder and self.reduces_risk


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A service and its price, now and as asked."""

    description: str
    provider: str
    weekly_cost: Decimal
    is_s117: bool
    weekly_cost_now: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One domain of the matrix as it was scored, with the evidence for it."""

    domain: str
    level: str
    points: int | None
    evidence: str


@dataclass(frozen=True, kw_only=True)
class TraceStep:
    """One line of how a split came about."""

    name: str
    figure: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class SplitPaper:
    """What the matrix gives, from what scores and how."""

    matrix: str
    version: str
    is_sample: bool
    icb_share: Fraction
    points: int
    max_points: int
    scores: tuple[ScoreLine, ...]
    steps: tuple[TraceStep, ...]
    prompts: tuple[str, ...] = ()
    definition_hash: str = ""

    @property
    def council_share(self) -> Fraction:
        return 1 - self.icb_share


@dataclass(frozen=True, kw_only=True)
class ViewLine:
    """What someone said, or what is said under a heading."""

    who: str
    words: str

    @property
    def opening(self) -> str:
        return opening(self.words)

    @property
    def is_cut(self) -> bool:
        return len(" ".join(self.words.split())) > OPENING


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    """Something checked before the case came to panel."""

    check: str
    result: str


@dataclass(frozen=True, kw_only=True)
class CasePaper:
    """One case: the page to decide from, and the evidence that follows it."""

    item: str
    reference: str
    initials: str
    about: tuple[str, ...]
    ask: str
    starts_on: date | None
    ends_on: date | None
    recommended_by: str
    why_now: str
    progress: str
    risks: str
    recommendation: str
    costs: tuple[CostLine, ...]
    week: CostLine | None
    year: CostLine | None
    split: SplitPaper | None
    needs: tuple[NeedLine, ...]
    services: tuple[ServiceLine, ...]
    views: tuple[ViewLine, ...]
    took_part: tuple[str, ...]
    week_now: CostLine | None = None
    options: tuple[OptionLine, ...] = ()
    conditions: tuple[str, ...] = ()
    checks: tuple[CheckLine, ...] = ()

    @property
    def change(self) -> CostLine | None:
        if self.week is None or self.week_now is None:
            return None
        return self.week.less(self.week_now, label="Change a week")

    @property
    def s117_services(self) -> tuple[ServiceLine, ...]:
        return tuple(service for service in self.services if service.is_s117)

    @property
    def has_services_outside(self) -> bool:
        return len(self.s117_services) < len(self.services)

    @property
    def services_weekly_cost(self) -> Decimal:
        return sum((service.weekly_cost for service in self.s117_services), Decimal(0))

    @property
    def services_weekly_cost_now(self) -> Decimal | None:
        now = [s.weekly_cost_now for s in self.s117_services if s.weekly_cost_now is not None]
        return sum(now, Decimal(0)) if now else None

    @property
    def told(self) -> dict[str, ViewLine]:
        """Return what the review says of the case, under the headings of the summary."""
        return {
            "why_now": ViewLine(who="Why now", words=self.why_now),
            "progress": ViewLine(who="What has changed", words=self.progress),
            "risks": ViewLine(who="Risks", words=self.risks),
            "recommendation": ViewLine(who="Recommendation", words=self.recommendation),
        }

    @property
    def told_in_full(self) -> tuple[ViewLine, ...]:
        """Return the texts of which the summary has room only for the opening."""
        return tuple(telling for telling in self.told.values() if telling.is_cut)

    @property
    def is_long(self) -> bool:
        """Test whether the summary says so much that it must be set closer to stay on one page."""
        texts = (self.ask, *(telling.opening for telling in self.told.values()), *self.conditions)
        options = sum(len(option.advantage + option.risk) + 40 for option in self.options)
        return sum(map(len, texts)) + options > LONG_SUMMARY


@dataclass(frozen=True, kw_only=True)
class PackPaper:
    """Everything a pack says: its agenda, and a section for each case."""

    reference: str
    agenda: AgendaPaper
    cases: tuple[CasePaper, ...]
    sent_on: date | None = None
