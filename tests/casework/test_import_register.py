"""`manage.py import_register`: its JSON, its refusals, and a dry run that writes nothing."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from cohorts.models.cases import Case
from cohorts.models.imports import RegisterImport
from tests.cohorts.registers import HARROW, HEADINGS, LENA, csv_of, rows_of, xlsx_of


def run(path=HARROW, *more, partnership="eastmere"):
    out = StringIO()
    call_command("import_register", str(path), "--partnership", partnership, *more, stdout=out)
    return out.getvalue()


def run_json(path=HARROW, *more):
    return json.loads(run(path, "--format", "json", *more))


def counted():
    return {model: model.objects.count() for model in apps.get_models()}


def kept_files():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def test_harrow_in_json(cast):
    result = run_json()

    summed = result["imported"] + result["needs_attention"] + result["skipped"]
    assert (result["rows"], result["imported"], result["needs_attention"]) == (412, 370, 42)
    assert (result["skipped"], summed) == (0, 412)
    assert (result["new"], result["updated"], result["unchanged"]) == (370, 0, 0)
    assert len({problem["row"] for problem in result["problems"]}) == 42
    assert result["problems"][0] == {
        "row": 7,
        "field": "shares",
        "problem": "shares_not_100",
        "sentence": "The shares add up to 110, not 100; correct them",
        "value": "60/50",
    }
    assert {"row": 422, "why": "Totals row"} in result["left_out"]
    assert Case.objects.count() == 370


def test_harrow_twice(cast):
    run_json()

    result = run_json()

    assert (result["imported"], result["unchanged"], Case.objects.count()) == (370, 370, 370)


def test_a_dry_run_says_the_same_and_writes_nothing(cast):
    before, files = counted(), kept_files()

    dry = run_json(HARROW, "--dry-run")

    assert (counted(), kept_files()) == (before, files)
    assert dry == run_json()


def test_in_words(cast, tmp_path):
    path = tmp_path / "register.xlsx"
    path.write_bytes(xlsx_of(rows_of([LENA, {**LENA, "DOB": "?"}, {"Surname": "Total"}])))

    words = run(path, "--dry-run").splitlines()

    assert words[0] == (
        "2 rows hold a person: 1 would be imported (1 new, 0 updated, 0 unchanged), "
        "1 need a person, 0 skipped."
    )
    assert words[1].startswith("Row 3: ")
    assert "Row 4 left out: Totals row" in words


def test_a_csv_with_a_column_nobody_knows(cast, tmp_path):
    path = tmp_path / "register.csv"
    people = [{**LENA, "Shoe size": "9"}]
    path.write_bytes(csv_of(rows_of(people, (*HEADINGS, "Shoe size"))))

    assert run_json(path)["imported"] == 1
    assert RegisterImport.objects.get().columns[-1]["field"] == "ignore"


def test_whose_name_the_import_carries(cast):
    run(HARROW, "--by", "PAULA@example.test")
    run(HARROW)

    by = RegisterImport.objects.order_by("uploaded_at").values_list("uploaded_by__name", flat=True)
    assert list(by) == ["Paula", "Command line"]


@pytest.mark.parametrize(
    ("arguments", "content", "sentence"),
    [
        ({"partnership": "harow"}, b"", "There is no partnership “harow”. There is: eastmere, mer"),
        ({}, b"%PDF-1.7", "This is not a spreadsheet."),
        ({}, b"", "The file is empty."),
        ({}, None, "cannot be opened: No such file"),
    ],
)
@pytest.mark.parametrize("how", [[], ["--dry-run"]])
def test_refusals(cast, tmp_path, arguments, content, sentence, how):
    path = tmp_path / "register.xlsx"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        run(path, *how, **arguments)

    assert sentence in str(refused.value)


def test_nobody_signs_in_as_that(cast):
    with pytest.raises(CommandError, match=r"Nobody signs in as x@example\.test"):
        run(HARROW, "--by", "x@example.test")
