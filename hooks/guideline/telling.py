"""What verbs tell clerks: a code and its particulars → a sentence in Georgian or English (`told/*.yaml`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


def say(code: str, language: str, **about: object) -> str:
    """The sentence of a code ("room.code") in a language, filled."""
    room, _, key = code.partition(".")
    return _told(room)[key][language].format_map(about)


@cache
def _told(room: str) -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent / "told" / f"{room}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
