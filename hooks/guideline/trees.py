"""Three versions of a tree → one: the copy's own files stay, common files follow the common repository.

Trees are listings, path → what stands there; two entries are the same file exactly when they are equal. Where both
sides changed a common file, its texts must be merged; that is done elsewhere, and here only said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .ownership import is_made, is_own


class Entry(NamedTuple):
    """What stands at a path: git's mode and the name of the content."""

    mode: str
    blob: str


Listing = Mapping[str, Entry]


@dataclass(frozen=True)
class Merge:
    """What is settled, and the paths that both sides changed in different ways."""

    settled: dict[str, Entry]
    both: tuple[str, ...]


def merged(base: Listing, copy: Listing, common: Listing) -> Merge:
    """What becomes of `copy`, which was made from `base`, now that the common repository has become `common`."""
    settled: dict[str, Entry] = {}
    both = []
    for path in sorted({*base, *copy, *common}):
        versions = base.get(path), copy.get(path), common.get(path)
        if _clash(path, *versions):
            both.append(path)
        elif entry := _settled(path, *versions):
            settled[path] = entry
    blocked = set(_in_the_way(settled, common))
    return Merge({path: entry for path, entry in settled.items() if path not in blocked}, (*both, *sorted(blocked)))


def distance(copy: Listing, common: Listing) -> int:
    """In how many common files the two differ; made files do not count."""
    paths = (path for path in {*copy, *common} if not is_own(path) and not is_made(path))
    return sum(copy.get(path) != common.get(path) for path in paths)


def _clash(path: str, base: Entry | None, copy: Entry | None, common: Entry | None) -> bool:
    """Did both sides change a file that people write, each in its way?"""
    return not is_own(path) and not is_made(path) and base != copy and base != common and copy != common


def _settled(path: str, base: Entry | None, copy: Entry | None, common: Entry | None) -> Entry | None:
    """What stands at a path on which the sides do not clash."""
    if is_own(path):
        return copy
    if is_made(path) and common:
        return common
    return common if copy == base else copy


def _in_the_way(settled: Listing, common: Listing) -> Iterator[str]:
    """Files of the copy where the common repository needs a folder, or in a folder where it needs a file."""
    for path in settled:
        parts = path.split("/")
        for above in ("/".join(parts[:count]) for count in range(1, len(parts))):
            if above in settled:
                yield path if above in common else above
