"""A programme: all that can be said of one."""

from __future__ import annotations

from typing import Literal

from .benefits import Benefit, Capacity, Payment, Repeat
from .conditions import Eligibility
from .steps import Appeal, Application, Assistance, Combination, Contact, Decision, Documents
from .trust import Act, Budget, Conflict, Indicator, Report, Review, Source, State, Validity
from .values import Count, GroupId, Id, MunicipalityId, Record, Text, TypeId, Words


class Program(Record):
    """A programme of a municipality: local facts only; what is shared comes from its type."""

    id: Id
    municipality: MunicipalityId
    type: TypeId
    listed: Literal["card", "name-only", "draft"] = "card"
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
    review: Review = Review()
    former_ids: tuple[Id, ...] = ()
    note: Words | None = None

    @property
    def key(self) -> str:
        """The name that is unique in the country: "telavi/large-families"."""
        return f"{self.municipality}/{self.id}"
