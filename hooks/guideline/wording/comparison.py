"""Programmes of one kind, side by side: the rows of a table, the charts of what can be compared, the orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..comparing import Comparable, Figure, Unit, comparable
from ..model import Condition, Program, Score
from .benefits import how_often
from .conditions import Form, eligibility_lines, form_of, limits
from .layout import Card
from .origin import year_of
from .speech import Forms, Speaker
from .steps import paper_count, papers_in_short

SHOWN = 3
"""Conditions in a row, and places in brackets; the card or the table has them all."""
TOLD_APART = 2
"""Municipalities that a chart compares at least, and rows that an order needs."""
LIVING, SCORE = "residence", "score"
"""Facts that a column of conditions may leave out: where one lives is asked almost everywhere."""


@dataclass(frozen=True)
class Sum:
    """A figure in words: how much, and in what it is counted."""

    unit: Unit
    amount: str
    counted: str


@dataclass(frozen=True)
class Row:
    """What one programme offers, in the words of its card."""

    key: str
    municipality: str
    own_name: str
    """The programme's name where it is not that of its type."""
    amount: str
    sums: tuple[Sum, ...]
    reason: str
    """Why there is no sum to compare."""
    supplement: str
    """That a supplement is not in the sums."""
    who: tuple[str, ...]
    """The first conditions; the score, which has a column of its own, is not among them."""
    who_and_score: tuple[str, ...]
    """The first conditions for a table that has no column for the score."""
    score: str
    documents: str
    year: str
    ranks: Mapping[str, Decimal | int] = field(default_factory=dict)
    """By what the row is sorted: a number for each column; what is not known is left out."""


@dataclass(frozen=True)
class Bar:
    """A figure of a chart: where and of which year, and how much."""

    name: str
    said: str
    figure: Figure


@dataclass(frozen=True)
class Chart:
    """Figures in one unit, and what they say in a sentence or two."""

    title: str
    about: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Order:
    """An order that the reader can choose: column and direction, its name, what is said when it is there."""

    column: str
    direction: str
    name: str
    said: str


@dataclass(frozen=True)
class Comparison:
    """Programmes of one type beside each other."""

    rows: tuple[Row, ...]
    charts: tuple[Chart, ...]
    orders: tuple[Order, ...]


def comparison(speaker: Speaker, programs: Sequence[Program], card: Callable[[str], Card]) -> Comparison:
    """A row a programme, in the order in which the programmes stand."""
    figures = {program.key: comparable(program) for program in programs}
    units = units_of(speaker, programs, figures)
    names = sorted({_town(speaker, program) for program in programs})
    rows = []
    for program in programs:
        row = _row(speaker, program, card(program.key), figures[program.key])
        rows.append(replace(row, ranks=_ranks(speaker, program, figures[program.key], units, names)))
    charts = tuple(_charts(speaker, programs, figures, units))
    return Comparison(tuple(rows), charts, tuple(_orders(speaker, rows, units)))


def _row(speaker: Speaker, program: Program, card: Card, figures: Comparable) -> Row:
    unknown = speaker.say("table.unknown")
    year = year_of(program)
    supplements = bool(figures.figures) and any(benefit.supplement for benefit in program.benefits)
    return Row(
        key=program.key,
        municipality=_town(speaker, program),
        own_name=_own_name(speaker, program),
        amount=card.amount or unknown,
        sums=tuple(Sum(one.unit, said(speaker, one), counted(speaker, one.unit)) for one in figures.figures),
        reason=speaker.say(f"comparison.reason.{figures.reason}") if figures.reason else "",
        supplement=speaker.say("comparison.supplement") if supplements else "",
        who=_conditions(speaker, program, LIVING, SCORE) or (unknown,),
        who_and_score=_conditions(speaker, program, LIVING) or (unknown,),
        score=_score(speaker, program) or unknown,
        documents=papers_in_short(speaker, program.documents) or unknown,
        year=str(year) if year else unknown,
    )


def _town(speaker: Speaker, program: Program) -> str:
    return speaker.collection.municipalities[program.municipality].name[speaker.language]


def _own_name(speaker: Speaker, program: Program) -> str:
    shared = speaker.collection.types[program.type].name[speaker.language]
    own = program.name[speaker.language] if program.name else shared
    return own if own != shared else ""


def place_of(speaker: Speaker, program: Program) -> str:
    """The municipality, with the programme's name where it is not that of its type."""
    town, name = _town(speaker, program), _own_name(speaker, program)
    return speaker.say("comparison.place", municipality=town, name=name) if name else town


# --- conditions ------------------------------------------------------------------------------


