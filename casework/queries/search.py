"""Finding cases by reference, NHS number or name: the exact before the near."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cohorts.models.cases import Case, CaseQuerySet
from core.identifiers import clean_nhs_number

MOST = 25


@dataclass(frozen=True)
class Found:
    """What a search found: whether by an exact number, the cases to show, how many there are."""

    cases: list[Case]
    total: int
    is_exact: bool = False


def search(text: str, user: User) -> Found:
    """Find cases of the user's own partnership; names without regard to case and accents."""
    cases = Case.objects.visible_to(user).with_people()
    exact = list(_by_number(text, cases))
    if exact:
        return Found(exact, len(exact), is_exact=True)
    keys = _by_name(text, Case.objects.visible_to(user))
    place = {key: number for number, key in enumerate(keys[:MOST])}
    return Found(sorted(cases.filter(pk__in=place), key=lambda one: place[one.pk]), len(keys))


def _by_number(text: str, cases: CaseQuerySet) -> CaseQuerySet:
    reference = re.fullmatch(r"([A-Za-z]{1,4})[\s-]*([0-9]{1,6})", text.strip())
    if reference:
        prefix, number = reference.groups()
        return cases.referred_to_as([f"{prefix.upper()}-{int(number):04d}"])
    try:
        return cases.filter(patient__nhs_number=clean_nhs_number(text)).order_by("-entitled_from")
    except ValueError:
        return cases.none()


def _by_name(text: str, cases: CaseQuerySet) -> list[object]:
    """Return keys, whole surnames first, then names that begin so; one query."""
    wanted = folded(text)
    if not wanted:
        return []
    people = cases.values_list(
        "pk", "patient__family_name", "patient__given_names", "patient__born_on"
    )
    hits: list[tuple[bool, str, date, object]] = []
    for key, family_name, given_names, born_on in people.order_by("pk"):
        name = folded(f"{family_name} {given_names}")
        if name.startswith(wanted):
            hits.append((folded(family_name) != wanted, name, born_on, key))
    return [key for *_, key in sorted(hits, key=lambda hit: hit[:3])]


def folded(text: str) -> str:
    """Return a name without accents, case and marks: "Szabó, Eszter" is "szabo eszter"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^\w]+", " ", letters.replace("'", "").replace("’", "")).split())
