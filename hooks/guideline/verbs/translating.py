"""The verb that gives a copy a further language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import click

from .. import languages, revising
from ..changes import Change
from ..collection import files_in
from ..model import SOURCE_LANGUAGES, Copy
from ..problems import DataError
from ..reading import File, load
from ..splicing import NotSpliced
from ..telling import say
from ..workplace import Workplace
from .here import ROOT, opened, tell, write

SETTINGS = "data/settings.yaml"


@click.command("language")
@click.option("--code", required=True, help="two letters, for example az")
@click.option("--name", default="", help="how the language calls itself, for example Azərbaycan")
@click.option("--language", "told_in", type=click.Choice(SOURCE_LANGUAGES), help="the language of the messages")
def language_(code: str, name: str, told_in: str | None) -> None:
    """Prepare everything that a further language needs, and list what is missing; the second time only the list."""
    speaks = told_in or _own_language()
    if not re.fullmatch("[a-z]{2}", code) or code in SOURCE_LANGUAGES:
        raise SystemExit(say("language.code", speaks, wanted=code))
    path = f"data/{languages.FOLDER}/{code}.yaml"
    made = not (ROOT / path).exists()
    if made and not name.strip():
        raise SystemExit(say("language.name", speaks, wanted=code))
    if made:
        write(ROOT / path, languages.beginning(code, name.strip()))
    try:
        switched = _switch_on(code, speaks)
    except SystemExit:
        if made:
            (ROOT / path).unlink()
        raise
    if made:
        click.echo(say("language.file", speaks, path=path))
    if switched:
        click.echo(say("language.settings", speaks, path=SETTINGS))
    if not (ROOT / "docs" / code).is_dir():
        write(ROOT / "docs" / code / ".gitkeep", "")
        click.echo(say("language.folder", speaks, path=f"docs/{code}/"))
    for line in _account(opened(speaks), code, speaks, path):
        click.echo(line)


def _own_language() -> str:
    """Georgian where the copy is a municipality's, else English."""
    try:
        settings, _ = load(files_in(ROOT / "data")["settings"])
    except DataError:
        return SOURCE_LANGUAGES[-1]
    return SOURCE_LANGUAGES[0 if isinstance(settings, dict) and "municipality" in settings else -1]


def _switch_on(code: str, speaks: str) -> bool:
    """Name the language in the settings, unless they do; was there something to write?"""
    settings, _ = load(File(SETTINGS, (ROOT / SETTINGS).read_text(encoding="utf-8")))
    known = settings.get("languages", []) if isinstance(settings, dict) else []
    change = Change(("languages",), [*known, code], new=not known) if code not in known else None
    try:
        revision = revising.tried(ROOT, {SETTINGS: [change] if change else []}, lambda loc: tuple(Copy.model_fields))
    except NotSpliced:
        raise SystemExit(say("language.by_hand", speaks, path=SETTINGS, wanted=code)) from None
    if revision.problems:
        tell(revision.problems, speaks)
        raise SystemExit(say("language.refused", speaks))
    revising.kept(ROOT, revision)
    return bool(change)


def _account(workplace: Workplace, code: str, speaks: str, path: str) -> Iterator[str]:
    """What is missing, part by part, and where the list is."""
    values = {name: load(file)[0] for name, file in workplace.files.items()}
    values = languages.with_words(values, values[languages.name_of(code)], code)
    language = workplace.collection.further[code]
    listed = f"build/missing-{code}.yaml"
    write(ROOT / listed, languages.to_translate(values, code, language.name))
    gaps = {name: len(places) for name, places in languages.missing(values, code).items()}
    own = languages.missing(values, code, ("settings", "programs", "representatives"))
    gaps |= {name: len(places) for name, places in own.items()}
    for name, count in gaps.items():
        if count:
            yield say("language.part", speaks, name=f"data/{name}.yaml", missing=count, all=_all(values, name))
    pages = workplace.chapters.pages()
    chapters = [page for page in pages if not workplace.chapters.get(page, code)]
    if not language.reviewed:
        yield say("language.draft", speaks, path=path)
    texts = sum(count for name, count in gaps.items() if name not in ("vocabulary", "phrases"))
    about = {"terms": gaps["vocabulary"], "phrases": gaps["phrases"], "texts": texts, "chapters": len(chapters)}
    yield say("language.ready", speaks, name=language.name, wanted=code, path=listed, **about)


def _all(values: Mapping[str, Any], name: str) -> int:
    return sum(1 for _ in languages.leaves(values[name]))
