"""The fixed cast that every test about permission or scope is told with.

Eastmere: Asha (care coordinator, trust), Ben (S117 reviewer, council), Chloe (panel chair),
Paula (panel administrator), Lara (commissioner, council), Ian (commissioner, ICB),
Fin (finance officer), Poppy (programme lead), Esi (auditor), Ola (local administrator).
Merebridge: Dev (care coordinator), Mina (commissioner, ICB): they must see nothing of Eastmere.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, Partnership, User

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)

PEOPLE = {
    "asha": (Role.CARE_COORDINATOR, "trust"),
    "ben": (Role.S117_REVIEWER, "council"),
    "chloe": (Role.PANEL_CHAIR, "council"),
    "paula": (Role.PANEL_ADMINISTRATOR, "council"),
    "lara": (Role.COMMISSIONER, "council"),
    "ian": (Role.COMMISSIONER, "icb"),
    "fin": (Role.FINANCE_OFFICER, "council"),
    "poppy": (Role.PROGRAMME_LEAD, "icb"),
    "esi": (Role.AUDITOR, "council"),
    "ola": (Role.LOCAL_ADMINISTRATOR, "council"),
}
STRANGERS = {"dev": (Role.CARE_COORDINATOR, "trust"), "mina": (Role.COMMISSIONER, "icb")}


def make_partnership(name: str, prefix: str) -> Partnership:
    """A place with its three bodies."""
    bodies = {
        field: Organisation.objects.create(
            kind=kind, name=f"{name} {kind.label}", short_name=f"{name} {kind.value}"
        )
        for field, kind in (
            ("council", OrganisationKind.LA),
            ("icb", OrganisationKind.ICB),
            ("trust", OrganisationKind.TRUST),
        )
    }
    return Partnership.objects.create(
        slug=name.lower(), name=name, reference_prefix=prefix, **bodies
    )


def make_person(name: str, partnership: Partnership, role: str, body: str) -> User:
    """A user with one membership, in use."""
    user = User.objects.create(email=f"{name}@example.test", name=name.capitalize())
    membership = Membership.objects.create(
        user=user, partnership=partnership, organisation=getattr(partnership, body), role=role
    )
    return user.acting_in(membership)


@pytest.fixture
def eastmere(db) -> Partnership:
    return make_partnership("Eastmere", "EM")


@pytest.fixture
def merebridge(db) -> Partnership:
    return make_partnership("Merebridge", "MB")


@pytest.fixture
def cast(eastmere, merebridge) -> SimpleNamespace:
    """Everybody by first name, e.g. `cast.asha`; `cast.eastmere` and `cast.merebridge` too."""
    people = {
        name: make_person(name, eastmere, role, body) for name, (role, body) in PEOPLE.items()
    }
    people |= {
        name: make_person(name, merebridge, role, body) for name, (role, body) in STRANGERS.items()
    }
    return SimpleNamespace(eastmere=eastmere, merebridge=merebridge, **people)
