"""What programmes share: kinds, municipalities, terms, the copy itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from .editions import Edition
from .figures import Figure
from .glossary import AvoidedWord, GlossaryTerm
from .program import Archived, Program
from .questions import Belonging, Illness
from .representatives import Representatives
from .spelling import OwnWords
from .standards import Standard
from .steps import Appeal, Assistance, Contact
from .training import Sheet, Training
from .values import (
    SOURCE_LANGUAGES,
    Address,
    BodyAt,
    BodyId,
    CategoryId,
    Code,
    CrestFile,
    Day,
    DocumentId,
    FaultsTo,
    Flag,
    GroupId,
    LanguageCode,
    MunicipalityId,
    Record,
    Reference,
    Text,
    Whole,
    Words,
    _only_languages,
)


class SearchWords(Record):
    """Words that people type when they look for something, besides its name."""

    ka: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """The words of a language; a further language has none."""
        return {"ka": self.ka, "en": self.en}.get(language, ())


class ProgramType(Record):
    """A kind of programme: the wording that all municipalities share."""

    name: Text
    with_: Text = Field(alias="with")
    summary: Text
    category: CategoryId
    groups: tuple[GroupId, ...] = ()
    documents: tuple[DocumentId, ...] = ()
    search_words: SearchWords | None = None


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
    faults_to: FaultsTo | None = None


class Term(Record):
    """A term in every language, in each form in which a sentence needs it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words | dict[str, Words]]

    icon: Words | None = None
    issued_by: BodyId | None = None
    online: Flag = False
    search_words: SearchWords | None = None

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
        """The forms of a language; a further one needs those of English and may have those of Georgian too."""
        if language in SOURCE_LANGUAGES:
            return self.ka if language == "ka" else self.en
        own = {form.removesuffix("?") for form in self.en}
        more = (f"{form.removesuffix('?')}?" for form in self.ka if form.removesuffix("?") not in own)
        return (*self.en, *more)


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour", "a colour")
    return value


Colour = Annotated[str, AfterValidator(_colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]


class Colours(Record):
    """The two colours of a copy; white must be readable on both."""

    primary: Colour = "#1f5c7a"
    accent: Colour = "#8a3b12"


class Notice(Record):
    """What stands at the top of every page between two days."""

    text: Text
    from_: Day = Field(alias="from")
    to: Day
    link: Address | None = None

    def holds(self, today: date) -> bool:
        """Is it shown on this day?"""
        return self.from_ <= today <= self.to


class Copy(Record):
    """Whose copy this is and how it looks."""

    format: Annotated[Whole, Field(ge=1)] = 1
    municipality: MunicipalityId | None = None
    name: Text
    about: Text
    languages: tuple[LanguageCode, ...] = ()
    faults_to: FaultsTo | None = None
    website: Address | None = None
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1)] | None = None
    application_at: tuple[BodyAt, ...] | None = None
    appeal: Appeal | None = None
    assistance: Assistance | None = None
    notice: Notice | None = None
    crest: CrestFile | None = None
    colours: Colours = Colours()
    index_unconfirmed: Flag = False
    review_months: Annotated[Whole, Field(ge=1, le=60)] = 12
    today: Day | None = None


OWN_FACTS = ("website", "contacts", "application_at", "appeal", "assistance")
"""What the settings of a municipality's copy say instead of the common municipalities.yaml."""


def with_own_facts(municipality: Municipality, copy: Copy) -> Municipality:
    """The municipality with what the settings of its copy say in the place of the common record."""
    own = {name: value for name in (*OWN_FACTS, "faults_to") if (value := getattr(copy, name)) is not None}
    return municipality.model_copy(update=own)


class Language(Record):
    """A further language: how it calls itself, and whether somebody who speaks it has read its words."""

    name: Words
    reviewed: Flag = False


