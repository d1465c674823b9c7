"""The fonts of web and paper: which signs they can show."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont


def covered(folder: Path) -> frozenset[int]:
    """The code points that the regular fonts of a folder have; the bold ones have the same."""
    signs: set[int] = set()
    for path in sorted(folder.glob("*-400.ttf")):
        with TTFont(path, lazy=True) as font:
            signs |= set(font["cmap"].getBestCmap())
    return frozenset(signs)
