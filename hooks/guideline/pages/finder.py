"""The finder: the page that leads to every programme, and the file from which its script answers.

Without script the page is lists of links. With it a form stands above them; its labels and options are in the page,
the programmes in a file of columns, which stays small because ids are numbers and shared words stand once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from .. import routes
from ..cards import Place
from ..kinds import kinds_of
from ..model import Program, Text
from ..wording.card import groups_of
from ..wording.steps import contact_blocks
from ..wording.trust import standing_lines
from .page import Maker, Page
from .programs import ProgramPages, with_card

COMMON_GROUP = 3
"""Programmes that a group of people must have to stand on the home page; the index has every group."""
FEW_GROUPS = 3
"""Where fewer groups are common, the home page has all of them: the copy is small."""
STEP = 20
"""Results that are shown at first, and with each "show more"."""
NOTHING = ("", "")
"""The line that stands first among the lines of the finder's file, for programmes that have none."""
_COUNTED = ("found", "finder.all", "finder.without")
_PLAIN = ("any", "option", "typed", "remove", "more", "nothing", "who")


@dataclass(frozen=True)
class Option:
    """One choice of a filter: under which key and id it stands in the address, and what it would leave."""

    key: str
    id: str
    name: str
    count: int


@dataclass(frozen=True)
class Filter:
    """One filter of the form; its options stand in groups, of which the heading may be empty."""

    key: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


