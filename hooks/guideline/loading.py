"""A page as text → which files of the site a browser loads with it, before the reader does anything.

What the worker keeps for a page and what a first view weighs are two uses of the same list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from .links import joined

_LOADED = re.compile(
    r'<link\b(?=[^>]*\brel="?(?:stylesheet|icon|manifest|preload|modulepreload)\b)[^>]*?\bhref="([^"]+)"'
    r'|<(?:script|img)\b[^>]*?\bsrc="([^"]+)"'
)
_IN_STYLES = re.compile(r'url\(\s*["\']?([^"\')]+?)["\']?\s*\)')
_WHEN_NEEDED = re.compile(r"@font-face\s*\{[^}]*unicode-range[^}]*\}")
"""A font for a few characters is fetched only by pages that hold one of them."""
_AT_ONCE = re.compile(r'\b(?:import|from)\s*["\'](\.{1,2}/[^"\']+)["\']')
_LATER = re.compile(r'\b(?:import|new URL)\(\s*["\']([^"\':]+\.js)["\']')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def named_by_page(html: str, page: str) -> list[str]:
    """The addresses that the page at `page` names for loading, from the site's root, with what follows "?"."""
    found = (unescape(link or script) for link, script in _LOADED.findall(html))
    return list(dict.fromkeys(joined(page, link) for link in found if not _SCHEME.match(link)))


def named_by_file(text: str, address: str, later: bool = False) -> Iterator[str]:
    """The addresses that a style sheet (fonts, pictures) or a script (its modules) names.

    With `later`, also what only some pages or readers need: fonts for rare characters, and modules that a
    script fetches when the reader turns to what they do.
    """
    if not later:
        text = _WHEN_NEEDED.sub("", text)
    kind = address.rpartition(".")[2]
    patterns = {"css": [_IN_STYLES], "js": [_AT_ONCE, _LATER] if later else [_AT_ONCE]}.get(kind, [])
    for pattern in patterns:
        yield from (joined(address, link) for link in pattern.findall(text) if not _SCHEME.match(link))


def all_of(named: Iterable[str], read: Callable[[str], str | None], later: bool = False) -> list[str]:
    """The named files and what they in turn name; `read` gives the text at an address, None where there is no file."""
    found: dict[str, None] = {}
    waiting = list(named)
    while waiting:
        address = waiting.pop(0)
        text = None if address in found else read(address)
        if text is not None:
            found[address] = None
            waiting += named_by_file(text, path_of(address), later)
    return list(found)


def path_of(address: str) -> str:
    """The file at an address: without the version that follows "?"."""
    return address.partition("?")[0].partition("#")[0]
