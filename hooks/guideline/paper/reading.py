"""Pages of the built site → bodies for Typst: HTML through pandoc, with `reading.lua` in between.

All pages of a language go through one run of pandoc, whose start takes longer than a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypandoc
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .press import TEMPLATES

_LEFT_OUT = ", ".join(
    (
        "nav",
        "script",
        "template",
        "button",
        "[role=tooltip]",
        ".gz-crumbs",
        ".gz-fallback",
        ".gz-head__sheet",
        ".gz-screen",
        ".gz-actions",
        ".gz-figure__text",
        ".gz-report",
        ".headerlink",
        ".footnote-backref",
        "svg desc",
    )
)
"""What a page has for screens only, or paper says in its own way."""
_PAGE = re.compile(r"^//gz-page (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Body:
    """A page as Typst markup, and its drawings: SVG with the words for those who do not see it."""

    markup: str
    drawings: tuple[tuple[str, str], ...]


def bodies(pages: Mapping[str, str]) -> dict[str, Body]:
    """Each page's HTML as a body, by the same name."""
    cleaned = {name: _cleaned(html) for name, html in pages.items()}
    whole = "".join(f'<div id="{name}">{html}</div>' for name, (html, _) in cleaned.items())
    filter_ = f"--lua-filter={TEMPLATES / 'reading.lua'}"
    made = pypandoc.convert_text(whole, "typst", format="html+native_divs", extra_args=["--wrap=none", filter_])
    _, *parts = _PAGE.split(made)
    return {name: Body(markup.strip(), cleaned[name][1]) for name, markup in zip(parts[::2], parts[1::2], strict=True)}


def article(page: Path) -> str:
    """The words of a built page: what stands in its article."""
    found = LexborHTMLParser(page.read_text(encoding="utf-8")).css_first("article.md-content__inner")
    return found.inner_html or "" if found else ""


def _cleaned(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """HTML that pandoc understands, and the drawings that stood in it."""
    tree = LexborHTMLParser(f"<main>{html}</main>")
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    drawings = []
    for number, svg in enumerate(tree.css("svg")):
        title = svg.css_first("title")
        drawings.append((_dressed(svg.html or ""), title.text() if title else ""))
        svg.replace_with(_parsed(f'<img src="gz:{number}" alt="">'))
    for node in tree.css("article, details, ul.gz-check, ul.task-list, dl.gz-sheet__facts"):
        _as_div(node)
    found = tree.css_first("main")
    return (found.inner_html or "" if found else ""), tuple(drawings)


def _dressed(svg: str) -> str:
    """The drawing with the colours of paper, which on a page come from the style sheet."""
    start, end, rest = svg.partition(">")
    return f"{start}{end}<style>{_colours()}</style>{rest}"


@cache
def _colours() -> str:
    return (TEMPLATES / "figures.css").read_text(encoding="utf-8")


def _as_div(node: LexborNode) -> None:
    """The same content in a `div`, whose classes pandoc keeps."""
    classes = node.attributes.get("class") or ""
    inner = node.html or ""
    if node.tag == "ul":
        classes, inner = "gz-check", re.sub(r"<input[^>]*>", "", inner)
    elif node.tag == "details":
        classes, inner = f"gz-details {classes}", _summarised(node)
    elif node.tag == "article":
        inner = node.inner_html or ""
    node.replace_with(_parsed(f'<div class="{classes}">{inner}</div>'))


def _summarised(details: LexborNode) -> str:
    inner = details.inner_html or ""
    return inner.replace("<summary>", "<p><strong>", 1).replace("</summary>", "</strong></p>", 1)


def _parsed(html: str) -> LexborNode:
    found = LexborHTMLParser(html).css_first("body > *")
    assert found is not None
    return found
