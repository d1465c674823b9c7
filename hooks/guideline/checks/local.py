"""The municipality's own words: their form is that of chapters, and they stand where a reader will find them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ..chapters import Chapter, Chapters
from ..collection import ID
from ..local import BOXES, FOLDER, PAGES, Local
from ..model import SOURCE_LANGUAGES, Collection
from ..problems import Problem, particulars
from ..reading import nearest
from .chapters import one_page

FROM_DATA = (
    "programs/",
    "worksheets/",
    "annexes/",
    "guideline/standards/",
    "training/",
    "glossary",
    "for-me",
    "offline",
)
"""What the addresses of pages made from data begin with: whether they exist is seen on the built site."""
_PAGE_LINK = re.compile(r"([^:#?]+)\.md(#.*)?")


def check(local: Local, chapters: Chapters, collection: Collection) -> Iterator[Problem]:
    """Everything that is wrong with the municipality's own words."""
    pages = set(chapters.pages())
    known = pages | {f"{FOLDER}/{name}" for name in local.pages.pages()}
    for folder, some, place in ((BOXES, local.boxes, ""), (PAGES, local.pages, f"{FOLDER}/")):
        for chapter in some.all():
            yield from one_page(chapter, collection)
            yield from _links(chapter, place + chapter.page, known)
        yield from _sources(folder, some)
    for box in local.boxes.all():
        yield from _box(box, pages)
    for page in local.pages.all():
        yield from _page(page)


def _sources(folder: str, some: Chapters) -> Iterator[Problem]:
    """What stands in another language stands in Georgian too."""
    source, *others = SOURCE_LANGUAGES
    for language in others:
        for page in some.pages():
            found = some.get(page, language)
            if found and not some.get(page, source):
                about = particulars({"value": f"{FOLDER}/{source}/{folder}/{page}.md"})
                yield Problem(found.path, 1, 1, "", "page-without-source", about)


def _box(box: Chapter, pages: set[str]) -> Iterator[Problem]:
    """A box stands at the end of a chapter that exists, below a heading that is made."""
    if box.page not in pages:
        about = particulars({"value": box.page, "near": nearest(box.page, pages) or "guideline/why"})
        yield Problem(box.path, 1, 1, "", "box-without-chapter", about)
    for heading in box.headings:
        if heading.level == 1:
            yield Problem(box.path, heading.line, 1, "", "box-title", particulars({"value": heading.words}))


def _page(page: Chapter) -> Iterator[Problem]:
    """A page has a name that can be an address, a title and a sentence that tells what it is about."""
    if not ID.fullmatch(page.page):
        yield Problem(page.path, 1, 1, "", "id-of-table", particulars({"value": page.page}))
    for name in ("title", "description"):
        if not isinstance(page.meta.get(name), str) or not str(page.meta[name]).strip():
            yield Problem(page.path, 1, 1, "", "missing-field", particulars({"field": name}))


def _links(chapter: Chapter, place: str, known: set[str]) -> Iterator[Problem]:
    """A link to another page names one that exists; it starts from the page on which the words will stand."""
    for link in chapter.links():
        found = _PAGE_LINK.fullmatch(link.value)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), found[1])) if found else ""
        if target and target not in known and not target.startswith(FROM_DATA):
            near = nearest(target, known)
            shown = posixpath.relpath(near, posixpath.dirname(place) or ".") if near else "index"
            about = particulars({"value": link.value, "near": f"{shown}.md"})
            yield Problem(chapter.path, link.line, link.column, "", "local-link", about)


def remarks(local: Local) -> Iterator[Problem]:
    """Both languages are wanted; until the other is there, its readers see the Georgian."""
    source, *others = SOURCE_LANGUAGES
    for folder, some in ((BOXES, local.boxes), (PAGES, local.pages)):
        for language in others:
            for page in some.pages():
                original = some.get(page, source)
                if original and not some.get(page, language) and not original.untranslated:
                    about = particulars({"value": f"{FOLDER}/{language}/{folder}/{page}.md"})
                    yield Problem(original.path, 1, 1, "", "local-untranslated", about)
