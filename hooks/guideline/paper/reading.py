"""Pages of the built site → bodies for Typst: HTML through pandoc, with `reading.lua` in between.

All pages of a language go through one run of pandoc, whose start takes longer than a page. What came out is kept
by content, so that only pages that changed go through it again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
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
        ".gz-answers",
        "svg desc",
    )
)
"""What a page has for screens only, or paper says in its own way."""
_FILTER = TEMPLATES / "reading.lua"
_PAGE = re.compile(r"^//gz-page (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Body:
    """A page as Typst markup, and its drawings: SVG with the words for those who do not see it."""

    markup: str
    drawings: tuple[tuple[str, str], ...]


def bodies(pages: Mapping[str, str], kept: Path | None = None) -> dict[str, Body]:
    """Each page's HTML as a body, by the same name; `kept` is the file that remembers what came out before."""
    cleaned = {name: _cleaned(html) for name, html in pages.items()}
    marks = {name: _mark(name, html) for name, (html, _) in cleaned.items()}
    before = _remembered(kept)
    new = [name for name in pages if marks[name] not in before]
    made = _converted({name: cleaned[name][0] for name in new})
    markup = {name: made[name] if name in made else before[marks[name]] for name in pages}
    if kept and new:
        _remember(kept, ((marks[name], markup[name]) for name in pages))
    return {name: Body(markup[name], cleaned[name][1]) for name in pages}


def _converted(pages: Mapping[str, str]) -> dict[str, str]:
    """Cleaned HTML → Typst, by name."""
    if not pages:
        return {}
    whole = "".join(f'<div id="{name}">{html}</div>' for name, html in pages.items())
    options = ["--wrap=none", f"--lua-filter={_FILTER}"]
    _, *parts = _PAGE.split(pypandoc.convert_text(whole, "typst-smart", format="html+native_divs", extra_args=options))
    return {name: markup.strip() for name, markup in zip(parts[::2], parts[1::2], strict=True)}


def _mark(name: str, html: str) -> str:
    """A hash of all that shapes the markup of a page."""
    parts = (pypandoc.get_pandoc_version().encode(), _FILTER.read_bytes(), name.encode(), html.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _remembered(kept: Path | None) -> dict[str, str]:
    try:
        found = json.loads(kept.read_text(encoding="utf-8")) if kept else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(kept: Path, markup: Iterable[tuple[str, str]]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_name(f".{kept.name}.new")
    beside.write_text(json.dumps(dict(markup), ensure_ascii=False, sort_keys=True), encoding="utf-8")
    beside.replace(kept)


def article(page: Path) -> str:
    """The words of a built page: what stands in its article."""
    return _inner(LexborHTMLParser(page.read_text(encoding="utf-8")).css_first("article.md-content__inner"))


def answers(page: Path) -> str:
    """The answers for trainers of a worksheet, without their heading; empty where it has none."""
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    for summary in tree.css(".gz-answers summary"):
        summary.decompose()
    return _inner(tree.css_first(".gz-answers"))


def _inner(node: LexborNode | None) -> str:
    return node.inner_html or "" if node else ""


def _cleaned(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """HTML that pandoc understands, and the drawings that stood in it."""
    apart = html.replace("</sup><sup", '</sup><span class="gz-apart"></span><sup')  # pandoc would make one of two
    tree = LexborHTMLParser(f"<main>{apart}</main>")
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    for node in tree.css(".gz-head__facts span + span"):
        node.insert_before("· ")
    drawings = []
    for number, svg in enumerate(tree.css("svg")):
        title = svg.css_first("title")
        drawings.append((_dressed(svg.html or ""), title.text() if title else ""))
        svg.replace_with(_parsed(f'<img src="gz:{number}" alt="">'))
    for sheet in tree.css("article.gz-sheet"):
        _with_head(sheet)
    for node in reversed(tree.css("article, details, ul.gz-check, ul.task-list, dl.gz-sheet__facts")):
        _as_div(node)  # what stands inside comes first: what is replaced takes its content along
    for node in tree.css("[id]"):
        del node.attrs["id"]
    return _inner(tree.css_first("main")), tuple(drawings)


def _with_head(sheet: LexborNode) -> None:
    """The title of a sheet and what follows it up to the first step stand together, beside the code."""
    parts = sheet.css("h1, h1 + p:not(.gz-lead), .gz-proposed, .gz-lead, .gz-sheet__facts")
    head = "".join(part.html or "" for part in parts)
    for part in parts[1:]:
        part.decompose()
    parts[0].replace_with(_parsed(f'<div class="gz-sheet-head">{head}</div>'))


def _dressed(svg: str) -> str:
    """The drawing with the colours of paper, which on a page come from the style sheet."""
    start, end, rest = svg.replace("&nbsp;", "\N{NO-BREAK SPACE}").partition(">")  # XML does not know the name
    return f"{start}{end}<style>{_colours()}</style>{rest}"


@cache
def _colours() -> str:
    return (TEMPLATES / "figures.css").read_text(encoding="utf-8")


def _as_div(node: LexborNode) -> None:
    """The same content in a `div`, whose classes pandoc keeps."""
    classes = node.attributes.get("class") or ""
    inner = node.html or ""
    if node.tag == "ul":
        classes, inner = classes.replace("task-list", "gz-check"), re.sub(r"<input[^>]*>", "", inner)
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