def _conditions(speaker: Speaker, program: Program, *aside: str) -> tuple[str, ...]:
    """The first conditions, alternatives in one line. Facts to leave aside stand here only if there are no others."""
    who = program.eligibility
    if not who:
        return ()
    asked = [condition for condition in who.all if not set(condition.facts()) <= set(aside)] or who.all
    said = [words for condition in asked for words in _clauses(speaker, program, condition, form_of(who))]
    return (*said[:SHOWN], speaker.say("table.more")) if len(said) > SHOWN else tuple(said)


def _clauses(speaker: Speaker, program: Program, condition: Condition, form: Form) -> list[str]:
    """A condition as clauses that must all be true; one of them may hold alternatives."""
    said = [line.text for line in eligibility_lines(speaker, program, [condition], form) if not line.lines]
    for inner in condition.all:
        said += _clauses(speaker, program, inner, form)
    if condition.any:
        clauses, alternatives = speaker.pattern("list.clauses"), speaker.pattern("list.alternatives")
        said.append(alternatives.join(clauses.join(_clauses(speaker, program, inner, form)) for inner in condition.any))
    return said


def _score(speaker: Speaker, program: Program) -> str:
    """The limit of the score: for all, for the sum only, for some; empty where the source does not say."""
    who = program.eligibility
    asked = list(_scores(who.all)) if who else []
    for_all = [score for score, alone in asked if alone]
    if for_all:
        return _limits(speaker, for_all)
    rows = [row.when for benefit in program.benefits if benefit.tiers for row in benefit.tiers.rows if row.when]
    sums = [score for score, _ in _scores(rows + [one.when for one in program.benefits if one.when])]
    if sums:
        return speaker.say("table.score_sum", words=_limits(speaker, sums))
    if asked:
        return speaker.say("table.score_or", words=_limits(speaker, [score for score, _ in asked]))
    return speaker.say("table.score_none") if who and who.all and who.complete else ""


def _limits(speaker: Speaker, scores: Iterable[Score]) -> str:
    said = []
    for score in scores:
        key = "any" if score.any else "unknown" if score.unknown else ""
        said.append(speaker.say(f"score.{key}.label") if key else limits(speaker, "score", score, "label"))
    return speaker.pattern("list.comma").join(dict.fromkeys(said))


def _scores(conditions: Iterable[Condition], alone: bool = True) -> Iterator[tuple[Score, bool]]:
    """Every score that is asked for, and whether everybody must have it."""
    for condition in conditions:
        if condition.score:
            yield condition.score, alone
        yield from _scores(condition.all, alone)
        yield from _scores(condition.any, alone=False)


def _highest_score(program: Program) -> int | None:
    """The highest score with which everybody else can get it; None where there is no such limit."""
    who = program.eligibility
    spans = [score.span() for score, alone in _scores(who.all) if alone] if who else []
    highs = [span[1] for span in spans if span and span[1].is_finite()]
    return int(min(highs)) if highs else None


# --- figures ---------------------------------------------------------------------------------


def said(speaker: Speaker, figure: Figure) -> str:
    """How much: "30 ₾", "100 ლარამდე", "80–180 ₾"."""
    if figure.low is None:
        return speaker.say("amount.up_to", n=speaker.number(figure.high))
    if figure.exact:
        return speaker.money(figure.high)
    return speaker.say("amount.range", low=speaker.number(figure.low), high=speaker.number(figure.high))


def counted(speaker: Speaker, unit: Unit) -> str:
    """In what a figure is counted: "თვეში თითო ბავშვზე". One person is the plain case and is not named."""
    period = speaker.term("periods", unit.period) if unit.period else Forms()
    return speaker.say(
        "comparison.unit",
        period=period.get("in", period.get("adverb", "")),
        times=how_often(speaker, unit.times) if unit.times > 1 else "",
        per=speaker.term("recipient_units", unit.per)["per"] if unit.per != "person" else "",
    )


def units_of(speaker: Speaker, programs: Iterable[Program], figures: Mapping[str, Comparable]) -> list[Unit]:
    """The units of these figures: those of the most municipalities first, then as the vocabulary has them."""
    towns: dict[Unit, set[str]] = {}
    for program in programs:
        for figure in figures[program.key].figures:
            towns.setdefault(figure.unit, set()).add(program.municipality)
    tables = speaker.collection.vocabulary
    periods, recipients = ["", *tables["periods"]], list(tables["recipient_units"])
    order = {unit: (periods.index(unit.period), recipients.index(unit.per), unit.times) for unit in towns}
    return sorted(towns, key=lambda unit: (-len(towns[unit]), *order[unit]))


