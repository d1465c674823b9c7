"""Two languages say the same: the same sections, figures, dates, links, footnotes and quotations in each.

Georgian is the source. What differs is told at the translation's line, with the line of the Georgian.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from .chapters import FOOTNOTES, Chapter, Spot
from .problems import Problem, particulars

_GROUPED = {
    "ka": re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)"),
    "en": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)"),
}
_DECIMAL = {"ka": re.compile(r"(\d),(?=\d)"), "en": re.compile(r"(\d)\.(?=\d)")}
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_MONTHS = {
    "ka": re.compile(
        r"\b(?:(იანვ)|(თებერვ)|(მარტ(?=(?:ი|ს|ის|ით|ში|იდან|ამდე|ისთვის)?\b))|(აპრილ)|(მაის)|(ივნის)|(ივლის(?=[აიშს]))|(აგვისტ)"
        r"|(სექტემბ)|(ოქტომბ)|(ნოემბ)|(დეკემბ))"
    ),
    "en": re.compile(
        r"\b(?:(January)|(February)|(March)|(April)|(May)|(June)|(July)|(August)|(September)|(October)|(November)"
        r"|(December))\b"
    ),
}

NUMBERS, LINKS, NOTES, QUOTES = "numbers-differ", "links-differ", "footnotes-differ", "quotes-differ"


def figures(text: str, language: str) -> Iterator[tuple[str, int, str]]:
    """Every number and month of a text: in a form that all languages share, its position, and as it was typed.

    "83,4%" and "83.4%" are 83.4; "120 001" and "120,001" are 120001; ივლისი and July are month 7.
    """
    starts: dict[int, int] = {}

    def together(found: re.Match[str]) -> str:
        """The digits of a grouped number without their separators, ending where they ended."""
        digits = re.sub(r"\D", "", found[0])
        starts[found.end() - len(digits)] = found.start()
        return digits.rjust(len(found[0]))

    plain = _GROUPED.get(language, _GROUPED["en"]).sub(together, text)
    plain = _DECIMAL.get(language, _DECIMAL["en"]).sub(r"\1.", plain)
    for found in _NUMBER.finditer(plain):
        start = starts.get(found.start(), found.start())
        yield found[0], start, text[start : found.end()]
    for found in _MONTHS.get(language, _MONTHS["en"]).finditer(text):
        word = _WORD.match(text, found.start())
        yield f"month {found.lastindex}", found.start(), word[0] if word else found[0]


def odd_figures(ka: str, en: str, language: str = "en") -> tuple[list[str], list[str]]:
    """The figures that stand in one text only: those of the Georgian, those of the translation."""
    ours = [Spot(value, 0, at, typed) for value, at, typed in figures(ka, "ka")]
    theirs = [Spot(value, 0, at, typed) for value, at, typed in figures(en, language)]
    return [one.typed for one in _surplus(ours, theirs)], [one.typed for one in _surplus(theirs, ours)]


def differences(source: Chapter, translation: Chapter) -> Iterator[Problem]:
    """Everything in which a translation differs from its Georgian."""
    apart = list(_headings(source, translation))
    yield from apart
    if apart:
        return
    for code, spots in _KINDS.items():
        yield from _spots(code, source, translation, spots)


def _headings(source: Chapter, translation: Chapter) -> Iterator[Problem]:
    """The first heading that differs in level, id or place."""
    ours = [*source.headings, None]
    theirs = [*translation.headings, None]
    for first, second in zip(ours, theirs, strict=False):
        key = first and (first.level, first.id if first.level > 1 else "")
        if key != (second and (second.level, second.id if second.level > 1 else "")):
            line = second.line if second else translation.text.count("\n") + 1
            at = f"{source.path}:{first.line if first else source.text.count(chr(10)) + 1}"
            about = {"other": at, "ka": _told(first), "en": _told(second)}
            yield Problem(translation.path, line, 1, "", "headings-differ", particulars(about))
            return


def _told(heading: object) -> str:
    level, id = getattr(heading, "level", 0), getattr(heading, "id", "")
    return f"{'#' * level} {{#{id}}}" if level else "—"


def _figures_of(chapter: Chapter) -> Iterator[Spot]:
    for number, words in chapter.front_words():
        for value, position, typed in figures(words, chapter.language):
            yield Spot(value, number, position + 1, typed)
    for number, line in enumerate(chapter.prose.split("\n"), 1):
        for value, position, typed in figures(line, chapter.language):
            yield Spot(value, number, position + 1, typed)


def _note_marks(chapter: Chapter) -> Iterable[Spot]:
    defined = (Spot(f"[^{note.id}]:", note.lines[0]) for note in chapter.notes.values())
    return [*chapter.note_marks(), *defined]


_KINDS: dict[str, Callable[[Chapter], Iterable[Spot]]] = {
    QUOTES: Chapter.quotes,
    NOTES: _note_marks,
    LINKS: Chapter.links,
    NUMBERS: _figures_of,
}


def _spots(
    code: str, source: Chapter, translation: Chapter, spots: Callable[[Chapter], Iterable[Spot]]
) -> Iterator[Problem]:
    """What stands in one language only, section by section (footnote by footnote)."""
    ours, theirs = _by_part(source, spots(source)), _by_part(translation, spots(translation))
    for part in dict.fromkeys([*ours, *theirs]):
        first, second = ours.get(part, []), theirs.get(part, [])
        only_ka = _surplus(first, second)
        only_other = _surplus(second, first)
        if only_ka or only_other:
            place = (only_other or second or [Spot("", _line_of(translation, part))])[0]
            origin = (only_ka or first or [Spot("", _line_of(source, part))])[0]
            about = {
                "other": f"{source.path}:{origin.line}",
                "section": part,
                "ka": _listed(only_ka),
                "en": _listed(only_other),
            }
            yield Problem(translation.path, place.line, place.column, "", code, particulars(about))


def _by_part(chapter: Chapter, spots: Iterable[Spot]) -> dict[str, list[Spot]]:
    notes = {line: id for id, note in chapter.notes.items() for line in note.lines}
    found: dict[str, list[Spot]] = {}
    for spot in spots:
        part = f"[^{notes[spot.line]}]" if spot.line in notes else chapter.part_of(spot.line)
        found.setdefault(part, []).append(spot)
    return found


def _surplus(some: list[Spot], others: list[Spot]) -> list[Spot]:
    left = Counter(spot.value for spot in others)
    surplus = []
    for spot in some:
        if left[spot.value]:
            left[spot.value] -= 1
        else:
            surplus.append(spot)
    return surplus


def _line_of(chapter: Chapter, part: str) -> int:
    if part.startswith("[^"):
        note = chapter.notes.get(part[2:-1])
        return note.lines[0] if note else chapter.text.count("\n") + 1
    return next((found.line for found in chapter.parts if found.id == part and part != FOOTNOTES), 1)


def _listed(spots: list[Spot]) -> str:
    return ", ".join(spot.typed or spot.value for spot in spots) or "—"
