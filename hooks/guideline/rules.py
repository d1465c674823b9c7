"""Who can get a programme → one small tree that a browser can evaluate over the answers of a household.

The tree is made from the same facts as the sentences of the card, and every leaf names the fact whose sentence
explains it. `rules.js` evaluates it. What its three answers mean:

* The answers describe all the households that they fit. *Yes* is said only if the rule holds in every one of them,
  *no* only if it holds in none, and everything else is *unknown*: a missing answer, a fact that the source does not
  give, what a commission judges, free text, the very number of a limit where the source leaves its side open. So a
  further answer may turn unknown into yes or no, and never yes into no or no into yes.
* all, any, not follow Kleene. A rule that may hold only as far as one can see is `all(rule, ask)`; one that may be
  wider than it looks is `any(rule, ask)`.
* A programme is for somebody: the rule must hold for *one* person of the household. Ages and personal statuses belong
  to a person; residence, the score and what is said of the whole family to everybody in it. Yes needs one witness for
  whom all is known at once (somebody whose age is given, or whoever holds a ticked status, with what that status
  implies; in a household of one they are the same). No needs a rule that nobody in the household can meet. So two
  people who meet half of a rule each are unknown, not yes.
* A status is told by a tick, denied by "nothing else" at the end of its question, and unknown otherwise. Whoever is
  none of a broader group is none of the narrower one; a narrower status proves the broader one. Sensitive ones are
  never denied.
* No social score yet is unknown, not no: a family may apply for one. Whether an old number still holds is not judged.
* Of somebody who has died nothing is asked but whether there was a death.
* Facts of which sources contradict each other decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from .model import (
    Age,
    Belonging,
    Birth,
    Bounds,
    Children,
    Collection,
    Condition,
    Damage,
    Diagnosis,
    Duration,
    Education,
    Eligibility,
    Program,
    Residence,
    Score,
    Status,
)

PENSION = {"women": 60, "men": 65}
"""The age at which the state pension begins; the sex of a person is not asked, so between the two nothing is sure."""
DISASTERS = frozenset({"fire", "natural-disaster", "landslide"})
MONTHS = {"month": 1, "year": 12}
"""Units in which the age of a score can be compared with a month that the reader gives."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Saying:
    """A fact of a condition, whose sentence explains a rule."""

    condition: Condition
    name: str
    excluding: bool = False
    """Does the help go to those of whom it is not true?"""


Reason = Saying | str
"""What explains a rule: a fact, or the name of what is missing: `silent`, `incomplete`, `selection`, `died`."""


@dataclass(frozen=True)
class Rule:
    """A node of the tree: `all`, `any` or `not` of its parts, or a leaf with its test."""

    kind: str
    parts: tuple[Rule, ...] = ()
    test: tuple[tuple[str, Any], ...] = ()
    reason: Reason | None = None

    def as_json(self, words: Callable[[Reason], int], explained: bool = False) -> Json:
        """The node for a script; `words` gives the number of the sentence that explains it and all below it."""
        says = {"says": words(self.reason)} if self.reason is not None and not explained else {}
        parts = [part.as_json(words, explained or bool(says)) for part in self.parts]
        found = (
            _for_script(self.test) if self.kind == "leaf" else {self.kind: parts[0] if self.kind == "not" else parts}
        )
        return {**found, **says}

    def leaves(self) -> Iterable[Rule]:
        """The leaves below it, itself if it is one."""
        return (self,) if self.kind == "leaf" else chain.from_iterable(part.leaves() for part in self.parts)


def _leaf(is_: str, **test: Any) -> Rule:
    return Rule("leaf", test=(("is", is_), *test.items()))


ASK = _leaf("ask")
TRUE = Rule("all")


def _all(*parts: Rule) -> Rule:
    return parts[0] if len(parts) == 1 else Rule("all", parts)


def _any(*parts: Rule) -> Rule:
    return parts[0] if len(parts) == 1 else Rule("any", parts)


def _at_most_perhaps(rule: Rule) -> Rule:
    """It is no where the rule is; where the rule is yes, more would have to be known."""
    return _all(rule, ASK)


