"""What the frame around every page shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Permission

SECTIONS = (  # label, URL name, what opens it, where its pages live
    ("My work", "casework:my_work", Permission.HOME, ("casework:my_work",)),
    (
        "Register",
        "cohorts:register",
        Permission.VIEW_REGISTER,
        ("cohorts:", "casework:case_", "casework:import_"),
    ),
    ("Reviews", "reviews:review_list", Permission.VIEW_REVIEWS, ("reviews:",)),
    ("Panels", "panels:panel_list", Permission.VIEW_PANELS, ("panels:",)),
    (
        "Funding",
        "casework:split_list",
        Permission.VIEW_FUNDING,
        ("matrices:", "casework:split_", "casework:ending_"),
    ),
)


@dataclass(frozen=True)
class Section:
    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return `frame`: service name, partnership, person, navigation."""
    user = getattr(request, "user", None)
    membership = getattr(user, "membership", None)
    return {
        "frame": {
            "service_name": "Section 117 after-care",
            "is_demonstration": settings.DEMO,
            "partnership": membership.partnership if membership else None,
            "partnerships_count": len(getattr(user, "active_memberships", [])),
            "user_name": user.name if user and user.is_authenticated else "",
            "role_label": str(membership) if membership else "",
            "navigation": navigation(request) if membership else [],
            "search_url": reverse("casework:search") if membership else "",
        }
    }


def navigation(request: HttpRequest) -> list[Section]:
    """Return the sections that the role may open, the present one marked."""
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        Section(label, reverse(url), _is_current(here, homes))
        for label, url, permission, homes in SECTIONS
        if request.user.may(permission)
    ]


def _is_current(here: str, homes: tuple[str, ...]) -> bool:
    if here == "casework:my_work":
        return here in homes
    return here.startswith(homes)
