"""Whom to ask in a village: each unit and each village once, of a municipality that exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model import Collection, Representatives
from ..problems import Finding
from ..reading import nearest
from .at import At


def known_municipalities(collection: Collection, path: str) -> Iterator[Finding]:
    """A list belongs to a municipality of the register."""
    known = collection.municipalities
    for id in collection.representatives:
        if id not in known:
            near = nearest(id, known)
            code = "unknown-reference-near" if near else "unknown-reference"
            about = {"field": "representatives", "value": id, "near": near, "some": ", ".join(sorted(known)[:6])}
            yield Finding(path, ("representatives", id), code, about, id)


def units_once(at: At, today: date) -> Iterator[Finding]:
    """A unit's id is used once in a municipality, and no more units stand here than the source counts."""
    listed: Representatives = at.value
    seen: set[str] = set()
    for index, unit in enumerate(listed.units):
        if unit.id in seen:
            yield at.wrong("repeated-id", "units", index, "id", value=unit.id)
        seen.add(unit.id)
    if listed.units_in_all is not None and len(listed.units) > listed.units_in_all:
        yield at.wrong("more-units", "units_in_all", count=len(listed.units), value=listed.units_in_all)


def confirmed_when(at: At, today: date) -> Iterator[Finding]:
    """A confirmed list says since when."""
    review = at.value.review
    if review.status == "confirmed" and not review.date:
        yield at.wrong("confirmed-when", "review")


def villages_once(at: At, today: date) -> Iterator[Finding]:
    """A village stands in one unit only, unless two of the same name are marked as namesakes."""
    first: dict[str, tuple[str, bool]] = {}
    for index, unit in enumerate(at.value.units):
        for place, village in enumerate(unit.villages):
            before, marked = first.setdefault(village.ka, (unit.id, village.namesake))
            again = (before, marked) != (unit.id, village.namesake) or village in unit.villages[:place]
            if again and not (marked and village.namesake):
                yield at.wrong("village-twice", "units", index, "villages", place, value=village.ka, unit=before)
