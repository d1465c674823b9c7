"""Verbs that read a copy with a critical eye and keep its translations true."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import click

from .. import golden, report, translations
from ..model import SOURCE_LANGUAGES
from ..workplace import TRANSLATIONS, Workplace, remarks
from .here import LANGUAGE, ROOT, opened, tell, write


@click.command()
@LANGUAGE
@click.option("--report", "counting", is_flag=True, help="count the facts that are free text, and list them")
def check(language: str, counting: bool) -> None:
    """Check the data and chapters, and read them as an editor: every problem with its line and its cure."""
    workplace = opened(language)
    if found := remarks(workplace):
        tell(found, language)
        raise SystemExit(1)
    if counting:
        for line in report.lines(workplace.collection):
            click.echo(line)
    count, pages = len(workplace.collection.programs), len(workplace.chapters.pages())
    click.echo(
        f"წესრიგშია: {count} პროგრამა, {pages} გვერდი, 0 შენიშვნა."
        if language == "ka"
        else f"In good order: {count} programmes, {pages} pages of text, 0 problems."
    )


@click.command()
def review() -> None:
    """Write a page on which a person compares every sentence with its source (it is not published)."""
    workplace = opened("en")
    path = ROOT / "build" / "review.html"
    write(path, golden.review_page(workplace.collection, workplace.today))
    click.echo(f"Written: build/review.html, {len(workplace.collection.programs)} programmes beside their sources.")


@click.command("translations")
@click.option("--chapter", help="only this page, for example guideline/why")
def translations_(chapter: str | None) -> None:
    """Show which sections of the translations are current, and how the Georgian has changed since."""
    workplace = opened("en")
    pages = _chosen(workplace, chapter)
    for line in report.translations(workplace.chapters, workplace.confirmed, pages):
        click.echo(line)
    for line in report.changes(workplace.chapters, workplace.confirmed, pages, _versions):
        click.echo(line)
    old = report.not_current(workplace.chapters, workplace.confirmed, pages)
    click.echo(f"{len(pages)} pages, {old} sections to compare." + (" Then: make confirm CHAPTER=…" if old else ""))


@click.command()
@click.option("--chapter", help="only this page, for example guideline/why")
def confirm(chapter: str | None) -> None:
    """Note that translations have been compared with the Georgian of today (data/translations.yaml)."""
    workplace = opened("en")
    pages = _chosen(workplace, chapter)
    confirmed = workplace.confirmed
    for language in SOURCE_LANGUAGES[1:]:
        sources = [found for page in pages if (found := workplace.chapters.get(page, SOURCE_LANGUAGES[0]))]
        both = [source for source in sources if workplace.chapters.get(source.page, language)]
        confirmed = translations.confirm(confirmed, language, both)
    changed = write(ROOT / TRANSLATIONS, translations.text_of(confirmed, workplace.chapters.pages()))
    click.echo(f"Confirmed {len(pages)} pages: {TRANSLATIONS} {'written' if changed else 'was fresh'}.")


def _chosen(workplace: Workplace, chapter: str | None) -> list[str]:
    """The pages meant: all, or the one that is named by its path or by its last part."""
    pages = workplace.chapters.pages()
    if chapter is None:
        return pages
    found = [page for page in pages if page == chapter] or [
        page for page in pages if workplace.chapters.id_of(page) == chapter
    ]
    if not found:
        raise SystemExit(f"There is no page “{chapter}” → one of: {', '.join(pages)}")
    return found


def _versions(path: str) -> Iterator[str]:
    """The earlier texts of a file, newest first, as far as git knows them."""
    try:
        log = subprocess.run(
            ["git", "log", "--format=%H", "--", path], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return
    for commit in log.stdout.split():
        shown = subprocess.run(["git", "show", f"{commit}:./{path}"], cwd=ROOT, capture_output=True, check=False)
        if shown.returncode == 0:
            yield shown.stdout.decode("utf-8", "replace")
