"""Sheets as a reader meets them: their words, their pictures, their codes."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

MM = 72 / 25.4
"""Points in a millimetre."""


@cache
def pages_of(pdf: Path | bytes) -> tuple[str, ...]:
    """What each page says, without spaces: where lines break is the sheet's own affair."""
    return tuple(plain(page.get_textpage().get_text_bounded()) for page in _pages(pdf))


def words(pdf: Path | bytes) -> str:
    """Everything that the pages say, without spaces."""
    return "".join(pages_of(pdf))


def pages(pdf: Path | bytes) -> Iterator[str]:
    """What each page says, line by line."""
    for page in _pages(pdf):
        yield page.get_textpage().get_text_bounded()


def plain(text: str) -> str:
    """The text without spaces, line ends and hyphens, which a line's end takes or adds."""
    return re.sub(r"[\s\u200b\ufffe\u00ad\x02-]", "", text)


def pictures(pdf: Path | bytes, dpi: int = 150) -> Iterator[Image.Image]:
    """Each page as a printer would lay it down, in grey."""
    for page in _pages(pdf):
        yield page.render(scale=dpi / 72, grayscale=True).to_pil()


def codes(pdf: Path | bytes) -> list[str]:
    """What the QR codes of the pages say, read from a raster of 150 dpi."""
    return [code.text for picture in pictures(pdf) for code in read(picture)]


def read(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """The codes of a picture."""
    return list(zxingcpp.read_barcodes(picture))


def letters(pdf: Path | bytes) -> Iterator[list[tuple[float, float, float, float]]]:
    """The boxes of the letters of each page: left, bottom, right, top in points."""
    for page in _pages(pdf):
        text = page.get_textpage()
        seen = (
            index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip("\u200b \r\n\t\u00a0")
        )
        found = (text.get_charbox(index) for index in seen)
        yield [box for box in found if box[2] > box[0] and box[3] > box[1]]


def sizes(pdf: Path | bytes) -> set[float]:
    """The sizes of all letters in points."""
    found = set()
    for page in _pages(pdf):
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            pypdfium2.raw.FPDFTextObj_GetFontSize(thing.raw, size)
            found.add(round(size.value * thing.get_matrix().get()[0], 1))
    return found


def outside(pdf: Path | bytes, least: float = 10 * MM) -> list[tuple[float, float, float, float]]:
    """The letters that stand in a margin, in which an office printer does not print."""
    found = []
    for (width, height), boxes in zip(_room(pdf), letters(pdf), strict=True):
        found += [
            box
            for box in boxes
            if box[0] < least or box[1] < least or box[2] > width - least or box[3] > height - least
        ]
    return found


def _room(pdf: Path | bytes) -> Iterator[tuple[float, float]]:
    for page in _pages(pdf):
        yield page.get_size()


def overlap(boxes: list[tuple[float, float, float, float]], least: float = 0.2) -> object:
    """Two letters of which one covers a good part of the other.

    A ligature is one box for several letters; full stops and commas may slip under their neighbours.
    """
    ordered = sorted(set(boxes))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other[0] >= one[2]:
                break
            small, big = sorted((_area(one), _area(other)))
            wide = min(one[2], other[2]) - other[0]
            high = min(one[3], other[3]) - max(one[1], other[1])
            if small > 0.3 * big and wide > 1 and high > 1 and wide * high > least * small:
                return one, other
    return None


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _pages(pdf: Path | bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(len(document)):
            yield document[index]
    finally:
        document.close()
