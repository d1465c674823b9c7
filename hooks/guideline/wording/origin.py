"""Of which year the facts of a programme are, and from whose site."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..model import Program


def year_of(program: Program) -> int | None:
    """The year that the record states, else that of its main source; None where neither shows one."""
    return program.year or source_year(program)


def source_year(program: Program) -> int | None:
    """The year of the main source; None where it shows none, and for a draft that has no source yet."""
    return program.sources[0].year if program.sources else None


def host(url: str) -> str:
    """The name of the site that an address belongs to: "telavi.gov.ge"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
