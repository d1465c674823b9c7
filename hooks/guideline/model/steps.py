"""How to get it: papers, applications, decisions, contacts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .values import (
    Address,
    BodyAt,
    BodyId,
    ChannelId,
    Clock,
    Code,
    Count,
    Day,
    DocumentId,
    Duration,
    Email,
    EventId,
    Flag,
    PersonId,
    Record,
    Reference,
    Shorthand,
    Text,
    TypeId,
)


class Document(Shorthand):
    """A paper to bring."""

    is_: DocumentId | None = Field(default=None, alias="is")
    text: Text | None = None
    bring: tuple[Literal["original", "copy"], ...] = ()
    each: Literal["child"] | None = None
    if_: Annotated[str, Reference("circumstances")] | None = Field(default=None, alias="if")
    issued_by: BodyId | None = None
    not_older_than: Duration | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Document:
        if (self.is_ is None) == (self.text is None):
            raise PydanticCustomError("one_of", "one of them", {"fields": "is, text"})
        return self


class Documents(Record):
    """The papers. `complete` only where the source shows whether the list is whole."""

    complete: Flag | None = None
    needed: Flag = True
    list: tuple[Document, ...] = ()


class Deadline(Record):
    """Until when: a window of the calendar, days after an event, all year, or while funds last."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    within: Duration | None = None
    after: EventId | None = None
    rule: Literal["all-year", "while-funds-last", "rounds"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Deadline:
        forms = [self.from_ or self.to, self.within, self.rule]
        if sum(form is not None for form in forms) != 1:
            raise PydanticCustomError("one_of", "one of them", {"fields": "from / to, within, rule"})
        if (self.within is None) != (self.after is None):
            raise PydanticCustomError("together", "both of them", {"fields": "within, after"})
        return self


class Application(Record):
    """Who applies, where and until when; `automatic` where nobody needs to."""

    automatic: Flag = False
    by: tuple[PersonId, ...] = ()
    for_: Annotated[str, Reference("persons", "to")] | None = Field(default=None, alias="for")
    at: tuple[BodyAt, ...] = ()
    through: tuple[ChannelId, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    proxy: DocumentId | None = None
    text: Text | None = None


class Assistance(Record):
    """Help with applying."""

    home_visit: Flag = False
    interpreters: tuple[Annotated[str, Reference("spoken_languages")], ...] = ()


class Decision(Record):
    """Who decides, in how many days, and how one hears of it."""

    by: Annotated[str, Reference("bodies", "one")] | None = None
    checked_by: BodyId | None = None
    within: Duration | None = None
    after: EventId = "application"
    notice: tuple[ChannelId, ...] = ()


class Appeal(Record):
    """Where one can complain, and until when."""

    to: tuple[BodyAt, ...] = Field(min_length=1)
    within: Duration | None = None
    after: EventId = "refusal"


class Combination(Record):
    """What it cannot or can be received together with."""

    excludes: tuple[TypeId, ...] = ()
    adds_to: tuple[TypeId, ...] = ()
    other_way: tuple[TypeId, ...] = ()
    text: Text | None = None


class Phone(Record):
    """A number as it is dialled; short numbers work only inside the country."""

    number: Code
    kind: Literal["landline", "mobile", "short"] = "landline"
    role: Literal["hotline", "office"] | None = None


class Hours(Record):
    """When an office is open, or when residents are received."""

    days: tuple[Annotated[str, Reference("weekdays")], ...] = Field(min_length=1)
    from_: Clock = Field(alias="from")
    to: Clock
    break_from: Clock | None = None
    break_to: Clock | None = None
    reception: Flag = False


class Contact(Record):
    """Whom to ask."""

    body: BodyId = "city-hall"
    phones: tuple[Phone, ...] = ()
    email: Email | None = None
    address: Text | None = None
    hours: tuple[Hours, ...] = ()
    source: Address | None = None
    year: Count | None = None
