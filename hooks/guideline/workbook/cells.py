"""One plain value of the data ↔ one cell: numbers as numbers, days as days, ids as words that lead back to the id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..changes import GONE
from ..model import Collection
from ..naming import choice, id_in_words, record_in_words
from ..reading import nearest
from ..telling import say
from .layout import Column

Cell = str | int | float | bool | Decimal | date | datetime | time | None
"""What a cell holds."""

BETWEEN = "; "
"""Between several ids or words in one cell."""
MARK = " · "
"""Between the Georgian words of an id and the id itself."""
LONGEST = 4000
"""Characters in a cell; the data take 2000 at most, and say so."""
SERIALS = range(20_000, 80_000)
"""Numbers that are days where somebody took the form of a date away: years 1954 to 2119."""

_SUM = re.compile(r"-?\d+(?:[.,]\d{1,2})?|-?\d{1,3}(?:[ ]\d{3})+(?:[.,]\d{1,2})?")
_CURRENCY = re.compile(r"^(?:GEL|₾)\s*|\s*(?:₾|GEL|ლარი|ლ\.)$")
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)\.(\d\d?)\.(\d{4})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_YES = {"true", "yes", "კი", "1"}
_NO = {"false", "no", "არა", "0"}


class Refused(Exception):
    """A cell that cannot be taken; `code` names the words for it in told/workbook.yaml."""

    def __init__(self, code: str, **about: str):
        self.code, self.about = code, about
        super().__init__(code)


def tidy(text: str) -> str:
    """Words without what one does not see: spaces around and several together, fixed and zero-width ones, line ends."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


@dataclass
class Labels:
    """The words of ids and choices in this copy, and the way back."""

    collection: Collection
    _tables: dict[Any, dict[str, str]] = field(default_factory=dict)

    def of(self, column: Column) -> Mapping[str, str]:
        """The ids that a column may hold → what its cells show, in the order of the Georgian words."""
        name = self.name(column)
        if name not in self._tables:
            self._tables[name] = dict(sorted(self._made(column), key=lambda pair: pair[1]))
        return self._tables[name]

    def _made(self, column: Column) -> list[tuple[str, str]]:
        kind = column.kind
        if kind.reference:
            ids = self.collection.ids(kind.reference)
            return [(id, id_in_words(self.collection, kind.reference, id, "ka") + MARK + id) for id in ids]
        return [(id, choice(column.model, column.field, id, "ka") + MARK + id) for id in kind.choices]

    def name(self, column: Column) -> str:
        """The name of the list from which a column takes its words; empty where its ids are none of a list."""
        if reference := column.kind.reference:
            return ".".join(part for part in (reference.table, reference.form) if part)
        return f"{column.model.__name__}.{column.field}" if column.kind.choices else ""

    @cached_property
    def flags(self) -> dict[str, str]:
        """The words of yes and no, as any other choice."""
        words = {"true": "yes", "false": "no"}
        return {
            value: say(f"changes.{code}", "ka") + MARK + say(f"changes.{code}", "en") for value, code in words.items()
        }

    def shown(self, column: Column, id: str) -> str:
        """An id as the cell shows it."""
        return self.of(column).get(id, id)

    def meant(self, column: Column, words: str) -> str:
        """The id that somebody picked or typed: the whole entry, the id, or the Georgian words alone.

        Raises `Refused` where it is none, or where two have the same words.
        """
        known = self.of(column)
        last = words.rpartition(MARK.strip())[2].strip()
        for id in (words, last):
            if id in known:
                return id
        found = [id for id, label in known.items() if words in (label, label.removesuffix(MARK + id))]
        if len(found) == 1:
            return found[0]
        if not known:
            return words
        raise Refused("two-meanings" if found else "not-in-list", value=words, near=_near(words, known))


def _near(words: str, known: Mapping[str, str]) -> str:
    return nearest(words, known.values()) or next(iter(known.values()), "")


# --- a value as a cell -----------------------------------------------------------------------


def cell_of(value: Any, column: Column, labels: Labels) -> Cell:
    """What the cell of a value holds; nothing where the data say nothing."""
    if value is GONE:
        return None
    if column.form == "tree":
        return _tree_in_words(value, column, labels.collection)
    if column.form == "ids":
        return BETWEEN.join(labels.shown(column, item) if labels.name(column) else item for item in value)
    if column.form == "choice":
        return labels.shown(column, value)
    if column.form == "flag":
        return labels.flags.get(value, str(value))
    if column.form in ("sum", "whole"):
        number = Decimal(value)
        return int(number) if number == number.to_integral_value() else number
    return date.fromisoformat(value) if column.form == "day" else str(value)


def _tree_in_words(value: Any, column: Column, collection: Collection) -> str:
    model = column.kind.model
    assert model
    items = value if isinstance(value, list) else [value]
    return " | ".join(record_in_words(collection, model, item, "ka") for item in items)


# --- a cell as a value -----------------------------------------------------------------------


