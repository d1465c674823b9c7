"""A copy's own files of an older format → of today's: the migrations in between, one after another.

The format is a number in `data/settings.yaml`; 1 is the first, and each module of `migrations` makes the next of the
one before: `m0002_…` makes 2 of 1.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from . import migrations
from .changes import GONE, Change, at
from .reading import parse
from .splicing import spliced

SETTINGS = "data/settings.yaml"
FIRST = 1
_MODULE = re.compile(r"m(\d{4})_\w+")

Texts = Mapping[str, str]
"""A copy's own files: path → text."""


class Newer(Exception):
    """The data have a format that this code does not know yet."""


@dataclass(frozen=True)
class Migration:
    """The way to format `number`: in words (language → sentence), and as a function from texts to those that change."""

    number: int
    what: Mapping[str, str]
    change: Callable[[Texts], Texts]


def known() -> tuple[Migration, ...]:
    """Every migration, in order."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(migrations.__path__)):
        if number := _MODULE.fullmatch(name):
            module = import_module(f"{migrations.__name__}.{name}")
            found.append(Migration(int(number[1]), module.WHAT, module.migrated))
    return tuple(found)


def current() -> int:
    """The format that this code reads and writes."""
    return max((migration.number for migration in known()), default=FIRST)


def format_of(settings: str) -> int | None:
    """The format that a settings.yaml names; the first where it names none, nothing where that is no number."""
    value = at(parse(settings).value, ("format",))
    if value is GONE:
        return FIRST
    return int(value) if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,5}", value) else None


def ahead(texts: Texts) -> tuple[Migration, ...]:
    """The migrations that these files have yet to go through.

    Raises `Newer` where their format is not known to this code.
    """
    have = format_of(texts[SETTINGS]) or FIRST
    if have > current():
        raise Newer(str(have))
    return tuple(migration for migration in known() if migration.number > have)


def migrated(texts: Texts, steps: tuple[Migration, ...]) -> dict[str, str]:
    """The files after the migrations, all of them, with the format in their settings; comments and order stay."""
    made = dict(texts)
    for step in steps:
        made |= step.change(made)
        present = at(parse(made[SETTINGS]).value, ("format",)) is not GONE
        made[SETTINGS] = spliced(made[SETTINGS], [Change(("format",), str(step.number), new=not present)])
    return made
