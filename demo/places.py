"""Setting up the invented places: who there is, which cohorts, panels and matrices."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from accounts.models import Membership, Organisation, Partnership, User
from accounts.operations import add_user, form_partnership, give_membership
from cohorts.enums import RuleField
from cohorts.models.cohorts import Cohort
from cohorts.operations.cohorts import RuleInput, add_cohort, change_rules
from core.dates import add_months
from core.models import BankHoliday
from matrices.operations.matrices import add_sample_matrices
from panels.operations.meetings import MemberInput, add_panel, plan_meetings

PLACE = Path(__file__).parent / "place.yaml"
BEGAN_DAYS_AGO = 120  # when Eastmere began to work with the system
PLANNED_MONTHS = 6
TEN_FORTNIGHTS = timedelta(weeks=20)  # so that there were meetings before the next


@dataclass(frozen=True)
class Place:
    """A partnership ready to work, and its people by the first part of their address."""

    partnership: Partnership
    people: dict[str, User]


def set_up(today: date, at: datetime) -> dict[str, Place]:
    """Set up every place of `place.yaml`; return them by slug."""
    described = yaml.safe_load(PLACE.read_text())
    organisations = {
        one.pop("key"): Organisation.objects.create(**one) for one in described["organisations"]
    }
    places = {}
    for one in described["partnerships"]:
        bodies = {body: organisations[one.pop(body)] for body in ("council", "icb", "trust")}
        partnership = form_partnership(**one, **bodies, by=None, at=at)
        people = _people(described["people"], partnership, organisations, at)
        places[partnership.slug] = Place(partnership, people)
        add_sample_matrices(partnership=partnership, by=None, at=at)
    _arrange(described, places["eastmere"], today, at)
    return places


def _people(
    described: list[dict[str, str]],
    partnership: Partnership,
    organisations: dict[str, Organisation],
    at: datetime,
) -> dict[str, User]:
    people = {}
    for one in described:
        if one["partnership"] != partnership.slug:
            continue
        user = add_user(email=one["email"], name=one["name"], password=None, by=None, at=at)
        give_membership(
            user=user,
            partnership=partnership,
            organisation=organisations[one["organisation"]],
            role=one["role"],
            by=None,
            at=at,
        )
        membership = Membership.objects.with_names().get(user=user)
        people[one["email"].split("@")[0]] = user.acting_in(membership)
    return people


def _arrange(described: dict[str, Any], place: Place, today: date, at: datetime) -> None:
    """Cohorts and panels as the first borough's plan has them, moved to this year."""
    lead = place.people["moses.achebe"]
    cohorts = {
        one["name"]: add_cohort(
            partnership=place.partnership,
            name=one["name"],
            reviewed_by=one["reviewed_by"],
            by=lead,
            at=at,
        )
        for one in described["cohorts"]
    }
    change_rules(
        partnership=place.partnership,
        rules=list(_rules(described["cohorts"], cohorts, today)),
        day=at.date(),
        by=lead,
        at=at,
    )
    for one in described["panels"]:
        _panel(one, place, members=described["members"], cohorts=cohorts, today=today, at=at)


def _rules(
    described: list[dict[str, Any]], cohorts: dict[str, Cohort], today: date
) -> Iterator[RuleInput]:
    this_month = today.replace(day=1)
    for one in described:
        ends_on = None
        if "last_month" in one:
            month = add_months(this_month, one["last_month"])
            ends_on = month.replace(day=monthrange(month.year, month.month)[1])
        yield RuleInput(
            cohort=cohorts[one["name"]],
            field=RuleField.NEXT_REVIEW_DUE,
            starts_on=add_months(this_month, one["first_month"]),
            ends_on=ends_on,
        )


def _panel(
    described: dict[str, Any],
    place: Place,
    *,
    members: list[dict[str, str]],
    cohorts: dict[str, Cohort],
    today: date,
    at: datetime,
) -> None:
    administrator = place.people["dorothy.lim"]
    panel = add_panel(
        partnership=place.partnership,
        name=described["name"],
        cohorts=[cohorts[name] for name in described["cohorts"]],
        rhythm=described["rhythm"],
        anchor_on=next_weekday(today, described["weekday"]) - TEN_FORTNIGHTS,
        starts_at_time=time.fromisoformat(described["starts_at"]),
        members=[_member(one, place) for one in members],
        place=described["place"],
        capacity=described["capacity"],
        by=administrator,
        at=at,
    )
    plan_meetings(
        panel=panel,
        until=add_months(today, PLANNED_MONTHS),
        bank_holidays=BankHoliday.objects.days(),
        by=administrator,
        at=at + timedelta(days=BEGAN_DAYS_AGO + described["planned_from"]),
    )


def _member(described: dict[str, str], place: Place) -> MemberInput:
    return MemberInput(
        name=described["name"],
        seat=described["seat"],
        body=described["body"],
        user=place.people.get(described.get("email", "").split("@")[0]),
    )


def next_weekday(today: date, weekday: int) -> date:
    """Return the first such day at least two days after `today` (Monday is 0)."""
    soonest = today + timedelta(days=2)
    return soonest + timedelta(days=(weekday - soonest.weekday()) % 7)
