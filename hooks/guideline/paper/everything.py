"""All sheets of a copy, and those that somebody asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..pages.everything import Pages
from ..workplace import Workplace
from . import programs
from .sheets import Desk, Sheet


def sheets(workplace: Workplace, site_url: str, languages: Sequence[str]) -> Iterator[Sheet]:
    """Every sheet, language by language."""
    for language in languages:
        pages = Pages(workplace.collection, workplace.chapters, language, workplace.today)
        desk = Desk(pages.speaker, site_url)
        for program in pages.programs.shown:
            yield from programs.sheets(desk, program, pages.programs.card)


def chosen(some: Iterator[Sheet], municipality: str | None, program: str | None) -> list[Sheet]:
    """The sheets of one municipality or one programme ("telavi/rent"); all where neither is named."""
    page = f"programs/{program or municipality or ''}".rstrip("/")
    wanted = bool(municipality or program)
    return [sheet for sheet in some if not wanted or f"{sheet.page}/".startswith(f"{page}/")]
