"""What a sheet is, and how words and addresses become the data of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from .. import routes
from ..model import Edition
from ..qr import qr
from ..wording.editions import History
from ..wording.layout import Block, Line, Section
from ..wording.speech import Speaker

Data = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One PDF: where it will stand, the template that sets it, and what the template is given."""

    path: str
    """Below the folder of handouts: "ka/programs/telavi/rent.pdf"."""
    template: str
    data: Callable[[], Data]
    page: str = ""
    """The page of the site that it belongs to ("programs/telavi/rent"), which links it."""
    one_page: bool = False
    """Should it have one page, unless the facts do not fit?"""
    accessible: bool = True
    """PDF/UA-1; imposed sheets and sheets with many small copies lose their tags."""
    body: str = ""
    """Markup of our own pages that the template sets."""
    finish: Callable[[bytes], bytes] | None = None
    """What is done to the PDF after the press."""


@dataclass(frozen=True)
class Desk:
    """Where sheets of one language are written: its words, and the address of the site that they lead back to."""

    speaker: Speaker
    site_url: str

    @property
    def language(self) -> str:
        """The language of the sheets."""
        return self.speaker.language

    def data(self, title: str, page: str, **parts: Any) -> Data:
        """What every template is given: language, title, publisher and the way back to the living page."""
        address = self.site_url + routes.address(page, self.language)
        return {
            "language": self.language,
            "title": title,
            "day": self.day(page).isoformat(),
            "publisher": self.speaker.collection.copy.name[self.language],
            "address": address.split("://", 1)[-1],
            "qr": qr(f"{address}?e={self.code(page)}"),
            "qr_alt": self.speaker.say("handout.qr", address=address),
            "scan": self.speaker.say("handout.scan"),
            **self._draft(),
            **parts,
        }

    def _draft(self) -> Data:
        """What a sheet in a language says whose words nobody has reviewed."""
        unread = self.speaker.collection.is_draft(self.language)
        return {"draft": self.speaker.say("language.unreviewed")} if unread else {}

    @cached_property
    def _history(self) -> History:
        return History(self.speaker)

    def edition(self, page: str) -> Edition | None:
        """The edition whose facts are those of today, of all programmes on the page; None between editions."""
        under = f"{page}/"
        own = any(f"{routes.program(key)}/".startswith(under) for key in self._history.programs)
        return self._history.edition_of(lambda key: not own or f"{routes.program(key)}/".startswith(under))

    def code(self, page: str) -> str:
        """The short code of a sheet: its edition ("2026-11"), or the day of printing ("d261120")."""
        edition = self.edition(page)
        return edition.code if edition else f"d{self.speaker.today:%y%m%d}"

    def day(self, page: str) -> date:
        """The day of which a sheet is: so it is printed again only when it says something else."""
        edition = self.edition(page)
        return edition.day if edition else self.speaker.today


def section(one: Section) -> Data:
    """A headed part of a card."""
    return {"heading": one.heading, "blocks": [block(part) for part in one.blocks]}


def block(one: Block) -> Data:
    """A lead and its lines; a line that stands alone is what the reader looks for, even if it is a site."""
    made = lines(one.lines)
    return {
        "lead": one.lead,
        "style": one.style,
        "lines": made if len(made) > 1 else [{**it, "small": False} for it in made],
    }


def lines(some: Iterable[Line]) -> list[Data]:
    """Lines with those inside them; `small` is where a fact comes from, not the fact."""
    return [
        {"text": line.text, "kind": line.kind, "small": line.href.startswith("http"), "lines": lines(line.lines)}
        for line in some
    ]
