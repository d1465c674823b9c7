"""Programmes as the search finds them: by name, place, type, group and everyday words before the text of the card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import routes
from ..model import SOURCE_LANGUAGES, Program, Text
from ..search import LIST, PLACE, Entry, telling
from ..wording.brief import age_in_short
from ..wording.card import groups_of, name_of
from ..wording.layout import Card
from .programs import ProgramPages


class ProgramSearch:
    """Entries for everything below /programs/ in one language."""

    def __init__(self, pages: ProgramPages):
        self.pages = pages
        self.collection = pages.collection
        self.language = pages.speaker.language

    def entries(self) -> Iterator[Entry]:
        """Every card, and every list of cards."""
        say = self.pages.speaker.say
        yield self._list(routes.PROGRAMS, say("page.programs"), self.pages.summary())
        yield from self._municipalities()
        yield from self._cards()
        for id in self.pages.by_type:
            type_ = self.collection.types[id]
            yield self._list(routes.type_(id), self._name(type_.name), self._name(type_.summary), self._type(id))
        for kind, table, route, ids in (
            ("category", "categories", routes.category, self.pages.by_category),
            ("group", "groups", routes.group, self.pages.by_group),
        ):
            for id in ids:
                name = self._term(table, id)
                title, summary = say(f"page.{kind}_title", name=name), say(f"page.{kind}_summary", name=name)
                yield self._list(route(id), title, summary, self._everyday(table, id))

    def _list(self, page: str, title: str, summary: str, leads: Iterable[str] = ()) -> Entry:
        return Entry(routes.address(page, self.language), title, summary, tuple(filter(None, leads)), weight=LIST)

    def _municipalities(self) -> Iterator[Entry]:
        speaker = self.pages.speaker
        for id, programs in self.pages.by_municipality.items():
            town = self.collection.municipalities[id]
            forms = speaker.municipality(town)
            region = self._name(self.collection.regions[town.region].name)
            summary = speaker.say("page.municipality_summary", municipality=forms)
            title = speaker.say("page.municipality", municipality=forms)
            names = (town.name[language] for language in SOURCE_LANGUAGES)
            listed = " ".join(name_of(speaker, program) for program in programs if program.listed == "name-only")
            address = routes.address(routes.municipality(id), self.language)
            yield Entry(address, title, summary, (*names, region), listed, PLACE)

    def _cards(self) -> Iterator[Entry]:
        cards = [self.pages.card(program.key) for program in self.pages.shown]
        ages = [age_in_short(self.pages.speaker, program) for program in self.pages.shown]
        shown = [_shown(card, age) for card, age in zip(cards, ages, strict=True)]
        more = telling([_text(card) for card in cards], shown)
        for program, card, text, words in zip(self.pages.shown, cards, shown, more, strict=True):
            address = routes.address(routes.program(program.key), self.language)
            town = self._name(self.collection.municipalities[program.municipality].name)
            yield Entry(address, f"{card.name} · {town}", text, tuple(filter(None, self._leads(program))), words)

    def _leads(self, program: Program) -> Iterator[str]:
        yield from self._type(program.type)
        for group in groups_of(self.pages.speaker, program):
            yield from (self._term("groups", group), *self._everyday("groups", group))
        yield self._term("categories", self.collection.types[program.type].category)

    def _type(self, id: str) -> Iterator[str]:
        """The name of a type and its everyday words, in every language: people mix them."""
        type_ = self.collection.types[id]
        for language in SOURCE_LANGUAGES:
            words = type_.search_words.of(language) if type_.search_words else ()
            yield " ".join((type_.name[language], *words))

    def _everyday(self, table: str, id: str) -> Iterator[str]:
        words = self.collection.vocabulary[table][id].search_words
        for language in SOURCE_LANGUAGES:
            yield " ".join(words.of(language) if words else ())

    def _term(self, table: str, id: str) -> str:
        forms = self.pages.speaker.term(table, id)
        return forms.get("many") or forms["one"]

    def _name(self, text: Text) -> str:
        return text[self.language]


def _shown(card: Card, age: str) -> str:
    """What a result says of a card: of which time it is if that is over, how much, for whom, which papers."""
    known = (f"{part.label}: {part.words}" for part in card.glance if part.known)
    return " · ".join(part for part in (age, card.amount, card.summary, *known) if part)


def _text(card: Card) -> str:
    return " ".join((card.official_name, *(line.text for line in card.lines())))
