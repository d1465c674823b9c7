"""All sheets of a copy, and those that somebody asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model import SOURCE_LANGUAGES
from ..pages.everything import Pages
from ..pages.programs import with_card
from ..workplace import Workplace
from . import comparisons, guideline, municipalities, programs
from .sheets import Desk, Sheet


def sheets(workplace: Workplace, site_url: str, languages: Sequence[str], site: Path | None = None) -> Iterator[Sheet]:
    """Every sheet, language by language; those of the guideline where a built site is at hand to be read from.

    The guideline has sheets in the source languages only: a further one has no whole guideline yet.
    """
    for language in languages:
        pages = Pages(workplace.collection, workplace.chapters, language, workplace.today)
        desk = Desk(pages.speaker, site_url)
        card = pages.programs.card
        for id, own in pages.programs.by_municipality.items():
            yield from municipalities.sheets(desk, id, own, card)
            for program in with_card(own):
                yield from programs.sheets(desk, program, card)
        for id, some in pages.programs.by_type.items():
            yield from comparisons.sheet(desk, id, some, pages.comparison.compared(id))
        if site and language in SOURCE_LANGUAGES:
            kept = workplace.root / "build" / "reading" / f"{language}.json"
            yield from guideline.Library(desk, pages.guideline, site, kept).sheets()


def chosen(some: Iterator[Sheet], municipality: str | None, program: str | None) -> list[Sheet]:
    """The sheets of one municipality or one programme ("telavi/rent"); all where neither is named."""
    page = f"programs/{program or municipality or ''}".rstrip("/")
    wanted = bool(municipality or program)
    return [sheet for sheet in some if not wanted or f"{sheet.page}/".startswith(f"{page}/")]
