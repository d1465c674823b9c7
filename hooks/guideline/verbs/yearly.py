"""Verbs of the municipal year."""

from __future__ import annotations

import click

from .. import revising
from ..archiving import NewYear, begun, path_of
from ..collection import files_in
from ..model import Collection
from ..problems import DataError
from ..reading import parse
from ..splicing import NotSpliced
from ..telling import say
from .here import ROOT, opened, tell


@click.command("new-year")
@click.option("--year", type=int, required=True, help="the year that begins, for example 2027")
@click.option("--municipality", help="whose year begins, in the copy of many municipalities, for example telavi")
@click.option("--language", type=click.Choice(["ka", "en"]), help="the language of what is said")
@click.option("--yes", is_flag=True, help="do it without asking")
def new_year(year: int, municipality: str | None, language: str | None, yes: bool) -> None:
    """Put the cards of the past year into data/archive/, and leave drafts of the new one to confirm."""
    language = language or _own_language()
    workplace = opened(language)
    now, past = workplace.today.year, year - 1
    if year not in (now, now + 1):
        raise SystemExit(say("year.other-year", language, now=now, next=now + 1))
    town = _town(workplace.collection, municipality, language)
    try:
        made = begun(workplace.collection, workplace.files, town, year)
    except NotSpliced as error:
        raise SystemExit(say("year.not-spliced", language, where=error)) from None
    if not made.texts:
        known = any(one.municipality == town for one in workplace.collection.archive)
        click.echo(say("year.nothing" if known else "year.empty", language, past=past, year=year))
        return
    _plan(made, year, language)
    if not yes and not click.confirm(say("year.ask", language)):
        raise SystemExit(say("year.stopped", language))
    revision = revising.proposed(ROOT, made.texts)
    if revision.problems:
        tell(revision.problems, language)
        raise SystemExit(say("year.refused", language))
    revising.kept(ROOT, revision)
    click.echo(
        say(
            "year.done" if made.archived else "year.only-drafts",
            language,
            path=path_of(past),
            drafts=made.drafts,
            year=year,
        )
    )


def _own_language() -> str:
    """Georgian in the copy of a municipality, English in the one of all."""
    try:
        settings = parse(files_in(ROOT / "data")["settings"].text).value
    except DataError:
        return "en"
    return "ka" if isinstance(settings, dict) and "municipality" in settings else "en"


def _town(collection: Collection, asked: str | None, language: str) -> str:
    """The municipality whose year begins."""
    own = collection.copy.municipality
    town = asked or own
    if not town:
        raise SystemExit(say("year.which", language))
    if town not in collection.municipalities or (own and town != own):
        raise SystemExit(say("year.unknown", language, id=town))
    return town


def _plan(made: NewYear, year: int, language: str) -> None:
    about = {"past": year - 1, "year": year, "cards": made.archived, "drafts": made.drafts, "places": made.places}
    for code in ("plan", "readers", *(["names"] if made.names else [])):
        click.echo(say(f"year.{code}", language, names=made.names, **about))
