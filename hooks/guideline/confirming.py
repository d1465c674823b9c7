"""What of a record must be confirmed before it is published for a new year, and where it stands in the record.

A place is written as in `to_confirm`: "benefits.0.gel". Confirming is deleting its line; a record with an open place
is not published. The rule is general: every number and every date of the record, every text with a figure in it, and
the facts that a council decides anew each year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from .changes import GONE, Change
from .collection import walk
from .model import Loc, PartialDate, Program, Record, Text

EVERY_YEAR = ("valid", "act", "sources")
"""Facts that a record of a new year needs anew, whether the one before had them or not."""
WHOLE = ("budget", "state", "review", "conflicts")
"""Facts that are confirmed as one, where the record before had them."""
LEFT_OUT = ("valid", "budget", "reports", "state", "review")
"""Facts of the past year only: a draft begins without them."""
OF_THE_ACT = ("number", "date", "year", "article", "url")
"""What tells one year's act from another's; who issues it, and in which form, mostly stays."""
APART = ("id", "former_ids", "listed", "to_confirm", "year", "reports", "owner", "note")
"""What is not a term of the programme, and the year itself, which a draft states."""


def to_confirm(program: Program) -> tuple[str, ...]:
    """The places of the record that must be confirmed for a new year, in the order of the record's fields."""
    told = [name for name in WHOLE if name in program.model_fields_set and getattr(program, name)]
    whole = [*EVERY_YEAR, *told]
    places: list[Loc] = [(name,) for name in whole]
    others = [found for found in walk(program) if found[0][0] not in (*APART, *whole)]
    places += [loc for loc, value, field in others if _of_a_year(value, field)]
    order = [info.alias or name for name, info in Program.model_fields.items()]
    return tuple(".".join(map(str, loc)) for loc in sorted(places, key=lambda loc: order.index(str(loc[0]))))


def _of_a_year(value: Any, field: Any) -> bool:
    """Is it a sum, a limit, a number or a date, or words with a figure in them?"""
    if isinstance(value, Text):
        return any(any(sign.isdigit() for sign in words) for words in value.model_dump().values())
    if isinstance(value, str):
        return field is not None and _is_partial_date(field)
    return isinstance(value, int | Decimal | date) and not isinstance(value, bool)


def _is_partial_date(field: Any) -> bool:
    marks = {id(mark) for mark in get_args(PartialDate)[1:]}
    return PartialDate in get_args(field.annotation) or any(id(mark) in marks for mark in field.metadata)


def known_place(program: Program, place: str) -> bool:
    """Does the place stand in the record, or could it: a field left out of a mapping that is there?"""
    value: Any = program
    for part in place.split("."):
        if isinstance(value, Record):
            names = {info.alias or name: name for name, info in type(value).model_fields.items()}
            if part not in names:
                return False
            value = getattr(value, names[part])
        elif isinstance(value, tuple) and part.isdecimal() and str(int(part)) == part and int(part) < len(value):
            value = value[int(part)]
        else:
            return False
    return True


def drafted(program: Program, raw: dict[str, Any], loc: Loc, year: int) -> Iterator[Change]:
    """The changes that make a draft of `year` of the record that stands at `loc` as `raw`."""
    yield from _put(raw, loc, year=str(year), to_confirm=list(to_confirm(program)), listed="draft")
    yield from (Change((*loc, name), GONE) for name in LEFT_OUT if name in raw)
    if isinstance(raw.get("act"), dict):
        yield from (Change((*loc, "act", name), GONE) for name in OF_THE_ACT if name in raw["act"])
    for index, source in enumerate(raw.get("sources", ())):
        if "checked" in source:
            yield Change((*loc, "sources", index, "checked"), GONE)


def _put(raw: dict[str, Any], loc: Loc, **values: Any) -> Iterator[Change]:
    for name, value in values.items():
        yield Change((*loc, name), value, new=name not in raw)
