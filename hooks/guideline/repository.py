"""The history of a copy: what git knows of it, asked so that nothing changes before `land`.

Trees and commits are made beside the clerk's index; a folder without git gets a history of its own, which stays hidden
in the work folder until it lands. Git's own words are English (LC_ALL=C), its questions are turned off.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .ownership import OWN, is_own
from .trees import Entry, Listing

SOMEBODY = {"NAME": "gzamkvlevi", "EMAIL": "gzamkvlevi@localhost"}
"""Who signs a commit where git has not been told who works here."""
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX")
"""Variables that would lead git into another repository than that of the copy."""
_REMOTE = re.compile(r"(https://|ssh://|file://)[^-\s][^\s]*|[A-Za-z0-9_.]+@[A-Za-z0-9_.][A-Za-z0-9_.-]*:[^\s:-][^\s]*")
"""Addresses that may be asked: https, ssh (as an address or as user@host:path) and files of this machine."""
_OPTIONS = tuple(
    part
    for setting in ("core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false", "core.quotePath=false")
    for part in ("-c", setting)
)
"""No hook of the clerk's runs, nothing is tidied up, names come as they are."""

_MADE_HERE = "build/\nsite/\n.venv/\n"
"""What never belongs to the history, even where .gitignore is lost."""


class GitError(Exception):
    """Git could not do what it was asked; the message has its last words."""


class NoGit(GitError):
    """There is no git on this machine."""


class Unreachable(GitError):
    """The common repository does not answer; with no words, its address is one that may not be asked."""


