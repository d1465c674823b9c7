"""How far a card can be trusted: its state, its age, its sources, the act behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ..model import Act, Archived, Budget, Claim, Conflict, Indicator, Program, Report, Review, Source
from .layout import Line
from .origin import host, source_year
from .speech import Speaker
from .steps import phone_of

COUNCIL_MONTHS = (1, 2, 3)
"""January to March, when councils adopt the acts of the new year."""
OF_ITS_YEAR = ("not-yet-open", "exhausted", "closed")
"""States that say nothing once the year is over: "this year's money" was another year's."""


def status_lines(speaker: Speaker, program: Program) -> Iterator[Line]:
    """The first lines of a card: can one apply now, are the terms of this year, who vouches for them."""
    yield from _standing(speaker, program)
    yield _review(speaker, program)
    yield from conflict_lines(speaker, program)


def standing_lines(speaker: Speaker, program: Program) -> Iterator[Line]:
    """The same in a list of programmes, where many stand below each other: who vouches for them is said in brief."""
    yield from _standing(speaker, program)
    review = _review(speaker, program)
    year = source_year(program)
    key = review.kind if year or review.kind == "confirmed" else f"{review.kind}_undated"
    yield Line(speaker.say(f"finder.{key}", y=year), kind=review.kind)


def _standing(speaker: Speaker, program: Program) -> Iterator[Line]:
    """Can one apply now, and of which time are the terms?"""
    if standing(program, speaker.today) != "open":
        yield _state(speaker, program)
    if isinstance(program, Archived) and (now := speaker.collection.current(program)) is not program:
        key, go = "newer" if now else "gone", speaker.say(f"trust.go.{_whom(speaker, program)}")
        words = speaker.say(f"trust.past.{key}", y=program.of_year, go=go)
        yield Line(words, kind="expired", program=now.key if now else "")
    elif expired(program, speaker.today):
        yield _expired(speaker, program)


def _state(speaker: Speaker, program: Program) -> Line:
    state = program.state
    assert state is not None
    name = standing(program, speaker.today)
    if not state.since:
        return Line(speaker.say(f"state.{name}.undated"), kind="state")
    parts: dict[str, Any] = {"on": speaker.on_day(state.since), "day": speaker.day(state.since), "y": state.since.year}
    parts["check"] = speaker.say(f"trust.check.{_whom(speaker, program)}")
    return Line(speaker.say(f"state.{name}.dated", **parts), kind="state", day=state.since)


def standing(program: Program, today: date) -> str:
    """The state of the programme; "opened" where its first day has come since the source was written.

    Of a time that is over, "open" says no more than that nothing else is known.
    """
    state = program.state
    if state and state.is_ in OF_ITS_YEAR and expired(program, today):
        return "open"
    if state and state.is_ == "not-yet-open" and state.since and state.since <= today:
        return "opened"
    return state.is_ if state else "open"


def expired(program: Program, today: date) -> bool:
    """Are these the terms of a time that is over?"""
    to = ends(program)
    return bool(to and to < today)


def ends(program: Program) -> date | None:
    """The last day of the terms: as the record has it, but those of an archive never outlive its year."""
    to = program.valid.to if program.valid else None
    if isinstance(program, Archived):
        end_of_year = date(program.of_year, 12, 31)
        return min(to, end_of_year) if to else end_of_year
    return to


def _expired(speaker: Speaker, program: Program) -> Line:
    key = "between_years" if speaker.today.month in COUNCIL_MONTHS else "expired"
    return _over(speaker, program, key, speaker.today.year)


def later_line(speaker: Speaker, program: Program) -> Line | None:
    """What to say once the last day has passed, for pages that are read long after they were built."""
    if not ends(program) or expired(program, speaker.today):
        return None
    return _over(speaker, program, "over", speaker.today.year)


