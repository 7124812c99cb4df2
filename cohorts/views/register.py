"""The register: every case of the partnership, filtered and sorted."""

from django.shortcuts import render

from accounts.decorators import read_view
from accounts.enums import Permission


@read_view(Permission.VIEW_REGISTER)
def register(request):
    return render(request, "cohorts/register.html", {})
