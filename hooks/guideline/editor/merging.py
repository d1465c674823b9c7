"""Three versions of a record → one: what was changed in the form and what was changed elsewhere since it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..changes import GONE
from ..model import Loc


@dataclass(frozen=True)
class Clash:
    """A value that two have changed in different ways."""

    loc: Loc
    mine: Any
    theirs: Any


def merged(base: Any, mine: Any, theirs: Any) -> tuple[Any, list[Clash]]:
    """The record with both sets of changes, and what both have changed: there stands mine."""
    clashes: list[Clash] = []
    return _merged(base, mine, theirs, (), clashes), clashes


def _merged(base: Any, mine: Any, theirs: Any, loc: Loc, clashes: list[Clash]) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        before = base if isinstance(base, dict) else {}
        return dict(_fields(before, mine, theirs, loc, clashes))
    if all(isinstance(rows, list) for rows in (base, mine, theirs)) and len(mine) == len(theirs) == len(base):
        rows = enumerate(zip(base, mine, theirs, strict=True))
        return [_merged(was, my, their, (*loc, index), clashes) for index, (was, my, their) in rows]
    clashes.append(Clash(loc, mine, theirs))
    return mine


def _fields(base: Any, mine: Any, theirs: Any, loc: Loc, clashes: list[Clash]) -> Iterator[tuple[str, Any]]:
    for key in _keys(theirs, mine):
        was, my, their = (record.get(key, GONE) for record in (base, mine, theirs))
        found = _merged(was, my, their, (*loc, key), clashes)
        if found is not GONE:
            yield key, found


def _keys(*records: Iterable[str]) -> dict[str, None]:
    return {key: None for record in records for key in record}
