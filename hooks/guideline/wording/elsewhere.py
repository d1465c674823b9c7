"""One municipality's list beside the lists of the others: what is on it, what was not found on it.

A list that was found is not all that a municipality does: nothing here says that help does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..comparing import Comparable
from ..model import Program
from .comparison import SHOWN, counted, extremes, units_of
from .origin import year_of
from .speech import Speaker


@dataclass(frozen=True)
class Kind:
    """One type of programme: who has it here, and who elsewhere."""

    type: str
    name: str
    here: tuple[Program, ...]
    """This municipality's programmes of the type: those with a card, else those known by name only."""
    count: int
    """Other municipalities whose sources name such a programme."""
    by_name: int
    """Those of them of which nothing but the name is known."""
    examples: tuple[Program, ...]
    """Programmes elsewhere that have a card, one a municipality."""
    sums: tuple[str, ...]
    """The lowest and the highest sum elsewhere, for each unit in which there are any."""


@dataclass(frozen=True)
class Beside:
    """All types, each in one of three parts."""

    listed: tuple[Kind, ...]
    named: tuple[Kind, ...]
    missing: tuple[Kind, ...]
    """The commonest first."""


def beside(
    speaker: Speaker, municipality: str, by_type: Mapping[str, Sequence[Program]], figures: Mapping[str, Comparable]
) -> Beside:
    """A municipality beside the others. `by_type` has the programmes of all, `figures` what each can be compared by."""
    listed: list[Kind] = []
    named: list[Kind] = []
    missing: list[Kind] = []
    for id, programs in by_type.items():
        own = [program for program in programs if program.municipality == municipality]
        cards = [program for program in own if program.listed == "card"]
        others = [program for program in programs if program.municipality != municipality]
        kind = _kind(speaker, id, cards or own, others, figures)
        (listed if cards else named if own else missing).append(kind)
    missing.sort(key=lambda kind: -kind.count)
    return Beside(tuple(listed), tuple(named), tuple(missing))


def _kind(
    speaker: Speaker, id: str, here: Sequence[Program], others: Sequence[Program], figures: Mapping[str, Comparable]
) -> Kind:
    cards = {program.municipality: program for program in reversed(others) if program.listed == "card"}
    towns = {program.municipality for program in others}
    return Kind(
        type=id,
        name=speaker.collection.types[id].name[speaker.language],
        here=tuple(here),
        count=len(towns),
        by_name=len(towns) - len(cards),
        examples=tuple(reversed(cards.values()))[:SHOWN],
        sums=tuple(_sums(speaker, [program for program in others if program.listed == "card"], figures)),
    )


def _sums(speaker: Speaker, others: Sequence[Program], figures: Mapping[str, Comparable]) -> Iterator[str]:
    for unit in units_of(speaker, others, figures):
        found = [(program, one) for program in others if (one := figures[program.key].in_unit(unit))]
        towns = speaker.collection.municipalities
        named = [(towns[program.municipality].name[speaker.language], figure) for program, figure in found]
        yield speaker.say("compared.sums", unit=counted(speaker, unit), extremes=extremes(speaker, named))


def years_words(speaker: Speaker, programs: Sequence[Program]) -> str:
    """Of which years the sources of a municipality are, and whether some bear none."""
    years = sorted({year for program in programs if (year := year_of(program))})
    if not years:
        return speaker.say("compared.undated")
    key = "mixed" if any(year_of(program) is None for program in programs) else "dated"
    span = speaker.say("compared.span", first=years[0], last=years[-1]) if len(years) > 1 else str(years[0])
    return speaker.say(f"compared.{key}", years=span)
