"""Of which year the facts of a programme are."""

from __future__ import annotations

from ..model import Program


def year_of(program: Program) -> int | None:
    """The year that the record states, else that of its main source; None where neither shows one."""
    return program.year or program.sources[0].year
