"""What must hold for any words of the data: the right letters, nothing hidden, nothing left over, nobody's number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

GEORGIAN = r"\u10d0-\u10ff"
_GEORGIAN_LETTER = re.compile(f"[{GEORGIAN}]")
_CAPITAL = re.compile("[\u1c90-\u1cbf\u10a0-\u10cd]")
_FOREIGN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff"
_FOREIGN_INSIDE = re.compile(f"[{GEORGIAN}][{_FOREIGN}]|[{_FOREIGN}][{GEORGIAN}]")
_MIXED = re.compile("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
"""A Greek or Cyrillic letter beside a Latin one: they look alike, but nobody finds the word."""
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b(?:/\S*)?"
)
"""Web and mail addresses: their letters and figures are nobody's words."""
_PLACEHOLDER = re.compile(
    r"\bXX+\b(?!\W{0,3}(?:საუკუნ|centur))|\[\s*(?:…|\.\.\.)\s*\]|\b(?:TODO|TBD|FIXME|lorem(?: ipsum)?)\b"
    r"|\?\?\?|_{3,}|^\s*(?:~|null|none|n/a|-+)\s*$",
    re.IGNORECASE,
)
_PERSONAL_NUMBER = re.compile(
    r"(?<![\d+])(?<!\+\d )(?<!\+\d\d )\d{11}(?!\d)|(?<!\d)(?<!\d[ -])\d{2}(?:[ \u00a0-]\d{3}){3}(?![ -]?\d)"
)
_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])GE\d{2}\s?[A-Z]{2}(?:\s?\d){16}(?!\d)", re.IGNORECASE)

RIGHT_QUOTES = {"ka": "„…“", "en": "‘…’"}
_WRONG_QUOTES = {
    "ka": re.compile(r"[\"«»‘]|[”]|“(?=\w)|(?<=[\s(])'(?=\w)"),
    "en": re.compile(r"[\"«»„“”]|(?<=[\s(])'(?=\w)"),
}
_HYPHEN_AS_DASH = re.compile(r"(?<=\w) -{1,2} (?=\w)")
_HYPHEN_AS_RANGE = re.compile(r"(?<![\d-])(?:\d{4}-\d{4}|\d{1,2}-\d{1,2}(?= (?:[ა-ჰ]|[A-Z])))(?![\d-])")
_TWO_SPACES = re.compile(r"(?<=\S)  +(?=\S)")

ACADNUSX = str.maketrans("abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ")
"""The Latin font encoding in which much Georgian was typed: each letter and what it stood for."""
_ACADNUSX_WORD = re.compile("[abgdevzTiklmnopJrstufqRySCcZwWxjh]+")
_NAME_OF_A_THING = re.compile("[ei][A-Z][a-z]+")
"""iRobot, eTreasury: names that begin as words of the encoding may."""

Fault = tuple[str, dict[str, Any]]


@lru_cache(maxsize=20_000)
def faults(text: str, language: str = "") -> tuple[Fault, ...]:
    """What is wrong with the words: message code and particulars. `language` is empty for words of none."""
    return tuple(_faults(text, language))


def _faults(text: str, language: str) -> Iterator[Fault]:
    yield from hidden_characters(text)
    yield from mixed_letters(text)
    yield from placeholders(text)
    yield from private_numbers(text)
    if language == "ka":
        yield from georgian_letters(text)
    elif language and _GEORGIAN_LETTER.search(text):
        yield "georgian-in-translation", {"language": language, "value": _around(text, _GEORGIAN_LETTER)}


def hidden_characters(text: str) -> Iterator[Fault]:
    """No control or invisible characters: they hide words, turn lines around, break searching."""
    if "\n" in text:
        yield "line-break", {}
    for character in text.replace("\n", " "):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            yield (
                "hidden-character",
                {"character": f"U+{ord(character):04X}", "name": unicodedata.name(character, "control")},
            )
            return


def mixed_letters(text: str) -> Iterator[Fault]:
    """No word of letters that only look alike."""
    if _MIXED.search(text):
        yield "mixed-letters", {"value": _around(text, _MIXED)}


