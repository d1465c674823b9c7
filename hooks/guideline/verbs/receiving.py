"""The verb for a copy without a computer of its own: take in the workbooks that were uploaded."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from .. import forges
from ..telling import say
from .here import LANGUAGE, ROOT, add, write

INBOX = "workbook"
"""The folder into which workbooks are uploaded."""
OUT = "build/received"
NOT_WORKBOOKS = ("README.md", ".gitkeep")


@dataclass(frozen=True)
class Received:
    """What became of one uploaded file."""

    name: str
    accepted: bool
    words: str


@click.command()
@LANGUAGE
@click.option("--output", type=click.Path(path_type=Path), help="add `outcome=…` to this file (for the next steps)")
def receive(language: str, output: Path | None) -> None:
    """Import the workbooks that were uploaded into workbook/, take them away, and write what to say about them."""
    (ROOT / OUT).mkdir(parents=True, exist_ok=True)
    before = _data()
    found = [_taken_in(path, language) for path in _uploads()]
    refused = [item for item in found if not item.accepted]
    outcome = "none" if not found else "problems" if refused else "changed" if _data() != before else "same"
    _write_words(found, outcome, language)
    if output:
        add(output, f"outcome={outcome}\n")
    click.echo(say(f"receiving.{outcome}", language, n=len(refused or found)))
    if refused:
        raise SystemExit(2)


def _uploads() -> list[Path]:
    """The uploaded files; what Excel leaves beside an open workbook is none."""
    files = sorted(path for path in (ROOT / INBOX).glob("*") if path.is_file())
    return [path for path in files if path.name not in NOT_WORKBOOKS and not path.name.startswith(("~$", "."))]


def _data() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (ROOT / "data").glob("*.yaml")}


def _taken_in(path: Path, language: str) -> Received:
    """Import one workbook; it stays where it is when something is wrong with it."""
    if path.suffix.lower() != ".xlsx":
        return Received(path.name, False, say("receiving.not-a-workbook", language))
    report = ROOT / OUT / "report.md"
    report.unlink(missing_ok=True)
    arguments = ["--workbook", str(path), "--yes", "--language", language, "--report", str(report)]
    command = [sys.executable, "-P", "-m", "guideline", "import", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, encoding="utf-8")
    click.echo(done.stdout + done.stderr, nl=False)
    words = report.read_text(encoding="utf-8") if report.is_file() else _quoted(done.stderr or done.stdout)
    report.unlink(missing_ok=True)
    if done.returncode == 0:
        path.unlink()
    return Received(path.name, done.returncode == 0, words)


def _quoted(lines: str) -> str:
    """What a verb said, as a list in which it stays text."""
    return "\n".join(f"- {forges.plain(line)}" for line in lines.splitlines() if line.strip())


def _write_words(found: list[Received], outcome: str, language: str) -> None:
    """The words of the pull request and, where something is wrong, of the comment on it."""
    folder = ROOT / OUT
    write(folder / "title.txt", say("receiving.title", language) + "\n")
    accepted, refused = ([item for item in found if item.accepted is is_so] for is_so in (True, False))
    words = [say(f"receiving.words-{outcome}", language), ""]
    write(folder / "words.md", forges.shortened([*words, *_sections(accepted)], language))
    for name in ("look", "by-hand"):
        write(folder / f"{name}.md", say(f"receiving.{name}", language) + "\n")
    if refused:
        lines = [say("receiving.problems-intro", language), "", *_sections(refused)]
        write(folder / "problems.md", forges.shortened(lines, language))
    else:
        (folder / "problems.md").unlink(missing_ok=True)


def _sections(items: list[Received]) -> list[str]:
    return [line for item in items for line in (f"### {forges.code(item.name)}", "", *item.words.splitlines(), "")]
