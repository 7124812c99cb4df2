"""A register goes in: people, packages, splits and cohorts, all or nothing."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.apps import apps

from aftercare.models import Package
from audit.models import AuditEvent
from audit.operations import broken_links
from casework import operations
from cohorts.models.cases import Case
from cohorts.models.cohorts import CohortRule
from cohorts.operations import imports
from cohorts.operations.cohorts import RuleInput, add_cohort, change_rules
from cohorts.queries.import_preview import totals
from cohorts.queries.placement import as_policy, coverage
from matrices.models import FundingSplit
from tests.cast import NOON
from tests.cohorts.registers import HARROW, HARROW_DAY, LENA, OMAR, read, read_people

KEY = json.loads(HARROW.with_suffix(".key.json").read_text())
THEN = NOON.replace(year=2018, month=11, day=30)
MAY_CHANGE = {"cohorts.registerimport", "cohorts.importrow", "audit.auditevent", "audit.chain"}
PAID = {"Provider": "Elm Lodge", "Weekly cost": "£963.50 pw", "Split ICB/LA": "60:40"}


def take_in(cast, register_import, **more):
    confirmed = imports.confirm_import(register_import=register_import, by=cast.paula, at=THEN)
    return operations.import_register(register_import=confirmed, by=cast.paula, at=THEN, **more)


def everything():
    """Every row of every table, by table."""
    return {
        model._meta.label_lower: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
    }


def test_harrow_goes_in_as_the_key(cast):
    harrow = take_in(cast, read(cast))

    found = totals(harrow)
    assert (harrow.status, found.people) == ("done", 412)
    assert (found.imported, found.waiting, found.left_out) == (370, 42, 0)
    key = {record["row"]: record for record in KEY["records"]}
    splits = {split.case_id: split for split in FundingSplit.objects.in_force()}
    packages = {
        package.case_id: package for package in Package.objects.prefetch_related("lines__provider")
    }
    for row in harrow.rows.imported().select_related("case"):
        stated = key[row.number]
        cost, package = stated["weekly_cost_pence"], packages.get(row.case_id)
        assert row.case.weekly_cost == (None if cost is None else Decimal(cost) / 100)
        if cost is None:
            assert package is None
            continue
        line = package.lines.all()[0]
        assert line.provider.name == stated["provider"]
        split = splits[row.case_id]
        assert split.icb_share == Fraction(stated["health_share"], 100)
        assert split.icb_weekly_cost + split.la_weekly_cost == Decimal(cost) / 100


def test_the_same_file_twice_changes_no_table_but_imports(cast):
    take_in(cast, read(cast))
    before = everything()

    again = take_in(cast, read(cast))

    after = everything()
    assert {name for name in after if after[name] != before[name]} == MAY_CHANGE
    assert (totals(again).unchanged, totals(again).imported) == (370, 370)


def test_an_import_that_breaks_at_the_end_leaves_nothing(cast, monkeypatch):
    harrow = imports.confirm_import(register_import=read(cast), by=cast.paula, at=THEN)
    before = everything()

    def dies(**_):
        raise OSError("the machine went off")

    with monkeypatch.context() as patch:
        patch.setattr(operations.register_people, "finish_import", dies)
        with pytest.raises(OSError, match="went off"):
            operations.import_register(register_import=harrow, by=cast.paula, at=THEN)
    assert everything() == before

    operations.import_register(register_import=harrow, by=cast.paula, at=THEN)
    assert totals(harrow).imported == 370


def test_import_names_its_cases_in_one_line_and_the_record_holds(cast):
    take_in(cast, read_people(cast, LENA, OMAR))

    line = AuditEvent.objects.get(event="cohorts.register_imported")
    assert line.detail["new"] == ["EM-0001", "EM-0002"]
    assert "Okoro" not in json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert broken_links(str(cast.eastmere.pk)) == []


def test_import_runs_once(cast):
    done = take_in(cast, read_people(cast, LENA))

    operations.import_register(register_import=done, by=cast.paula, at=THEN)

    assert Case.objects.count() == 1
    assert AuditEvent.objects.filter(event="cohorts.register_imported").count() == 1


def test_import_tells_how_far_it_is(cast):
    told = []

    take_in(cast, read_people(cast, LENA, OMAR), progress=lambda *step: told.append(step))

    assert told == [(2, 2)]


def test_a_share_without_a_cost_stays_with_its_row(cast):
    kept = take_in(cast, read_people(cast, {**LENA, "Split ICB/LA": "60:40"}))

    assert not FundingSplit.objects.exists()
    assert kept.rows.get(number=2).values["health_share"] == "60"


def test_import_asks_the_database_by_the_batch(cast, django_assert_max_num_queries):
    harrow = imports.confirm_import(register_import=read(cast), by=cast.paula, at=THEN)

    with django_assert_max_num_queries(100):
        operations.import_register(register_import=harrow, by=cast.paula, at=THEN)


# Rows put right afterwards ----------------------------------------------------------------------


def correct(cast, row, **typed):
    return operations.correct_row(
        row=row, corrections=typed, today=HARROW_DAY, by=cast.paula, at=THEN
    )


def test_a_row_corrected_afterwards_goes_in_by_itself(cast):
    kept = take_in(cast, read_people(cast, {**LENA, **PAID, "DOB": "?"}, OMAR))

    row = correct(cast, kept.rows.get(number=2), born_on="12/3/1997")

    assert (row.outcome, row.effect) == ("imported", "new")
    assert row.case.patient.born_on == date(1997, 3, 12)
    assert Case.objects.get(pk=row.case_id).weekly_cost == Decimal("963.50")
    assert FundingSplit.objects.get().icb_share == Fraction(3, 5)
    assert totals(kept).waiting == 0


def test_a_row_corrected_before_waits_for_the_confirmation(cast):
    kept = read_people(cast, {**LENA, "DOB": "?"})

    row = correct(cast, kept.rows.get(number=2), born_on="12/3/1997")

    assert row.outcome == "ready"
    assert not Case.objects.exists()


def test_a_row_left_out_afterwards_lets_its_twin_in(cast):
    wrong = {**LENA, "DOB": "?"}
    kept = take_in(cast, read_people(cast, wrong, LENA))

    operations.leave_out_row(
        row=kept.rows.get(number=2), reason="Twice", today=HARROW_DAY, by=cast.paula, at=THEN
    )

    outcomes = dict(kept.rows.values_list("number", "outcome"))
    assert outcomes == {1: "skipped", 2: "skipped", 3: "imported"}


# Cohorts ----------------------------------------------------------------------------------------


AUTUMN = (date(2018, 10, 1), date(2018, 12, 31))


def harrow_rules(cast, field_of_a):
    """The plan's cohorts, A as literally worded or as mended."""
    a, b, c = (
        cast.eastmere.cohorts.filter(name=name).first()
        or add_cohort(partnership=cast.eastmere, name=name, reviewed_by="them", by=None, at=THEN)
        for name in "ABC"
    )
    rules = [
        RuleInput(a, field_of_a, *AUTUMN),
        RuleInput(b, "next_review_due", date(2019, 1, 1), date(2019, 2, 28)),
        RuleInput(c, "next_review_due", date(2019, 3, 1)),
    ]
    change_rules(partnership=cast.eastmere, rules=rules, day=HARROW_DAY, by=cast.paula, at=THEN)
    return coverage(cast.eastmere, as_policy(CohortRule.objects.in_order()))


def test_harrows_rules_as_worded_and_as_mended_on_the_imported_register(cast):
    take_in(cast, read(cast))

    worded = harrow_rules(cast, "last_reviewed_on")
    assert worded.alone == {"A": 0, "B": 106, "C": 120}
    assert (worded.several, worded.nowhere) == ({("A", "C"): 40}, 104)

    mended = harrow_rules(cast, "next_review_due")
    assert mended.placed == {"A": 104, "B": 106, "C": 160}
    assert (mended.several, mended.nowhere) == ({}, 0)
    assert Case.objects.in_no_cohort().count() == 0


def test_an_import_places_its_cases_by_the_rules_there_are(cast):
    harrow_rules(cast, "last_reviewed_on")

    take_in(cast, read(cast))

    assert Case.objects.in_no_cohort().count() == 104
