"""The bytes of a workbook → its tables of cells, as somebody left them; what must not be in it is refused first.

A workbook comes from outside: it may be huge when unpacked, hold programs, point at other files, or not be one at all.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from . import keeping
from .cells import Cell
from .writing import COUNT, HEADS, MARKER, NAME, SUMMARY

LARGEST = 20_000_000
"""Bytes of a file; the workbook of 156 programmes has half a million."""
UNPACKED = 200_000_000
"""Bytes of all its parts together."""
PARTS = 2_000
ROWS, COLUMNS = 20_000, 500
"""Where a sheet ends: nobody writes further."""
ONLY_SHOWN = (COUNT, NAME, SUMMARY)
"""Columns that say nothing new."""
_FOREIGN = (
    (re.compile(r"vbaProject|macrosheets/|activeX/|\.bin$", re.IGNORECASE), "macros"),
    (re.compile(r"^xl/externalLinks/", re.IGNORECASE), "links-outside"),
    (re.compile(r"^xl/(embeddings|connections|queryTables)", re.IGNORECASE), "links-outside"),
)
_PRINTER = re.compile(r"^xl/printerSettings/", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """Something in the workbook that cannot be taken: where, of which programme, and the code of its words."""

    code: str
    about: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""
    id: str = ""


@dataclass
class Table:
    """One of our sheets as it came back."""

    title: str
    columns: dict[int, str]
    """The name of each column, from the hidden first row."""
    rows: dict[int, dict[int, Cell]]
    """The rows with something in them: number of the row → column → what the cell holds."""
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Book:
    """A workbook that came back."""

    base: Any
    """The values from which it was made."""
    tables: dict[str, Table]
    """Our sheets by their keys."""
    faults: list[Fault]
    unread: list[str]
    """Titles of sheets that are none of ours."""


class Unreadable(Exception):
    """It is no workbook of ours at all; `fault` says why."""

    def __init__(self, code: str, **about: str):
        self.fault = Fault(code, about)
        super().__init__(code)


def opened(content: bytes) -> Book:
    """The tables of a workbook.

    Raises `Unreadable` where it is not an .xlsx that `make workbook` wrote, or holds what may not be in one.
    """
    _guarded(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not know of a file is not read either
            book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False, rich_text=False)
    except Exception:  # openpyxl meets what is broken in many ways, none of which has a name
        raise Unreadable("not-a-workbook") from None
    if keeping.SHEET not in book.sheetnames:
        raise Unreadable("not-ours")
    try:
        base = keeping.kept(book[keeping.SHEET])
    except keeping.NotKept:
        raise Unreadable("not-ours") from None
    found = Book(base, {}, [], [])
    for sheet in book.worksheets:
        if sheet.title != keeping.SHEET:
            _take(sheet, found)
    return found


def _guarded(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Unreadable("file-too-large", limit=str(LARGEST // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED:
                raise Unreadable("file-too-large", limit=str(UNPACKED // 1_000_000))
            for info in infos:
                _guarded_part(parts, info)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        raise Unreadable("not-a-workbook") from None


def _guarded_part(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    for pattern, code in _FOREIGN:
        if pattern.search(info.filename) and not _PRINTER.search(info.filename):
            raise Unreadable(code, part=info.filename)
    if info.filename.endswith((".xml", ".rels", ".vml")):
        with parts.open(info) as part:
            start = part.read(4096)  # a document type stands before the first element
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\x00" in start:
            raise Unreadable("not-a-workbook")


def _take(sheet: Worksheet, found: Book) -> None:
    first = sheet.cell(1, 1).value
    key = first.removeprefix(MARKER) if isinstance(first, str) and first.startswith(MARKER) else None
    if key is None:
        found.unread.append(sheet.title)
    elif key.startswith("#"):
        return
    elif key in found.tables:
        found.faults.append(Fault("sheet-twice", {"other": found.tables[key].title}, sheet.title))
    else:
        found.tables[key] = _table(sheet)
        found.faults += found.tables[key].faults


def _table(sheet: Worksheet) -> Table:
    names = {index: str(cell.value) for index, cell in enumerate(sheet[1], 1) if cell.value is not None and index > 1}
    table = Table(sheet.title, {1: "#row", **names}, {})
    for area in sheet.merged_cells.ranges:
        if area.max_row > HEADS:
            table.faults.append(Fault("merged", {}, sheet.title, str(area)))
    if sheet.max_row > ROWS or sheet.max_column > COLUMNS:
        table.faults.append(Fault("sheet-too-large", {"rows": str(ROWS), "columns": str(COLUMNS)}, sheet.title))
    for row in sheet.iter_rows(HEADS + 1, min(sheet.max_row, ROWS), 1, min(sheet.max_column, COLUMNS)):
        cells = dict(_cells(row, table))
        if cells:
            table.rows[row[0].row] = cells
    return table


def _cells(row: tuple[Any, ...], table: Table) -> Iterator[tuple[int, Cell]]:
    for cell in row:
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        name = table.columns.get(cell.column, "")
        if name.startswith(ONLY_SHOWN):
            continue  # only shown
        place = f"{get_column_letter(cell.column)}{cell.row}"
        if not name:
            table.faults.append(Fault("no-column", {"value": str(value)[:80]}, table.title, place))
        elif cell.data_type == "f" or not isinstance(value, str | int | float | date | time):
            table.faults.append(Fault("formula", {"value": _formula(value)}, table.title, place))
        elif cell.data_type == "e" or (
            isinstance(value, float) and (value != value or value in (float("inf"), float("-inf")))
        ):
            table.faults.append(Fault("error-value", {"value": str(value)}, table.title, place))
        else:
            yield cell.column, value


def _formula(value: Any) -> str:
    text = str(getattr(value, "text", value) or "")
    return text if len(text) <= 80 else text[:79] + "…"
