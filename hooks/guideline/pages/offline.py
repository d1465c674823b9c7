"""The page about what opens without a connection: what a reader sees instead of a page that is not saved."""

from __future__ import annotations

from collections.abc import Iterator

from .. import routes
from ..cards import Place
from ..wording.steps import contact_blocks
from .page import Maker, Page


class OfflinePages(Maker):
    """The one page of each language that a phone keeps for itself."""

    def all(self) -> Iterator[Page]:
        """The page itself."""
        say = self.speaker.say
        yield Page(
            routes.OFFLINE,
            self.speaker.language,
            say("offline.title"),
            say("offline.about"),
            self.page,
            scripts=("offline",),
            indexed=False,
            searched=False,
        )

    def page(self, place: Place) -> str:
        """What is saved (listed by a script from the phone itself), how it comes about, whom to call meanwhile."""
        own = self.collection.copy.municipality
        contacts = self.collection.municipalities[own].contacts if own else ()
        return self._render(
            "offline.html.j2",
            place,
            contacts=list(contact_blocks(self.speaker, contacts, None)) if contacts else [],
            crumbs=[("", self.speaker.say("page.home"))],
        )
