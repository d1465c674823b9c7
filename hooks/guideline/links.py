"""The built site → links that lead nowhere, anchors that are missing, ids that stand twice.

MkDocs checks the links of Markdown; those of cards and of the theme are checked here, on the pages as
readers get them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from .problems import Problem, particulars

_ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src"}


@dataclass(frozen=True)
class PageLinks:
    """What a page links to, and where it can be linked to."""

    path: str
    ids: Counter[str]
    links: tuple[str, ...]


def broken_links(site: Path, site_url: str) -> Iterator[Problem]:
    """Every fault of the site's own links; links to other sites are not followed."""
    pages = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    read = {name: _read(name, path.read_text(encoding="utf-8")) for name, path in pages.items()}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page in read.items():
        for id, count in page.ids.items():
            if count > 1:
                yield _problem(site, pages[name], f'id="{id}"', "repeated-anchor", id)
        for link in dict.fromkeys(page.links):
            code = _fault(link, name, site_url, files, read)
            if code:
                yield _problem(site, pages[name], link, code, link)


def _read(name: str, html: str) -> PageLinks:
    tree = LexborHTMLParser(html)
    ids = Counter(node.attributes["id"] or "" for node in tree.css("[id]"))
    links = [
        node.attributes.get(attribute)
        for tag, attribute in _ATTRIBUTES.items()
        for node in tree.css(f"{tag}[{attribute}]")
    ]
    return PageLinks(name, ids, tuple(link for link in links if link))


def _fault(link: str, page: str, site_url: str, files: set[str], pages: dict[str, PageLinks]) -> str:
    parts = urlsplit(link)
    root = urlsplit(site_url).path or "/"
    if link.startswith(site_url):
        path = joined("", unquote(parts.path.removeprefix(root)))
    elif parts.scheme or parts.netloc:
        return ""
    elif parts.path.startswith("/"):
        if not parts.path.startswith(root):
            return "broken-link"
        path = joined("", unquote(parts.path.removeprefix(root)))
    else:
        path = joined(page, unquote(parts.path))
    target = _file(path, files)
    if target is None:
        return "broken-link"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "broken-anchor"
    return ""


def joined(page: str, path: str) -> str:
    """The path from the site's root that a link on `page` means; a link above the root leads nowhere."""
    if not path:
        return page
    parts = page.split("/")[:-1]
    for part in path.split("/"):
        if part == ".." and not parts:
            return "\0"
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _file(path: str, files: set[str]) -> str | None:
    """The file that a server would give for a path."""
    folder = path.rstrip("/")
    index = f"{folder}/index.html" if folder else "index.html"
    return next((name for name in (path, index) if name in files), None)


def _problem(site: Path, path: Path, sought: str, code: str, value: str) -> Problem:
    before = path.read_text(encoding="utf-8").partition(sought)[0]
    shown = f"{site.name.lstrip('.').removesuffix('.new')}/{path.relative_to(site).as_posix()}"
    line = before.count("\n") + 1
    return Problem(shown, line, len(before) - before.rfind("\n"), "", code, particulars({"value": value}))
