"""Words that a further language borrows from Georgian → marked so that readers see and screen readers speak it right.

`model.borrowed` puts private signs around such words wherever they come from. In the text of a page they become a
`span` with the language of the words; where no element may stand (titles, attributes, data for scripts, paper) they go.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from .model import BORROWED, GIVEN_BACK, SOURCE_LANGUAGES

R = TypeVar("R", bound=Any)

CLASS = "gz-borrowed"
ROOM_FOR_NOTICE = "<!-- borrowed -->"
"""Where a page in a further language says that some of its words stand in Georgian."""
_SIGN = re.compile(f"[{BORROWED}{GIVEN_BACK}]")
_TOKEN = re.compile(
    r"<!--.*?-->|<(script|style|title|textarea|option|svg)\b[^>]*>.*?</\1>|</?([a-zA-Z][\w-]*)[^>]*>", re.DOTALL
)
"""Comments, elements that hold no elements (or only those of pictures), tags."""
_INLINE = frozenset(
    re.findall(r"\w+", "a abbr b bdi cite code data dfn em i kbd mark q s small span strong sub sup time u wbr")
)
_OPEN, _CLOSE = f'<span class="{CLASS}" lang="{SOURCE_LANGUAGES[0]}">', f"</span{GIVEN_BACK}>"
"""Around words on a page; the end is told apart from that of other elements until neighbours are joined."""


def plain(text: str) -> str:
    """The text without the marks."""
    return _SIGN.sub("", text) if BORROWED in text else text


def has_borrowed(text: str) -> bool:
    """Does the text have words that stand in Georgian for want of others?"""
    return BORROWED in text


def in_article(html: str) -> bool:
    """Has the body of a page borrowed words, not only its frame?"""
    return BORROWED in html.partition("<article")[2].partition("</article>")[0]


def without_marks(record: R) -> R:
    """A record of texts with the marks taken out of each."""
    found = {one.name: getattr(record, one.name) for one in fields(record)}
    return replace(record, **{name: plain(value) for name, value in found.items() if isinstance(value, str)})


def marked(html: str) -> str:
    """A page on which borrowed words say their language; nothing else of it changes."""
    if BORROWED not in html:
        return html
    made, depth, last = [], 0, 0
    for token in _TOKEN.finditer(html):
        words, depth = _words(html[last : token.start()], depth)
        made += [words, plain(token[0])]
        if token[2] and token[2].lower() not in _INLINE:
            depth = 0
        last = token.end()
    whole = "".join([*made, _words(html[last:], depth)[0]])
    return whole.replace(f"{_CLOSE}{_OPEN}", "").replace(_CLOSE, "</span>")


def _words(text: str, depth: int) -> tuple[str, int]:
    """A stretch of text with its borrowed words in elements of their own, and how deep marks are nested at its end."""
    if not depth and BORROWED not in text:
        return plain(text), 0
    made = []
    for part in re.split(f"([{BORROWED}{GIVEN_BACK}])", text):
        if part == BORROWED:
            depth += 1
        elif part == GIVEN_BACK:
            depth = max(0, depth - 1)
        elif part:
            made.append(f"{_OPEN}{part}{_CLOSE}" if depth and re.search(r"[^\W\d_]", part) else part)
    return "".join(made), depth
