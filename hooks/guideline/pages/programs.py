"""The pages of programmes: cards, municipalities, kinds, needs, groups, and the way in to them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from .. import routes
from ..cards import Place, card_html, toc_tokens
from ..linked_data import card_things
from ..model import Archived, Program
from ..pictures import Caption
from ..wording.aloud import spoken
from ..wording.board import by_need
from ..wording.brief import description, note, picture_words
from ..wording.card import ask_words, card, groups_of, name_of
from ..wording.editions import History
from ..wording.faults import fault_line
from ..wording.layout import Block, Card, Line
from ..wording.messages import messages
from ..wording.origin import host, year_of
from ..wording.speech import Speaker
from ..wording.steps import contact_blocks, first_phone, local_number, phone_of, tel
from ..wording.trust import expired
from ..wording.village import village
from .page import Maker, Page


class ProgramPages(Maker):
    """The pages of programmes in one language."""

    def __init__(self, speaker: Speaker, site_url: str = ""):
        super().__init__(speaker)
        self.site_url = site_url
        self.history = History(speaker)
        self._cards: dict[str, Card] = {}

    def card(self, key: str) -> Card:
        """The card of a programme, made once."""
        if key not in self._cards:
            made = card(self.speaker, self._programs[key])
            self._cards[key] = leading_to(made, self.by_type, self.is_example(key))
        return self._cards[key]

    @cached_property
    def _programs(self) -> dict[str, Program]:
        return {program.key: program for program in (*self.collection.programs, *self.collection.examples_shown)}

    def is_example(self, key: str) -> bool:
        """Is it quoted here only, without a page of its own?"""
        return key in self._examples

    @cached_property
    def _examples(self) -> frozenset[str]:
        return frozenset(program.key for program in self.collection.examples_shown)

    @cached_property
    def shown(self) -> tuple[Program, ...]:
        """The programmes that have a card."""
        return tuple(with_card(self.collection.programs))

    @cached_property
    def by_municipality(self) -> dict[str, list[Program]]:
        """Programmes by municipality, in the order of the register; those without any included.

        The copy of one municipality has that one only.
        """
        own = self.collection.copy.municipality
        return self._sorted([own] if own else self.collection.municipalities, lambda program: (program.municipality,))

    @cached_property
    def by_type(self) -> dict[str, list[Program]]:
        """Programmes by kind; kinds without a card left out."""
        return self._used(self.collection.types, lambda program: (program.type,))

    @cached_property
    def by_category(self) -> dict[str, list[Program]]:
        """Programmes by need."""
        types = self.collection.types
        return self._used(self.collection.vocabulary["categories"], lambda program: (types[program.type].category,))

    @cached_property
    def by_group(self) -> dict[str, list[Program]]:
        """Programmes by group of people."""
        return self._used(self.collection.vocabulary["groups"], partial(groups_of, self.speaker))

    def _sorted(self, ids: Any, keys: Callable[[Program], tuple[str, ...]]) -> dict[str, list[Program]]:
        found: dict[str, list[Program]] = {id: [] for id in ids}
        for program in self.collection.programs:
            for key in keys(program):
                found[key].append(program)
        return found

    def _used(self, ids: Any, keys: Callable[[Program], tuple[str, ...]]) -> dict[str, list[Program]]:
        return {id: some for id, some in self._sorted(ids, keys).items() if with_card(some)}

    @cached_property
    def _earlier_of(self) -> dict[str, list[Sequence[Archived]]]:
        """Cards of years that are over by municipality, those of one programme together."""
        found: dict[str, list[Sequence[Archived]]] = {}
        for some in self.collection.earlier.values():
            found.setdefault(some[0].municipality, []).append(some)
        return found

    def beside_others(self, id: str) -> bool:
        """Does a page compare this municipality with others? It needs a source, and others that have one too."""
        return bool(self.by_municipality.get(id)) and sum(map(bool, self.by_municipality.values())) > 1

    # --- the pages ---------------------------------------------------------------------------

    def all(self) -> Iterator[Page]:
        """Every page, in the order of the addresses that people would read."""
        say = self.speaker.say
        for id, some in self.by_municipality.items():
            yield self._municipality(id, some)
        for program in self.shown:
            yield self._card(program)
            for former in program.former_ids:
                yield self._moved(program, former)
        yield from self._earlier()
        for kind, table, route, found in (
            ("category", "categories", routes.category, self.by_category),
            ("group", "groups", routes.group, self.by_group),
        ):
            for id, some in found.items():
                name = self.term_name(table, id)
                title, summary = say(f"page.{kind}_title", name=name), say(f"page.{kind}_summary", name=name)
                narrowed = {"need" if kind == "category" else kind: id}
                yield self._page(route(id), title, summary, partial(self.list_page, title, some, narrowed))

    def term_name(self, table: str, id: str) -> str:
        """A need, a group or a kind of benefit as it stands above a list."""
        forms = self.speaker.term(table, id)
        return forms.get("many") or forms["one"]

    def town(self, id: str) -> str:
        """The short name of a municipality."""
        return self.collection.municipalities[id].name[self.speaker.language]

    def _kind(self, id: str) -> str:
        return self.collection.types[id].name[self.speaker.language]

    def _municipality(self, id: str, programs: list[Program]) -> Page:
        forms = self.speaker.municipality(self.collection.municipalities[id])
        title = self.speaker.say("page.municipality", municipality=forms)
        summary = self.speaker.say("page.municipality_summary", municipality=forms)
        listed = village(self.speaker, id)
        by_unit = ("village",) if listed and listed.units else ()
        searched = ("village",) if listed and listed.searchable else ()
        return Page(
            routes.municipality(id),
            self.speaker.language,
            title,
            summary,
            partial(self.municipality_page, id, programs),
            scripts=("keeping", *searched),
            styles=by_unit,
            about=id,
        )

    def _card(self, program: Program) -> Page:
        made = self.card(program.key)
        title = self.speaker.say("page.card_title", name=made.name, place=made.place)
        return Page(
            routes.program(program.key),
            self.speaker.language,
            title,
            description(self.speaker, program, made),
            partial(self.card_page, program),
            partial(toc_tokens, made),
            indexed=self._vouched_for(program) or self.collection.copy.index_unconfirmed,
            picture=self._caption(program),
            picture_words=picture_words(self.speaker, program, made),
            things=partial(card_things, self.speaker, program, made),
            about=program.key,
            scripts=("card",),
        )

    def _vouched_for(self, program: Program) -> bool:
        """Has the municipality confirmed it, and is its time not over?"""
        return program.review.status == "confirmed" and not expired(program, self.speaker.today)

    def _caption(self, program: Program) -> Caption:
        """What the picture of a card says."""
        made = self.card(program.key)
        return Caption(
            site=self.collection.copy.name[self.speaker.language],
            name=made.name,
            amount=made.amount,
            place=made.place,
            note=note(self.speaker, program),
            sure=self._vouched_for(program),
        )

    def _moved(self, program: Program, former: str) -> Page:
        made = self.card(program.key)
        new = routes.program(program.key)
        old = routes.program(f"{program.municipality}/{former}")
        body = partial(self._render, "moved.html.j2", name=made.name, new=new)
        return Page(old, self.speaker.language, made.name, made.summary, body, moved_to=new, indexed=False)

    def _earlier(self) -> Iterator[Page]:
        """Cards of years that are over at the addresses of their years, and a word where no other took their place."""
        for key, some in self.collection.earlier.items():
            for past in some:
                yield self._past(past)
            if key not in self._programs or self._programs[key].listed != "card":
                yield self._gone(some)

    def _past(self, past: Archived) -> Page:
        made = card(self.speaker, past)
        about: dict[str, Any] = {"name": made.name, "place": made.place, "y": past.of_year}
        return Page(
            routes.past(past.key, past.of_year),
            self.speaker.language,
            self.speaker.say("page.past_title", **about),
            self.speaker.say("page.past_summary", **about),
            partial(self.past_page, past, made),
            partial(toc_tokens, made),
            indexed=False,
            about=past.key,
            searched=False,
        )

    def _gone(self, some: Sequence[Archived]) -> Page:
        """What stands at the usual address of a programme that is no longer on the list: addresses are promises."""
        name, place = name_of(self.speaker, some[0]), self._official(some[0])
        return Page(
            routes.program(some[0].key),
            self.speaker.language,
            self.speaker.say("page.card_title", name=name, place=place),
            self.speaker.say("page.gone_summary", name=name, place=place),
            partial(self.gone_page, some, name),
            indexed=False,
            about=some[0].municipality,
            searched=False,
        )

    def _official(self, program: Program) -> str:
        return self.collection.municipalities[program.municipality].official[self.speaker.language]

    # --- their bodies ------------------------------------------------------------------------

    def card_page(self, program: Program, place: Place) -> str:
        """A programme's own page: the card, and its neighbours in the same municipality."""
        own = with_card(self.by_municipality[program.municipality])
        at = own.index(program)
        address = self.site_url + routes.address(routes.program(program.key), self.speaker.language)
        edition = self.history.edition_of(program.key.__eq__)
        return self._render(
            "card-page.html.j2",
            place,
            card=self.card(program.key),
            spoken=spoken(self.speaker),
            messages=messages(self.speaker, program, self.card(program.key), address.split("://", 1)[-1]),
            code=f"{address}?e={edition.code}" if edition else address,
            address=address,
            crumbs=self._way_to(program),
            before=self._link(own[at - 1]) if at else None,
            after=self._link(own[at + 1]) if at + 1 < len(own) else None,
            type=routes.type_(program.type),
            towns=len({other.municipality for other in self.by_type[program.type]}),
            earlier=self._years(self.collection.earlier.get(program.key, ())),
        )

    def past_page(self, past: Archived, made: Card, place: Place) -> str:
        """The card of a year that is over, without what helps with applying today."""
        return self._render("past.html.j2", place, card=made, crumbs=self._way_to(past))

    def gone_page(self, some: Sequence[Archived], name: str, place: Place) -> str:
        """That a programme is no longer on the list, whom to ask, and its cards of earlier years."""
        municipality = self.collection.municipalities[some[0].municipality]
        words, phone = ask_words(self.speaker, some[0], municipality), phone_of(some[0], municipality)
        return self._render(
            "gone.html.j2",
            place,
            name=name,
            town=some[0].municipality,
            ask=Line(words, dial=(local_number(phone), tel(phone)) if phone else None),
            earlier=self._years(some),
            crumbs=self._way_to(some[0]),
        )

    def _years(self, some: Sequence[Archived]) -> list[tuple[int, str]]:
        """Years and pages of cards of years that are over."""
        return [(past.of_year, routes.past(past.key, past.of_year)) for past in some]

    def fault(self, about: str, title: str, path: str, address: str) -> str:
        """Where a reader of a page says that something on it is wrong; empty where nobody is known.

        `about` is what the page tells the facts of, `path` its address on the site, `address` the whole one.
        """
        program = self._programs.get(about)
        municipality = self.collection.municipalities.get(about.partition("/")[0])
        if program and municipality:
            title, phone = self.card(about).name, phone_of(program, municipality)
        else:
            phone = first_phone(municipality.contacts) if municipality else None
        line = fault_line(self.speaker, municipality, phone, title, about or path or "/", address)
        return self._render("fault.html.j2", Place(self.speaker.language, address), line=line) if line else ""

    def _way_to(self, program: Program) -> list[tuple[str, str]]:
        town = program.municipality
        return [*self._top(), (routes.municipality(town), self.town(town))]

    def municipality_page(self, id: str, programs: list[Program], place: Place) -> str:
        """All programmes of a municipality, by need."""
        municipality = self.collection.municipalities[id]
        return self._render(
            "municipality.html.j2",
            place,
            municipality=self.speaker.municipality(municipality),
            region=municipality.region and self.collection.regions[municipality.region].name[self.speaker.language],
            website=municipality.website,
            contacts=list(contact_blocks(self.speaker, municipality.contacts, None)) if municipality.contacts else [],
            needs=self._by_need(programs),
            village=village(self.speaker, id),
            names=self.names_only(programs),
            none_yet=self.none_yet(),
            earlier=[(name_of(self.speaker, some[0]), self._years(some)) for some in self._earlier_of.get(id, ())],
            compared=routes.compared(id) if self.beside_others(id) else "",
            crumbs=self._top(),
            keep_id=id,
            keep_list=routes.kept_list(self.speaker.language, id),
        )

    def list_page(self, name: str, programs: list[Program], choice: dict[str, str], place: Place) -> str:
        """Programmes of one need or for one group, by municipality; `choice` is the same list in the finder."""
        shown = with_card(programs)
        by_place: dict[str, list[dict[str, str]]] = {}
        for program in shown:
            by_place.setdefault(program.municipality, []).append(self._link(program))
        towns = [(self.town(id), id, some) for id, some in by_place.items()]
        return self._render(
            "list.html.j2", place, name=name, towns=towns, count=len(shown), choice=choice, crumbs=self._top()
        )

    def counts(self, place: Place) -> str:
        """How many programmes of how many municipalities there are."""
        towns = {program.municipality for program in self.shown}
        names = len(self.collection.programs) - len(self.shown)
        about: dict[str, Any] = {"programs": self._count(self.shown), "municipalities": len(towns), "names": names}
        about["confirmed"] = sum(program.review.status == "confirmed" for program in self.shown)
        if self.own:
            about["municipality"] = self._forms(self.own)
        words = self.speaker.say(f"about_data.{self._counted(names)}", **about)
        return self._render("sentence.html.j2", place, words=words)

    def _counted(self, names: int) -> str:
        """The sentence that tells the counts: the copy of one municipality speaks of that one."""
        if self.collection.copy.municipality is None:
            return "counts"
        if not self.shown:
            return "names_own" if names else "none"
        return "counts_own_names" if names else "counts_own"

    @property
    def own(self) -> str | None:
        """The municipality whose copy this is."""
        return self.collection.copy.municipality

    def summary(self) -> str:
        """What the page of all programmes holds, in a sentence."""
        if self.own is None:
            return self.speaker.say("page.programs_summary")
        return self.speaker.say("page.programs_summary_own", municipality=self._forms(self.own))

    def _forms(self, id: str) -> Any:
        return self.speaker.municipality(self.collection.municipalities[id])

    def none_yet(self) -> str:
        """In the copy of one municipality: that it has no card yet, and what that does not mean."""
        if self.own is None or self.shown:
            return ""
        return self.speaker.say("page.no_programs" if self.collection.programs else "own.none")

    def own_way(self) -> dict[str, Any] | None:
        """The way to the page of the copy's own municipality, and whom to ask there."""
        if self.own is None:
            return None
        contacts = self.collection.municipalities[self.own].contacts
        return {
            "name": self.speaker.say("page.municipality", municipality=self._forms(self.own)),
            "page": routes.municipality(self.own),
            "count": self._count(self.shown),
            "contacts": list(contact_blocks(self.speaker, contacts, None)) if contacts else [],
        }

    def ways(self) -> dict[str, Any]:
        """The lists that lead to programmes: by municipality, need, group and type; each entry says how many."""
        return {
            "regions": self._regions(),
            "needs": [
                (self.term_name("categories", id), routes.category(id), self._count(some))
                for id, some in self.by_category.items()
            ],
            "groups": [
                (self.term_name("groups", id), routes.group(id), self._count(some))
                for id, some in self.by_group.items()
            ],
            "types": [(self._kind(id), routes.type_(id), self._count(some)) for id, some in self.by_type.items()],
        }

    def _regions(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Regions with their municipalities; those that have cards first say how many."""
        language = self.speaker.language
        found: dict[str, list[tuple[str, str, str]]] = {}
        for id, programs in self.by_municipality.items():
            entry = (self.town(id), routes.municipality(id), self._count(programs))
            found.setdefault(self.collection.municipalities[id].region, []).append(entry)
        return [(self.collection.regions[id].name[language], some) for id, some in found.items()]

    def _count(self, programs: Iterable[Program]) -> str:
        n = len(with_card(programs))
        return self.speaker.say("page.program_count", count=n, n=self.speaker.number(n)) if n else ""

    def _by_need(self, programs: list[Program]) -> list[tuple[str, list[dict[str, str]]]]:
        needs = by_need(self.speaker, with_card(programs))
        return [(need, [self._link(program) for program in some]) for need, some in needs]

    def _link(self, program: Program) -> dict[str, str]:
        made = self.card(program.key)
        return {"page": routes.program(program.key), "name": made.name, "amount": made.amount, "summary": made.summary}

    def names_only(self, programs: Iterable[Program]) -> list[dict[str, str]]:
        """Those of which only the name is known: the name, its source, and that it is so."""
        return [self._name_only(program) for program in programs if program.listed == "name-only"]

    def _name_only(self, program: Program) -> dict[str, str]:
        year = year_of(program)
        key = "name_only.dated" if year else "name_only.undated"
        return {
            "name": name_of(self.speaker, program),
            "municipality": self.town(program.municipality),
            "words": self.speaker.say(key, y=year),
            "href": program.sources[0].url,
        }

    def _top(self) -> list[tuple[str, str]]:
        return self._crumbs(routes.PROGRAMS, "page.programs")

    def quoted_card(self, key: str, place: Place) -> str:
        """A card as it stands in a chapter; that of another municipality says so and leads to its source."""
        if not self.is_example(key):
            return card_html(self.card(key), place, self.speaker.say)
        program, say = self._programs[key], self.speaker.say
        own = program.municipality == self.collection.copy.municipality
        forms = self.speaker.municipality(self.collection.municipalities[program.municipality])
        words = say("example.own") if own else say("example.other", municipality=forms)
        source = (program.sources[0].url, say("example.source", site=host(program.sources[0].url)))
        return card_html(self.card(key), replace(place, example=True), say, example=words, source=source)


def leading_to(card: Card, types: Iterable[str], example: bool) -> Card:
    """The card whose lines lead to pages that this copy has: types of programmes, and its own villages.

    An example has no button: whoever reads it lives elsewhere.
    """
    known = frozenset(types)
    if not example and all(not line.type or line.type in known for line in card.lines()):
        return card

    def of_line(line: Line) -> Line:
        type, village = line.type if line.type in known else "", "" if example else line.village
        return replace(line, lines=tuple(map(of_line, line.lines)), type=type, village=village)

    def of_block(block: Block) -> Block:
        return replace(block, lines=tuple(map(of_line, block.lines)))

    sections = tuple(replace(one, blocks=tuple(map(of_block, one.blocks))) for one in card.sections)
    call, write = (None, None) if example else (card.call, card.write)
    return replace(card, status=tuple(map(of_line, card.status)), sections=sections, call=call, write=write)


def with_card(programs: Iterable[Program]) -> list[Program]:
    """Those of which more than the name is known."""
    return [program for program in programs if program.listed == "card"]
