"""Sheets onto the built site: each PDF beside the pages, and on its page a link that says what one gets."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from .. import routes
from ..cards import Place, render
from ..wording.speech import Speaker
from .making import Made
from .sheets import Sheet

FOLDER = "paper"
"""Where the PDFs stand on the site."""
_FORMATS = {"poster": "a3", "booklet": "booklet", "book-booklet": "booklet"}
"""Sheets that are not A4 pages."""
_MEGABYTE = 1_000_000


def place(
    site: Path,
    printed: Path,
    room: str,
    sheets: Iterable[Sheet],
    made: Iterable[Made],
    speakers: Mapping[str, Speaker],
) -> int:
    """Copy the sheets that were made in `printed` onto `site` and link each from its page, where `room` stands.

    Gives back how many pages link one.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for sheet, one in zip(sheets, made, strict=True):
        language = sheet.path.split("/")[0]
        address = f"{FOLDER}/{sheet.path}"
        _copy(printed / sheet.path, site / address)
        if sheet.page:
            found[language, sheet.page].append((words(speakers[language], sheet, one), address))
    return sum(
        _link(site, room, routes.address(page, language), some, speakers[language])
        for (language, page), some in found.items()
    )


def words(speaker: Speaker, sheet: Sheet, made: Made) -> str:
    """What the link says: which sheet, its format, pages and size."""
    kind = _kind(sheet)
    large = made.size >= _MEGABYTE
    size = round(Decimal(made.size) / (_MEGABYTE if large else 1000), 1 if large else 0)
    return speaker.say(
        "download.link",
        name=speaker.say(f"download.{kind}"),
        format=speaker.say(f"download.format.{_FORMATS.get(kind, 'a4')}"),
        pages=speaker.say("download.pages", count=made.pages, n=made.pages),
        size=speaker.say("download.mb" if large else "download.kb", n=speaker.number(size)),
    )


def _kind(sheet: Sheet) -> str:
    """The kind of sheet, from its name ("…-poster") or, where that says nothing, from its template."""
    name = sheet.path.partition("/")[2].removesuffix(".pdf").removeprefix(sheet.page).lstrip("-")
    if sheet.page == routes.GUIDELINE:
        return f"book-{name}" if name else "book"
    return name or sheet.template


def _link(site: Path, room: str, address: str, some: list[tuple[str, str]], speaker: Speaker) -> bool:
    path = site / address / "index.html"
    if not path.is_file():
        return False
    html = path.read_text(encoding="utf-8")
    place = Place(speaker.language, address)
    links = [(said, routes.relative(file, address)) for said, file in some]
    made = render("downloads.html.j2", place, heading=speaker.say("download.heading"), links=links)
    path.write_text(html.replace(room, made, 1), encoding="utf-8", newline="\n")
    return room in html


def _copy(source: Path, target: Path) -> None:
    """The file at its place on the site: the same file under two names where the disk can, else a copy.

    What stood there goes first: it may be another name of a file that must stay as it is, or of this very one.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
