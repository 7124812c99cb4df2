import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cohorts.policy.register_columns import propose_mapping
from cohorts.policy.register_rows import read_rows
from cohorts.queries.register_file import open_register

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def harrow_key():
    key = json.loads((DATA / "register-harrow.key.json").read_text())
    return {record["row"]: record for record in key["records"]}


@pytest.fixture(scope="session")
def harrow_rows():
    register = open_register((DATA / "register-harrow.xlsx").read_bytes(), "register-harrow.xlsx")
    rows = list(register.rows())
    place = [number for number, _ in rows].index(register.header_row)
    mapping = propose_mapping(rows[place], rows[place + 1 : place + 51])
    return read_rows(rows, mapping, today=date(2018, 11, 30))


@pytest.fixture(scope="session")
def harrow_ready(harrow_rows):
    return [SimpleNamespace(**row.values) for row in harrow_rows if row.outcome == "ready"]
