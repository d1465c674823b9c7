"""A municipality's own words: a box at the end of a common chapter, and pages of its own.

A box is put behind the Markdown of its chapter, so that whatever a chapter can say a box can say too; its headings,
ids and footnotes are told apart from those of the chapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .chapters import Chapter, Chapters

FOLDER = "local"
BOXES, PAGES = "chapters", "pages"
"""The folders inside local/<language>/: boxes by their chapter ("guideline/why"), pages by their name."""
HERE = "here"
"""The id of the box's heading; its own ids and footnotes begin with it."""
_HEADING = re.compile(r"^(#{2,5})(?=[ \t])", re.MULTILINE)
_ID = re.compile(r"(?<=\{)(:?\s*#)(?=[\w-]+)")
_ANCHOR = re.compile(r"(?<=\]\()#([\w-]+)(?=\))")
_NOTE = re.compile(r"\[\^(?=[^\]\s]+\])")
_BOX = re.compile(rf'<h2 id="{HERE}">[\s\S]*?(?=<div class="footnote">|\Z)')


@dataclass(frozen=True)
class Local:
    """All words of the municipality's own, in every language."""

    boxes: Chapters = field(default_factory=lambda: Chapters({}, ()))
    """By the page of the chapter at whose end they stand."""
    pages: Chapters = field(default_factory=lambda: Chapters({}, ()))
    """By the name under which they stand at /local/."""

    def box(self, page: str, language: str) -> Chapter | None:
        """The box of a chapter, in another language where this one lacks it."""
        return self.boxes.get(page, language) or next(
            (found for code in self.boxes.by_language if (found := self.boxes.get(page, code))), None
        )


def with_box(markdown: str, box: Chapter, heading: str) -> str:
    """The Markdown of a chapter with the box behind it; `heading` is plain text."""
    return f"{markdown.rstrip()}\n\n## {_plain(heading)} {{ #{HERE} }}\n\n{_set_apart(box)}\n"


def _plain(words: str) -> str:
    """Words of which no sign means anything to Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>&-])", lambda sign: f"&#{ord(sign[0])};", words)


def _set_apart(box: Chapter) -> str:
    """The words of a box with headings one level down, and ids and footnotes of its own; code stays as it is."""
    edits = [
        *((mark.end(), "#") for mark in _HEADING.finditer(box.body)),
        *((mark.end(), f"{HERE}-") for mark in (*_ID.finditer(box.body), *_NOTE.finditer(box.body))),
        *((mark.start() + 1, f"{HERE}-") for mark in _ANCHOR.finditer(box.body)),
    ]
    text = box.text
    for place, words in sorted(edits, reverse=True):
        text = text[:place] + words + text[place:]
    lines = text.split("\n")[box.front_lines :]
    return "\n".join(lines).strip()


def framed(html: str, language: str, notice: str) -> str:
    """The page whose box is a section of its own; `notice` stands in it where its words are in another language."""

    def section(found: re.Match[str]) -> str:
        heading, end, rest = found[0].partition("</h2>")
        other = f' lang="{language}" data-search-exclude' if notice else ""
        inside = f"<div{other}>{rest}</div>" if notice else rest
        return f'<section class="gz-here" aria-labelledby="{HERE}">{heading}{end}{notice}{inside}</section>\n'

    return _BOX.sub(section, html, count=1)
