"""Registers for tests: Harrow's, and small ones written row by row."""

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from cohorts.operations import imports
from tests.cast import NOON

HARROW = Path(__file__).parents[1] / "data" / "register-harrow.xlsx"
HARROW_DAY = date(2018, 11, 30)
HEADINGS = (
    "NHS No", "Surname", "Forename", "DOB", "Client group", "Section", "117 from",
    "Care Co-ordinator", "Last review", "Next review due", "Provider", "Weekly cost",
    "Split ICB/LA", "OOA", "Postcode",
)  # fmt: skip
LENA = {
    "NHS No": "999 861 8959",
    "Surname": "OKORO",
    "Forename": "Lena",
    "DOB": "12 Mar 1997",
    "Client group": "LD",
    "Section": "S3",
    "117 from": "05/07/2016",
    "Last review": "01/01/2018",
    "Next review due": "01/01/2019",
}
OMAR = {**LENA, "NHS No": "999 044 8094", "Surname": "KHAN", "Forename": "Omar", "DOB": "1/1/1971"}


def rows_of(people, headings=HEADINGS):
    return [list(headings), *([person.get(heading) for heading in headings] for person in people)]


def xlsx_of(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv_of(rows):
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    return kept.getvalue().encode()


def read(cast, data=None, *, today=HARROW_DAY, partnership=None, by=None):
    """Upload a file, Harrow's or another, and read it."""
    kept = imports.upload_register(
        partnership=partnership or cast.eastmere,
        data=HARROW.read_bytes() if data is None else data,
        name="register.xlsx",
        by=by or cast.paula,
        at=NOON,
    )
    return imports.read_import(register_import=kept, today=today, at=NOON)


def read_people(cast, *people, **more):
    return read(cast, csv_of(rows_of(people)), **more)


def store(cast, register_import):
    """Confirm an import and store its people, without what lies above them."""
    from cohorts.operations import register_people

    confirmed = imports.confirm_import(register_import=register_import, by=cast.paula, at=NOON)
    taken = register_people.store_people(register_import=confirmed, day=HARROW_DAY)
    return register_people.finish_import(
        register_import=confirmed, taken=taken, by=cast.paula, at=NOON
    )
