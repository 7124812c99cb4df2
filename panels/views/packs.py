"""The pack: asked for, and taken away."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.decorators import post_view, read_view
from accounts.enums import Permission
from core.refusals import Refused
from panels.enums import PackStatus
from panels.models import Meeting, Pack
from panels.operations import packs as operations
from panels.queries.papers import pack_reference
from panels.views.agenda import send_to_worker


@post_view(Permission.BUILD_AGENDA)
def pack_request(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    try:
        pack = operations.request_pack(meeting=meeting, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        send_to_worker(pack)
    return redirect("panels:agenda_build", pk=pk)


@read_view(Permission.VIEW_PANELS)
def pack_download(request, pk):
    packs = Pack.objects.visible_to(request.user).filter(status=PackStatus.READY)
    pack = get_object_or_404(packs.select_related("meeting__panel__partnership"), pk=pk)
    operations.note_download(pack=pack, by=request.user, at=timezone.now())
    return FileResponse(
        pack.file.open("rb"),
        as_attachment=True,
        filename=f"{pack_reference(pack.meeting)}.pdf",
        content_type="application/pdf",
    )
