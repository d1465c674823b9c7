"""What values are made of: numbers, days, ids, texts, durations, limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

SOURCE_LANGUAGES = ("ka", "en")
"""The languages that every term and text must have; Georgian is the source."""

BORROWED, GIVEN_BACK = "\ue000", "\ue001"
"""Around words that stand in Georgian because a further language lacks them: private signs, which no text may hold."""

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
    try:
        return "mailto:" + _email(value.removeprefix("mailto:")) if value.startswith("mailto:") else _address(value)
    except PydanticCustomError:
        raise PydanticCustomError("faults_to", "where faults are reported") from None


def _crest(value: str) -> str:
    if not re.fullmatch(r"local/[a-z0-9]+([-_][a-z0-9]+)*\.(svg|png)", value):
        raise PydanticCustomError("crest", "a picture in the folder local/")
    return value


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
CrestFile = Annotated[str, AfterValidator(_crest), Field(max_length=60)]
"""A picture in the folder local/: never a path that leads elsewhere."""
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


def borrowed(words: str) -> str:
    """Georgian words in a sentence of a further language, marked; those without letters belong to every language."""
    return f"{BORROWED}{words}{GIVEN_BACK}" if re.search(r"[^\W\d_]", words) else words


def _language_code(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value) or value in SOURCE_LANGUAGES:
        raise PydanticCustomError("further_language", "the code of a further language")
    return value


LanguageCode = Annotated[str, AfterValidator(_language_code)]
"""A language of readers beside the source languages: "az"."""


class Text(Record):
    """The same words in every language; Georgian is the source, further languages may be added."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words]

    ka: Words
    en: Words

    def __getitem__(self, language: str) -> str:
        """The words in `language`; in Georgian, and marked as such, where they are not translated yet."""
        words = getattr(self, language, None)
        return borrowed(self.ka) if words is None else str(words)

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
