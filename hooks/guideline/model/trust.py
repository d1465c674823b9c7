"""How far it can be trusted: state, act, money, sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .values import (
    Address,
    BodyId,
    Code,
    Count,
    Day,
    Flag,
    Gel,
    PartialDate,
    Percent,
    Record,
    Reference,
    Shorthand,
    Text,
)


class State(Shorthand):
    """Whether one can apply now, and since when; in one word where the day is not known."""

    is_: Literal["open", "not-yet-open", "exhausted", "suspended", "closed", "probably-ended"] = Field(alias="is")
    since: Day | None = None


class Validity(Record):
    """The days between which the terms hold."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Act(Record):
    """The legal act behind the programme."""

    form: Annotated[str, Reference("acts")]
    issuer: Literal["council", "mayor", "government", "unknown"]
    number: Code | None = None
    date: Day | None = None
    year: Count | None = None
    article: Code | None = None
    title: Text | None = None
    url: Address | None = None


class Budget(Record):
    """Money set aside for a year, and its line in the budget."""

    year: Count | None = None
    gel: Gel | None = None
    about: Flag = False
    code: Code | None = None


class Indicator(Record):
    """A figure by which the programme is measured."""

    name: Text
    unit: Annotated[str, Reference("counted")]
    baseline: Gel | None = None
    target: Gel | None = None
    actual: Gel | None = None
    when: PartialDate | None = None


class Report(Record):
    """What became of the applications of a year."""

    when: PartialDate
    months: Count | None = None
    applied: Count | None = None
    approved: Count | None = None
    refused: Count | None = None
    pending: Count | None = None
    people: Count | None = None
    gel: Gel | None = None
    scope: Text | None = None


class Source(Record):
    """A page from which facts were taken."""

    url: Address
    kind: Literal["municipality", "media", "ngo", "institution", "act", "mirror"]
    year: Count | None = None
    checked: Day | None = None
    excerpt: Flag = True


class Claim(Record):
    """What one source says of a fact on which the sources differ."""

    gel: Gel | None = None
    percent: Percent | None = None
    number: Count | None = None
    text: Text | None = None
    year: Count | None = None
    source: Address | None = None


class Conflict(Record):
    """A fact on which sources contradict each other; all are kept."""

    field: Literal["amount", "score", "documents", "period", "children", "residence"]
    values: tuple[Claim, ...] = Field(min_length=2)


class Review(Record):
    """Whether the municipality has confirmed the record: the office, never a person."""

    status: Literal["unconfirmed", "confirmed"] = "unconfirmed"
    date: Day | None = None
    by: BodyId | None = None
