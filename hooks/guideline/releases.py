"""The changelog → what has changed since a version: a section a version, the newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^## +(\S.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A version and what it changed, as the changelog says it."""

    version: str
    text: str


def releases(changelog: str) -> list[Release]:
    """The sections of a changelog (CHANGELOG.md, CHANGELOG.ka.md) in their order."""
    found = list(_HEADING.finditer(changelog))
    ends = [*(heading.start() for heading in found[1:]), len(changelog)]
    return [
        Release(heading[1], changelog[heading.end() : end].strip()) for heading, end in zip(found, ends, strict=True)
    ]


def since(changelog: str, version: str) -> list[Release]:
    """What stands above the section of `version`; everything where it has none."""
    found = releases(changelog)
    versions = [release.version for release in found]
    return found[: versions.index(version)] if version in versions else found
