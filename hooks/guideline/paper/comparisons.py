"""One kind of programme in all municipalities, as a landscape sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import routes
from ..model import Program
from ..wording.comparison import Comparison, Row
from .sheets import Data, Desk, Sheet

LEAST = 2
"""Municipalities that make a comparison."""


def sheet(desk: Desk, id: str, programs: Sequence[Program], made: Comparison) -> Iterator[Sheet]:
    """The sheet of a type with these programmes; none where one municipality has it."""
    page = routes.type_(id)
    towns = {program.municipality for program in programs if program.listed == "card"}
    if len(towns) >= LEAST:
        path = f"{desk.language}/{page}.pdf"
        yield Sheet(path, "comparison", lambda: comparison_data(desk, id, programs, made), page, one_page=True)


def comparison_data(desk: Desk, id: str, programs: Sequence[Program], made: Comparison) -> Data:
    """What the sheet is given: the same columns and words as the table of the page."""
    say = desk.speaker.say
    sums = any(row.sums for row in made.rows)
    columns = ["municipality", "amount", *(["sum"] if sums else []), "who", "score", "documents", "year"]
    own = desk.speaker.collection.types[id]
    unconfirmed = [program.review.status != "confirmed" for program in programs]
    trust = [say(f"comparison.unconfirmed_{'all' if all(unconfirmed) else 'some'}")] if any(unconfirmed) else []
    count = len({program.municipality for program in programs})
    return desk.data(
        say("page.compare", name=own.name[desk.language]),
        routes.type_(id),
        summary=own.summary[desk.language],
        columns=[{"id": column, "name": say(f"table.{column}")} for column in columns],
        rows=[[_cell(row, column) for column in columns] for row in made.rows],
        found=say("comparison.found", count=count, n=count),
        trust=" ".join([say("comparison.note"), *trust]),
        edition=say("handout.edition", day=desk.speaker.day(desk.speaker.today)),
    )


def _cell(row: Row, column: str) -> list[str]:
    """The paragraphs of a cell."""
    if column == "municipality":
        return [row.municipality, *([row.own_name] if row.own_name else [])]
    if column == "sum":
        sums = [f"{one.amount} {one.counted}".strip() for one in row.sums]
        return [words for words in (*sums, row.supplement, row.reason) if words]
    if column == "who":
        return list(row.who)
    return [str(getattr(row, column))]
