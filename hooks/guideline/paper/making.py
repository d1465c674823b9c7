"""Sheets are made when their content is new, two at a time, and never half.

`made.json` remembers what each sheet was made from. A sheet is written beside its place and then
renamed; an interrupted run loses nothing and goes on where it was. What is no sheet any more, because
its programme is gone, goes too: nobody hangs it up by mistake.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import pikepdf

from .press import Press
from .sheets import Data, Sheet

RECORD = "made.json"


@dataclass(frozen=True)
class Made:
    """A sheet that lies ready."""

    path: str
    source: str
    """What it was made from, as a hash."""
    pages: int
    size: int
    """In bytes."""
    over: bool = False
    """Should it have one page, and has more?"""
    new: bool = True


class Workshop:
    """Makes sheets into a folder and remembers from what."""

    def __init__(self, folder: Path, press: Press):
        self.folder = folder
        self.press = press
        self.known = self._recorded()

    def make(self, sheets: Iterable[Sheet], told: Callable[[Made], None], all_there_are: bool = False) -> list[Made]:
        """Make each sheet whose content is new; `told` hears of every sheet as it is ready.

        Where the sheets are all that there are, those made before that are not among them are taken away.
        """
        found = []
        try:
            with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
                for made in pool.map(self._one, sheets):
                    found.append(made)
                    told(made)
            if all_there_are:
                self._clear({made.path for made in found})
        finally:
            self._record(found)
        return found

    def _clear(self, paths: set[str]) -> None:
        """Take away what was made here and is not one of these."""
        for path in set(self.known) - paths:
            (self.folder / path).unlink(missing_ok=True)
            del self.known[path]

    def _one(self, sheet: Sheet) -> Made:
        data = {"day": self.press.day.isoformat(), **sheet.data()}
        source = self._source(sheet, data)
        before = self.known.get(sheet.path)
        target = self.folder / sheet.path
        if before and before.source == source and target.is_file():
            return Made(**{**asdict(before), "new": False})
        pdf = self.press.pdf(sheet.template, data, sheet.accessible, sheet.body)
        if sheet.finish:
            pdf = sheet.finish(pdf)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(pdf)
        beside.replace(target)
        pages = _pages(pdf)
        return Made(sheet.path, source, pages, len(pdf), over=sheet.one_page and pages > 1)

    def _source(self, sheet: Sheet, data: Data) -> str:
        """A hash of all that shapes the sheet."""
        finish = sheet.finish.__name__ if sheet.finish else ""
        parts = (self.press.mark, sheet.template, str(sheet.accessible), finish, _text(data), sheet.body)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _recorded(self) -> dict[str, Made]:
        try:
            return {one["path"]: Made(**one) for one in json.loads((self.folder / RECORD).read_text("utf-8"))}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def _record(self, found: list[Made]) -> None:
        self.known.update((made.path, made) for made in found)
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f".{RECORD}.new"
        beside.write_text(_text([asdict(made) for _, made in sorted(self.known.items())]), encoding="utf-8")
        beside.replace(self.folder / RECORD)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def summary(found: list[Made], seconds: float) -> Iterator[str]:
    """What was made, in figures; sheets that should have one page and have more."""
    new = [made for made in found if made.new]
    pages, size = sum(made.pages for made in found), sum(made.size for made in found)
    yield f"{len(found)} sheets, {pages} pages, {size / 1e6:.1f} MB; {len(new)} made, {len(found) - len(new)} unchanged"
    if new:
        yield f"{seconds:.1f} s, {seconds * 1000 / len(new):.0f} ms a sheet"
    for made in found:
        if made.over:
            yield f"{made.path}: {made.pages} pages, because the facts do not fit one"
