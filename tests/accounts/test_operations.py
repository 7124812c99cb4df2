import pytest
from django.db import IntegrityError

from accounts.enums import PERMISSIONS, Permission, Role
from accounts.models import Membership
from accounts.operations import add_user, form_partnership, give_membership
from audit.models import AuditEvent
from tests.cast import NOON, TODAY


def test_a_partnership_its_people_and_their_roles(cast):
    bodies = {
        "council": cast.eastmere.council,
        "icb": cast.eastmere.icb,
        "trust": cast.eastmere.trust,
    }
    place = form_partnership(
        slug="dunmere", name="Dunmere", reference_prefix="DM", **bodies, by=None, at=NOON
    )
    user = add_user(email="NEW@example.test", name="New", password=None, by=None, at=NOON)

    membership = give_membership(
        user=user,
        partnership=place,
        organisation=place.icb,
        role=Role.COMMISSIONER,
        by=None,
        at=NOON,
    )

    assert (user.email, user.has_usable_password()) == ("new@example.test", False)
    assert list(Membership.objects.of(user).active_on(TODAY)) == [membership]
    assert set(AuditEvent.objects.values_list("event", flat=True)) == {
        "accounts.partnership_formed",
        "accounts.user_added",
        "accounts.membership_given",
    }


def test_two_accounts_may_not_share_an_address(cast):
    with pytest.raises(IntegrityError):
        add_user(email="Asha@Example.test", name="Asha", password=None, by=None, at=NOON)


def test_every_role_has_its_row_and_every_permission_its_role():
    assert set(PERMISSIONS) == set(Role)
    assert set().union(*PERMISSIONS.values()) == set(Permission)


def test_an_auditor_reads_everything_and_changes_nothing():
    assert all(permission.startswith(("home", "view_")) for permission in PERMISSIONS[Role.AUDITOR])
