"""The list of panels."""

from django.shortcuts import render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from panels.queries.overview import panel_rows


@read_view(Permission.VIEW_PANELS)
def panel_list(request):
    context = {
        "rows": panel_rows(request.user, timezone.localdate()),
        "can_build": request.user.may(Permission.BUILD_AGENDA),
    }
    return render(request, "panels/panel_list.html", context)
