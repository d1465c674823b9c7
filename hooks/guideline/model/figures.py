"""Figures that are drawn when the site is built: what they say, in every language, without how they look."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .values import Count, Flag, Record, Text, Whole

Month = Annotated[Whole, Field(ge=1, le=12)]
MonthDay = Annotated[Whole, Field(ge=1, le=31)]

KINDS = ("path", "rings", "cycle", "matrix", "bars")
"""The kinds of figure: the field that a figure has says which it is."""


class PathStep(Record):
    """A step of a path, and where people get lost at it."""

    name: Text
    lost: Text | None = None


class Ring(Record):
    """A ring around the middle, and who stands on it."""

    name: Text
    groups: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)]
    outside: Flag = False
    """Nothing from the middle arrives here."""


class Rings(Record):
    """A middle, and the rings around it; the first is the innermost."""

    middle: Text
    around: Annotated[tuple[Ring, ...], Field(min_length=1, max_length=4)]


class Season(Record):
    """A part of the year: first and last month, and what is done."""

    first: Month
    last: Month
    name: Text
    what: Text


class Moment(Record):
    """What happens at the beginning of some months, or by a day of one of them."""

    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    day: MonthDay | None = None
    name: Text
    what: Text


class Cycle(Record):
    """A year: its seasons, and what happens at single times."""

    seasons: Annotated[tuple[Season, ...], Field(min_length=1, max_length=6)]
    moments: Annotated[tuple[Moment, ...], Field(max_length=3)] = ()


class MatrixRow(Record):
    """A row of a matrix: a mark for each column."""

    name: Text
    marks: tuple[Literal["strong", "partly", "weak"], ...]


class Matrix(Record):
    """Rows and columns with marks where they meet."""

    columns: Annotated[tuple[Text, ...], Field(min_length=1, max_length=8)]
    rows: Annotated[tuple[MatrixRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Matrix:
        if any(len(row.marks) != len(self.columns) for row in self.rows):
            raise PydanticCustomError("matrix_row", "a mark for each column")
        return self


class Bar(Record):
    """A number, and how exactly it was reported."""

    name: Text
    value: Count
    said: Literal["exactly", "about", "over", "up-to"] = "exactly"


class Panel(Record):
    """Bars that are measured in the same unit."""

    name: Text
    bars: Annotated[tuple[Bar, ...], Field(min_length=1)]


class Figure(Record):
    """A figure of one kind: a path, rings, a cycle of the year, a matrix or bars."""

    title: Text
    about: Text
    source: Text | None = None
    path: Annotated[tuple[PathStep, ...], Field(min_length=1)] = ()
    rings: Rings | None = None
    cycle: Cycle | None = None
    matrix: Matrix | None = None
    bars: Annotated[tuple[Panel, ...], Field(min_length=1)] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Figure:
        if len(self.model_fields_set & set(KINDS)) != 1:
            raise PydanticCustomError("figure_kind", "one kind of figure")
        return self

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(kind for kind in KINDS if kind in self.model_fields_set)
