"""Who can get the help: facts about a person, a family, a home."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .values import (
    BenefitId,
    BodyId,
    Bounds,
    CauseId,
    Code,
    Count,
    DiagnosisId,
    Duration,
    Flag,
    Gel,
    GroupId,
    MunicipalityId,
    PersonId,
    PlaceId,
    Record,
    Reference,
    Shorthand,
    Text,
    Whole,
)


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
