"""What sheets of paper said: the facts of programmes on the days on which editions were made.

An edition holds the facts that differ from the edition before it, as the sentences in which they were
told then. So words can be made of it at any time, whatever has become of the programme and its terms.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .values import Code, Day, Record, _words


def _edition_code(value: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-[1-9]\d?)?", value):
        raise PydanticCustomError("edition_code", "a year, a month and perhaps a number")
    return value


def _program_key(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("program_key", "a municipality and a programme")
    return value


EditionCode = Annotated[str, AfterValidator(_edition_code)]
"""The month of an edition, and its number where it is not the first of the month: "2026-11", "2026-11-2"."""
FormerKey = Annotated[str, AfterValidator(_program_key)]
"""The key of a programme that there was, whether or not it is still there."""
Sentence = Annotated[str, AfterValidator(_words)]


class Fact(Record):
    """One fact as a sheet told it."""

    mark: Code
    ka: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The sentences in `language`, in Georgian where they were not written in it."""
        return self.en if language == "en" else self.ka


class Facts(Record):
    """The facts of a programme that a sheet tells; those that are not named are as in the edition before."""

    amount: Fact | None = None
    benefit: Fact | None = None
    who: Fact | None = None
    documents: Fact | None = None
    where: Fact | None = None
    until: Fact | None = None
    phone: Fact | None = None
    state: Fact | None = None


class Edition(Record):
    """What had changed by a day on which sheets were printed."""

    code: EditionCode
    day: Day
    programs: dict[FormerKey, Facts] = Field(default_factory=dict)
    gone: tuple[FormerKey, ...] = ()
