"""How long builds take and how large they are: this copy, one municipality, a country of real records."""

from __future__ import annotations

import gzip
import json
import os
import platform
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

from . import lighthouse, offline, routes
from .collection import files_in
from .lighthouse import Score
from .links import broken_links
from .model import SOURCE_LANGUAGES, Program
from .reading import load
from .weight import Scales
from .workplace import Workplace, open_workplace, site_url

COPIED = ("config", "docs", "hooks", "theme", "data", "mkdocs.yml")
THIS_COPY = "this copy"
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
    link_check_seconds: float
    milliseconds_per_page: float
    pages_per_second: float
    peak_megabytes: float
    site_bytes: int
    largest_page_bytes: int
    largest_page_gzipped: int
    heaviest_card_bytes: int
    """The first view of the heaviest card, everything that it loads, as it travels."""
    heaviest_card_requests: int
    saved_worker_bytes: int
    """What a phone fetches afterwards, when nothing else is going on: the worker itself,"""
    saved_shell_bytes: int
    """the files that pages share and a language's first pages (most of them are there already),"""
    saved_municipality_bytes: int
    """and the cards of one municipality in one language, the largest."""
    search_gzipped: int
    """What the first question costs a Georgian reader: index and scripts."""


def measure(root: Path, folder: Path, tell: Callable[[str], None]) -> list[Measure]:
    """Build this copy and a synthetic country in `folder`; `tell` is told what is being done."""
    shutil.rmtree(folder, ignore_errors=True)
    found = []
    for name, records, settings in ((THIS_COPY, None, ""), _one_municipality(root), _country(root)):
        tell(f"Building {name} …")
        found.append(_measure(name, _copy(root, folder / name.replace(" ", "-"), records, settings)))
    return found


Records = list[dict[str, Any]]


def _real(root: Path) -> Records:
    programs = load(files_in(root / "data")["programs"])[0]["programs"]
    return [record for record in programs if record.get("listed") != "name-only"]


def _one_municipality(root: Path) -> tuple[str, Records, str]:
    """The copy of the municipality that has the most programmes."""
    real = _real(root)
    towns = [record["municipality"] for record in real]
    largest = max(towns, key=towns.count)
    return (
        "one municipality",
        [record for record in real if record["municipality"] == largest],
        f"municipality: {largest}\n",
    )


def _country(root: Path) -> tuple[str, Records, str]:
    """The real records again and again, until every municipality has its programmes."""
    towns = load(files_in(root / "data")["municipalities"])[0]["municipalities"]
    records = cycle(_real(root))
    country = [
        {**record, "municipality": town, "id": f"{record['id']}-{number}"}
        for town in towns
        for number, record in enumerate(islice(records, PROGRAMS_EACH))
    ]
    return "64 municipalities", country, ""


