"""Whose a file of a copy is: the municipality's own, or common to all copies, or made from other files.

An upgrade leaves own files alone (only migrations change them), replaces common ones, and takes made ones as they come.
"""

from __future__ import annotations

OWN = (
    "mkdocs.yml",
    "data/settings.yaml",
    "data/programs.yaml",
    "data/representatives.yaml",
    "data/editions.yaml",
    "data/archive/",
    "local/",
    "kept/",
)
"""The copy's own files and folders (with a slash at the end). Everything else is common."""
MADE = ("data/schema/", "tests/wording/")
"""Files that `refresh` makes: nobody writes them by hand, so two versions of them are no clash."""
KEPT = "kept/"
"""Where an upgrade puts aside what a copy had changed in a common file, under the path that it had."""


def is_own(path: str) -> bool:
    """Is this path (from the root, with slashes) the copy's own?"""
    return _among(path, OWN)


def is_made(path: str) -> bool:
    """Is the file at this path made by `refresh`?"""
    return _among(path, MADE)


def _among(path: str, places: tuple[str, ...]) -> bool:
    return any(path.startswith(place) if place.endswith("/") else path == place for place in places)
