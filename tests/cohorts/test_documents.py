"""The waiting rows as a workbook: what the file said, and what to put right."""

import io

import pytest
from openpyxl import load_workbook

from cohorts.documents import waiting_rows
from cohorts.queries.register_file import open_register
from tests.cohorts.registers import LENA, read, read_people


def sheet_of(kept):
    return load_workbook(io.BytesIO(waiting_rows(kept))).active


def test_every_waiting_row_is_there_with_its_reason(cast):
    rows = list(sheet_of(read(cast)).iter_rows(values_only=True))

    assert len(rows) == 43
    assert rows[0][:3] == ("NHS No", "Surname", "Forename")
    assert rows[1][-2:] == (7, "The shares add up to 110, not 100; correct them")
    assert rows[1][0] == 9997371992


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://x")']
)
def test_no_cell_runs(cast, text):
    kept = read_people(cast, {**LENA, "DOB": "?", "Provider": text})

    cell = sheet_of(kept)["K2"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_workbook_can_be_read_again_as_a_register(cast):
    again = open_register(waiting_rows(read(cast)), "rows.xlsx")

    assert (again.header_row, len(list(again.rows()))) == (1, 43)
