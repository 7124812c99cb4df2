import pytest
from django.test import RequestFactory

from accounts.forms import ChoosePartnershipForm, SignInForm


@pytest.fixture
def request_():
    return RequestFactory().post("/account/sign-in/")


def test_the_right_password_gives_the_person(cast, request_):
    cast.asha.set_password("a long enough password")
    cast.asha.save()
    typed = {"email": cast.asha.email, "password": "a long enough password"}

    form = SignInForm(typed, request=request_)

    assert (form.is_valid(), form.user) == (True, cast.asha)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "", "password": "x"}, "email"),
        ({"email": "asha@example.test", "password": ""}, "password"),
        ({"email": "asha", "password": "x"}, "email"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(db, request_, typed, field):
    assert list(SignInForm(typed, request=request_).errors) == [field]


def test_somebody_who_has_left_does_not_come_in(cast, request_):
    cast.asha.set_password("a long enough password")
    cast.asha.is_active = False
    cast.asha.save()
    typed = {"email": cast.asha.email, "password": "a long enough password"}

    assert not SignInForm(typed, request=request_).is_valid()


def test_only_ones_own_memberships_are_offered(cast):
    form = ChoosePartnershipForm(memberships=[cast.asha.membership])

    assert form.fields["membership"].choices == [
        (str(cast.asha.membership.pk), "Eastmere: Care coordinator, Eastmere trust")
    ]
