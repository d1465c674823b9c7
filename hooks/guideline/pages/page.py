"""A page made from data, and what all makers of pages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import routes
from ..cards import Place, render
from ..linked_data import Thing
from ..model import Collection
from ..pictures import Caption
from ..wording.speech import Speaker


def _nothing(site_url: str) -> list[Thing]:
    return []


@dataclass(frozen=True)
class Page:
    """A page of one language: how it is named, and how its body and headings are made.

    It is known by its address without the language ("programs/telavi/rent").
    """

    path: str
    language: str
    title: str
    description: str
    body: Callable[[Place], str]
    headings: Callable[[], list[Any]] = list
    moved_to: str = ""
    """The page that took the place of this one, whose address was a promise."""
    about: str = ""
    """The programme ("telavi/rent") or the municipality ("telavi") whose facts the page tells."""
    scripts: tuple[str, ...] = ()
    """What runs on this page and not on others: names of docs/assets/javascripts/*.js."""
    styles: tuple[str, ...] = ()
    """What only this page is dressed with: names of docs/assets/stylesheets/*.css."""
    indexed: bool = True
    """May search engines show the page?"""
    picture: Caption | None = None
    """The words of its own picture; a page without one has the site's."""
    picture_words: str = ""
    """What that picture shows, for those who do not see it."""
    things: Callable[[str], list[Thing]] = _nothing
    """What the page is about, for machines (JSON-LD), given the address of the site."""
    searched: bool = True
    """May the site's own search find it?"""

    @property
    def address(self) -> str:
        """Where the page stands on the site."""
        return routes.address(self.path, self.language)

    def html(self) -> str:
        """The body of the page, whose links start from its own address."""
        return self.body(Place(self.language, self.address))


class Maker:
    """Makes pages of one collection in one language."""

    def __init__(self, speaker: Speaker):
        self.speaker = speaker

    @property
    def collection(self) -> Collection:
        """What the pages are made from."""
        return self.speaker.collection

    def _page(self, path: str, title: str, description: str, body: Callable[[Place], str]) -> Page:
        return Page(path, self.speaker.language, title, description, body)

    def _crumbs(self, path: str, key: str) -> list[tuple[str, str]]:
        """The way from the home page to the page that is named by the phrase `key`."""
        return [("", self.speaker.say("page.home")), (path, self.speaker.say(key))]

    def _render(self, template: str, place: Place, **parts: Any) -> str:
        return render(template, place, say=self.speaker.say, **parts)
