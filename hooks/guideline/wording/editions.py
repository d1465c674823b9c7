"""What a sheet of paper said, beside what is true today.

Two things must differ before a reader hears of a change: the facts of the record (their mark) and the
sentences that tell them. So neither a better wording nor a record written in another way makes a
sheet out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..model import Edition, Fact, Facts, Municipality, Program, Record
from .card import application_of, card
from .layout import Card, Line, Section
from .speech import Speaker
from .steps import deadline_lines, local_number, national_digits, phone_of, places

FIELDS = tuple(Facts.model_fields)
"""The facts that are compared, in the order in which differences are told."""
Said = Mapping[str, Fact]
"""The facts of one programme by field."""


def compared(program: Program) -> bool:
    """Does the programme have sheets?"""
    return program.listed == "card"


# --- the facts of today ----------------------------------------------------------------------


def marks(speaker: Speaker, program: Program) -> dict[str, str]:
    """Field → eight letters and digits that change when the facts of the record do (SHA-256, shortened)."""
    municipality = speaker.collection.municipalities[program.municipality]
    return {field: _mark(facts) for field, facts in _facts(program, municipality).items()}


def _facts(program: Program, municipality: Municipality) -> dict[str, Any]:
    application = application_of(program, municipality)
    phone = phone_of(program, municipality)
    money = [program.benefits, program.benefits_are, program.payment, program.capacity, program.conflicts]
    return {
        "amount": money,
        "benefit": money,
        "who": [program.eligibility, program.conflicts],
        "documents": program.documents,
        "where": [application.at, application.through, application.automatic],
        "until": application.deadlines,
        "phone": national_digits(phone) if phone else "",
        "state": program.state,
    }


def _mark(facts: Any) -> str:
    written = json.dumps(_plain(facts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def words(speaker: Speaker, program: Program) -> dict[str, tuple[str, ...]]:
    """Field → what a sheet of today says about it; what the source does not say is said as such."""
    municipality = speaker.collection.municipalities[program.municipality]
    application = application_of(program, municipality)
    phone = phone_of(program, municipality)
    made = card(speaker, program)
    where = places(speaker, program, application)
    found: dict[str, Iterable[str]] = {
        "amount": [made.amount],
        "benefit": _sentences(speaker, _section(made, "benefit"), leads=True),
        "who": _sentences(speaker, _section(made, "eligibility"), leads=True),
        "documents": _documents(speaker, program, made),
        "where": [speaker.either(where)] if where else (),
        "until": _told(speaker, deadline_lines(speaker, application.deadlines, "")) if application.deadlines else (),
        "phone": [local_number(phone)] if phone else (),
        "state": [line.text for line in made.status if line.kind == "state"],
    }
    return {field: tuple(dict.fromkeys(filter(None, said))) for field, said in found.items()}


def _section(made: Card, id: str) -> Section | None:
    return next((section for section in made.sections if section.id == id), None)


def _documents(speaker: Speaker, program: Program, made: Card) -> Iterable[str]:
    """The papers; not those that are usual elsewhere, and not how many there are."""
    return _sentences(speaker, _section(made, "documents"), leads=False) if program.documents else ()


def _sentences(speaker: Speaker, section: Section | None, leads: bool) -> Iterator[str]:
    for block in section.blocks if section else ():
        if block.lead and leads:
            yield block.lead
        yield from _told(speaker, block.lines)


def _told(speaker: Speaker, lines: Iterable[Line]) -> Iterator[str]:
    """Each line with those inside it; a gap without whom to ask, which is another fact."""
    for line in lines:
        for one in line.all():
            yield speaker.say("gap.all", gaps=one.gap) if one.gap else one.text


# --- editions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A fact that is not what a sheet says."""

    field: str
    before: tuple[str, ...]
    now: tuple[str, ...]


