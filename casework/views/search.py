"""Finding a case by its reference, the person's NHS number or their surname."""

from django.shortcuts import render

from accounts.decorators import edit_view
from accounts.enums import Permission


@edit_view(Permission.VIEW_REGISTER)
def search(request):
    return render(request, "casework/search.html", {})
