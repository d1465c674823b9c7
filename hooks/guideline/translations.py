"""Which sections of a translation are current: made from the Georgian that stands there today.

`make confirm` writes the hash of each Georgian section beside the translation that was compared with
it (data/translations.yaml). Equal is current, different out of date, absent missing.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import yaml

from .chapters import Chapter, Chapters, Part
from .model import SOURCE_LANGUAGES
from .problems import Problem, particulars
from .reading import File, load

HEAD = """\
# Which Georgian each section was translated from: language, page, section, hash of the Georgian text.
# Written by `make confirm`; not to be edited by hand.
"""
CURRENT, OUT_OF_DATE, MISSING = "current", "out-of-date", "missing"

Confirmed = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Language → page → section → hash of the Georgian that the translation was compared with."""


def fingerprint(part: Part) -> str:
    """Twelve letters and digits that change when a word of the section does (SHA-256, shortened)."""
    return hashlib.sha256(part.normalised().encode()).hexdigest()[:12]


def fingerprints(source: Chapter) -> dict[str, str]:
    """Section → hash, in the order of the page."""
    return {part.id: fingerprint(part) for part in source.parts}


@dataclass(frozen=True)
class State:
    """How a section of a translation stands to its Georgian."""

    section: str
    title: str
    state: str


def states_of(chapters: Chapters, confirmed: Confirmed, page: str, language: str) -> list[State]:
    """The state of every section of a page in a language; none for the Georgian, or where no translation is wanted."""
    original = chapters.get(page, SOURCE_LANGUAGES[0])
    if original is None or language == original.language or original.untranslated:
        return []
    return states(original, chapters.get(page, language), confirmed, language)


def states(source: Chapter, translation: Chapter | None, confirmed: Confirmed, language: str) -> list[State]:
    """The state of every section of a page in a language."""
    known = confirmed.get(language, {}).get(source.page, {})
    titles = {heading.id: heading.words for heading in (translation or source).headings}
    found = []
    for id, hash in fingerprints(source).items():
        absent = translation is None or id not in known
        state = MISSING if absent else CURRENT if known[id] == hash else OUT_OF_DATE
        found.append(State(id, titles.get(id, ""), state))
    return found


def confirm(confirmed: Confirmed, language: str, sources: Iterable[Chapter]) -> dict[str, dict[str, dict[str, str]]]:
    """What is confirmed when these pages of a language have been compared with the Georgian of today."""
    new = {code: {page: dict(sections) for page, sections in pages.items()} for code, pages in confirmed.items()}
    for source in sources:
        new.setdefault(language, {})[source.page] = fingerprints(source)
    return new


def text_of(confirmed: Confirmed, pages: Iterable[str]) -> str:
    """The side file: sorted by language and page, sections in the order of the page; gone pages are dropped."""
    kept = set(pages)
    ordered = {
        language: {page: dict(sections) for page, sections in sorted(found.items()) if page in kept}
        for language, found in sorted(confirmed.items())
    }
    return HEAD + yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=200)


def read(file: File) -> tuple[Confirmed, list[Problem]]:
    """What the side file holds, and what is wrong with it."""
    value, problems = load(file)
    if problems:
        return {}, problems
    sound = isinstance(value, dict) and all(
        isinstance(pages, dict)
        and all(isinstance(sections, dict) and _hashes(sections.values()) for sections in pages.values())
        for pages in value.values()
    )
    return (value, []) if sound else ({}, [Problem(file.path, 1, 1, "", "translations-file", particulars({}))])


def _hashes(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def changes_since(source: Chapter, section: str, known: str, versions: Callable[[str], Iterable[str]]) -> list[str]:
    """What has changed in a Georgian section since the translation was confirmed, as lines of a diff.

    `versions` gives the earlier texts of a file, newest first; empty where none of them is the confirmed one.
    """
    now = next(part for part in source.parts if part.id == section)
    for text in versions(source.path):
        old = Chapter(source.page, source.language, source.path, text)
        for part in old.parts:
            if part.id == section and fingerprint(part) == known:
                lines = difflib.unified_diff(part.text.splitlines(), now.text.splitlines(), lineterm="", n=0)
                return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return []
