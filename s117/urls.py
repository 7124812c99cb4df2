"""Where each floor's pages begin."""

from django.conf import settings
from django.urls import include, path

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("casework.urls")),
    path("", include("core.urls")),
    path("account/", include("accounts.urls")),
    path("cohorts/", include("cohorts.urls")),
    path("funding/", include("matrices.urls")),
    path("reviews/", include("reviews.urls")),
    path("panels/", include("panels.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
