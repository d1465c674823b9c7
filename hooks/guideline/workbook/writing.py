"""Rows → a workbook that a clerk can fill in: heads in two languages, lists to choose from, ids locked.

The first row of each sheet is hidden and names its columns; a hidden sheet holds the values from which the workbook
was made, so that an import knows what was changed. The same values give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotated_types import MaxLen
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..changes import at
from ..model import SOURCE_LANGUAGES, Collection, Condition
from ..naming import record_in_words
from ..telling import say, told
from . import keeping
from .cells import Labels, cell_of
from .layout import NAMES, Column, Sheet, rare, sheets
from .rows import Row, rows

HEADS = 3
"""Rows before the first of data: the hidden names, the heads in Georgian, the heads in English."""
ROOM = 5000
"""Rows for which a sheet offers its lists."""
MARKER = "gzamkvlevi:"
"""What the hidden first cell of each of our sheets begins with; then comes the key of the sheet."""
ROW, REMOVE, PROGRAM, NAME, UNDER, NUMBER = "#row", "#remove", "#program", "#name", "#under", "#number"
"""Columns that are no fields."""
COUNT, SUMMARY = "#count", "#summary"
"""Columns that only show something."""
SPARSE = 50
"""From so many columns on, a row is also told in words: most of its cells are empty."""
WORDS = "#words"
"""The sheet of the words from which cells choose."""
UNKNOWN = {
    "": ("repeat.per", "application.at", "decision.within.value", "valid.from", "valid.to", "act.form", "year"),
    "benefits": ("gel", "period", "per"),
    "documents.list": ("is",),
    "contacts.phones": ("number",),
    "sources": ("year",),
}
"""Columns of which the card says that it is not known where they are empty: sheet → columns."""
AMOUNTS = ("gel", "up_to_gel", "from_gel", "to_gel", "percent", "up_to_percent", "free", "worth_gel", "tiers.by")
"""A sum is unknown only where none of these says how much."""
NO_SUM = ("service", "goods")
"""Kinds of benefit that need no sum."""
DAY = datetime(2019, 7, 8)
"""The day of the training from which all this comes stands in every file: the same data give the same bytes."""
MOST_LINES = 6
"""Lines that a row shows at most."""
FONT = "Segoe UI"
"""It has Georgian letters on Windows; elsewhere another takes its place."""
WIDTHS = {"text": 18, "ids": 34, "choice": 26, "flag": 12, "sum": 14, "whole": 15, "day": 13, "tree": 40}

_DARK, _TEAL = PatternFill("solid", fgColor="1F5C7A"), PatternFill("solid", fgColor="3D6B52")
_PALE, _PALE_TEAL = PatternFill("solid", fgColor="DCE8EE"), PatternFill("solid", fgColor="E0EBE4")
_GREY = PatternFill("solid", fgColor="EDEDED")
_YELLOW = PatternFill("solid", bgColor="FFF3C4", fgColor="FFF3C4")
_RED = PatternFill("solid", bgColor="F8D7D3", fgColor="F8D7D3")
_LINE = Border(*(Side("thin", color="D5D5D5") for _ in range(4)))
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_FREE, _LOCKED = Protection(locked=False), Protection(locked=True)


@dataclass(frozen=True)
class _Place:
    """A column of a sheet as it is written: its name, its heads, how it looks."""

    key: str
    heads: tuple[str, str]
    width: float
    locked: bool = False
    """Is it locked in rows that are there?"""
    always: bool = False
    """Is it locked in new rows too?"""
    hidden: bool = False
    column: Column | None = None
    help: str = ""

    @property
    def format(self) -> str:
        """What Excel makes of what is typed: phones and codes stay text."""
        if self.column is None or self.column.form in ("ids", "choice", "flag", "sum", "whole", "tree"):
            return "General"
        if self.column.form == "day":
            return "yyyy-mm-dd"
        longest = max((mark.max_length for mark in self.column.kind.marks if isinstance(mark, MaxLen)), default=0)
        return "General" if longest > 255 else "@"


def written(values: Any, collection: Collection) -> bytes:
    """The workbook of the values of programs.yaml."""
    return _Writer(values, collection).bytes()


def tab(sheet: Sheet) -> str:
    """The title of a sheet at the foot of the window: Georgian, then English; at most 31 signs."""
    code = f"workbook.tab-{sheet.key or 'programs'}"
    words = told()[code] if code in told() else {language: sheet.head(language) for language in SOURCE_LANGUAGES}
    return re.sub(r"[\[\]:*?/\\]", "", f"{words['ka']} · {words['en']}")[:31].strip(" ·")


class _Writer:
    def __init__(self, values: Any, collection: Collection):
        self.values, self.collection, self.labels = values, collection, Labels(collection)
        self.sheets = sheets(languages_of(values))
        self.rows: dict[str, list[Row]] = {sheet.key: [] for sheet in self.sheets}
        for top in rows(self.sheets[0], values):
            for row in top.everything():
                self.rows[row.sheet.key].append(row)
        self.names = {row.program: _name(row, collection) for row in self.rows[""]}
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.book._named_styles["Normal"].font = Font(FONT, size=10)
        self.lists: dict[str, str] = {}
        """Where the words of each list stand: its name → the range."""
        self.styles: dict[tuple[Any, ...], Any] = {}

    def bytes(self) -> bytes:
        how = self.book.create_sheet(f"{say('workbook.tab-how', 'ka')} · {say('workbook.tab-how', 'en')}")
        made = {sheet.key: self.book.create_sheet(tab(sheet)) for sheet in self.sheets}
        words = self.book.create_sheet(f"{say('workbook.tab-words', 'ka')} · {say('workbook.tab-words', 'en')}")
        self._words(words)
        for sheet in self.sheets:
            self._sheet(made[sheet.key], sheet)
        self._how(how)
        keeping.keep(self.book, self.values)
        self.book.active = 1
        return _steady(self.book)

    # --- one sheet

    def _sheet(self, sheet_: Worksheet, sheet: Sheet) -> None:
        found = self.rows[sheet.key]
        places = list(self._places(sheet, found))
        last = len(found) + HEADS
        visible = bool(found) or not _through_conditions(sheet)
        for index, place in enumerate(places, 1):
            self._head(sheet_, index, place, MARKER + sheet.key if index == 1 else place.key, visible)
        self._bands(sheet_, places)
        for number, row in enumerate(found, HEADS + 1):
            self._row(sheet_, number, row, places)
        for index, place in enumerate(places, 1):
            self._rules(sheet_, sheet, get_column_letter(index), place, places)
        sheet_.row_dimensions[1].hidden = True
        for number in (2, 3):
            lines = max(_lines(place.heads[number - 2], place.width) for place in places if not place.hidden)
            sheet_.row_dimensions[number].height = 8 + 14 * lines
        frozen = next(index for index, place in enumerate(places, 1) if place.column and place.column.path[0] != "name")
        sheet_.freeze_panes = f"{get_column_letter(frozen + (2 if not sheet.steps else 0))}{HEADS + 1}"
        sheet_.auto_filter.ref = f"A{HEADS}:{get_column_letter(len(places))}{max(last, HEADS + 1)}"
        sheet_.sheet_state = "visible" if visible else "hidden"
        sheet_.sheet_properties.tabColor = "1F5C7A" if len(sheet.steps) < 2 else "9BB8C6"
        sheet_.sheet_view.zoomScale = 90
        _protect(sheet_)

    def _places(self, sheet: Sheet, found: Sequence[Row]) -> Iterator[_Place]:
        yield _Place(ROW, ("", ""), 8, locked=True, always=True, hidden=True)
        yield _Place(REMOVE, _heads("head-remove"), 8)
        if sheet.steps:
            yield _Place(PROGRAM, _heads("head-program"), 26, locked=True)
        yield _Place(NAME, _heads("head-name"), 34, locked=True, always=True)
        if len(sheet.steps) > 1:
            yield _Place(UNDER, _heads("head-under"), 12, locked=True)
        if sheet.steps:
            yield _Place(NUMBER, _heads("head-number"), 7, locked=True)
        if sheet.steps and len(sheet.columns) >= SPARSE:
            yield _Place(SUMMARY, _heads("head-summary"), 44, locked=True, always=True)
        for index, column in enumerate(sheet.columns):
            if (
                not sheet.steps
                and index
                and column.path[0] not in _EARLY
                and sheet.columns[index - 1].path[0] in _EARLY
            ):
                yield from self._counts()
            yield self._place(sheet, column, found)

    def _counts(self) -> Iterator[_Place]:
        """How many rows of each list a programme has."""
        for sheet in self.sheets:
            if len(sheet.steps) == 1:
                name = tab(sheet).split(" · ")
                heads = tuple(
                    say("workbook.head-count", language, sheet=name[i]) for i, language in enumerate(SOURCE_LANGUAGES)
                )
                yield _Place(f"{COUNT} {sheet.key}", (heads[0], heads[1]), 13, locked=True, always=True)

    def _place(self, sheet: Sheet, column: Column, found: Sequence[Row]) -> _Place:
        used = any(at(row.value, column.path) is not _NOTHING for row in found) if rare(sheet, column) else True
        helps = "\n\n".join(column.help(language) for language in SOURCE_LANGUAGES)
        if column.tree:
            helps = "\n\n".join(say("workbook.only-shown", language) for language in SOURCE_LANGUAGES)
        width = 44 if column.language else WIDTHS[column.form]
        if column.field in ("url", "note", "source"):
            width = 44
        locked = column.tree or (not sheet.steps and column.path[0] in NAMES)
        heads = column.head("ka"), column.head("en")
        return _Place(column.key, heads, width, locked, column.tree, not used, column, helps)

    def _head(self, sheet_: Worksheet, index: int, place: _Place, name: str, shown: bool) -> None:
        sheet_.cell(1, index, name)
        for row, words in enumerate(place.heads, 2):
            sheet_.cell(row, index, words)
        if place.help and shown and not place.hidden:
            note = Comment(place.help, "gzamkvlevi")
            note.width, note.height = 420, 60 + 18 * (len(place.help) // 55)
            sheet_.cell(2, index).comment = note
        shape = sheet_.column_dimensions[get_column_letter(index)]
        shape.width, shape.hidden = place.width, place.hidden
        shape.number_format, shape.alignment = place.format, _WRAPPED
        shape.protection = _LOCKED if place.always else _FREE

    def _bands(self, sheet_: Worksheet, places: Sequence[_Place]) -> None:
        """The columns of one fact have one colour, those of the next another."""
        second, before = False, ""
        for index, place in enumerate(places, 1):
            field = place.column.path[0] if place.column else "#"
            second, before = (not second if field != before and before else second), field
            for row, fill, font in (
                (2, _TEAL if second else _DARK, Font(FONT, bold=True, color="FFFFFF", size=10)),
                (3, _PALE_TEAL if second else _PALE, Font(FONT, color="333333", size=9)),
            ):
                self._style(sheet_.cell(row, index), fill, font, "General", _LOCKED)

    def _row(self, sheet_: Worksheet, number: int, row: Row, places: Sequence[_Place]) -> None:
        lines = 1
        for index, place in enumerate(places, 1):
            value = self._value(row, place, number, sheet_)
            if value is None and not place.locked:
                continue
            cell = sheet_.cell(number, index)
            cell.value = value
            if cell.data_type == "f" and not place.key.startswith(COUNT):
                cell.data_type = "s"
            self._style(cell, _GREY if place.locked else None, None, place.format, _LOCKED if place.locked else _FREE)
            lines = max(lines, _lines(str(value), place.width) if value is not None and not place.hidden else 1)
        sheet_.row_dimensions[number].height = 4 + 14 * min(lines, MOST_LINES)

    def _value(self, row: Row, place: _Place, number: int, sheet_: Worksheet) -> Any:
        if place.column:
            return cell_of(row.get(place.column), place.column, self.labels)
        if place.key.startswith(COUNT):
            list_ = next(sheet for sheet in self.sheets if place.key == f"{COUNT} {sheet.key}")
            return f"=COUNTIF('{tab(list_)}'!$C${HEADS + 1}:$C${ROOM},\"{row.program}\")"
        if place.key == SUMMARY:
            return record_in_words(self.collection, row.sheet.model, row.value, "ka") or None
        return {
            ROW: row.name,
            PROGRAM: row.program,
            NAME: self.names[row.program],
            UNDER: ".".join(map(str, row.number[:-1])),
            NUMBER: row.shown,
        }.get(place.key)

    def _style(self, cell: Any, fill: Any, font: Any, format: str, protection: Any) -> None:
        key = (id(fill), font.b if font else None, font.sz if font else None, format, protection.locked)
        if key not in self.styles:
            cell.alignment, cell.border, cell.number_format, cell.protection = _WRAPPED, _LINE, format, protection
            if fill:
                cell.fill = fill
            if font:
                cell.font = font
            self.styles[key] = copy(cell._style)
        cell._style = copy(self.styles[key])

    # --- what Excel watches

    def _rules(self, sheet_: Worksheet, sheet: Sheet, letter: str, place: _Place, places: Sequence[_Place]) -> None:
        area = f"{letter}{HEADS + 1}:{letter}{ROOM}"
        if place.key == REMOVE:
            width = get_column_letter(len(places))
            rule = FormulaRule(
                [f"LEN(TRIM(${letter}{HEADS + 1}))>0"], fill=_RED, font=Font(strike=True, color="8A1C10")
            )
            sheet_.conditional_formatting.add(f"A{HEADS + 1}:{width}{ROOM}", rule)
        unknown = place.key in UNKNOWN.get(sheet.key, ())
        if unknown:
            rule = FormulaRule([self._empty(sheet, letter, place, places)], fill=_YELLOW)
            sheet_.conditional_formatting.add(area, rule)
        source = self.lists.get(self._list(place))
        if source:
            validation = DataValidation("list", formula1=source, allow_blank=True)
            validation.showErrorMessage, validation.errorStyle = True, "warning"
            validation.error = " · ".join(say("workbook.not-in-the-list", language) for language in SOURCE_LANGUAGES)
            _prompt(validation, unknown)
            validation.add(area)
            sheet_.add_data_validation(validation)
        elif unknown:
            validation = DataValidation()
            _prompt(validation, unknown)
            validation.add(area)
            sheet_.add_data_validation(validation)

    def _list(self, place: _Place) -> str:
        if place.key == PROGRAM:
            return PROGRAM
        if place.column is None or place.column.tree or place.column.kind.many:
            return ""
        return "flag" if place.column.form == "flag" else self.labels.name(place.column)

    def _empty(self, sheet: Sheet, letter: str, place: _Place, places: Sequence[_Place]) -> str:
        """Is the row used and the fact not given?"""
        keys = {one.key: get_column_letter(index) for index, one in enumerate(places, 1)}
        first = HEADS + 1
        used = f"LEN(${keys[PROGRAM if sheet.steps else 'id']}{first})>0"
        others = AMOUNTS if place.key == "gel" and sheet.key == "benefits" else (place.key,)
        empty = [f"LEN(TRIM(${keys[key]}{first}))=0" for key in others if key in keys]
        if sheet.key == "documents.list":
            empty.append(f"LEN(TRIM(${keys['text.ka']}{first}))=0")
        if others is AMOUNTS:
            empty += [f'ISERROR(SEARCH("{kind}",${keys["kind"]}{first}))' for kind in NO_SUM]
        return f"AND({','.join([used, *empty])})"

    # --- the other sheets

    def _words(self, sheet_: Worksheet) -> None:
        """Every list of words a column; cells choose from them."""
        found: dict[str, tuple[tuple[str, str], list[str]]] = {
            PROGRAM: (_heads("head-program"), list(self.names)),
            "flag": (("", ""), list(self.labels.flags.values())),
        }
        for sheet in self.sheets:
            for column in sheet.columns:
                name = self.labels.name(column)
                if name and not column.tree and name not in found:
                    ends = column.head("ka").split(" · ")[-1], column.head("en").split(" · ")[-1]
                    found[name] = ends, list(self.labels.of(column).values())
        title = sheet_.title
        for index, (name, (heads, words)) in enumerate(found.items(), 1):
            letter = get_column_letter(index)
            sheet_.cell(1, index, MARKER + WORDS if index == 1 else name)
            for row, head in enumerate(heads, 2):
                sheet_.cell(row, index, head)
            for row, word in enumerate(words, HEADS + 1):
                cell = sheet_.cell(row, index, word)
                cell.data_type = "s"
            sheet_.column_dimensions[letter].width = 36
            if words:
                self.lists[name] = f"'{title}'!${letter}${HEADS + 1}:${letter}${HEADS + len(words)}"
            for row, fill, font in (
                (2, _DARK, Font(FONT, bold=True, color="FFFFFF", size=10)),
                (3, _PALE, Font(FONT, size=9)),
            ):
                self._style(sheet_.cell(row, index), fill, font, "General", _LOCKED)
        sheet_.row_dimensions[1].hidden = True
        sheet_.freeze_panes = f"A{HEADS + 1}"
        sheet_.sheet_properties.tabColor = "8C8C8C"
        _protect(sheet_)

    def _how(self, sheet_: Worksheet) -> None:
        """What to do, in both languages side by side, and what the colours mean."""
        columns = {column.key: column for column in self.sheets[0].columns}
        about = {
            language: {"state": columns["state.is"].head(language), "listed": columns["listed"].head(language)}
            for language in SOURCE_LANGUAGES
        }
        lines = sorted(
            (code for code in told() if re.fullmatch(r"workbook\.how-\d+", code)), key=lambda code: int(code[13:])
        )
        for index, language in enumerate(SOURCE_LANGUAGES, 2):
            title = sheet_.cell(2, index, say("workbook.how-title", language))
            title.font = Font(FONT, bold=True, size=16, color="1F5C7A")
            for row, code in enumerate(lines, 4):
                cell = sheet_.cell(row, index, say(code, language, **about[language]))
                cell.alignment = _WRAPPED
                cell.font = Font(FONT, size=11)
            for row, (code, fill) in enumerate(_LEGEND, len(lines) + 5):
                cell = sheet_.cell(row, index, say(f"workbook.{code}", language))
                cell.fill, cell.border, cell.alignment = fill, _LINE, _WRAPPED
        for row in range(4, len(lines) + 4):
            sheet_.cell(row, 1, row - 3).alignment = Alignment(vertical="top", horizontal="right")
            sheet_.row_dimensions[row].height = 52
        sheet_.cell(1, 1, MARKER + "#how")
        sheet_.row_dimensions[1].hidden = True
        for letter, width in (("A", 5), ("B", 72), ("C", 72)):
            sheet_.column_dimensions[letter].width = width
        sheet_.sheet_view.showGridLines = False
        sheet_.sheet_properties.tabColor = "8A3B12"
        _protect(sheet_)


_LEGEND = (("legend-locked", _GREY), ("legend-unknown", _YELLOW), ("legend-removed", _RED))
_EARLY = ("id", "municipality", "type", "name", "listed", "state")
_NOTHING: Any = at({}, ("",))


def _lines(words: str, width: float) -> int:
    """How many lines words take in a column of this width (in signs; Georgian letters are wide)."""
    return -(-len(words) * 11 // int(width * 10)) if not words.startswith("=") else 1


def _heads(code: str) -> tuple[str, str]:
    return say(f"workbook.{code}", "ka"), say(f"workbook.{code}", "en")


def _name(row: Row, collection: Collection) -> str:
    """The name of a programme as the card has it: its own or that of its type."""
    own = at(row.value, ("name", "ka"))
    return own if isinstance(own, str) else collection.types[row.value["type"]].name["ka"]


def languages_of(values: Any) -> tuple[str, ...]:
    """The languages of texts: the two that all have, and those that were added."""
    return tuple(dict.fromkeys([*SOURCE_LANGUAGES, *sorted(_codes(values))]))


def _codes(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = set(value) if set(SOURCE_LANGUAGES) <= set(value) else set()
        return own.union(*map(_codes, value.values()))
    return set().union(*map(_codes, value)) if isinstance(value, list) else set()


def _through_conditions(sheet: Sheet) -> bool:
    """Is it of groups inside conditions? They have many sheets, and most stay empty."""
    return sheet.owners[-1:] == (Condition,)


def _prompt(validation: DataValidation, unknown: bool) -> None:
    if unknown:
        validation.showInputMessage = True
        validation.prompt = "\n".join(say("workbook.prompt-unknown", language) for language in SOURCE_LANGUAGES)


def _protect(sheet_: Worksheet) -> None:
    """Locked cells hold still; no password. Widths, filters and sorting stay free."""
    sheet_.protection.sheet = True
    for free in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter", "deleteRows"):
        setattr(sheet_.protection, free, False)


def _steady(book: Workbook) -> bytes:
    """The file, the same bytes for the same content: no clock in it."""
    raw, made = io.BytesIO(), io.BytesIO()
    book.properties.creator = "gzamkvlevi"
    book.properties.created = DAY
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{DAY:%Y-%m-%dT%H:%M:%SZ}".encode(), content
                )
            new.writestr(zipfile.ZipInfo(name, DAY.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
