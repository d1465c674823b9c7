"""The proposed standards of municipal programmes, and the indicators by which they are checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .values import Code, Record, Text, Words, _address

OWN_BASES = ("training-2019", "kakheti-hub")
"""What a standard may rest on besides an address: pages of the guideline about where it comes from."""


def _basis(value: str) -> str:
    if value in OWN_BASES:
        return value
    try:
        return _address(value)
    except PydanticCustomError:
        raise PydanticCustomError("basis", "what a standard rests on") from None


Basis = Annotated[str, AfterValidator(_basis)]


class StandardIndicator(Record):
    """One thing that can be checked."""

    code: Code
    text: Text
    level: Literal["core", "advanced"]
    check: Literal["card", "person", "both"]
    computed: Words | None = None
    person: Text | None = None


class Standard(Record):
    """A promise that residents can check."""

    code: Code
    name: Text
    principle: Text
    based_on: Annotated[tuple[Basis, ...], Field(min_length=1)]
    indicators: Annotated[tuple[StandardIndicator, ...], Field(min_length=1)]