def _because(rule: Rule, reason: Reason) -> Rule:
    """The rule with its reason, which stands for everything below it."""
    return Rule(rule.kind, rule.parts, rule.test, reason)


@dataclass(frozen=True)
class Tick:
    """Something that one can tick: the question it belongs to, and what it says beside itself."""

    key: str
    question: str
    whole_family: bool = False
    sensitive: bool = False
    ages: tuple[tuple[int, int | None], ...] = ()


class Rules:
    """Makes the rules of the programmes of one collection."""

    def __init__(self, collection: Collection):
        self.collection = collection
        self.groups: Mapping[str, Belonging] = {row.is_: row for row in collection.belongings}
        self._illnesses = {row.is_: row.kind_of for row in collection.illnesses}

    # --- a programme -------------------------------------------------------------------------

    def of(self, program: Program) -> Rule:
        """The rule of a programme."""
        who = program.eligibility
        if not who or not who.all:
            return _because(ASK, "silent")
        if who.subject == "deceased":
            died = _because(self.told("event:death"), "died")
            return _all(died, *(_asked(condition) for condition in who.all))
        parts = [_Facts(self, program, who).condition(condition) for condition in who.all]
        if who.none:
            excluded = [_Facts(self, program, who, excluding=True).condition(condition) for condition in who.none]
            parts.append(Rule("not", (_any(*excluded),)))
        parts += [_because(ASK, gap) for gap in _gaps(who)]
        return _all(*parts)

    # --- what can be ticked ------------------------------------------------------------------

    def tick(self, key: str) -> Tick | None:
        """What ticking `key` means; None where no question asks it."""
        table, _, id = key.partition(":")
        if table != "group":
            return Tick(key, *_OTHER_TICKS[table])
        row = self.groups.get(id)
        if not row or row.asked_in in (None, "score"):
            return None
        ages = tuple(chain.from_iterable(_spans(age)[0] for age in self._ages(id)))
        return Tick(key, row.asked_in or "", row.whole_family, row.sensitive, ages)

    def _ages(self, id: str) -> list[Bounds]:
        return [row.age for group in self.broader(f"group:{id}") if (row := self._row(group)) and row.age][:1]

    def _row(self, key: str) -> Belonging | None:
        return self.groups.get(key.removeprefix("group:"))

    def broader(self, key: str) -> tuple[str, ...]:
        """`key` and everything of which it is a kind."""
        found: dict[str, None] = {}
        waiting = [key]
        while waiting:
            if (one := waiting.pop(0)) not in found:
                found[one] = None
                waiting += self._next(one)
        return tuple(found)

    def _next(self, key: str) -> list[str]:
        table, _, id = key.partition(":")
        row = self.groups.get(id) if table == "group" else None
        if row:
            return [f"group:{group}" for group in row.kind_of]
        if table == "diagnosis":
            return [f"diagnosis:{other}" for other in self._illnesses.get(id, ())]
        if table == "damage":
            by = id.partition(":")[2].split("+")
            return ["group:disaster-family"] if set(by) <= DISASTERS else []
        return {"degree": ["group:person-with-disability"], "level": _LEVELS.get(id, [])}.get(table, [])

    @cached_property
    def _narrower(self) -> dict[str, tuple[str, ...]]:
        """Everything that proves a key, itself first."""
        keys = [f"group:{id}" for id in self.groups]
        keys += [f"diagnosis:{id}" for id in self.collection.vocabulary["diagnoses"]]
        keys += [f"degree:{id}" for id in self.collection.vocabulary["disability_degrees"]]
        keys += [f"level:{id}" for id in ("school", "vocational", "bachelor", "master")]
        found: dict[str, list[str]] = {}
        for key in keys:
            for above in self.broader(key):
                found.setdefault(above, []).append(key)
        return {key: tuple(sorted(some, key=lambda one: one != key)) for key, some in found.items()}

    def told(self, key: str) -> Rule:
        """Is somebody this? By a tick of it or of a narrower thing; not if it or a broader one is denied."""
        proofs = [one for one in self._narrower.get(key, (key,)) if self.tick(one)]
        above = [tick for one in self.broader(key) if (tick := self.tick(one))]
        denials = [tick.key for tick in above if not any(self._is_sensitive(one) for one in self.broader(key))]
        return _leaf("tick", asks=key, **_given(proved=tuple(proofs), denied=tuple(denials)))

    def _is_sensitive(self, key: str) -> bool:
        tick = self.tick(key)
        return bool(tick and tick.sensitive)

    def is_told_otherwise(self, id: str) -> bool:
        """Is the group known by a condition or by the answer about the score, and not by a tick?"""
        row = self.groups.get(id)
        return bool(row and (row.means or row.needs or row.asked_in == "score"))


