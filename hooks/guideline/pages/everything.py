"""All pages that the data make in one language, and what a chapter quotes from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .. import manifest
from ..cards import Place, render
from ..chapters import Chapters
from ..figures import figure_html
from ..model import Collection
from ..search import Entry
from ..wording.speech import Speaker
from .comparison import ComparisonPages
from .editions import EditionFiles
from .finder import FinderPages
from .guideline import GuidelinePages
from .offline import OfflinePages
from .page import Page
from .programs import ProgramPages
from .questions import QuestionPages
from .search import ProgramSearch


class Pages:
    """All pages that one copy makes in one language."""

    def __init__(self, collection: Collection, chapters: Chapters, language: str, today: date, site_url: str = ""):
        self.collection = collection
        self.speaker = Speaker(language, collection, today)
        self.programs = ProgramPages(self.speaker, site_url)
        self.comparison = ComparisonPages(self.programs, chapters)
        self.editions = EditionFiles(self.programs)
        self.finder = FinderPages(self.programs)
        self.questions = QuestionPages(self.programs)
        self.guideline = GuidelinePages(self.speaker, chapters)
        self.offline = OfflinePages(self.speaker)

    def all(self) -> Iterator[Page]:
        """Every page: programmes and what compares them, the guideline's, what concerns the reader's phone."""
        yield from self.finder.all()
        yield from self.programs.all()
        yield from self.comparison.all()
        yield self.questions.page()
        yield from self.guideline.all()
        yield from self.offline.all()

    def files(self) -> Iterator[tuple[str, str]]:
        """The files that scripts of this language read: their addresses, and what is in them."""
        yield (
            f"manifest.{self.speaker.language}.webmanifest",
            manifest.text(self.collection.copy, self.speaker.language, self._short_name()),
        )
        yield from self.finder.files()
        yield from self.questions.files()
        yield from self.editions.files()

    def _short_name(self) -> str:
        """The name of the municipality whose copy this is."""
        own = self.collection.copy.municipality
        return self.collection.municipalities[own].name[self.speaker.language] if own else ""

    def fault_html(self, page: Page | None, title: str, path: str, address: str) -> str:
        """What the foot of a page says about faults; `page` where the data make it, `address` its whole address."""
        return self.programs.fault(page.about if page else "", title, path, address)

    def entries(self) -> Iterator[Entry]:
        """What the search knows of programmes; of all other pages it reads what they say."""
        return ProgramSearch(self.programs).entries()

    def borrowed_notice(self) -> str:
        """What a page says above when some of its words stand in Georgian; that of a draft has a notice anyway."""
        alone, words = not self.collection.is_draft(self.speaker.language), self.speaker.say("language.borrowed")
        return render("borrowed.html.j2", Place(self.speaker.language, ""), words=words, alone=alone)

    def quote(self, name: str, argument: str, place: Place) -> str:
        """What stands where a chapter says {{ name("argument") }}."""
        named: dict[str, Callable[[str, Place], str]] = {
            "card": self.programs.quoted_card,
            "table": self.comparison.table,
            "figure": self._figure,
            "messages": self.guideline.messages_list,
        }
        whole: dict[str, Callable[[Place], str]] = {
            "overview": self.finder.overview,
            "counts": self.programs.counts,
            "standards": self.guideline.standards_list,
            "chapters": self.guideline.chapters_list,
        }
        return named[name](argument, place) if name in named else whole[name](place)

    def _figure(self, id: str, place: Place) -> str:
        return figure_html(self.collection.figures[id], id, place, self.speaker)
