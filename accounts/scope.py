"""Who may see a row: everybody at work in its partnership, nobody else."""

from typing import Self, TypeVar

from django.db import models

from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a partnership; `PARTNERSHIP` is the way to it."""

    PARTNERSHIP = "partnership"

    def visible_to(self, user: User) -> Self:
        """Keep the rows of the partnership that the person is at work in; none without one."""
        if user.membership is None:
            return self.none()
        return self.filter(**{self.PARTNERSHIP: user.membership.partnership_id})
