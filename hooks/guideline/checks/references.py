"""Ids are used once, and name things that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from ..model import (
    Collection,
    Program,
    Reference,
    Standard,
)
from ..problems import Finding
from ..reading import nearest
from .at import At

RESERVED_IDS = ("types", "categories", "groups", "compared")
"""Folders beside the municipalities at /programs/."""


def unique_ids(tops: list[At]) -> Iterator[Finding]:
    """An id is used once, former ids included; it is an address."""
    first: dict[str, At] = {}
    for at in tops:
        if not isinstance(at.value, Program):
            continue
        program = at.value
        if program.municipality in RESERVED_IDS or program.id in RESERVED_IDS:
            yield at.wrong("reserved-id", "id", value=program.id)
        former = [(id, ("former_ids", index)) for index, id in enumerate(program.former_ids)]
        for id, inner in [(program.id, ("id",)), *former]:
            key = f"{program.municipality}/{id}"
            if key in first:
                yield at.wrong("repeated-id", *inner, value=key)
            first.setdefault(key, at)


def own_programs(tops: list[At], own: str | None) -> Iterator[Finding]:
    """The copy of one municipality holds the programmes of that one only."""
    for at in tops:
        if own and isinstance(at.value, Program) and at.value.municipality != own:
            yield at.wrong("other-municipality", "municipality", value=at.value.municipality, own=own)


def unique_codes(tops: list[At]) -> Iterator[Finding]:
    """Each standard and indicator has a code of its own: people cite it."""
    seen: set[str] = set()
    for at in tops:
        if isinstance(at.value, Standard):
            codes: list[tuple[str, tuple[str | int, ...]]] = [(at.value.code, ("code",))]
            codes += [(one.code, ("indicators", index, "code")) for index, one in enumerate(at.value.indicators)]
            for code, inner in codes:
                if code in seen:
                    yield at.wrong("repeated-id", *inner, value=code)
                seen.add(code)


def known_reference(at: At, field: Any, collection: Collection) -> Iterator[Finding]:
    """An id names something that exists (and that has the form that the sentence needs)."""
    reference = _reference(field)
    if reference is None or at.value in (known := _known(collection, reference)):
        return
    near = nearest(at.value, known)
    named = [part for part in at.loc if isinstance(part, str) and part not in ("is", "any_of")]
    about = {"value": at.value, "field": named[-1], "near": near}
    if at.value in _known(collection, Reference(reference.table)):
        yield at.wrong("missing-form", **about, form=reference.form)
    else:
        code = "unknown-reference-near" if near else "unknown-reference"
        yield at.wrong(code, **about, some=", ".join(sorted(known)[:6]))


_KNOWN: dict[tuple[int, Reference], frozenset[str]] = {}


def _known(collection: Collection, reference: Reference) -> frozenset[str]:
    key = (id(collection), reference)
    if key not in _KNOWN:
        if len(_KNOWN) > 200:
            _KNOWN.clear()
        _KNOWN[key] = collection.ids(reference)
    return _KNOWN[key]


_REFERENCES: dict[int, tuple[Any, Reference | None]] = {}


def _reference(field: Any) -> Reference | None:
    """The table that a field's ids come from, if any."""
    kept = _REFERENCES.get(id(field))
    if kept is None or kept[0] is not field:
        kept = field, _find_reference(field.annotation, field.metadata)
        _REFERENCES[id(field)] = kept
    return kept[1]


def _find_reference(annotation: Any, metadata: Any = ()) -> Reference | None:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Reference):
            return mark
    return next(
        (found for part in get_args(annotation) if not isinstance(part, str) and (found := _find_reference(part))), None
    )
