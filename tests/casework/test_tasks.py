"""A worker reads and stores registers, and finds again what was left lying."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from casework import tasks
from casework.queries.imports import ImportProgress, progress_of
from cohorts.models.cases import Case
from cohorts.models.imports import RegisterImport
from cohorts.operations import imports
from tests.cohorts.registers import LENA, csv_of, read_people, rows_of


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()


@pytest.fixture
def uploaded(cast):
    return imports.upload_register(
        partnership=cast.eastmere,
        data=csv_of(rows_of([LENA])),
        name="register.csv",
        by=cast.paula,
        at=timezone.now(),
    )


def age(register_import, minutes=3):
    then = timezone.now() - timedelta(minutes=minutes)
    is_confirmed = register_import.confirmed_at is not None
    stamped = {"confirmed_at" if is_confirmed else "uploaded_at": then}
    RegisterImport.objects.filter(pk=register_import.pk).update(**stamped)


def test_read_import_reads_once(uploaded):
    tasks.read_import(str(uploaded.pk))
    tasks.read_import(str(uploaded.pk))

    uploaded.refresh_from_db()
    assert (uploaded.status, uploaded.rows.count()) == ("read", 2)
    assert progress_of(str(uploaded.pk)) == ("Reading rows", 2, 2)


def test_run_import_stores_once(cast):
    kept = read_people(cast, LENA)
    imports.confirm_import(register_import=kept, by=cast.paula, at=timezone.now())

    tasks.run_import(str(kept.pk))
    tasks.run_import(str(kept.pk))

    kept.refresh_from_db()
    assert (kept.status, Case.objects.count()) == ("done", 1)


def test_run_import_that_breaks_is_tried_again_and_then_given_back(cast, monkeypatch):
    def dies(**_):
        raise OSError("the machine went off")

    kept = read_people(cast, LENA)
    imports.confirm_import(register_import=kept, by=cast.paula, at=timezone.now())
    monkeypatch.setattr(tasks, "import_register", dies)

    for _ in range(3):
        with pytest.raises(OSError, match="went off"):
            tasks.run_import(str(kept.pk))
    tasks.run_import(str(kept.pk))

    kept.refresh_from_db()
    assert (kept.status, Case.objects.count()) == ("read", 0)


def test_sweep_imports_reads_what_no_worker_took(uploaded):
    age(uploaded)

    tasks.sweep_imports()

    uploaded.refresh_from_db()
    assert uploaded.status == "read"


def test_sweep_imports_stores_what_was_confirmed(cast):
    kept = read_people(cast, LENA)
    age(imports.confirm_import(register_import=kept, by=cast.paula, at=timezone.now()))

    tasks.sweep_imports()

    assert Case.objects.count() == 1


def test_sweep_imports_leaves_what_is_fresh_or_moving(uploaded):
    tasks.sweep_imports()
    age(uploaded)
    ImportProgress(str(uploaded.pk), "Reading rows")
    tasks.sweep_imports()

    uploaded.refresh_from_db()
    assert uploaded.status == "uploaded"
