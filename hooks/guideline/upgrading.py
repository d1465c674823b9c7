"""The next version of the common repository → this copy, planned beside it and put in place whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import switching
from .migrating import SETTINGS, Texts
from .ownership import KEPT, OWN, is_own
from .releases import Release, since
from .repository import Repository
from .trees import Entry, Listing, distance, merged

VERSION = "VERSION"
CHANGELOGS = {"ka": "CHANGELOG.ka.md", "en": "CHANGELOG.md"}
NEEDED = "hooks/guideline/migrating.py"
"""What every version of the common repository has that a copy can be upgraded to."""
LOCK = "config/site.txt"


class Refused(Exception):
    """The upgrade does not begin or does not go on; `code` and `about` say why in told/upgrade.yaml."""

    def __init__(self, code: str, **about: object):
        self.code, self.about = code, about
        super().__init__(code)


@dataclass(frozen=True)
class Start:
    """The copy as it is: its last commit, the same with the clerk's later edits of own files, and those files."""

    head: str | None
    commit: str
    edited: tuple[str, ...]
    version: str


@dataclass(frozen=True)
class Plan:
    """What an upgrade would make of the copy."""

    base: str
    """The common commit that the copy was made from."""
    common: str
    """The newest commit of the common repository."""
    version: str
    tree: str
    """The copy's files afterwards, before its data migrate."""
    joined: tuple[str, ...]
    """Common files that both sides changed, each elsewhere: both changes stand."""
    clashes: tuple[str, ...]
    """Common files that both sides changed in the same place: the common one stands, the copy's is put aside."""
    added: int
    changed: int
    removed: int


def workshop(root: Path) -> Path:
    """An empty folder to work in, inside the copy so that files need not travel; git does not look at it."""
    switching.restore(root)
    work = root / switching.FOLDER
    swept(work)
    work.mkdir(parents=True)
    return work


def swept(work: Path) -> None:
    """Take the work folder away, unless files are changing places; git's objects are read-only, which Windows minds."""

    def writable(remove: object, path: str, error: object) -> None:
        if os.path.isfile(path):
            os.chmod(path, 0o600)
            os.remove(path)

    if work.exists() and not (work / switching.LIST).exists():
        shutil.rmtree(work, onerror=writable)


def address(root: Path, repository: Repository, given: str | None) -> str:
    """Where the common repository is: as given, else git's remote `upstream`, else what config/base.yml says."""
    base = yaml.safe_load((root / "config" / "base.yml").read_text(encoding="utf-8"))
    found = given or repository.remote("upstream") or (base.get("extra") or {}).get("common_repository")
    if not found:
        raise Refused("no-address")
    return str(found)


def start(repository: Repository, message: str) -> Start:
    """The copy as it is; refuses one that is in the middle of something, or whose common files were edited."""
    head = repository.head()
    if not repository.branch():
        raise Refused("no-branch")
    if repository.is_merging():
        raise Refused("merging")
    if edited := repository.edited():
        raise Refused("edited", files=told(edited))
    tree, own = repository.edits()
    commit = head if head and not own else repository.commit(tree, [head] if head else [], message)
    return Start(head, commit, tuple(own), (repository.text(commit, VERSION) or "").strip())


def base_of(repository: Repository, start: Start, common: str) -> str:
    """The common commit that the copy was made from.

    Of a copy without shared history (made from a template or a ZIP) it is the one whose common files are nearest to the
    copy's, among those of the copy's version; the newest of several.
    """
    if shared := repository.shared(start.commit, common):
        return shared
    mine = repository.listing(start.commit)
    of_version = repository.commits(common, VERSION, repository.text(start.commit, VERSION))
    return min(of_version, key=lambda commit: distance(mine, repository.listing(commit)))


def planned(repository: Repository, start: Start, common: str) -> Plan | None:
    """What the common commit would make of the copy; nothing where the copy has all of it already."""
    theirs = repository.listing(common)
    if NEEDED not in theirs:
        raise Refused("not-common")
    base = base_of(repository, start, common)
    if base == common:
        return None
    mine = repository.listing(start.commit)
    found = merged(repository.listing(base), mine, theirs)
    files = dict(found.settled)
    joined: list[str] = []
    clashes: list[str] = []
    for path in found.both:
        copy, other = mine.get(path), theirs.get(path)
        entry = repository.merged(repository.listing(base).get(path), copy, other) if copy and other else None
        (joined if entry else clashes).append(path)
        files |= {path: entry} if entry else _put_aside(path, copy, other)
    return Plan(
        base,
        common,
        (repository.text(common, VERSION) or "").strip(),
        repository.tree(files),
        tuple(joined),
        tuple(clashes),
        *_counts(mine, files),
    )


