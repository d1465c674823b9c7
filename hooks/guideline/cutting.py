"""The text of a YAML file → the same text with only some of its records, every one of them as it was typed.

A record is cut out with the comments that stand right above it; the file's head stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from .reading import parse

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotCut(Exception):
    """The file is written in a way in which its records cannot be told apart by lines."""


def head(text: str) -> str:
    """The comments at the top of a file, up to the first line that is neither one nor empty."""
    lines = text.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    return "".join(lines[:count])


def only(text: str, key: str, keep: Callable[[Any, Any], bool]) -> str:
    """The text with those records of the list or table under `key` that `keep(id, values)` wants.

    The id of an item of a list is its number. Raises `NotCut` where records do not begin on lines of their own.
    """
    values = parse(text).value[key]
    starts = _starts(text, key)
    ids = list(range(len(values))) if isinstance(values, list) else list(values)
    if len(starts) != len(ids):
        raise NotCut(key)
    lines = text.splitlines(keepends=True)
    if not starts:
        return text
    starts = [_with_comments(lines, start) for start in starts]
    ends = [*starts[1:], len(lines)]
    kept = ["".join(lines[start:end]) for id, start, end in zip(ids, starts, ends, strict=True) if keep(id, values[id])]
    before = "".join(lines[: starts[0]])
    if not kept:
        return before.rstrip().removesuffix(":") + f": {'[]' if isinstance(values, list) else '{}'}\n"
    return (before + "".join(kept)).rstrip() + "\n"


def _starts(text: str, key: str) -> list[int]:
    """The lines (from 0) on which the records under `key` begin."""
    top: Any = yaml.compose(text.removeprefix("\ufeff"), Loader=_Loader)
    node = next(value for name, value in top.value if name.value == key)
    if node.flow_style and node.value:
        raise NotCut(key)
    first = [child[0] if isinstance(child, tuple) else child for child in node.value]
    found = [child.start_mark.line for child in first]
    if len(set(found)) != len(found) or (found and found[0] == next(n for n, _ in top.value).start_mark.line):
        raise NotCut(key)
    return found


def _with_comments(lines: list[str], start: int) -> int:
    """The line on which the comments right above a record begin."""
    column = len(lines[start]) - len(lines[start].lstrip())
    while start and lines[start - 1].lstrip().startswith("#") and lines[start - 1].find("#") <= column:
        start -= 1
    return start
