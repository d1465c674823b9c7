"""The finished site → what a reader's phone keeps, so that pages open without a connection.

The list is made last, from the bytes that will be published. It has two parts, so that no phone reads
about a whole country: the worker itself (sw.js) names the files that all pages share, the first pages of
each language, and one version for each municipality; what a municipality consists of stands in a file of
its own, which is fetched only for a municipality that the reader has opened.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import loading, routes
from .model import SOURCE_LANGUAGES
from .wording.speech import Speaker

WORKER = "sw.js"
FILLED = "/* filled by the build */ {}"
"""What stands in the worker's text for the list."""
NOTICES = '<div class="gz-notices" role="status"></div>'
"""Where a page says that it was saved earlier; the theme writes it, the worker fills it."""
PASSING = r'<p class="gz-as-of"[^>]*>.*?</p>|<meta name="generator"[^>]*>|\?v=[0-9a-f]+'
"""What of a page may differ although it says the same: the day of the build, the engine, the versions of its styles.

Written so that Python and JavaScript read it alike: the worker compares pages by it too.
"""
_PASSING = re.compile(PASSING, re.DOTALL)
SHELL = "shell"
"""The files that pages share: styles, scripts, fonts, icons."""
FIRST_PAGES = ("", routes.PROGRAMS, routes.OFFLINE)
"""The pages of a language that are kept with any other."""
TODAYS = 3
"""How deep the pages of today stand: programs/telavi/rent."""


@dataclass
class Kept:
    """One set that is kept or removed as a whole: its files with their versions, and its size on the way (bytes)."""

    files: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def add(self, address: str, content: bytes) -> None:
        """Count a file in."""
        said = _substance(content, address)
        self.files[address] = _digest(said)
        self.size += len(zlib.compress(said, 6))

    @property
    def version(self) -> str:
        """Another one as soon as any of the files says something else."""
        return _digest(_json(self.files).encode())


def _substance(content: bytes, address: str) -> bytes:
    """What a file says, without what passes."""
    is_page = not address or address.endswith("/")
    return _PASSING.sub("", content.decode("utf-8")).encode() if is_page else content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def kept(
    paths: Iterable[str],
    towns: Collection[str],
    read: Callable[[str], bytes],
    languages: Sequence[str] = SOURCE_LANGUAGES,
) -> dict[str, Kept]:
    """The sets of a site by name: "shell", "ka", "ka/telavi" …

    `paths` are the files of the site, `towns` the ids of its municipalities, `read` gives the bytes of a file,
    `languages` are those of readers.
    """
    found: dict[str, Kept] = {SHELL: Kept()}
    shared: dict[str, None] = {}
    there = set(paths)
    for address in sorted(path.removesuffix("index.html") for path in there if path.endswith("index.html")):
        if name := set_of(address, towns, languages):
            content = read(f"{address}index.html")
            found.setdefault(name, Kept()).add(address, content)
            shared.update(dict.fromkeys(loading.named_by_page(content.decode("utf-8"), address)))

    def text_at(address: str) -> str | None:
        path = loading.path_of(address)
        return read(path).decode("utf-8", "replace") if path in there else None

    for address in sorted(loading.all_of(shared, text_at, later=True)):
        found[SHELL].add(address, read(loading.path_of(address)))
    return found


def set_of(address: str, towns: Collection[str], languages: Sequence[str]) -> str | None:
    """The set to which a page belongs: "en/programs/telavi/rent/" → "en/telavi"; none for most pages."""
    parts = address.rstrip("/").split("/")
    language = parts.pop(0) if parts[0] in languages[1:] else routes.DEFAULT_LANGUAGE
    if "/".join(parts) in FIRST_PAGES:
        return language
    if parts[0] != routes.PROGRAMS:
        return None
    # Cards of years that are over stand one folder deeper; a phone keeps those of today.
    return f"{language}/{parts[1]}" if parts[1] in towns and len(parts) <= TODAYS else None


def files(sets: Mapping[str, Kept], worker: str, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files to be written: a list for each municipality, and the worker with the rest. `worker` is its text."""
    small = {name: one for name, one in sets.items() if "/" not in name}
    towns = {name: one for name, one in sets.items() if "/" in name}
    for name, one in towns.items():
        yield (
            routes.kept_list(*name.split("/")),
            _json({"version": one.version, "size": one.size, "files": one.files}) + "\n",
        )
    site = {
        "sets": {name: {"version": one.version, "files": one.files} for name, one in small.items()},
        "towns": {name: one.version for name, one in towns.items()},
        "notices": NOTICES,
        "passing": PASSING,
        "words": words,
    }
    yield WORKER, worker.replace(FILLED, _json(site))


def words(speaker: Speaker) -> dict[str, Any]:
    """What the worker says in a language: that a page was saved earlier, and when."""
    say = speaker.say
    months = [speaker.term("months", str(month)) for month in range(1, 13)]
    return {
        "saved": say("offline.saved", day="{day}"),
        "newer": say("offline.newer"),
        "reload": say("offline.reload"),
        "more": say("offline.more"),
        "days": [say("date.on", y="{y}", d="{d}", m=month) for month in months],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
