"""Georgian words typed for the font AcadNusx, which drew Georgian letters in place of Latin ones → Georgian letters.

Old documents have them ("daxmareba"): in any other font they are Latin. Words are converted only where there is no
doubt: a passage of Latin letters that become words which the Georgian dictionary knows, at least one of them long
enough to be none by chance, and no English word that happens to be Georgian too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass

LETTERS = dict(
    zip(
        "abgdevzTiklmnopJrstufqRySCcZwWxjh",
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        strict=True,
    )
)
"""The keys of the font, in the order of the alphabet."""
LONG_ENOUGH = 4
"""Letters of a word that is hardly Georgian by chance."""
_LATIN = "A-Za-z"
_ELSEWHERE = re.compile(r"\S*(?:://|@|www\.|\.[a-z]{2,4}(?:/|\b))\S*|\S*[A-Za-z]\d\S*|\S*\d[A-Za-z]\S*")
"""Addresses and codes: never words."""
_PASSAGE = re.compile(rf"[{_LATIN}]+(?:[^{_LATIN}ა-ჰ]+[{_LATIN}]+)*")
"""Latin words next to one another; figures and signs may stand between them."""
_WORD = re.compile(rf"[{_LATIN}]+")


@dataclass(frozen=True)
class Converter:
    """Knows what is Georgian, and what is English and only looks like it."""

    known: Callable[[str], bool]
    """Is a Georgian word spelled right?"""
    english: Set[str]
    """English words that, key by key, make Georgian ones."""

    def converted(self, text: str) -> str:
        """The text with its passages for AcadNusx in Georgian letters, the same text where it has none."""
        pieces, end = [], 0
        for found in _ELSEWHERE.finditer(text):
            pieces += [self._passages(text[end : found.start()]), found[0]]
            end = found.end()
        return "".join([*pieces, self._passages(text[end:])])

    def _passages(self, text: str) -> str:
        return _PASSAGE.sub(lambda found: _georgian(found[0]) if self._is_meant(found[0]) else found[0], text)

    def _is_meant(self, passage: str) -> bool:
        words = _WORD.findall(passage)
        if any(letter not in LETTERS for word in words for letter in word):
            return False
        right = [word for word in words if self.known(_georgian(word))]
        strong = [word for word in right if len(word) >= LONG_ENOUGH and word.lower() not in self.english]
        return bool(strong) and len(words) - len(right) <= len(words) // 5


def english_words(text: str) -> frozenset[str]:
    """The words of config/dictionary/english-too.txt."""
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _georgian(words: str) -> str:
    return "".join(LETTERS.get(letter, letter) for letter in words)
