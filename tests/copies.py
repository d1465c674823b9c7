"""Copies of the real site for tests: folders that may be changed, built by the real commands."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from guideline.bench import copied
from guideline.changes import GONE, Change
from guideline.reading import parse
from guideline.splicing import spliced

ROOT = Path(__file__).parent.parent
EPOCH = "1795132800"
"""2026-11-20, the day on which the tests build."""


def copy_to(folder: Path) -> Path:
    """A copy of this project's sources, to be changed at will."""
    return copied(ROOT, folder)


def few_to(folder: Path, municipalities: Sequence[str] = ("telavi",)) -> Path:
    """A copy that builds in half the time: the programmes of these municipalities, and those that chapters quote."""
    copy_to(folder)
    chapters = "".join(path.read_text(encoding="utf-8") for path in (folder / "docs").rglob("*.md"))
    quoted, types = (set(re.findall(rf'{call}\("([\w/-]+)"\)', chapters)) for call in ("card", "table"))
    path = folder / "data/programs.yaml"
    text = path.read_text(encoding="utf-8")
    gone = [
        Change(("programs", index), GONE)
        for index, record in enumerate(parse(text).value["programs"])
        if record["municipality"] not in municipalities
        and f"{record['municipality']}/{record['id']}" not in quoted
        and record["type"] not in types
    ]
    path.write_text(spliced(text, gone), encoding="utf-8")
    return folder


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


BOX = """\
ჩვენთან ამბავს მერის წარმომადგენელი ავრცელებს[^1].

## რას ვაკეთებთ { #what }

ნახეთ [ეთიკა](ethics.md), [სიახლეები](../local/news.md) და [ეს ნაწილი](#what).

{{ card("telavi/newborns") }}

[^1]: მერიის გვერდი.
"""
PAGE = """\
---
title: {title}
description: {title}.
---

# {title}

[{title}](../programs/index.md)
"""
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 2 3 6v6l9 10 9-10V6z"/></svg>\n'
NOTICE = """
crest: local/crest.svg
notice:
  text: {ka: მერია დაკეტილია., en: The city hall is closed.}
  from: 2026-11-19
  to: 2026-11-21
  link: https://telavi.gov.ge/
"""


def of(municipality: str, folder: Path, *arguments: str) -> Path:
    """A copy that the verb has made the municipality's own."""
    copy = copy_to(folder)
    done = run(copy, "new", "--municipality", municipality, "--language", "en", *arguments)
    assert done.returncode == 0, done.stderr
    return copy


def with_own_words(copy: Path) -> Path:
    """The copy with a box, a box in one language only, a page, a crest and a notice of its own."""
    words = {
        "ka/chapters/guideline/why.md": BOX,
        "en/chapters/guideline/why.md": "Here the mayor’s representative spreads the news.\n",
        "ka/chapters/guideline/ethics.md": "მხოლოდ ქართულად.\n",
        "ka/pages/news.md": PAGE.format(title="სიახლეები"),
        "en/pages/news.md": PAGE.format(title="News"),
        "crest.svg": CREST,
    }
    for path, text in words.items():
        (copy / "local" / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / "local" / path).write_text(text, encoding="utf-8")
    settings = copy / "data/settings.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + NOTICE, encoding="utf-8")
    return copy


def published(copy: Path) -> Path:
    """The site that the verb makes of a copy, without paper, its links checked."""
    done = run(copy, "site", "--no-paper", "--language", "en")
    assert done.returncode == 0, done.stderr
    return copy / "site"
