"""How long builds take and how large they are: this copy, and a country made from its real records."""

from __future__ import annotations

import gzip
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from .collection import files_in
from .reading import load
from .workplace import open_workplace

COPIED = ("config", "docs", "hooks", "theme", "data", "mkdocs.yml")
PROGRAMS_EACH = 25
"""Programmes of a municipality in the synthetic country."""


@dataclass(frozen=True)
class Measure:
    """One build: what was made, in how many seconds, with how much memory (MB) and how many bytes."""

    copy: str
    programs: int
    pages: int
    read_seconds: float
    build_seconds: float
    pages_per_second: float
    peak_megabytes: float
    site_bytes: int
    largest_page_bytes: int
    largest_page_gzipped: int
    search_index_bytes: int


def measure(root: Path, folder: Path, tell: Callable[[str], None]) -> list[Measure]:
    """Build this copy and a synthetic country in `folder`; `tell` is told what is being done."""
    shutil.rmtree(folder, ignore_errors=True)
    found = []
    for name, programs in (("this copy", None), ("64 municipalities", _country(root))):
        tell(f"Building {name} …")
        found.append(_measure(name, _copy(root, folder / name.replace(" ", "-"), programs)))
    return found


def _country(root: Path) -> list[dict[str, Any]]:
    """The real records again and again, until every municipality has its programmes."""
    files = files_in(root / "data")
    real = [record for record in load(files["programs"])[0]["programs"] if record.get("listed") != "name-only"]
    towns = load(files["municipalities"])[0]["municipalities"]
    records = cycle(real)
    return [
        {**record, "municipality": town, "id": f"{record['id']}-{number}"}
        for town in towns
        for number, record in enumerate(islice(records, PROGRAMS_EACH))
    ]


def _copy(root: Path, folder: Path, programs: list[dict[str, Any]] | None) -> Path:
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
        else:
            shutil.copy(root / name, folder / name)
    if programs is not None:
        text = yaml.safe_dump({"programs": programs}, allow_unicode=True, sort_keys=False)
        (folder / "data/programs.yaml").write_text(text, encoding="utf-8")
        for chapter in (folder / "docs").rglob("*.md"):
            chapter.write_text(_without_quotes(chapter.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _without_quotes(text: str) -> str:
    """A chapter without quoted cards, whose programmes have other ids in the synthetic country."""
    return "\n".join(line for line in text.splitlines() if not line.startswith('{{ card("'))


def _measure(name: str, root: Path) -> Measure:
    started = time.perf_counter()
    workplace = open_workplace(root)
    read = time.perf_counter() - started
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(root / "site")]
    started = time.perf_counter()
    subprocess.run(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
    seconds = time.perf_counter() - started
    pages = list((root / "site").rglob("*.html"))
    largest = max(pages, key=lambda page: page.stat().st_size)
    return Measure(
        copy=name,
        programs=len(workplace.collection.programs),
        pages=len(pages),
        read_seconds=round(read, 2),
        build_seconds=round(seconds, 2),
        pages_per_second=round(len(pages) / seconds, 1),
        peak_megabytes=round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
        site_bytes=sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()),
        largest_page_bytes=largest.stat().st_size,
        largest_page_gzipped=len(gzip.compress(largest.read_bytes())),
        search_index_bytes=(root / "site/search/search_index.json").stat().st_size,
    )


def table(found: list[Measure]) -> Iterator[str]:
    """The measures for people, a line a figure."""
    yield f"{'':24}" + "".join(f"{one.copy:>20}" for one in found)
    for name in list(asdict(found[0]))[1:]:
        yield f"{name.replace('_', ' '):24}" + "".join(f"{getattr(one, name):>20,}" for one in found)


def to_json(found: list[Measure]) -> str:
    """The measures for machines, with the machine that they were taken on."""
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    return json.dumps({"machine": machine, "builds": [asdict(one) for one in found]}, ensure_ascii=False, indent=1) + "\n"
