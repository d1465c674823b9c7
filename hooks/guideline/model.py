"""What a programme can say: facts that need no language, and texts where a fact has no structure.

Everything arrives as text (`reading` guesses nothing), so every number, date and flag is converted
here, on purpose and in one way only. The models hold values; what must be true *between* values
is in `checks`. Titles and descriptions of the fields stand in `fields.yaml`, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

SOURCE_LANGUAGES = ("ka", "en")
"""The languages that every term and text must have; Georgian is the source."""

Loc = tuple[str | int, ...]
"""Where a value stands in its file: keys and positions from the top."""


@dataclass(frozen=True)
class Reference:
    """Marks a text as the id of an entry in one of the tables of `Collection`.

    With `form`, only entries that have this form in every language will do: the sentence needs it.
    """

    table: str
    form: str = ""


class Record(BaseModel):
    """A mapping of the data files: nothing unknown in it, nothing changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


R = TypeVar("R", bound=Record)


class Shorthand(Record):
    """A record that may be written as one word (its `word` field) or as a list (its `words` field)."""

    word: ClassVar[str] = "is"
    words: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {cls.word: value}
        return {cls.words: value} if isinstance(value, list) and cls.words else value


# --- values --------------------------------------------------------------------------------


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"0|-?[1-9]\d{0,11}", value):
            raise PydanticCustomError("whole_number", "a whole number in digits")
        return int(value)
    return value


def _sum(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?", value):
            raise PydanticCustomError("sum", "a sum in digits")
        return Decimal(value)
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("day", "a day of the calendar")
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("flag", "true or false")
        return value == "true"
    return value


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>\"'`\\]", value):
        raise PydanticCustomError("address", "an address that starts with https:// or http://")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value, re.ASCII):
        raise PydanticCustomError("email", "an e-mail address")
    return value


def _faults_to(value: str) -> str:
    return "mailto:" + _email(value.removeprefix("mailto:")) if value.startswith("mailto:") else _address(value)


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise PydanticCustomError("partial_date", "a year, a month or a day")
    return value


def _clock(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise PydanticCustomError("clock", "a time of the day")
    return value


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("id", "small Latin letters, digits and hyphens")
    return value


def _words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty", "words")
    return value


Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=0), WithJsonSchema({"type": "integer", "minimum": 0})]
Gel = Annotated[Decimal, BeforeValidator(_sum), WithJsonSchema({"type": "number"})]
"""A sum in lari; at most two digits after the point."""
Percent = Annotated[Decimal, BeforeValidator(_sum), WithJsonSchema({"type": "number"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Words = Annotated[str, AfterValidator(_words), Field(max_length=2000)]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "format": "uri"})]
FaultsTo = Annotated[str, AfterValidator(_faults_to)]
Email = Annotated[str, AfterValidator(_email), WithJsonSchema({"type": "string", "format": "email"})]
PartialDate = Annotated[str, AfterValidator(_partial_date), WithJsonSchema({"type": ["string", "integer"]})]
"""A year, a month or a day: "2026", "2026-03", "2026-03-05"."""
Clock = Annotated[str, AfterValidator(_clock)]
Id = Annotated[str, AfterValidator(_id), Field(max_length=60)]
Code = Annotated[str, AfterValidator(_words), Field(max_length=40), WithJsonSchema({"type": ["string", "number"]})]
"""A number that is a name (of an act, a budget line): kept as typed, zeros and spaces included."""

