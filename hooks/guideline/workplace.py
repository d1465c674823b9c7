"""The folders of a copy: its data and chapters read from disk, and everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import yaml

from . import quoting
from .checks import everything
from .collection import files_in, read, text_of
from .model import Collection
from .problems import DataError, Problem, particulars
from .proofreading import hidden_characters, private_numbers

TBILISI = timezone(timedelta(hours=4))
"""Georgia's time, all year round: the day of a build is the reader's day."""


@dataclass(frozen=True)
class Workplace:
    """A copy that was read and found in order."""

    root: Path
    collection: Collection
    today: date


def open_workplace(root: Path) -> Workplace:
    """Read and check the copy at `root`.

    Raises `DataError` with every problem of its data and chapters.
    """
    files = files_in(root / "data")
    collection = read(files)
    today = collection.copy.today or day_of_build()
    problems = everything.check(collection, files, today) + list(_chapters(root, collection))
    if problems:
        raise DataError(problems)
    return Workplace(root, collection, today)


def site_url(root: Path) -> str:
    """The address at which the copy will stand, with the slash that MkDocs adds; from its mkdocs.yml.

    Raises `DataError` where the file does not name one.
    """
    found = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8")) or {}
    if not isinstance(found, dict) or not found.get("site_url"):
        raise DataError([Problem("mkdocs.yml", 1, 1, "", "missing-field", particulars({"field": "site_url"}))])
    return str(found["site_url"]).rstrip("/") + "/"


def day_of_build() -> date:
    """Today, or the day that the environment fixes (SOURCE_DATE_EPOCH, for builds that can be repeated)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), TBILISI).date() if epoch else datetime.now(TBILISI).date()


def _chapters(root: Path, collection: Collection) -> Iterator[Problem]:
    """What is wrong with the chapters: how they are stored, what they quote, whose numbers they hold."""
    for path in sorted((root / "docs").rglob("*.md")):
        shown = path.relative_to(root).as_posix()
        text = text_of(path, shown)
        if isinstance(text, Problem):
            yield text
            continue
        yield from quoting.check(text, shown, collection)
        for number, line in enumerate(text.splitlines(), 1):
            for code, about in (*private_numbers(line), *hidden_characters(line)):
                yield Problem(shown, number, 1, "", code, particulars(about))
