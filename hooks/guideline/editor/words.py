"""Findings → what the form says beside a field: the words of `messages.yaml`, with titles where a file has names."""

from __future__ import annotations

import re

from ..model import Loc
from ..naming import kinds, model_at, title
from ..problems import Finding, messages, particulars
from ..telling import told
from .shape import titles_at

_IN_MARKS = re.compile(r"[„“]([a-z][a-z0-9_]*)[“”]")
"""A name in quotation marks, Georgian or English."""
_BARE = re.compile(r"(?<![\w./:{-])([a-z]+(?:_[a-z0-9]+)+|[a-z]+(?=:(?:\s|$)))(?::(?=\s|$))?(?![\w./@])")
"""A name that only a file has: with an underscore, or before a colon."""


def words_of(found: Finding, language: str) -> str:
    """What is wrong and what would be right, as one says it to somebody who sees a form and no file."""
    titles = titles_around(found.loc, language)
    about = {
        name: re.sub(r"[a-z_0-9]+", lambda key: titles.get(key[0], key[0]), value)
        if name in ("field", "fields")
        else value
        for name, value in particulars(found.about)
    }
    own = told().get(f"editor.{found.code}")
    if own:
        return own[language].format_map(about)
    pattern = messages()[found.code][language]
    pattern = _IN_MARKS.sub(lambda name: _quoted(titles.get(name[1], name[1]), language), pattern)
    pattern = _BARE.sub(lambda name: _quoted(titles[name[1]], language) if name[1] in titles else name[0], pattern)
    return pattern.format_map(about)


def _quoted(words: str, language: str) -> str:
    return f"„{words}“" if language == "ka" else f"“{words}”"


def titles_around(loc: Loc, language: str) -> dict[str, str]:
    """The titles of the fields that a message about this place may name: those within it first, then those around."""
    models = [model for model, _ in titles_at(loc)]
    inner = model_at(("programs", 0, *loc))
    found: dict[str, str] = {}
    for model in [*([inner] if inner else []), *models]:
        for key in kinds(model):
            found.setdefault(key, title(model, key, language))
    return found
