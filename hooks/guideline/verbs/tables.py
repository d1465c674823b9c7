"""Verbs for those who edit in Excel: the workbook out, its changes in, and the last change taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..acadnusx import Converter, english_words
from ..reading import parse
from ..revising import ChangedSince, kept, undone
from ..spelling import Speller
from ..telling import say
from ..workplace import DICTIONARY, Workplace
from .here import ROOT, opened, write

if TYPE_CHECKING:
    from ..workbook.importing import Import

WORKBOOK = "build/programs.xlsx"
ENGLISH = "english-too.txt"
_LANGUAGE = click.option("--language", type=click.Choice(["ka", "en"]), help="the language of the messages")


@click.command()
@_LANGUAGE
def workbook(language: str | None) -> None:
    """Write the programmes as an Excel workbook: build/programs.xlsx."""
    from ..workbook import layout, writing

    workplace = opened(language or "en")
    speak = language or _own_language(workplace)
    values = parse(workplace.files["programs"].text).value
    path = ROOT / WORKBOOK
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(writing.written(values, workplace.collection))
    beside.replace(path)
    sheets = len(layout.sheets(writing.languages_of(values)))
    click.echo(say("workbook.written", speak, path=WORKBOOK, programs=len(values["programs"]), sheets=sheets))


@click.command("import")
@click.option("--workbook", required=True, type=click.Path(path_type=Path), help="the workbook that was changed")
@click.option("--yes", is_flag=True, help="write without asking")
@click.option("--report", type=click.Path(path_type=Path), help="write what changes, and the problems, as Markdown")
@_LANGUAGE
def import_(workbook: Path, yes: bool, report: Path | None, language: str | None) -> None:
    """Show what was changed in a workbook, ask, and write it into data/programs.yaml; exit status 2: problems."""
    from ..workbook import importing

    workplace = opened(language or "en")
    speak = language or _own_language(workplace)
    words = workplace.root / DICTIONARY
    speller = Speller(words, workplace.collection.own_words.models())
    converter = Converter(speller.known, english_words((words / ENGLISH).read_text(encoding="utf-8")))
    content = _read(workbook, speak)
    made = importing.asked(ROOT, content, workbook.name, workplace.collection, converter, speak)
    if report:
        write(report, importing.report(made))
    _show(made, speak)
    if not made.sound:
        _refuse(made, speak)
    if not made.revision:
        click.echo(say("workbook.nothing", speak))
    elif not yes and not click.confirm(say("workbook.asked", speak, count=made.count)):
        click.echo(say("workbook.declined", speak))
        raise SystemExit(1)
    else:
        kept(ROOT, made.revision)
        click.echo(say("workbook.kept", speak, count=made.count, path=importing.PATH))


@click.command()
@_LANGUAGE
def undo(language: str | None) -> None:
    """Take back the last change that was written by the import, the form or a new year."""
    speak = language or "en"
    try:
        paths = undone(ROOT)
    except ChangedSince as error:
        click.echo(say("workbook.changed-since", speak, paths=", ".join(error.paths)), err=True)
        raise SystemExit(1) from None
    click.echo(
        say("workbook.undone", speak, paths=", ".join(paths)) if paths else say("workbook.nothing-to-undo", speak)
    )


def _own_language(workplace: Workplace) -> str:
    """The language of whose copy it is: Georgian for a municipality's."""
    return "ka" if workplace.collection.copy.municipality else "en"


def _read(path: Path, language: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        click.echo(say("workbook.no-file", language, path=path), err=True)
        raise SystemExit(2) from None


def _show(made: Import, language: str) -> None:
    """What would change, programme by programme, and what was read in another way than it was typed."""
    for line in (*made.unread, *made.conversions):
        click.echo(line)
    if made.newer and made.sound:
        click.echo(say("workbook.newer", language))
    if made.lines:
        click.echo(say("workbook.changed", language))
    for program, lines in made.lines.items():
        click.echo(f"\n{program}")
        for line in lines:
            click.echo(f"  {line.removeprefix(f'{program} · ').removeprefix(f'{program}: ')}")
    if made.lines:
        click.echo("")
    if made.removed:
        click.echo(say("workbook.removes", language, count=len(made.removed), ids=", ".join(made.removed)))


def _refuse(made: Import, language: str) -> NoReturn:
    """Everything that is wrong, at once; exit status 2."""
    for heading, lines in (("clashes", made.clashes), ("problems", made.problems), ("", made.faults)):
        for line in [say(f"workbook.{heading}", language), *lines] if lines and heading else lines:
            click.echo(line, err=True)
    count = len(made.faults) + len(made.problems) + len(made.clashes)
    code = "clash-cure" if made.clashes and not made.faults else "refused"
    click.echo(say(f"workbook.{code}", language, count=count), err=True)
    raise SystemExit(2)
