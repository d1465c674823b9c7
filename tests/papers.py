"""Sheets as a reader meets them: their words, their pictures, their codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

MM = 72 / 25.4
"""Points in a millimetre."""


def words(pdf: Path | bytes) -> str:
    """Everything that the pages say, without spaces: where lines break is the sheet's own affair."""
    return plain("".join(page.get_textpage().get_text_bounded() for page in _pages(pdf)))


def plain(text: str) -> str:
    """The text without spaces and line ends; a hyphen at the end of a line is one like any other."""
    return re.sub(r"[\s\u200b]", "", text.replace("\ufffe", "-").replace("\x02", "-"))


def pictures(pdf: Path | bytes, dpi: int = 150) -> Iterator[Image.Image]:
    """Each page as a printer would lay it down, in grey."""
    for page in _pages(pdf):
        yield page.render(scale=dpi / 72, grayscale=True).to_pil()


def codes(pdf: Path | bytes) -> list[str]:
    """What the QR codes of the pages say, read from a raster of 150 dpi."""
    return [code.text for picture in pictures(pdf) for code in zxingcpp.read_barcodes(picture)]


def letters(pdf: Path | bytes) -> Iterator[list[tuple[float, float, float, float]]]:
    """The boxes of the letters of each page: left, bottom, right, top in points."""
    for page in _pages(pdf):
        text = page.get_textpage()
        seen = (
            index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip("\u200b \r\n\t\u00a0")
        )
        found = (text.get_charbox(index) for index in seen)
        yield [box for box in found if box[2] > box[0] and box[3] > box[1]]


def _pages(pdf: Path | bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            yield document[index]
    finally:
        document.close()
