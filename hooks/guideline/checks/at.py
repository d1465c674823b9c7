"""A value of the data, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model import Loc
from ..problems import Finding


@dataclass(frozen=True)
class At:
    """A value and where it stands."""

    path: str
    loc: Loc
    id: str
    value: Any

    def wrong(self, code: str, *inner: str | int, **about: Any) -> Finding:
        """What is wrong with the value, or with the part of it at `inner`."""
        return Finding(self.path, (*self.loc, *inner), code, about, self.id)