_LEVELS = {"bachelor": ["group:student"], "master": ["group:student"]}
_OTHER_TICKS: dict[str, tuple[str, bool]] = {
    "event": ("events", True),
    "damage": ("events", True),
    "birth": ("who", True),
    "degree": ("status", False),
    "level": ("status", False),
    "diagnosis": ("health", False),
}
"""Ticks that are no groups: their question, and whether they are said of the whole family."""


class _Facts:
    """The facts of one programme's conditions, each as a rule."""

    def __init__(self, rules: Rules, program: Program, who: Eligibility, excluding: bool = False):
        self.rules = rules
        self.program = program
        self.who = who
        self.excluding = excluding
        self.disputed = {conflict.field for conflict in program.conflicts}
        self._open: list[str] = []

    def condition(self, condition: Condition) -> Rule:
        """Everything that the condition says, all of which must hold."""
        parts = []
        for name, fact in condition.facts().items():
            if name == "any":
                parts.append(_any(*map(self.condition, condition.any)))
            elif name == "all":
                parts += map(self.condition, condition.all)
            else:
                parts.append(_because(self._fact(name, fact), Saying(condition, name, self.excluding)))
        return _all(*parts)

    def group(self, id: str) -> Rule:
        """Does somebody belong to the group? A group that is explained by itself is unknown."""
        row = self.rules.groups.get(id)
        if not row or id in self._open:
            return ASK
        self._open.append(id)
        rule = self._belonging(id, row)
        self._open.pop()
        return rule

    def _belonging(self, id: str, row: Belonging) -> Rule:
        if row.means:
            return self.condition(row.means)
        if row.asked_in == "score":
            return _leaf("database")
        needs = [self.condition(row.needs)] if row.needs else []
        needs += [self.group(above) for above in row.kind_of if self.rules.is_told_otherwise(above)]
        return _all(*needs, self.rules.told(f"group:{id}"))

    def _fact(self, name: str, fact: Any) -> Rule:
        makers: dict[str, Callable[[Any], Rule]] = {
            "residence": self._residence,
            "children": _children,
            "birth": self._birth,
            "age": self._age,
            "status": self._status,
            "disability": lambda degree: self.rules.told(f"degree:{degree}"),
            "diagnosis": self._diagnosis,
            "pregnancy_weeks": lambda weeks: _at_most_perhaps(self.rules.told("group:pregnant-woman")),
            "score": _score,
            "score_age": _score_age,
            "damage": self._damage,
            "education": self._education,
            "household": lambda size: _number("household", size),
        }
        return ASK if name in self.disputed or name not in makers else makers[name](fact)

    def _residence(self, fact: Residence) -> Rule:
        """Registration and residence are those of the household; of others nothing is known."""
        if fact.who or fact.places or fact.exception or fact.basis in ("unclear", "temporarily-living"):
            return ASK
        where = self._where(fact)
        registered, living = (_leaf("home", by=by, **where) for by in ("registered", "living"))
        rule = {
            "registered": registered,
            "living": living,
            "permanently-living": living,
            "registered-and-living": _all(registered, living),
            "registered-and-permanently-living": _all(registered, living),
            "registered-or-living": _any(registered, living),
        }[fact.basis]
        if fact.idp_rule:
            rule = _any(rule, ASK)
        return _at_most_perhaps(rule) if fact.lasting else rule

    def _where(self, fact: Residence) -> Json:
        """The municipalities that will do. A place that is not in the list may still lie in the region."""
        towns = self.rules.collection.municipalities
        if fact.region:
            return {"of": tuple(id for id, town in towns.items() if town.region == fact.region), "wide": True}
        return {"of": (fact.municipality or self.program.municipality,)}

    def _birth(self, fact: Birth) -> Rule:
        return self.rules.told(f"birth:{fact.multiple}") if fact.multiple else ASK

    def _age(self, fact: Age) -> Rule:
        if fact.who == "every-child":
            return _number("every-child", fact)
        if fact.who or self.who.subject == "family":
            return ASK
        if fact.pension:
            unsure = tuple(range(PENSION["women"], PENSION["men"]))
            return _leaf("age", spans=((PENSION["men"], None),), unsure=unsure)
        rule = _number("age", fact)
        return _at_most_perhaps(rule) if fact.sex else rule

    def _status(self, fact: Status) -> Rule:
        if fact.who:
            return ASK
        rule = _any(*(self.group(id) for id in fact.groups))
        return _all(rule, self.rules.told(f"degree:{fact.degree}")) if fact.degree else rule

    def _diagnosis(self, fact: Diagnosis) -> Rule:
        """A tick of the illness; a code of the classification is more than the reader is asked."""
        rule = _any(*(self.rules.told(f"diagnosis:{id}") for id in fact.any_of or (fact.is_ or "",)))
        return _at_most_perhaps(rule) if fact.icd10 else rule

    def _damage(self, fact: Damage) -> Rule:
        return self.rules.told(f"damage:{'+'.join(fact.of)}:{'+'.join(fact.by)}")

    def _education(self, fact: Education) -> Rule:
        levels = [self.rules.told(f"level:{level}") for level in fact.level]
        more = [ASK] if fact.grades or fact.marks or fact.gold_medal else []
        return _all(*([_any(*levels)] if levels else []), *more)


