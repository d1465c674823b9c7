"""What verbs say to clerks, in Georgian or English.

The words stand in `told/<room>.yaml`, one pattern a code and language; a code is named with its room: "workbook.asked".
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def told() -> dict[str, dict[str, str]]:
    """Everything that a clerk may be told: code → language → pattern."""
    patterns: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "told").glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        patterns |= {f"{path.stem}.{code}": words for code, words in entries.items()}
    return patterns


def say(code: str, language: str, **about: object) -> str:
    """The words of a code with the particulars put in."""
    return told()[code][language].format_map({name: str(value) for name, value in about.items()})
