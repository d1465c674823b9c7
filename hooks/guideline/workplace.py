"""The folders of a copy: its data and chapters read from disk, and everything that is wrong with them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from . import quoting
from .checks import everything
from .collection import files_in, read
from .model import Collection
from .problems import DataError, Problem


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


def day_of_build() -> date:
    """Today, or the day that the environment fixes (SOURCE_DATE_EPOCH, for builds that can be repeated)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def _chapters(root: Path, collection: Collection) -> list[Problem]:
    docs = root / "docs"
    return [
        problem
        for path in sorted(docs.rglob("*.md"))
        for problem in quoting.check(
            path.read_text(encoding="utf-8"), f"docs/{path.relative_to(docs).as_posix()}", collection
        )
    ]
