"""Records ↔ rows: a record loses its lists to sheets of their own and gets them back, as it was written.

What may be written in short (`status: idp`) is spelled out in a row, and short again afterwards where it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ..changes import GONE, Change, Origins, at, differences
from ..collection import program_key
from ..model import Loc, Record, Shorthand
from ..naming import kinds
from .layout import Column, Path, Sheet, inside

TOP = "programs"
"""The key under which the file holds its programmes."""


@dataclass
class Row:
    """A record as a row: what stands in its cells, and the rows of its lists."""

    sheet: Sheet
    program: str
    """The programme to which it belongs, "telavi/rent"."""
    number: tuple[int, ...]
    """Its position in its list, from 1, after those of the rows around it; nothing for a programme or a new row."""
    before: Any
    """The record as it was written; GONE for a new one."""
    loc: Loc = ()
    """Where it stood in the file."""
    value: dict[str, Any] = field(default_factory=dict)
    lists: dict[Path, list[Row]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What names it in the hidden first column: "telavi/rent" or "telavi/rent 2.1"."""
        return " ".join([self.program, self.shown]) if self.number else self.program

    @property
    def shown(self) -> str:
        """Its number as people see it: "2.1"."""
        return ".".join(map(str, self.number))

    def get(self, column: Column) -> Any:
        """The plain value of a column, GONE where there is none."""
        return at(self.value, column.path)

    def put(self, column: Column, value: Any) -> None:
        """Another value, or none with GONE."""
        holder = self.value
        for part in column.path[:-1]:
            holder = holder.setdefault(part, {})
        if value is GONE:
            holder.pop(column.field, None)
        else:
            holder[column.field] = value

    def everything(self) -> Iterator[Row]:
        """It and all rows inside it."""
        yield self
        for rows in self.lists.values():
            for row in rows:
                yield from row.everything()


def rows(top: Sheet, values: Any) -> list[Row]:
    """The programmes of a file as rows, each with the rows of its lists."""
    return [
        _row(top, record, program_key(record), (), (TOP, index)) for index, record in enumerate(values.get(TOP) or ())
    ]


def _row(sheet: Sheet, record: Any, program: str, number: tuple[int, ...], loc: Loc) -> Row:
    row = Row(sheet, program, number, record, loc, _spelled_out(sheet.model, deepcopy(record)))
    for one in inside(sheet):
        path = one.steps[-1]
        items = at(row.value, path)
        if isinstance(items, list):
            _holder(row.value, path).pop(path[-1])
            row.lists[path] = [
                _row(one, item, program, (*number, index + 1), (*loc, *path, index)) for index, item in enumerate(items)
            ]
    return row


def _holder(value: dict[str, Any], path: Path) -> dict[str, Any]:
    for part in path[:-1]:
        value = value.setdefault(part, {})
    return value


def _spelled_out(model: type[Record], value: Any) -> Any:
    if issubclass(model, Shorthand) and not isinstance(value, dict):
        value = {model.words if isinstance(value, list) and model.words else model.word: value}
    if isinstance(value, dict):
        for key, kind in kinds(model).items():
            if kind.model and not kind.many and key in value:
                value[key] = _spelled_out(kind.model, value[key])
    return value


def record(row: Row) -> Any:
    """The record of a row with its lists, written in the manner in which it was."""
    value = deepcopy(row.value)
    for path, found in row.lists.items():
        if found or at(row.before, path) == []:
            _holder(value, path)[path[-1]] = [record(one) for one in found]
    return _written(row.sheet.model, value, row.before)


def _written(model: type[Record], value: Any, before: Any) -> Any:
    """Short where it was short, in order, and without mappings that lost all they had."""
    if not isinstance(value, dict):
        return value
    for key, kind in kinds(model).items():
        if kind.model and not kind.many and key in value:
            value[key] = _written(kind.model, value[key], at(before, (key,)))
            if value[key] == {} and at(before, (key,)) != {}:
                del value[key]
    if issubclass(model, Shorthand) and not isinstance(before, dict) and len(value) == 1:
        key, only = next(iter(value.items()))
        if key in (model.word, model.words):
            return only
    old = [key for key in before if key in value] if isinstance(before, dict) else []
    names = list(kinds(model))
    new = sorted((key for key in value if key not in old), key=lambda key: names.index(key) if key in names else 99)
    return {key: value[key] for key in [*old, *new]}


def changes(values: Any, made: Sequence[Row]) -> list[Change]:
    """What the rows, after they were changed, change of the file they were made of."""
    origins: dict[Loc, list[int | None]] = {(TOP,): _origins(made)}
    for row in (inner for one in made for inner in one.everything()):
        if row.before is not GONE:
            origins |= {(*row.loc, *path): _origins(found) for path, found in row.lists.items()}
    known: Origins = origins
    return list(differences(values, {**values, TOP: [record(row) for row in made]}, loc=(), origins=known))


def _origins(found: Sequence[Row]) -> list[int | None]:
    return [None if row.before is GONE else int(row.loc[-1]) for row in found]
