"""Setting up places and the people who work in them."""

from datetime import date, datetime

from django.db import transaction

from accounts.enums import Event, Role
from accounts.models import Membership, Organisation, Partnership, User
from audit.operations import record


@transaction.atomic
def form_partnership(
    *,
    slug: str,
    name: str,
    reference_prefix: str,
    council: Organisation,
    icb: Organisation,
    trust: Organisation,
    by: User | None,
    at: datetime,
) -> Partnership:
    """Let a council, an NHS commissioner and a trust work on one record."""
    partnership = Partnership.objects.create(
        slug=slug,
        name=name,
        reference_prefix=reference_prefix,
        council=council,
        icb=icb,
        trust=trust,
    )
    record(Event.PARTNERSHIP_FORMED, on=partnership, by=by, at=at, slug=slug)
    return partnership


@transaction.atomic
def add_user(*, email: str, name: str, password: str | None, by: User | None, at: datetime) -> User:
    """Add a person who signs in; without a password they cannot until they have set one."""
    user = User(email=email.lower(), name=name)
    user.set_password(password)
    user.save()
    record(Event.USER_ADDED, on=user, by=by, at=at)
    return user


@transaction.atomic
def give_membership(
    *,
    user: User,
    partnership: Partnership,
    organisation: Organisation,
    role: Role,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Membership:
    """Give a person a role in a partnership, on behalf of one organisation."""
    membership = Membership.objects.create(
        user=user,
        partnership=partnership,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(
        Event.MEMBERSHIP_GIVEN,
        on=membership,
        by=by,
        at=at,
        user=user.pk,
        role=role,
        organisation=organisation.pk,
    )
    return membership


@transaction.atomic
def note_sign_in(*, user: User, by: User, at: datetime) -> None:
    """Record that a person came in."""
    record(Event.SIGNED_IN, on=user, by=by, at=at)


@transaction.atomic
def note_sign_out(*, user: User, by: User, at: datetime) -> None:
    """Record that a person left."""
    record(Event.SIGNED_OUT, on=user, by=by, at=at)


@transaction.atomic
def note_partnership_change(*, membership: Membership, by: User, at: datetime) -> None:
    """Record that a person went on to work under another of their memberships."""
    record(Event.PARTNERSHIP_CHANGED, on=membership, by=by, at=at)