GroupId = Annotated[str, Reference("groups")]
DocumentId = Annotated[str, Reference("documents")]
BodyId = Annotated[str, Reference("bodies")]
BodyAt = Annotated[str, Reference("bodies", "at")]
BodyFrom = Annotated[str, Reference("bodies", "from")]
ChannelId = Annotated[str, Reference("channels")]
ItemId = Annotated[str, Reference("items")]
BaseId = Annotated[str, Reference("share_bases")]
UnitId = Annotated[str, Reference("recipient_units")]
PeriodId = Annotated[str, Reference("periods")]
TimeUnitId = Annotated[str, Reference("time_units")]
MeasureId = Annotated[str, Reference("measures")]
EventId = Annotated[str, Reference("events", "from")]
CauseId = Annotated[str, Reference("events", "cause")]
HolidayId = Annotated[str, Reference("holidays")]
PlaceId = Annotated[str, Reference("places")]
PersonId = Annotated[str, Reference("persons")]
DiagnosisId = Annotated[str, Reference("diagnoses")]
BenefitId = Annotated[str, Reference("state_benefits")]
CategoryId = Annotated[str, Reference("categories")]
TypeId = Annotated[str, Reference("types")]
MunicipalityId = Annotated[str, Reference("municipalities")]
ProgramKey = Annotated[str, Reference("programs")]


def _only_languages(record: R) -> R:
    """Beside its fields, the record has keys that are codes of languages only."""
    for key in record.model_extra or {}:
        if not re.fullmatch(r"[a-z]{2,3}", key):
            raise PydanticCustomError("language", "a language code", {"key": key})
    return record


class Text(Record):
    """The same words in every language; Georgian is the source, further languages may be added."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words]

    ka: Words
    en: Words

    def __getitem__(self, language: str) -> str:
        """The words in `language`, in Georgian where they are not translated yet."""
        return str(getattr(self, language, self.ka))

    @model_validator(mode="after")
    def _languages(self) -> Text:
        return _only_languages(self)


class Duration(Record):
    """A stretch of time: 12 months, 10 working days."""

    value: Annotated[Whole, Field(ge=1)]
    unit: TimeUnitId


class Bounds(Record):
    """Limits of a number. `boundary: unclear` where the source does not say whether the limit itself counts."""

    exactly: Count | None = None
    at_least: Count | None = None
    above: Count | None = None
    at_most: Count | None = None
    below: Count | None = None
    boundary: Literal["unclear"] | None = None

    def span(self) -> tuple[Decimal, Decimal] | None:
        """The whole numbers that these limits include, first and last; None where nothing is limited."""
        low = Decimal("0")
        high = Decimal("Infinity")
        if self.exactly is not None:
            return Decimal(self.exactly), Decimal(self.exactly)
        if self.at_least is not None:
            low = Decimal(self.at_least)
        if self.above is not None:
            low = Decimal(self.above + 1)
        if self.at_most is not None:
            high = Decimal(self.at_most)
        if self.below is not None:
            high = Decimal(self.below - 1)
        return (low, high) if self._given() else None

    def _given(self) -> bool:
        return any(getattr(self, name) is not None for name in _LIMITS)

    def _otherwise(self) -> bool:
        """Does the fact say something without a limit?"""
        return False

    @model_validator(mode="after")
    def _sound(self) -> Bounds:
        given = {name for name in _LIMITS if getattr(self, name) is not None}
        if not given and not self._otherwise():
            raise PydanticCustomError("no_limit", "a limit")
        if given >= {"at_least", "above"} or given >= {"at_most", "below"} or ("exactly" in given and len(given) > 1):
            raise PydanticCustomError("limits_twice", "one limit on each side")
        return self


_LIMITS = ("exactly", "at_least", "above", "at_most", "below")


# --- conditions ----------------------------------------------------------------------------


class Residence(Shorthand):
    """Where one must be registered or live."""

    word: ClassVar[str] = "basis"

    basis: Literal[
        "registered",
        "living",
        "registered-and-living",
        "registered-or-living",
        "permanently-living",
        "registered-and-permanently-living",
        "temporarily-living",
        "unclear",
    ]
    municipality: MunicipalityId | None = None
    region: Annotated[str, Reference("regions")] | None = None
    places: tuple[PlaceId, ...] = ()
    who: PersonId | None = None
    lasting: Duration | None = None
    unbroken: Flag = False
    idp_rule: Literal["temporary-is-enough"] | None = None
    exception: Text | None = None


class Score(Bounds):
    """The social score (rating score of the family in the unified database)."""

    any: Flag = False
    unknown: Flag = False
    at_event: Annotated[str, Reference("events", "at")] | None = None
    who: PersonId | None = None

    def _otherwise(self) -> bool:
        return self.any or self.unknown


class Age(Bounds):
    """Age in full years."""

    sex: Literal["female", "male"] | None = None
    pension: Flag = False
    who: PersonId | None = None

    def _otherwise(self) -> bool:
        return self.pension


class Children(Bounds):
    """How many children the family has."""

    any_of: tuple[Count, ...] = ()
    under_age: Count | None = None

    def _otherwise(self) -> bool:
        return bool(self.any_of)


class Birth(Record):
    """Which child was born, or how many at once."""

    order: Annotated[Whole, Field(ge=1, le=10)] | None = None
    order_from: Annotated[Whole, Field(ge=1, le=10)] | None = None
    multiple: Literal["twins", "triplets"] | None = None


class Status(Shorthand):
    """A status that one holds or a situation one is in; `any_of` for one of several."""

    words: ClassVar[str] = "any_of"

    is_: GroupId | None = Field(default=None, alias="is")
    any_of: tuple[GroupId, ...] = ()
    degree: Annotated[str, Reference("disability_degrees")] | None = None
    who: PersonId | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Status:
        if (self.is_ is None) == (not self.any_of):
            raise PydanticCustomError("one_of", "one of them", {"fields": "is, any_of"})
        return self

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that are named."""
        return self.any_of or ((self.is_,) if self.is_ else ())


