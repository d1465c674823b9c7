"""Words as an editor reads them: spelled right, with the signs of their language, without words that hurt.

These remarks never stop a site from being published: `check` tells them, `site` does not ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..chapters import Chapters
from ..collection import walk
from ..model import SOURCE_LANGUAGES, Collection, Loc, OwnWords, Text
from ..parity import odd_figures
from ..problems import Finding, Problem, particulars
from ..proofreading import punctuation, sound_letters
from ..reading import File
from ..spelling import Speller
from .at import At

_QUOTED = re.compile(r"„[^“]*“|‘[^’]*’")
_SLOT = re.compile(r"\{[^}]*\}")
_NAME = re.compile(r"\{\w+\}")
_AS_TYPED = (
    "number",
    "code",
    "icon",
    "issued_by",
    "url",
    "iso_3166_2",
    "romanised",
    "computed",
    "stems",
    "words",
    "units",
    "search_words",
)
"""Under these keys nobody reads: ids, numbers, names of villages (no dictionary has them), what people type."""
NAMES_OF_OTHERS = ("official_name", "title", "act", "acts")
"""Words that an act or a source chose: words to avoid may stand in them."""


@dataclass(frozen=True)
class Avoided:
    """The beginnings of words to avoid in one language, and what to say instead."""

    pattern: re.Pattern[str]
    say: Mapping[str, str]

    def find(self, text: str) -> Iterator[tuple[str, int, str]]:
        """Words to avoid outside quotation marks: the word, its position, what to say."""
        plain = _QUOTED.sub(lambda found: " " * len(found[0]), text)
        for found in self.pattern.finditer(plain):
            begun = (say for stem, say in self.say.items() if found[0].casefold().startswith(stem.casefold()))
            yield found[0], found.start(), next(begun, "")


def avoided(collection: Collection, language: str) -> Avoided:
    """What a text of this language should not say."""
    say = {stem: word.say[language] for word in collection.avoided for stem in getattr(word.stems, language, ())}
    ordered = dict(sorted(say.items(), key=lambda item: -len(item[0])))
    pattern = "|".join(map(re.escape, ordered)) or r"(?!)"
    return Avoided(re.compile(rf"\b(?:{pattern})\w*", re.IGNORECASE), ordered)


class Editor:
    """Reads words of either language and notes what a good editor would."""

    def __init__(self, collection: Collection, speller: Speller):
        self.speller = speller
        self.avoided = {language: avoided(collection, language) for language in SOURCE_LANGUAGES}

    def remarks(self, text: str, language: str, names: bool = False) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """Message code, position from 0, particulars. In names chosen by others nothing is avoided."""
        yield from punctuation(text, language)
        if language == SOURCE_LANGUAGES[0]:
            for code, about in sound_letters(text):
                yield code, 0, about
            for word, position in self.speller.unknown(text):
                yield "unknown-word", position, {"value": word}
        if not names and language in self.avoided:
            for word, position, say in self.avoided[language].find(text):
                yield "word-to-avoid", position, {"value": word, "say": say}


def remarks_on_chapters(chapters: Chapters, editor: Editor) -> Iterator[Problem]:
    """What an editor notes in the pages that people wrote."""
    for chapter in chapters.all():
        raw = chapter.text.split("\n")
        for line, words in (*chapter.front_words(), *enumerate(chapter.prose.split("\n"), 1)):
            for code, position, about in editor.remarks(words, chapter.language):
                if code != "two-spaces" or _typed(raw[line - 1], position):
                    yield Problem(chapter.path, line, position + 1, "", code, particulars(about))


def _typed(line: str, position: int) -> bool:
    """Are the two spaces the writer's own, not those of a link that was left out or of a table?"""
    return line[position : position + 2] == "  " and not line.lstrip().startswith(("|", "-", "*"))


def remarks_on_data(tops: Iterable[At], editor: Editor) -> Iterator[Finding]:
    """What an editor notes in the data: every text in its language, and figures that differ between languages."""
    for top in tops:
        for loc, value, _ in walk(top.value):
            at = At(top.path, (*top.loc, *loc), top.id, value)
            if isinstance(value, Text):
                yield from _figures(at)
            elif isinstance(value, str) and (language := _language(loc)):
                yield from _remarks(at, value, language, editor)


def remarks_on_phrases(phrases: Any, path: str, editor: Editor, loc: Loc = ()) -> Iterator[Finding]:
    """What an editor notes in the sentences that cards print; slots count as figures."""
    if isinstance(phrases, dict):
        for key, inner in phrases.items():
            yield from remarks_on_phrases(inner, path, editor, (*loc, key))
    elif isinstance(phrases, str) and (language := _language(loc)):
        words = _SLOT.sub("0", phrases).replace("\\_", " ")
        yield from _remarks(At(path, loc, ".".join(map(str, loc[:-1])), words), words, language, editor)


def misspelled(file: File, editor: Editor) -> Iterator[Problem]:
    """Unknown words of a file of the interface: messages, labels of fields, Material's words."""
    for number, line in enumerate(file.text.split("\n"), 1):
        words = _NAME.sub(lambda found: "0" * len(found[0]), line)
        for word, position in editor.speller.unknown(words):
            yield Problem(file.path, number, position + 1, "", "unknown-word", particulars({"value": word}))


def remarks_on_own_words(own: OwnWords, path: str, speller: Speller) -> Iterator[Finding]:
    """The project's own words: sorted, none that the dictionary knows anyway, models that it knows."""
    for name, words in (("like", list(own.like)), ("alone", list(own.alone))):
        for index, (first, second) in enumerate(pairwise(words), 1):
            if first > second:
                loc: Loc = (name, second) if name == "like" else (name, index)
                yield Finding(path, loc, "words-unsorted", {"value": second, "before": first})
    for word, like in own.like.items():
        if not speller.in_dictionary(like):
            yield Finding(path, ("like", word), "unknown-model", {"value": like})
    for index, word in enumerate(own.alone):
        if speller.in_dictionary(word):
            yield Finding(path, ("alone", index), "word-known-anyway", {"value": word})


def _language(loc: Loc) -> str:
    """The language of the words at a place of the data: its last keys say it ("name", "ka"; "ka", "one")."""
    if any(part in _AS_TYPED for part in loc):
        return ""
    return next((str(part) for part in reversed(loc[-2:]) if part in SOURCE_LANGUAGES), "")


def _remarks(at: At, words: str, language: str, editor: Editor) -> Iterator[Finding]:
    names = any(part in NAMES_OF_OTHERS for part in at.loc)
    for code, _, about in editor.remarks(words.strip(), language, names):
        yield at.wrong(code, **about)


def _figures(at: At) -> Iterator[Finding]:
    text: Text = at.value
    for language in SOURCE_LANGUAGES[1:]:
        ka, other = odd_figures(text.ka, text[language], language)
        if ka or other:
            about = {"ka": ", ".join(ka) or "—", "en": ", ".join(other) or "—"}
            yield at.wrong("figures-differ", language, **about)
