"""The sheets of a municipality: its list for the notice board, its catalogue, the sheet for a meeting.

A speaker reads the last aloud word for word: it exists in the source languages only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .. import routes
from ..model import SOURCE_LANGUAGES, Program
from ..wording.board import Entry, board
from ..wording.catalogue import catalogue
from ..wording.handout import Handout
from ..wording.layout import Card
from ..wording.meeting import meeting
from ..wording.village import Village
from .sheets import Data, Desk, Sheet, lines, section

LOG_ROWS = 11
"""Questions for which there is room at a meeting."""


def sheets(desk: Desk, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Iterator[Sheet]:
    """Every sheet of a municipality; only the list where nothing but names is known, none without programmes."""
    page = routes.municipality(id)

    def sheet(name: str, template: str, data: Callable[[], Data]) -> Sheet:
        return Sheet(f"{desk.language}/{page}{name}.pdf", template, data, page, one_page=template == "board")

    if programs:
        yield sheet("", "board", lambda: board_data(desk, id, programs, card))
    if any(program.listed == "card" for program in programs):
        yield sheet("-catalogue", "catalogue", lambda: catalogue_data(desk, id, programs, card))
        if desk.language in SOURCE_LANGUAGES:
            yield sheet("-meeting", "meeting", lambda: meeting_data(desk, id, programs, card))


def place(desk: Desk, id: str) -> str:
    """The official name of a municipality."""
    return desk.speaker.collection.municipalities[id].official[desk.language]


def board_data(desk: Desk, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Data:
    """What the list is given: a row a programme; a column of phones only where they differ."""
    say, made = desk.speaker.say, board(desk.speaker, id, programs, card)
    phones = not made.ask
    columns = [say("paper.board.program"), say("heading.benefit"), say("table.year")]
    return desk.data(
        made.title,
        routes.municipality(id),
        columns=[*columns, *([say("paper.board.phone")] if phones else [])],
        needs=[{"name": name, "rows": [_row(desk, entry, phones) for entry in some]} for name, some in made.needs],
        ask=made.ask,
        trust=made.trust,
        names=made.names,
        edition=made.edition,
        take_down=made.take_down,
    )


def _row(desk: Desk, entry: Entry, phones: bool) -> Data:
    phone = [entry.phone or desk.speaker.say("table.unknown")] if phones else []
    return {
        "name": entry.name,
        "who": entry.who,
        "amount": entry.amount,
        "notes": " ".join(entry.notes),
        "cells": [entry.year, *phone],
    }


def catalogue_data(desk: Desk, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Data:
    """What the catalogue is given."""
    say, made = desk.speaker.say, catalogue(desk.speaker, id, programs, card)
    names = {one.card.key: one.card.name for _, some in made.chapters for one in some}
    return desk.data(
        made.title,
        routes.municipality(id),
        place=place(desk, id),
        about=made.about,
        contents=say("paper.catalogue.contents"),
        chapters=[{"need": need, "programs": [_program(one) for one in some]} for need, some in made.chapters],
        names={"heading": say("paper.catalogue.names"), "words": made.names},
        gaps={
            "heading": say("paper.catalogue.gaps"),
            "about": say("paper.catalogue.gaps_about"),
            "all": {"name": say("paper.catalogue.gaps_all"), "words": made.gaps_of_all},
            "programs": [{"key": key, "name": names[key], "words": words} for key, words in made.gaps],
        },
        shared=[section(one) for one in made.shared],
        village=_village(desk, made.village),
        groups={
            "heading": say("paper.catalogue.groups"),
            "groups": [
                {"name": name, "programs": [{"key": key, "name": names[key]} for key in keys]}
                for name, keys in made.groups
            ],
        },
        edition=made.edition,
        take_down=made.take_down,
    )


def _program(made: Handout) -> Data:
    return {
        "key": made.card.key,
        "name": made.card.name,
        "amount": made.card.amount,
        "summary": made.card.summary,
        "status": lines(made.card.status),
        "sections": [section(one) for one in made.sections],
        "gaps": made.gaps,
        "ask": made.ask,
        "notes": lines(made.notes),
    }


def _village(desk: Desk, made: Village | None) -> Data | None:
    """Whom to ask in the villages, as far as the municipality has published it."""
    if made is None:
        return None
    return {
        "heading": desk.speaker.say("village.heading"),
        "before": lines(made.before),
        "units": [{"name": unit.name, "lines": lines(unit.lines)} for unit in made.units],
        "after": lines(made.after),
    }


def meeting_data(desk: Desk, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Data:
    """What the speaker's sheet is given."""
    say, made = desk.speaker.say, meeting(desk.speaker, id, programs, card)
    return desk.data(
        made.title,
        routes.municipality(id),
        about=made.about,
        parts=[
            {
                "heading": part.heading,
                "minutes": say("paper.meeting.minutes", count=part.minutes, n=part.minutes),
                "words": part.words,
                "items": part.items,
                "after": part.after,
                "note": part.note,
            }
            for part in made.parts
        ],
        log={
            "heading": say("paper.meeting.log"),
            "note": say("paper.meeting.log_note"),
            "columns": made.columns,
            "rows": LOG_ROWS,
        },
        edition=say("handout.edition", day=desk.speaker.day(desk.speaker.today)),
    )
