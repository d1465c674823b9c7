"""Changes made to an older version of the values → the same changes of today's, or what stands against them.

Somebody changed a workbook while somebody else changed the file it was made from. A change goes in where the value
that it replaces is still there; where both sides changed one value differently, that is a clash, and people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .changes import GONE, Change, at, matched
from .model import Loc

Name = Callable[[Any], Any]


@dataclass(frozen=True)
class Clash:
    """A change (its place is that of the older version) that meets another; `now` stands there today."""

    change: Change
    now: Any


def merged(base: Any, now: Any, changes: Iterable[Change], name: Name) -> tuple[list[Change], list[Clash]]:
    """Changes of `base` as changes of `now`, and the clashes; what both sides changed in the same way is neither.

    `name` gives the identity of an item of a list, nothing where it has none.
    """
    moved: list[Change] = []
    clashes: list[Clash] = []
    for change in changes:
        place = _place(base, now, change, name)
        there = GONE if place is None else at(now, place)
        if place is None:
            if change.value is not GONE or change.new:
                clashes.append(Clash(change, GONE))
        elif change.new and isinstance(change.loc[-1], int):
            _take_item(base, now, change, place, name, moved, clashes)
        elif there == at(base, change.loc):
            moved.append(Change(place, change.value, change.new))
        elif there != change.value:
            clashes.append(Clash(change, there))
    return moved, clashes


def _take_item(
    base: Any, now: Any, change: Change, place: Loc, name: Name, moved: list[Change], clashes: list[Clash]
) -> None:
    """A new item; it may have been put in on the other side too."""
    old, there = at(base, change.loc[:-1]), at(now, place[:-1])
    origins = matched(old, there, name)
    added = [item for item, origin in zip(there, origins, strict=True) if origin is None]
    if change.value in added:
        return
    same = next((item for item in added if name(item) is not None and name(item) == name(change.value)), None)
    if same is not None:
        clashes.append(Clash(change, same))
    else:
        moved.append(Change(place, change.value, True))


def _place(base: Any, now: Any, change: Change, name: Name) -> Loc | None:
    """Where the place of a change is today; None where what stood around it is no more."""
    found: list[str | int] = []
    for depth, part in enumerate(change.loc):
        old, there = at(base, change.loc[:depth]), at(now, tuple(found))
        last = depth == len(change.loc) - 1
        if isinstance(part, int):
            if not isinstance(there, list):
                return None
            index = _index(matched(old, there, name), part, len(there), last and change.new)
            if index is None:
                return None
            found.append(index)
        elif not isinstance(there, dict) or (not last and part not in there):
            return None
        else:
            found.append(part)
    return tuple(found)


def _index(origins: list[int | None], index: int, length: int, new: bool) -> int | None:
    """Today's position of the item that stood at `index`, or of the gap before it."""
    if not new:
        return next((today for today, origin in enumerate(origins) if origin == index), None)
    later = (today for today, origin in enumerate(origins) if origin is not None and origin >= index)
    earlier = [today for today, origin in enumerate(origins) if origin is not None and origin < index]
    return earlier[-1] + 1 if earlier else next(later, length)
