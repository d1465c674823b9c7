"""Cells of the workbook for tests: found as a clerk finds them, typed into, saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

FIRST = 4
"""The first row below the heads."""


def typed(path: Path, sheet: str, column: str, words: Mapping[str, object]) -> None:
    """Type into a column of a sheet, both by their hidden names: hidden name of the row → what is typed."""
    book = openpyxl.load_workbook(path)
    page = next(one for one in book.worksheets if one["A1"].value == f"gzamkvlevi:{sheet}")
    number = next(cell.column for cell in page[1] if cell.value == column)
    for row in range(FIRST, page.max_row + 1):
        if (name := page.cell(row, 1).value) in words:
            page.cell(row, number, words[name])
    book.save(path)


def names(path: Path, sheet: str = "") -> list[str]:
    """The hidden names of a sheet's rows; the first sheet of all is that of programmes."""
    book = openpyxl.load_workbook(path, read_only=True)
    page = next(one for one in book.worksheets if next(one.rows)[0].value == f"gzamkvlevi:{sheet}")
    return [row[0].value for row in list(page.rows)[FIRST - 1 :] if row[0].value]
