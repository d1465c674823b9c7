"""The models → sheets and columns: a row a programme, a sheet a list, a column a fact.

Nothing here names a field of a programme: a field that the model gains becomes a column, a list of records a sheet.
A list inside rows of a list has a sheet of its own, whose rows say to which row they belong. Only a model inside
itself twice (groups of conditions in groups of conditions) does not fit into cells: it is shown, and changed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from ..model import SOURCE_LANGUAGES, Bounds, Condition, Program, Record, Text
from ..naming import Kind, help_of, kinds, title

Path = tuple[str, ...]
"""Names of fields, from the record of a row inwards."""

FIRST = ("id", "municipality", "type", "name", "listed", "state")
"""Columns of the first sheet that stand before all others: what is changed most. The rest is in the card's order."""
DEEPEST = 2
"""How often a model may stand inside itself before it is a tree."""
NAMES = ("id", "municipality")
"""Columns of the first sheet that are locked in rows that are there: they are the address of a programme."""


@dataclass(frozen=True)
class Column:
    """One fact of the record of a row."""

    path: Path
    owners: tuple[type[Record], ...]
    """The model around each step of the path."""
    kind: Kind
    tree: bool = False
    """Does it hold what does not fit into cells?"""

    @property
    def key(self) -> str:
        """The name of the column in the hidden first row."""
        return ".".join(self.path)

    @property
    def model(self) -> type[Record]:
        """The model that has the field."""
        return self.owners[-1]

    @property
    def field(self) -> str:
        """The field itself."""
        return self.path[-1]

    @property
    def language(self) -> str:
        """The language of its words, nothing where it is not a text in several."""
        return self.field if issubclass(self.model, Text) else ""

    @property
    def form(self) -> str:
        """What is typed into it: "tree", "ids", "choice", "flag", "sum", "whole", "day" or "text"."""
        if self.tree:
            return "tree"
        if self.kind.many:
            return "ids"
        if self.kind.choices or self.kind.reference:
            return "choice"
        return {bool: "flag", Decimal: "sum", int: "whole", date: "day"}.get(self.kind.type, "text")

    def head(self, language: str) -> str:
        """The titles of its steps."""
        if self.language and self.language not in SOURCE_LANGUAGES:
            return " · ".join([*self._titles(language)[:-1], self.language])
        return " · ".join(self._titles(language))

    def _titles(self, language: str) -> list[str]:
        pairs = zip(self.owners, self.path, strict=True)
        return [title(model, key, language) if key in kinds(model) else key for model, key in pairs]

    def help(self, language: str) -> str:
        """What to write into it."""
        model, key = (
            (self.owners[-2], self.path[-2]) if self.language and len(self.path) > 1 else (self.model, self.field)
        )
        return help_of(model, key, language) if key in kinds(model) else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: the programmes, or one of the lists that they hold."""

    steps: tuple[Path, ...]
    """The way from a programme to the records of the rows: a list of it, a list inside a row of that list …"""
    owners: tuple[type[Record], ...]
    """The models around each field on that way."""
    model: type[Record]
    columns: tuple[Column, ...]

    @property
    def path(self) -> Path:
        """The way in one."""
        return tuple(part for step in self.steps for part in step)

    @property
    def key(self) -> str:
        """The name of the sheet in its hidden first cell."""
        return ".".join(self.path)

    def head(self, language: str) -> str:
        """The titles of the lists on the way."""
        return " · ".join(title(model, key, language) for model, key in zip(self.owners, self.path, strict=True))


@cache
def sheets(languages: tuple[str, ...] = SOURCE_LANGUAGES) -> tuple[Sheet, ...]:
    """All sheets, the programmes first; texts have a column for each language."""
    return tuple(_sheets(Program, (), (), (Program,), languages))


@cache
def inside(sheet: Sheet) -> tuple[Sheet, ...]:
    """The sheets of the lists that the rows of a sheet hold."""
    languages = tuple(
        dict.fromkeys([*SOURCE_LANGUAGES, *(column.language for column in sheet.columns if column.language)])
    )
    return tuple(one for one in sheets(languages) if one.steps and one.steps[:-1] == sheet.steps)


def _sheets(
    model: type[Record],
    steps: tuple[Path, ...],
    owners: tuple[type[Record], ...],
    around: tuple[type[Record], ...],
    languages: Sequence[str],
) -> Iterator[Sheet]:
    columns: list[Column] = []
    lists: list[tuple[Column, tuple[type[Record], ...]]] = []
    _flatten(model, (), (), around, languages, columns, lists)
    if not steps:
        columns.sort(key=lambda column: FIRST.index(column.path[0]) if column.path[0] in FIRST else len(FIRST))
    yield Sheet(steps, owners, model, tuple(columns))
    for column, inside in lists:
        inner = column.kind.model
        assert inner
        yield from _sheets(inner, (*steps, column.path), (*owners, *column.owners), (*inside, inner), languages)


def _flatten(
    model: type[Record],
    path: Path,
    owners: tuple[type[Record], ...],
    around: tuple[type[Record], ...],
    languages: Sequence[str],
    columns: list[Column],
    lists: list[tuple[Column, tuple[type[Record], ...]]],
) -> None:
    fields = kinds(model)
    further = {code: fields[SOURCE_LANGUAGES[0]] for code in languages if issubclass(model, Text)}
    for key, kind in {**fields, **further}.items():
        column = Column((*path, key), (*owners, model), kind)
        if not kind.model:
            columns.append(column)
        elif around.count(kind.model) >= DEEPEST:
            columns.append(Column(column.path, column.owners, kind, tree=True))
        elif kind.many:
            lists.append((column, around))
        else:
            _flatten(kind.model, column.path, column.owners, (*around, kind.model), languages, columns, lists)


def rare(sheet: Sheet, column: Column) -> bool:
    """May the column be hidden where no row uses it? One of the many facts of conditions, but not a plain limit."""
    if column.tree:
        return True
    if Condition in column.owners and sheet.model is not Condition:
        return True
    return sheet.model is Condition and len(column.path) > 1 and not _plain_limit(column)


def _plain_limit(column: Column) -> bool:
    return len(column.path) == 2 and issubclass(column.model, Bounds) and column.field in kinds(Bounds)
