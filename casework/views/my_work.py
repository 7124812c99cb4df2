"""Home: what waits for the person who is signed in."""

from django.shortcuts import render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from casework.queries import my_work as queries


@read_view(Permission.HOME)
def my_work(request):
    today = timezone.localdate()
    groups = queries.my_work(request.user, today)
    context = {
        "groups": groups,
        "counts": [
            (f"{group.total:,}", group.counted_as, f"#{group.id}", group.urgency)
            for group in groups
        ],
        "today": today,
        "words": queries.in_words(groups, request.user.membership.role),
        "can_import": request.user.may(Permission.IMPORT_REGISTER),
    }
    return render(request, "casework/my_work.html", context)
