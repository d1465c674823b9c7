"""Whole households made by chance, what they would answer, and a direct reading of a record for them.

The reading goes straight from `Program.eligibility` to true or false and knows nothing of `rules`. What the page does
not ask, or the source does not give, is read as the reader's luck would have it: `lucky` or not. A household surely
has a right to the help if it has it without luck, and surely has none if luck does not help.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from guideline.model import Bounds, Collection, Condition, Program, Residence

FAMILY_TICKS = ("event", "damage", "birth")
MONTHS = {"month": 1, "year": 12}


@dataclass
class Someone:
    """One person of a household: an age, and what is true of them, as keys of ticks."""

    age: int
    keys: set[str] = field(default_factory=set)


@dataclass
class Household:
    """All that is true of a household."""

    people: list[Someone]
    grown: int
    registered: str
    living: str
    score: int | None
    months: int
    keys: set[str] = field(default_factory=set)
    """What is true of the family as a whole."""

    @property
    def minors(self) -> list[Someone]:
        return [one for one in self.people if one.age < 18]

    @property
    def adults(self) -> list[Someone]:
        return [one for one in self.people if one.age >= 18]

    def true_keys(self) -> set[str]:
        """Everything that somebody in it could tick."""
        return self.keys.union(*(one.keys for one in self.people))


class Maker:
    """Makes households that could be, by chance."""

    def __init__(self, chance: Random, collection: Collection):
        self.chance = chance
        self.collection = collection
        self.groups = {row.is_: row for row in collection.belongings}
        self.illnesses = {row.is_: row.kind_of for row in collection.illnesses}
        self.damages = sorted({key for program in collection.programs for key in named_keys(program, "damage")})

    def household(self, town: str, programs: Iterable[Program], people: int | None = None) -> Household:
        """A household of so many people that mostly lives in the town; what its programmes name is often true of it."""
        chance = self.chance
        count = people or chance.choice((1, 1, 2, 2, 3, 4, 5, 7))
        ages = [chance.choice((0, 0, 1, 5, 6, 7, 15, 17, 18, 18, 19, 34, 50, 60, 63, 65, 90, 91, 95, 96, 100, 101))]
        ages += [chance.choice((0, 1, 5, 6, 12, 17, 18, 40, 62, 70, 100)) for _ in range(count - 1)]
        places = [*[town] * 6, "elsewhere", chance.choice(list(self.collection.municipalities))]
        home = Household(
            people=[Someone(age) for age in ages],
            grown=chance.choice((0, 0, 1, 2, 3)),
            registered=chance.choice(places),
            living=chance.choice(places),
            score=chance.choice((None, 0, 1, 57_000, 57_001, 70_000, 99_999, 100_000, 100_001, 150_000, 200_000)),
            months=chance.choice((0, 3, 11, 12, 13, 40)),
        )
        named = {key for program in programs for key in named_keys(program)}
        often = chance.choice((0.0, 0.02, 0.1))
        self._give_keys(home, {key: max(often, chance.choice((0.1, 0.4, 0.8))) for key in sorted(named)}, often)
        return home

    def _give_keys(self, home: Household, named: dict[str, float], often: float) -> None:
        """What is true of one is seldom true of all: rules that ask two things of one person then meet two people."""
        for key in self.keys_of():
            if self.chance.random() >= named.get(key, often):
                continue
            row = self.groups.get(key.removeprefix("group:"))
            if (row and row.whole_family) or key.split(":")[0] in FAMILY_TICKS:
                home.keys |= self.closure(key)
                continue
            fit = [one for one in home.people if not (row and row.age) or within(one.age, row.age, True)]
            for one in fit if self.chance.random() < 0.2 else fit and [self.chance.choice(fit)]:
                one.keys |= self.closure(key)

    def closure(self, key: str) -> set[str]:
        """The key and everything that follows from it."""
        table, _, id = key.partition(":")
        above: list[str] = []
        if table == "group" and id in self.groups:
            above = [f"group:{other}" for other in self.groups[id].kind_of]
        elif table == "diagnosis":
            above = [f"diagnosis:{other}" for other in self.illnesses.get(id, ())]
        elif table == "degree":
            above = ["group:person-with-disability"]
        elif key in ("level:bachelor", "level:master"):
            above = ["group:student"]
        elif table == "damage" and set(id.split(":")[1].split("+")) <= {"fire", "natural-disaster", "landslide"}:
            above = ["group:disaster-family"]
        return {key}.union(*(self.closure(one) for one in above))

    # --- what it answers ---------------------------------------------------------------------

    def keys_of(self) -> dict[str, str]:
        """Every key that can be ticked, with its question."""
        found = {f"group:{id}": row.asked_in for id, row in self.groups.items() if row.asked_in not in (None, "score")}
        found |= {f"diagnosis:{id}": "health" for id in self.collection.vocabulary["diagnoses"]}
        found |= {f"degree:{id}": "status" for id in self.collection.vocabulary["disability_degrees"]}
        found |= {f"level:{level}": "status" for level in ("school", "vocational", "bachelor", "master")}
        found |= dict.fromkeys((*self.damages, "event:death"), "events")
        return {
            **{key: str(question) for key, question in found.items()},
            "birth:twins": "who",
            "birth:triplets": "who",
        }

    def ticks(self) -> dict[str, dict[str, Any]]:
        """What the page knows of the ticks."""
        found: dict[str, dict[str, Any]] = {key: {} for key in self.keys_of()}
        for key in found:
            if key.split(":")[0] in FAMILY_TICKS:
                found[key]["family"] = True
        for id, row in self.groups.items():
            if row.whole_family and f"group:{id}" in found:
                found[f"group:{id}"]["family"] = True
            if row.age and f"group:{id}" in found:
                low, high = row.age.span() or (Decimal(0), Decimal("Infinity"))
                found[f"group:{id}"]["ages"] = [[int(low), None if high.is_infinite() else int(high)]]
        return found

    def answers(self, household: Household, share: float) -> dict[str, Any]:
        """What the household answers: each question with this chance, in the order of the page."""

        def told() -> bool:
            return self.chance.random() < share

        answer: dict[str, Any] = {name: getattr(household, name) for name in ("registered", "living") if told()}
        for name, people in (("minors", household.minors), ("adults", household.adults)):
            if told():
                answer[name] = len(people)
                answer[f"{name[:-1]}Ages"] = [one.age if told() else None for one in people]
        if told():
            answer["grown"] = household.grown
        if household.score is not None and told():
            answer["score"] = {"has": True}
            if told():
                answer["score"]["number"] = household.score
                if told():
                    answer["score"]["months"] = household.months
        return {**answer, **self._ticked(household, share)}

    def _ticked(self, household: Household, share: float) -> dict[str, list[str]]:
        """Ticks; whoever says "nothing else" has ticked everything but what is hard to say."""
        true, ticked, denied = household.true_keys(), [], []
        questions = self.keys_of()
        for question in dict.fromkeys(questions.values()):
            complete = self.chance.random() < share
            for key in (key for key, asked in questions.items() if asked == question):
                silent = share < 1 and self._sensitive(key) and self.chance.random() < 0.5
                if key in true and not silent and (complete or self.chance.random() < share):
                    ticked.append(key)
                elif complete:
                    denied.append(key)
        return {"ticked": ticked, "denied": denied}

    def _sensitive(self, key: str) -> bool:
        row = self.groups.get(key.removeprefix("group:"))
        return bool(row and row.sensitive)


def fewer(chance: Random, answer: dict[str, Any]) -> dict[str, Any]:
    """The same answers with some left out."""
    kept = {name: value for name, value in answer.items() if name in ("ticked", "denied") or chance.random() < 0.6}
    for count, ages in (("minors", "minorAges"), ("adults", "adultAges")):
        if count not in kept:
            kept.pop(ages, None)
        elif ages in kept:
            kept[ages] = [age if chance.random() < 0.6 else None for age in kept[ages]]
    for name in ("ticked", "denied"):
        kept[name] = [key for key in kept[name] if chance.random() < 0.6]
    return kept


def named_keys(program: Program, *tables: str) -> Iterable[str]:
    """What the record names, as keys of ticks (of some tables only)."""
    waiting = list(program.eligibility.all) if program.eligibility else []
    for condition in waiting:
        waiting += [*condition.any, *condition.all]
        found = [f"degree:{condition.disability}"] if condition.disability else []
        if condition.status:
            found += [f"group:{id}" for id in condition.status.groups]
        if condition.diagnosis:
            found += [f"diagnosis:{id}" for id in condition.diagnosis.any_of or (condition.diagnosis.is_,)]
        if condition.education:
            found += [f"level:{level}" for level in condition.education.level]
        if condition.damage:
            found.append(f"damage:{'+'.join(condition.damage.of)}:{'+'.join(condition.damage.by)}")
        yield from (key for key in found if not tables or key.split(":")[0] in tables)


def within(number: int, bounds: Bounds, lucky: bool) -> bool:
    """Is the number within the limits? The limit itself is a matter of luck where the source leaves it open."""
    low, high = bounds.span() or (Decimal(0), Decimal("Infinity"))
    limits = (bounds.exactly, bounds.at_least, bounds.above, bounds.at_most, bounds.below)
    return lucky if bounds.boundary and number in limits else low <= number <= high


class Reading:
    """A direct reading of one record for one household.

    `lucky`: what the page cannot know turns out well. `told`: only of what it was told something is known.
    """

    def __init__(self, collection: Collection, program: Program, household: Household, lucky: bool):
        self.collection = collection
        self.program = program
        self.household = household
        self.lucky = lucky
        self.groups = {row.is_: row for row in collection.belongings}
        self.disputed = {conflict.field for conflict in program.conflicts}

    def right(self) -> bool:
        """Does the household meet all that the record asks?"""
        who = self.program.eligibility
        if not who or not who.all:
            return self.lucky
        if who.subject == "deceased":
            return "event:death" in self.household.keys and self.lucky
        if (who.selection or not who.complete) and not self.lucky:
            return False
        return any(self._right_of(person) for person in self.household.people)

    def _right_of(self, person: Someone) -> bool:
        who = self.program.eligibility
        assert who is not None
        unlucky = Reading(self.collection, self.program, self.household, not self.lucky)
        return all(self.meets(one, person) for one in who.all) and not any(
            unlucky.meets(one, person) for one in who.none
        )

    def meets(self, condition: Condition, person: Someone) -> bool:
        """Is all of the condition true of the person?"""
        for name, fact in condition.facts().items():
            if name == "any":
                held = any(self.meets(one, person) for one in condition.any)
            elif name == "all":
                held = all(self.meets(one, person) for one in condition.all)
            elif name in self.disputed:
                held = self.lucky
            else:
                held = getattr(self, f"_{name}", self._not_asked)(fact, person)
            if not held:
                return False
        return True

    def _not_asked(self, fact: Any, person: Someone) -> bool:
        return self.lucky

    def _residence(self, fact: Residence, person: Someone) -> bool:
        if fact.who or fact.places or fact.exception or fact.basis in ("unclear", "temporarily-living"):
            return self.lucky
        home = {name: self._is_here(getattr(self.household, name), fact) for name in ("registered", "living")}
        wanted = [home[name] for name in home if name in fact.basis]
        held = any(wanted) if fact.basis == "registered-or-living" else all(wanted)
        return (held or bool(fact.idp_rule and self.lucky)) and (self.lucky or not fact.lasting)

    def _is_here(self, place: str, fact: Residence) -> bool:
        if fact.region:
            town = self.collection.municipalities.get(place)
            return town.region == fact.region if town else self.lucky
        return place == (fact.municipality or self.program.municipality)

    def _children(self, fact: Any, person: Someone) -> bool:
        ages = [one.age for one in self.household.minors]
        under = fact.under_age
        count = len(ages) + self.household.grown if under is None else sum(age < under for age in ages)
        if under is not None and under > 18 and self.household.grown:
            return any(self._counted(count + more, fact) for more in range(self.household.grown + 1)) and self.lucky
        return self._counted(count, fact)

    def _counted(self, count: int, fact: Any) -> bool:
        return count in fact.any_of if fact.any_of else within(count, fact, self.lucky)

    def _birth(self, fact: Any, person: Someone) -> bool:
        return f"birth:{fact.multiple}" in self.household.keys if fact.multiple else self.lucky

    def _age(self, fact: Any, person: Someone) -> bool:
        if fact.who == "every-child":
            return self._every_child(fact)
        assert self.program.eligibility is not None
        if fact.who or self.program.eligibility.subject == "family":
            return self.lucky
        if fact.pension:
            return person.age >= (60 if self.lucky else 65)
        return within(person.age, fact, self.lucky) and (self.lucky or not fact.sex)

    def _every_child(self, fact: Any) -> bool:
        """Nobody has asked how old the grown-up children are."""
        if not self.household.minors and not self.household.grown:
            return self.lucky
        grown = [self.lucky] if self.household.grown and within(18, fact, True) else []
        none = [False] if self.household.grown and not grown else []
        return all([*(within(one.age, fact, self.lucky) for one in self.household.minors), *grown, *none])

    def _status(self, fact: Any, person: Someone) -> bool:
        if fact.who:
            return self.lucky
        degree = not fact.degree or f"degree:{fact.degree}" in person.keys
        return degree and any(self._belongs(id, person) for id in fact.groups)

    def _belongs(self, id: str, person: Someone) -> bool:
        row = self.groups.get(id)
        if not row:
            return self.lucky
        if row.means:
            return self.meets(row.means, person)
        if id == "socially-vulnerable-family":
            return self.household.score is not None or self.lucky
        if row.needs and not self.meets(row.needs, person):
            return False
        if row.asked_in is None:
            return self.lucky
        return self._is(f"group:{id}", person) or (row.sensitive and self.lucky)

    def _is(self, key: str, person: Someone) -> bool:
        return key in person.keys or key in self.household.keys

    def _disability(self, fact: str, person: Someone) -> bool:
        return f"degree:{fact}" in person.keys

    def _diagnosis(self, fact: Any, person: Someone) -> bool:
        names = fact.any_of or (fact.is_,)
        return any(f"diagnosis:{id}" in person.keys for id in names) and (self.lucky or not fact.icd10)

    def _pregnancy_weeks(self, fact: Any, person: Someone) -> bool:
        return "group:pregnant-woman" in person.keys and self.lucky

    def _score(self, fact: Any, person: Someone) -> bool:
        if fact.any:
            return True
        if fact.unknown or fact.at_event or fact.who or self.household.score is None:
            return self.lucky
        return within(self.household.score, fact, self.lucky)

    def _score_age(self, fact: Any, person: Someone) -> bool:
        """Months are all that is asked, so the very month is a matter of luck."""
        limit = fact.value * MONTHS.get(fact.unit, 0)
        if self.household.score is None or fact.unit not in MONTHS or self.household.months == limit:
            return self.lucky
        return self.household.months < limit

    def _damage(self, fact: Any, person: Someone) -> bool:
        return f"damage:{'+'.join(fact.of)}:{'+'.join(fact.by)}" in self.household.keys

    def _education(self, fact: Any, person: Someone) -> bool:
        level = not fact.level or any(f"level:{one}" in person.keys for one in fact.level)
        return level and (self.lucky or not (fact.grades or fact.marks or fact.gold_medal))

    def _household(self, fact: Any, person: Someone) -> bool:
        return within(len(self.household.people), fact, self.lucky)
