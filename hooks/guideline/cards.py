"""Cards, lists and tables → HTML, with every word escaped.

One template serves a card's own page, a quotation in a chapter and, later, the embed: what differs is
the place (which page the links start from, how deep the headings are, what the ids begin with).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from . import routes
from .qr import ON_SCREEN, qr
from .wording.layout import Card, Line

_WHOLE = re.compile(r"[0-9][0-9.,\u00a0]*%?-[\u10d0-\u10ff]+|[\u10d0-\u10ff]{1,3}-[0-9]+|№[0-9A-Za-z/-]+")
"""A figure with its ending ("70 001-ზე", "მე-3", "№10"): the two never part at a line end."""


@dataclass(frozen=True)
class Place:
    """Where a piece of HTML will stand."""

    language: str
    base: str
    """The address of the page, from which links are relative."""
    level: int = 1
    """The level of the piece's own heading."""
    prefix: str = ""
    """What its ids begin with, so that quoting twice repeats no id."""
    quoted: bool = False
    example: bool = False
    """Is it quoted from another municipality, whose pages this copy does not have?"""

    def link(self, page: str) -> str:
        """The link to a page of the same language."""
        return routes.relative(routes.address(page, self.language), self.base)


def render(template: str, place: Place, **parts: Any) -> str:
    """The template filled for a place."""
    return _environment().get_template(template).render(place=place, **parts)


def card_html(card: Card, place: Place, say: Any, **parts: Any) -> str:
    """The card as HTML. `say` gives the labels of the page, which are not facts of the programme.

    An example has two parts more: `example`, the words that say whose it is, and `source`, an address and its words.
    """
    return render("card.html.j2", place, card=card, say=say, **parts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["whole"] = whole
    environment.filters["dialled"] = dialled
    environment.filters["qr"] = _code
    environment.globals["routes"] = routes
    return environment


def _code(address: str) -> Markup:
    """The QR code of an address; its size is the style sheet's affair."""
    return Markup(qr(address, ON_SCREEN, svgclass=None, lineclass=None, omitsize=True))


def whole(text: str) -> Markup:
    """The text escaped, with figures and their endings kept together."""
    safe = str(escape(text))
    return Markup(_WHOLE.sub(lambda found: f'<span class="gz-whole">{found[0]}</span>', safe))


def dialled(line: Line) -> Markup:
    """The words of a line, in which the number that they name is a link that calls it."""
    if not line.dial:
        return whole(line.text)
    number, address = line.dial
    link = Markup('<a class="gz-whole" href="{}">{}</a>').format(address, number)
    return link.join(whole(part) for part in line.text.split(number))


def toc_tokens(card: Card, prefix: str = "") -> list[Mapping[str, Any]]:
    """The headings of a card as a table of contents: one entry for the card, its sections inside."""
    sections = [
        {"level": 2, "id": prefix + section.id, "name": str(escape(section.heading)), "children": []}
        for section in card.sections
    ]
    return [{"level": 1, "id": f"{prefix}card", "name": str(escape(card.name)), "children": sections}]
