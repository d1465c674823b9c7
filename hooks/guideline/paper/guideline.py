"""The guideline on paper: chapters, the whole as a book, worksheets, annexes, a pack for each training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import routes
from ..pages.guideline import REGISTER, SELF_ASSESSMENT, GuidelinePages
from ..pages.page import Page
from . import reading
from .imposition import booklet
from .sheets import Data, Desk, Sheet

BODY = {"a4": 11, "a5": 9.5}
"""Sizes of the words in points by the size of the paper."""
_ANSWERS = "/answers"


class Library:
    """All that the guideline's readers can print in one language, from the built pages of a site."""

    def __init__(self, desk: Desk, pages: GuidelinePages, site: Path, kept: Path):
        self.desk = desk
        self.pages = pages
        self.site = site
        self.kept = kept

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet: chapters and their booklets, the book, worksheets, annexes, packs."""
        for page in self.pages.chapters.order:
            yield from self._both(page, page, [("chapter", page)])
        yield from self._both("guideline", routes.GUIDELINE, list(self._book()), **self._cover())
        for page in (*self._worksheets(), *self._annexes()):
            yield self._sheet(page, page, [("sheet", page)])
        for id, training in self.pages.collection.trainings.items():
            named = (one for day in training.days for item in day.items for one in item.sheets)
            yield self._pack(id, self._titles[routes.training(id)], dict.fromkeys(named))

    # --- what stands in what -----------------------------------------------------------------

    def _book(self) -> Iterator[tuple[str, str]]:
        yield from (("chapter", page) for page in self.pages.chapters.order)
        yield "glossary", routes.GLOSSARY
        yield "divider", routes.WORKSHEETS
        yield from (("inner-sheet", page) for page in self._worksheets())
        yield "divider", routes.ANNEXES
        yield from (("inner-sheet", page) for page in self._annexes() if page != routes.annex(REGISTER))

    def _worksheets(self) -> list[str]:
        return [routes.worksheet(id) for id in self.pages.collection.worksheets]

    def _annexes(self) -> list[str]:
        ids = (SELF_ASSESSMENT, *self.pages.collection.annexes, REGISTER)
        return [routes.annex(id) for id in ids]

    def _pack(self, id: str, name: str, sheets: Iterable[str]) -> Sheet:
        """The agenda, the sheets that it names, and the answers at the end, for the trainer's eyes."""
        say = self.desk.speaker.say
        page, some = routes.training(id), [routes.worksheet(id) for id in sheets]
        answered = [one + _ANSWERS for one in some if one + _ANSWERS in self._bodies]
        parts = [("agenda", page), *(("sheet", one) for one in some)]
        if answered:
            parts += [("answers-head", _ANSWERS), *(("answers", one) for one in answered)]
        head = {"title": say("book.pack", name=name), "about": say("book.pack_about")}
        return self._sheet(f"{page}-pack", page, parts, head=head, contents=say("book.contents"), title=head["title"])

    # --- sheets ------------------------------------------------------------------------------

    def _both(self, path: str, page: str, parts: list[tuple[str, str]], **more: Any) -> Iterator[Sheet]:
        """As sheets of A4, and as a booklet to fold."""
        yield self._sheet(path, page, parts, **more)
        yield self._sheet(f"{path}-booklet", page, parts, paper="a5", **more)

    def _sheet(
        self, path: str, page: str, parts: list[tuple[str, str]], paper: str = "a4", title: str = "", **more: Any
    ) -> Sheet:
        def data() -> Data:
            return self._data(page, parts, paper, title or self._titles[page]) | more

        folded = paper == "a5"
        return Sheet(
            f"{self.desk.language}/{path}.pdf",
            "reading",
            data,
            page,
            accessible=not folded,
            body="\n\n".join(self._part(kind, name) for kind, name in parts),
            finish=booklet if folded else None,
        )

    def _part(self, kind: str, name: str) -> str:
        """A page as an argument of the template's function for its kind."""
        body = self._bodies.get(name)
        return f'#{kind}("{name}")[\n{body.markup if body else ""}\n]'

    def _data(self, page: str, parts: list[tuple[str, str]], paper: str, title: str) -> Data:
        names = [name for _, name in parts]
        say, day = self.desk.speaker.say, self.desk.speaker.day(self.desk.speaker.today)
        return self.desk.data(
            title,
            page,
            paper=paper,
            size=BODY[paper],
            edition=say("book.edition", day=day),
            abouts={name: self._made[name].description for kind, name in parts if kind == "divider"},
            titles={name: self._titles[name] for name in names},
            numbers={name: number for name in names if (number := self.pages.chapters.number(name))},
            drawings={name: body.drawings for name in names if (body := self._bodies.get(name))},
            scan=say("book.scan"),
            cover=None,
            head=None,
            contents=None,
            closing=parts[-1][0] != "sheet",
        )

    def _cover(self) -> Data:
        say, name = self.desk.speaker.say, self.pages.collection.copy.name[self.desk.language]
        cover = {"title": name, "about": say("book.subtitle")}
        return {"cover": cover, "contents": say("book.contents"), "title": f"{name}: {cover['about']}"}

    # --- pages of the site -------------------------------------------------------------------

    @cached_property
    def _made(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages.all()}

    @cached_property
    def _titles(self) -> dict[str, str]:
        say = self.desk.speaker.say
        found = {path: page.title for path, page in self._made.items()}
        found |= {page: self.pages.chapter(page).title for page in self.pages.chapters.order}
        found |= {f"{page}{_ANSWERS}": found[page] for page in self._worksheets()}
        return found | {_ANSWERS: say("sheet.answers")}

    @cached_property
    def _bodies(self) -> dict[str, reading.Body]:
        trainings = [routes.training(id) for id in self.pages.collection.trainings]
        names = [*self.pages.chapters.order, routes.GLOSSARY, *self._worksheets(), *self._annexes(), *trainings]
        html = {name: reading.article(self._file(name)) for name in names}
        for name in self._worksheets():
            if answers := reading.answers(self._file(name)):
                html[name + _ANSWERS] = answers
        return reading.bodies(html, self.kept)

    def _file(self, page: str) -> Path:
        return self.site / routes.address(page, self.desk.language) / "index.html"
