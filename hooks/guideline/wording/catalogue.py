"""All cards of a municipality as one booklet: what all of them say stands once, at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Program
from .board import by_need, names_only, take_down
from .card import groups_of
from .handout import Handout, handout
from .layout import Card, Section
from .speech import Speaker
from .village import Village, village

SHARED = ("appeal", "contact")
"""Sections that are often the same for all programmes of a municipality."""


@dataclass(frozen=True)
class Catalogue:
    """The catalogue of a municipality."""

    title: str
    about: str
    chapters: tuple[tuple[str, tuple[Handout, ...]], ...]
    """By need: its name, and what stands of its programmes."""
    names: str
    """Those of which only the name is known."""
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """The index: a group of people, and the keys of the programmes that are for it."""
    gaps: tuple[tuple[str, str], ...]
    """The key of a programme, and what is not known of it."""
    shared: tuple[Section, ...]
    """What all programmes have in common: how to appeal, whom to ask."""
    village: Village | None
    edition: str
    take_down: str


def catalogue(speaker: Speaker, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Catalogue:
    """The catalogue of municipality `id`, whose programmes are these; `card` gives the card of a key."""
    shown = [program for program in programs if program.listed == "card"]
    made = {program.key: handout(speaker, program, card(program.key)) for program in shown}
    common = {id: _common(tuple(made.values()), id) for id in SHARED}
    count = speaker.say("page.program_count", count=len(shown), n=len(shown))
    forms = speaker.municipality(speaker.collection.municipalities[id])
    return Catalogue(
        title=speaker.say("paper.catalogue.title", municipality=forms),
        about=speaker.say("paper.catalogue.about", programs=count),
        chapters=tuple(
            (need, tuple(_without(made[one.key], common) for one in some)) for need, some in by_need(speaker, shown)
        ),
        names=names_only(speaker, programs),
        groups=tuple(_groups(speaker, shown)),
        gaps=tuple((key, one.gaps) for key, one in made.items() if one.gaps),
        shared=tuple(_shared(made[shown[0].key], common)),
        village=village(speaker, id),
        edition=speaker.say("handout.edition", day=speaker.day(speaker.today)),
        take_down=take_down(speaker, shown),
    )


def _lines(made: Handout, id: str) -> list[str]:
    return [line.text for section in made.sections if section.id == id for line in section.lines()]


def _common(made: Sequence[Handout], id: str) -> set[str]:
    """The sentences of a section that every programme has."""
    first, *rest = (set(_lines(one, id)) for one in made)
    return first.intersection(*rest)


def _without(made: Handout, common: dict[str, set[str]]) -> Handout:
    """The programme without what all of them say."""
    sections = (_some(section, common.get(section.id, set()), kept=False) for section in made.sections)
    return replace(made, sections=tuple(section for section in sections if section.blocks))


def _shared(made: Handout, common: dict[str, set[str]]) -> Iterator[Section]:
    """What all programmes say, from the sections of one."""
    sections = {section.id: section for section in made.sections}
    for id in SHARED:
        if id in sections and (section := _some(sections[id], common[id], kept=True)).blocks:
            yield section


def _some(section: Section, common: set[str], kept: bool) -> Section:
    """The section with only the lines that are common, or only the others."""
    blocks = (
        replace(block, lines=tuple(line for line in block.lines if (line.text in common) == kept))
        for block in section.blocks
    )
    return replace(section, blocks=tuple(block for block in blocks if block.lines))


def _groups(speaker: Speaker, programs: Sequence[Program]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each group of people with the programmes that are for it, in the order of the vocabulary."""
    for id in speaker.collection.vocabulary["groups"]:
        keys = tuple(program.key for program in programs if id in groups_of(speaker, program))
        if keys:
            yield speaker.term("groups", id)["many"], keys
