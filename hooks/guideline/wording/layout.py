"""What a card consists of, before it becomes HTML or paper: sections, blocks, lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """One sentence or one item of a list."""

    text: str
    kind: str = ""
    """"" a fact · "unknown" the source does not say · "conflict" sources differ · "text" free text."""
    lines: tuple[Line, ...] = ()
    """A list inside this item."""
    href: str = ""
    """Where the line leads: https:, http:, tel: or mailto:."""
    village: str = ""
    """The municipality whose page says whom to ask in its villages, if the line leads there."""
    type: str = ""
    """The type of programme that the line leads to; the address depends on the page."""
    program: str = ""
    """The programme whose card the line leads to ("telavi/rent"), if it does."""
    day: date | None = None
    """The day that the line is about, for machines."""
    gap: str = ""
    """What is not known, as one item of a list: paper says all of it in one sentence."""
    key: str = ""
    """What the line is known by whatever its words: a paper that a reader has ticked."""
    dial: tuple[str, str] | None = None
    """A number among the words, and the address that dials it."""

    def all(self) -> Iterator[Line]:
        """This line and every line inside it."""
        yield self
        for line in self.lines:
            yield from line.all()


@dataclass(frozen=True)
class Block:
    """A lead and its lines; `style` says how they stand: list, check (boxes to tick), text, address."""

    lines: tuple[Line, ...] = ()
    lead: str = ""
    style: str = "list"


@dataclass(frozen=True)
class Section:
    """A headed part of a card; `id` is the same in every language."""

    id: str
    heading: str
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[Line]:
        """Every line of the section, those inside lists too."""
        for block in self.blocks:
            for line in block.lines:
                yield from line.all()


@dataclass(frozen=True)
class Glance:
    """One answer at the top of a card: its label, a few words, and the section that says more."""

    label: str
    words: str
    section: str
    known: bool = True


@dataclass(frozen=True)
class Card:
    """All that a card says in one language, in the order in which it says it."""

    key: str
    language: str
    name: str
    official_name: str
    place: str
    """The official name of the municipality."""
    summary: str
    amount: str
    """The answer to "how much", a few words; empty where nobody knows."""
    glance: tuple[Glance, ...]
    """Who, which papers, where, by when: a few words each."""
    status: tuple[Line, ...]
    later: Line | None
    """What the card will say after its last day, shown by script when that day has passed."""
    as_of: Line
    """The day on which all this was said."""
    past: int
    """The year of a card that is no longer the one of today: it stands at the address of that year; else 0."""
    call: Line | None
    """The number to call, if one is known."""
    write: Line | None
    """The address to write to, if one is known."""
    sections: tuple[Section, ...]

    def lines(self) -> Iterator[Line]:
        """Every line of the card."""
        yield from self.status
        for section in self.sections:
            yield from section.lines()