class Diagnosis(Shorthand):
    """An illness named in the rules."""

    words: ClassVar[str] = "any_of"

    is_: DiagnosisId | None = Field(default=None, alias="is")
    any_of: tuple[DiagnosisId, ...] = ()
    icd10: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Diagnosis:
        if (self.is_ is None) == (not self.any_of):
            raise PydanticCustomError("one_of", "one of them", {"fields": "is, any_of"})
        return self


class Income(Record):
    """Family income; the period is kept only where the source gives it."""

    at_most_gel: Gel
    per: Literal["month", "year"] | None = None
    family_size: Bounds | None = None


class Damage(Record):
    """What was damaged, and by what."""

    of: tuple[Literal["home", "outbuilding"], ...] = Field(min_length=1)
    by: tuple[CauseId, ...] = ()


class Education(Record):
    """What one studies."""

    level: tuple[Literal["school", "vocational", "bachelor", "master"], ...] = ()
    grades: Bounds | None = None
    marks: Bounds | None = None
    gold_medal: Flag = False


class Zone(Record):
    """A distance zone, and the settlements in it."""

    number: Annotated[Whole, Field(ge=1, le=10)]
    places: tuple[PlaceId, ...] = ()


class Condition(Record):
    """One or more facts that must all hold; `any` holds alternatives, `all` groups inside them."""

    residence: Residence | None = None
    children: Children | None = None
    birth: Birth | None = None
    age: Age | None = None
    status: Status | None = None
    disability: Annotated[str, Reference("disability_degrees")] | None = None
    diagnosis: Diagnosis | None = None
    pregnancy_weeks: Bounds | None = None
    score: Score | None = None
    score_age: Duration | None = None
    income: Income | None = None
    damage: Damage | None = None
    education: Education | None = None
    household: Bounds | None = None
    zone: Zone | None = None
    bill: Bounds | None = None
    not_receiving: BenefitId | None = None
    no_other_help: Literal["this-year", "ever"] | None = None
    referral_by: BodyId | None = None
    decided_by: BodyId | None = None
    listed_by: BodyId | None = None
    text: Text | None = None
    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.facts():
            raise PydanticCustomError("empty_condition", "at least one fact")
        return self

    def facts(self) -> dict[str, Any]:
        """The facts that are given, by name, in the order of the card."""
        return {name: v for name, v in self if v is not None and v != ()}


class Eligibility(Record):
    """Who can get the help. Absent: the source does not say."""

    subject: Literal["family", "person", "deceased"] = "person"
    all: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()
    complete: Flag = True
    selection: Text | None = None
    priority: tuple[GroupId, ...] = ()


# --- what one gets -------------------------------------------------------------------------


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


# --- how to get it -------------------------------------------------------------------------


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


