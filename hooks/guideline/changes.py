"""What becomes of plain values: one change a value, found between two versions, or made.

Values are what `reading.parse` gives: text, lists and mappings. Every place (`loc`) is that of the value before the
changes, so that several changes of one list do not shift one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from .model import Loc


class Gone:
    """Stands where a value is no more."""

    def __repr__(self) -> str:
        return "GONE"


GONE = Gone()


@dataclass(frozen=True)
class Change:
    """One value that becomes another.

    `value` GONE takes the key or the item away. With `new`, it is put into the mapping as a key that was not there, or
    into the list before the item that stands at its index (at the end: the index is the length).
    """

    loc: Loc
    value: Any
    new: bool = False


def at(value: Any, loc: Loc) -> Any:
    """What stands at `loc`, GONE where nothing does."""
    for part in loc:
        inside: Any = GONE
        if isinstance(value, dict):
            inside = value.get(part, GONE)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            inside = value[part]
        if inside is GONE:
            return GONE
        value = inside
    return value


def applied(value: Any, changes: Iterable[Change]) -> Any:
    """The value with the changes made; the value that was given stays as it was."""
    return _applied(value, [(change.loc, change) for change in changes])


def _applied(value: Any, changes: list[tuple[Loc, Change]]) -> Any:
    here = [change for loc, change in changes if not loc]
    if here:
        return here[-1].value
    inner: dict[Any, list[tuple[Loc, Change]]] = {}
    for loc, change in changes:
        inner.setdefault(loc[0], []).append((loc[1:], change))
    if isinstance(value, dict):
        made = {key: _applied(value.get(key, GONE), inner.get(key, [])) for key in [*value, *inner]}
        return {key: item for key, item in made.items() if item is not GONE}
    if isinstance(value, list):
        return [item for item in _items(value, inner) if item is not GONE]
    return value


def _items(value: list[Any], inner: dict[Any, list[tuple[Loc, Change]]]) -> Iterator[Any]:
    for index in range(len(value) + 1):
        found = inner.get(index, [])
        yield from (change.value for loc, change in found if not loc and change.new)
        if index < len(value):
            yield _applied(value[index], [(loc, change) for loc, change in found if loc or not change.new])


Origins = Mapping[Loc, Sequence[int | None]]
"""Where the items of lists stood before, by the place of the list before: their index, nothing for a new one."""


def differences(
    old: Any,
    new: Any,
    name: Callable[[Any], Any] | None = None,
    loc: Loc = (),
    origins: Origins = MappingProxyType({}),
) -> Iterator[Change]:
    """The changes that make `new` of `old`, the smallest that can be told; `applied(old, …) == new`.

    `name` gives the identity of an item of a list (nothing where it has none): only items of one identity are compared
    with one another. `origins` says of lists whose history is known where each item stood; the order of those that stay
    is the same.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            if key not in new:
                yield Change((*loc, key), GONE)
            else:
                yield from differences(old[key], new[key], name, (*loc, key), origins)
        yield from (Change((*loc, key), new[key], True) for key in new if key not in old)
    elif isinstance(old, list) and isinstance(new, list):
        found = origins[loc] if loc in origins else matched(old, new, name)
        yield from _between_lists(old, new, found, name, loc, origins)
    elif old != new:
        yield Change(loc, new)


def _between_lists(
    old: list[Any],
    new: list[Any],
    found: Sequence[int | None],
    name: Callable[[Any], Any] | None,
    loc: Loc,
    origins: Origins,
) -> Iterator[Change]:
    next_old = 0
    for item, index in zip(new, found, strict=True):
        if index is None:
            yield Change((*loc, next_old), item, True)
            continue
        yield from (Change((*loc, gone), GONE) for gone in range(next_old, index))
        yield from differences(old[index], item, name, (*loc, index), origins)
        next_old = index + 1
    yield from (Change((*loc, gone), GONE) for gone in range(next_old, len(old)))


def matched(old: list[Any], new: list[Any], name: Callable[[Any], Any] | None = None) -> list[int | None]:
    """Where each item of the new list stood in the old one, nothing for a new one.

    Items that are the same stay; of a stretch that differs, items without an identity are paired in their order.
    """
    found: list[int | None] = [None] * len(new)
    before, after = ([_identity(item, name) for item in items] for items in (old, new))
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "insert":
            continue
        for index in range(min(b - a, d - c)):
            if tag == "equal" or not (name and (name(old[a + index]) or name(new[c + index]))):
                found[c + index] = a + index
    return found


def _identity(item: Any, name: Callable[[Any], Any] | None) -> Any:
    known = name(item) if name else None
    return known if known is not None else repr(item)