class History:
    """The editions of a copy, in one language, beside its programmes of today."""

    def __init__(self, speaker: Speaker):
        self.speaker = speaker
        self._words: dict[str, dict[str, tuple[str, ...]]] = {}
        self._marks: dict[str, dict[str, str]] = {}

    @property
    def editions(self) -> tuple[Edition, ...]:
        """All editions, the oldest first."""
        return self.speaker.collection.editions

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The programmes of today that have sheets."""
        return {program.key: program for program in self.speaker.collection.programs if compared(program)}

    @cached_property
    def states(self) -> list[dict[str, Said]]:
        """For each edition, all that it says: key → field → fact."""
        found: list[dict[str, Said]] = []
        for edition in self.editions:
            state = {key: said for key, said in (found[-1] if found else {}).items() if key not in edition.gone}
            for key, facts in edition.programs.items():
                told = {field: fact for field in FIELDS if (fact := getattr(facts, field))}
                state[key] = {**state.get(key, {}), **told}
            found.append(state)
        return found

    def words(self, program: Program) -> dict[str, tuple[str, ...]]:
        """What a sheet of today says, by field."""
        if program.key not in self._words:
            self._words[program.key] = words(self.speaker, program)
        return self._words[program.key]

    def marks(self, program: Program) -> dict[str, str]:
        """The marks of today's facts, by field."""
        if program.key not in self._marks:
            self._marks[program.key] = marks(self.speaker, program)
        return self._marks[program.key]

    def changes(self, program: Program, said: Said) -> list[Change]:
        """What of the facts that a sheet says is different today."""
        here = self.marks(program)
        found = []
        for field in FIELDS:
            fact = said.get(field)
            if (fact.mark if fact else "") == here[field]:
                continue
            before, now = fact.of(self.speaker.language) if fact else (), self.words(program)[field]
            if before != now:
                found.append(Change(field, before, now))
        return found

    def of(self, program: Program, index: int) -> Said | None:
        """What the edition says of a programme, by its id of today or an earlier one; None where it is not in it."""
        return next((said for key in _keys(program) if (said := self.states[index].get(key)) is not None), None)

    def edition_of(self, inside: Callable[[str], bool]) -> Edition | None:
        """The newest edition that says what is true today of all programmes whose keys are `inside`.

        None where the facts have changed since, or no edition was made yet.
        """
        own = [program for key, program in self.programs.items() if inside(key)]
        for index in reversed(range(len(self.editions))):
            known = {key for program in own for key in _keys(program)}
            gone = any(inside(key) and key not in known for key in self.states[index])
            if not gone and all(self._says(program, index) for program in own):
                return self.editions[index]
        return None

    def _says(self, program: Program, index: int) -> bool:
        said = self.of(program, index)
        return said is not None and not self.changes(program, said)

    # --- in words ------------------------------------------------------------------------

    def told(self, program: Program, said: Said) -> list[str]:
        """The changes as sentences for a reader who holds the sheet."""
        found = self.changes(program, said)
        plain = {change.field for change in found} - ({"benefit"} if found and found[0].field == "amount" else set())
        return [words for change in found if change.field in plain for words in self._differences(change)]

    def _differences(self, change: Change) -> Iterator[str]:
        """Each sentence with the one in its place; or what is no longer there, and what is new."""
        say, label = self.speaker.say, self.speaker.say(f"edition.field.{change.field}")
        before = [_bare(words) for words in change.before if words not in change.now]
        now = [_bare(words) for words in change.now if words not in change.before]
        if before and len(before) == len(now):
            for old, new in zip(before, now, strict=True):
                yield say("edition.change.both", label=label, before=old, now=new)
            return
        semicolon = self.speaker.pattern("list.semicolon")
        if before:
            yield say("edition.change.before", label=label, before=semicolon.join(before))
        if now:
            yield say("edition.change.now", label=label, now=semicolon.join(now))
        if not before and not now:
            yield say("edition.change.now", label=label, now=semicolon.join(map(_bare, change.now)))


def _keys(program: Program) -> tuple[str, ...]:
    """The key of today and those that it had."""
    return (program.key, *(f"{program.municipality}/{former}" for former in program.former_ids))


def _bare(sentence: str) -> str:
    """The sentence without its full stop: it stands inside another one."""
    return sentence.removesuffix(".").removesuffix(":")