# --- trust ---------------------------------------------------------------------------------


class State(Record):
    """Whether one can apply now, and since when."""

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


class Program(Record):
    """A programme of a municipality: local facts only; what is shared comes from its type."""

    id: Id
    municipality: MunicipalityId
    type: TypeId
    listed: Literal["card", "name-only"] = "card"
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
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Literal["high", "medium", "low"]
    review: Review = Review()
    former_ids: tuple[Id, ...] = ()
    note: Words | None = None

    @property
    def key(self) -> str:
        """The name that is unique in the country: "telavi/large-families"."""
        return f"{self.municipality}/{self.id}"


# --- what is shared ------------------------------------------------------------------------


class ProgramType(Record):
    """A kind of programme: the wording that all municipalities share."""

    name: Text
    with_: Text = Field(alias="with")
    summary: Text
    category: CategoryId
    groups: tuple[GroupId, ...] = ()
    documents: tuple[DocumentId, ...] = ()


class Evidence(Record):
    """Where an address of a municipality was seen."""

    type: Literal["page", "link", "hostlist"]
    ref: Address | None = None


class Region(Record):
    """A region of the country, as grouped by the register of 64 municipalities."""

    name: Text
    in_: Text = Field(alias="in")
    iso_3166_2: Code


class Municipality(Record):
    """A municipality, with what is the same for all of its programmes."""

    name: Text
    official: Text
    of: Text
    romanised: Words
    kind: Literal["city", "municipality"]
    region: Annotated[str, Reference("regions")]
    website: Address | None = None
    evidence: Evidence | None = None
    application_at: tuple[BodyAt, ...] = ()
    appeal: Appeal | None = None
    assistance: Assistance | None = None
    contacts: tuple[Contact, ...] = ()


class Term(Record):
    """A term in every language, in each form in which a sentence needs it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words | dict[str, Words]]

    icon: Words | None = None
    issued_by: BodyId | None = None

    @model_validator(mode="after")
    def _languages(self) -> Term:
        return _only_languages(self)

    def forms(self, language: str) -> dict[str, str]:
        """The forms in `language`; a term that has one form only keeps it as "one"."""
        value = (self.model_extra or {}).get(language, {})
        return {"one": value} if isinstance(value, str) else value


class FormRules(Record):
    """The forms that the terms of a table have in each language; "?" marks those that are not a must."""

    ka: tuple[Words, ...]
    en: tuple[Words, ...]

    def of(self, language: str) -> tuple[str, ...]:
        """The forms of a language; one that is being added has those of English."""
        return self.ka if language == "ka" else self.en


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour", "a colour")
    return value


Colour = Annotated[str, AfterValidator(_colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]


class Colours(Record):
    """The two colours of a copy; white must be readable on both."""

    primary: Colour = "#1f5c7a"
    accent: Colour = "#8a3b12"


class Copy(Record):
    """Whose copy this is and how it looks."""

    municipality: MunicipalityId | None = None
    name: Text
    about: Text
    faults_to: FaultsTo | None = None
    colours: Colours = Colours()
    review_months: Annotated[Whole, Field(ge=1, le=60)] = 12
    today: Day | None = None


@dataclass(frozen=True)
class Collection:
    """Everything that `data/` holds, read and found in order."""

    copy: Copy
    programs: tuple[Program, ...]
    types: dict[str, ProgramType]
    municipalities: dict[str, Municipality]
    regions: dict[str, Region]
    vocabulary: dict[str, dict[str, Term]]
    forms: dict[str, FormRules]
    """Which forms the terms of each table have."""
    phrases: dict[str, Any]

    def ids(self, reference: Reference) -> frozenset[str]:
        """The ids that the reference may name."""
        if reference.table == "programs":
            return frozenset(program.key for program in self.programs)
        if reference.table in ("types", "municipalities", "regions"):
            return frozenset(getattr(self, reference.table))
        terms = self.vocabulary.get(reference.table, {})
        return frozenset(
            id
            for id, term in terms.items()
            if not reference.form or all(reference.form in term.forms(language) for language in SOURCE_LANGUAGES)
        )
