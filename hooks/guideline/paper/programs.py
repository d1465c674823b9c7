"""The sheets of a programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from .. import routes
from ..model import Program
from ..wording.handout import handout
from ..wording.layout import Card
from .sheets import Data, Desk, Sheet, lines, section


def sheets(desk: Desk, program: Program, card: Callable[[str], Card]) -> Iterator[Sheet]:
    """Every sheet of one programme; `card` gives the card of a key."""
    page = routes.program(program.key)
    yield Sheet(f"{desk.language}/{page}.pdf", "handout", partial(handout_data, desk, program, card), page)


def handout_data(desk: Desk, program: Program, card: Callable[[str], Card]) -> Data:
    """What the handout of a programme is given."""
    made = handout(desk.speaker, program, card(program.key))
    return desk.data(
        made.card.name,
        routes.program(program.key),
        place=made.card.place,
        name=made.card.name,
        amount=made.card.amount,
        status=lines(made.card.status),
        sections=[section(one) for one in made.sections],
        gaps=made.gaps,
        ask=made.ask,
        notes=lines(made.notes),
        edition=made.edition,
        take_down=made.take_down,
    )