def _children(fact: Children) -> Rule:
    under = {"under": fact.under_age} if fact.under_age is not None else {}
    if fact.any_of:
        return _leaf("children", spans=_merged((n, n) for n in fact.any_of), **under)
    return _number("children", fact, **under)


def _score(fact: Score) -> Rule:
    if fact.any:
        return TRUE
    if fact.unknown or fact.at_event or fact.who:
        return ASK
    return _number("score", fact)


def _score_age(fact: Duration) -> Rule:
    return _leaf("score-age", months=fact.value * MONTHS[fact.unit]) if fact.unit in MONTHS else ASK


def _asked(condition: Condition) -> Rule:
    """The condition of which nothing is asked: its structure and its reasons only."""
    parts = []
    for name in condition.facts():
        if name in ("any", "all"):
            parts.append(Rule(name, tuple(map(_asked, getattr(condition, name)))))
        else:
            parts.append(_because(ASK, Saying(condition, name)))
    return _all(*parts)


def _gaps(who: Eligibility) -> Iterable[str]:
    if who.selection:
        yield "selection"
    if not who.complete:
        yield "incomplete"


def _number(is_: str, bounds: Bounds, **more: Any) -> Rule:
    spans, unsure = _spans(bounds)
    return _leaf(is_, spans=spans, **_given(unsure=unsure), **more)


def _spans(bounds: Bounds) -> tuple[tuple[tuple[int, int | None], ...], tuple[int, ...]]:
    """The whole numbers within the limits, and those that the source leaves open: the limits themselves."""
    span = bounds.span()
    assert span is not None
    low, high = int(span[0]), None if span[1].is_infinite() else int(span[1])
    limits = (bounds.exactly, bounds.at_least, bounds.above, bounds.at_most, bounds.below)
    unsure = tuple(n for n in limits if n is not None) if bounds.boundary else ()
    return ((low, high),), unsure


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order; neighbours are one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def _for_script(test: tuple[tuple[str, Any], ...]) -> Json:
    """The test of a leaf without the key that only the maker of the page needs."""
    return {name: part for name, part in test if name != "asks"}


def _given(**parts: Any) -> Json:
    """The parts that say something: what is empty would only be carried to the reader."""
    return {name: part for name, part in parts.items() if part}
