from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from audit.models import AuditEvent
from tests.cast import make_person


@pytest.fixture
def asha(cast):
    cast.asha.set_password("a long enough password")
    cast.asha.save()
    return cast.asha


def sign_in(client, **fields):
    return client.post(reverse("accounts:sign_in"), fields)


def test_sign_in_goes_to_my_work_and_is_recorded(client, asha):
    response = sign_in(client, email="ASHA@example.test", password="a long enough password")

    assert response.url == reverse("casework:my_work")
    assert AuditEvent.objects.filter(event="accounts.signed_in", actor=asha).count() == 1


@pytest.mark.parametrize("email", ["asha@example.test", "nobody@example.test"])
def test_a_wrong_sign_in_says_the_same_for_anybody(client, asha, email):
    response = sign_in(client, email=email, password="wrong")

    assert "The e-mail address or the password is not right" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_goes_on_to_the_page_that_was_wanted(client, asha):
    url = reverse("accounts:sign_in") + "?next=/cohorts/register/"

    response = client.post(url, {"email": asha.email, "password": "a long enough password"})

    assert response.url == "/cohorts/register/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "nonsense",
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
    ],
)
def test_sign_in_never_leads_off_the_site(client, asha, elsewhere):
    fields = {"email": asha.email, "password": "a long enough password", "next": elsewhere}

    assert sign_in(client, **fields).url == reverse("casework:my_work")


def test_a_page_sends_a_stranger_to_sign_in(client, db):
    response = client.get(reverse("cohorts:register"))

    assert response.status_code == 302
    assert "sign-in" in response.url


def test_signing_out_ends_the_session(client, asha):
    client.force_login(asha)

    response = client.post(reverse("accounts:sign_out"))

    assert "_auth_user_id" not in client.session
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_changing_partnership_changes_what_is_seen(client, cast, merebridge):
    Membership.objects.create(
        user=cast.asha, partnership=merebridge, organisation=merebridge.trust, role="auditor"
    )
    other = cast.asha.memberships.get(partnership=merebridge)
    client.force_login(cast.asha)

    client.post(reverse("accounts:partnership_change"), {"membership": str(other.pk)})

    response = client.get(reverse("accounts:partnership_change"))
    assert response.wsgi_request.user.membership == other


def test_changing_partnership_is_recorded_once(client, cast, merebridge):
    other = Membership.objects.create(
        user=cast.asha, partnership=merebridge, organisation=merebridge.trust, role="auditor"
    )
    client.force_login(cast.asha)

    for _ in range(2):  # the second time nothing changes
        client.post(reverse("accounts:partnership_change"), {"membership": str(other.pk)})

    line = AuditEvent.objects.get(event="accounts.partnership_changed")
    assert (line.actor, line.target_id) == (cast.asha, str(other.pk))


def test_nobody_works_under_somebody_elses_membership(client, cast):
    client.force_login(cast.asha)

    response = client.post(
        reverse("accounts:partnership_change"), {"membership": str(cast.dev.membership.pk)}
    )

    assert response.status_code == 200
    assert response.wsgi_request.user.membership == cast.asha.membership


def test_a_membership_that_has_ended_counts_no_more_from_the_next_request(client, cast):
    client.force_login(cast.asha)
    cast.asha.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get(reverse("casework:my_work")).status_code == 403


def test_somebody_without_a_membership_is_told_so(client, cast):
    user = make_person("nobody", cast.eastmere, "auditor", "council")
    user.memberships.all().delete()
    client.force_login(user)

    assert client.get(reverse("cohorts:register")).status_code == 403
