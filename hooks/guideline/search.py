"""What the search of one language knows: each page as a name, a few words to show, and words that lead to it.

The reader's browser builds the index from this (docs/assets/javascripts/search/), so that there is one
stemmer and not two that must agree. It is kept lean, since people load it over a weak signal: no markup,
words that many entries share are stored once, and of a card's text only what sets it apart.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

PLACE, CARD, LIST, CHAPTER, SHEET = 1.4, 1.0, 0.9, 0.6, 0.3
"""How much an entry counts beside others that fit as well: a municipality asked for by name, cards, lists, chapters."""
COMMON = 0.3
"""Words that stand on more than this share of the cards tell none of them apart."""
FEW = 3
"""So many cards may share a word in any copy, however small."""
QUOTED = "quote-"
"""What the ids of a quotation begin with."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEFT_OUT = ("svg", "script", "style", "template", "sup")
"""What no reader reads: pictures, scripts, and the numbers of footnotes."""
_VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found."""

    address: str
    """Where it stands on the site, with an anchor for a section of a page."""
    title: str
    text: str = ""
    """What a result shows below its title; searched too."""
    leads: tuple[str, ...] = ()
    """Names and everyday words of its type, group or place: they lead to it and count more than its text."""
    more: str = ""
    """Further words that lead to it and are not shown."""
    weight: float = CARD


def to_json(entries: Iterable[Entry]) -> str:
    """The entries as the worker reads them: words that entries share stand once, in `shared`."""
    shared: dict[str, int] = {}
    rows = [
        [
            entry.address,
            entry.title,
            entry.text,
            [shared.setdefault(words, len(shared)) for words in entry.leads],
            entry.more,
            entry.weight,
        ]
        for entry in entries
    ]
    return json.dumps({"shared": list(shared), "entries": rows}, ensure_ascii=False, separators=(",", ":")) + "\n"


def telling(texts: Sequence[str], said: Sequence[str]) -> list[str]:
    """Of each text the words that few others have and that `said`, shown anyway, does not; each once."""
    words = [dict.fromkeys(_WORD.findall(text)) for text in texts]
    count = Counter(word for some in words for word in some)
    most = max(FEW, COMMON * len(texts))
    shown = [set(_WORD.findall(text)) for text in said]
    return [
        " ".join(word for word in some if count[word] <= most and word not in known)
        for some, known in zip(words, shown, strict=True)
    ]


def sections(address: str, title: str, html: str, weight: float) -> Iterator[Entry]:
    """A page by its headings that have an id: first what stands under its title, then each section.

    Sections without words, and those of a quotation, which has its own page, are left out.
    """
    reader = _Sections()
    reader.feed(html)
    for id, heading, text in reader.found:
        if not id:
            yield Entry(address, title, text, weight=weight)
        elif text and not id.startswith(QUOTED):
            yield Entry(f"{address}#{id}", heading or title, text, weight=weight)


class _Sections(HTMLParser):
    """Divides a page at headings and at defined terms that have an id; the title's own (h1) begins nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool, str]] = []
        """The elements around: name, whether their words are left out, id."""
        self._parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._heading = ""

    @property
    def found(self) -> Iterator[tuple[str, str, str]]:
        """Id, heading and text of every section; the page itself first, with neither."""
        for id, heading, text in self._parts:
            yield id, _plain(heading), _plain(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._add(" ")
            return
        given = dict(attrs)
        footnotes = given.get("class") == "footnote"
        hidden = self._hidden or "data-search-exclude" in given or tag in _LEFT_OUT or footnotes
        id = given.get("id") or (self._open[-1][2] if self._open and tag == "dt" else "")
        self._open.append((tag, hidden, given.get("id") or ""))
        if not hidden and (tag in _HEADINGS or (tag == "dt" and id)):
            self._heading = tag
            if tag != "h1" and id:
                self._parts.append((id, [], []))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == opened for opened, *_ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == self._heading:
            self._heading = ""
        self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, words: str) -> None:
        if not self._hidden and self._heading != "h1":
            _, heading, text = self._parts[-1]
            (heading if self._heading else text).append(words)

    @property
    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def _plain(words: list[str]) -> str:
    """Words without the breaks of the mark-up, and without a space before a stop."""
    return re.sub(r" +(?=[.,;:!?)»“])", "", " ".join("".join(words).split()))
