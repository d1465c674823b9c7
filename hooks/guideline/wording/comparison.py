"""Programmes of one kind, side by side: the rows of a table that compares municipalities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..model import Condition, Program
from .conditions import Form, eligibility_lines, form_of
from .layout import Card
from .origin import year_of
from .speech import Speaker
from .steps import papers_in_short

SHOWN = 3
"""Conditions in a row; the card has them all."""


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
        who=_conditions(speaker, program) or (unknown,),
        documents=papers_in_short(speaker, program.documents) or unknown,
        year=str(year) if year else unknown,
    )


def _conditions(speaker: Speaker, program: Program) -> tuple[str, ...]:
    """The first conditions, alternatives in one line. Where one lives, asked almost everywhere, only if alone."""
    who = program.eligibility
    if not who:
        return ()
    asked = [condition for condition in who.all if set(condition.facts()) != {"residence"}] or who.all
    said = [words for condition in asked for words in _clauses(speaker, program, condition, form_of(who))]
    return (*said[:SHOWN], speaker.say("table.more")) if len(said) > SHOWN else tuple(said)


def _clauses(speaker: Speaker, program: Program, condition: Condition, form: Form) -> list[str]:
    """A condition as clauses that must all be true; one of them may hold alternatives."""
    said = [line.text for line in eligibility_lines(speaker, program, [condition], form) if not line.lines]
    for inner in condition.all:
        said += _clauses(speaker, program, inner, form)
    if condition.any:
        clauses, alternatives = speaker.pattern("list.clauses"), speaker.pattern("list.alternatives")
        said.append(alternatives.join(clauses.join(_clauses(speaker, program, inner, form)) for inner in condition.any))
    return said