def placeholders(text: str) -> Iterator[Fault]:
    """Nothing that was to be filled in later."""
    if found := _PLACEHOLDER.search(text):
        yield "placeholder", {"value": found[0]}


def private_numbers(text: str) -> Iterator[Fault]:
    """No personal number (11 digits) and no bank account of anybody."""
    if _PERSONAL_NUMBER.search(_ADDRESS.sub(" ", text)):
        yield "personal-number", {}
    if _ACCOUNT.search(text):
        yield "bank-account", {}


def georgian_letters(text: str) -> Iterator[Fault]:
    """Georgian in Mkhedruli letters of Unicode: no look-alikes, no capitals, no old font encoding."""
    yield from sound_letters(text)
    yield from _georgian_words(_ADDRESS.sub(" ", text))


def sound_letters(text: str) -> Iterator[Fault]:
    """No Georgian capitals, and no letter of another alphabet inside a Georgian word."""
    if _CAPITAL.search(text):
        yield "capital-georgian", {"value": _around(text, _CAPITAL)}
    if _FOREIGN_INSIDE.search(text):
        yield "foreign-letter", {"value": _around(text, _FOREIGN_INSIDE)}


def punctuation(text: str, language: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Signs that are not those of the language: message code, position, particulars.

    Georgian quotes „…“, English ‘…’; a dash between words, an en dash between figures, one space.
    """
    for found in _WRONG_QUOTES.get(language, _WRONG_QUOTES["en"]).finditer(text):
        yield "quotation-marks", found.start(), {"value": found[0], "right": RIGHT_QUOTES.get(language, "‘…’")}
    for found in _HYPHEN_AS_DASH.finditer(text):
        yield "hyphen-as-dash", found.start(), {"value": found[0]}
    for found in _HYPHEN_AS_RANGE.finditer(text):
        yield "hyphen-as-range", found.start(), {"value": found[0]}
    for found in _TWO_SPACES.finditer(text):
        yield "two-spaces", found.start(), {"value": found[0]}


def _georgian_words(text: str) -> Iterator[Fault]:
    """Words that should be Georgian and are typed in Latin letters, or are of another language."""
    words = [word for word in _WORD.findall(text) if len(word) > 1 and word.isalpha() and not word.isupper()]
    georgian = bool(_GEORGIAN_LETTER.search(text))
    typed = [word for word in words if _looks_like_acadnusx(word, alone=georgian)]
    if not georgian and len(words) > 1 and all(_ACADNUSX_WORD.fullmatch(word) for word in words):
        typed = words if typed or 3 * sum(map(_ends_as_georgian, words)) >= 2 * len(words) else []
    if typed:
        yield "acadnusx", {"value": " ".join(typed), "unicode": to_unicode(" ".join(typed))}
    elif not georgian and words and (len(words) > 1 or len(text) > 12):
        yield "not-georgian", {"value": text}


def _looks_like_acadnusx(word: str, alone: bool) -> bool:
    """Letters of the encoding with a capital after a small one; `alone` among Georgian words, no name (iRobot)."""
    return (
        len(word) > 3
        and bool(_ACADNUSX_WORD.fullmatch(word))
        and bool(re.search(r"[a-z][TJRSCZW]", word))
        and bool(re.search(r"[aeiou]", word))
        and not (alone and _NAME_OF_A_THING.fullmatch(word))
    )


def _ends_as_georgian(word: str) -> bool:
    """Georgian words mostly end in a vowel or in the ending of a case; English ones mostly do not."""
    return word[-1] in "aeiousT"


def to_unicode(text: str) -> str:
    """Text typed in the AcadNusx encoding, in Unicode: "saqarTvelo" → "საქართველო"."""
    return text.translate(ACADNUSX)


def _around(text: str, pattern: re.Pattern[str]) -> str:
    """The word in which the pattern was found."""
    found = pattern.search(text)
    assert found
    return next((word[0] for word in _WORD.finditer(text) if word.start() <= found.start() < word.end()), found[0])
