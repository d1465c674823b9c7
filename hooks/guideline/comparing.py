"""Which sums can be compared: the figure of a programme, and the unit that it shares with others.

The rule. Only money is compared: cash, rent, money towards a cost. A figure needs a unit: how often it
comes and for each of what. How often is what the source says, never reckoned from one period into
another; what is given for each event (a birth, an operation) needs no period. For each of what is what
the source says, else the person or the family whom the conditions are about. Two figures are comparable
only in the same unit. What is left has no figure, but a reason. A share of a cost is never a figure, and
a programme that gives a share to some and a sum to others has none either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .model import Amount, Benefit, Program

Reason = Literal["ended", "conflict", "silent", "share", "in-kind", "period", "recipient", "several"]
"""Why a programme has no figure."""

MONEY = ("cash", "rent", "share")
"""Kinds of help whose sum is money in the hand or money towards a cost."""
SAME_PERIOD = {"daily": "day"}
SAME_RECIPIENT = {"child": "each-child", "minor-child": "each-child", "newborn": "each-child"}
"""Units that are the same by another name."""
EVENTS = ("case", "operation", "birth", "deceased", "trip")
"""Recipients that are events: what is given for each of them comes as often as they do."""


@dataclass(frozen=True)
class Unit:
    """What a figure is counted in: so many times a period, for each recipient (ids of the vocabulary).

    The period is empty for what is given for each event.
    """

    period: str
    times: int
    per: str


@dataclass(frozen=True)
class Figure:
    """A sum in lari. `low` is what everybody who gets it gets; None where only a ceiling is known."""

    unit: Unit
    low: Decimal | None
    high: Decimal

    @property
    def exact(self) -> bool:
        """Is it one sum, the same for all?"""
        return self.low == self.high


@dataclass(frozen=True)
class Comparable:
    """The figures of a programme, one a unit; without any, the reason."""

    figures: tuple[Figure, ...]
    reason: Reason | None = None

    def in_unit(self, unit: Unit) -> Figure | None:
        """The figure in this unit, if there is one."""
        return next((figure for figure in self.figures if figure.unit == unit), None)


def comparable(program: Program) -> Comparable:
    """The figures by which a programme can be compared with others of its type. Supplements are left out."""
    if program.state and program.state.is_ == "probably-ended":
        return Comparable((), "ended")
    if any(conflict.field in ("amount", "period") for conflict in program.conflicts):
        return Comparable((), "conflict")
    found: dict[Unit, list[tuple[Benefit, Figure]]] = {}
    reasons: list[Reason] = []
    for benefit in program.benefits:
        if benefit.supplement:
            continue
        figure = _figure(program, benefit)
        if isinstance(figure, Figure):
            found.setdefault(figure.unit, []).append((benefit, figure))
        else:
            reasons.append(figure)
    if "share" in reasons:
        return Comparable((), "share")
    figures = [_together(*some) for some in found.values() if _one_of_them(program, *some)]
    if len(figures) < len(found):
        reasons.insert(0, "several")
    return Comparable(tuple(figures)) if figures else Comparable((), (reasons or ["silent"])[0])


def _figure(program: Program, benefit: Benefit) -> Figure | Reason:
    if benefit.kind not in MONEY:
        return "share" if benefit.kind == "discount" and benefit.known() else _in_kind(benefit)
    amounts = [row for row in benefit.tiers.rows if row.known()] if benefit.tiers else [benefit]
    if any(amount.percent is not None or amount.up_to_percent is not None for amount in amounts):
        return "share"
    spans = [span for amount in amounts if (span := _span(amount))]
    if not spans:
        return "silent"
    unit = _unit(program, benefit)
    return _widest(unit, spans) if isinstance(unit, Unit) else unit


def _unit(program: Program, benefit: Benefit) -> Unit | Reason:
    per = benefit.per or (program.eligibility.subject if program.eligibility else None)
    if per in EVENTS and benefit.period in (None, "once"):
        return Unit("", 1, per)
    if benefit.period is None:
        return "period"
    if per is None:
        return "recipient"
    return Unit(SAME_PERIOD.get(benefit.period, benefit.period), benefit.times or 1, SAME_RECIPIENT.get(per, per))


def _in_kind(benefit: Benefit) -> Reason:
    given = benefit.item or benefit.text or benefit.worth_gel is not None or benefit.known()
    return "in-kind" if given else "silent"


def _span(amount: Amount) -> tuple[Decimal | None, Decimal] | None:
    """The lowest and the highest sum; the lowest is None where only a ceiling is given."""
    if amount.gel is not None:
        return amount.gel, amount.gel
    if amount.up_to_gel is not None:
        return None, amount.up_to_gel
    if amount.from_gel is not None and amount.to_gel is not None:
        return amount.from_gel, amount.to_gel
    return None


def _widest(unit: Unit, spans: Iterable[tuple[Decimal | None, Decimal]]) -> Figure:
    """The figure that holds all of these sums."""
    spans = list(spans)
    lows = [low for low, _ in spans if low is not None]
    return Figure(unit, min(lows) if len(lows) == len(spans) else None, max(high for _, high in spans))


def _one_of_them(program: Program, *some: tuple[Benefit, Figure]) -> bool:
    """Does one get only one of these sums, so that together they are a range? Sums that add up are not."""
    apart = program.benefits_are == "alternatives" or all(benefit.when or benefit.to for benefit, _ in some)
    return len(some) == 1 or apart


def _together(*some: tuple[Benefit, Figure]) -> Figure:
    return _widest(some[0][1].unit, [(figure.low, figure.high) for _, figure in some])
