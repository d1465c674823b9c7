"""Days exist and stand in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ..model import (
    Act,
    CalendarDay,
    Edition,
    Hours,
    Review,
    Source,
)
from ..problems import Finding
from .at import At

OLDEST_YEAR = 1995


def days_in_order(at: At, today: date) -> Iterator[Finding]:
    """The first day is not after the last."""
    if at.value.from_ and at.value.to and at.value.from_ > at.value.to:
        yield at.wrong("days-downwards", "from", first=at.value.from_, last=at.value.to)


def hours_in_order(at: At, today: date) -> Iterator[Finding]:
    """An office opens before it closes, and rests in between."""
    hours: Hours = at.value
    times = [("from", hours.from_), ("break_from", hours.break_from), ("break_to", hours.break_to), ("to", hours.to)]
    known = [(name, time) for name, time in times if time]
    for (_, first), (name, last) in pairwise(known):
        if first >= last:
            yield at.wrong("hours-downwards", name, first=first, last=last)
            return
    if (hours.break_from is None) != (hours.break_to is None):
        yield at.wrong(
            "together", "break_to" if hours.break_from is None else "break_from", fields="break_from, break_to"
        )


def sensible_days(at: At, today: date) -> Iterator[Finding]:
    """A day of our time."""
    if not OLDEST_YEAR <= at.value.year <= today.year + 10:
        yield at.wrong("year-out-of-range", value=at.value.year, first=OLDEST_YEAR, last=today.year + 10)


def partial_days(at: At, today: date) -> Iterator[Finding]:
    """A day that is written in full exists."""
    for name in ("when", "since"):
        value = getattr(at.value, name, None)
        if isinstance(value, str) and len(value) == 10:
            year, month, day = map(int, value.split("-"))
            try:
                date(year, month, day)
            except ValueError:
                yield at.wrong("no-such-day", name, day=day, month=month)


def calendar_days(at: At, today: date) -> Iterator[Finding]:
    """A day of the year that exists."""
    day: CalendarDay = at.value
    if day.day and day.month:
        try:
            date(2024, day.month, day.day)
        except ValueError:
            yield at.wrong("no-such-day", "day", day=day.day, month=day.month)


def past_days(at: At, today: date) -> Iterator[Finding]:
    """Nothing was looked at in the future, no year is out of this world."""
    for kind, name in ((Source, "checked"), (Act, "date"), (Review, "date"), (Edition, "day")):
        if isinstance(at.value, kind) and (day := getattr(at.value, name)) and day > today:
            yield at.wrong("in-the-future", name, value=day, today=today)
    year = getattr(at.value, "year", None)
    if isinstance(year, int) and not OLDEST_YEAR <= year <= today.year + 1:
        yield at.wrong("year-out-of-range", "year", value=year, first=OLDEST_YEAR, last=today.year + 1)
