"""Sums, shares and limits make sense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from ..model import (
    Age,
    Amount,
    Benefit,
    Bounds,
    Budget,
    Children,
    Claim,
    Education,
    Income,
    Indicator,
    Payer,
    Report,
    Representatives,
    Score,
)
from ..problems import Finding
from .at import At

LARGEST_SUM = Decimal(200_000)
"""The largest help found in the country is 70 000 lari; more is a slip of the keyboard."""
LARGEST_BUDGET = Decimal(1_000_000_000)


def sensible_amounts(at: At, today: date) -> Iterator[Finding]:
    """Sums are above nothing and not absurd; shares are up to a hundred; ranges go upwards."""
    amount: Amount = at.value
    for name, value in amount.sums():
        if name.endswith("percent"):
            if not 0 < value <= 100:
                yield at.wrong("percent-out-of-range", name, value=value)
        elif value <= 0:
            yield at.wrong("sum-not-positive", name, value=value, field=name)
        elif value > LARGEST_SUM:
            yield at.wrong("sum-too-large", name, value=f"{value:f}", limit=f"{LARGEST_SUM:f}")
    if (amount.from_gel is None) != (amount.to_gel is None):
        yield at.wrong("half-range", "from_gel" if amount.from_gel is not None else "to_gel")
    elif amount.from_gel is not None and amount.to_gel is not None and amount.from_gel >= amount.to_gel:
        yield at.wrong("range-downwards", "from_gel", low=amount.from_gel, high=amount.to_gel)
    one_of = [
        name
        for name in ("gel", "up_to_gel", "from_gel", "percent", "up_to_percent")
        if getattr(amount, name) is not None
    ]
    if len(one_of) > 1:
        yield at.wrong("two-amounts", one_of[1], first=one_of[0], second=one_of[1])
    if amount.cap_gel is not None and amount.percent is None and amount.up_to_percent is None:
        yield at.wrong("cap-without-share", "cap_gel")


def whole_benefits(at: At, today: date) -> Iterator[Finding]:
    """A benefit has the parts that its kind needs."""
    benefit: Benefit = at.value
    share = benefit.percent is not None or benefit.up_to_percent is not None
    if share and benefit.of is None and benefit.kind != "service":
        yield at.wrong("share-of-what", "percent" if benefit.percent is not None else "up_to_percent")
    if benefit.kind in ("goods", "service") and benefit.item is None and benefit.text is None:
        yield at.wrong("which-item", "kind", value=benefit.kind)
    if benefit.kind not in ("goods", "service") and benefit.item is not None:
        yield at.wrong("item-elsewhere", "item", value=benefit.kind)
    if (benefit.quantity is None) != (benefit.unit is None):
        yield at.wrong("quantity-and-unit", "quantity" if benefit.unit is None else "unit")
    if (benefit.cap_percent is None) != (benefit.cap_of is None):
        yield at.wrong("cap-and-base", "cap_percent" if benefit.cap_of is None else "cap_of")
    if benefit.tiers and benefit.known():
        yield at.wrong("amount-and-tiers", "tiers")
    if benefit.payers and benefit.gel is not None and sum(payer.gel for payer in benefit.payers) != benefit.gel:
        yield at.wrong(
            "payers-do-not-add-up", "payers", value=sum(payer.gel for payer in benefit.payers), total=benefit.gel
        )
    for name in ("quantity", "worth_gel"):
        value = getattr(benefit, name)
        if value is not None and not 0 < value <= LARGEST_SUM:
            yield at.wrong(
                "sum-not-positive" if value <= 0 else "sum-too-large",
                name,
                value=value,
                field=name,
                limit=f"{LARGEST_SUM:f}",
            )


LIMITED: dict[type, tuple[tuple[str, Decimal | int, Decimal | int], ...]] = {
    Payer: (("gel", Decimal("0.01"), LARGEST_SUM),),
    Income: (("at_most_gel", 1, LARGEST_SUM),),
    Claim: (("gel", 1, LARGEST_SUM), ("percent", 1, 100)),
    Budget: (("gel", 1, LARGEST_BUDGET),),
    Report: (("gel", 0, LARGEST_BUDGET), ("months", 1, 12)),
    Indicator: tuple((name, 0, LARGEST_BUDGET) for name in ("baseline", "target", "actual")),
    Age: tuple((name, 0, 120) for name in ("exactly", "at_least", "above", "at_most", "below")),
    Children: tuple((name, 0, 30) for name in ("exactly", "at_least", "above", "at_most", "below")),
    Score: tuple((name, 0, 1_000_000) for name in ("exactly", "at_least", "above", "at_most", "below")),
}
"""The smallest and the largest figure that some fields can hold without a slip of the keyboard."""


def sensible_figures(at: At, today: date) -> Iterator[Finding]:
    """No figure is too small or too large to be true."""
    for name, least, most in LIMITED[type(at.value)]:
        value = getattr(at.value, name)
        if value is not None and value < least:
            yield at.wrong(
                "too-small", name, field=name, value=f"{value:f}" if isinstance(value, Decimal) else value, ge=least
            )
        elif value is not None and value > most:
            yield at.wrong(
                "too-big", name, field=name, value=f"{value:f}" if isinstance(value, Decimal) else value, le=most
            )


SAYING: dict[type, tuple[str, ...]] = {
    Budget: ("gel", "code"),
    Claim: ("gel", "percent", "number", "text"),
    Education: ("level", "grades", "marks", "gold_medal"),
    Indicator: ("baseline", "target", "actual"),
    Report: ("applied", "approved", "refused", "pending", "people", "gel"),
    Representatives: ("units", "department"),
}


def says_something(at: At, today: date) -> Iterator[Finding]:
    """A record that makes a sentence holds a fact for it."""
    names = SAYING[type(at.value)]
    if all(value is None or value is False or value == () for value in (getattr(at.value, name) for name in names)):
        yield at.wrong("nothing-said", fields=", ".join(names))


def one_kind_of_birth(at: At, today: date) -> Iterator[Finding]:
    """Either which child it is, or how many at once."""
    names = ("order", "order_from", "multiple")
    if sum(getattr(at.value, name) is not None for name in names) != 1:
        yield at.wrong("one-of", fields=", ".join(names))


def ordered_bounds(at: At, today: date) -> Iterator[Finding]:
    """The lower limit is not above the upper one."""
    span = at.value.span()
    if span and span[0] > span[1]:
        low, high = _limit(at.value, "at_least", "above"), _limit(at.value, "at_most", "below")
        code = "limits-downwards" if low > high else "nothing-between"
        yield at.wrong(code, low=low, high=high)


def _limit(bounds: Bounds, *names: str) -> Any:
    return next((getattr(bounds, name) for name in names if getattr(bounds, name) is not None), 0)
