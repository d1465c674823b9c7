"""A copy's colour → its mark: three lines of a card, as SVG for tabs and as PNG for a phone's home screen."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

GRID, CORNER = 32, 6
"""The mark is drawn on a square of so many units, with corners of this radius."""
LINES = ((7, 9, 25, 12), (7, 15, 25, 18), (7, 21, 18, 24))
"""Left, top, right and bottom of each line."""
FINER = 4
"""The PNG is drawn so many times larger and then reduced, which smooths its corners."""
SAFE = 0.8
"""A mask of any shape shows at least the middle circle of this width (W3C, maskable icons)."""


def svg(colour: str) -> str:
    """The mark for the browser's tab."""
    lines = "".join(f"M{left} {top}h{right - left}v{bottom - top}H{left}z" for left, top, right, bottom in LINES)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">'
        f'<rect width="{GRID}" height="{GRID}" rx="{CORNER}" fill="{colour}"/><path d="{lines}" fill="#fff"/></svg>\n'
    )


def png(colour: str, size: int, maskable: bool = False) -> bytes:
    """The mark as a picture of `size` × `size` pixels; a maskable one fills its square and keeps clear of the edge."""
    unit = size * FINER / GRID
    picture = Image.new("RGBA", (size * FINER, size * FINER), colour if maskable else (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    if not maskable:
        draw.rounded_rectangle((0, 0, size * FINER - 1, size * FINER - 1), CORNER * unit, fill=colour)
    for box in LINES:
        left, top, right, bottom = (_placed(value, maskable) * unit for value in box)
        draw.rectangle((left, top, right - 1, bottom - 1), fill="#fff")
    written = BytesIO()
    picture.resize((size, size), Image.Resampling.BOX).save(written, "PNG", optimize=True)
    return written.getvalue()


def _placed(value: float, maskable: bool) -> float:
    """Where a point of the mark lies; nearer to the middle where a mask may cut."""
    return GRID / 2 + (value - GRID / 2) * (SAFE if maskable else 1)
