"""The pages that stand beside the chapters: glossary, standards, worksheets, programmes for trainers, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from .. import routes
from ..borrowing import plain
from ..cards import Place
from ..chapters import FOOTNOTES, TOP, Chapter, Chapters
from ..model import OWN_BASES, SOURCE_LANGUAGES, AgendaItem, Sheet, Standard, Text, Training, TrainingDay, borrowed
from ..problems import explained
from ..translations import MISSING, OUT_OF_DATE, State
from ..wording.brief import shortened
from ..wording.speech import Speaker
from .page import Maker, Page

SELF_ASSESSMENT = "self-assessment"
REGISTER = "municipalities"
_OWN_PAGES = {"training-2019": "training/origin", "kakheti-hub": "training/kakheti-hub"}
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
"""Latin letters head their group as capitals; Georgian has none."""


class GuidelinePages(Maker):
    """The pages of one language that are made for the guideline's readers, from data."""

    def __init__(self, speaker: Speaker, chapters: Chapters):
        super().__init__(speaker)
        self.chapters = chapters

    def all(self) -> Iterator[Page]:
        """Every page, in the order of the navigation."""
        say = self.speaker.say
        yield self._page(routes.GLOSSARY, say("glossary.title"), say("glossary.about"), self.glossary)
        for id, standard in self.collection.standards.items():
            body = partial(self.standard_page, id, standard)
            yield self._page(routes.standard(id), self._titled(standard), self._in(standard.principle), body)
        yield self._page(routes.WORKSHEETS, say("sheet.all"), say("sheet.about"), self.worksheets)
        for id, sheet in self.collection.worksheets.items():
            yield self._page(
                routes.worksheet(id), self._in(sheet.title), self._in(sheet.goal), partial(self.sheet_page, id, sheet)
            )
        for id, training in self.collection.trainings.items():
            yield self._page(
                routes.training(id),
                self._in(training.title),
                shortened(self._in(training.summary)),
                partial(self.training_page, training),
            )
        yield from self._annexes()

    def messages_list(self, section: str, place: Place) -> str:
        """What a section's messages mean, for those who correct data."""
        return self._render("editors-messages.html.j2", place, messages=explained(section, self.speaker.language))

    def _annexes(self) -> Iterator[Page]:
        say = self.speaker.say
        yield self._page(routes.ANNEXES, say("annex.all"), say("annex.about"), self.annexes)
        title, about = say("assessment.title"), say("assessment.about")
        yield self._page(routes.annex(SELF_ASSESSMENT), title, about, self.self_assessment)
        for id, sheet in self.collection.annexes.items():
            body = partial(self.annex_page, sheet)
            yield self._page(routes.annex(id), self._in(sheet.title), self._in(sheet.goal), body)
        yield self._page(routes.annex(REGISTER), say("register.title"), say("register.about"), self.register)

    def _in(self, text: Text) -> str:
        return text[self.speaker.language]

    # --- chapters ----------------------------------------------------------------------------

    def chapter(self, page: str) -> Chapter:
        """The chapter in the language of the pages, in Georgian where it is not translated."""
        found = self.chapters.get(page, self.speaker.language) or self.chapters.get(page, SOURCE_LANGUAGES[0])
        assert found
        return found

    def _way_to(self, folder: str) -> list[tuple[str, str]]:
        """The way from the home page to the first page of a folder of chapters, by the name that the page has."""
        return [("", self.speaker.say("page.home")), (folder, self._title(f"{folder}/index"))]

    def _title(self, page: str) -> str:
        """The title of a chapter, marked where it is not in the language of the pages."""
        chapter = self.chapter(page)
        return chapter.title if chapter.language == self.speaker.language else borrowed(chapter.title)

    def chapter_head(self, chapter: Chapter, place: Place) -> str:
        """What stands below the title of a chapter: its number, for whom it is, how long, the point in brief."""
        number = self.chapters.number(chapter.page)
        if not number:
            return ""
        return self._render(
            "chapter-head.html.j2",
            place,
            number=number,
            total=len(self.chapters.order),
            minutes=self._minutes(chapter.minutes),
            audience=chapter.meta["audience"],
            in_brief=chapter.meta["in_brief"],
            worksheet=self._worksheet(chapter.page),
        )

    def _worksheet(self, page: str) -> tuple[str, str]:
        """The address and title of a chapter's worksheet."""
        id = self.chapters.id_of(page)
        return routes.worksheet(id), self._in(self.collection.worksheets[id].title)

    def translation_notice(self, states: list[State], place: Place) -> str:
        """Which sections are older than the Georgian, or were never compared with it; nothing where all are current."""
        notice = ""
        for key, state in (("outdated", OUT_OF_DATE), ("unconfirmed", MISSING)):
            found = [one for one in states if one.state == state]
            if found:
                named = [] if state == MISSING and len(found) == len(states) else [self._section(one) for one in found]
                notice += self._render("states.html.j2", place, key=key, sections=named)
        return notice

    def _section(self, state: State) -> tuple[str, str]:
        """A section's address and title; the beginning of a page and its footnotes have no address."""
        if state.section in (TOP, FOOTNOTES):
            return "", self.speaker.say(f"translation.{state.section}")
        return state.section, state.title

    def _minutes(self, count: int) -> str:
        return self.speaker.say("chapter.minutes", count=count, n=self.speaker.number(count))

    def chapters_list(self, place: Place) -> str:
        """All chapters on one page: number, title, the three sentences, how long they take, the worksheet."""
        found = []
        for number, page in enumerate(self.chapters.order, 1):
            chapter = self.chapter(page)
            found.append(
                {
                    "number": number,
                    "page": page,
                    "title": chapter.title,
                    "in_brief": chapter.meta["in_brief"],
                    "minutes": self._minutes(chapter.minutes),
                    "worksheet": self._worksheet(page),
                }
            )
        return self._render("chapters.html.j2", place, chapters=found)

    # --- glossary ----------------------------------------------------------------------------

    def glossary(self, place: Place) -> str:
        """All terms by letter, an index of the other language, and the words to avoid."""
        language = self.speaker.language
        terms = [(id, self._in(term.term), term) for id, term in self.collection.glossary.items()]
        others = [other for other in SOURCE_LANGUAGES if other != language]
        return self._render(
            "glossary.html.j2",
            place,
            letters=_by_letter([(name, id, term) for id, name, term in terms]),
            indexes=[(other, _by_letter([(term.term[other], id, term) for id, _, term in terms])) for other in others],
            categories=self.collection.glossary_categories,
            avoided=self.collection.avoided,
            language=language,
        )

    def term(self, id: str, words: str, number: int, place: Place) -> str:
        """A term that a chapter marks: its words lead to the glossary, its definition shows at once."""
        term = self.collection.glossary[id]
        return self._render(
            "term.html.j2", place, id=id, words=words, number=number, definition=self._in(term.definition)
        )

    # --- standards ---------------------------------------------------------------------------

    def standards_list(self, place: Place) -> str:
        """The standards with what each promises; part of the chapter about them."""
        return self._render(
            "standards.html.j2",
            place,
            status=self._in(self.collection.standards_status),
            standards=[
                (routes.standard(id), standard.code, self._in(standard.name), self._in(standard.principle))
                for id, standard in self.collection.standards.items()
            ],
        )

    def standard_page(self, id: str, standard: Standard, place: Place) -> str:
        """One standard with its indicators."""
        ids = list(self.collection.standards)
        at = ids.index(id)
        return self._render(
            "standard.html.j2",
            place,
            standard=standard,
            language=self.speaker.language,
            status=self._in(self.collection.standards_status),
            links=[address for address in standard.based_on if address not in OWN_BASES],
            own=[(_OWN_PAGES[basis], f"standard.basis_{basis}") for basis in standard.based_on if basis in OWN_BASES],
            crumbs=[
                *self._way_to(routes.GUIDELINE),
                (routes.STANDARDS, self.chapter(routes.STANDARDS).title),
            ],
            before=self._neighbour(ids[at - 1]) if at else None,
            after=self._neighbour(ids[at + 1]) if at + 1 < len(ids) else None,
        )

    def _neighbour(self, id: str) -> dict[str, str]:
        return {"page": routes.standard(id), "name": self._titled(self.collection.standards[id])}

    def _titled(self, standard: Standard) -> str:
        return self.speaker.say("standard.title", code=standard.code, name=self._in(standard.name))

    def self_assessment(self, place: Place) -> str:
        """All core indicators with boxes to tick, on two sheets of paper."""
        found = [
            (standard.code, self._in(standard.name), [one for one in standard.indicators if one.level == "core"])
            for standard in self.collection.standards.values()
        ]
        return self._render(
            "self-assessment.html.j2",
            place,
            standards=found,
            language=self.speaker.language,
            status=self._in(self.collection.standards_status),
            crumbs=self._crumbs(routes.ANNEXES, "annex.all"),
        )

    # --- sheets ------------------------------------------------------------------------------

    def worksheets(self, place: Place) -> str:
        """All worksheets, in the order of the chapters."""
        found = [
            (routes.worksheet(id), self._in(sheet.title), self._in(sheet.goal), self._minutes(sheet.minutes))
            for id, sheet in self.collection.worksheets.items()
        ]
        return self._render("sheets.html.j2", place, heading="sheet.all", about="sheet.about", sheets=found)

    def sheet_page(self, id: str, sheet: Sheet, place: Place) -> str:
        """The exercise of a chapter, on one sheet of paper."""
        page = next(page for page in self.chapters.order if self.chapters.id_of(page) == id)
        return self._sheet(
            sheet,
            place,
            self._crumbs(routes.WORKSHEETS, "sheet.all"),
            chapter=(page, self.chapter(page).title, self.chapters.number(page)),
        )

    def annex_page(self, sheet: Sheet, place: Place) -> str:
        """A form to fill in by hand."""
        return self._sheet(sheet, place, self._crumbs(routes.ANNEXES, "annex.all"), chapter=None)

    def _sheet(self, sheet: Sheet, place: Place, crumbs: list[tuple[str, str]], chapter: Any) -> str:
        return self._render(
            "sheet.html.j2",
            place,
            sheet=sheet,
            language=self.speaker.language,
            minutes=self._minutes(sheet.minutes) if sheet.steps else "",
            crumbs=crumbs,
            chapter=chapter,
        )

    def annexes(self, place: Place) -> str:
        """All annexes."""
        say = self.speaker.say
        found = [
            (routes.GLOSSARY, say("glossary.title"), say("glossary.about"), ""),
            (routes.annex(SELF_ASSESSMENT), say("assessment.title"), say("assessment.about"), ""),
            *(
                (routes.annex(id), self._in(sheet.title), self._in(sheet.goal), "")
                for id, sheet in self.collection.annexes.items()
            ),
            *(
                (routes.training(id), self._in(training.title), self._in(training.summary), "")
                for id, training in self.collection.trainings.items()
            ),
            (routes.annex(REGISTER), say("register.title"), say("register.about"), ""),
        ]
        return self._render("sheets.html.j2", place, heading="annex.all", about="annex.about", sheets=found)

    # --- programmes for trainers -------------------------------------------------------------

    def training_page(self, training: Training, place: Place) -> str:
        """A programme: what to prepare, and each day with its times."""
        return self._render(
            "training.html.j2",
            place,
            training=training,
            language=self.speaker.language,
            days=[(self._in(day.title), list(self._agenda(day))) for day in training.days],
            crumbs=self._way_to(routes.TRAINING),
        )

    def _agenda(self, day: TrainingDay) -> Iterator[dict[str, Any]]:
        """The parts of a day with the times that follow from its start."""
        start = datetime.combine(date.min, time.fromisoformat(day.start))
        for item in day.items:
            end = start + timedelta(minutes=item.minutes)
            yield {"times": f"{start:%H:%M}–{end:%H:%M}", "item": item, "sheets": list(self._sheets(item))}
            start = end

    def _sheets(self, item: AgendaItem) -> Iterator[tuple[str, str]]:
        for id in item.sheets:
            yield routes.worksheet(id), self._in(self.collection.worksheets[id].title)

    # --- the register ------------------------------------------------------------------------

    def register(self, place: Place) -> str:
        """The 64 municipalities by region, with their websites as far as they are known."""
        own = self.collection.copy.municipality
        regions: dict[str, list[dict[str, Any]]] = {}
        for id, municipality in self.collection.municipalities.items():
            regions.setdefault(municipality.region, []).append(
                {
                    "page": routes.municipality(id) if own in (None, id) else "",
                    "name": self._in(municipality.official),
                    "romanised": municipality.romanised,
                    "website": municipality.website,
                }
            )
        names = {id: self._in(region.name) for id, region in self.collection.regions.items()}
        known = sum(1 for one in self.collection.municipalities.values() if one.website)
        return self._render(
            "register.html.j2",
            place,
            regions=[(names[id], some) for id, some in regions.items()],
            known=known,
            total=len(self.collection.municipalities),
            crumbs=self._crumbs(routes.ANNEXES, "annex.all"),
        )


def _by_letter(entries: list[tuple[str, str, Any]]) -> list[tuple[str, list[tuple[str, str, Any]]]]:
    """Entries by the first letter of their names, in the order of the alphabet (code points, right for Georgian).

    Names in Latin letters (SMS, WCAG) stand after those in Georgian ones.
    """
    found: dict[str, list[tuple[str, str, Any]]] = {}
    first = {name: plain(name)[0] for name, _, _ in entries}
    georgian = any(not sign.isascii() for sign in first.values())

    def order(entry: tuple[str, str, Any]) -> tuple[bool, str]:
        return georgian and first[entry[0]].isascii(), plain(entry[0]).translate(_CAPITALS)

    for entry in sorted(entries, key=order):
        found.setdefault(first[entry[0]].translate(_CAPITALS), []).append(entry)
    return list(found.items())
