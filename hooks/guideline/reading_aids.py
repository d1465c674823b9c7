"""What a chapter's HTML gets so that it reads well: definitions of marked terms, tables that a phone can show."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import count
from urllib.parse import unquote

from markupsafe import escape

_TERM = re.compile(r'<a href="term:([^"]+)">(.*?)</a>', re.DOTALL)
_TITLE_END = "</h1>"
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_BACK = re.compile(r'title="Jump back to footnote (\d+) in the text"')
_ENCODED = re.compile(r">(https?://[^<\s]*%[0-9A-Fa-f]{2}[^<\s]*)</a>")
_AWAY = re.compile(r'<a href="(https?://[^"]+)"([^>]*)>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def has_terms(html: str) -> bool:
    """Does the page mark a term of the glossary?"""
    return bool(_TERM.search(html))


def with_terms(html: str, term: Callable[[str, str, int], str]) -> str:
    """Each `[words](term:id)` replaced by `term(id, words, number on the page)`."""
    numbers = count(1)
    return _TERM.sub(lambda found: term(found[1], found[2], next(numbers)), html)


def with_head(html: str, head: str) -> str:
    """The page with `head` below its title."""
    before, end, after = html.partition(_TITLE_END)
    return f"{before}{end}\n{head}{after}" if end else head + html


def with_labelled_tables(html: str) -> str:
    """Tables of Markdown in the frame of the site's tables; each cell bears the name of its column.

    On a phone a row becomes a list. Tables that carry a class of their own stay as they are.
    """
    return _TABLE.sub(lambda found: f'<div class="gz-table">{_labelled(found[0])}</div>', html)


def _labelled(table: str) -> str:
    names = [_TAG.sub("", name).strip().replace('"', "&quot;") for name in _HEAD.findall(table)]

    def row(found: re.Match[str]) -> str:
        cells = iter(names)
        return "<tr>" + re.sub("<td>", lambda _: f'<td data-label="{next(cells, "")}">', found[1]) + "</tr>"

    scoped = table.replace("<th>", '<th scope="col">')
    return _ROW.sub(row, scoped)


def with_plain_notes(html: str, back: Callable[[str], str]) -> str:
    """Footnotes whose way back is named in the page's language, and whose addresses can be read.

    An address of percent-encoded Georgian is 22 lines on a phone, and a screen reader spells it.
    """
    named = _BACK.sub(lambda found: f'title="{escape(back(found[1]))}" aria-label="{escape(back(found[1]))}"', html)
    return _ENCODED.sub(lambda found: f">{escape(unquote(found[1]))}</a>", named)


def boxes_as_pictures(html: str) -> str:
    """Boxes of check lists are pictures of boxes: nothing that a screen reader must stop at."""
    return html.replace('<input type="checkbox" disabled', '<input type="checkbox" aria-hidden="true" disabled')


def with_addresses(html: str) -> str:
    """Links whose words do not say the whole address carry it as people read it, for paper."""
    return _AWAY.sub(_addressed, html)


def _addressed(found: re.Match[str]) -> str:
    address, rest, words = found.groups()
    readable = unquote(unescape(address))
    if readable.partition("://")[2].removeprefix("www.").rstrip("/") in unescape(_TAG.sub("", words)):
        return found[0]
    return f'<a href="{address}" data-gz-address="{escape(readable)}"{rest}>{words}</a>'
