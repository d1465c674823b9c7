"""The tables of a workbook that came back → what was changed in it, and everything that cannot be taken.

A cell that still holds what was written into it is no change, so what cells cannot say stays as it was. Rows are known
by the name in their hidden first column, never by their place: they may have been sorted, filtered, put in anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from ..changes import GONE, Change
from ..model import Collection
from .cells import Cell, Labels, Refused, unchanged, value_of
from .layout import NAMES, Column, Path, Sheet, sheets
from .opening import Book, Fault, Table
from .rows import Row, changes, rows
from .writing import NUMBER, PROGRAM, REMOVE, UNDER, languages_of

Convert = Callable[[str], str]
"""Georgian words for an old font → Georgian letters."""


@dataclass(frozen=True)
class Conversion:
    """Words for an old font that were read as Georgian."""

    sheet: str
    cell: str
    id: str
    old: str
    new: str


@dataclass
class Edits:
    """What was changed in a workbook."""

    changes: list[Change]
    """Of the values that it was made from."""
    faults: list[Fault]
    conversions: list[Conversion]
    rows: list[Row]
    """The programmes as they are in it."""
    places: dict[int, tuple[str, int, dict[str, str]]]
    """Where rows stand: id of a row → title of the sheet, number of the row, name of a column → its letter."""

    def cell(self, row: Row, key: str) -> tuple[str, str]:
        """The sheet and the cell of a value of a row; of the row where no column has it."""
        title, number, letters = self.places[id(row)]
        return title, f"{letters.get(key) or letters.get(PROGRAM) or letters.get('id', 'A')}{number}"


def edits(book: Book, collection: Collection, convert: Convert) -> Edits:
    """What was changed in a workbook, and all its faults at once."""
    reader = _Reader(book, collection, convert)
    reader.read()
    faults = sorted(reader.faults, key=lambda fault: reader.order(fault.sheet))
    found = changes(book.base, reader.top) if not faults else []
    return Edits(found, faults, reader.conversions, reader.top, reader.places)


@dataclass
class _Line:
    """A row of a sheet of the workbook."""

    table: Table
    number: int
    cells: dict[str, Cell]
    """What stands in it, by the names of the columns."""


@dataclass
class _Reader:
    book: Book
    collection: Collection
    convert: Convert
    faults: list[Fault] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    places: dict[int, tuple[str, int, dict[str, str]]] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)

    def read(self) -> None:
        self.labels = Labels(self.collection)
        self.sheets = sheets(languages_of(self.book.base))
        self.top = rows(self.sheets[0], self.book.base)
        self.faults += self.book.faults
        for sheet in self.sheets:
            table = self.book.tables.get(sheet.key)
            if table is not None and self._has_all_columns(sheet, table):
                self._sheet(sheet, table)
            elif table is None and any(self._rows_of(sheet)):
                self.faults.append(Fault("no-sheet", {"sheet": sheet.key or "programs"}))
        _without(self.top, self.removed)

    def order(self, title: str) -> int:
        """Faults are told sheet by sheet."""
        titles = [table.title for table in self.book.tables.values()]
        return titles.index(title) if title in titles else -1

    def _rows_of(self, sheet: Sheet) -> Iterator[Row]:
        return (row for top in self.top for row in top.everything() if row.sheet is sheet)

    def _has_all_columns(self, sheet: Sheet, table: Table) -> bool:
        """Is every column there once? One in which nothing stood may be missing: a new version may have brought it."""
        names = list(table.columns.values())
        used = {one.key for row in self._rows_of(sheet) for one in sheet.columns if row.get(one) is not GONE}
        needed = [REMOVE, *([PROGRAM, NUMBER] if sheet.steps else []), *sorted(used)]
        missing = [key for key in needed if key not in names]
        missing += [key for key in dict.fromkeys(names) if names.count(key) > 1]
        self.faults += [Fault("no-such-column", {"column": key}, table.title) for key in missing]
        return not missing

    def _foreign(self, sheet: Sheet, line: _Line) -> None:
        """What stands in a column that the sheet does not have."""
        known = {column.key for column in sheet.columns}
        for key, cell in line.cells.items():
            if key not in known and not key.startswith("#"):
                self._fault("no-column", line, key, value=str(cell)[:80])

    # --- the rows of one sheet

    def _sheet(self, sheet: Sheet, table: Table) -> None:
        lines = [
            _Line(table, number, {table.columns[index]: cell for index, cell in cells.items()})
            for number, cells in table.rows.items()
        ]
        known = {row.name: row for row in self._rows_of(sheet)}
        originals = self._originals(lines, known)
        self.removed |= {id(row) for name, row in known.items() if name not in originals}
        above: dict[int, Row] = {}
        for line in lines:
            self._foreign(sheet, line)
            name = line.cells.get("#row")
            row = known.get(str(name)) if name is not None else None
            if row is not None and originals[row.name] is line:
                self._known_row(row, line)
            elif name is not None and row is None:
                self._fault("row-unknown", line, "#row", value=str(name)[:80])
                continue
            else:
                row = self._new_row(sheet, line, above)
            if row is not None:
                above[id(self._list_of(row))] = row

    def _originals(self, lines: Sequence[_Line], known: dict[str, Row]) -> dict[str, _Line]:
        """The line of each row; of lines with one name (a row that was copied) the one that changed least."""
        found: dict[str, _Line] = {}
        for line in lines:
            row = known.get(str(line.cells.get("#row")))
            if row is None:
                continue
            if row.name not in found or self._distance(row, line) < self._distance(row, found[row.name]):
                found[row.name] = line
        return found

    def _distance(self, row: Row, line: _Line) -> int:
        """How many cells differ from what was written."""
        columns = row.sheet.columns
        return sum(not unchanged(line.cells.get(one.key), row.get(one), one, self.labels) for one in columns)

    def _list_of(self, row: Row) -> list[Row]:
        """The list in which a row stands."""
        if not row.sheet.steps:
            return self.top
        return next(
            found
            for top in self.top
            for around in top.everything()
            for found in around.lists.values()
            if any(one is row for one in found)
        )

    def _known_row(self, row: Row, line: _Line) -> None:
        self._place(row, line)
        if self._is_removed(line) or self._was_emptied(row, line):
            self.removed.add(id(row))
            return
        for column in row.sheet.columns:
            cell = line.cells.get(column.key)
            if unchanged(cell, row.get(column), column, self.labels):
                continue
            if not row.sheet.steps and column.key in NAMES:
                self._fault("id-locked", line, column.key, row.program, old=str(row.get(column)))
                continue
            self._take(row, column, cell, line)

    def _was_emptied(self, row: Row, line: _Line) -> bool:
        """Was everything taken out of the cells of a row that had something in them?"""
        columns = [column for column in row.sheet.columns if not column.tree]
        had = any(row.get(column) is not GONE for column in columns)
        return bool(row.sheet.steps) and had and not row.lists and not any(one.key in line.cells for one in columns)

    def _is_removed(self, line: _Line) -> bool:
        return bool(str(line.cells.get(REMOVE, "")).strip())

    def _take(self, row: Row, column: Column, cell: Cell, line: _Line) -> None:
        """The value of a cell into the row; what cannot be taken is a fault."""
        try:
            if column.tree:
                raise Refused("tree")
            value = value_of(cell, column, self.labels)
        except Refused as refused:
            self._fault(refused.code, line, column.key, row.program, **refused.about)
            return
        if column.language == "ka" and isinstance(value, str):
            value = self._converted(value, line, column, row.program)
        old = row.get(column)
        if value != old and not (old is not GONE and unchanged(value, old, column, self.labels)):
            row.put(column, value)

    def _converted(self, words: str, line: _Line, column: Column, id: str) -> str:
        made = self.convert(words)
        if made != words:
            _, letters = line.table.title, _letters(line.table)
            self.conversions.append(
                Conversion(line.table.title, f"{letters[column.key]}{line.number}", id, words, made)
            )
        return made

    # --- new rows

    def _new_row(self, sheet: Sheet, line: _Line, above: dict[int, Row]) -> Row | None:
        cells = [key for key in line.cells if key not in ("#row", REMOVE, NUMBER)]
        if not cells or self._is_removed(line):
            return None
        return self._new_program(sheet, line, above) if not sheet.steps else self._new_item(sheet, line, above)

    def _new_program(self, sheet: Sheet, line: _Line, above: dict[int, Row]) -> Row | None:
        row = Row(sheet, "", (), GONE)
        before = len(self.faults)
        for column in sheet.columns:
            self._take(row, column, line.cells.get(column.key), line)
        missing = [key for key in ("id", "municipality", "type") if key not in row.value]
        for key in missing:
            self._fault("program-without", line, key, field=key)
        if missing or len(self.faults) > before:
            return None
        row.program = f"{row.value['municipality']}/{row.value['id']}"
        if any(one.program == row.program and id(one) not in self.removed for one in self.top):
            self._fault("id-taken", line, "id", row.program)
            return None
        _insert(self.top, row, above)
        self._place(row, line)
        return row

    def _new_item(self, sheet: Sheet, line: _Line, above: dict[int, Row]) -> Row | None:
        around = self._around(sheet, line)
        if around is None:
            return None
        found = around.lists.setdefault(sheet.steps[-1], [])
        row = Row(sheet, around.program, _number(line.cells.get(NUMBER)), GONE)
        for column in sheet.columns:
            self._take(row, column, line.cells.get(column.key), line)
        _insert(found, row, above)
        self._place(row, line)
        return row

    def _around(self, sheet: Sheet, line: _Line) -> Row | None:
        """The record to which a new row belongs."""
        name = str(line.cells.get(PROGRAM, "")).strip()
        program = next((row for row in self.top if row.program == name), None)
        if program is None:
            self._fault("no-program", line, PROGRAM, value=name)
            return None
        if len(sheet.steps) == 1:
            return program
        number = _number(line.cells.get(UNDER))
        found = [
            row for row in program.everything() if row.sheet.steps == sheet.steps[:-1] and id(row) not in self.removed
        ]
        chosen = [row for row in found if row.number == number] if number or len(found) != 1 else found
        if len(chosen) == 1:
            return chosen[0]
        numbers = ", ".join(row.shown for row in found if row.number)
        self._fault(
            "no-row-around", line, UNDER, program.program, value=".".join(map(str, number)), near=numbers or "—"
        )
        return None

    # --- what is told

    def _place(self, row: Row, line: _Line) -> None:
        self.places[id(row)] = (line.table.title, line.number, _letters(line.table))

    def _fault(self, code: str, line: _Line, key: str, program: str = "", **about: str) -> None:
        letter = _letters(line.table).get(key, "A")
        id_ = program or str(line.cells.get(PROGRAM) or line.cells.get("#row") or "")
        self.faults.append(Fault(code, about, line.table.title, f"{letter}{line.number}", id_))


def _letters(table: Table) -> dict[str, str]:
    return {key: get_column_letter(index) for index, key in table.columns.items()}


def _insert(found: list[Row], row: Row, above: dict[int, Row]) -> None:
    """A new row behind the one above it in the sheet that is of the same list, at the end where there is none."""
    before = above.get(id(found))
    index = next((i + 1 for i, one in enumerate(found) if one is before), len(found))
    found.insert(index, row)


def _number(cell: Cell) -> tuple[int, ...]:
    """The number of a row as somebody typed it: 2, "2", "2.1", and 2.1 where Excel made a number of it."""
    parts = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell or "").strip().split(".")
    return tuple(int(part) for part in parts if part.isdecimal()) if all(part.isdecimal() for part in parts) else ()


def _without(found: list[Row], removed: set[int]) -> None:
    found[:] = [row for row in found if id(row) not in removed]
    for row in found:
        for inner in row.lists.values():
            _without(inner, removed)


def row_at(top: Sequence[Row], loc: Sequence[str | int]) -> tuple[Row, str] | None:
    """The row in whose cells a place of the changed file stands, and the column; "" where it is of the whole row."""
    if len(loc) < 2 or not isinstance(loc[1], int) or loc[1] >= len(top):
        return None
    row, rest = top[loc[1]], tuple(loc[2:])
    while True:
        inner = next(_inside(row, rest), None)
        if inner is None:
            return row, _column(row, tuple(part for part in rest if isinstance(part, str)))
        row, rest = inner


def _inside(row: Row, rest: tuple[str | int, ...]) -> Iterator[tuple[Row, tuple[str | int, ...]]]:
    for path, found in row.lists.items():
        length = len(path)
        if rest[:length] == path and len(rest) > length:
            index = rest[length]
            if isinstance(index, int) and index < len(found):
                yield found[index], rest[length + 1 :]


def _column(row: Row, path: Path) -> str:
    keys = [column.path for column in row.sheet.columns]
    exact = [key for key in keys if key == path] or [key for key in keys if path[: len(key)] == key]
    near = exact or [key for key in keys if path and key[: len(path)] == path]
    given = [key for key in near if cell_given(row, key)]
    return ".".join((given or near or [()])[0])


def cell_given(row: Row, path: Path) -> bool:
    """Does the row hold something in this column?"""
    value: Any = row.value
    for part in path:
        value = value.get(part, GONE) if isinstance(value, dict) else GONE
    return value is not GONE
