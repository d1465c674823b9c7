"""New files take the place of old ones in a copy, all or none, also when the machine stops in between.

Before the first file changes, the old ones and a list of what will happen lie in `FOLDER`. Whoever finds that list
later (`guideline.py`, before every verb) finishes the work or puts the old files back. So nothing but the standard
library may be imported here, and nothing of this package: its files may be half old and half new.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = "build/upgrade"
"""Where an upgrade works; nothing in it is needed once no list is there."""
LIST = "switch.json"


def switch(root: Path, new: Path, paths: Sequence[str], commit: str, land: Callable[[], None]) -> None:
    """Put the files of the folder `new` in place at `root` (taking away those that it lacks), then `land`.

    `land` makes `commit` the head of the copy's history. Whatever goes wrong puts the old files back.
    """
    work = root / FOLDER
    shutil.rmtree(work / "before", ignore_errors=True)
    for path in paths:
        _copied(root / path, work / "before" / path)
    plan = {"commit": commit, "new": new.relative_to(work).as_posix(), "paths": list(paths)}
    beside = work / f"{LIST}.new"
    beside.write_text(json.dumps(plan), encoding="utf-8")
    beside.replace(work / LIST)
    try:
        for path in sorted(paths, key=lambda path: _there(new / path)):
            _placed(root, path, new / path)
        land()
    finally:
        restore(root)


def restore(root: Path) -> bool | None:
    """Finish or undo a switch that was interrupted: True where it is finished, False where the old files are back.

    Nothing where there was none. A file that somebody has changed meanwhile stays as it is.
    """
    work = root / FOLDER
    if not (work / LIST).is_file():
        return None
    plan = json.loads((work / LIST).read_text(encoding="utf-8"))
    landed: bool = _git(root, "rev-parse", "HEAD") == plan["commit"]
    if landed:
        _git(root, "reset", "--quiet")
    else:
        before, new = work / "before", work / plan["new"]
        for path in plan["paths"]:
            _taken_away(root, _beside(root / path))
        for path in sorted(plan["paths"], key=lambda path: _there(before / path)):
            if _same(root / path, new / path) and not _same(root / path, before / path):
                _placed(root, path, before / path)
    (work / LIST).unlink()
    return landed


def _there(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _same(one: Path, other: Path) -> bool:
    if not _there(one) or not _there(other):
        return _there(one) == _there(other)
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    executable = one.stat().st_mode & 0o100 == other.stat().st_mode & 0o100
    return executable and one.read_bytes() == other.read_bytes()


def _copied(source: Path, target: Path) -> None:
    if _there(source):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def _beside(path: Path) -> Path:
    """Where the next file at `path` grows until it is whole."""
    return path.with_name(f".{path.name}.new")


def _placed(root: Path, path: str, source: Path) -> None:
    """The file of `source` at `path`; where there is none, the file at `path` and folders left empty are taken away."""
    target = root / path
    if _there(source):
        _copied(source, _beside(target))
        os.replace(_beside(target), target)
    else:
        _taken_away(root, target)


def _taken_away(root: Path, path: Path) -> None:
    """No file at this path, and no folder that it leaves empty."""
    if _there(path):
        path.unlink()
    for folder in path.parents:
        if folder == root or (folder.is_dir() and any(folder.iterdir())):
            break
        if folder.is_dir():
            folder.rmdir()


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where it cannot."""
    if not (root / ".git").exists():
        return ""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
