"""What trainers work with: sheets to fill in by hand, and programmes of one or several days."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .values import Clock, Record, Reference, Text, Whole

Minutes = Annotated[Whole, Field(ge=1, le=480)]
Rows = Annotated[Whole, Field(ge=1, le=40)]


class Lines(Record):
    """Ruled lines to write on, below a label."""

    label: Text
    count: Rows


class Grid(Record):
    """A table to fill in: `rows` is a number of empty rows, or the words of the first column."""

    heading: Text | None = None
    columns: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]
    rows: Rows | tuple[Text, ...]


class Ticks(Record):
    """Boxes to tick."""

    heading: Text | None = None
    items: Annotated[tuple[Text, ...], Field(min_length=1)]


class FormPart(Record):
    """One part of a form: short blanks side by side, lines, a table or boxes."""

    fields: tuple[Text, ...] = ()
    lines: Lines | None = None
    table: Grid | None = None
    ticks: Ticks | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> FormPart:
        if sum(bool(getattr(self, name)) for name in self.model_fields_set) != 1:
            raise PydanticCustomError("form_part", "one kind of part")
        return self


class Step(Record):
    """What participants do, and for how many minutes."""

    minutes: Minutes
    do: Text


class Sheet(Record):
    """A sheet that fits on one page of paper; an exercise has steps and questions, an annex only its form."""

    title: Text
    goal: Text
    group: Text | None = None
    materials: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    form: Annotated[tuple[FormPart, ...], Field(min_length=1)]
    questions: tuple[Text, ...] = ()
    answers: tuple[Text, ...] = ()

    @property
    def minutes(self) -> int:
        """How long the exercise takes: its steps together."""
        return sum(step.minutes for step in self.steps)


class AgendaItem(Record):
    """A part of a day; `session` is its number among the five sessions of 2019, breaks have none."""

    minutes: Minutes
    what: Text
    session: Annotated[Whole, Field(ge=1, le=5)] | None = None
    aim: Text | None = None
    sheets: tuple[Annotated[str, Reference("worksheets")], ...] = ()


class TrainingDay(Record):
    """A day: when it starts, and its parts one after the other."""

    title: Text
    start: Clock
    items: Annotated[tuple[AgendaItem, ...], Field(min_length=1)]


class Training(Record):
    """A programme for trainers."""

    title: Text
    summary: Text
    audience: Text
    prepare: tuple[Text, ...]
    days: Annotated[tuple[TrainingDay, ...], Field(min_length=1)]
