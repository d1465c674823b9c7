"""Making an edition: what the programmes say today, as far as the editions before it did not say so already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from .model import SOURCE_LANGUAGES, Collection, Edition, Fact, Facts, Program
from .wording.editions import FIELDS, History
from .wording.speech import Speaker

HEAD = """\
# yaml-language-server: $schema=schema/editions.json
#
# What sheets of paper said, edition by edition: only what differs from the edition before.
# Written by `make edition`; not to be edited by hand.
"""


def taken(collection: Collection, today: date) -> Edition | None:
    """The edition of today; None where the newest one already says all that is true today."""
    histories = [History(Speaker(language, collection, today)) for language in SOURCE_LANGUAGES]
    known = histories[0].states[-1] if collection.editions else {}
    programs = {}
    for key, program in histories[0].programs.items():
        fresh = _different(histories, program, known.get(key, {}))
        if fresh or key not in known:
            programs[key] = Facts(**{field: _fact(histories, program, field) for field in fresh})
    gone = tuple(key for key in known if key not in histories[0].programs)
    if not programs and not gone:
        return None
    return Edition(code=_code(collection.editions, today), day=today, programs=programs, gone=gone)


def _different(histories: list[History], program: Program, said: dict[str, Fact] | Any) -> list[str]:
    """The fields of which a reader of some language would be told."""
    found = {change.field for history in histories for change in history.changes(program, said)}
    return [field for field in FIELDS if field in found]


def _fact(histories: list[History], program: Program, field: str) -> Fact:
    told = {history.speaker.language: history.words(program)[field] for history in histories}
    return Fact.model_validate({"mark": histories[0].marks(program)[field], **told})


def _code(editions: Iterable[Edition], today: date) -> str:
    """The month, with a number where it has an edition already."""
    month, codes = f"{today:%Y-%m}", {edition.code for edition in editions}
    if month not in codes:
        return month
    return next(code for number in range(2, len(codes) + 3) if (code := f"{month}-{number}") not in codes)


def text_of(editions: Iterable[Edition]) -> str:
    """The text of data/editions.yaml."""
    rows = [_row(edition) for edition in editions]
    return HEAD + yaml.safe_dump({"editions": rows}, allow_unicode=True, sort_keys=False, width=10**6)


def _row(edition: Edition) -> dict[str, Any]:
    row: dict[str, Any] = {"code": edition.code, "day": edition.day.isoformat()}
    if edition.programs:
        row["programs"] = {
            key: facts.model_dump(mode="json", exclude_none=True) for key, facts in edition.programs.items()
        }
    return {**row, "gone": list(edition.gone)} if edition.gone else row
