"""Opens the file a register came in and reads its rows, whatever is wrong with it.

A workbook is checked before it is parsed: a file of a few kilobytes can otherwise fill the memory
of the machine. Formulas are never evaluated: a cell's stored number or day is read, or its text.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from xml.parsers import expat

from openpyxl import load_workbook

from cohorts.policy.register_columns import SheetRow, find_header
from cohorts.policy.register_text import as_text

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 500
MAX_UNPACKED = 60 * 1024 * 1024
MAX_SHEET = 40 * 1024 * 1024
MAX_PART = 8 * 1024 * 1024  # anything in a workbook that is not a sheet
MAX_RATIO = 150  # registers pack to about a tenth
MAX_COLUMNS = 250
MAX_ROWS = 20_000
MAX_BLANK_RUN = 2_000
_ROWS_TO_SEARCH = 60
_PROLOGUE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET_DATA = re.compile(rb"<(\w+:)?sheetData\b")
_SAVE_AS = "Open it in Excel, save it as an Excel workbook (.xlsx) and upload that"


class UnreadableRegister(Exception):
    """The file cannot be read as a register; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    name: str
    is_visible: bool = True


@dataclass(frozen=True)
class RegisterFile:
    """A register's file, its sheets, and where the register seems to be in it."""

    name: str
    content: bytes = field(repr=False)
    is_workbook: bool
    sheets: tuple[Sheet, ...]
    sheet: str = ""
    header_row: int = 0

    def rows(self, sheet: str = "") -> Iterator[SheetRow]:
        """Yield each row of a sheet with its number; empty rows only where something follows."""
        cells = _workbook_rows(self.content, sheet or self.sheet) if self.is_workbook else None
        yield from _bounded(_csv_rows(self.content) if cells is None else cells)

    def header_row_of(self, sheet: str) -> int | None:
        """Return the row of headings of a sheet, or None where there is none to recognise."""
        return find_header(islice(self.rows(sheet), _ROWS_TO_SEARCH))


def open_register(content: bytes, name: str) -> RegisterFile:
    """Open an uploaded register, choosing the first sheet that has a row of headings."""
    if not content.strip(b"\x00\r\n\t ,;"):
        raise UnreadableRegister("The file is empty. Choose the file that holds the register")
    if len(content) > MAX_BYTES:
        raise _too_large()
    _refuse_other_kinds(content)
    is_workbook = content.startswith(b"PK")
    if is_workbook:
        _check_package(content)
        content = _with_dimensions(content)
    sheets = _workbook_sheets(content) if is_workbook else (Sheet("CSV"),)
    return _with_register(RegisterFile(name, content, is_workbook, sheets))


def _with_register(register: RegisterFile) -> RegisterFile:
    """Choose the first sheet with headings, visible ones first."""
    is_empty = True
    for sheet in sorted(register.sheets, key=lambda sheet: not sheet.is_visible):
        rows = list(islice(register.rows(sheet.name), _ROWS_TO_SEARCH))
        is_empty = is_empty and not rows
        if header_row := find_header(rows):
            return RegisterFile(
                register.name,
                register.content,
                register.is_workbook,
                register.sheets,
                sheet.name,
                header_row,
            )
    if is_empty:
        raise UnreadableRegister(
            "There is nothing in the spreadsheet. Choose the file that holds the register"
        )
    raise UnreadableRegister(
        "No row of headings was found. Put one row above the people that names the columns, "
        "such as NHS number, Surname and Date of birth, and upload the file again"
    )


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise _has_password()
        raise UnreadableRegister(f"This is an old or protected kind of file. {_SAVE_AS}")
    start = content[:1024].lstrip()
    if start.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<", b"\x1f\x8b")
    ):
        raise _not_a_spreadsheet()
    if content.startswith(b"PK") and not zipfile.is_zipfile(io.BytesIO(content)):
        raise UnreadableRegister(
            "The file is damaged or cut short. Save it again and upload it again"
        )


def _check_package(content: bytes) -> None:
    """Refuse a workbook by what it declares, before anything in it is parsed."""
    with _damage_refused(), zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        _check_sizes(entries)
        names = {entry.filename.lower() for entry in entries}
        if "xl/workbook.bin" in names:
            raise UnreadableRegister(f"This is a binary workbook. {_SAVE_AS}")
        if "xl/workbook.xml" not in names:
            if "content.xml" in names:
                raise UnreadableRegister(f"This is an OpenDocument file. {_SAVE_AS}")
            raise _not_a_spreadsheet()
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                _refuse_document_type(package, entry)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _has_password()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large()
    for entry in entries:
        is_sheet = entry.filename.lower().startswith("xl/worksheets/")
        if entry.file_size > (MAX_SHEET if is_sheet else MAX_PART):
            raise _too_large()
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * entry.compress_size:
            raise _too_large()


