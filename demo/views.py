"""Signing in without a password, in the demonstration only: these addresses exist nowhere else."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import SignInForm
from accounts.models import User
from accounts.views import enter
from demo.cast import sign_ins


@login_not_required
@require_http_methods(["GET", "HEAD"])
def sign_in(request: HttpRequest) -> HttpResponse:
    context = {
        "sign_ins": sign_ins(),
        "form": SignInForm(request=request),
        "next": request.GET.get("next", ""),
    }
    return render(request, "demo/sign_in.html", context)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    email = request.POST.get("email", "")
    if email not in {person.email for person in sign_ins()}:
        raise Http404
    user = User.objects.filter(email=email).first()
    if user is None:
        raise Http404
    return enter(request, user)
