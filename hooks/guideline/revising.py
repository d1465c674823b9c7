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


@dataclass(frozen=True)
class Revision:
    """Data files as they would be, by path, and what is wrong with them; a new file has no text before."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def tried(root: Path, changes: Mapping[str, Sequence[Change]], order: Order = lambda loc: ()) -> Revision:
    """What the changes of each file (path → changes) would make of the copy at `root`; nothing is written.

    Raises `NotSpliced` where a file is written in a way that a change does not fit into.
    """
    before = {path: _read(root / path) for path in changes}
    after = {path: spliced(text, changes[path], order) for path, text in before.items()}
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
    _write(beside / "texts.json", json.dumps({path: revision.before.get(path) for path in revision.after}))
    beside.rename(folder)
    for path, text in revision.after.items():
        _write(root / path, text)
    (folder / WHOLE).touch()


def recovered(root: Path) -> bool:
    """Take back what an interrupted run wrote of a change; was there such a run?"""
    number = _last(root)
    if not number or (root / UNDO / f"{number:06}" / WHOLE).exists():
        return False
    undone(root)
    return True


def undone(root: Path) -> list[str]:
    """Take the last change back; gives back the paths of its files, none where there is nothing to take back."""
    number = _last(root)
    if not number:
        return []
    folder = root / UNDO / f"{number:06}"
    texts: dict[str, str | None] = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    for path, text in texts.items():
        if text is None:
            (root / path).unlink(missing_ok=True)
        else:
            _write(root / path, text)
    shutil.rmtree(folder)
    return sorted(texts)


def _last(root: Path) -> int:
    return max((int(path.name) for path in (root / UNDO).glob("*") if path.name.isdigit()), default=0)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Line ends stay as they are; the old file stands until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(path)
