"""Believable papers for the tests of documents: invented people, places and prices."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from panels.policy.papers import (
    AgendaPaper,
    BusinessLine,
    CasePaper,
    CheckLine,
    CostLine,
    Letterhead,
    MemberLine,
    NeedLine,
    OptionLine,
    PackPaper,
    ScoreLine,
    ServiceLine,
    SplitPaper,
    TraceStep,
    ViewLine,
)

LONGEST_NAME = "Featherstonehaugh-Cholmondeley, Persephone Wilhelmina"

LETTERHEAD = Letterhead(
    partnership="Eastmere Section 117 Partnership",
    address=("Section 117 team", "Civic Centre, Bridge Street", "Eastmere EM1 1AA"),
    phone="01632 960 117",
    email="s117.team@eastmere.example",
)

MEMBERS = (
    MemberLine(name="Ruth Adeyemi", role="Chair", body="Partnership", is_voting=True),
    MemberLine(
        name="Daniel Osei", role="Council budget-holder", body="Eastmere Council", is_voting=True
    ),
    MemberLine(
        name="Meera Nair", role="ICB budget-holder", body="NHS Mere Valley ICB", is_voting=True
    ),
    MemberLine(
        name="Dr Colin Whitaker", role="Clinician", body="Mere Valley Trust", is_voting=True
    ),
    MemberLine(name=LONGEST_NAME, role="Social work lead", body="Eastmere Council", is_voting=True),
    MemberLine(
        name="Imran Sheikh",
        role="Administrator, without a vote",
        body="Partnership",
        is_voting=False,
    ),
)

SPLIT = SplitPaper(
    matrix="Mental health matrix",
    version="1.0",
    is_sample=True,
    icb_share=Fraction(5, 8),
    points=15,
    max_points=24,
    definition_hash="3c1f" * 16,
    scores=(
        ScoreLine(
            domain="Mental state",
            level="High",
            points=4,
            evidence="Review of 3 December 2026: residual voices most days; insight partial.",
        ),
        ScoreLine(
            domain="Behaviour and risk to self or others",
            level="Moderate",
            points=3,
            evidence="Incident log: three verbal incidents in twelve months, none since July.",
        ),
        ScoreLine(
            domain="Medication and its effects",
            level="Moderate",
            points=3,
            evidence="Clozapine stable for 14 months; needs prompting twice a day.",
        ),
        ScoreLine(domain="Personal care", level="Low", points=1, evidence="Prompting only."),
        ScoreLine(
            domain="Supervised accommodation",
            level="High",
            points=4,
            evidence="Waking night retained; two night calls in six months.",
        ),
        ScoreLine(domain="Daily living and finances", level="", points=None, evidence=""),
    ),
    steps=(
        TraceStep(
            name="Section 117 services",
            figure="£2,036.00",
            sentence="3 services, £2,054.50 less £18.50 under the Care Act",
        ),
        TraceStep(name="Points", figure="15 of 24", sentence="4 + 3 + 3 + 1 + 4"),
        TraceStep(
            name="Band",
            figure="13 to 17",
            sentence="ICB five eighths (62.5%), council three eighths (37.5%)",
        ),
        TraceStep(
            name="Rounding",
            figure="to the penny",
            sentence="Shares stay exact; pounds are rounded once, on the whole package",
        ),
        TraceStep(
            name="Odd penny",
            figure="none",
            sentence="Each part rounds to the penny and they add up.",
        ),
        TraceStep(name="ICB", figure="£1,272.50", sentence="a week; £66,351.79 a year"),
        TraceStep(name="Council", figure="£763.50", sentence="a week; £39,811.07 a year"),
        TraceStep(name="Together", figure="£2,036.00", sentence="a week; £106,162.86 a year"),
    ),
)


def _cost(label: str, both: str, icb: str) -> CostLine:
    council = Decimal(both) - Decimal(icb)
    return CostLine(label=label, both=Decimal(both), icb=Decimal(icb), council=council)


NEEDS = (
    NeedLine(
        need="Early recognition of relapse",
        description="Each relapse since 2019 led to admission; a relapse signature is agreed.",
        arises_from_disorder=True,
        reduces_risk=True,
        met_by=("One-to-one support", "Supported living, core"),
    ),
    NeedLine(
        need="Medication",
        description="Last two admissions followed missed doses.",
        arises_from_disorder=True,
        reduces_risk=True,
        met_by=("Depot nurse visits",),
    ),
    NeedLine(
        need="Travel for leisure",
        description="Likes to ride the trains at weekends.",
        arises_from_disorder=False,
        reduces_risk=False,
    ),
)

SERVICES = (
    ServiceLine(
        description="Supported living, core: shared house of four, waking night",
        provider="Ashgrove Living Ltd",
        weekly_cost=Decimal("1180.00"),
        weekly_cost_now=Decimal("1145.00"),
        is_s117=True,
    ),
    ServiceLine(
        description="One-to-one support, 35 hours, 10am to 3pm",
        provider="Ashgrove Living Ltd",
        weekly_cost=Decimal("784.00"),
        weekly_cost_now=Decimal("1065.75"),
        is_s117=True,
    ),
    ServiceLine(
        description="Depot nurse visits",
        provider="Mere Valley Trust",
        weekly_cost=Decimal("72.00"),
        weekly_cost_now=Decimal("70.50"),
        is_s117=True,
    ),
    ServiceLine(
        description="Travel pass top-up",
        provider="",
        weekly_cost=Decimal("18.50"),
        weekly_cost_now=Decimal("18.50"),
        is_s117=False,
    ),
)

FULL_CASE = CasePaper(
    item="6.1",
    reference="S117-2025-0412",
    initials="A.K.",
    about=("Mental health", "aged 41", "cohort A", "Supported living, Ashgrove Road, Eastmere"),
    ask="Supported living with 35 hours of one-to-one support a week",
    starts_on=date(2027, 1, 18),
    ends_on=date(2028, 1, 17),
    recommended_by="Priya Raman, care coordinator",
    why_now="The review of 3 December 2026 found the hours in use no longer match the need: night "
    "one-to-one ended in August without harm. The present approval runs out on 17 January 2027.",
    progress="No admission since September 2024; two A&E attendances against seven the year before."
    "\nCommunity treatment order ended on 2 September 2026.",
    risks="Relapse if the autumn pattern returns; hours can be put back within two working days.",
    recommendation="Step down to 35 hours for 12 months. The multi-disciplinary team agreed "
    "unanimously; the person and the advocate agree.",
    conditions=("Relapse plan names who adds hours, and how fast: by 15 January 2027",),
    costs=(),
    week=_cost("A week", "2036.00", "1272.50"),
    year=_cost("A full year", "106162.86", "66351.79"),
    week_now=_cost("A week now", "2281.25", "1482.81"),
    split=SPLIT,
    needs=NEEDS,
    services=SERVICES,
    views=(
        ViewLine(who="The person", words="“I like it here. I do not need someone at night now.”"),
        ViewLine(who="Advocate", words="Met three times since the review. Supports the step down."),
    ),
    took_part=("The person", "Advocate", "Care coordinator, trust", "Social worker, council"),
    checks=(
        CheckLine(check="Review held jointly", result="3 December 2026: health and council"),
        CheckLine(check="Next review", result="3 December 2027"),
    ),
)

BARE_CASE = CasePaper(
    item="6.2",
    reference="S117-2025-0419",
    initials="F.J.",
    about=("Older people",),
    ask="End after-care: both bodies to say",
    starts_on=None,
    ends_on=None,
    recommended_by="",
    why_now="",
    progress="",
    risks="",
    recommendation="",
    costs=(),
    week=None,
    year=None,
    split=None,
    needs=(),
    services=(),
    views=(),
    took_part=(),
)

LONG_CASE = replace(
    FULL_CASE,
    item="6.3",
    reference="S117-2025-0426",
    initials="P.F.",
    why_now=FULL_CASE.why_now + " Five falls and nine assaults on residents since October.",
    needs=NEEDS * 4,
    services=tuple(replace(service, weekly_cost_now=None) for service in SERVICES),
    week_now=None,
    options=(
        OptionLine(
            name="A  No one-to-one",
            weekly_cost=Decimal("1308.00"),
            advantage="No added cost",
            risk="Notice stands; injury to others likely",
            view="Unsafe",
        ),
        OptionLine(
            name="B  The Limes with 35 hours",
            weekly_cost=Decimal("2036.00"),
            advantage="No move; staff know him",
            risk="Cost may become permanent",
            view="Recommended",
            is_recommended=True,
        ),
        OptionLine(
            name="C  Specialist dementia unit",
            weekly_cost=Decimal("2380.00"),
            advantage="Higher staffing all day",
            risk="Move late in illness; 34 km from his wife",
            view="Reserve",
        ),
    ),
    conditions=(
        "Behaviour chart and falls log every week to the team: The Limes, by 14 January 2027",
        "Continuing healthcare checklist: ICB case manager, by 4 February 2027",
    ),
)


def cases(count: int) -> tuple[CasePaper, ...]:
    """Return this many cases, items 6.1, 6.2 and so on, full, bare and long in turn."""
    kinds = (FULL_CASE, BARE_CASE, LONG_CASE)
    return tuple(
        replace(kinds[n % 3], item=f"6.{n + 1}", reference=f"S117-2025-{412 + 7 * n:04d}")
        for n in range(count)
    )


def agenda_paper(papers: tuple[CasePaper, ...]) -> AgendaPaper:
    """Return the agenda on which these cases stand."""
    opening = (
        BusinessLine(
            item="1", what="Welcome, apologies, quorum", presenter="Chair", purpose="note"
        ),
        BusinessLine(item="2", what="Declarations of interest", presenter="Chair", purpose="note"),
    )
    listed = tuple(
        BusinessLine(
            item=case.item,
            what=case.ask,
            presenter="Priya Raman",
            purpose="decide",
            reference=case.reference,
            initials=case.initials,
            weekly_cost=case.week and case.week.both,
            starts_at=time(9 + number // 4, 15 * (number % 4)),
        )
        for number, case in enumerate(papers, start=2)
    )
    closing = (
        BusinessLine(item="7", what="Any other business", presenter="Chair", purpose="note"),
    )
    return AgendaPaper(
        reference="AG-2027-01-07",
        letterhead=LETTERHEAD,
        panel="Section 117 panel A",
        held_on=date(2027, 1, 7),
        starts_at=time(9, 30),
        ends_at=time(12, 45),
        place="Committee room 2, Civic Centre, Eastmere, and by video",
        chair="Ruth Adeyemi",
        quorum="The chair, one budget-holder of the council, one of the ICB and one clinician. "
        "It is checked again for each item whenever a member with an interest leaves.",
        members=MEMBERS,
        business=opening + listed + closing,
        pack_reference="PP-2027-01-07",
    )


def pack_paper(papers: tuple[CasePaper, ...]) -> PackPaper:
    """Return the pack of these cases."""
    return PackPaper(
        reference="PP-2027-01-07",
        agenda=agenda_paper(papers),
        cases=papers,
        sent_on=date(2027, 1, 4),
    )