class _WrittenOut(yaml.SafeDumper):
    """Writes every record in full, as editors do: no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def _copy(root: Path, folder: Path, programs: Records | None, settings: str) -> Path:
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
        else:
            shutil.copy(root / name, folder / name)
    if programs is not None:
        text = yaml.dump({"programs": programs}, Dumper=_WrittenOut, allow_unicode=True, sort_keys=False)
        (folder / "data/programs.yaml").write_text(text, encoding="utf-8")
        path = folder / "data/settings.yaml"
        others = [
            line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("municipality:")
        ]
        path.write_text("\n".join([*others, settings]), encoding="utf-8")
        for chapter in (folder / "docs").rglob("*.md"):
            chapter.write_text(_without_quotes(chapter.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def _without_quotes(text: str) -> str:
    """A chapter without quoted cards and tables, whose programmes the copy may not have."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(('{{ card("', '{{ table("')))


def _measure(name: str, root: Path) -> Measure:
    started = time.perf_counter()
    workplace = open_workplace(root)
    read = time.perf_counter() - started
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(root / "site")]
    started = time.perf_counter()
    peak = _run(command, root)
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    broken = list(broken_links(root / "site", site_url(root)))
    links = time.perf_counter() - started
    assert not broken, broken[0]
    pages = list((root / "site").rglob("*.html"))
    largest = max(pages, key=lambda page: page.stat().st_size)
    return Measure(
        copy=name,
        programs=len(workplace.collection.programs),
        pages=len(pages),
        read_seconds=round(read, 2),
        build_seconds=round(seconds, 2),
        pages_per_second=round(len(pages) / seconds, 1),
        link_check_seconds=round(links, 2),
        milliseconds_per_page=round(1000 * seconds / len(pages), 2),
        peak_megabytes=peak,
        site_bytes=sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()),
        largest_page_bytes=largest.stat().st_size,
        largest_page_gzipped=len(gzip.compress(largest.read_bytes())),
        search_gzipped=sum(len(gzip.compress(path.read_bytes())) for path in _search(root / "site")),
        **_on_a_phone(root / "site", workplace),
    )


def _on_a_phone(site: Path, workplace: Workplace) -> dict[str, int]:
    """What the site costs a reader: a first view, and what is saved afterwards."""

    def read(path: str) -> bytes | None:
        return (site / path).read_bytes() if (site / path).is_file() else None

    scales = Scales(read)
    cards = [program for program in workplace.collection.programs if program.listed == "card"]
    addresses = [routes.address(routes.program(card.key), code) for card in cards for code in SOURCE_LANGUAGES]
    heaviest = max((scales.first_view(address) for address in addresses), key=lambda view: view.size)
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    sets = offline.kept(paths, workplace.collection.municipalities, lambda path: (site / path).read_bytes())
    return {
        "heaviest_card_bytes": heaviest.size,
        "heaviest_card_requests": heaviest.requests,
        "saved_worker_bytes": len(gzip.compress((site / offline.WORKER).read_bytes(), 6)),
        "saved_shell_bytes": sets[offline.SHELL].size + max(sets[code].size for code in SOURCE_LANGUAGES),
        "saved_municipality_bytes": max(one.size for name, one in sets.items() if "/" in name),
    }


def on_a_phone(folder: Path) -> Iterator[Score | str]:
    """The scores of Lighthouse for telling pages of this copy, which `measure` has built in `folder`; or why not."""
    if reason := lighthouse.missing():
        yield reason
        return
    copy = folder / THIS_COPY.replace(" ", "-")
    card = max((one for one in open_workplace(copy).collection.programs if one.listed == "card"), key=_told)
    pages = [
        "",
        routes.program(card.key),
        routes.municipality(card.municipality),
        f"{routes.GUIDELINE}/why",
        "programs",
    ]
    addresses = [routes.address(page, code) for page in pages for code in SOURCE_LANGUAGES]
    yield from lighthouse.scores(copy / "site", addresses, folder / "lighthouse")


def _told(program: Program) -> int:
    """How much there is to say about a programme."""
    return len(program.model_dump_json())


def _search(site: Path) -> Iterator[Path]:
    """What a reader loads to search in Georgian."""
    yield from (site / "search").glob(f"{routes.DEFAULT_LANGUAGE}-*.json")
    yield from (site / "assets/javascripts/search").glob("*.js")
    yield site / "assets/javascripts/search.js"


def _run(command: list[str], folder: Path) -> float:
    """Run a build to its end; gives back the most memory that it held, in MB (0 where the system does not say)."""
    build = subprocess.Popen(command, cwd=folder, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    if not hasattr(os, "wait4"):
        build.wait()
        return 0.0
    _, status, usage = os.wait4(build.pid, 0)
    build.returncode = os.waitstatus_to_exitcode(status)
    if build.returncode:
        raise subprocess.CalledProcessError(build.returncode, command)
    return round(usage.ru_maxrss / 1024, 1)


def table(found: list[Measure]) -> Iterator[str]:
    """The measures for people, a line a figure."""
    yield f"{'':26}" + "".join(f"{one.copy:>20}" for one in found)
    for name in list(asdict(found[0]))[1:]:
        yield f"{name.replace('_', ' '):26}" + "".join(f"{getattr(one, name):>20,}" for one in found)


def scores_table(scores: list[Score]) -> Iterator[str]:
    """The scores for people, a line a page; what is not perfect says which audits it fails.

    A card that its municipality has not confirmed asks search engines to leave it out (noindex), on purpose:
    Lighthouse counts that against it as is-crawlable.
    """
    yield f"{'Lighthouse, a phone':44}" + "".join(f"{name:>16}" for name in lighthouse.CATEGORIES)
    yield from (score.line() for score in scores)


def to_json(found: list[Measure], scores: list[Score]) -> str:
    """The measures for machines, with the machine that they were taken on."""
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    return (
        json.dumps(
            {
                "machine": machine,
                "builds": [asdict(one) for one in found],
                "lighthouse": [asdict(score) for score in scores],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