def _put_aside(path: str, copy: Entry | None, common: Entry | None) -> dict[str, Entry]:
    """The common file in its place, what the copy had of it under `KEPT`."""
    return {**({path: common} if common else {}), **({KEPT + path: copy} if copy else {})}


def _counts(before: Listing, after: Listing) -> tuple[int, int, int]:
    """How many common files are added, changed and removed."""
    paths = {path for path in {*before, *after} if before.get(path) != after.get(path) and not is_own(path)}
    added, removed = len(paths - set(before)), len(paths - set(after))
    return added, len(paths) - added - removed, removed


def written_here(repository: Repository, start: Start, plan: Plan, path: str) -> list[str]:
    """The lines that the copy wrote into a common file; "" stands for a file that it took away."""
    before, after = (repository.text(commit, path) for commit in (plan.base, start.commit))
    if after is None:
        return [""]
    old = set((before or "").splitlines())
    return [line.strip() for line in after.splitlines() if line.strip() and line not in old]


def news(repository: Repository, start: Start, plan: Plan, language: str) -> list[Release]:
    """What the changelog names since the copy's version, in the language if it is there."""
    for spoken in (language, "en"):
        if text := repository.text(plan.common, CHANGELOGS[spoken]):
            return since(text, start.version)
    return []


def in_the_way(repository: Repository, start: Start, tree: str) -> list[str]:
    """Files of the folder that git does not know and that the new version would overwrite."""
    mine = repository.listing(start.commit)
    new = [path for path in repository.changed(start.commit, tree) if path not in mine]
    return [path for path in new if os.path.lexists(repository.root / path)]


# --- the new version, tried before it takes its place


def own_texts(root: Path) -> Texts:
    """The copy's own files that are text."""
    found = {}
    for place in OWN:
        for path in sorted((root / place).rglob("*") if place.endswith("/") else [root / place]):
            shown = path.relative_to(root).as_posix()
            if path.is_file() and not shown.startswith(KEPT):
                try:
                    found[shown] = path.read_bytes().decode("utf-8")
                except UnicodeDecodeError:
                    continue  # a picture
    return found


@dataclass(frozen=True)
class Trial:
    """The new version in a folder of its own, whose verbs can be asked as they will be once it is in place."""

    root: Path
    folder: Path

    @property
    def needs_packages(self) -> bool:
        """Has the new version another lock, so that its packages must be fetched first?"""
        return (self.folder / LOCK).read_bytes() != (self.root / LOCK).read_bytes()

    def ask(self, *verb: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of the new version; gives back its exit status and what it said.

        With the packages of this copy where the lock is the same, else with its own, which the first verb sets up.
        """
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
        environment["PYTHONUTF8"] = "1"
        environment.setdefault("GUIDELINE_PICTURES", str(self.root / "build" / "pictures"))
        command = [*self._way_in(), *verb]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def _way_in(self) -> Sequence[str]:
        if not self.needs_packages:
            return [sys.executable, "-P", "-m", "guideline"]
        ready = self.folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        return [str(ready), "-P", "-m", "guideline"] if ready.exists() else [sys.executable, "guideline.py"]


def finished(repository: Repository, start: Start, plan: Plan, tree: str, message: str) -> str:
    """The commit of the upgraded copy, with the copy and the common repository as its parents."""
    return repository.commit(tree, [start.commit, plan.common], message)


def put_in_place(repository: Repository, start: Start, folder: Path, commit: str, message: str) -> int:
    """Make the folder's files and the commit those of the copy; gives back how many files changed."""
    paths = repository.changed(start.commit, commit)
    switching.switch(repository.root, folder, paths, commit, lambda: repository.land(start.head, commit, message))
    return len(paths)


def told(paths: Sequence[str], most: int = 8) -> str:
    """Some paths in a line."""
    return ", ".join(paths[:most]) + (f" … (+{len(paths) - most})" if len(paths) > most else "")


def municipality(root: Path) -> str | None:
    """Whose copy this is, as far as its settings can be read."""
    try:
        found = yaml.safe_load((root / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    return found.get("municipality") if isinstance(found, dict) else None
