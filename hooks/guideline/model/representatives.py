"""Whom to ask in a village: administrative units, their villages, and the post that answers for them.

Posts, never persons: there is no field for anybody's name.
"""

from __future__ import annotations

from pydantic import Field

from .steps import Phone
from .trust import Review, Source
from .values import BodyId, Count, Flag, Id, Record, Text


class Village(Text):
    """A village or town by its name."""

    namesake: Flag = False


class AdministrativeUnit(Record):
    """A part of a municipality to which the mayor appoints a representative."""

    id: Id
    name: Text
    villages: tuple[Village, ...] = ()
    post: BodyId = "mayors-representative"
    phones: tuple[Phone, ...] = ()
    address: Text | None = None


class Representatives(Record):
    """What a municipality has published about the mayor's representatives in its villages."""

    sources: tuple[Source, ...] = Field(min_length=1)
    units: tuple[AdministrativeUnit, ...] = ()
    units_in_all: Count | None = None
    department: Text | None = None
    phones: tuple[Phone, ...] = ()
    review: Review = Review()
