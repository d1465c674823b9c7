"""Pages that compare: one kind of programme in all municipalities, one municipality beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property, partial
from typing import Any

from .. import routes
from ..cards import Place
from ..chapters import Chapters
from ..comparing import Comparable, comparable
from ..figures import chart_html
from ..model import SOURCE_LANGUAGES, Program
from ..wording.comparison import Comparison, comparison
from ..wording.elsewhere import Beside, Kind, beside, years_words
from ..wording.origin import year_of
from ..wording.steps import first_phone, local_number
from .page import Maker, Page
from .programs import ProgramPages

CHAPTERS = {"act": "guideline/right-to-know", "budget": "guideline/feedback-and-plan"}
"""The chapters that tell what a resident can do; a copy may have left them out."""


class ComparisonPages(Maker):
    """The pages that compare programmes, in one language."""

    def __init__(self, programs: ProgramPages, chapters: Chapters):
        super().__init__(programs.speaker)
        self.programs = programs
        self.chapters = chapters
        self.compared = cache(self._compared)

    @cached_property
    def by_type(self) -> dict[str, list[Program]]:
        """Programmes by type, those known by name only included; types without a programme left out."""
        found: dict[str, list[Program]] = {id: [] for id in self.collection.types}
        for program in self.collection.programs:
            found[program.type].append(program)
        return {id: some for id, some in found.items() if some}

    @cached_property
    def figures(self) -> dict[str, Comparable]:
        """What each programme that has a card can be compared by."""
        return {program.key: comparable(program) for program in self.programs.shown}

    def all(self) -> Iterator[Page]:
        """The page of every type, and of every municipality that can stand beside others."""
        say = self.speaker.say
        for id in self.programs.by_type:
            name = self._kind(id)
            yield Page(
                routes.type_(id),
                self.speaker.language,
                name,
                self._summary(name),
                partial(self.type_page, id),
                scripts=("comparison",) if self.compared(id).orders else (),
                styles=("comparison",),
            )
        for id, some in self.programs.by_municipality.items():
            if self.programs.beside_others(id):
                forms = self.speaker.municipality(self.collection.municipalities[id])
                title, summary = (say(f"compared.{key}", municipality=forms) for key in ("title", "summary"))
                body = partial(self.municipality_page, id, title, some)
                yield Page(routes.compared(id), self.speaker.language, title, summary, body, styles=("comparison",))

    def _summary(self, name: str) -> str:
        """What the page of a type holds, in a sentence."""
        own = self.collection.copy.municipality
        if own is None:
            return self.speaker.say("page.type_summary", name=name)
        forms = self.speaker.municipality(self.collection.municipalities[own])
        return self.speaker.say("page.type_summary_own", name=name, municipality=forms)

    def _kind(self, id: str) -> str:
        return self.collection.types[id].name[self.speaker.language]

    def _compared(self, id: str) -> Comparison:
        shown = [program for program in self.by_type.get(id, []) if program.listed == "card"]
        return comparison(self.speaker, shown, self.programs.card)

    def type_page(self, id: str, place: Place) -> str:
        """One kind of programme in all municipalities: charts of what can be compared, and a table of all."""
        type_, compared = self.collection.types[id], self.compared(id)
        towns = {program.municipality for program in self.by_type[id]}
        found = self.speaker.say("comparison.found", count=len(towns), n=len(towns))
        return self._render(
            "type.html.j2",
            place,
            name=type_.name[self.speaker.language],
            summary=type_.summary[self.speaker.language],
            found="" if self.collection.copy.municipality else found,
            unconfirmed=_unconfirmed(self.by_type[id]),
            charts=[chart_html(one, f"chart-{n}", place, self.speaker) for n, one in enumerate(compared.charts, 1)],
            orders=compared.orders,
            table=self.table(id, place),
            names=self.programs.names_only(self.by_type[id]),
            crumbs=self._top(),
        )

    def table(self, id: str, place: Place) -> str:
        """The table that compares the programmes of a type; also quoted in chapters, without the column of sums.

        In a chapter, the copy of one municipality compares its own with examples of others.
        """
        name = self._kind(id)
        examples = self.collection.examples_shown if place.quoted else ()
        others = [program for program in examples if program.type == id]
        shown = [program for program in self.by_type.get(id, []) if program.listed == "card"]
        compared = comparison(self.speaker, [*shown, *others], self.programs.card) if others else self.compared(id)
        alone = self.collection.copy.municipality and not others
        caption = name if alone else self.speaker.say("page.compare", name=name)
        sums = not place.quoted and any(row.sums for row in compared.rows)
        sources = {program.key: program.sources[0].url for program in others}
        return self._render("table.html.j2", place, rows=compared.rows, caption=caption, sums=sums, sources=sources)

    def municipality_page(self, id: str, title: str, programs: list[Program], place: Place) -> str:
        """What is on the list of a municipality, and what was found only on the lists of others."""
        found = beside(self.speaker, id, self.by_type, self.figures)
        return self._render(
            "compared.html.j2",
            place,
            title=title,
            years=years_words(self.speaker, programs),
            ask=self._ask(id),
            chapters=list(self._chapters()),
            crumbs=[*self._top(), (routes.municipality(id), self.programs.town(id))],
            **self._parts(found),
        )

    def _parts(self, found: Beside) -> dict[str, Any]:
        common = [kind for kind in found.missing if kind.count > 1]
        rare = [kind for kind in found.missing if kind.count == 1]
        parts = {"listed": found.listed, "named": found.named, "missing": common, "once": rare}
        return {name: [self._told(kind) for kind in kinds] for name, kinds in parts.items()}

    def _told(self, kind: Kind) -> dict[str, Any]:
        """A type as a row: its links, and what this municipality has of it."""
        examples = [(routes.program(one.key), self.programs.town(one.municipality)) for one in kind.examples]
        return {
            "type": kind.type,
            "name": kind.name,
            "page": routes.type_(kind.type) if kind.type in self.programs.by_type else "",
            "count": kind.count,
            "by_name": kind.by_name,
            "examples": examples,
            "sums": kind.sums,
            "here": [self._own(program) for program in kind.here],
        }

    def _own(self, program: Program) -> dict[str, str]:
        if program.listed == "name-only":
            return self.programs.names_only([program])[0]
        year, card = year_of(program), self.programs.card(program.key)
        return {
            "page": routes.program(program.key),
            "name": card.name,
            "amount": card.amount or self.speaker.say("page.amount_unknown"),
            "year": str(year) if year else self.speaker.say("comparison.chart.no_year"),
        }

    def _ask(self, id: str) -> str:
        phone = first_phone(self.collection.municipalities[id].contacts)
        if phone is None:
            return self.speaker.say("ask.city_hall")
        return self.speaker.say("ask.phone", number=local_number(phone))

    def _chapters(self) -> Iterator[tuple[str, str, str]]:
        for key, page in CHAPTERS.items():
            language = self.speaker.language
            chapter = self.chapters.get(page, language) or self.chapters.get(page, SOURCE_LANGUAGES[0])
            if chapter:
                yield key, page, chapter.title

    def _top(self) -> list[tuple[str, str]]:
        return self._crumbs(routes.PROGRAMS, "page.programs")


def _unconfirmed(programs: Iterable[Program]) -> str:
    """How many of the programmes no municipality has confirmed: all, some, or empty for none."""
    confirmed = [program.review.status == "confirmed" for program in programs]
    return "" if all(confirmed) else "some" if any(confirmed) else "all"
