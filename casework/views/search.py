"""Finding a case. The search comes by POST: no name or number may stand in an address or a log."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.decorators import edit_view
from accounts.enums import Permission
from casework.queries.search import search as find
from cohorts.operations.cases import note_list_seen
from cohorts.queries.register_list import rows_of

LONGEST_QUERY = 100


@edit_view(Permission.VIEW_REGISTER)
def search(request):
    user = request.user
    query = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    if not query:
        return render(request, "casework/search.html", {"query": ""})
    found = find(query, user)
    can_open = user.may(Permission.VIEW_CASE)
    if found.is_exact and found.total == 1 and can_open:
        return redirect("casework:case_file", pk=found.cases[0].pk)
    rows = rows_of(found.cases, timezone.localdate(), can_open=can_open)
    note_list_seen(
        partnership=user.membership.partnership,
        references=[row.reference for row in rows],
        page="search",
        by=user,
        at=timezone.now(),
    )
    context = {"query": query, "rows": rows, "total": found.total}
    return render(request, "casework/search.html", context)