def _refuse_document_type(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a part that declares entities: spreadsheet programs write none, XML bombs do."""
    with package.open(entry) as part:
        prologue = part.read(_PROLOGUE)
    parser, seen = expat.ParserCreate(), []
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.StartElementHandler = lambda *_: seen.append("element")
    try:
        parser.Parse(prologue, False)
    except expat.ExpatError:
        seen.append("error")
    if not seen or seen[0] != "element":
        raise _damaged()


def _with_dimensions(content: bytes) -> bytes:
    """Return the workbook with a <dimension> in each sheet.

    Where it is absent openpyxl reads the whole sheet to look for it; what it says is not used.
    """
    with _damage_refused(), zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {entry.filename: package.open(entry) for entry in package.infolist()}
        lacking = {
            name
            for name, part in parts.items()
            if name.lower().startswith("xl/worksheets/")
            and b"dimension" not in part.read(_PROLOGUE)
        }
        if not lacking:
            return content
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for name in parts:
                part = package.read(name)
                written.writestr(name, _dimensioned(part) if name in lacking else part)
        return copy.getvalue()


def _dimensioned(sheet: bytes) -> bytes:
    return _SHEET_DATA.sub(rb'<\1dimension ref="A1"/>\g<0>', sheet, count=1)


def _workbook_sheets(content: bytes) -> tuple[Sheet, ...]:
    with _damage_refused(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = tuple(
            Sheet(sheet.title, sheet.sheet_state == "visible") for sheet in book.worksheets
        )
        book.close()
    if not sheets:
        raise _not_a_spreadsheet()
    return sheets


def _workbook_rows(content: bytes, name: str) -> Iterator[list[object]]:
    """Yield the rows of a sheet, from what is stored and from what was typed, side by side."""
    with _damage_refused():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            typed, stored = (_sheet_cells(content, name, stored=stored) for stored in (False, True))
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                chunk = list(islice(zip(typed, stored, strict=False), 200))
            if not chunk:
                return
            for typed_row, stored_row in chunk:
                yield [_cell(*pair) for pair in zip(typed_row, stored_row, strict=True)]


def _sheet_cells(content: bytes, name: str, *, stored: bool) -> Iterator[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=stored, keep_links=False)
    sheet = next((sheet for sheet in book.worksheets if sheet.title == name), None)
    if sheet is None:
        raise UnreadableRegister(f"There is no sheet called {name}. Choose another")
    sheet.reset_dimensions()  # a wrong <dimension> would otherwise cut rows off without a word
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _cell(typed: object, stored: object) -> object:
    """Return a formula's stored number or day, as the person last saw it, or else its text."""
    is_formula = isinstance(typed, str) and typed.startswith("=") and typed != stored
    return stored if is_formula and isinstance(stored, int | float | date) else typed


def _csv_rows(content: bytes) -> Iterator[list[object]]:
    text = _decoded(content)
    delimiter = max(",;\t|", key=lambda mark: _columns_by(text, mark))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield list(row)
    except csv.Error:
        raise _damaged() from None


def _columns_by(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many columns a delimiter makes of most of the first rows, and of them all."""
    try:
        sample = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        widths = sorted(len(row) for row in islice(sample, 30) if row)
    except csv.Error:
        return 0, 0
    return (widths[len(widths) // 2], sum(widths)) if widths else (0, 0)


def _decoded(content: bytes) -> str:
    encodings = (
        ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    )
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(1 for mark in text[:4096] if mark < " " and mark not in "\t\r\n\f")
        if strange * 50 <= len(text[:4096]):
            return text
    raise _not_a_spreadsheet()


def _bounded(rows: Iterable[list[object]]) -> Iterator[SheetRow]:
    """Number the rows and stop a sheet that has no end; empty rows at the end are not rows."""
    blank, filled = 0, 0
    for number, cells in enumerate(rows, start=1):
        while cells and (cells[-1] is None or as_text(cells[-1]) == ""):
            cells.pop()
        if not cells:
            blank += 1
            if blank > MAX_BLANK_RUN:
                raise _too_many_blanks(number - blank)
            continue
        filled += 1
        if len(cells) > MAX_COLUMNS or filled > MAX_ROWS or number > 3 * MAX_ROWS:
            raise _too_large()
        for empty in range(number - blank, number):
            yield empty, []
        blank = 0
        yield number, cells


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Turn whatever a damaged file makes of a parser into one sentence for people."""
    try:
        yield
    except UnreadableRegister:
        raise
    except Exception as error:  # openpyxl meets bad files with a dozen undocumented exceptions
        raise _damaged() from error


def _damaged() -> UnreadableRegister:
    return UnreadableRegister(f"The file is damaged or is not a spreadsheet. {_SAVE_AS}")


def _not_a_spreadsheet() -> UnreadableRegister:
    return UnreadableRegister(
        "This is not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV file"
    )


def _has_password() -> UnreadableRegister:
    return UnreadableRegister(
        "The file has a password. Open it in Excel, remove the password under File, Info, "
        "Protect Workbook, save it and upload it again"
    )


def _too_large() -> UnreadableRegister:
    return UnreadableRegister(
        f"The file is too large for a register. Keep to one sheet of at most {MAX_ROWS:,} people "
        f"and {MAX_COLUMNS} columns: copy those rows to a new workbook, save it and upload that"
    )


def _too_many_blanks(row: int) -> UnreadableRegister:
    where = f"after row {row:,}" if row else "at the top of the sheet"
    return UnreadableRegister(
        f"There are more than {MAX_BLANK_RUN:,} empty rows {where}. Delete the empty rows, "
        "or copy the people to a new workbook, save it and upload that"
    )
