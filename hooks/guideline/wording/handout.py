"""What of a card stands on a sheet of paper: every fact, and all that nobody knows in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..model import Program
from .layout import Block, Card, Line, Section
from .speech import Speaker

SMALL = ("plan", "source")
"""Sections that stand in small print at the foot of a sheet."""


@dataclass(frozen=True)
class Handout:
    """A programme on paper, in one language."""

    card: Card
    sections: tuple[Section, ...]
    gaps: str
    """What the source does not say, in one sentence; empty where it says everything."""
    ask: str
    """The number to call, or where to go where none is known."""
    notes: tuple[Line, ...]
    """The small print: whose money, which act, which source."""
    edition: str
    take_down: str


def handout(speaker: Speaker, program: Program, card: Card) -> Handout:
    """The sheet of a card, as of the speaker's day."""
    gaps = dict.fromkeys(line.gap for line in card.lines() if line.gap)
    listed = speaker.pattern("list.then").join(gaps)
    return Handout(
        card=card,
        sections=tuple(_known(section for section in card.sections if section.id not in SMALL)),
        gaps=speaker.say("gap.all", gaps=listed) if gaps else "",
        ask=card.call.text if card.call else speaker.say("handout.no_phone"),
        notes=tuple(line for section in _known(s for s in card.sections if s.id in SMALL) for line in section.lines()),
        edition=speaker.say("handout.edition", day=speaker.day(speaker.today)),
        take_down=speaker.say("handout.take_down", day=speaker.day(last_day(program, speaker.today))),
    )


def last_day(program: Program, today: date) -> date:
    """The day after which a sheet printed today may mislead.

    The last day of the programme's terms, but never past the year in which it was printed: councils
    adopt new terms for every year.
    """
    end_of_year = date(today.year, 12, 31)
    to = program.valid.to if program.valid else None
    return min(to, end_of_year) if to and to >= today else end_of_year


def _known(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections without what the sentence of gaps says; those that have nothing else left out."""
    for section in sections:
        blocks = tuple(block for block in map(_without_gaps, section.blocks) if block.lines)
        if blocks:
            yield replace(section, blocks=blocks)


def _without_gaps(block: Block) -> Block:
    return replace(block, lines=tuple(line for line in block.lines if not line.gap))
