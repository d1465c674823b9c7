"""Copies of the real site for tests: folders that may be changed, built by the real commands."""

import os
import subprocess
import sys
from pathlib import Path

from guideline.bench import copied

ROOT = Path(__file__).parent.parent
EPOCH = "1795132800"
"""2026-11-20, the day on which the tests build."""


def copy_to(folder: Path) -> Path:
    """A copy of this project's sources, to be changed at will."""
    return copied(ROOT, folder)


def run(folder: Path, *arguments: str, engine: str = "guideline", **changes: str) -> subprocess.CompletedProcess:
    """Run a module in a copy, as the verbs do, with the day fixed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "hooks"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
        "GUIDELINE_PICTURES": str(ROOT / "build" / "pictures"),
        **changes,
    }
    command = [sys.executable, "-P", "-m", engine, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def build(folder: Path, engine: str = "mkdocs") -> Path:
    """The site of a copy, built strictly; a failed build fails the test with its words."""
    site = folder / f"site-{engine}"
    options = ["build", "--strict", "--site-dir", str(site)]
    if engine == "properdocs":
        options += ["-f", "mkdocs.yml"]
    done = run(folder, *options, engine=engine)
    assert done.returncode == 0, done.stderr
    return site


def replace(path: Path, old: str, new: str, count: int = 1) -> None:
    """Change a text of a copy; the old words must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