def value_of(cell: Cell, column: Column, labels: Labels) -> Any:
    """What was typed into a cell as plain text or a list of it, as YAML would hold it; GONE where it is empty.

    Raises `Refused` where it is not what the column takes: nothing is guessed that could also mean something else.
    """
    if isinstance(cell, str):
        cell = _readable(cell)
    if cell is None or cell == "":
        return GONE
    return _TAKE[column.form](cell, column, labels)


def _readable(text: str) -> str:
    if len(text) > LONGEST:
        raise Refused("too-long", limit=str(LONGEST), length=str(len(text)))
    tidied = tidy(text)
    for sign in tidied:
        if not sign.isprintable():
            raise Refused("hidden-sign", sign=f"U+{ord(sign):04X}")
    return tidied


def _text(cell: Cell, column: Column, labels: Labels) -> str:
    if isinstance(cell, bool | datetime | date) or (isinstance(cell, float) and not cell.is_integer()):
        raise Refused("not-text", value=_told(cell))
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _ids(cell: Cell, column: Column, labels: Labels) -> list[str]:
    if isinstance(cell, int | float) and column.kind.type is int:
        return [_whole(cell, column, labels)]
    parts = [part.strip() for part in re.split(r"[;\n]", _text(cell, column, labels))]
    words = list(dict.fromkeys(part for part in parts if part))
    if column.kind.type is int:
        return [_whole(word, column, labels) for word in words]
    return [labels.meant(column, word) for word in words] if labels.name(column) else words


def _choice(cell: Cell, column: Column, labels: Labels) -> str:
    return labels.meant(column, _text(cell, column, labels))


def _flag(cell: Cell, column: Column, labels: Labels) -> str:
    words = str(cell).lower() if isinstance(cell, bool | int) else _text(cell, column, labels)
    first = words.split(MARK.strip())[0].strip()
    for value, known in (("true", _YES), ("false", _NO)):
        if words in known or first in known:
            return value
    raise Refused("not-a-flag", value=words, **labels.flags)


def _sum(cell: Cell, column: Column, labels: Labels) -> str:
    number = _number(cell)
    if number != round(number, 2):
        raise Refused("too-exact", value=_told(cell), near=_digits(round(number, 2)))
    return _digits(number)


def _whole(cell: Cell, column: Column, labels: Labels) -> str:
    number = _number(cell)
    if number != number.to_integral_value():
        raise Refused("not-whole", value=_told(cell))
    return _digits(number)


def _number(cell: Cell) -> Decimal:
    """A number, also one that was typed as words: "1 000", "250,50", "250 ₾"."""
    if isinstance(cell, float):
        cell = round(Decimal(repr(cell)), 9) if abs(cell) < 1e12 else "∞"
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    words = _CURRENCY.sub("", cell).strip() if isinstance(cell, str) else ""
    if not _SUM.fullmatch(words):
        raise Refused("not-a-number", value=_told(cell))
    return Decimal(words.replace(" ", "").replace(",", "."))


def _digits(number: Decimal) -> str:
    """As YAML holds it: no zeros that say nothing."""
    return f"{number.normalize():f}" if number else "0"


def _day(cell: Cell, column: Column, labels: Labels) -> str:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise Refused("day-with-time", value=_told(cell), near=f"{cell:%Y-%m-%d}")
        return f"{cell.date():%Y-%m-%d}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in SERIALS:
        near = date.fromordinal(date(1899, 12, 30).toordinal() + int(cell))
        raise Refused("day-as-number", value=_told(cell), near=str(near))
    found = _DAY.fullmatch(cell) if isinstance(cell, str) else None
    if found:
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
        try:
            return str(date(int(year), int(month), int(day)))
        except ValueError:
            pass
    raise Refused("not-a-day", value=_told(cell))


def _tree(cell: Cell, column: Column, labels: Labels) -> Any:
    raise Refused("tree")


_TAKE = {
    "text": _text,
    "ids": _ids,
    "choice": _choice,
    "flag": _flag,
    "sum": _sum,
    "whole": _whole,
    "day": _day,
    "tree": _tree,
}


def _told(cell: Cell) -> str:
    words = "".join(sign if sign.isprintable() else " " for sign in str(cell))
    return words if len(words) <= 80 else words[:79] + "…"


def unchanged(cell: Cell, value: Any, column: Column, labels: Labels) -> bool:
    """Does the cell still hold what was written into it, whatever a program of tables made of its form?"""
    written = cell_of(value, column, labels)
    if cell is None or cell == "":
        return written is None or written == ""
    if isinstance(written, str):
        return isinstance(cell, str) and (cell == written or tidy(cell) == tidy(written))
    if isinstance(written, date):
        return (isinstance(cell, datetime) and cell == datetime.combine(written, time())) or cell == written
    if isinstance(written, int | Decimal) and isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(Decimal(repr(cell)), 9) == written if abs(cell) < 1e12 else False
    return False
