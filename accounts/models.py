"""Organisations, the partnerships they form in a place, and the people who work in them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from accounts.enums import PERMISSIONS, OrganisationKind, Permission, Role
from core.constraints import in_order
from core.records import Record


class Organisation(Record):
    """A council, NHS commissioner, trust or other body, for the days on which it exists."""

    kind = models.CharField(max_length=12, choices=OrganisationKind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    code = models.CharField(max_length=12, blank=True)  # ODS for the NHS, GSS for a council
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="predecessors", null=True, blank=True
    )

    class Meta:
        constraints = [in_order("starts_on", "ends_on")]

    def __str__(self) -> str:
        return self.name


class Partnership(Record):
    """A place's council, NHS commissioner and trust acting together: what all else is scoped by."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    reference_prefix = models.CharField(max_length=4)  # of case references: EM-0417
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    icb = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    @property
    def partnership_id(self) -> object:
        return self.pk


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(Record, AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    # The one membership in use: set by the middleware, or by `acting_in` outside a request.
    membership: Membership | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="accounts_user_one_email")
        ]

    def __str__(self) -> str:
        return self.name

    def acting_in(self, membership: Membership) -> User:
        """Put one membership in use, outside a request: in commands, jobs and tests."""
        self.membership = membership
        return self

    def may(self, permission: Permission) -> bool:
        """Test whether the role in use allows something at all."""
        return self.membership is not None and permission in PERMISSIONS[self.membership.role]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_on(self, day: date) -> MembershipQuerySet:
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            user__is_active=True,
        )

    def of(self, user: User) -> MembershipQuerySet:
        return self.filter(user=user).order_by("partnership__name", "role", "pk")

    def with_names(self) -> MembershipQuerySet:
        return self.select_related(
            "organisation",
            "partnership__council",
            "partnership__icb",
            "partnership__trust",
        )


class Membership(Record):
    """What one person is in one partnership, for whom, and from when to when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                F("user"), F("partnership"), F("role"), name="accounts_one_membership_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation.short_name}"
