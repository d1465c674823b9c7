"""What the verbs share: this copy, its problems on the screen, the processes that a verb starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path

import click

from ..links import broken_links
from ..problems import DataError, Problem
from ..revising import recovered
from ..workplace import TBILISI, Workplace, open_workplace, remarks, site_url

ROOT = Path.cwd()
LANGUAGE = click.option(
    "--language", type=click.Choice(["ka", "en"]), default="en", help="the language of the messages"
)


def opened(language: str) -> Workplace:
    """The copy, or its problems on the screen and exit status 1."""
    recovered(ROOT)
    try:
        site_url(ROOT)
        return open_workplace(ROOT)
    except DataError as error:
        tell(error.problems, language)
        raise SystemExit(1) from None


def examined() -> tuple[Workplace | None, list[Problem]]:
    """The copy and everything that is to be mended in it; no copy where it cannot be read."""
    try:
        site_url(ROOT)
        workplace = open_workplace(ROOT)
    except DataError as error:
        return None, error.problems
    return workplace, remarks(workplace)


def tell(problems: Sequence[Problem], language: str) -> None:
    """Every problem on a line of its own, and how many there are."""
    for problem in problems:
        click.echo(problem.say(language), err=True)
    count = len(problems)
    click.echo(f"სულ {count} შენიშვნა." if language == "ka" else f"{count} problem{'s' * (count != 1)}.", err=True)


def build(workplace: Workplace, folder: Path, paper: bool = False) -> bool:
    """The strict build of MkDocs into a folder, with PDFs or without."""
    variables = {**environment(workplace), **({"GUIDELINE_PAPER": "1"} if paper else {})}
    return run("mkdocs", ["build", "--strict", "--site-dir", str(folder)], variables) == 0


def sound(folder: Path, language: str) -> bool:
    """Is the built site without a broken link?"""
    problems = sorted(broken_links(folder, site_url(ROOT)))
    if problems:
        tell(problems, language)
    return not problems


def environment(workplace: Workplace) -> dict[str, str]:
    """The environment of a build that can be repeated: the day is fixed, for sitemap and cards alike."""
    noon = datetime.combine(workplace.today, time_of_day(12), TBILISI)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "NO_MKDOCS_2_WARNING": "1"}


def run(module: str, arguments: Sequence[str], environment: dict[str, str]) -> int:
    """Run a tool of the environment as a process of its own; a failed build leaves nothing behind."""
    return subprocess.call([sys.executable, "-P", "-m", module, *arguments], cwd=ROOT, env=environment)


def write(path: Path, text: str) -> bool:
    """Write the file if its text is new; was it?"""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return True


def add(path: Path, text: str) -> None:
    """Put the text at the end of the file; a forge gives a file for what it shows of a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def has_screen() -> bool:
    """Is there a screen on which a browser can be opened?"""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
