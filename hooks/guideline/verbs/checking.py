"""Verbs that read a copy with a critical eye and keep its translations true."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import click

from .. import forges, golden, report, translations
from ..model import SOURCE_LANGUAGES
from ..workplace import TRANSLATIONS, Workplace
from .here import LANGUAGE, ROOT, add, examined, opened, tell, write


@click.command()
@LANGUAGE
@click.option("--report", "counting", is_flag=True, help="count the facts that are free text, and list them")
@click.option("--annotations", is_flag=True, help="say every problem to GitHub too, which shows it beside its line")
@click.option("--summary", type=click.Path(path_type=Path), help="add all problems to this file, as Markdown")
@click.option("--code-quality", type=click.Path(path_type=Path), help="write all problems into this file for GitLab")
def check(language: str, counting: bool, annotations: bool, summary: Path | None, code_quality: Path | None) -> None:
    """Check the data and chapters, and read them as an editor: every problem with its line and its cure."""
    workplace, found = examined()
    if summary:
        add(summary, forges.summary(found, language))
    if code_quality:
        write(code_quality, forges.code_quality(found, language))
    for problem in found if annotations else ():
        click.echo(forges.annotation(problem, language))
    if found or not workplace:
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
