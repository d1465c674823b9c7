"""Programmes of one kind, side by side: the rows of a table that compares municipalities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..model import Program
from .layout import Card
from .origin import year_of
from .speech import Speaker
from .steps import papers_in_short


@dataclass(frozen=True)
class Row:
    """What one municipality offers, in the words of its card."""

    key: str
    municipality: str
    name: str
    amount: str
    who: tuple[str, ...]
    documents: str
    year: str


def comparison(speaker: Speaker, programs: Iterable[Program], card: Callable[[str], Card]) -> list[Row]:
    """A row a programme, in the order in which the programmes stand."""
    return [_row(speaker, program, card(program.key)) for program in programs]


def _row(speaker: Speaker, program: Program, card: Card) -> Row:
    unknown = speaker.say("table.unknown")
    year = year_of(program)
    return Row(
        key=program.key,
        municipality=speaker.collection.municipalities[program.municipality].name[speaker.language],
        name=card.name,
        amount=card.amount or unknown,
        who=_conditions(card) or (unknown,),
        documents=papers_in_short(speaker, program.documents) or unknown,
        year=str(year) if year else unknown,
    )


def _conditions(card: Card) -> tuple[str, ...]:
    """The conditions other than where one lives, which is asked everywhere: the first three."""
    section = next((s for s in card.sections if s.id == "eligibility"), None)
    if not section:
        return ()
    said = [
        line.text
        for block in section.blocks
        if block.style == "list"
        for top in block.lines
        for line in top.all()
        if not line.lines and line.kind in ("", "text")
    ]
    return tuple(said[:3])
