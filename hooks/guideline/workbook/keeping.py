"""The values from which a workbook was made, kept in a sheet of it that no one sees: they tell what was changed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..reading import LARGEST

SHEET = "_data"
FORMAT = 1
"""The number of this way of writing workbooks."""
CHUNK = 30_000
"""Signs in one cell; Excel takes 32,767."""


class NotKept(Exception):
    """The sheet is not there or not whole: nobody can tell what was changed."""


def digest(values: Any) -> str:
    """What tells one state of the data from another."""
    return hashlib.sha256(_text(values)).hexdigest()


def _text(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def keep(book: Workbook, values: Any) -> None:
    """Put the values into a sheet of their own."""
    sheet = book.create_sheet(SHEET)
    packed = base64.b64encode(zlib.compress(_text(values), 9)).decode("ascii")
    chunks = [packed[start : start + CHUNK] for start in range(0, len(packed), CHUNK)]
    for row, words in enumerate([f"gzamkvlevi {FORMAT}", digest(values), *chunks], 1):
        sheet.cell(row, 1, words)
    sheet.sheet_state = "veryHidden"


def kept(sheet: Worksheet) -> Any:
    """The values that a workbook was made from.

    Raises `NotKept` where the sheet was changed, or was written by another version of this program.
    """
    found = [cell.value for cell in next(sheet.iter_cols(1, 1, 1, 5000))]
    words = [value for value in found if isinstance(value, str)]
    if len(words) < 3 or words[0] != f"gzamkvlevi {FORMAT}":
        raise NotKept
    try:
        unpack = zlib.decompressobj()
        text = unpack.decompress(base64.b64decode("".join(words[2:]), validate=True), LARGEST)
        values = json.loads(text.decode("utf-8"))
    except (binascii.Error, zlib.error, ValueError):
        raise NotKept from None
    if not isinstance(values, dict) or digest(values) != words[1]:
        raise NotKept
    return values
