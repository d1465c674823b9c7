"""QR codes: the way from paper back to the living page."""

from __future__ import annotations

import io
from functools import cache

import segno

ON_PAPER, ON_SCREEN = "q", "m"
"""How much of a code may be damaged: a quarter on sheets that are copied and hang outdoors, less on a page."""


@cache
def qr(address: str, error: str = ON_PAPER, **looks: str | bool | None) -> str:
    """The QR code of an address as SVG, with the quiet zone that readers need (four modules, ISO/IEC 18004)."""
    picture = io.BytesIO()
    code = segno.make(address, error=error, micro=False)
    code.save(picture, kind="svg", border=4, xmldecl=False, nl=False, **looks)
    return picture.getvalue().decode()
