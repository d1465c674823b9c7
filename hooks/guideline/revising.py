"""Changes of data files made with care: tried, checked, written whole or not at all, and undone.

Every way of editing goes through here (the workbook, the form, a new year), so all keep the same promise: only the
values that changed are touched, nothing is written that `check` would refuse, and the last change can be taken back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .changes import Change
from .problems import DataError, Problem
from .splicing import Order, spliced
from .workplace import open_workplace

UNDO = "build/undo"
"""Where the texts before the last changes lie: a folder a change, numbered; the highest is the last."""

WHOLE = "whole"
"""The mark of a change of which every file was written."""


class ChangedSince(Exception):
    """Files were changed by hand after the change that would be taken back: that work would be lost."""

    def __init__(self, paths: Sequence[str]):
        self.paths = list(paths)
        super().__init__(", ".join(paths))


@dataclass(frozen=True)
class Revision:
    """Data files as they would be, by path, and what is wrong with them; a new file has no text before."""

    before: Mapping[str, str | None]
    """None where there is no such file yet."""
    after: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def tried(root: Path, changes: Mapping[str, Sequence[Change]], order: Order = lambda loc: ()) -> Revision:
    """What the changes of each file (path → changes) would make of the copy at `root`; nothing is written.

    Raises `NotSpliced` where a file is written in a way that a change does not fit into.
    """
    return proposed(root, {path: spliced(_read(root / path), some, order) for path, some in changes.items()})


def proposed(root: Path, after: Mapping[str, str]) -> Revision:
    """What would become of the copy with these texts of files, by path; nothing is written."""
    before = {path: _there(root / path) for path in after}
    changed = {path: text for path, text in after.items() if text != before[path]}
    try:
        open_workplace(root, changed)
    except DataError as error:
        return Revision(before, changed, tuple(error.problems))
    return Revision(before, changed)


def kept(root: Path, revision: Revision) -> None:
    """Write the files of a revision; what stood there before is kept for `undone`.

    Every file is written beside its place first, so that an interruption leaves whole files; the texts before lie
    in `UNDO` before the first file changes, and without the mark `WHOLE` the next verb puts them back (`recovered`).
    """
    if not revision.after:
        return
    folder = root / UNDO / f"{_last(root) + 1:06}"
    beside = folder.with_suffix(".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    texts = {path: [revision.before[path], after] for path, after in revision.after.items()}
    _write(beside / "texts.json", json.dumps(texts))
    beside.rename(folder)
    for path, text in revision.after.items():
        _write(root / path, text)
    (folder / WHOLE).touch()


def forget(root: Path) -> None:
    """What was changed so far cannot be taken back any more: a new copy begins here."""
    shutil.rmtree(root / UNDO, ignore_errors=True)


def recovered(root: Path) -> bool:
    """Take back what an interrupted run wrote of a change; was there such a run?"""
    number = _last(root)
    if not number or (root / UNDO / f"{number:06}" / WHOLE).exists():
        return False
    undone(root)
    return True


def undone(root: Path) -> list[str]:
    """Take the last change back; gives back the paths of its files, none where there is nothing to take back.

    Raises `ChangedSince`, and does nothing, where a file holds neither what the change made of it nor what was before.
    """
    number = _last(root)
    if not number:
        return []
    folder = root / UNDO / f"{number:06}"
    texts: dict[str, list[str | None]] = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    if changed := sorted(path for path, known in texts.items() if _there(root / path) not in known):
        raise ChangedSince(changed)
    for path, (before, _) in texts.items():
        if before is None:
            (root / path).unlink(missing_ok=True)
        else:
            _write(root / path, before)
    shutil.rmtree(folder)
    return sorted(texts)


def _last(root: Path) -> int:
    return max((int(path.name) for path in (root / UNDO).glob("*") if path.name.isdigit()), default=0)


def _there(path: Path) -> str | None:
    return _read(path) if path.exists() else None


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Line ends stay as they are; the old file stands until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(path)
