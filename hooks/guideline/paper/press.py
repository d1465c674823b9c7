"""Typst as a press: a template and its data → the bytes of a PDF.

The data reach the template as JSON and are printed as text: nothing in them is ever markup. The
same data on the same day give the same bytes. Sheets are PDF/UA-1 (ISO 14289-1), checked by the
compiler, which refuses a missing glyph, title or alternative text.
"""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import typst

from ..borrowing import plain

TEMPLATES = Path(__file__).parent.parent / "templates" / "paper"


class Press:
    """Prints with one set of fonts: starting costs a third of a second, a sheet some milliseconds."""

    def __init__(self, fonts: Path, day: date):
        self.fonts = fonts
        self.day = day
        self._own = threading.local()

    @property
    def _compiler(self) -> typst.Compiler:
        """One for each thread: a compiler prints one sheet at a time."""
        if not hasattr(self._own, "compiler"):
            self._own.compiler = self._new_compiler()
        return cast(typst.Compiler, self._own.compiler)

    def _new_compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(self.fonts)])
        return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)

    @cached_property
    def mark(self) -> str:
        """A hash of all that shapes a sheet besides its data: the compiler, the templates, the fonts."""
        parts = [version("typst").encode()]
        parts += [path.read_bytes() for path in (*sorted(TEMPLATES.glob("*")), *sorted(self.fonts.glob("*.ttf")))]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    def pdf(self, template: str, data: dict[str, Any], accessible: bool = True, body: str = "") -> bytes:
        """The sheet of `template` (its name without .typ), filled with `data`; `body` is markup of our own pages.

        `data["day"]` is the day of which the sheet is; without it the day of the press.
        """
        day = date.fromisoformat(data.get("day", self.day.isoformat()))
        document = f'#import "/{template}.typ": *\n#show: whole\n{plain(body)}'.encode()
        made = self._compiler.compile(
            input=document,
            format="pdf",
            sys_inputs={"data": plain(json.dumps(data, ensure_ascii=False))},
            pdf_standards="ua-1" if accessible else None,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
        assert isinstance(made, bytes)
        return made
