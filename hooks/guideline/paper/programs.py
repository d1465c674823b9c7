"""The sheets of a programme: handout, large print, pocket cards, poster, blank application."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import routes
from ..model import SOURCE_LANGUAGES, Program
from ..wording.application import form, needs_application
from ..wording.handout import Handout, handout
from ..wording.layout import Card
from .sheets import Data, Desk, Sheet, lines, section

BODY, LARGE = 14, 18
"""Sizes of a handout's words in points: for everybody, and for those who see badly."""

LABELS = ("heading", "asks", "for_other", "attached", "tick", "other", "data", "privacy", "date", "signature", "keep")
"""The words of a blank application that are the same for every programme."""
WARNINGS = ("state", "expired")
"""What a reader must see before the phone number: that the help may be over, or has not begun."""


def sheets(desk: Desk, program: Program, card: Callable[[str], Card]) -> Iterator[Sheet]:
    """Every sheet of one programme; `card` gives the card of a key."""
    page = routes.program(program.key)

    def made() -> Handout:
        return handout(desk.speaker, program, card(program.key), desk.edition(page))

    def sheet(name: str, template: str, data: Callable[[], Data], accessible: bool = True) -> Sheet:
        one_page = name in ("", "-application")
        return Sheet(f"{desk.language}/{page}{name}.pdf", template, data, page, one_page, accessible)

    yield sheet("", "handout", lambda: handout_data(desk, made(), BODY))
    yield sheet("-large-print", "handout", lambda: handout_data(desk, made(), LARGE))
    yield sheet("-pocket", "pocket", lambda: short_data(desk, made()), accessible=False)
    yield sheet("-poster", "poster", lambda: poster_data(desk, made(), halves=False), accessible=False)
    yield sheet("-poster-a4", "poster", lambda: poster_data(desk, made(), halves=True), accessible=False)
    if needs_application(program) and desk.language in SOURCE_LANGUAGES:
        yield sheet("-application", "application", lambda: application_data(desk, program, made()))


def handout_data(desk: Desk, made: Handout, size: int) -> Data:
    """What a handout is given."""
    return short_data(desk, made) | {
        "size": size,
        "status": lines(made.card.status),
        "sections": [section(one) for one in made.sections],
        "gaps": made.gaps,
        "notes": lines(made.notes),
    }


def short_data(desk: Desk, made: Handout) -> Data:
    """What a sheet is given that has room for the amount and the number to call."""
    return desk.data(
        made.card.name,
        routes.program(made.card.key),
        place=made.card.place,
        name=made.card.name,
        amount=made.card.amount or made.card.summary,
        warning=" ".join(line.text for line in made.card.status if line.kind in WARNINGS),
        status=" ".join(line.text for line in made.card.status if line.kind not in WARNINGS),
        ask=made.ask,
        edition=made.edition,
        take_down=made.take_down,
    )


def poster_data(desk: Desk, made: Handout, halves: bool) -> Data:
    """What a poster is given: for whom it is, too."""
    groups = [glance.words for glance in made.card.glance if glance.section == "eligibility"]
    who = desk.speaker.say("finder.who", groups=groups[0]) if groups else made.card.summary if made.card.amount else ""
    return short_data(desk, made) | {"who": who, "halves": halves}


def application_data(desk: Desk, program: Program, made: Handout) -> Data:
    """What a blank application is given."""
    say, asked = desk.speaker.say, form(desk.speaker, program, made.card)
    return desk.data(
        asked.title,
        routes.program(made.card.key),
        **{label: say(f"paper.application.{label}") for label in LABELS},
        to=asked.to,
        fields=asked.fields,
        name=made.card.name,
        official_name=made.card.official_name,
        papers=lines(asked.papers),
        papers_note=asked.papers_note,
        advice=asked.advice,
        ask=made.ask,
        edition=made.edition,
    )
