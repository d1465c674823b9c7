"""A change of the data → one line in Georgian or English: "telavi/rent · What one gets 1 · Sum: 250 → 300"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..changes import GONE, Change, at
from ..collection import program_key
from ..model import Collection, Copy, Loc, Program, Record
from ..naming import TOPS, in_words, kinds, record_in_words, title
from ..telling import say

LONGEST = 300
"""Characters of a value that are told."""
AROUND = 30
"""Characters told before and after the part of a long text that changed."""


class Account:
    """Tells changes in one language."""

    def __init__(self, collection: Collection, language: str):
        self.collection, self.language = collection, language

    def lines(self, before: Any, changes: Iterable[Change]) -> list[str]:
        """A line for each change; `before` is what the whole file held."""
        return [self.line(before, change) for change in changes]

    def line(self, before: Any, change: Change) -> str:
        """One change in words."""
        old = at(before, change.loc)
        if len(change.loc) == 2 and change.loc[0] == "programs" and (change.new or change.value is GONE):
            return self._whole(old, change)
        steps, model, key = self._way(before, change.loc, change.new)
        about = {"place": " · ".join(steps)}
        item = isinstance(change.loc[-1], int)
        if change.new:
            return self._say("row-added" if item else "given", **about, new=self._value(model, key, change.value))
        if change.value is GONE:
            return self._say("row-removed" if item else "taken", **about, old=self._value(model, key, old))
        values = self._value(model, key, old), self._value(model, key, change.value)
        return self._say("becomes", **about, **dict(zip(("old", "new"), _where_they_differ(*values), strict=True)))

    def three(self, before: Any, change: Change, now: Any) -> tuple[str, str, str]:
        """What a value was, what it is now, and what a change would make of it."""
        _, model, key = self._way(before, change.loc, change.new)
        if len(change.loc) == 2 and change.loc[0] == "programs":
            told = (GONE if change.new else at(before, change.loc), now, change.value)
            was, is_, wanted = (self._record(value) for value in told)
        else:
            old = GONE if change.new else at(before, change.loc)
            was, is_, wanted = (self._value(model, key, value) for value in (old, now, change.value))
        return _cut(was), _cut(is_), _cut(wanted)

    def _record(self, value: Any) -> str:
        if value is GONE:
            return say("changes.empty", self.language)
        return record_in_words(self.collection, Program, value, self.language)

    def _whole(self, old: Any, change: Change) -> str:
        if change.value is GONE:
            return self._say("program-removed", id=program_key(old))
        return self._say("program-added", id=program_key(change.value), new=self._record(change.value))

    def place(self, before: Any, loc: Loc) -> str:
        """Where a value stands, in words; a place for a new item is that of its list."""
        return " · ".join(self._way(before, loc, False)[0])

    def _way(self, before: Any, loc: Loc, new: bool) -> tuple[list[str], type[Record], str]:
        """The words of each step to a place, the model around the value and the field in which it stands."""
        model: type[Record] = Copy
        steps: list[str] = []
        rest = loc
        if loc and loc[0] in TOPS:
            model, rest = TOPS[str(loc[0])], loc[2:]
            there = at(before, loc[:2])
            name = program_key(there) if loc[0] == "programs" and there is not GONE else str(loc[1])
            steps.append(name)
        key, inner = "", model
        for index, part in enumerate(rest):
            if isinstance(part, int):
                if not (new and index == len(rest) - 1):
                    steps[-1] += f" {part + 1}"
                continue
            model, key = inner, part
            known = kinds(model).get(part)
            steps.append(title(model, part, self.language) if known else part)
            inner = (known.model if known else None) or inner
        return steps, model, key

    def _value(self, model: type[Record], key: str, value: Any) -> str:
        if value is GONE or value in ("", [], {}):
            return say("changes.empty", self.language)
        return in_words(self.collection, model, key, value, self.language)

    def _say(self, code: str, **about: str) -> str:
        return _one_line(say(f"changes.{code}", self.language, **{name: _cut(words) for name, words in about.items()}))


def _where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Two texts; of long ones only the part that differs, with some words around it."""
    if max(len(old), len(new)) <= 4 * AROUND:
        return old, new
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    return _part(old, start, end), _part(new, start, end)


def _part(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _one_line(words: str) -> str:
    """What is printable, in one line: a value of a cell moves no cursor."""
    return "".join(c if c.isprintable() else " " for c in words)
