"""What an editor must put right: where it is, what is wrong, and what would be right.

The words stand in `messages.yaml`, one pattern a code and language, so that a check names only
the code and the particulars, and the list of all messages can be shown to editors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .model import Loc

LANGUAGES = ("ka", "en")
"""The languages in which problems are told."""


@dataclass(frozen=True)
class Finding:
    """Something wrong at a value of a file, not yet placed at a line."""

    path: str
    loc: Loc
    code: str
    about: dict[str, Any] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a line and column (both from 1)."""

    path: str
    line: int
    column: int
    id: str
    code: str
    about: tuple[tuple[str, str], ...] = ()

    def say(self, language: str) -> str:
        """One line: `path:line:column: id: what is wrong → what would be right`."""
        place = f"{self.path}:{self.line}:{self.column}:"
        words = messages()[self.code][language].format_map(dict(self.about))
        return " ".join(part for part in (place, f"{self.id}:" if self.id else "", words) if part)


class DataError(Exception):
    """The data need attention; `problems` says where and how."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problems")


@cache
def sections() -> dict[str, dict[str, dict[str, str]]]:
    """Every message that an editor may see, by what it is about: section → code → language → pattern."""
    text = (Path(__file__).parent / "messages.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def messages() -> dict[str, dict[str, str]]:
    """Every message that an editor may see: code → language → pattern."""
    return {code: ways for section in sections().values() for code, ways in section.items()}


def explained(section: str, language: str) -> list[tuple[str, str, str]]:
    """The messages of a section for a list: code, what is wrong, what would be right; "…" for what varies."""
    told = ((code, ways[language].format_map(_Varying())) for code, ways in sections()[section].items())
    return [(code, *map(str.strip, words.split("→", 1))) for code, words in told]  # type: ignore[misc]


class _Varying(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def particulars(about: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The particulars of a finding as printable pairs; control characters become visible, long values are cut."""
    return tuple((key, _visible(str(value), 1000 if key == "choices" else 120)) for key, value in sorted(about.items()))


def _visible(text: str, longest: int) -> str:
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
