"""Work beside the web: registers read and stored, and found again when their worker died."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from casework.operations import import_register
from casework.queries.imports import ImportProgress, is_moving
from cohorts.enums import ImportStatus
from cohorts.models.imports import RegisterImport
from cohorts.operations import imports

STALE_AFTER = timedelta(minutes=2)


@shared_task
def read_import(import_id: str) -> None:
    """Read one uploaded file."""
    found, now = RegisterImport.objects.get(pk=import_id), timezone.now()
    begun = imports.begin(register_import=found, expected=ImportStatus.UPLOADED, at=now)
    if begun:
        imports.read_import(
            register_import=begun,
            today=timezone.localdate(),
            at=now,
            progress=ImportProgress(import_id, "Reading rows"),
        )


@shared_task
def run_import(import_id: str) -> None:
    """Store one confirmed import."""
    found, now = RegisterImport.objects.get(pk=import_id), timezone.now()
    begun = imports.begin(register_import=found, expected=ImportStatus.CONFIRMED, at=now)
    if begun:
        import_register(
            register_import=begun,
            by=begun.confirmed_by,
            at=now,
            progress=ImportProgress(import_id, "Importing rows"),
        )


@shared_task
def sweep_imports() -> None:
    """Send out again what should have been read or stored by now and is not moving."""
    for owed in RegisterImport.objects.owed_since(timezone.now() - STALE_AFTER):
        if not is_moving(str(owed.pk)):
            task = read_import if owed.status == ImportStatus.UPLOADED else run_import
            task.delay(str(owed.pk))
