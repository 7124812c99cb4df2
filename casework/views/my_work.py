"""Home: what waits for the person who is signed in."""

from django.shortcuts import render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from casework.queries import my_work as queries
from cohorts.operations.cases import note_list_seen


@read_view(Permission.HOME)
def my_work(request):
    today = timezone.localdate()
    groups = queries.my_work(request.user, today)
    note_list_seen(
        partnership=request.user.membership.partnership,
        references=queries.references(groups),
        page="my_work",
        by=request.user,
        at=timezone.now(),
    )
    context = {
        "groups": groups,
        "counts": [
            (f"{group.total:,}", group.label, f"#{group.id}", group.urgency) for group in groups
        ],
        "today": today,
        "words": queries.in_words(groups),
        "can_import": request.user.may(Permission.IMPORT_REGISTER),
    }
    return render(request, "casework/my_work.html", context)
