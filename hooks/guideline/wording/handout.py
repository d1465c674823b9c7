"""What of a card stands on a sheet of paper: every fact once, and all that nobody knows in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..model import Edition, Program
from .layout import Card, Line, Section
from .speech import Speaker
from .trust import ends

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


def handout(speaker: Speaker, program: Program, card: Card, edition: Edition | None = None) -> Handout:
    """The sheet of a card, as of the day of its edition, or else of the speaker's day."""
    gaps = gaps_of(card)
    sections = tuple(_facts(card))
    return Handout(
        card=card,
        sections=tuple(section for section in sections if section.id not in SMALL),
        gaps=speaker.say("gap.all", gaps=speaker.pattern("list.then").join(gaps)) if gaps else "",
        ask=card.call.text if card.call else speaker.say("handout.no_phone"),
        notes=tuple(line for section in sections if section.id in SMALL for line in section.lines()),
        edition=_edition(speaker, edition),
        take_down=speaker.say("handout.take_down", day=speaker.day(last_day(program, speaker.today))),
    )


def gaps_of(card: Card) -> tuple[str, ...]:
    """What the card does not know, each thing once."""
    return tuple(dict.fromkeys(line.gap for line in card.lines() if line.gap))


def _edition(speaker: Speaker, edition: Edition | None) -> str:
    key, day = ("of_edition", edition.day) if edition else ("edition", speaker.today)
    return speaker.say(f"handout.{key}", day=speaker.day(day))


def last_day(program: Program, today: date) -> date:
    """The day after which a sheet printed today may mislead.

    The last day of the programme's terms, but never past the year in which it was printed: councils
    adopt new terms for every year.
    """
    end_of_year = date(today.year, 12, 31)
    to = ends(program)
    return min(to, end_of_year) if to and to >= today else end_of_year


def _facts(card: Card) -> Iterator[Section]:
    """The sections without gaps, without what stands large above them and what only a screen can follow."""
    said = {card.amount, *(line.text for line in card.status)}
    for section in card.sections:
        if [line.text for line in section.lines()] == [card.amount]:
            continue
        blocks = [
            replace(block, lines=tuple(line for line in block.lines if _stands(line, said))) for block in section.blocks
        ]
        if any(block.lines for block in blocks):
            yield replace(section, blocks=tuple(block for block in blocks if block.lines))


def _stands(line: Line, said: set[str]) -> bool:
    """Does the line stand on paper? Not a gap, a way to another page, or a dispute that the head has told."""
    return not (line.gap or line.village or (line.kind == "conflict" and line.text in said))
