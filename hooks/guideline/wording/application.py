"""A blank application to the mayor: what is asked, which papers go with it, what the writer should know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Documents, Municipality, Program
from .card import application_of, ask_words
from .layout import Card, Line
from .speech import Speaker
from .steps import application_lines, deadline_lines, document_blocks

THIS_SHEET = ("application", "application-to-mayor")
"""The papers that the sheet itself is."""
FIELDS = ("name", "personal_number", "address", "phone")
"""What the writer says of themselves: what a mayor needs to answer, and no more."""


@dataclass(frozen=True)
class Form:
    """The blank application for one programme."""

    title: str
    to: str
    fields: tuple[str, ...]
    papers: tuple[Line, ...]
    """The papers to tick."""
    papers_note: str
    """That the source does not name them, or not all; empty where it names all."""
    advice: tuple[str, ...]
    """What the writer keeps: that forms may differ, where to take it, until when."""


def needs_application(program: Program) -> bool:
    """Must anybody apply at all?"""
    return not (program.application and program.application.automatic)


def how_to_apply(speaker: Speaker, program: Program, municipality: Municipality, ask: str) -> Iterator[Line]:
    """Who applies, where and until when, as the card says it."""
    application = application_of(program, municipality)
    yield from application_lines(speaker, program, application, ask)
    if not application.automatic:
        yield from deadline_lines(speaker, application.deadlines, ask)


def form(speaker: Speaker, program: Program, card: Card) -> Form:
    """The form for a programme."""
    say = speaker.say
    municipality = speaker.collection.municipalities[program.municipality]
    ask = ask_words(speaker, program, municipality)
    papers, note = _papers(speaker, program, program.documents, ask)
    how = [line.text for line in how_to_apply(speaker, program, municipality, ask) if not line.gap]
    trust = [line.text for line in card.status]
    return Form(
        title=say("paper.application.title", name=card.name),
        to=say("paper.application.to", municipality=speaker.municipality(municipality)),
        fields=tuple(say(f"paper.application.{name}") for name in FIELDS),
        papers=papers,
        papers_note=note,
        advice=(say("paper.application.proposal"), *how, *trust),
    )


def _papers(speaker: Speaker, program: Program, documents: Documents | None, ask: str) -> tuple[tuple[Line, ...], str]:
    """The papers to tick, without this one, and what is to be said of the list."""
    rest = documents
    if documents and documents.list:
        rest = documents.model_copy(update={"list": tuple(one for one in documents.list if one.is_ not in THIS_SHEET)})
        if not rest.list:
            unsaid = "" if documents.complete else "unclear" if documents.complete is None else "partial"
            return (), speaker.say(f"documents.{unsaid}", ask=ask) if unsaid else ""
    blocks = list(document_blocks(speaker, program, rest, ask))
    papers = tuple(line for block in blocks if block.style == "check" for line in block.lines)
    notes = [line.text for block in blocks if block.style == "text" for line in block.lines]
    return papers, speaker.pattern("list.sentences").join(notes)
