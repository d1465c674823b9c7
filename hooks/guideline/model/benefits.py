"""What one gets: sums, goods, services, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .conditions import Condition
from .values import (
    BaseId,
    BodyFrom,
    Count,
    Duration,
    EventId,
    Flag,
    Gel,
    GroupId,
    HolidayId,
    ItemId,
    MeasureId,
    PartialDate,
    Percent,
    PeriodId,
    Record,
    Reference,
    Text,
    UnitId,
    Whole,
)


class Amount(Record):
    """How much: a sum, a range, or a share with a ceiling. Nothing given: the source does not say."""

    gel: Gel | None = None
    up_to_gel: Gel | None = None
    from_gel: Gel | None = None
    to_gel: Gel | None = None
    percent: Percent | None = None
    up_to_percent: Percent | None = None
    cap_gel: Gel | None = None

    def known(self) -> bool:
        """Is any sum or share given?"""
        return any(
            value is not None for value in (self.gel, self.up_to_gel, self.from_gel, self.percent, self.up_to_percent)
        )

    def sums(self) -> Iterator[tuple[str, Decimal]]:
        """Every figure with the name of its field."""
        for name in Amount.model_fields:
            value = getattr(self, name)
            if value is not None:
                yield name, value


Measure = Literal[
    "birth-order",
    "children",
    "age",
    "score",
    "zone",
    "household",
    "disability",
    "bill",
    "marks",
    "status",
    "children-and-score",
]
"""What a sum may depend on."""


class Tier(Amount):
    """One row of a table of sums: for whom it is and how much; `otherwise` is for all whom no other row names."""

    when: Condition | None = None
    otherwise: Flag = False

    @model_validator(mode="after")
    def _one_form(self) -> Tier:
        if (self.when is None) == (not self.otherwise):
            raise PydanticCustomError("one_of", "one of them", {"fields": "when, otherwise"})
        return self


class Tiers(Record):
    """A table of sums. Rows must neither overlap nor leave a gap, unless the source has it so."""

    by: Measure
    rows: tuple[Tier, ...] = Field(min_length=2)
    overlap_in_source: tuple[Count, ...] = ()
    complete: Flag = True


class CalendarDay(Record):
    """A fixed day of the year, by date, by holiday or both."""

    day: Annotated[Whole, Field(ge=1, le=31)] | None = None
    month: Annotated[Whole, Field(ge=1, le=12)] | None = None
    holiday: HolidayId | None = None

    @model_validator(mode="after")
    def _some_day(self) -> CalendarDay:
        if self.holiday is None and (self.day is None or self.month is None):
            raise PydanticCustomError("one_of", "one of them", {"fields": "holiday, day + month"})
        return self


class Payer(Record):
    """A part of the sum, and whose money it is."""

    gel: Gel
    from_: BodyFrom = Field(alias="from")


class Benefit(Amount):
    """One thing that a person or family receives."""

    kind: Literal["cash", "share", "discount", "rent", "goods", "voucher", "service"]
    of: BaseId | None = None
    cap_percent: Percent | None = None
    cap_of: BaseId | None = None
    item: ItemId | None = None
    quantity: Gel | None = None
    unit: MeasureId | None = None
    worth_gel: Gel | None = None
    for_: tuple[ItemId, ...] = Field(default=(), alias="for")
    free: Flag = False
    period: PeriodId | None = None
    times: Annotated[Whole, Field(ge=1)] | None = None
    per: UnitId | None = None
    days: tuple[CalendarDay, ...] = ()
    lasting: Duration | None = None
    until_age: Count | None = None
    except_days: tuple[Annotated[str, Reference("weekdays")], ...] = ()
    delivered: Literal["home"] | None = None
    by: Literal["voucher", "card", "list"] | None = None
    to: tuple[GroupId, ...] = ()
    when: Condition | None = None
    tiers: Tiers | None = None
    payers: tuple[Payer, ...] = ()
    supplement: Flag = False
    depends_on: Measure | None = None
    since: PartialDate | None = None
    text: Text | None = None


class Payment(Record):
    """How and when money is paid."""

    to: Literal["own-bank-account", "account-of-applicant", "clinic", "provider", "cash", "travel-card"] | None = None
    days: tuple[CalendarDay, ...] = ()
    within: Duration | None = None
    after: EventId | None = None

    @model_validator(mode="after")
    def _together(self) -> Payment:
        if (self.within is None) != (self.after is None):
            raise PydanticCustomError("together", "both of them", {"fields": "within, after"})
        return self


class Repeat(Record):
    """How often the same person or family may get it."""

    times: Annotated[Whole, Field(ge=1)] = 1
    per: Literal["year", "life", "season", "need"]
    new_application: Flag | None = None


class Capacity(Record):
    """A limited number of places."""

    places: Count | None = None
    per: PeriodId | None = None
    then: Literal["waiting-list"] | None = None
    order_by: Literal["date-of-application"] | None = None
