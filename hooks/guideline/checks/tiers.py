"""The rows of a table of sums stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ..model import (
    Bounds,
    Condition,
    Tiers,
)
from ..problems import Finding
from .at import At

MEASURED: dict[str, set[str]] = {
    "birth-order": {"birth"},
    "children": {"children"},
    "age": {"age"},
    "score": {"score"},
    "zone": {"zone"},
    "household": {"household"},
    "disability": {"disability", "status"},
    "bill": {"bill"},
    "marks": {"education"},
    "status": {"status", "disability", "diagnosis", "text", "all", "any"},
    "children-and-score": {"children", "score"},
}
"""The facts by which the rows of a table are told apart, for each thing that it may depend on."""


def whole_tiers(at: At, today: date) -> Iterator[Finding]:
    """The rows of a table of sums neither overlap nor leave a gap, unless the source has it so."""
    tiers: Tiers = at.value
    rows = [(index, _box(row.when) if row.when else {}) for index, row in enumerate(tiers.rows)]
    for index, row in enumerate(tiers.rows[:-1]):
        if row.otherwise:
            yield at.wrong("otherwise-last", "rows", index)
    if not any(row.when and set(row.when.facts()) & MEASURED[tiers.by] for row in tiers.rows):
        yield at.wrong("tiers-of-another-measure", "by", value=tiers.by)
    for index, box in rows:
        when = tiers.rows[index].when
        if when and not box and when in [other.when for other in tiers.rows[:index]]:
            yield at.wrong("tier-twice", "rows", index, row=index + 1)
    measured = [(index, box) for index, box in rows if box]
    for position, (index, box) in enumerate(measured):
        for earlier, other in measured[:position]:
            shared = _shared(box, other)
            if shared is not None and not set(range(int(shared[0]), int(min(shared[1], shared[0] + 500)) + 1)) <= set(
                tiers.overlap_in_source
            ):
                yield at.wrong("tiers-overlap", "rows", index, row=index + 1, other=earlier + 1, value=f"{shared[0]:f}")
    if tiers.complete:
        yield from _gaps(at, [(index, box) for index, box in measured if len(box) == 1])


Box = dict[str, tuple[Decimal, Decimal]]


def _box(condition: Condition) -> Box:
    """What a row covers: fact → first and last number. Empty where a row is not told by numbers alone."""
    box: Box = {}
    for name, fact in condition.facts().items():
        if isinstance(fact, Bounds) and (span := fact.span()):
            box[name] = span
        elif name == "birth" and (number := fact.order_from or fact.order):
            first = Decimal(number)
            box[name] = (first, Decimal("Infinity") if fact.order_from else first)
        elif name == "zone":
            box[name] = (Decimal(fact.number), Decimal(fact.number))
        else:
            return {}
    return box


def _shared(one: Box, other: Box) -> tuple[Decimal, Decimal] | None:
    """The first measure's numbers that both rows cover; None where some measure keeps them apart."""
    shared = None
    if set(one) != set(other):
        return None
    for name in one:
        low, high = max(one[name][0], other[name][0]), min(one[name][1], other[name][1])
        if low > high:
            return None
        shared = shared or (low, high)
    return shared


def _gaps(at: At, rows: list[tuple[int, Box]]) -> Iterator[Finding]:
    names = {name for _, box in rows for name in box}
    if len(names) != 1 or len(rows) != len(at.value.rows):
        return
    name = names.pop()
    spans = sorted((box[name], index) for index, box in rows)
    for (before, _), (after, index) in pairwise(spans):
        if after[0] > before[1] + 1:
            yield at.wrong("tiers-gap", "rows", index, low=f"{before[1]:f}", high=f"{after[0]:f}")