@dataclass(frozen=True)
class Collection:
    """Everything that `data/` holds, read and found in order."""

    copy: Copy
    entered: tuple[Program, ...]
    """Every record of programs.yaml, drafts too, in its order."""
    types: dict[str, ProgramType]
    municipalities: dict[str, Municipality]
    regions: dict[str, Region]
    representatives: dict[str, Representatives]
    """Whom to ask in the villages of a municipality, by its id."""
    vocabulary: dict[str, dict[str, Term]]
    forms: dict[str, FormRules]
    """Which forms the terms of each table have."""
    phrases: dict[str, Any]
    standards: dict[str, Standard]
    standards_status: Text
    """What the standards are: proposed, and by whom."""
    glossary: dict[str, GlossaryTerm]
    glossary_categories: dict[str, Text]
    avoided: tuple[AvoidedWord, ...]
    worksheets: dict[str, Sheet]
    """The exercise of each chapter, by the chapter's id."""
    annexes: dict[str, Sheet]
    trainings: dict[str, Training]
    figures: dict[str, Figure]
    own_words: OwnWords
    belongings: tuple[Belonging, ...]
    """What the questions of "Is there something for me?" know of groups of people."""
    illnesses: tuple[Illness, ...]
    editions: tuple[Edition, ...]
    """What sheets of paper said, the oldest first."""
    examples: tuple[Program, ...] = ()
    """In the copy of one municipality: what the common chapters quote of others."""
    archive: tuple[Archived, ...] = ()
    """Records of years that are over, the newest year first."""
    further: dict[str, Language] = field(default_factory=dict)
    """The languages that this copy has beside the source languages, by code."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which readers find this copy; Georgian first."""
        return (*SOURCE_LANGUAGES, *self.further)

    def is_draft(self, language: str) -> bool:
        """Has nobody who speaks the language read its words yet?"""
        return language in self.further and not self.further[language].reviewed

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """The programmes that readers may see: a draft is nobody's business but the editor's.

        While the new year's terms are a draft, the card of the last year stands in for it.
        """
        shown = (self._standing_in(program) if program.listed == "draft" else program for program in self.entered)
        return tuple(program for program in shown if program)

    def _standing_in(self, draft: Program) -> Archived | None:
        """The newest record of years that are over, under any of the programme's ids."""
        return next((self._newest[key] for key in draft.keys if key in self._newest), None)

    @cached_property
    def _newest(self) -> dict[str, Archived]:
        """The newest of the records of years that are over, by key."""
        return {past.key: past for past in reversed(self.archive) if past.listed != "draft"}

    @cached_property
    def _current(self) -> dict[str, Program]:
        """The cards that stand at their usual addresses, by each of their keys."""
        cards = [program for program in self.programs if program.listed == "card"]
        return {key: program for program in cards for key in program.keys}

    def current(self, past: Archived) -> Program | None:
        """The card that stands today where a past one stood: perhaps itself; None where there is none any more."""
        return self._current.get(past.key)

    @cached_property
    def earlier(self) -> dict[str, tuple[Archived, ...]]:
        """Cards of years that are over, by the key of the card of today or else their own; the newest first."""
        found: dict[str, list[Archived]] = {}
        for past in self.archive:
            now = self.current(past)
            if past.listed == "card" and now is not past:
                found.setdefault(now.key if now else past.key, []).append(past)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def examples_shown(self) -> tuple[Program, ...]:
        """The examples that chapters quote here: what this copy shows itself is none."""
        own = {program.key for program in self.programs if program.listed == "card"}
        return tuple(program for program in self.examples if program.key not in own)

    def ids(self, reference: Reference) -> frozenset[str]:
        """The ids that the reference may name."""
        if reference.table == "programs":
            return frozenset(program.key for program in self.programs)
        if reference.table in ("types", "municipalities", "regions", "worksheets", "glossary_categories"):
            return frozenset(getattr(self, reference.table))
        terms = self.vocabulary.get(reference.table, {})
        return frozenset(
            id
            for id, term in terms.items()
            if not reference.form or all(reference.form in term.forms(language) for language in SOURCE_LANGUAGES)
        )
