"""A programme: all that can be said of one."""

from __future__ import annotations

from typing import Any, Literal

from .benefits import Benefit, Capacity, Payment, Repeat
from .conditions import Eligibility
from .steps import Appeal, Application, Assistance, Combination, Contact, Decision, Documents
from .trust import Act, Budget, Conflict, Indicator, Report, Review, Source, State, Validity
from .values import BodyId, Count, GroupId, Id, MunicipalityId, Record, Text, TypeId, Words


class Program(Record):
    """A programme of a municipality: local facts only; what is shared comes from its type."""

    id: Id
    municipality: MunicipalityId
    type: TypeId
    listed: Literal["card", "name-only", "draft"] = "card"
    to_confirm: tuple[Words, ...] = ()
    name: Text | None = None
    official_name: Text | None = None
    summary: Text | None = None
    groups: tuple[GroupId, ...] = ()
    part_of: Text | None = None
    provider: Text | None = None
    benefits: tuple[Benefit, ...] = ()
    benefits_are: Literal["all", "alternatives"] = "all"
    payment: Payment | None = None
    repeat: Repeat | None = None
    capacity: Capacity | None = None
    eligibility: Eligibility | None = None
    documents: Documents | None = None
    application: Application | None = None
    assistance: Assistance | None = None
    decision: Decision | None = None
    appeal: Appeal | None = None
    combination: Combination | None = None
    contacts: tuple[Contact, ...] = ()
    state: State | None = None
    valid: Validity | None = None
    act: Act | None = None
    budget: tuple[Budget, ...] = ()
    goal: Text | None = None
    expected_result: Text | None = None
    indicators: tuple[Indicator, ...] = ()
    reports: tuple[Report, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[Text, ...] = ()
    year: Count | None = None
    sources: tuple[Source, ...] = ()
    confidence: Literal["high", "medium", "low"]
    owner: BodyId | None = None
    review: Review = Review()
    former_ids: tuple[Id, ...] = ()
    note: Words | None = None

    @property
    def key(self) -> str:
        """The name that is unique in the country: "telavi/large-families"."""
        return f"{self.municipality}/{self.id}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of today and those that it had: addresses, all of them."""
        return (self.key, *(f"{self.municipality}/{former}" for former in self.former_ids))


class Archived(Program):
    """A programme as it stood in a year that is over (data/archive/)."""

    of_year: Count

    @classmethod
    def from_record(cls, program: Program, year: int) -> Archived:
        """The record of an archive, with the year that the archive is of."""
        fields: dict[str, Any] = {name: getattr(program, name) for name in Program.model_fields}
        return cls.model_construct(set(program.model_fields_set), of_year=year, **fields)
