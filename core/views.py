"""Pages that know no domain: what went wrong, and the gallery of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET

from core import gallery


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest | None) -> HttpResponse:
    """Ask nothing of the request, the database or the session: any of them may be the fault."""
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
@require_GET
def component_gallery(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    pages = Paginator(range(240), 25)
    form = gallery.ExampleForm(gallery.MISTAKES if "errors" in request.GET else None)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page", 4)),
        **gallery.examples(),
    }
    return render(request, "core/component_gallery.html", context)
