"""The verbs: `python -m guideline VERB`. Each ends with one line that says what was made and where."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from . import bench, editions, golden, report, schema, translations
from .links import broken_links
from .model import SOURCE_LANGUAGES
from .problems import DataError, Problem
from .publishing import Shelf
from .workplace import FONTS, TBILISI, TRANSLATIONS, Workplace, open_workplace, remarks, site_url

ROOT = Path.cwd()
EDITIONS = "data/editions.yaml"
LANGUAGE = click.option(
    "--language", type=click.Choice(["ka", "en"]), default="en", help="the language of the messages"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """გზამკვლევი: programmes of municipalities as a site. Every VERB is also `make VERB`."""


@main.command()
@LANGUAGE
@click.option("--report", "counting", is_flag=True, help="count the facts that are free text, and list them")
def check(language: str, counting: bool) -> None:
    """Check the data and chapters, and read them as an editor: every problem with its line and its cure."""
    workplace = _open(language)
    if found := remarks(workplace):
        _tell(found, language)
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


@main.command()
@LANGUAGE
@click.option("--paper/--no-paper", default=True, help="print the PDFs too, and link them from their pages")
def site(language: str, paper: bool) -> None:
    """Build and check the whole site into site/, with its PDFs; if anything is wrong, nothing changes there."""
    workplace = _open(language)
    started = time.monotonic()
    shelf = Shelf(ROOT / "site")
    if not shelf.publish(lambda folder: _build(workplace, folder, paper) and _sound(folder, language)):
        raise SystemExit("Not published: see the lines above. The previous site, if any, is untouched.")
    pages = sum(1 for _ in shelf.site.rglob("*.html"))
    click.echo(
        f"Published {pages} pages into site/ in {time.monotonic() - started:.1f} s. Copy that folder to any host."
    )


@main.command()
@click.option("--municipality", help="only the sheets of this municipality, for example telavi")
@click.option("--program", help="only the sheets of this programme, for example telavi/rent")
@click.option("--language", type=click.Choice(SOURCE_LANGUAGES), help="only the sheets in this language")
def handouts(municipality: str | None, program: str | None, language: str | None) -> None:
    """Print everything into build/handouts/ as PDF; only what has changed is made again."""
    from .paper import everything, making
    from .paper.press import Press

    workplace, started, folder = _open("en"), time.monotonic(), ROOT / "build" / "handouts"
    languages = [language] if language else list(SOURCE_LANGUAGES)
    with TemporaryDirectory() as built:
        # Chapters and worksheets are read from the pages that readers see.
        site = None if municipality or program else Path(built)
        if site and not _build(workplace, site):
            raise SystemExit("The guideline could not be read from its pages: see the lines above.")
        some = everything.chosen(everything.sheets(workplace, site_url(ROOT), languages, site), municipality, program)
    if not some:
        raise SystemExit("There is no such programme or municipality → see `make check` for their ids.")
    workshop = making.Workshop(folder, Press(ROOT / FONTS, workplace.today))
    with click.progressbar(length=len(some), label="Printing", show_pos=True, show_eta=True) as bar:
        found = workshop.make(some, lambda made: bar.update(1))
    for line in making.summary(found, time.monotonic() - started):
        click.echo(line)
    click.echo(f"Printed: {len(found)} sheets lie in build/handouts/.")


@main.command()
def edition() -> None:
    """Note in data/editions.yaml what sheets say today, so that their codes lead to what has changed since."""
    workplace = _open("en")
    made = editions.taken(workplace.collection, workplace.today)
    if made is None:
        last = [edition.code for edition in workplace.collection.editions][-1:]
        click.echo(f"Nothing has changed since the edition {last[0]}." if last else "There is no programme to note.")
        return
    _write(ROOT / EDITIONS, editions.text_of([*workplace.collection.editions, made]))
    count = len(made.programs) + len(made.gone)
    click.echo(f"Edition {made.code}: {count} programmes changed. Now commit {EDITIONS} and run `make handouts`.")


@main.command()
@click.option("--address", default="127.0.0.1:8000", help="where to serve, host:port")
def serve(address: str) -> None:
    """Build the site and serve it; it follows every change of data, chapters and theme."""
    workplace = _open("en")
    Shelf(ROOT / "site").recover()
    opening = ["--open"] if _has_screen() else []
    click.echo(f"Serving at http://{address}/ — stop with Ctrl-C.")
    raise SystemExit(_run("mkdocs", ["serve", "--dev-addr", address, *opening], _environment(workplace)))


@main.command()
@click.option("--only", help="only tests with this word in their names")
@click.argument("arguments", nargs=-1)
def test(only: str | None, arguments: Sequence[str]) -> None:
    """Run all tests."""
    chosen = ["-k", only] if only else []
    raise SystemExit(_run("pytest", [*chosen, *arguments], dict(os.environ)))


@main.command("bench")
def bench_() -> None:
    """Measure builds of this copy and of a whole country: pages, seconds, memory, bytes; and pages on a phone."""
    folder = ROOT / "build" / "bench"
    found = bench.measure(ROOT, folder, click.echo)
    for line in bench.table(found):
        click.echo(line)
    click.echo("Looking at pages as on a phone …")
    scores = []
    for told in bench.on_a_phone(folder):
        if isinstance(told, str):
            click.echo(told)
        else:
            scores.append(told)
    for line in bench.scores_table(scores) if scores else ():
        click.echo(line)
    _write(ROOT / "build" / "bench.json", bench.to_json(found, scores))
    click.echo("Measured: build/bench.json holds the same figures for machines.")


@main.command("format")
def format_() -> None:
    """Put the code into house style and check its types."""
    steps: tuple[tuple[str, list[str]], ...] = (
        ("ruff", ["format", "hooks", "tests", "guideline.py"]),
        ("ruff", ["check", "--fix", "hooks", "tests", "guideline.py"]),
        ("mypy", []),
    )
    if any(_run(name, arguments, dict(os.environ)) for name, arguments in steps):
        raise SystemExit("The code is not in order: see the lines above.")
    click.echo("Code formatted and checked.")


@main.command()
def refresh() -> None:
    """Make again what is made from the data: schemas, the reference of fields, the sentences to review."""
    workplace = _open("en")
    texts = {
        **{f"data/schema/{name}.json": text for name, text in schema.texts(workplace.collection).items()},
        "CONTRIBUTING.md": schema.with_reference((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")),
        golden.PATH: golden.sentences(workplace.collection),
    }
    changed = [path for path, text in texts.items() if _write(ROOT / path, text)]
    click.echo(f"Refreshed {len(changed)} of {len(texts)} files: {', '.join(changed) or 'all were fresh'}.")


@main.command()
def review() -> None:
    """Write a page on which a person compares every sentence with its source (it is not published)."""
    workplace = _open("en")
    path = ROOT / "build" / "review.html"
    _write(path, golden.review_page(workplace.collection, workplace.today))
    click.echo(f"Written: build/review.html, {len(workplace.collection.programs)} programmes beside their sources.")


@main.command("translations")
@click.option("--chapter", help="only this page, for example guideline/why")
def translations_(chapter: str | None) -> None:
    """Show which sections of the translations are current, and how the Georgian has changed since."""
    workplace = _open("en")
    pages = _chosen(workplace, chapter)
    for line in report.translations(workplace.chapters, workplace.confirmed, pages):
        click.echo(line)
    for line in report.changes(workplace.chapters, workplace.confirmed, pages, _versions):
        click.echo(line)
    old = report.not_current(workplace.chapters, workplace.confirmed, pages)
    click.echo(f"{len(pages)} pages, {old} sections to compare." + (" Then: make confirm CHAPTER=…" if old else ""))


@main.command()
@click.option("--chapter", help="only this page, for example guideline/why")
def confirm(chapter: str | None) -> None:
    """Note that translations have been compared with the Georgian of today (data/translations.yaml)."""
    workplace = _open("en")
    pages = _chosen(workplace, chapter)
    confirmed = workplace.confirmed
    for language in SOURCE_LANGUAGES[1:]:
        sources = [found for page in pages if (found := workplace.chapters.get(page, SOURCE_LANGUAGES[0]))]
        both = [source for source in sources if workplace.chapters.get(source.page, language)]
        confirmed = translations.confirm(confirmed, language, both)
    changed = _write(ROOT / TRANSLATIONS, translations.text_of(confirmed, workplace.chapters.pages()))
    click.echo(f"Confirmed {len(pages)} pages: {TRANSLATIONS} {'written' if changed else 'was fresh'}.")


@main.command()
def lock() -> None:
    """Resolve and pin the packages again: config/*.in → config/*.txt, with hashes."""
    for name, onto in (("site", []), ("test", ["-c", "config/site.txt"]), ("paper", ["-c", "config/site.txt"])):
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet", *onto]
        if _run("uv", ["pip", "compile", f"config/{name}.in", "-o", f"config/{name}.txt", *options], dict(os.environ)):
            raise SystemExit(f"config/{name}.txt could not be made: see the lines above.")
    click.echo("Pinned: config/site.txt, config/test.txt, config/paper.txt.")


# --- what the verbs share --------------------------------------------------------------------


def _open(language: str) -> Workplace:
    """The copy, or its problems on the screen and exit status 1."""
    try:
        site_url(ROOT)
        return open_workplace(ROOT)
    except DataError as error:
        _tell(error.problems, language)
        raise SystemExit(1) from None


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


def _tell(problems: Sequence[Problem], language: str) -> None:
    for problem in problems:
        click.echo(problem.say(language), err=True)
    count = len(problems)
    click.echo(f"სულ {count} შენიშვნა." if language == "ka" else f"{count} problem{'s' * (count != 1)}.", err=True)


def _build(workplace: Workplace, folder: Path, paper: bool = False) -> bool:
    """The strict build of MkDocs into a folder, with PDFs or without."""
    environment = {**_environment(workplace), **({"GUIDELINE_PAPER": "1"} if paper else {})}
    return _run("mkdocs", ["build", "--strict", "--site-dir", str(folder)], environment) == 0


def _sound(folder: Path, language: str) -> bool:
    """Is the built site without a broken link?"""
    problems = sorted(broken_links(folder, site_url(ROOT)))
    if problems:
        _tell(problems, language)
    return not problems


def _environment(workplace: Workplace) -> dict[str, str]:
    """The environment of a build that can be repeated: the day is fixed, for sitemap and cards alike."""
    noon = datetime.combine(workplace.today, time_of_day(12), TBILISI)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "NO_MKDOCS_2_WARNING": "1"}


def _run(module: str, arguments: Sequence[str], environment: dict[str, str]) -> int:
    """Run a tool of the environment as a process of its own; a failed build leaves nothing behind."""
    return subprocess.call([sys.executable, "-P", "-m", module, *arguments], cwd=ROOT, env=environment)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _write(path: Path, text: str) -> bool:
    """Write the file if its text is new; was it?"""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return True


if __name__ == "__main__":
    main()
