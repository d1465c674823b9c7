"""A finished site takes the place of the previous one whole, or not at all.

The new site grows beside the old one. Only when everything succeeded do two renames swap them; a
build that fails, or is killed at any moment, leaves the old site, and the next start tidies up.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shelf:
    """The three folders of a published site, side by side so that a rename never copies."""

    site: Path

    @property
    def new(self) -> Path:
        """Where the next site grows."""
        return self.site.with_name(f".{self.site.name}.new")

    @property
    def old(self) -> Path:
        """Where the previous site waits while the two change places."""
        return self.site.with_name(f".{self.site.name}.old")

    def recover(self) -> None:
        """Undo or finish what an interrupted run left: a complete site stands at `site`, if there ever was one."""
        if self.old.exists() and not self.site.exists():
            self.old.rename(self.site)
        shutil.rmtree(self.old, ignore_errors=True)
        shutil.rmtree(self.new, ignore_errors=True)

    def publish(self, build: Callable[[Path], bool]) -> bool:
        """Let `build` make the site in a folder; publish it if `build` says that all is well."""
        self.recover()
        if not build(self.new):
            shutil.rmtree(self.new, ignore_errors=True)
            return False
        if self.site.exists():
            self.site.rename(self.old)
        self.new.rename(self.site)
        shutil.rmtree(self.old, ignore_errors=True)
        return True
