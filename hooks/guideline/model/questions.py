"""What one can answer about oneself: which question asks about a group of people, and what belonging to it says."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .conditions import Condition
from .values import Bounds, DiagnosisId, Flag, GroupId, Record

QUESTIONS = ("where", "who", "score", "status", "health", "events")
"""The questions of the page "Is there something for me?", in the order in which they stand."""


class Belonging(Record):
    """A group of people, as the questions see it. A group that is not told here is unknown to them."""

    is_: GroupId = Field(alias="is")
    asked_in: Literal["where", "who", "score", "status", "health", "events"] | None = None
    kind_of: tuple[GroupId, ...] = ()
    age: Bounds | None = None
    means: Condition | None = None
    needs: Condition | None = None
    whole_family: Flag = False
    sensitive: Flag = False


class Illness(Record):
    """An illness that is a kind of another one."""

    is_: DiagnosisId = Field(alias="is")
    kind_of: tuple[DiagnosisId, ...] = Field(min_length=1)
