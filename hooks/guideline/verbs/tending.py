"""Verbs that keep a copy true while nobody changes it: what should be looked at again, which links have died."""

from __future__ import annotations

from pathlib import Path

import click

from .. import asking, due, outside
from ..reading import File
from ..telling import say
from ..wording.speech import Speaker
from ..workplace import Workplace, site_url
from .here import LANGUAGE, ROOT, opened, write

REPORT = click.option("--report", type=click.Path(path_type=Path), help="write the list into this file, as Markdown")
UNREAD = ("editions", "spelling", "phrases")
"""Data files in which no address is for readers of today."""


@click.command("due")
@LANGUAGE
@REPORT
def due_(language: str, report: Path | None) -> None:
    """List the records that somebody should look at again, by the office that looks after them."""
    workplace = opened(language)
    found = due.due(workplace.collection, workplace.today)
    _hand_over(due.markdown(found, Speaker(language, workplace.collection, workplace.today)), report)
    click.echo(say("due.last-line", language, n=len(found)) if found else say("due.nothing", language))


@click.command("outside")
@LANGUAGE
@REPORT
@click.option("--pause", type=click.FloatRange(0, 60), default=1.0, help="seconds between two questions to one site")
@click.option("--local", is_flag=True, help="ask sites of this machine and its network too (for trying it out)")
def outside_(language: str, report: Path | None, pause: float, local: bool) -> None:
    """Try every link that leads out of the site, politely; it takes some minutes."""
    workplace = opened(language)
    places = outside.addresses(_texts(workplace))
    for address in outside.mirrors(workplace.collection):
        places.pop(address, None)
    click.echo(say("outside.asking", language, n=len(places), hosts=len(outside.by_host(places))))
    manners = asking.Manners(f"gzamkvlevi-links (+{site_url(ROOT)})", pause=pause, public_only=not local)
    found = outside.faults(asking.ask(places, manners))
    _hand_over(outside.markdown(found, places, len(places), language), report)
    click.echo(say("outside.last-line", language, n=len(found), of=len(places)))


def _texts(workplace: Workplace) -> list[File]:
    """Everything that people wrote: the data, and the chapters of every language."""
    data = (file for name, file in workplace.files.items() if name not in UNREAD)
    return [*data, *(File(chapter.path, chapter.text) for chapter in workplace.chapters.all())]


def _hand_over(text: str, report: Path | None) -> None:
    """The list into its file, or on the screen where none is named; an old list goes when nothing is left."""
    if report is None:
        click.echo(text, nl=False)
    elif text:
        write(report, text)
    else:
        report.unlink(missing_ok=True)
