"""The pages that people write in Markdown, as text: front matter, headings, sections, footnotes, words.

A page is known by its path without language and ending ("guideline/why"). What the Markdown becomes
is the business of the site; here it is read so that it can be checked, counted and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .reading import Parsed, parse

TOP, FOOTNOTES = "top", "footnotes"
"""The parts of a page that are no section: what stands before the first heading, and the notes at its end."""

_HEADING = re.compile(r"^(#{1,6})(?!#)\s*(\S.*?)\s*(?:\{:?\s*#([\w-]+)\s*\})?\s*$")
_UNDERLINE = re.compile(r"^(=+|-+)[ \t]*$")
"""The line below words that makes them a heading (in the other way of Markdown, which has no place for an id)."""
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:\s*")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_BARE_LINK = re.compile(r"<((?:https?|mailto|tel):[^>\s]+)>")
_FENCED = re.compile(r"^([ \t>]*)(`{3,}|~{3,})[^`\n]*\n(?:.*\n)*?\1\2[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t>]*\n)[\s\S])*?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--[\s\S]*?-->")
_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>")
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^}\n]*\}")
_QUOTE = re.compile(r"\{\{.*?\}\}")
_TERM = re.compile(r"^term:(.*)$")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”“’»)*]*\s+(?=[„‘(\w])|\n\s*\n")
_MARKS_OF_LINES = re.compile(
    r"^[ \t]*(?:[-*+]\s+(?:\[[ x]\]\s+)?|\d+\.\s+|>\s?|#{1,6}\s+|!!!.*$|\?\?\?.*$)", re.MULTILINE
)

WORDS_A_MINUTE = {"ka": 130, "en": 180}
"""How fast people read who read with some effort: our estimate, for the reading time that a chapter shows."""


@dataclass(frozen=True)
class Heading:
    """A heading of a page."""

    level: int
    id: str
    words: str
    line: int


@dataclass(frozen=True)
class Part:
    """A section (from one `##` to the next), what stands before the first, or the footnotes."""

    id: str
    line: int
    text: str
    """The text as written; of the top part, the words of the front matter too."""

    def normalised(self) -> str:
        """The text without what a reader does not see: line ends and repeated spaces."""
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Spot:
    """Something found in a page, and where."""

    value: str
    line: int
    column: int = 1
    typed: str = ""
    """As it was typed, where `value` is in a form that all languages share."""


@dataclass(frozen=True)
class Chapter:
    """A page as it was written, in one language."""

    page: str
    language: str
    path: str
    text: str

    @cached_property
    def front(self) -> Parsed:
        """The front matter, with the place of each value."""
        return parse(f"\n{self._head[1]}") if self._head and self._head[1].strip() else Parsed(value={})

    @cached_property
    def _head(self) -> re.Match[str] | None:
        """The front matter between its two lines."""
        return _FRONT.match(self.text)

    @property
    def meta(self) -> Mapping[str, Any]:
        """The values of the front matter."""
        return self.front.value if isinstance(self.front.value, dict) else {}

    @property
    def title(self) -> str:
        """The name of the page."""
        return str(self.meta.get("title", self.page))

    @property
    def front_lines(self) -> int:
        """How many lines the front matter takes, with its two marks."""
        return self._head[0].count("\n") if self._head else 0

    @property
    def untranslated(self) -> bool:
        """Is the page deliberately in its own language only? Its front matter says so: `only: ka`."""
        return bool(self.meta.get("only") == self.language)

    @cached_property
    def body(self) -> str:
        """The Markdown with front matter, code and comments turned to spaces, every line in its place."""
        return without_code(self._blank_front)

    @cached_property
    def _blank_front(self) -> str:
        return _blank(self._head[0]) + self.text[self._head.end() :] if self._head else self.text

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Every heading, in order."""
        lines = self.body.split("\n")
        found = []
        for number, line in enumerate(lines, 1):
            below = lines[number] if number < len(lines) else ""
            if mark := _HEADING.match(line):
                found.append(Heading(len(mark[1]), mark[3] or "", mark[2], number))
            elif line.strip() and not line.startswith(("|", "    ")) and (under := _UNDERLINE.match(below)):
                found.append(Heading(1 if under[1][0] == "=" else 2, "", line.strip(), number))
        return tuple(found)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The page in parts: top, each `##` section, footnotes."""
        lines, notes = self._blank_front.split("\n"), self._note_lines
        starts = [(TOP, 1), *((heading.id, heading.line) for heading in self.headings if heading.level == 2)]
        ends = [line for _, line in starts[1:]] + [len(lines) + 1]
        parts = []
        for (id, first), end in zip(starts, ends, strict=True):
            kept = [lines[number - 1] for number in range(first, end) if number not in notes]
            words = [words for _, words in self.front_words()] if id == TOP else []
            parts.append(Part(id, first, "\n".join([*words, *kept]).strip()))
        if notes:
            parts.append(Part(FOOTNOTES, min(notes), "\n".join(lines[number - 1] for number in sorted(notes))))
        return tuple(parts)

    def front_words(self) -> Iterator[tuple[int, str]]:
        """The words of the front matter, each with its line."""
        for name in ("title", "description", "audience", "in_brief"):
            value = self.meta.get(name)
            for index, words in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(words, str):
                    loc = (name, index) if isinstance(value, list) else (name,)
                    yield self.front.place(loc)[0], words

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The footnotes: id → what it says, and in which lines."""
        found: dict[str, Note] = {}
        current: Note | None = None
        for number, line in enumerate(self.body.split("\n"), 1):
            if mark := NOTE.match(line):
                current = Note(mark[1], [number], [line[mark.end() :]])
                found[mark[1]] = current
            elif current and line.startswith("    "):
                current.lines.append(number)
                current.words.append(line.strip())
            elif line.strip():
                current = None
        return found

    @cached_property
    def _note_lines(self) -> frozenset[int]:
        """The lines of all footnotes."""
        return frozenset(number for note in self.notes.values() for number in note.lines)

    def links(self) -> Iterator[Spot]:
        """The targets of links, those inside footnotes included."""
        for number, line in enumerate(self.body.split("\n"), 1):
            for mark in _LINK.finditer(line):
                yield Spot(mark[2], number, mark.start() + 1)
            for mark in _BARE_LINK.finditer(line):
                yield Spot(mark[1], number, mark.start() + 1)

    def note_marks(self) -> Iterator[Spot]:
        """Where footnotes are referred to."""
        return self._all(_NOTE_MARK, 1)

    def quotes(self) -> Iterator[Spot]:
        """The quotations of data, without spaces that do not count."""
        for spot in self._all(_QUOTE, 0):
            yield Spot("".join(spot.value.split()), spot.line, spot.column, spot.value)

    def terms(self) -> Iterator[Spot]:
        """The glossary's terms that the page marks."""
        for link in self.links():
            if found := _TERM.match(link.value):
                yield Spot(found[1], link.line, link.column)

    def _all(self, pattern: re.Pattern[str], group: int) -> Iterator[Spot]:
        for number, line in enumerate(self.body.split("\n"), 1):
            for mark in pattern.finditer(line):
                yield Spot(mark[group], number, mark.start() + 1)

    @cached_property
    def prose(self) -> str:
        """The words that a reader reads, footnotes too; all else is spaces, every line in its place."""
        return prose(self.body)

    def part_of(self, line: int) -> str:
        """The id of the part in which a line stands."""
        if line in self._note_lines:
            return FOOTNOTES
        before = [heading.id for heading in self.headings if heading.level == 2 and heading.line <= line]
        return before[-1] if before else TOP

    # --- figures -----------------------------------------------------------------------------

    @cached_property
    def word_count(self) -> int:
        """The words of the body, without front matter and footnotes."""
        return len(_WORD.findall(self._without_notes))

    @cached_property
    def _without_notes(self) -> str:
        lines = enumerate(self.prose.split("\n"), 1)
        return "\n".join(line for number, line in lines if number not in self._note_lines)

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes."""
        return max(1, round(self.word_count / WORDS_A_MINUTE.get(self.language, 180)))

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The length of each sentence of running text, in words; headings and tables do not count."""
        lines = [line for line in self._without_notes.split("\n") if not re.match(r"\s*(#|\|)", line)]
        text = "\n".join("\n\n" + line if _MARKS_OF_LINES.match(line) else line for line in lines)
        found = (_WORD.findall(part) for part in _SENTENCE_END.split(_MARKS_OF_LINES.sub(" ", text)))
        return tuple(len(words) for words in found if len(words) > 2)

    @property
    def median_sentence(self) -> int:
        """The length of the middle sentence."""
        lengths = sorted(self.sentences)
        return lengths[len(lengths) // 2] if lengths else 0

    def long_words(self, letters: int = 14) -> int:
        """How many words have more letters than this."""
        return sum(len(word) > letters for word in _WORD.findall(self._without_notes))


@dataclass(frozen=True)
class Note:
    """A footnote."""

    id: str
    lines: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        """What it says, as written."""
        return " ".join(self.words)


def prose(text: str) -> str:
    """The words that a reader reads: link targets, attributes, quotations and tags become spaces."""
    text = _QUOTE.sub(_spaces, text)
    text = _BARE_LINK.sub(_spaces, text)
    text = re.sub(r"(?<=\])\(\s*<?[^)\s>]+>?[^)]*\)", _spaces, text)
    text = re.sub(r"^\[\^[^\]\s]+\]:|\[\^[^\]\s]+\]", _spaces, text, flags=re.MULTILINE)
    for pattern in (_ATTRIBUTES, _TAG):
        text = pattern.sub(_spaces, text)
    return text


def without_code(text: str) -> str:
    """The text with fenced blocks, comments and code between back-quotes turned to spaces, every line in its place."""
    for pattern in (_FENCED, _COMMENT, _CODE):
        text = pattern.sub(lambda found: _blank(found[0]), text)
    return text


def _blank(text: str) -> str:
    return re.sub("[^\n]", " ", text)


def _spaces(found: re.Match[str]) -> str:
    return _blank(found[0])


@dataclass(frozen=True)
class Chapters:
    """All pages that people wrote, in every language, and the order in which the guideline is read."""

    by_language: Mapping[str, Mapping[str, Chapter]]
    order: tuple[str, ...]
    """The pages of the guideline's chapters: "guideline/why", …"""

    def get(self, page: str, language: str) -> Chapter | None:
        """The page in a language, if it is written."""
        return self.by_language.get(language, {}).get(page)

    def all(self) -> Iterator[Chapter]:
        """Every page of every language."""
        for pages in self.by_language.values():
            yield from pages.values()

    def pages(self) -> list[str]:
        """The pages that are written in some language, sorted."""
        return sorted({page for pages in self.by_language.values() for page in pages})

    @staticmethod
    def id_of(page: str) -> str:
        """The chapter's own name, by which its worksheet is known: "guideline/why" → "why"."""
        return page.rsplit("/", 1)[-1]

    def number(self, page: str) -> int:
        """Which chapter of the guideline it is, from 1; 0 for other pages."""
        return self.order.index(page) + 1 if page in self.order else 0
