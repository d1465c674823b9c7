"""The history of editions: each code once, days in order, no programme both told and gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model import Collection, Edition
from ..problems import Finding
from .at import At


def editions_in_order(collection: Collection, path: str) -> Iterator[Finding]:
    """A sheet names its edition by the code: there is one of it, and each is younger than the one before."""
    before: Edition | None = None
    codes: set[str] = set()
    for index, edition in enumerate(collection.editions):
        at = At(path, ("editions", index), edition.code, edition)
        if edition.code in codes:
            yield at.wrong("edition-twice", "code", value=edition.code)
        if before and edition.day < before.day:
            yield at.wrong("edition-order", "day", value=edition.day, before=before.day)
        codes.add(edition.code)
        before = edition


def gone_or_there(at: At, today: date) -> Iterator[Finding]:
    """A programme that is gone has no facts."""
    edition: Edition = at.value
    for key in edition.gone:
        if key in edition.programs:
            yield at.wrong("edition-gone", "gone", value=key)
