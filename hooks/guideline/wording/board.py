"""All programmes of a municipality on one sheet: name, who, how much, since when known, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import Archived, Program
from .brief import age_in_short
from .card import groups_of, name_of, type_of
from .elsewhere import years_words
from .handout import last_day
from .layout import Card, Line
from .origin import year_of
from .speech import Speaker
from .steps import first_phone, local_number, phone_of
from .trust import standing_lines


@dataclass(frozen=True)
class Entry:
    """A programme as one row."""

    key: str
    name: str
    who: str
    amount: str
    year: str
    """Of which year its facts are."""
    phone: str
    """The number to call; empty where none is known."""
    notes: tuple[str, ...]
    """That it has ended, or what else a reader must know before going; who vouches where that is not said of all."""


@dataclass(frozen=True)
class Board:
    """The list of a municipality."""

    title: str
    needs: tuple[tuple[str, tuple[Entry, ...]], ...]
    """Programmes by need, each need with its name."""
    ask: str
    """Whom to ask about all of them; empty where they have numbers of their own."""
    trust: str
    """Who vouches for the list, and of which years it is."""
    names: str
    """Those of which only the name is known, in one sentence; empty where there are none."""
    edition: str
    take_down: str


def board(speaker: Speaker, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Board:
    """The list of municipality `id`, whose programmes are these; `card` gives the card of a key."""
    shown = [program for program in programs if program.listed == "card"]
    municipality = speaker.collection.municipalities[id]
    numbers = {phone and local_number(phone) for phone in (phone_of(program, municipality) for program in shown)}
    nobody = all(program.review.status == "unconfirmed" for program in programs)
    entries = {program.key: _entry(speaker, program, card(program.key), nobody) for program in shown}
    own = first_phone(municipality.contacts)
    number = numbers.pop() if len(numbers) == 1 else own and local_number(own) if not shown else ""
    call = speaker.say("contact.call", number=number) if number else speaker.say("handout.no_phone")
    trust = [speaker.say("paper.board.unconfirmed")] if nobody else []
    return Board(
        title=speaker.say("page.municipality", municipality=speaker.municipality(municipality)),
        needs=tuple((name, tuple(entries[one.key] for one in some)) for name, some in by_need(speaker, shown)),
        ask="" if numbers else call,
        trust=speaker.pattern("list.sentences").join([*trust, years_words(speaker, programs)]),
        names=names_only(speaker, programs),
        edition=speaker.say("handout.edition", day=speaker.day(speaker.today)),
        take_down=take_down(speaker, programs),
    )


def take_down(speaker: Speaker, programs: Iterable[Program]) -> str:
    """Until when a sheet about all of these may hang: until the first of them ends."""
    return speaker.say("handout.take_down", day=speaker.day(min(last_day(one, speaker.today) for one in programs)))


def by_need(speaker: Speaker, programs: Iterable[Program]) -> Iterator[tuple[str, list[Program]]]:
    """Programmes by need, in the order of the vocabulary: the need's name, and its programmes."""
    found: dict[str, list[Program]] = {id: [] for id in speaker.collection.vocabulary["categories"]}
    for program in programs:
        found[type_of(speaker, program).category].append(program)
    for id, some in found.items():
        if some:
            yield speaker.term("categories", id)["one"], some


def names_only(speaker: Speaker, programs: Iterable[Program]) -> str:
    """The programmes of which only the name is known, in one sentence; empty where there are none."""
    names = [name_of(speaker, program) for program in programs if program.listed == "name-only"]
    return speaker.say("paper.board.names", names=speaker.pattern("list.semicolon").join(names)) if names else ""


def _entry(speaker: Speaker, program: Program, made: Card, vouched_for_all: bool) -> Entry:
    groups = [speaker.term("groups", group)["many"] for group in groups_of(speaker, program)]
    phone = phone_of(program, speaker.collection.municipalities[program.municipality])
    standing = [_in_short(speaker, program, line) for line in standing_lines(speaker, program)]
    year = year_of(program)
    return Entry(
        key=program.key,
        name=made.name,
        who=speaker.pattern("list.comma").join(groups) or made.summary,
        amount=made.amount or speaker.say("page.amount_unknown"),
        year=str(year) if year else speaker.say("table.unknown"),
        phone=local_number(phone) if phone else "",
        notes=tuple(standing[:-1] if vouched_for_all else standing),
    )


def _in_short(speaker: Speaker, program: Program, line: Line) -> str:
    """The line; that a row is of last year in few words, since at the start of a year it may stand in every row."""
    return age_in_short(speaker, program) if isinstance(program, Archived) and line.kind == "expired" else line.text
