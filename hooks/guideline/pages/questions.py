"""The page "Is there something for me?": six questions, and for each municipality what answers them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from .. import routes
from ..cards import Place
from ..model import QUESTIONS, Condition, Program
from ..rules import Reason, Rule, Rules, Saying, Tick
from ..wording.card import ask_words
from ..wording.conditions import fact_words, fill_form, form_of
from ..wording.speech import Speaker
from ..wording.steps import first_phone, local_number, tel
from .page import Maker, Page
from .programs import ProgramPages, with_card

SCORE_ANSWERS = ("number", "has", "applied", "none", "skip")
SCRIPT_WORDS = (
    "where_first",
    "failed",
    "nothing_else",
    "yes",
    "perhaps",
    "no",
    "same_person",
    "one_of",
    "choice",
    "to_result",
)
TOWN = "MUNICIPALITY"
"""Stands for the municipality in the address of the data."""
MOST_AGES = {"minor": 12, "adult": 8}
"""How many ages the page lets one give; the ages of further people stay unknown."""


class QuestionPages(Maker):
    """The page of questions in one language, and its data."""

    def __init__(self, programs: ProgramPages):
        super().__init__(programs.speaker)
        self.programs = programs
        self.rules = Rules(self.collection)

    def page(self) -> Page:
        """The page itself: the questions wait for their script; without it there are lists."""
        say = self.speaker.say
        if self.programs.none_yet():
            return self._page(routes.FOR_ME, say("for_me.title"), say("for_me.summary"), self._nothing_yet)
        return Page(
            routes.FOR_ME,
            self.speaker.language,
            say("for_me.title"),
            say("for_me.summary"),
            self._body,
            scripts=("questions",),
            styles=("questions",),
        )

    def _body(self, place: Place) -> str:
        towns = sorted((self._name(id), id, bool(some)) for id, some in self.by_municipality.items())
        return self._render(
            "questions.html.j2",
            place,
            questions=QUESTIONS,
            scores=SCORE_ANSWERS,
            most_ages=MOST_AGES,
            towns=towns,
            data=routes.relative(routes.for_me_data(TOWN, place.language), place.base),
            words=self._words(),
            crumbs=self._crumbs(routes.PROGRAMS, "page.programs"),
            **self.programs.ways(),
        )

    def _nothing_yet(self, place: Place) -> str:
        """The page of a copy that has no programme yet: nothing to ask about."""
        return self._render(
            "none-yet.html.j2",
            place,
            title=self.speaker.say("for_me.title"),
            none_yet=self.programs.none_yet(),
            own=self.programs.own_way(),
            crumbs=self._crumbs(routes.PROGRAMS, "page.programs"),
        )

    def _name(self, municipality: str) -> str:
        return self.collection.municipalities[municipality].name[self.speaker.language]

    def _words(self) -> dict[str, str]:
        """The words that the script needs and that are the same everywhere."""
        words = {name: self.speaker.say(f"for_me.{name}") for name in SCRIPT_WORDS}
        words |= {f"because_{name}": self.speaker.say(f"for_me.because.{name}") for name in ("yes", "perhaps", "no")}
        words["no_programs"] = self.speaker.say("page.no_programs")
        return {**words, "and": self.speaker.pattern("list.clauses"), "count": self.speaker.pattern("for_me.count")}

    # --- the data ----------------------------------------------------------------------------

    @cached_property
    def by_municipality(self) -> dict[str, list[Program]]:
        """What the residents of a municipality may ask for: its own programmes and those for its whole region."""
        found = {id: list(with_card(some)) for id, some in self.programs.by_municipality.items()}
        for program in self.programs.shown:
            for region in _regions(program):
                for id, some in found.items():
                    if self.collection.municipalities[id].region == region and program not in some:
                        some.append(program)
        return found

    def files(self) -> Iterator[tuple[str, str]]:
        """A file for each municipality that has programmes: address and text."""
        for id, programs in self.by_municipality.items():
            if programs:
                data = _Data(self.speaker, self.programs, self.rules).of(id, programs)
                text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
                yield routes.for_me_data(id, self.speaker.language), text + "\n"


class _Data:
    """The data of one municipality: each sentence once, and everything else by its number."""

    def __init__(self, speaker: Speaker, pages: ProgramPages, rules: Rules):
        self.speaker = speaker
        self.pages = pages
        self.rules = rules
        self.words: dict[str, int] = {}
        self.ticks: dict[str, Tick] = {}

    def of(self, id: str, programs: list[Program]) -> dict[str, Any]:
        """What the page of questions needs to know of a municipality."""
        municipality = self.speaker.collection.municipalities[id]
        phone = first_phone(municipality.contacts)
        call = [self.speaker.say("contact.call", number=local_number(phone)), tel(phone)] if phone else None
        rows = [self._program(program, programs) for program in programs]
        official = municipality.official[self.speaker.language]
        return {
            "name": official,
            "call": call,
            "programs": rows,
            "ticks": [self._tick(tick) for tick in self._in_order()],
            "words": list(self.words),
        }

    def _number(self, words: str) -> int:
        return self.words.setdefault(words, len(self.words))

    def _program(self, program: Program, among: list[Program]) -> dict[str, Any]:
        card = self.pages.card(program.key)
        rule = self.rules.of(program)
        for key in asked(rule):
            if tick := self.rules.tick(key):
                self.ticks[key] = tick
        return {
            "page": routes.relative(routes.address(routes.program(program.key), ""), f"{routes.FOR_ME}/"),
            "name": card.name,
            "amount": card.amount or self.speaker.say("page.amount_unknown"),
            "status": [self._number(line.text) for line in card.status],
            "rule": rule.as_json(lambda reason: self._number(self._sentence(program, reason))),
            "excludes": [n for n, other in enumerate(among) if excludes(program, other) or excludes(other, program)],
        }

    def _sentence(self, program: Program, reason: Reason) -> str:
        """The sentence of the card that explains a rule."""
        who, say = program.eligibility, self.speaker.say
        if isinstance(reason, Saying):
            form = "clause" if reason.excluding or not who else form_of(who)
            words = fact_words(self.speaker, program, reason.condition, reason.name, form)
            return f"{say('eligibility.none_of')} {words}" if reason.excluding else words
        if reason == "died":
            return say("for_me.death")
        if reason == "selection" and who and who.selection:
            return who.selection[self.speaker.language]
        ask = ask_words(self.speaker, program, self.speaker.collection.municipalities[program.municipality])
        return say(f"eligibility.{'unknown' if reason == 'silent' else 'incomplete'}", ask=ask)

    # --- what can be ticked ------------------------------------------------------------------

    def _in_order(self) -> list[Tick]:
        """The ticks as the vocabulary has their groups; degrees and levels follow the group that they are kinds of."""
        order = {f"group:{id}": at for at, id in enumerate(self.speaker.collection.vocabulary["groups"])}

        def place(tick: Tick) -> tuple[int, bool, str]:
            above = min((order[key] for key in self.rules.broader(tick.key) if key in order), default=len(order))
            return order.get(tick.key, above), tick.key not in order, tick.key

        return sorted(self.ticks.values(), key=place)

    def _tick(self, tick: Tick) -> dict[str, Any]:
        found: dict[str, Any] = {"key": tick.key, "in": tick.question, "words": self._label(tick.key)}
        if tick.whole_family:
            found["family"] = True
        if tick.ages:
            found["ages"] = tick.ages
        return found

    def _label(self, key: str) -> str:
        table, _, id = key.partition(":")
        speaker = self.speaker
        if table == "group":
            return fill_form(speaker.term("groups", id), "a_one", "one")
        if table == "damage":
            of, _, by = id.partition(":")
            damage = Condition.model_validate({"damage": {"of": of.split("+"), "by": by.split("+") if by else []}})
            return fact_words(speaker, self.pages.shown[0], damage, "damage", "clause")
        if table == "degree":
            return speaker.say("status.degree.label", degree=speaker.term("disability_degrees", id))
        if table == "diagnosis":
            return speaker.term("diagnoses", id)["one"]
        phrases = {"level": f"education.level.{id}.label", "birth": f"birth.{id}.label"}
        return speaker.say(phrases.get(table, "for_me.death"))


def asked(rule: Rule) -> list[str]:
    """The keys that the rule's leaves ask for in so many words, each once."""
    tests = (dict(leaf.test) for leaf in rule.leaves())
    return list(dict.fromkeys(test["asks"] for test in tests if "asks" in test))


def excludes(program: Program, other: Program) -> bool:
    """Can one not get `other` together with the programme?"""
    return bool(program is not other and program.combination and other.type in program.combination.excludes)


def _regions(program: Program) -> set[str]:
    """The regions for the whole of which the programme is, as far as its conditions name them."""
    waiting: list[Condition] = list(program.eligibility.all) if program.eligibility else []
    found = set()
    for condition in waiting:
        waiting += [*condition.any, *condition.all]
        if condition.residence and condition.residence.region:
            found.add(condition.residence.region)
    return found
