"""Some four hundred invented people, as one borough's register would list them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from io import BytesIO
from random import Random

from openpyxl import Workbook

from core.dates import add_months

HEADINGS = (
    "NHS No", "Surname", "Forename(s)", "DOB", "Client group", "Section", "Date of section",
    "Left hospital", "Care co-ordinator", "Last S117 review", "Next review due", "Provider",
    "Weekly cost", "Split ICB/LA", "Out of area", "Postcode",
)  # fmt: skip
FAMILY = (
    "Abara", "Barlow", "Cardozo", "Drummond", "Ellery", "Farrow", "Garside", "Hussein", "Ivers",
    "Jellicoe", "Kaczmarek", "Lockyer", "Mistry", "Norcross", "Okonkwo", "Pemberton", "Quarshie",
    "Rao", "Szabo", "Treadwell", "Umarov", "Vance", "Wexford", "Yilmaz", "Zeller", "O’Dell",
    "Smith-Lunt", "Birtwhistle", "Halvorsen", "Boateng",
)  # fmt: skip
GIVEN = (
    "Amina", "Ben", "Colin", "Denise", "Emmanuel", "Fay", "Grace", "Hari", "Ingrid", "Joan",
    "Kavita", "Leroy", "Moira", "Nadia", "Ola", "Peter", "Quinn", "Rupert", "Sam", "Thandi",
    "Una", "Victor", "Wilma", "Xavier", "Yasmin", "Zoe",
)  # fmt: skip
GROUPS = ("MH",) * 6 + ("LD",) * 3 + ("OP",) * 2
SECTIONS = ("3",) * 12 + ("37", "37", "37/41", "47/49", "48", "45A")
PROVIDERS = (
    "Beechcroft Supported Living", "Elm Lodge", "Dovetail Outreach", "Alder House",
    "Foxglove Residential", "Cedar Court Nursing Home",
)  # fmt: skip
SPLITS = ("50/50", "60/40", "40/60", "75/25", "25/75", "100/0")
FORGOTTEN_DAYS = 120
BORN = {"MH": (1958, 2003), "LD": (1965, 2004), "OP": (1934, 1956)}


def invented_number(sequence: int) -> str:
    """Return the n-th valid NHS number of the 999 range, which nobody real has."""
    while True:
        digits = f"999{sequence:06d}"
        remainder = sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if remainder != 1:
            return f"{digits}{(11 - remainder) % 11}"
        sequence += 1


def register(today: date, people: int, seed: int, coordinators: Sequence[str]) -> bytes:
    """Return a workbook of that many invented people, their dates relative to `today`."""
    book = Workbook()
    sheet = book.active
    sheet.title = "S117 register"
    sheet.append(["Section 117 register, joint, confidential"])
    sheet.append(HEADINGS)
    for row in _rows(today, people, Random(seed), coordinators):  # noqa: S311  the same people every time
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(
    today: date, people: int, chance: Random, coordinators: Sequence[str]
) -> Iterator[list[object]]:
    for number in range(people):
        group = chance.choice(GROUPS)
        entitled = today - timedelta(days=chance.randint(900, 5200))
        last, due = _dates(today, chance)
        provider = chance.choice(PROVIDERS) if chance.random() < 0.8 else None
        coordinator = chance.choice(coordinators) if chance.random() < 0.95 else None
        if due is None or (today - due).days > FORGOTTEN_DAYS:
            coordinator = None  # which is why nobody saw it coming
        yield [
            invented_number(20_000 + number * 37),
            chance.choice(FAMILY),
            chance.choice(GIVEN),
            date(chance.randint(*BORN[group]), chance.randint(1, 12), chance.randint(1, 28)),
            group,
            chance.choice(SECTIONS),
            entitled - timedelta(days=chance.randint(60, 500)),
            entitled,
            coordinator,
            last,
            due,
            provider,
            round(chance.randint(18_000, 390_000) / 100, 2) if provider else None,
            chance.choice(SPLITS) if provider else None,
            "Y" if chance.random() < 0.13 else "N",
            f"EM{chance.randint(1, 9)} {chance.randint(1, 9)}{chance.choice('ABDEFGH')}"
            f"{chance.choice('JLNPQRS')}",
        ]


def _dates(today: date, chance: Random) -> tuple[date | None, date | None]:
    """Return when somebody was last reviewed and is due: most in date, some late, a few unknown."""
    if chance.random() < 0.02:
        return None, None
    if chance.random() < 0.03:
        return None, today - timedelta(days=chance.randint(10, 200))
    days = chance.choice((-240, -150, *([-45] * 4), *([20] * 9), *([100] * 8), *([220] * 14)))
    due = today + timedelta(days=days + chance.randint(-40, 40))
    return add_months(due, -12), due
