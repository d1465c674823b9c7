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

from . import lighthouse, offline, routes, starting
from .collection import files_in
from .lighthouse import Score
from .links import broken_links
from .model import SOURCE_LANGUAGES, Program
from .reading import load
from .weight import Scales
from .workplace import Workplace, open_workplace, site_url

COPIED = ("mkdocs.yml", "guideline.py", "config", "data", "docs", "hooks", "theme", "local")
"""What a copy of the project consists of; not every copy has words of its own."""
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
    for name, change in ((THIS_COPY, None), ("one municipality", _of_one), ("64 municipalities", _of_all)):
        tell(f"Building {name} …")
        copy = copied(root, folder / name.replace(" ", "-"))
        if change:
            change(copy)
        found.append(_measure(name, copy))
    return found


def copied(root: Path, folder: Path) -> Path:
    """A copy of the project's sources, to be changed at will."""
    folder.mkdir(parents=True)
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (root / name).exists():
            shutil.copy(root / name, folder / name)
    return folder


Records = list[dict[str, Any]]


def _real(root: Path) -> Records:
    programs = load(files_in(root / "data")["programs"])[0]["programs"]
    return [record for record in programs if record.get("listed") != "name-only"]


def _of_one(copy: Path) -> None:
    """Make the copy that of the municipality that has the most programmes, as `new` does."""
    workplace = open_workplace(copy)
    towns = [program.municipality for program in workplace.collection.programs]
    wishes = starting.wishes(workplace.collection, workplace.files, max(towns, key=towns.count), site_url(copy))
    mkdocs = (copy / starting.MKDOCS).read_text(encoding="utf-8")
    made = starting.texts(workplace.collection, workplace.files, mkdocs, wishes, workplace.today)
    for path, text in made.items():
        (copy / path).write_text(text, encoding="utf-8")


def _of_all(copy: Path) -> None:
    """Repeat the real records until every municipality has its programmes; its own keep their ids, which are quoted."""
    towns = load(files_in(copy / "data")["municipalities"])[0]["municipalities"]
    real = _real(copy)
    records = cycle(real)
    country = []
    for town in towns:
        own = [record for record in real if record["municipality"] == town]
        others = islice(records, PROGRAMS_EACH - len(own))
        country += own
        country += [{**one, "municipality": town, "id": f"{one['id']}-{n}"} for n, one in enumerate(others)]
    text = yaml.dump({"programs": country}, Dumper=_WrittenOut, allow_unicode=True, sort_keys=False)
    (copy / "data/programs.yaml").write_text(text, encoding="utf-8")


class _WrittenOut(yaml.SafeDumper):
    """Writes every record in full, as editors do: no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


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
