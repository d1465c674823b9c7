"""Every sign that may be printed is in the fonts: PDF/UA-1 refuses a sheet that lacks one (ISO 14289-1, 7.21.4.1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from ..chapters import Chapters
from ..collection import walk
from ..model import Loc
from ..problems import Finding, Problem, particulars
from .at import At

_CONTROLS = frozenset(map(ord, "\n\t\r"))
"""Line ends and the like are nobody's signs; where they do harm, another check says so."""


def in_data(tops: Iterable[At], covered: frozenset[int]) -> Iterator[Finding]:
    """Signs of the data that no font has."""
    for top in tops:
        for loc, value, _ in walk(top.value):
            if isinstance(value, str):
                for about in _missing(value, covered):
                    yield At(top.path, (*top.loc, *loc), top.id, value).wrong("no-glyph", **about)


def in_phrases(part: Any, path: str, covered: frozenset[int], loc: Loc = ()) -> Iterator[Finding]:
    """Signs of the phrases that no font has."""
    if isinstance(part, dict):
        for key, inner in part.items():
            yield from in_phrases(inner, path, covered, (*loc, key))
    else:
        for about in _missing(str(part), covered):
            yield At(path, loc, ".".join(map(str, loc)), part).wrong("no-glyph", **about)


def in_chapters(chapters: Chapters, covered: frozenset[int]) -> Iterator[Problem]:
    """Signs of the chapters that no font has; other pages are not printed by us."""
    for chapter in chapters.all():
        if chapter.page not in chapters.order:
            continue
        for number, line in enumerate(chapter.text.splitlines(), 1):
            for about in _missing(line, covered):
                column = line.index(about["value"]) + 1
                yield Problem(chapter.path, number, column, "", "no-glyph", particulars(about))


def _missing(text: str, covered: frozenset[int]) -> Iterator[dict[str, str]]:
    for sign in sorted({ord(sign) for sign in text} - covered - _CONTROLS):
        name = unicodedata.name(chr(sign), "")
        if unicodedata.category(chr(sign))[0] != "C":
            yield {"value": chr(sign), "character": f"U+{sign:04X}", "name": name}
