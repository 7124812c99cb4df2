"""Signing in, and choosing where to work."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts.models import Membership, User
from core.forms import Form


class SignInForm(Form):
    """An e-mail address and its password; what is wrong is never said in detail."""

    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    submit = "Sign in"

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "email" in cleaned and "password" in cleaned:
            self.user = authenticate(
                self.request, username=cleaned["email"], password=cleaned["password"]
            )
            if self.user is None:
                self.add_error("email", "The e-mail address or the password is not right")
        return cleaned


class ChoosePartnershipForm(Form):
    """Which of a person's own memberships to work under."""

    membership = forms.ChoiceField(label="Work as", widget=forms.RadioSelect)
    submit = "Change partnership"

    def __init__(self, *args: Any, memberships: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [
            (str(one.pk), f"{one.partnership}: {one}") for one in memberships
        ]
