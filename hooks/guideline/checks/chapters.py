"""Pages that people write: their form, what they refer to, and whether both languages say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from .. import parity, quoting
from ..chapters import FOOTNOTES, NOTE, TOP, Chapter, Chapters
from ..local import HERE
from ..model import SOURCE_LANGUAGES, Collection
from ..problems import Problem, particulars
from ..proofreading import hidden_characters, private_numbers
from ..reading import nearest

SENTENCES_IN_BRIEF = 3
"""The sentences that say the point of a chapter (front matter `in_brief`)."""


def check(chapters: Chapters, collection: Collection) -> Iterator[Problem]:
    """Everything that is wrong with the pages, so that they may not be published."""
    for chapter in chapters.all():
        yield from one_page(chapter, collection)
    for page in chapters.order:
        for language in collection.languages:
            yield from _front(chapters.get(page, language))
        if not chapters.get(page, SOURCE_LANGUAGES[0]):
            about = particulars({"value": f"docs/{SOURCE_LANGUAGES[0]}/{page}.md"})
            yield Problem("config/base.yml", 1, 1, "", "page-without-source", about)
    yield from _pairs(chapters, collection.languages)
    yield from _worksheets(chapters, collection)


def one_page(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    """What is wrong with one page, whatever the others say."""
    for one in _ONE:
        yield from one(chapter, collection)


def _quotes(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    return quoting.check(chapter.text, chapter.path, collection)


def _form_of_front(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    for (line, column), code, about in chapter.front.faults:
        yield Problem(chapter.path, line, column, "", code, particulars(about))


def _sound(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    """Nothing hidden, nobody's number."""
    for number, line in enumerate(chapter.text.splitlines(), 1):
        for code, about in (*private_numbers(line), *hidden_characters(line)):
            yield Problem(chapter.path, number, 1, "", code, particulars(about))


def _ids(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    """Every heading below the title has an id of its own, so that links to it last and languages can be compared."""
    seen: set[str] = set()
    for heading in chapter.headings:
        if heading.level > 1 and not heading.id:
            yield Problem(
                chapter.path, heading.line, 1, "", "heading-without-id", particulars({"value": heading.words})
            )
        elif heading.id in seen or heading.id in (TOP, FOOTNOTES, HERE):
            yield Problem(chapter.path, heading.line, 1, "", "heading-twice", particulars({"value": heading.id}))
        seen.update([heading.id] if heading.id else [])


def _notes(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    """Every footnote is defined, and every definition is referred to."""
    used = {mark.value for mark in chapter.note_marks()}
    for mark in chapter.note_marks():
        if mark.value not in chapter.notes:
            yield Problem(
                chapter.path, mark.line, mark.column, "", "footnote-undefined", particulars({"value": mark.value})
            )
    seen: set[str] = set()
    for number, line in enumerate(chapter.body.split("\n"), 1):
        if found := NOTE.match(line):
            if found[1] in seen:
                yield Problem(chapter.path, number, 1, "", "footnote-twice", particulars({"value": found[1]}))
            seen.add(found[1])
    for note in chapter.notes.values():
        if note.id not in used:
            yield Problem(chapter.path, note.lines[0], 1, "", "footnote-unused", particulars({"value": note.id}))


def _terms(chapter: Chapter, collection: Collection) -> Iterator[Problem]:
    """A marked term stands in the glossary."""
    for term in chapter.terms():
        if term.value not in collection.glossary:
            near = nearest(term.value, collection.glossary)
            code = "unknown-term-near" if near else "unknown-term"
            about = particulars({"value": term.value, "near": near})
            yield Problem(chapter.path, term.line, term.column, "", code, about)


_ONE: tuple[Callable[[Chapter, Collection], Iterable[Problem]], ...] = (
    _form_of_front,
    _quotes,
    _sound,
    _ids,
    _notes,
    _terms,
)


def _front(chapter: Chapter | None) -> Iterator[Problem]:
    """A chapter of the guideline says for whom it is, and its point in three sentences."""
    if chapter is None:
        return
    for name in ("title", "description", "audience"):
        if not isinstance(chapter.meta.get(name), str) or not str(chapter.meta[name]).strip():
            yield Problem(chapter.path, 1, 1, "", "missing-field", particulars({"field": name}))
    brief = chapter.meta.get("in_brief")
    sound = isinstance(brief, list) and all(isinstance(one, str) and one.strip() for one in brief)
    if not sound or len(brief or ()) != SENTENCES_IN_BRIEF:
        line, column = chapter.front.key_place(("in_brief",))
        yield Problem(chapter.path, line, column, "", "in-brief", particulars({"count": SENTENCES_IN_BRIEF}))


def _pairs(chapters: Chapters, languages: Sequence[str]) -> Iterator[Problem]:
    """A translation says what its original says; only a further language may lack a page."""
    source, *others = languages
    for language in others:
        for page in chapters.pages():
            original, translation = chapters.get(page, source), chapters.get(page, language)
            if original and translation:
                yield from parity.differences(original, translation)
            elif original and not original.untranslated and language in SOURCE_LANGUAGES:
                about = particulars({"value": f"docs/{language}/{page}.md"})
                yield Problem(original.path, 1, 1, "", "page-not-translated", about)
            elif translation:
                about = particulars({"value": f"docs/{source}/{page}.md"})
                yield Problem(translation.path, 1, 1, "", "page-without-source", about)


def _worksheets(chapters: Chapters, collection: Collection) -> Iterator[Problem]:
    """Every chapter has a worksheet, and every worksheet a chapter."""
    ids = [chapters.id_of(page) for page in chapters.order]
    for page, id in zip(chapters.order, ids, strict=True):
        chapter = chapters.get(page, SOURCE_LANGUAGES[0])
        if chapter and id not in collection.worksheets:
            yield Problem(chapter.path, 1, 1, "", "chapter-without-worksheet", particulars({"value": id}))
    for id in collection.worksheets:
        if chapters.order and id not in ids:
            about = particulars({"value": id, "near": nearest(id, ids)})
            yield Problem("data/worksheets.yaml", 1, 1, id, "worksheet-without-chapter", about)
