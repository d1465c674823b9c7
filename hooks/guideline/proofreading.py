"""What must hold for any words of the data: the right letters, nothing hidden, nothing left over, nobody's number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

GEORGIAN = r"\u10d0-\u10ff"
_GEORGIAN_LETTER = re.compile(f"[{GEORGIAN}]")
_CAPITAL = re.compile("[\u1c90-\u1cbf\u10a0-\u10cd]")
_FOREIGN_INSIDE = re.compile(f"(?:[{GEORGIAN}][A-Za-z\u0400-\u04ff]|[A-Za-z\u0400-\u04ff][{GEORGIAN}])")
_WORD = re.compile(r"\w+")
_PLACEHOLDER = re.compile(r"\bXX+\b|\[\s*(?:…|\.\.\.)\s*\]|\bTODO\b|\bTBD\b|\bFIXME\b|lorem ipsum|\blorem\b|\?\?\?", re.IGNORECASE)
_PERSONAL_NUMBER = re.compile(r"(?<!\d)\d{11}(?!\d)|(?<!\d)\d{2}[ -]\d{3}[ -]\d{3}[ -]\d{3}(?!\d)")
_ACCOUNT = re.compile(r"\bGE\d{2}\s?[A-Z]{2}(?:\s?\d){16}\b")

ACADNUSX = str.maketrans(
    "abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
)
"""The Latin font encoding in which much Georgian was typed: each letter and what it stood for."""
_ACADNUSX_LETTERS = frozenset("abgdevzTiklmnopJrstufqRySCcZwWxjh")

Fault = tuple[str, dict[str, Any]]


def faults(text: str, language: str = "") -> Iterator[Fault]:
    """What is wrong with the words: message code and particulars. `language` is empty for words of none."""
    yield from hidden_characters(text)
    yield from placeholders(text)
    yield from private_numbers(text)
    if language == "ka":
        yield from georgian_letters(text)
    elif language and _GEORGIAN_LETTER.search(text):
        yield "georgian-in-translation", {"language": language, "value": _around(text, _GEORGIAN_LETTER)}


def hidden_characters(text: str) -> Iterator[Fault]:
    """No control or invisible characters: they hide words, turn lines around, break searching."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            yield "hidden-character", {"code": f"U+{ord(character):04X}", "name": unicodedata.name(character, "control")}
            return


def placeholders(text: str) -> Iterator[Fault]:
    """Nothing that was to be filled in later."""
    if found := _PLACEHOLDER.search(text):
        yield "placeholder", {"value": found[0]}


def private_numbers(text: str) -> Iterator[Fault]:
    """No personal number (11 digits) and no bank account of anybody."""
    if _PERSONAL_NUMBER.search(text):
        yield "personal-number", {}
    if _ACCOUNT.search(text):
        yield "bank-account", {}


def georgian_letters(text: str) -> Iterator[Fault]:
    """Georgian in Mkhedruli letters of Unicode: no look-alikes, no capitals, no old font encoding."""
    if _CAPITAL.search(text):
        yield "capital-georgian", {"value": _around(text, _CAPITAL)}
    if _FOREIGN_INSIDE.search(text):
        yield "foreign-letter", {"value": _around(text, _FOREIGN_INSIDE)}
    typed = [word for word in _WORD.findall(text) if _looks_like_acadnusx(word)]
    latin = [word for word in _WORD.findall(text) if re.fullmatch("[A-Za-z]{2,}", word)]
    if typed or (len(latin) > 1 and not _GEORGIAN_LETTER.search(text)):
        yield "acadnusx", {"value": " ".join(typed or latin), "unicode": to_unicode(" ".join(typed or latin))}
    elif latin and not _GEORGIAN_LETTER.search(text) and len(text) > 12:
        yield "not-georgian", {"value": text}


def _looks_like_acadnusx(word: str) -> bool:
    """Latin letters with a capital inside or after a small one, all of them in use by the encoding."""
    return (
        len(word) > 3
        and set(word) <= _ACADNUSX_LETTERS
        and bool(re.search(r"[a-z][TJRSCZW]", word))
        and bool(re.search(r"[aeiou]", word))
    )


def to_unicode(text: str) -> str:
    """Text typed in the AcadNusx encoding, in Unicode: "saqarTvelo" → "საქართველო"."""
    return text.translate(ACADNUSX)


def _around(text: str, pattern: re.Pattern[str]) -> str:
    """The word in which the pattern was found."""
    found = pattern.search(text)
    assert found
    return next((word[0] for word in _WORD.finditer(text) if word.start() <= found.start() < word.end()), found[0])
