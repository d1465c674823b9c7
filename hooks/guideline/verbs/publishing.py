"""Verbs that make something for readers: the site, sheets of paper, an edition."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from .. import editions
from ..publishing import Shelf
from ..workplace import FONTS, site_url
from .here import LANGUAGE, ROOT, build, environment, has_screen, opened, run, sound, write

EDITIONS = "data/editions.yaml"


@click.command()
@LANGUAGE
@click.option("--paper/--no-paper", default=True, help="print the PDFs too, and link them from their pages")
def site(language: str, paper: bool) -> None:
    """Build and check the whole site into site/, with its PDFs; if anything is wrong, nothing changes there."""
    workplace = opened(language)
    started = time.monotonic()
    shelf = Shelf(ROOT / "site")
    if not shelf.publish(lambda folder: build(workplace, folder, paper) and sound(folder, language)):
        raise SystemExit("Not published: see the lines above. The previous site, if any, is untouched.")
    pages = sum(1 for _ in shelf.site.rglob("*.html"))
    click.echo(
        f"Published {pages} pages into site/ in {time.monotonic() - started:.1f} s. Copy that folder to any host."
    )


@click.command()
@click.option("--municipality", help="only the sheets of this municipality, for example telavi")
@click.option("--program", help="only the sheets of this programme, for example telavi/rent")
@click.option("--language", help="only the sheets in this language, for example ka")
def handouts(municipality: str | None, program: str | None, language: str | None) -> None:
    """Print everything into build/handouts/ as PDF; only what has changed is made again."""
    from ..paper import everything, making
    from ..paper.press import Press

    workplace, started, folder = opened("en"), time.monotonic(), ROOT / "build" / "handouts"
    known = workplace.collection.languages
    if language and language not in known:
        raise SystemExit(f"This copy has no language {language}: it has {', '.join(known)}.")
    languages = [language] if language else list(known)
    with TemporaryDirectory() as built:
        # Chapters and worksheets are read from the pages that readers see.
        site = None if municipality or program else Path(built)
        if site and not build(workplace, site):
            raise SystemExit("The guideline could not be read from its pages: see the lines above.")
        some = everything.chosen(everything.sheets(workplace, site_url(ROOT), languages, site), municipality, program)
    if not some:
        cards = ", ".join(one.key for one in workplace.collection.programs if one.listed == "card")
        raise SystemExit(f"There is no such programme or municipality → one of: {cards}")
    workshop = making.Workshop(folder, Press(ROOT / FONTS, workplace.today))
    with click.progressbar(length=len(some), label="Printing", show_pos=True, show_eta=True) as bar:
        chosen = bool(municipality or program or language)
        found = workshop.make(some, lambda made: bar.update(1), all_there_are=not chosen)
    for line in making.summary(found, time.monotonic() - started):
        click.echo(line)
    click.echo(f"Printed: {len(found)} sheets lie in build/handouts/.")


@click.command()
def edition() -> None:
    """Note in data/editions.yaml what sheets say today, so that their codes lead to what has changed since."""
    workplace = opened("en")
    made = editions.taken(workplace.collection, workplace.today)
    if made is None:
        last = [edition.code for edition in workplace.collection.editions][-1:]
        click.echo(f"Nothing has changed since the edition {last[0]}." if last else "There is no programme to note.")
        return
    write(ROOT / EDITIONS, editions.text_of([*workplace.collection.editions, made]))
    count = len(made.programs) + len(made.gone)
    click.echo(f"Edition {made.code}: {count} programmes changed. Now commit {EDITIONS} and run `make handouts`.")


@click.command()
@click.option("--address", default="127.0.0.1:8000", help="where to serve, host:port")
def serve(address: str) -> None:
    """Build the site and serve it; it follows every change of data, chapters and theme."""
    workplace = opened("en")
    Shelf(ROOT / "site").recover()
    opening = ["--open"] if has_screen() else []
    click.echo(f"Serving at http://{address}/ — stop with Ctrl-C.")
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one stops it
        raise SystemExit(run("mkdocs", ["serve", "--dev-addr", address, *opening], environment(workplace)))
    click.echo("No longer served.")