class FinderPages(Maker):
    """The page of the finder in one language, the ways in on the home page, and the finder's file."""

    def __init__(self, programs: ProgramPages):
        super().__init__(programs.speaker)
        self.programs = programs

    def all(self) -> Iterator[Page]:
        """The one page that leads to all programmes."""
        say = self.speaker.say
        page = self._page(routes.PROGRAMS, say("page.programs"), self.programs.summary(), self.index)
        yield page if self.programs.none_yet() else replace(page, scripts=("finder",), styles=("finder",))

    def files(self) -> Iterator[tuple[str, str]]:
        """The finder's file: its address, and what is in it."""
        text = json.dumps(self.data(), ensure_ascii=False, separators=(",", ":"))
        yield routes.finder_data(self.speaker.language), text

    # --- the pages ---------------------------------------------------------------------------

    def index(self, place: Place) -> str:
        """The form, and the ways in to all programmes: by need, group, municipality and kind."""
        return self._render(
            "index.html.j2",
            place,
            filters=self.filters(),
            words=self._words(),
            total=len(self.programs.shown),
            number=self.speaker.number,
            data=routes.relative(routes.finder_data(self.speaker.language), place.base),
            step=STEP,
            summary=self.programs.summary(),
            none_yet=self.programs.none_yet(),
            own=self.programs.own_way(),
            **self.programs.ways(),
        )

    def overview(self, place: Place) -> str:
        """The short way in for the home page: a question, needs, the commonest groups, municipalities with cards."""
        ways, by_group = self.programs.ways(), self.programs.by_group
        common = {routes.group(id) for id, some in by_group.items() if len(with_card(some)) >= COMMON_GROUP}
        if len(common) >= FEW_GROUPS:
            ways["groups"] = [way for way in ways["groups"] if way[1] in common]
        towns = [town for _, some in ways["regions"] for town in some if town[2]]
        own, none_yet = self.programs.own_way(), self.programs.none_yet()
        return self._render("overview.html.j2", place, towns=towns, own=own, none_yet=none_yet, **ways)

    def _words(self) -> dict[str, Any]:
        """What the script says, with slots that it fills."""
        say = self.speaker.pattern
        counted = {key.removeprefix("finder."): {"one": say(key, 1), "other": say(key, 5)} for key in _COUNTED}
        plain = {key: say(f"finder.{key}") for key in _PLAIN}
        return {**counted, **plain, "comma": say("list.comma"), "ask": say("ask.city_hall")}

    # --- the filters -------------------------------------------------------------------------

    def filters(self) -> list[Filter]:
        """The filters of the form; the copy of one municipality does not ask where one lives."""
        by_kind = {id: [one for one in self.programs.shown if id in kinds_of(one)] for id in self._kinds()}
        found = [
            self._filter("group", "groups", self.programs.by_group),
            self._filter("need", "categories", self.programs.by_category),
            self._filter("kind", "benefit_kinds", {id: some for id, some in by_kind.items() if some}),
        ]
        places = self._places()
        return [Filter("municipality", places), *found] if sum(len(some) for _, some in places) > 1 else found

    def _kinds(self) -> list[str]:
        return list(self.collection.vocabulary["benefit_kinds"])

    def _filter(self, key: str, table: str, found: dict[str, list[Program]]) -> Filter:
        name = partial(self.programs.term_name, table)
        options = tuple(Option(key, id, name(id), len(with_card(some))) for id, some in found.items())
        return Filter(key, (("", options),))

    def _places(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Municipalities by region, those without programmes too: their reader is told whom to ask."""
        language = self.speaker.language
        found: dict[str, list[Option]] = {}
        for id, programs in self.programs.by_municipality.items():
            option = Option("municipality", id, self.programs.town(id), len(with_card(programs)))
            found.setdefault(self.collection.municipalities[id].region, []).append(option)
        return tuple(
            (name := self.collection.regions[id].name[language], (*self._whole(id, name, some), *some))
            for id, some in found.items()
        )

    def _whole(self, id: str, name: str, towns: list[Option]) -> Iterator[Option]:
        """The choice of a whole region, where it has more than one municipality."""
        if len(towns) > 1:
            words = self.speaker.say("finder.region", name=name)
            yield Option("region", id, words, sum(town.count for town in towns))

    # --- the file ----------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """All programmes as columns, in the order of the results: by municipality, then by name.

        In a column an id, a type or a sentence is its number in the list of that name; 0 stands for nothing.
        """
        municipalities, towns = self.collection.municipalities, list(self.programs.by_municipality)
        shown = [one for some in self.programs.by_municipality.values() for one in self._by_name(some)]
        regions = list(dict.fromkeys(municipalities[id].region for id in towns))
        lists = {
            "municipality": towns,
            "region": regions,
            "need": list(self.programs.by_category),
            "group": list(self.programs.by_group),
            "kind": self._kinds(),
            "type": list(self.programs.by_type),
        }
        return {
            **{key: some for key, some in lists.items() if key != "type"},
            "regions": [regions.index(municipalities[id].region) for id in towns],
            "types": [self._type(id, lists["need"]) for id in lists["type"]],
            "contacts": [self._contact(id) for id in towns],
            **self._columns(shown, lists),
        }

    def _by_name(self, programs: list[Program]) -> list[Program]:
        return sorted(with_card(programs), key=lambda one: (self.programs.card(one.key).name, one.id))

    def _type(self, id: str, needs: list[str]) -> list[Any]:
        type_ = self.collection.types[id]
        return [type_.name[self.speaker.language], type_.summary[self.speaker.language], needs.index(type_.category)]

    def _contact(self, id: str) -> list[list[str]]:
        """Whom to ask in a municipality: its own page, then the lines that one can call or write to."""
        municipality = self.collection.municipalities[id]
        lines = [
            line
            for block in contact_blocks(self.speaker, municipality.contacts, municipality.website)
            for line in block.lines
            if line.href or line.kind == "unknown"
        ]
        own = [municipality.official[self.speaker.language], f"{id}/"]
        return [own, *([line.text, line.href] if line.href else [line.text] for line in lines)]

    def _columns(self, programs: list[Program], lists: dict[str, list[str]]) -> dict[str, Any]:
        cards = [self.programs.card(program.key) for program in programs]
        states = [[(line.kind, line.text) for line in standing_lines(self.speaker, program)] for program in programs]
        later = [(card.later.kind, card.later.text) if card.later else NOTHING for card in cards]
        lines = list(dict.fromkeys([NOTHING, *chain.from_iterable(states), *later]))
        return {
            "id": [program.id for program in programs],
            "town": _numbers(lists["municipality"], (program.municipality for program in programs)),
            "type": _numbers(lists["type"], (program.type for program in programs)),
            "name": [self._own(program.name) for program in programs],
            "summary": [self._own(program.summary) for program in programs],
            "amount": [card.amount or 0 for card in cards],
            "groups": [_numbers(lists["group"], groups_of(self.speaker, program)) for program in programs],
            "kinds": [_numbers(lists["kind"], kinds_of(program)) for program in programs],
            "state": [_numbers(lines, state) for state in states],
            "until": [card.later.day.isoformat() if card.later and card.later.day else 0 for card in cards],
            "later": _numbers(lines, later),
            "lines": lines,
        }

    def _own(self, text: Text | None) -> str | int:
        """A text that the programme has besides its type's."""
        return text[self.speaker.language] if text else 0


def _numbers(ids: list[Any], some: Iterable[Any]) -> list[int]:
    """Each as its number in the list."""
    numbers = {id: number for number, id in enumerate(ids)}
    return [numbers[one] for one in some]
