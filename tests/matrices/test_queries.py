from datetime import date

from matrices import queries
from matrices.enums import Body
from matrices.models import FundingSplit
from matrices.operations.approvals import approve
from matrices.operations.splits import agree_split
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, PackageFactory
from tests.matrices import sheets


def test_each_client_group_has_a_sample_that_says_so():
    documents = queries.sample_documents()

    assert sorted(it["client_group"] for it in documents) == ["LD", "MH", "OP"]
    assert all(it["is_sample"] for it in documents)


def test_the_package_to_score_is_the_newest_proposed_else_the_one_in_force(cast):
    case = CaseFactory(partnership=cast.eastmere)
    assert queries.package_to_score(case, TODAY) is None

    current = PackageFactory(case=case, in_force=True)
    assert queries.package_to_score(case, TODAY) == current

    PackageFactory(case=case)
    newest = PackageFactory(case=case, starts_on=date(2027, 1, 1))
    assert queries.package_to_score(case, TODAY) == newest


def test_the_hash_covers_every_part_of_the_content(cast):
    split = sheets.departing(cast)

    assert sorted(queries.content_of(split)) == [
        "all_parts", "answers", "case", "departure_reasons", "effective_from", "icb_parts",
        "icb_weekly_cost", "la_parts", "la_weekly_cost", "lines", "package", "source", "version",
        "weekly_cost",
    ]  # fmt: skip
    assert queries.hash_of(FundingSplit.objects.get()) == split.sha256


def test_split_on_a_day_two_share_is_the_later_decided(cast):
    former = sheets.in_force(cast)
    later = sheets.agreed(cast, former.case)
    for person in (cast.lara, cast.ian):
        later = approve(split=later, seen=later.sha256, by=person, at=NOON.replace(hour=15))

    assert queries.split_on(former.case, sheets.FROM) == later
    assert queries.split_on(former.case, date(2026, 11, 30)) is None


def test_split_words(cast):
    split = sheets.proposed(cast)
    assert queries.split_words(split) == (
        "32 of 48 points, band 30 to 39, so five eighths ICB (62.5%)"
    )

    departing = agree_split(
        split=split, icb_share=split.icb_share / 2, reasons="Local", by=cast.chloe, at=NOON
    )
    assert queries.split_words(departing) == (
        "5/16 ICB (31.25%), departing from the matrix, which gives 32 of 48 points, band 30 to 39"
    )


def test_the_steps_of_a_departure_say_that_people_decided(cast):
    split = sheets.departing(cast)

    steps = queries.shown_steps(queries.outcome_of(split).trace, split.case)

    assert [step.name for step in steps] == [
        "Section 117 services", "Share decided", "Rounding", "Odd penny",
        "Eastmere NHS commissioner", "Eastmere Council", "Together",
    ]  # fmt: skip
    assert [step.name for step in steps if step.is_sum] == ["Eastmere NHS commissioner"]


def test_waiting_first_puts_the_own_bodys_before_all_else_oldest_first(cast):
    in_force = sheets.in_force(cast)
    approved = sheets.agreed(cast)
    approve(split=approved, seen=approved.sha256, by=cast.ian, at=NOON)
    waiting = sheets.agreed(cast)
    proposed = sheets.proposed(cast)

    order = FundingSplit.objects.waiting_first(Body.ICB)

    assert list(order) == [waiting, approved, proposed, in_force]
