"""Georgian words that neither the dictionary nor the project's own list knows.

The dictionary is hunspell's (config/dictionary, MIT). It lacks endings that may follow any form: -ა ("is"),
-ც ("too"), the -ა after a case (ჯვრისა), and two cases: -მ after a vowel (მერიამ), -იდან beside -ის
(მეზობლიდან). These are taken off, or changed for what it knows, before a word is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from hunspell import Hunspell

_WORD = re.compile(r"(?<![\w’'])(?<![0-9A-Za-z%№]-)[ა-ჰ]+(?:-[ა-ჰ]+)*")
_ENDINGS = (
    (re.compile(r"(?<=[აეიოუ])ა$"), ""),
    (re.compile(r"აა$"), ""),
    (re.compile(r"(?<=[სთ])ა$"), ""),
    (re.compile(r"აც$"), ""),
    (re.compile(r"ც$"), ""),
    (re.compile(r"(?<=[აეოუ])მ$"), ""),
    (re.compile(r"იდან$"), "ის"),
)
"""The ending as it stands, and what the dictionary knows in its place."""


class Speller:
    """Knows the words of the dictionary and of `own`: word → the word that it declines like, or itself."""

    def __init__(self, folder: Path, own: Mapping[str, str]):
        self._dictionary: Any = Hunspell("ka", hunspell_data_dir=str(folder))
        words = {*own, *own.values()}
        self._plain = frozenset(word for word in words if self._dictionary.spell(word))
        for word, like in own.items():
            if like == word:
                self._dictionary.add(word)
            else:
                self._dictionary.add_with_affix(word, like)
        self.known = lru_cache(maxsize=200_000)(self._known)

    def in_dictionary(self, word: str) -> bool:
        """Does the dictionary itself know this word of the project's list, or its model?"""
        return word in self._plain

    def _known(self, word: str) -> bool:
        """Is the word spelled right?"""
        return self._listed(word) or any(
            self.known(ending.sub(instead, word))
            for ending, instead in _ENDINGS
            if len(word) > 4 and ending.search(word)
        )

    def _listed(self, word: str) -> bool:
        parts = word.split("-")
        return bool(self._dictionary.spell(word)) or (len(parts) > 1 and all(self.known(part) for part in parts))

    def unknown(self, text: str) -> Iterator[tuple[str, int]]:
        """The words that it does not know, with their position. Endings joined to figures are no words."""
        for found in _WORD.finditer(text):
            if len(found[0]) > 1 and not self.known(found[0]):
                yield found[0], found.start()
