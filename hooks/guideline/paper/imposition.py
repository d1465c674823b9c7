"""Booklets for a plain office printer: two pages beside each other, so that folded sheets read in order."""

from __future__ import annotations

import io

import pikepdf

SIDES = 4
"""Pages on a folded sheet: two on each of its sides."""
A4_LANDSCAPE = (841.89, 595.28)
"""Width and height in points."""


def saddle(pages: int) -> list[tuple[int, int]]:
    """The pages on each side of the sheets, left and right, from 1; 0 is a blank page.

    Sheets are printed on both sides (turned over the short edge), laid in one another and folded:
    for 8 pages (8, 1), (2, 7), (6, 3), (4, 5).
    """
    whole = -(-pages // SIDES) * SIDES
    sides = []
    for front in range(1, whole // 2 + 1):
        pair = (whole + 1 - front, front) if front % 2 else (front, whole + 1 - front)
        sides.append((pair[0] if pair[0] <= pages else 0, pair[1] if pair[1] <= pages else 0))
    return sides


def booklet(pdf: bytes) -> bytes:
    """A PDF of A5 pages as sheets of A4 to fold; tags are lost, the language and title stay."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as sheets:
        for side in saddle(len(source.pages)):
            sheet = sheets.add_blank_page(page_size=A4_LANDSCAPE)
            for number, left in zip(side, (0, A4_LANDSCAPE[0] / 2), strict=True):
                if number:
                    _lay(sheet, source.pages[number - 1], left)
        sheets.docinfo["/Title"] = source.docinfo["/Title"]
        sheets.Root.Lang = source.Root.Lang
        made = io.BytesIO()
        sheets.save(made, deterministic_id=True)
    return made.getvalue()


def _lay(sheet: pikepdf.Page, page: pikepdf.Page, left: float) -> None:
    """Put a page on the half of a sheet that begins at `left`, in its own size."""
    half = "/Left" if left == 0 else "/Right"
    form = pikepdf.Object.with_same_owner_as(page.as_form_xobject(), sheet.obj)
    sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(half))
    indent = left + (A4_LANDSCAPE[0] / 2 - float(page.mediabox[2])) / 2
    sheet.contents_add(f"q 1 0 0 1 {indent:.2f} 0 cm {half} Do Q".encode())