def _over(speaker: Speaker, program: Program, key: str, now: int) -> Line:
    to = ends(program)
    assert to is not None
    # An archived record may not say until when its terms hold: then only the year of the card is certain.
    key = f"trust.{key}" if program.valid and program.valid.to == to else f"trust.past.{key}"
    month, go = speaker.term("months", str(to.month)), speaker.say(f"trust.go.{_whom(speaker, program)}")
    return Line(speaker.say(key, y=to.year, d=to.day, m=month, now=now, go=go), kind="expired", day=to)


def _whom(speaker: Speaker, program: Program) -> str:
    """Can the reader be told to call, or is no number known?"""
    municipality = speaker.collection.municipalities[program.municipality]
    return "phone" if phone_of(program, municipality) else "city_hall"


def _review(speaker: Speaker, program: Program) -> Line:
    year = source_year(program)
    line = review_line(speaker, program.review, program.municipality, year)
    if line.kind == "unconfirmed" and program.year and program.year != year:
        return replace(line, text=speaker.say("trust.terms_of", words=line.text, y=program.year))
    return line


def review_line(speaker: Speaker, review: Review, municipality: str, year: int | None) -> Line:
    """Who vouches for a record: the municipality since a day, or nobody but a source of `year`."""
    if review.status == "confirmed" and review.date:
        forms = speaker.municipality(speaker.collection.municipalities[municipality])
        words = speaker.say("trust.confirmed", municipality=forms, on=speaker.on_day(review.date))
        return Line(words, kind="confirmed", day=review.date)
    words = speaker.say("trust.unconfirmed" if year else "trust.unconfirmed_undated", y=year)
    return Line(words, kind="unconfirmed")


def conflict_words(speaker: Speaker, conflict: Conflict) -> str:
    """What the sources say of the same fact, and whom to ask."""
    dated = "_dated" if all(value.year for value in conflict.values) else ""
    places = ["first", "next", *["further"] * (len(conflict.values) - 2)]
    if not dated and None not in (pages := {value.source for value in conflict.values}) and len(pages) == 1:
        places[0] = "first_copy"
    words = [
        speaker.say(f"conflict.{place}{dated}", value=_claim(speaker, value), y=value.year)
        for place, value in zip(places, conflict.values, strict=True)
    ]
    what = speaker.pattern(f"conflict.field.{conflict.field}")
    return speaker.say("conflict.whole", what=what, words=speaker.pattern("list.comma").join(words))


def disputed_amount(speaker: Speaker, program: Program) -> str:
    """The sums between which the sources differ, none of them chosen; empty where they agree."""
    for conflict in program.conflicts:
        if conflict.field == "amount":
            sums = speaker.either([_claim(speaker, value) for value in conflict.values])
            return speaker.say("amount.conflicting", sums=sums)
    return ""


def conflict_lines(speaker: Speaker, program: Program, field: str = "") -> Iterator[Line]:
    """What the sources say differently: all of it, or only of one field, to stand where the card tells of it."""
    for conflict in program.conflicts:
        if field in ("", conflict.field):
            yield Line(conflict_words(speaker, conflict), kind="conflict")


def _claim(speaker: Speaker, claim: Claim) -> str:
    if claim.gel is not None:
        return speaker.money(claim.gel)
    if claim.percent is not None:
        return speaker.percent(claim.percent)
    if claim.number is not None:
        return speaker.number(claim.number)
    return claim.text[speaker.language] if claim.text else ""


def source_lines(speaker: Speaker, sources: Sequence[Source]) -> Iterator[Line]:
    """Each page the facts come from: of which year, when it was looked at, where it is."""
    for source in sources:
        yield Line(_source(speaker, source), href=source.url, day=source.checked)
    if any(source.excerpt for source in sources):
        yield Line(speaker.say("source.excerpt"))


def _source(speaker: Speaker, source: Source) -> str:
    parts: dict[str, Any] = {"kind": speaker.pattern(f"source.kind.{source.kind}"), "host": host(source.url)}
    year = speaker.say("source.year", y=source.year) if source.year else speaker.say("source.no_year")
    if source.checked:
        return speaker.say("source.checked", year=year, **parts, day=speaker.day(source.checked))
    return speaker.say("source.unchecked", year=year, **parts)


