"""What waits for a person in the role they are in."""

from datetime import date

from accounts.enums import Role
from accounts.models import User
from casework.queries.body_work import commissioner_groups, finance_groups
from casework.queries.care_work import care_groups
from casework.queries.panel_work import administrator_groups, chair_groups
from casework.queries.register_work import lead_groups, register_groups
from casework.queries.work import Group
from core.templatetags.s117 import counted

GROUPS_OF = {
    Role.CARE_COORDINATOR: care_groups,
    Role.S117_REVIEWER: care_groups,
    Role.PANEL_ADMINISTRATOR: administrator_groups,
    Role.PANEL_CHAIR: chair_groups,
    Role.COMMISSIONER: commissioner_groups,
    Role.FINANCE_OFFICER: finance_groups,
    Role.PROGRAMME_LEAD: lead_groups,
    Role.AUDITOR: finance_groups,
    Role.LOCAL_ADMINISTRATOR: register_groups,
}


def my_work(user: User, today: date) -> list[Group]:
    """Return the groups that are not empty, in the order in which they press."""
    return [group for group in GROUPS_OF[user.membership.role](user, today) if group.total]


def references(groups: list[Group]) -> list[str]:
    """Return the references of those whose names the page shows."""
    return sorted(
        {row.reference for group in groups if group.is_about_people for row in group.rows}
    )


def in_words(groups: list[Group]) -> str:
    """Say how much waits: "9 things wait for you; you wait for others on 3."."""
    own = sum(group.total for group in groups if not (group.is_waiting or group.is_to_read))
    others = sum(group.total for group in groups if group.is_waiting)
    verb = "waits" if own == 1 else "wait"
    words = f"{counted(own, 'thing,things')} {verb} for you" if own else "Nothing waits for you"
    return f"{words}; you wait for others on {others:,}." if others else f"{words}."
