"""A register goes in: uploaded, read, checked, put right, confirmed, summed up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django_htmx.http import HttpResponseClientRedirect

from accounts.decorators import edit_view, post_view, read_view
from accounts.enums import Permission
from casework import operations, tasks
from casework.forms.imports import ColumnsForm, LeaveOutForm, RowFilter, RowForm, UploadForm
from casework.queries.imports import as_stored, progress_of
from cohorts import documents
from cohorts.enums import ImportStatus, RowOutcome
from cohorts.models.cases import Case
from cohorts.models.cohorts import CohortRule
from cohorts.models.imports import ImportRow, RegisterImport
from cohorts.operations import imports
from cohorts.policy.register_columns import FIELDS
from cohorts.queries.import_preview import (
    BY_MACHINE,
    next_waiting,
    reasons,
    same_file_before,
    totals,
)
from core.refusals import Refused
from core.templatetags.s117 import counted

ROWS = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKING = (ImportStatus.UPLOADED, ImportStatus.CONFIRMED)


@read_view(Permission.IMPORT_REGISTER)
def import_list(request):
    found = RegisterImport.objects.visible_to(request.user).with_counts()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "casework/import_list.html", {"page": page})


@edit_view(Permission.IMPORT_REGISTER)
def import_upload(request):
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        kept = imports.upload_register(
            partnership=request.user.membership.partnership,
            data=form.content,
            name=form.file_name,
            by=request.user,
            at=timezone.now(),
        )
        _send(tasks.read_import, kept)
        return redirect("casework:import_progress", pk=kept.pk)
    return render(request, "casework/import_upload.html", {"form": form})


@read_view(Permission.IMPORT_REGISTER)
def import_progress(request, pk):
    found = _found(request, pk)
    if found.status not in WORKING:
        address = _home_of(found)
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    doing, done, of = progress_of(str(found.pk))
    context = {"import": found, "doing": doing, "done": done, "of": of}
    template = "_import_bar" if request.htmx else "import_progress"
    return render(request, f"casework/{template}.html", context)


@read_view(Permission.IMPORT_REGISTER)
def import_preview(request, pk):
    found = _found(request, pk)
    if found.status in (*WORKING, ImportStatus.DONE):
        return redirect(_home_of(found))
    if found.status == ImportStatus.FAILED:
        return render(request, "casework/import_failed.html", {"import": found})
    return _preview_page(request, found, ColumnsForm(register_import=found))


@post_view(Permission.IMPORT_REGISTER)
def import_columns(request, pk):
    found = _found(request, pk)
    form = ColumnsForm(request.POST, register_import=found)
    if not form.is_valid():
        return _preview_page(request, found, form)
    return _changed_columns(request, found, form)


@post_view(Permission.IMPORT_REGISTER)
def import_confirm(request, pk):
    found = _found(request, pk)
    form = ColumnsForm(request.POST, register_import=found)
    if not form.is_valid():
        return _preview_page(request, found, form)
    if form.is_changed:
        return _changed_columns(request, found, form)
    try:
        imports.confirm_import(register_import=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("casework:import_preview", pk=pk)
    _send(tasks.run_import, found)
    return redirect("casework:import_progress", pk=pk)


@post_view(Permission.IMPORT_REGISTER)
def import_abandon(request, pk):
    found = _found(request, pk)
    try:
        imports.abandon_import(register_import=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("casework:import_preview", pk=pk)
    messages.success(request, "The file was not imported. It is kept here; nothing else changed.")
    return redirect("casework:import_list")


@read_view(Permission.IMPORT_REGISTER)
def import_file(request, pk):
    found = _found(request, pk)
    imports.note_download(register_import=found, what="file", by=request.user, at=timezone.now())
    with found.file.open("rb") as kept:
        content = kept.read()
    kind = XLSX if found.file.name.endswith(".xlsx") else "text/csv"
    return _attachment(content, found.file_name, kind)


@read_view(Permission.IMPORT_REGISTER)
def import_waiting(request, pk):
    found = _found(request, pk)
    imports.note_download(
        register_import=found, what="waiting rows", by=request.user, at=timezone.now()
    )
    return _attachment(documents.waiting_rows(found), "rows-that-need-a-person.xlsx", XLSX)


@read_view(Permission.IMPORT_REGISTER)
def import_rows(request, pk):
    found = _found(request, pk)
    rows = ImportRow.objects.visible_to(request.user).filter(register_import=found)
    chosen = RowFilter(request.GET, rows.select_related("case"), register_import=found)
    page = Paginator(chosen.qs.order_by("number"), ROWS).get_page(request.GET.get("page"))
    imports.note_seen(register_import=found, page="rows", by=request.user, at=timezone.now())
    context = {
        "import": found,
        "filter": chosen.form,
        "chips": chosen.chips(),
        "page": page,
        "rows": as_stored(page),
        "can_open": request.user.may(Permission.VIEW_CASE),
    }
    return render(request, "casework/import_rows.html", context)


@edit_view(Permission.IMPORT_REGISTER)
def import_row(request, pk, number):
    row = _row(request, pk, number)
    if request.method == "GET":
        return _row_page(request, row, RowForm.showing(row))
    form = RowForm(request.POST, row=row)
    if not form.is_valid():
        return _row_page(request, row, form)
    try:
        row = operations.correct_row(
            row=row,
            corrections=form.corrections,
            today=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _row_page(request, row, form)
    if row.outcome == RowOutcome.WAITING:
        form.row = row
        form.add_problems()
        return _row_page(request, row, form)
    return _next_row(request, row)


@post_view(Permission.IMPORT_REGISTER)
def import_row_leave_out(request, pk, number):
    row = _row(request, pk, number)
    leave_out = LeaveOutForm(request.POST)
    if not leave_out.is_valid():
        return _row_page(request, row, RowForm.showing(row), leave_out=leave_out)
    try:
        row = operations.leave_out_row(
            row=row,
            reason=leave_out.cleaned_data["reason"],
            today=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        leave_out.add_error(None, str(refused))
        return _row_page(request, row, RowForm.showing(row), leave_out=leave_out)
    return _next_row(request, row)


@read_view(Permission.IMPORT_REGISTER)
def import_done(request, pk):
    found = _found(request, pk)
    if found.status != ImportStatus.DONE:
        return redirect(_home_of(found))
    summed, first = totals(found), next_waiting(found, after=0)
    context = {
        "import": found,
        "totals": summed,
        "summary": _summary(summed),
        "first_url": reverse("casework:import_row", args=[pk, first]) if first else "",
        "nowhere": Case.objects.visible_to(request.user).open().in_no_cohort().count(),
        "has_rules": CohortRule.objects.visible_to(request.user).in_order().exists(),
        "can_manage_cohorts": request.user.may(Permission.MANAGE_COHORTS),
    }
    return render(request, "casework/import_done.html", context)


# Around them ------------------------------------------------------------------------------------


def _found(request, pk):
    found = RegisterImport.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("partnership", "uploaded_by"), pk=pk)


def _row(request, pk, number):
    rows = ImportRow.objects.visible_to(request.user).select_related("register_import", "case")
    return get_object_or_404(rows, register_import=pk, number=number)


def _attachment(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _send(task, register_import):
    """Have it done at once; if no broker answers, the sweep finds it within minutes."""

    def send():
        task.apply_async((str(register_import.pk),), retry=False)

    transaction.on_commit(send, robust=True)


def _home_of(register_import):
    """Return the page that an import is at now."""
    name = {
        **dict.fromkeys(WORKING, "import_progress"),
        ImportStatus.DONE: "import_done",
        ImportStatus.ABANDONED: "import_preview",
    }.get(register_import.status, "import_preview")
    return reverse(f"casework:{name}", args=[register_import.pk])


def _changed_columns(request, found, form):
    home = redirect("casework:import_preview", pk=found.pk)
    if not form.is_changed:
        return home
    try:
        imports.change_columns(
            register_import=found,
            fields=form.chosen,
            today=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.info(
            request, "The columns changed, so every row was read again. Check the counts."
        )
    return home


def _preview_page(request, found, form):
    summed = totals(found)
    waiting = reasons(found)
    context = {
        "import": found,
        "form": form,
        "totals": summed,
        "reasons": waiting,
        "counts": _counts(found, summed, form),
        "unknown": form.mapping.unknown(),
        "missing": [FIELDS[name] for name in form.mapping.missing()],
        "matched": len(form.mapping.columns) - len(form.mapping.unknown()),
        "before": same_file_before(found),
        "can_import": found.status == ImportStatus.READ,
    }
    return render(request, "casework/import_preview.html", context)


def _counts(found, summed, form):
    rows = reverse("casework:import_rows", args=[found.pk])
    columns = len(form.mapping.columns)
    matched = f"{columns - len(form.mapping.unknown())} of {columns}"
    return [
        (f"{summed.people:,}", "rows hold a person", rows, ""),
        (f"{summed.ready:,}", "ready", f"{rows}?outcome=ready", "ok"),
        (f"{summed.waiting:,}", "need a person", "#person", "soon" if summed.waiting else ""),
        (matched, "columns matched", "#columns", ""),
    ]


def _summary(summed):
    return [
        (words, f"{number:,}", "")
        for words, number in (
            ("New cases", summed.new),
            ("Cases brought up to date", summed.updated),
            ("In the register already, nothing new", summed.unchanged),
            ("Wait for a person", summed.waiting),
            ("Left out by a person", summed.left_out),
            ("Hold no person: titles, headings, totals, blank rows", summed.no_person),
        )
        if number
    ]


def _row_page(request, row, form, *, leave_out=None):
    word, found = request.GET.get("problem", ""), row.register_import
    imports.note_seen(register_import=found, page="row", by=request.user, at=timezone.now())
    context = {
        "row": row,
        "shown": as_stored([row])[0],
        "import": found,
        "form": form,
        "leave_out": leave_out or LeaveOutForm(),
        "problem": word,
        "next": next_waiting(found, after=row.number, word=word),
        "waiting": found.rows.waiting().count(),
        "can_change": row.outcome != RowOutcome.IMPORTED and _is_open(found),
        "is_machine_skipped": row.skip_reason in BY_MACHINE,
        "can_open": request.user.may(Permission.VIEW_CASE),
    }
    return render(request, "casework/import_row.html", context)


def _is_open(register_import):
    return register_import.status in (ImportStatus.READ, ImportStatus.DONE)


def _next_row(request, row):
    register_import, word = row.register_import, request.GET.get("problem", "")
    became = {
        RowOutcome.IMPORTED: "is right now, and is in the register",
        RowOutcome.READY: "is right now; it goes in with the import",
        RowOutcome.SKIPPED: "is left out; it stays with the file",
    }[row.outcome]
    waiting = register_import.rows.waiting().count()
    left = f"{counted(waiting, 'row waits,rows wait')}." if waiting else "No row waits any more."
    messages.success(request, f"Row {row.number} {became}. {left}")
    number = next_waiting(register_import, after=row.number, word=word)
    number = number or next_waiting(register_import, after=row.number)
    if number is None:
        return redirect(_home_of(register_import))
    address = reverse("casework:import_row", args=[register_import.pk, number])
    return redirect(f"{address}?problem={word}" if word else address)
