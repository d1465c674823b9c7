"""Typst as a press: a template and its data → the bytes of a PDF.

The data reach the template as JSON and are printed as text: nothing in them is ever markup. The
same data on the same day give the same bytes. Sheets are PDF/UA-1 (ISO 14289-1), checked by the
compiler, which refuses a missing glyph, title or alternative text.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent.parent / "templates" / "paper"
ACCESSIBLE = ["ua-1"]


class Press:
    """Prints with one set of fonts: starting costs a third of a second, a sheet some milliseconds."""

    def __init__(self, fonts: Path, day: date):
        self.fonts = fonts
        self.day = day

    @cached_property
    def _compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(self.fonts)]
        )
        return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)

    def pdf(self, template: str, data: dict[str, Any]) -> bytes:
        """The sheet of `template` (its name without .typ), filled with `data`."""
        made = self._compiler.compile(
            input=str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=ACCESSIBLE,
            timestamp=datetime(self.day.year, self.day.month, self.day.day, tzinfo=timezone.utc),
        )
        assert isinstance(made, bytes)
        return made
