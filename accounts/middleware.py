"""Settle, for each request, in which partnership and role a person is at work."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Membership

SESSION_KEY = "membership"
GetResponse = Callable[[HttpRequest], HttpResponse]


def membership_in_use(get_response: GetResponse) -> GetResponse:
    """Give `request.user.membership`: the one chosen, else the first that is active today."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            active = list(
                Membership.objects.of(request.user).active_on(timezone.localdate()).with_names()
            )
            chosen = request.session.get(SESSION_KEY)
            request.user.active_memberships = active
            request.user.membership = next(
                (one for one in active if str(one.pk) == chosen), active[0] if active else None
            )
        return get_response(request)

    return middleware
