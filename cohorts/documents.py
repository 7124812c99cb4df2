"""The rows of a register that wait for a person, as a workbook to work through."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cohorts.models.imports import RegisterImport
from cohorts.queries.import_preview import stopping

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ROW, _REASON = "Row in the file", "What to put right"


def waiting_rows(register_import: RegisterImport) -> bytes:
    """Return the waiting rows as the file had them, each with what to put right.

    Text stays text: whatever a cell starts with, no spreadsheet program runs it.
    """
    headings = {column["index"]: column["heading"] for column in register_import.columns}
    width = max(headings, default=-1) + 1
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows that need a person")
    sheet.freeze_panes = "A2"
    titles = [headings.get(index, "") for index in range(width)]
    sheet.append([_heading(sheet, title) for title in (*titles, _ROW, _REASON)])
    for row in register_import.rows.waiting().order_by("number"):
        cells = [*row.cells, *[None] * width][:width]
        reasons = "\n".join(problem["sentence"] for problem in stopping(row))
        sheet.append([_cell(sheet, value) for value in (*cells, row.number, reasons)])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _heading(sheet: WriteOnlyWorksheet, title: str) -> WriteOnlyCell:
    cell = _cell(sheet, title)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
        cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
    return cell
