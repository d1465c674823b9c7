"""Which records somebody should look at again, and why: the owner is a post, never a person."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .forges import code, plain, shortened
from .model import Collection, Program
from .telling import say
from .wording.card import name_of
from .wording.speech import Speaker

REASONS = ("draft", "ended", "review-old", "never", "source-undated", "source-old")
"""Why a record is due, the most urgent first."""
SOURCE_MONTHS = 12
"""After how many months what a page said should be looked up again."""


@dataclass(frozen=True)
class Reason:
    """Why a record is due, and the day or year from which it is counted (empty where there is none)."""

    code: str
    since: date | int | None = None


@dataclass(frozen=True)
class Due:
    """A record that is due, with every reason, the most urgent first."""

    program: Program
    reasons: tuple[Reason, ...]

    @property
    def owner(self) -> str:
        """The post that looks after the record (an id of `bodies`); empty where none is named."""
        return self.program.review.by or ""


def due(collection: Collection, today: date) -> list[Due]:
    """Every record that is due today: by owner, then by urgency, then as they stand in the file."""
    found = [
        Due(program, reasons)
        for program in collection.entered
        if (reasons := tuple(_reasons(program, collection.copy.review_months, today)))
    ]
    return sorted(found, key=lambda item: (not item.owner, item.owner, REASONS.index(item.reasons[0].code)))


def _reasons(program: Program, review_months: int, today: date) -> Iterator[Reason]:
    if program.listed == "draft":
        yield Reason("draft")
        return
    if program.valid and program.valid.to and program.valid.to < today:
        yield Reason("ended", program.valid.to)
    review = program.review
    if review.status != "confirmed" or not review.date:
        yield Reason("never")
    elif months_after(review.date, review_months) <= today:
        yield Reason("review-old", review.date)
    yield from _source_reasons(program, today)


def _source_reasons(program: Program, today: date) -> Iterator[Reason]:
    """The newest source decides; a year counts until its last day."""
    checked = max((source.checked for source in program.sources if source.checked), default=None)
    year = max((source.year for source in program.sources if source.year), default=None)
    newest = max((day for day in (checked, year and date(year, 12, 31)) if day), default=None)
    if newest is None:
        yield Reason("source-undated")
    elif months_after(newest, SOURCE_MONTHS) <= today:
        yield Reason("source-old", newest if newest == checked else newest.year)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def markdown(found: Sequence[Due], speaker: Speaker) -> str:
    """The report to the owners: what to do, then the records by owner and reason; empty where nothing is due."""
    if not found:
        return ""
    language = speaker.language
    count = len(speaker.collection.entered)
    lines = [say("due.intro", language, day=speaker.day(speaker.today), n=len(found), of=count), ""]
    lines += [say("due.what_to_do", language), ""]
    for owner, theirs in groupby(found, key=lambda item: item.owner):
        lines += [f"## {_owner(owner, speaker)}", ""]
        for reason, records in groupby(theirs, key=lambda item: item.reasons[0].code):
            listed = list(records)
            lines += [f"### {say(f'due.group-{reason}', language)} ({len(listed)})", ""]
            lines += [*(_line(item, speaker) for item in listed), ""]
    return shortened(lines, language)


def _owner(owner: str, speaker: Speaker) -> str:
    if not owner:
        return say("due.nobody", speaker.language)
    term = speaker.term("bodies", owner)
    return plain(term.get("start") or str(term))


def _line(item: Due, speaker: Speaker) -> str:
    """One record: its name and id, and its reasons in words."""
    words = "; ".join(_why(reason, speaker) for reason in item.reasons)
    return f"- {plain(name_of(speaker, item.program))} ({code(item.program.key)}): {words}"


def _why(reason: Reason, speaker: Speaker) -> str:
    since = speaker.day(reason.since) if isinstance(reason.since, date) else reason.since
    dated = "-year" if isinstance(reason.since, int) else ""
    return say(f"due.{reason.code}{dated}", speaker.language, since=since)
