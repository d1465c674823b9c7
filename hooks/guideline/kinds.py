"""A programme's benefits → the kinds of benefit by which readers look for help (vocabulary.yaml, `benefit_kinds`).

What a reader asks is not what a benefit is called in the record but what arrives: money, and how often; a cost that
somebody else bears; a thing; a service.
"""

from __future__ import annotations

from .model import Benefit, Program, Repeat

MONEY = ("cash", "rent")
KINDS = (
    "money-once",
    "money-monthly",
    "money-yearly",
    "money-unstated",
    "costs",
    "goods",
    "service",
    "unstated",
)
"""Every kind, in the order in which readers see them."""
_OTHER_THAN_MONEY = {"share": "costs", "discount": "costs", "goods": "goods", "voucher": "goods", "service": "service"}


def kinds_of(program: Program) -> tuple[str, ...]:
    """The kinds of all that the programme gives, in the order of `KINDS`; one without benefits is "unstated"."""
    found = {_kind(benefit, program.repeat) for benefit in program.benefits} or {"unstated"}
    return tuple(kind for kind in KINDS if kind in found)


def _kind(benefit: Benefit, repeat: Repeat | None) -> str:
    return _rhythm(benefit, repeat) if benefit.kind in MONEY else _OTHER_THAN_MONEY[benefit.kind]


def _rhythm(benefit: Benefit, repeat: Repeat | None) -> str:
    """How often money comes: as the benefit says; else as often as the programme may be used."""
    if benefit.period == "once":
        return "money-once"
    if benefit.period == "month":
        return "money-monthly"
    if benefit.period or benefit.days or (repeat and repeat.per in ("year", "season")):
        return "money-yearly"
    return "money-once" if repeat and repeat.per == "life" and repeat.times == 1 else "money-unstated"