def act_words(speaker: Speaker, program: Program, act: Act) -> str:
    """The act with as much of its number, date and article as is known."""
    municipality = speaker.municipality(speaker.collection.municipalities[program.municipality])
    issuer = speaker.say(f"act.issuer.{act.issuer}", municipality=municipality)
    day = speaker.day_of(act.date) if act.date else speaker.say("act.of_year", y=act.year) if act.year else ""
    number = speaker.say("act.number", n=act.number) if act.number else ""
    form = speaker.term("acts", act.form)
    words = speaker.say("act.line", issuer=issuer, day=day, number=number, form=form)
    if act.article:
        words = speaker.say("act.article", act=words, n=act.article)
    if act.title:
        words = speaker.say("act.title", act=words, title=act.title[speaker.language])
    return words


def validity_lines(speaker: Speaker, program: Program) -> Iterator[Line]:
    """From when to when the terms hold."""
    valid = program.valid
    if valid and valid.to:
        key = "valid.from_to" if valid.from_ else "valid.to"
        start = speaker.day(valid.from_) if valid.from_ else ""
        yield Line(speaker.say(key, start=start, end=speaker.day(valid.to)), day=valid.to)
    elif valid and valid.from_:
        yield Line(speaker.say("valid.from", start=speaker.day(valid.from_)), day=valid.from_)
    else:
        yield speaker.unknown("valid.unknown", "valid")


def budget_line(speaker: Speaker, budget: Budget) -> Line:
    """Money set aside, with the line of the budget."""
    code = speaker.say("budget.code", code=budget.code) if budget.code else ""
    if budget.gel is None:
        return Line(speaker.say("budget.code_only", code=budget.code or ""))
    key = f"budget.{'year' if budget.year else 'no_year'}"
    amount = speaker.money(budget.gel)
    about = speaker.pattern("budget.about") if budget.about else ""
    return Line(speaker.say(key, y=budget.year, amount=amount, about=about, code=code))


def indicator_line(speaker: Speaker, indicator: Indicator) -> Line:
    """A measured figure: where it began, where it should go, where it is."""
    figures = []
    for part in ("baseline", "target", "actual"):
        value = getattr(indicator, part)
        if value is not None:
            figures.append(speaker.say(f"indicator.{part}", figure=_figure(speaker, indicator.unit, value)))
    said = speaker.pattern("list.comma").join(figures)
    when = speaker.say("indicator.when", when=speaker.partial_day(indicator.when)) if indicator.when else ""
    return Line(speaker.say("indicator.line", name=indicator.name[speaker.language], figures=said, when=when))


def _figure(speaker: Speaker, unit: str, value: Decimal) -> str:
    if unit == "lari":
        return speaker.money(value)
    return speaker.say("indicator.figure", n=speaker.number(value), unit=speaker.counted("counted", unit, value))


def report_line(speaker: Speaker, report: Report) -> Line:
    """What became of applications in a year, as far as it was reported."""
    parts = [
        speaker.say(f"report.{name}", count=getattr(report, name), n=speaker.number(getattr(report, name)))
        for name in ("approved", "refused", "pending", "people")
        if getattr(report, name) is not None
    ]
    if report.gel is not None:
        parts.append(speaker.say("report.gel", amount=speaker.money(report.gel)))
    when = speaker.in_partial_day(report.when)
    if report.months:
        when = speaker.say("report.months", when=when, n=report.months)
    if report.applied is not None:
        when = speaker.say("report.applied", count=report.applied, when=when, n=speaker.number(report.applied))
    figures = speaker.pattern("list.comma").join(parts)
    words = speaker.say("report.line" if parts else "report.no_figures", when=when, figures=figures)
    if report.scope:
        words = speaker.say("report.scope", words=words, scope=report.scope[speaker.language])
    return Line(words)
