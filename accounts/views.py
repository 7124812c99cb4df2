"""Coming in, leaving, and changing the place one works in."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations
from accounts.forms import ChoosePartnershipForm, SignInForm
from accounts.middleware import SESSION_KEY
from accounts.models import User


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return enter(request, form.user)
    return render(request, "accounts/sign_in.html", {"form": form})


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """Begin a session for a person who has shown who they are, and go where they wanted to go."""
    login(request, user)
    operations.note_sign_in(user=user, by=user, at=timezone.now())
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else "casework:my_work")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    operations.note_sign_out(user=request.user, by=request.user, at=timezone.now())
    logout(request)
    response = redirect("accounts:signed_out")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_http_methods(["GET", "HEAD"])
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signed_out.html")


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_change(request: HttpRequest) -> HttpResponse:
    memberships = request.user.active_memberships
    initial = {"membership": str(getattr(request.user.membership, "pk", ""))}
    form = ChoosePartnershipForm(request.POST or None, memberships=memberships, initial=initial)
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = key = form.cleaned_data["membership"]
        chosen = next(one for one in memberships if str(one.pk) == key)
        if chosen != request.user.membership:
            operations.note_partnership_change(
                membership=chosen, by=request.user, at=timezone.now()
            )
        return redirect("casework:my_work")
    return render(request, "accounts/partnership_change.html", {"form": form})
