"""All cards of a municipality as one booklet: what all of them say stands once, at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Program
from .board import by_need, names_only, take_down
from .card import groups_of
from .handout import Handout, gaps_of, handout
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
    gaps_of_all: str
    """What is not known of any of them; empty where there is no such thing."""
    gaps: tuple[tuple[str, str], ...]
    """The key of a programme, and what else is not known of it."""
    shared: tuple[Section, ...]
    """What all programmes have in common: how to appeal, whom to ask."""
    village: Village | None
    edition: str
    take_down: str


def catalogue(speaker: Speaker, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Catalogue:
    """The catalogue of municipality `id`, whose programmes are these; `card` gives the card of a key."""
    needs = list(by_need(speaker, [program for program in programs if program.listed == "card"]))
    shown = [program for _, some in needs for program in some]
    made = {program.key: handout(speaker, program, card(program.key)) for program in shown}
    common = {id: _common(tuple(made.values()), id) for id in SHARED}
    gaps = {one.key: gaps_of(card(one.key)) for one in shown}
    first, *rest = gaps.values()
    of_all = tuple(gap for gap in first if all(gap in other for other in rest))
    count = speaker.say("page.program_count", count=len(shown), n=len(shown))
    forms = speaker.municipality(speaker.collection.municipalities[id])
    return Catalogue(
        title=speaker.say("paper.catalogue.title", municipality=forms),
        about=speaker.say("paper.catalogue.about", programs=count),
        chapters=tuple((need, tuple(_without(made[one.key], common) for one in some)) for need, some in needs),
        names=names_only(speaker, programs),
        groups=tuple(_groups(speaker, shown)),
        gaps_of_all=_unknown(speaker, of_all),
        gaps=tuple((key, words) for key, own in gaps.items() if (words := _unknown(speaker, own, of_all))),
        shared=tuple(_shared(made[shown[0].key], common)),
        village=village(speaker, id),
        edition=speaker.say("handout.edition", day=speaker.day(speaker.today)),
        take_down=take_down(speaker, shown),
    )


def _unknown(speaker: Speaker, gaps: Sequence[str], but: Sequence[str] = ()) -> str:
    """What is not known, but for what is said elsewhere, in one sentence; empty where nothing is left."""
    left = [gap for gap in gaps if gap not in but]
    return speaker.say("gap.all", gaps=speaker.pattern("list.then").join(left)) if left else ""


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
