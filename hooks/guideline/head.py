"""What stands in the head of a page for search engines and for those who share it: words, a picture, facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from . import linked_data
from .cards import Place, render
from .linked_data import Thing
from .pictures import SIZE

LOCALES = {"ka": "ka_GE", "en": "en_GB", "az": "az_AZ", "hy": "hy_AM"}
"""The country whose way of writing a language the site follows."""
_CRUMBS, _H1_END = 'class="gz-crumbs"', "</h1>"
_UNSAFE = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
"""What could end or open something in a script element; in JSON the escape means the same."""


@dataclass(frozen=True)
class Head:
    """All that the head says of one page."""

    title: str
    description: str
    language: str
    """The language of the page's words."""
    url: str = ""
    """Its one absolute address; empty where it has none (the page for wrong addresses)."""
    kind: str = "article"
    picture: str = ""
    """The absolute address of its picture."""
    picture_words: str = ""
    others: Sequence[str] = ()
    """Further languages that have the page in their own words."""
    indexed: bool = True
    things: Sequence[Thing] = ()


def head_html(head: Head, site_name: str) -> Markup:
    """The elements of the head, with every word escaped."""
    return Markup(
        render(
            "head.html.j2",
            Place(head.language, ""),
            head=head,
            site_name=site_name,
            width=SIZE[0],
            height=SIZE[1],
            locale=locale(head.language),
            others=[locale(language) for language in head.others],
            data=script_json(linked_data.block(head.things)) if head.things else "",
        )
    )


def locale(language: str) -> str:
    """The language with its country, as Open Graph writes it."""
    return LOCALES.get(language, language)


def script_json(value: Thing) -> Markup:
    """JSON that may stand in a script element: nothing in it can end the element or open another."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))


def trail(html: str, url: str) -> list[tuple[str, str]]:
    """The way that the body of a page shows (its crumbs) with the page itself at the end; empty where it shows none.

    Addresses are absolute; links of the body are relative to `url`, the address of the page.
    """
    if _CRUMBS not in html:
        return []
    tree = LexborHTMLParser(html.partition(_H1_END)[0])
    crumbs = [(node.attributes.get("href") or "", node.text(strip=True)) for node in tree.css("nav.gz-crumbs a")]
    heading = tree.css_first("h1")
    return [
        *((urljoin(url, link), name) for link, name in crumbs),
        (url, " ".join(heading.text().split()) if heading else ""),
    ]