@dataclass(frozen=True)
class Repository:
    """The copy at `root`, its history in `folder`, and a folder for what is being made."""

    root: Path
    folder: Path
    work: Path

    @classmethod
    def at(cls, root: Path, work: Path) -> Repository:
        """The history of the copy; where it has none, a new one in the work folder."""
        if (root / ".git").exists():
            return cls(root, root / ".git", work)
        repository = cls(root, work / "git", work)
        repository.git("init", "--quiet")
        repository.git("symbolic-ref", "HEAD", "refs/heads/main")
        repository.says("config", "--unset", "core.worktree")  # it will lie in the copy, wherever that is
        (repository.folder / "info").mkdir(exist_ok=True)
        (repository.folder / "info" / "exclude").write_text(_MADE_HERE, encoding="utf-8")
        return repository

    @property
    def hidden(self) -> bool:
        """Does the history lie in the work folder still?"""
        return self.folder != self.root / ".git"

    # --- git

    def git(self, *arguments: str, given: bytes = b"", index: Path | None = None, tree: Path | None = None) -> str:
        """What git says, with another index or work tree where given. Raises `GitError` where it fails."""
        return _decoded(self._sure(self._run(arguments, given, index, tree)))

    def says(self, *arguments: str) -> str | None:
        """What git says to a question that it may answer with no."""
        done = self._run(arguments)
        return _decoded(done.stdout) if done.returncode == 0 else None

    @staticmethod
    def _sure(done: subprocess.CompletedProcess[bytes]) -> bytes:
        if done.returncode:
            raise GitError(_last_words(done.stderr))
        return done.stdout

    def _run(
        self, arguments: Sequence[str], given: bytes = b"", index: Path | None = None, tree: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "https:ssh:file"}
        environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_DIR": str(self.folder), "GIT_WORK_TREE": str(tree or self.root)}
        if index:
            environment["GIT_INDEX_FILE"] = str(index)
        command = ["git", *_OPTIONS, *arguments]
        try:
            return subprocess.run(
                command, cwd=tree or self.root, env=environment, input=given, capture_output=True, check=False
            )
        except OSError as error:
            raise NoGit(str(error)) from error

    # --- what is there

    def head(self) -> str | None:
        """The last commit of the copy, if there is one."""
        return self.says("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def branch(self) -> str | None:
        """The branch that the copy stands on."""
        return self.says("symbolic-ref", "--quiet", "HEAD")

    def is_merging(self) -> bool:
        """Is a merge, a rebase or the like under way?"""
        names = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
        return any(Path(self.root, self.git("rev-parse", "--git-path", name)).exists() for name in names)

    def edited(self) -> list[str]:
        """Common files that differ from the last commit."""
        if not self.head():
            return []
        names = self.git("diff", "--name-only", "-z", "--no-renames", "HEAD", "--", ".").split("\0")
        return [name for name in names if name and not is_own(name)]

    def remote(self, name: str) -> str | None:
        """The address of a remote that this copy knows."""
        return self.says("config", "--get", f"remote.{name}.url") or None

    def listing(self, tree: str) -> Listing:
        """Every file of a tree or commit."""
        rows = (row.split("\t", 1) for row in self.git("ls-tree", "-r", "-z", tree).split("\0") if row)
        return {path: Entry(facts.split(" ")[0], facts.split(" ")[2]) for facts, path in rows}

    def text(self, commit: str, path: str) -> str | None:
        """The text of a file in a commit."""
        done = self._run(("cat-file", "blob", f"{commit}:{path}"))
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

    def shared(self, one: str, other: str) -> str | None:
        """The last commit that two histories share."""
        return self.says("merge-base", one, other)

    def commits(self, tip: str, path: str, text: str | None) -> list[str]:
        """The commits up to `tip` whose file at `path` has this text, the newest first; all where none has."""
        every = self.git("rev-list", tip).split()
        asked = "".join(f"{commit}:{path}\n" for commit in every).encode()
        blobs = [line.split(" ")[0] for line in self.git("cat-file", "--batch-check", given=asked).split("\n")]
        wanted = self.git("hash-object", "--stdin", given=(text or "").encode())
        return [commit for commit, blob in zip(every, blobs, strict=True) if blob == wanted] or every

    # --- what is made

    def fetched(self, address: str) -> str:
        """The newest commit of the repository at an address. Raises `Unreachable`."""
        here = bool(address) and not address.startswith("-") and Path(self.root, address).is_dir()
        if not here and not _REMOTE.fullmatch(address):
            raise Unreachable("")
        try:
            self.git("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--", address, "HEAD")
            return self.git("rev-parse", "FETCH_HEAD^{commit}")
        except NoGit:
            raise
        except GitError as error:
            raise Unreachable(str(error)) from error

    def edits(self) -> tuple[str, list[str]]:
        """The tree of the copy as it lies there, and the own files in which it differs from the last commit.

        Of a folder without a commit everything is taken; else the own files, also those that git has not seen yet.
        """
        index, head = self.work / "edits.index", self.head()
        if not head:
            self.git("add", "--all", "--", ".", index=index)
            return self.git("write-tree", index=index), []
        self.git("read-tree", head, index=index)
        self._add_own(self.root, index)
        tree = self.git("write-tree", index=index)
        return tree, self.changed(head, tree)

    def own_of(self, folder: Path, tree: str) -> str:
        """The tree with the own files of a folder, as they lie there."""
        index = self.work / "own.index"
        self.git("read-tree", tree, index=index)
        self._add_own(folder, index)
        return self.git("write-tree", index=index)

    def _add_own(self, folder: Path, index: Path) -> None:
        known = self.git("ls-files", "-z", "--", *OWN, index=index).split("\0")
        places = [place for place in OWN if (folder / place).exists() or any(path.startswith(place) for path in known)]
        if places:
            self.git("add", "--all", "--", *places, index=index, tree=folder)

    def tree(self, listing: Listing) -> str:
        """A tree of these files."""
        index = self.work / "tree.index"
        index.unlink(missing_ok=True)
        rows = "".join(f"{entry.mode} {entry.blob}\t{path}\0" for path, entry in listing.items())
        self.git("update-index", "-z", "--index-info", given=rows.encode("utf-8", "surrogateescape"), index=index)
        return self.git("write-tree", index=index)

    def merged(self, base: Entry | None, copy: Entry, common: Entry) -> Entry | None:
        """A file in which both sides' changes stand; nothing where they touch, or it is no text."""
        if base is None or copy.mode != common.mode:
            return None
        names = []
        for name, entry in (("copy", copy), ("base", base), ("common", common)):
            names.append(self.work / f"merging.{name}")
            names[-1].write_bytes(self._sure(self._run(("cat-file", "blob", entry.blob))))
        done = self._run(("merge-file", "-p", *map(str, names)))
        if done.returncode:
            return None
        return Entry(copy.mode, self.git("hash-object", "-w", "--stdin", given=done.stdout))

    def commit(self, tree: str, parents: Iterable[str], message: str) -> str:
        """A commit that nothing leads to yet."""
        of = [part for parent in parents for part in ("-p", parent)]
        return self.git(*self._signed(), "commit-tree", tree, *of, "-F", "-", given=message.encode())

    def _signed(self) -> list[str]:
        """Who signs: whoever git knows, else `SOMEBODY`."""
        if self.says("var", "GIT_AUTHOR_IDENT") and self.says("var", "GIT_COMMITTER_IDENT"):
            return []
        return ["-c", f"user.name={SOMEBODY['NAME']}", "-c", f"user.email={SOMEBODY['EMAIL']}"]

    def changed(self, old: str, new: str) -> list[str]:
        """The paths in which two trees differ."""
        names = self.git("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new).split("\0")
        return [name for name in names if name]

    def export(self, tree: str, folder: Path) -> None:
        """The files of a tree, in a new folder."""
        index = self.work / "export.index"
        self.git("read-tree", tree, index=index)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.git("checkout-index", "--all", "--quiet", f"--prefix={folder.as_posix()}/", index=index)

    def land(self, old: str | None, new: str, message: str) -> None:
        """Make a commit the head of the copy's history, if nothing has moved it from `old` meanwhile."""
        self.git("update-ref", "-m", message, "HEAD", new, old or "0" * 40)
        if self.hidden:
            self.folder.rename(self.root / ".git")


def _decoded(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape").strip("\n")


def _last_words(said: bytes) -> str:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (fatal or lines or ["git"])[0].removeprefix("fatal: ").removeprefix("error: ")
