"""Figures about the copy: how much of the data is structured, how current the translations are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from .chapters import Chapter, Chapters
from .collection import walk
from .model import SOURCE_LANGUAGES, Benefit, Collection, Condition, Program, Text
from .translations import CURRENT, MISSING, OUT_OF_DATE, Confirmed, changes_since, states_of

FACTS = (Condition, Benefit)
"""The facts whose structure counts: conditions and benefits."""


def lines(collection: Collection) -> Iterator[str]:
    """The free texts of each programme, and the share of conditions and benefits that are text."""
    facts = texts = 0
    for program in collection.programs:
        facts += sum(isinstance(value, FACTS) for _, value, _ in walk(program))
        for place, text in free_texts(program):
            texts += place[-1] == "text" and place[0] in ("benefits", "eligibility")
            yield f"{program.key}: {'.'.join(map(str, place))}: {text.ka}"
    share = 100 * texts / facts if facts else 0
    yield f"Free text: {texts} of {facts} conditions and benefits ({share:.1f} %)."


def free_texts(program: Program) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """The texts that stand where a fact might: not names, goals or titles."""
    named = (
        "name",
        "official_name",
        "summary",
        "goal",
        "expected_result",
        "title",
        "part_of",
        "provider",
        "address",
        "scope",
    )
    for place, value, _ in walk(program):
        if isinstance(value, Text) and place[-1] not in named and "conflicts" not in place:
            yield place, value


# --- translations ----------------------------------------------------------------------------

MEDIAN_SENTENCE = 14
"""Words that the middle sentence of a Georgian chapter may have (our own rule for plain language)."""
_COLUMNS = ("page", "language", CURRENT, OUT_OF_DATE, MISSING, "words", "sentence", "long words")


def translations(chapters: Chapters, confirmed: Confirmed, pages: Sequence[str]) -> Iterator[str]:
    """A table: each page and language with its sections by state, its words, its middle sentence, its long words.

    The last two are figures of plain language: words in the middle sentence, and the share of words of
    more than 14 letters in percent.
    """
    rows = [_COLUMNS, *(row for page in pages for row in _rows(chapters, confirmed, page))]
    widths = [max(len(str(row[index])) for row in rows) for index in range(len(_COLUMNS))]
    for row in rows:
        yield "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _rows(chapters: Chapters, confirmed: Confirmed, page: str) -> Iterator[tuple[object, ...]]:
    source = chapters.get(page, SOURCE_LANGUAGES[0])
    for language in SOURCE_LANGUAGES:
        chapter = chapters.get(page, language)
        found = states_of(chapters, confirmed, page, language)
        counts = [sum(one.state == state for one in found) for state in (CURRENT, OUT_OF_DATE, MISSING)]
        own = ["source", "", ""] if chapter is source and chapter else counts
        yield (page, language, *own, *(_measures(chapter) if chapter else ("", "", "")))


def _measures(chapter: Chapter) -> tuple[object, ...]:
    words = chapter.word_count
    share = 100 * chapter.long_words() / words if words else 0
    long = chapter.language == SOURCE_LANGUAGES[0] and chapter.median_sentence > MEDIAN_SENTENCE
    return words, f"{chapter.median_sentence}{f' (over {MEDIAN_SENTENCE})' if long else ''}", f"{share:.1f}%"


def not_current(chapters: Chapters, confirmed: Confirmed, pages: Iterable[str]) -> int:
    """How many sections of translations are not current."""
    found = (states_of(chapters, confirmed, page, language) for page in pages for language in SOURCE_LANGUAGES[1:])
    return sum(state.state != CURRENT for some in found for state in some)


def changes(
    chapters: Chapters, confirmed: Confirmed, pages: Iterable[str], versions: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """How the Georgian of each section that is out of date has changed since it was confirmed."""
    for page in pages:
        source = chapters.get(page, SOURCE_LANGUAGES[0])
        for language in SOURCE_LANGUAGES[1:]:
            for state in states_of(chapters, confirmed, page, language):
                if source and state.state == OUT_OF_DATE:
                    known = confirmed[language][page][state.section]
                    yield f"\n{source.path} #{state.section}: changed since the {language} was confirmed"
                    yield from changes_since(source, state.section, known, versions) or [
                        "  (git does not know the confirmed version)"
                    ]
