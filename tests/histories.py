"""Histories for tests: real git on paths of this machine, the common repository and what becomes of it later."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import copies
import tables
import yaml

from guideline.ownership import is_own

SHARED = ("VERSION", "CHANGELOG.md", "CHANGELOG.ka.md", "Makefile", ".gitignore")
"""What a repository has beside the sources that `copies` takes."""
MUNICIPALITIES = ("telavi", "rustavi")
CHAPTER = "guideline/next-year"
TERM = "en: {one: a copy of the identity card}", "en: {one: a photocopy of the identity card}"
"""A term of today, and as the later common repository says it."""


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder, as somebody."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "somebody", f"GIT_{who}_EMAIL": "somebody@example.org"}
    command = ["git", "-c", "init.defaultBranch=main", "-C", str(folder), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def committed(folder: Path, message: str) -> str:
    """Everything in the folder as a commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def common(folder: Path) -> Path:
    """The common repository of today, with a history of one commit; so that it builds quickly, with few programmes."""
    copies.few_to(folder, MUNICIPALITIES)
    for name in SHARED:
        (folder / name).write_bytes((copies.ROOT / name).read_bytes())
    git(folder, "init", "--quiet")
    committed(folder, "Begin")
    git(folder, "tag", (folder / "VERSION").read_text().strip())
    return folder


def made_own(folder: Path, municipality: str) -> None:
    """The copy becomes a municipality's own, as its clerk makes it."""
    address = f"https://{municipality}.example.org/"
    done = copies.run(folder, "new", "--municipality", municipality, "--address", address, "--yes", "--language", "en")
    assert done.returncode == 0, done.stderr


def noted_in_the_workbook(folder: Path) -> None:
    """A clerk writes a note into ten rows of the workbook and imports it."""
    assert copies.run(folder, "workbook").returncode == 0
    path = folder / "build/programs.xlsx"
    some = tables.names(path)[:10]
    tables.typed(path, "", "note", {name: f"Looked at again: {name}." for name in some})
    done = copies.run(folder, "import", "--workbook", "build/programs.xlsx", "--yes", "--language", "en")
    assert f"Written: {len(some)} changes" in done.stdout, done.stdout + done.stderr


def edited(folder: Path, municipality: str) -> None:
    """Twenty edits: ten values in the workbook, ten comments and values by hand; and local words."""
    noted_in_the_workbook(folder)
    path = folder / "data/programs.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [number for number, line in enumerate(lines) if line == f"  municipality: {municipality}\n"]
    for count, number in reversed(list(enumerate(own[:10]))):
        marked = next(at for at in range(number, len(lines)) if lines[at].startswith("  confidence: "))
        lines[marked] = lines[marked].rstrip("\n") + f"   # დავრეკეთ, {count}\n"
        lines.insert(number + 1, f"  # by hand {count}: აქ სხვა წესია\n")
    path.write_text("".join(lines), encoding="utf-8")
    for language in ("ka", "en"):
        words = folder / f"local/{language}/chapters/guideline/why.md"
        words.parent.mkdir(parents=True)
        words.write_text("აქ ასე ვაკეთებთ.\n" if language == "ka" else "Here we do it so.\n", encoding="utf-8")


def own_files(folder: Path) -> dict[str, bytes]:
    """What lies in the copy's own files, by path."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name: (folder / name).read_bytes() for name in names if is_own(name)}


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of the copy, but for what verbs make and what git keeps."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    kept = (name for name in names if not name.startswith((".git/", "build/", "site/")) and "__pycache__" not in name)
    return {name: (folder / name).read_bytes() for name in kept}


def later(folder: Path) -> str:
    """A year on, the common repository has another version: a chapter, a template, a term, the shape of a record."""
    _chapter(folder)
    copies.replace(
        folder / "hooks/guideline/templates/card.html.j2",
        '<article class="gz-card',
        '<article data-later class="gz-card',
    )
    copies.replace(folder / "data/vocabulary.yaml", *TERM)
    _shape(folder)
    (folder / "VERSION").write_text("2027.11\n", encoding="utf-8")
    for name, line in (("CHANGELOG.md", "- A chapter on the next year."), ("CHANGELOG.ka.md", "- თავი მომავალ წელზე.")):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("\n## ", f"\n## 2027.11\n\n{line}\n\n## ", 1), encoding="utf-8")
    return committed(folder, "Say more, and call confidence certainty")


def _chapter(folder: Path) -> None:
    copies.replace(folder / "config/base.yml", "      - glossary.md", f"      - {CHAPTER}.md\n      - glossary.md")
    for language, (title, words) in {
        "ka": ("მომავალი წელი", "ახალი თავი."),
        "en": ("The next year", "A new chapter."),
    }.items():
        brief = "".join(f"  - {words}\n" for _ in range(3))
        head = f"---\ntitle: {title}\ndescription: {words}\naudience: {words}\nin_brief:\n{brief}---\n"
        path = folder / f"docs/{language}/{CHAPTER}.md"
        path.write_text(f"{head}\n# {title}\n\n{words}\n", encoding="utf-8")
    sheets = folder / "data/worksheets.yaml"
    text = sheets.read_text(encoding="utf-8")
    sheet = yaml.safe_load(text)["worksheets"]["ethics"]
    added = yaml.safe_dump({"next-year": sheet}, allow_unicode=True, sort_keys=False, width=10_000)
    indented = "".join(f"  {line}\n" for line in added.splitlines())
    sheets.write_text(re.sub("^worksheets:\n", f"worksheets:\n{indented}", text, flags=re.MULTILINE), encoding="utf-8")


def _shape(folder: Path) -> None:
    """What records call confidence is called certainty, and a migration takes care of the copies."""
    for path, old, new in (
        ("model/program.py", "    confidence: Literal", "    certainty: Literal"),
        ("wording/card.py", "program.confidence", "program.certainty"),
        ("fields.yaml", "\n  confidence:\n", "\n  certainty:\n"),
        ("templates/review.html.j2", "program.confidence", "program.certainty"),
    ):
        copies.replace(folder / "hooks/guideline" / path, old, new)
    (folder / "hooks/guideline/migrations/m0002_certainty.py").write_text(MIGRATION, encoding="utf-8")
    for path in (*(folder / "data").glob("*.yaml"), *(folder / "hooks/guideline/templates").glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\n  confidence: ", "\n  certainty: "), encoding="utf-8")
    copies.replace(folder / "data/settings.yaml", "format: 1", "format: 2")


MIGRATION = '''"""Format 2: what a record called `confidence` is called `certainty`."""

from ..reading import parse
from ..splicing import renamed

WHAT = {"ka": "„confidence“ ახლა „certainty“-ა", "en": "“confidence” is now called “certainty”"}


def migrated(texts):
    """The texts that change."""
    path = "data/programs.yaml"
    records = parse(texts[path]).value["programs"]
    places = [("programs", index, "confidence") for index, record in enumerate(records) if "confidence" in record]
    return {path: renamed(texts[path], dict.fromkeys(places, "certainty"))}
'''
