"""The verb that makes a copy somebody's own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from .. import starting
from ..cutting import NotCut
from ..model import Municipality
from ..problems import DataError
from ..reading import nearest
from ..revising import Revision, forget, kept
from ..starting import MKDOCS, Wishes
from ..telling import say
from ..workplace import Workplace, open_workplace
from .here import ROOT, opened, tell

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\/]+\.[^\s<>\"'`\\]+")
_REMOTE = re.compile(r"(?:https://|git@|ssh://git@)(github|gitlab)\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
_FIELDS = {
    "name": "name_ka",
    "name_en": "name_en",
    "address": "address",
    "phone": "phone",
    "email": "email",
    "colour": "primary",
    "accent": "accent",
}
"""What each option says of the copy."""
_NEAR = 3
"""Names that are suggested where one is not known."""


@click.command("new")
@click.option("--municipality", help="whose copy it becomes, for example telavi")
@click.option("--name", help="the name of the site in Georgian")
@click.option("--name-en", help="the name of the site in English")
@click.option("--address", help="where the site will stand: https://…")
@click.option("--phone", help="the number that residents call")
@click.option("--email", help="the address that residents write to")
@click.option("--colour", help="the main colour, for example #1f5c7a")
@click.option("--accent", help="the second colour")
@click.option(
    "--language", type=click.Choice(["ka", "en"]), default="ka", help="the language of questions and messages"
)
@click.option("--yes", is_flag=True, help="ask nothing: what is not given is taken from what is known")
def new(municipality: str | None, language: str, yes: bool, **given: str | None) -> None:
    """Make this copy a municipality's own: its records, settings and address; everything else stays common."""
    workplace = opened(language)
    ask = _questions(language) if at_a_terminal() and not yes else None
    town = _whose(workplace, municipality, language, ask)
    wishes = _wishes(workplace, town, given, language, ask)
    official = workplace.collection.municipalities[town].official[language]
    if ask and not click.confirm(say("new.ask-sure", language, official=official), default=True):
        raise SystemExit(say("new.dropped", language))
    made = _write(workplace, wishes, language)
    if ".example." in wishes.address:
        click.echo(say("new.example-address", language, address=wishes.address))
    own = made.collection.municipalities[town]
    if not own.contacts:
        click.echo(say("new.no-contacts", language))
    shown = len(made.collection.programs)
    code, count = ("new.made", shown) if shown else ("new.made-drafts", len(made.collection.entered))
    click.echo(say(code, language, official=official, count=count))


def at_a_terminal() -> bool:
    """Is there somebody to answer?"""
    return sys.stdin.isatty()


Ask = Callable[..., str]


def _questions(language: str) -> Ask:
    def ask(code: str, default: str | None = None) -> str:
        return str(click.prompt(say(f"new.ask-{code}", language), default=default, show_default=bool(default))).strip()

    return ask


def _whose(workplace: Workplace, wanted: str | None, language: str, ask: Ask | None) -> str:
    """The municipality meant; ends the verb where it is unknown, or where the copy is somebody's already."""
    towns, own = workplace.collection.municipalities, workplace.collection.copy.municipality
    if own and wanted in (None, own):
        click.echo(say("new.again", language, official=towns[own].official[language]))
        raise SystemExit(0)
    if wanted is None and ask:
        wanted = ask("municipality")
    every = ", ".join(sorted(towns))
    if not wanted:
        raise SystemExit(say("new.which", language, all=every))
    id = _id_of(wanted, towns)
    if id is None:
        near = _near(wanted, towns)
        raise SystemExit(
            say("new.unknown-near" if near else "new.unknown", language, value=wanted, near=near, all=every)
        )
    if own and own != id:
        about = {"official": towns[own].official[language], "wanted": towns[id].official[language]}
        raise SystemExit(say("new.other", language, **about))
    if own:
        click.echo(say("new.again", language, official=towns[own].official[language]))
        raise SystemExit(0)
    return id


def _id_of(wanted: str, towns: dict[str, Municipality]) -> str | None:
    """The id, given as such or as the name of the municipality in a language."""
    word = wanted.strip()
    for id, town in towns.items():
        if word.lower() == id or word.lower() in (
            town.name["ka"],
            town.name["en"].lower(),
            town.official["en"].lower(),
        ):
            return id
    return None


def _near(wanted: str, towns: dict[str, Municipality]) -> str:
    """The names that were perhaps meant."""
    words = {name.lower(): id for id, town in towns.items() for name in (id, town.name["ka"], town.name["en"])}
    found: list[str] = []
    left = dict(words)
    while len(found) < _NEAR and (near := nearest(wanted.strip().lower(), left)):
        id = words[near]
        found.append(id)
        left = {name: other for name, other in left.items() if other != id}
    return ", ".join(found)


def _wishes(workplace: Workplace, town: str, given: dict[str, str | None], language: str, ask: Ask | None) -> Wishes:
    """What is given, asked where a terminal is there, and else known."""
    known = starting.wishes(workplace.collection, workplace.files, town, _address(town))
    values: dict[str, Any] = {}
    for option, field in _FIELDS.items():
        default = getattr(known, field)
        asking = ask if option != "accent" and not given.get(option) else None
        values[field] = given.get(option) or (asking(option.replace("_", "-"), default) if asking else default)
    values["address"] = values["address"].rstrip("/") + "/"
    if not _ADDRESS.fullmatch(values["address"]):
        raise SystemExit(say("new.address", language, value=values["address"]))
    return replace(known, **values)


def _address(town: str) -> str:
    """Where the site will stand: on the pages of the forge that the copy was cloned from; else an example."""
    try:
        asked = subprocess.run(
            ["git", "remote", "get-url", "origin"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        asked = None
    found = _REMOTE.fullmatch(asked.stdout.strip()) if asked else None
    return f"https://{found[2].lower()}.{found[1]}.io/{found[3]}/" if found else f"https://{town}.example.org/"


def _write(workplace: Workplace, wishes: Wishes, language: str) -> Workplace:
    """Write all files of the copy, or none of them."""
    mkdocs = (ROOT / MKDOCS).read_text(encoding="utf-8")
    try:
        made = starting.texts(workplace.collection, workplace.files, mkdocs, wishes, workplace.today)
        checked = open_workplace(ROOT, made)
    except NotCut as error:
        raise SystemExit(say("new.not-cut", language, path=f"data/{error}.yaml")) from None
    except DataError as error:
        tell(error.problems, language)
        raise SystemExit(say("new.unsound", language)) from None
    before = {path: (ROOT / path).read_text(encoding="utf-8") for path in made}
    kept(ROOT, Revision(before, {path: text for path, text in made.items() if text != before[path]}))
    forget(ROOT)
    return checked