def extremes(speaker: Speaker, figures: Sequence[tuple[str, Figure]]) -> str:
    """The lowest and the highest of figures in one unit, each with the places that give it."""
    where: dict[str, list[str]] = {}
    for place, figure in figures:
        where.setdefault(said(speaker, figure), []).append(place)
    ordered = sorted((figure for _, figure in figures), key=lambda one: (one.high, one.low or 0))
    low, high = said(speaker, ordered[0]), said(speaker, ordered[-1])
    if low == high:
        return speaker.say("comparison.one", amount=low, where=_some_places(speaker, where[low]))
    low_where, high_where = _some_places(speaker, where[low]), _some_places(speaker, where[high])
    return speaker.say("comparison.extremes", low=low, high=high, low_where=low_where, high_where=high_where)


def _some_places(speaker: Speaker, places: Sequence[str]) -> str:
    if len(places) <= SHOWN:
        return speaker.both(places)
    first = speaker.pattern("list.comma").join(places[:SHOWN])
    return speaker.say("comparison.more_places", places=first, n=len(places) - SHOWN)


def _charts(
    speaker: Speaker, programs: Sequence[Program], figures: Mapping[str, Comparable], units: Iterable[Unit]
) -> Iterator[Chart]:
    for unit in units:
        found = [(program, one) for program in programs if (one := figures[program.key].in_unit(unit))]
        towns = {program.municipality for program, _ in found}
        if len(towns) >= TOLD_APART:
            least = extremes(speaker, [(_town(speaker, program), figure) for program, figure in found])
            about = speaker.say("comparison.chart.about", n=len(towns), extremes=least)
            absent = [figures[program.key] for program in programs if not figures[program.key].in_unit(unit)]
            title = speaker.say("comparison.chart.title", unit=counted(speaker, unit))
            bars = tuple(_bar(speaker, program, figure) for program, figure in found)
            yield Chart(title, " ".join([about, *_missing(speaker, absent)]), bars)


def _bar(speaker: Speaker, program: Program, figure: Figure) -> Bar:
    year = year_of(program) or speaker.say("comparison.chart.no_year")
    name = speaker.say("comparison.chart.bar", place=place_of(speaker, program), year=year)
    return Bar(name, said(speaker, figure), figure)


def _missing(speaker: Speaker, absent: Sequence[Comparable]) -> Iterator[str]:
    """How many programmes a chart leaves out, and why."""
    silent = sum(one.reason == "silent" for one in absent)
    counts = {"silent": silent, "other": len(absent) - silent}
    parts = [speaker.say(f"comparison.chart.missing_{key}", count=n, n=n) for key, n in counts.items() if n]
    if parts:
        yield speaker.say("comparison.chart.missing", parts=speaker.both(parts))


# --- orders ----------------------------------------------------------------------------------


def _ranks(
    speaker: Speaker, program: Program, figures: Comparable, units: Sequence[Unit], names: Sequence[str]
) -> dict[str, Decimal | int]:
    known: dict[str, Decimal | int | None] = {
        "municipality": names.index(_town(speaker, program)),
        "score": _highest_score(program),
        "year": year_of(program),
    }
    if figures.figures:
        first = min(figures.figures, key=lambda figure: units.index(figure.unit))
        known.update(unit=units.index(first.unit), sum=first.high)
    documents = program.documents
    if documents and (documents.list or not documents.needed):
        known["documents"] = paper_count(documents)[0]
    return {name: value for name, value in known.items() if value is not None}


ORDERS = (
    ("municipality", "ascending"),
    ("sum", "descending"),
    ("sum", "ascending"),
    ("score", "descending"),
    ("score", "ascending"),
    ("documents", "ascending"),
    ("year", "descending"),
)


def _orders(speaker: Speaker, rows: Sequence[Row], units: Sequence[Unit]) -> Iterator[Order]:
    """The orders that make a difference: at least two rows have a number by which to sort, and not the same."""
    for column, direction in ORDERS:
        known = [(row.ranks.get("unit"), row.ranks[column]) for row in rows if column in row.ranks]
        if len(set(known)) >= TOLD_APART:
            name = speaker.say(f"table.order.{column}_{direction}")
            sentences = [speaker.say("table.sorted", order=name)]
            if column == "sum" and len(units) > 1:
                groups = sorted({row.ranks["unit"] for row in rows if "unit" in row.ranks})
                some = speaker.pattern("list.then").join(counted(speaker, units[int(place)]) for place in groups)
                sentences.append(speaker.say("table.in_groups", units=some))
            if len(known) < len(rows):
                sentences.append(speaker.say("table.unknown_last"))
            yield Order(column, direction, name, " ".join(sentences))
