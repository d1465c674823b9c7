"""A page of the finished site → what its first view costs a reader: requests, and bytes as they travel."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from . import loading

MOST_BYTES, MOST_REQUESTS = 120_000, 15
"""What the first view of a card may cost: about four seconds on a slow 3G connection."""
_PACKED = (".woff2", ".png", ".jpg", ".webp")
"""Files that no server compresses again."""


@dataclass(frozen=True)
class View:
    """The first view of a page: each file with its bytes on the way."""

    address: str
    files: dict[str, int]

    @property
    def size(self) -> int:
        """All bytes together."""
        return sum(self.files.values())

    @property
    def requests(self) -> int:
        """How many files are asked for, the page itself included."""
        return len(self.files)


class Scales:
    """Weighs the pages of one site; `read` gives the bytes of a file, None where there is none."""

    def __init__(self, read: Callable[[str], bytes | None]):
        self.read = cache(read)
        self._size = cache(self._weigh)

    def first_view(self, address: str) -> View:
        """What the page at an address ("programs/telavi/rent/") loads before the reader does anything."""
        path = f"{address}index.html"
        html = self.read(path)
        assert html is not None, path
        named = loading.named_by_page(html.decode("utf-8"), address)
        files = {path: self._size(path)}
        files.update((one, self._size(loading.path_of(one))) for one in loading.all_of(named, self._text))
        return View(address, files)

    def _text(self, address: str) -> str | None:
        content = self.read(loading.path_of(address))
        return None if content is None else content.decode("utf-8", "replace")

    def _weigh(self, path: str) -> int:
        content = self.read(path) or b""
        return len(content) if path.endswith(_PACKED) else len(gzip.compress(content, 6, mtime=0))
