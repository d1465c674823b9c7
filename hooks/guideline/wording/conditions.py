"""Conditions → clauses ("the social score is below 70,001") and labels ("score below 70,001")."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..model import (
    Age,
    Birth,
    Bounds,
    Children,
    Condition,
    Damage,
    Diagnosis,
    Duration,
    Education,
    Eligibility,
    Income,
    Program,
    Residence,
    Score,
    Status,
    Zone,
)
from .layout import Line
from .speech import Forms, Speaker

Form = str
"""`clause`: a full clause of a list of conditions; `label`: the short form that stands before a colon."""


def eligibility_lines(
    speaker: Speaker, program: Program, conditions: Iterable[Condition], form: Form
) -> tuple[Line, ...]:
    """The conditions as lines of a list; alternatives are a list inside the list."""
    lines: list[Line] = []
    for condition in conditions:
        lines += _lines(speaker, program, condition, form, first=not lines)
    return tuple(lines)


def form_of(eligibility: Eligibility) -> Form:
    """How its conditions are said: those on somebody who has died are nouns after "whose funeral it is for"."""
    return "label" if eligibility.subject == "deceased" else "clause"


def lead(speaker: Speaker, eligibility: Eligibility) -> str:
    """The words above the list: who it is about, and whether all, one or the only condition counts."""
    conditions = eligibility.all
    facts = sum(len(condition.facts()) for condition in conditions)
    alone = "any_of" if conditions[0].any else "one"
    return speaker.say(f"eligibility.{alone if facts == 1 else 'all_of'}.{eligibility.subject}")


def _lines(speaker: Speaker, program: Program, condition: Condition, form: Form, first: bool = False) -> list[Line]:
    lines = [
        Line(words, kind="text" if name == "text" else "") for name, words in _said(speaker, program, condition, form)
    ]
    any_key = "any_first" if first and not lines else "any_inside"
    for alternatives, key in ((condition.any, any_key), (condition.all, "all_inside")):
        if alternatives:
            inside = tuple(_one_line(speaker, program, inner, form) for inner in alternatives)
            lines.append(Line(speaker.say(f"eligibility.{key}"), lines=inside))
    return lines


def _one_line(speaker: Speaker, program: Program, condition: Condition, form: Form) -> Line:
    """An alternative of a list: its facts in one line, what is nested below it."""
    lines = _lines(speaker, program, condition, form)
    plain = [line for line in lines if not line.lines]
    nested = tuple(line for line in lines if line.lines)
    text = speaker.pattern("list.clauses").join(line.text for line in plain)
    if not text and len(nested) == 1:
        return nested[0]
    text = text or speaker.say("eligibility.all_inside")
    return Line(text, lines=nested, kind="text" if any(line.kind for line in plain) else "")


def label(speaker: Speaker, program: Program, condition: Condition) -> str:
    """A condition in a few words, to stand before a colon or in a table."""
    words = [words for _, words in _said(speaker, program, condition, "label")]
    words += [label(speaker, program, inner) for inner in condition.all]
    if condition.any:
        words.append(speaker.either([label(speaker, program, inner) for inner in condition.any]))
    return speaker.pattern("list.comma").join(words)


def unclear(condition: Condition) -> bool:
    """Does the source leave open whether some limit itself counts? Labels are short; one note says it."""
    facts = condition.facts().values()
    inside = (*condition.any, *condition.all)
    return any(isinstance(fact, Bounds) and bool(fact.boundary) for fact in facts) or any(map(unclear, inside))


def fact_words(speaker: Speaker, program: Program, condition: Condition, name: str, form: Form) -> str:
    """What the card says of one fact of a condition."""
    return _SAY[name](speaker, program, condition.facts()[name], form)


def _said(speaker: Speaker, program: Program, condition: Condition, form: Form) -> list[tuple[str, str]]:
    return [
        (name, _SAY[name](speaker, program, value, form)) for name, value in condition.facts().items() if name in _SAY
    ]


# --- limits ----------------------------------------------------------------------------------


def limits(speaker: Speaker, key: str, bounds: Bounds, form: Form, **parts: Any) -> str:
    """The phrase for the given limits: `key` holds one for each way of limiting."""
    name, low, high = _way(bounds)
    unclear = False
    if not speaker.has(f"{key}.{name}"):
        name, low, high = _plain_way(bounds)
        unclear = bounds.boundary is not None
    number = low if low is not None else high
    words = speaker.say(
        f"{key}.{name}.{form}",
        count=number,
        n=_figure(speaker, number),
        low=_figure(speaker, low),
        high=_figure(speaker, high),
        **parts,
    )
    return speaker.say("limit_unclear", words=words) if unclear else words


def _figure(speaker: Speaker, number: int | None) -> str:
    return speaker.number(number) if number is not None else ""


def _plain_way(bounds: Bounds) -> tuple[str, int | None, int | None]:
    """The same limits said with the four ways that every measure has: whole numbers, both ends counted."""
    span = bounds.span()
    assert span is not None
    low, high = int(span[0]), None if span[1].is_infinite() else int(span[1])
    if high is None:
        return "at_least", low, None
    if low == high:
        return "exactly", low, None
    return ("between", low, high) if low else ("at_most", None, high)


def _way(bounds: Bounds) -> tuple[str, int | None, int | None]:
    unclear = "_unclear" if bounds.boundary else ""
    if bounds.exactly is not None:
        return "exactly", bounds.exactly, None
    low = bounds.at_least if bounds.at_least is not None else bounds.above
    high = bounds.at_most if bounds.at_most is not None else bounds.below
    if low is not None and high is not None:
        if unclear:
            return "between_unclear", low, high
        return ("between" if bounds.at_most is not None else "from_below"), low, high
    if high is not None:
        return (f"up_to{unclear}" if unclear else "at_most" if bounds.at_most is not None else "below"), None, high
    return (f"over{unclear}" if unclear else "at_least" if bounds.at_least is not None else "above"), low, None


# --- one function a fact ---------------------------------------------------------------------


def _residence(speaker: Speaker, program: Program, fact: Residence, form: Form) -> str:
    clause = _lives(speaker, program, fact)
    if fact.who:
        clause = speaker.say("residence.who", who=speaker.term("persons", fact.who), clause=clause)
    if fact.idp_rule:
        clause = speaker.say("residence.idp", clause=clause)
    if fact.exception:
        clause = speaker.say("residence.exception", clause=clause, exception=fact.exception[speaker.language])
    return clause


def _lives(speaker: Speaker, program: Program, fact: Residence) -> str:
    since = _since(speaker, fact)
    if fact.places or fact.region:
        places = [speaker.term("places", place)["in"] for place in fact.places]
        where = (
            speaker.either(places) if places else speaker.region(speaker.collection.regions[fact.region or ""])["in"]
        )
        return speaker.say(f"residence.place.{fact.basis}", place=where, since=since)
    municipality = speaker.collection.municipalities[fact.municipality or program.municipality]
    return speaker.say(
        f"residence.municipality.{fact.basis}.{'lasting' if fact.lasting else 'now'}",
        count=2 if fact.who == "both-parents" else 1,
        place=speaker.municipality(municipality),
        since=since,
    )


def _since(speaker: Speaker, fact: Residence) -> str:
    if not fact.lasting:
        return ""
    return speaker.say(f"residence.{'unbroken' if fact.unbroken else 'for'}", time=speaker.duration(fact.lasting))


def _score(speaker: Speaker, program: Program, fact: Score, form: Form) -> str:
    if fact.any:
        return speaker.say(f"score.any.{form}")
    if fact.unknown:
        return speaker.say(f"score.unknown.{form}")
    words = limits(speaker, "score", fact, form)
    if fact.at_event:
        words = speaker.say("score.at_event", clause=words, event=speaker.term("events", fact.at_event))
    return _about(speaker, fact.who, words, form)


def _score_age(speaker: Speaker, program: Program, fact: Duration, form: Form) -> str:
    return speaker.say(f"score.age.{form}", time=speaker.duration(fact))


def _children(speaker: Speaker, program: Program, fact: Children, form: Form) -> str:
    under = speaker.say("children.under", n=speaker.number(fact.under_age)) if fact.under_age else ""
    if fact.any_of:
        numbers = speaker.either([speaker.number(n) for n in fact.any_of])
        return speaker.say(f"children.any_of.{form}", n=numbers, under=under)
    if fact.under_age == 1 and fact.at_least == 1:
        return speaker.say(f"children.infant.{form}")
    return limits(speaker, "children", fact, form, under=under)


def _birth(speaker: Speaker, program: Program, fact: Birth, form: Form) -> str:
    if fact.multiple:
        return speaker.say(f"birth.{fact.multiple}.{form}")
    number = fact.order_from or fact.order
    ordinal = speaker.pattern(f"ordinal.{number}")
    return speaker.say(f"birth.{'order_from' if fact.order_from else 'order'}.{form}", ordinal=ordinal)


def _age(speaker: Speaker, program: Program, fact: Age, form: Form) -> str:
    if fact.pension:
        return _about(speaker, fact.who, speaker.say(f"age.pension.{form}"), form)
    key = f"age_{fact.sex}" if fact.sex else "age"
    return _about(speaker, fact.who, limits(speaker, key, fact, form), form)


def _about(speaker: Speaker, who: str | None, words: str, form: Form) -> str:
    return speaker.say(f"about.{form}", who=speaker.term("persons", who), words=words) if who else words


def _status(speaker: Speaker, program: Program, fact: Status, form: Form) -> str:
    groups = [speaker.term("groups", group) for group in fact.groups]
    if fact.degree:
        degree = speaker.term("disability_degrees", fact.degree)
        return _about(speaker, fact.who, speaker.say(f"status.degree.{form}", degree=degree), form)
    if form == "label" or fact.who:
        return _about(speaker, fact.who, speaker.either([_noun(speaker, group) for group in groups]), form)
    if len(groups) == 1:
        return groups[0]["has"]
    if len(groups) == 2 and all(_is_a_status(speaker, group) for group in groups):
        return speaker.say("status.either", groups=speaker.either([group["of_one"] for group in groups]))
    return speaker.say("status.one_of", groups=speaker.either([_noun(speaker, group) for group in groups]))


def _is_a_status(speaker: Speaker, group: Forms) -> bool:
    """Is belonging to the group said as having its status? Only then may two of them share the word."""
    return "of_one" in group and group["has"] == speaker.say("status.either", groups=group["of_one"])


def _noun(speaker: Speaker, group: Forms) -> str:
    return fill_form(group, "a_one", "one")


def fill_form(forms: Forms, *names: str) -> str:
    """The first of the named forms that the term has."""
    return next(forms[name] for name in names if name in forms)


def _disability(speaker: Speaker, program: Program, fact: str, form: Form) -> str:
    return speaker.say(f"status.degree.{form}", degree=speaker.term("disability_degrees", fact))


def _diagnosis(speaker: Speaker, program: Program, fact: Diagnosis, form: Form) -> str:
    ids = fact.any_of or (fact.is_ or "",)
    terms = [speaker.term("diagnoses", id) for id in ids]
    codes = f" ({speaker.either(fact.icd10)})" if fact.icd10 else ""
    if form == "label":
        return speaker.either([term["one"] for term in terms]) + codes
    names = speaker.either([fill_form(term, "of", "one") for term in terms])
    return speaker.say("diagnosis.clause", names=names, codes=codes)


def _pregnancy(speaker: Speaker, program: Program, fact: Bounds, form: Form) -> str:
    return limits(speaker, "pregnancy", fact, form)


def _income(speaker: Speaker, program: Program, fact: Income, form: Form) -> str:
    words = speaker.say(f"income.{fact.per or 'no_period'}.{form}", n=speaker.number(fact.at_most_gel))
    if fact.family_size:
        members = limits(speaker, "household", fact.family_size, "label")
        words = speaker.say("income.members", clause=words, members=members)
    return words


def _damage(speaker: Speaker, program: Program, fact: Damage, form: Form) -> str:
    what = speaker.either([speaker.pattern(f"damage.of.{of}") for of in fact.of])
    if not fact.by:
        return speaker.say(f"damage.unnamed.{form}", what=what)
    events = [speaker.term("events", event) for event in fact.by]
    by = speaker.either([event["cause"] for event in events])
    return speaker.say(f"damage.by.{form}", what=what, by=by)


def _education(speaker: Speaker, program: Program, fact: Education, form: Form) -> str:
    words = [speaker.say(f"education.level.{level}.{form}") for level in fact.level]
    parts = [speaker.either(words)] if words else []
    if fact.grades:
        parts.append(limits(speaker, "education.grades", fact.grades, form))
    if fact.marks:
        parts.append(limits(speaker, "education.marks", fact.marks, form))
    if fact.gold_medal:
        parts.append(speaker.say(f"education.gold_medal.{form}"))
    return speaker.pattern("list.comma").join(parts)


def _household(speaker: Speaker, program: Program, fact: Bounds, form: Form) -> str:
    return limits(speaker, "household", fact, form)


def _zone(speaker: Speaker, program: Program, fact: Zone, form: Form) -> str:
    ordinal = speaker.pattern(f"ordinal_in_digits.{fact.number}")
    places = speaker.pattern("list.comma").join(speaker.term("places", place)["one"] for place in fact.places)
    return speaker.say("zone.with_places" if places else "zone.plain", ordinal=ordinal, places=places)


def _bill(speaker: Speaker, program: Program, fact: Bounds, form: Form) -> str:
    return limits(speaker, "bill", fact, form)


def _not_receiving(speaker: Speaker, program: Program, fact: str, form: Form) -> str:
    return speaker.say("not_receiving", benefit=speaker.term("state_benefits", fact))


def _no_other_help(speaker: Speaker, program: Program, fact: str, form: Form) -> str:
    return speaker.say(f"no_other_help.{fact}")


def _by_body(key: str) -> Callable[[Speaker, Program, str, Form], str]:
    return lambda speaker, program, fact, form: speaker.say(key, body=speaker.term("bodies", fact))


def _text(speaker: Speaker, program: Program, fact: Any, form: Form) -> str:
    return str(fact[speaker.language])


_SAY: dict[str, Callable[[Speaker, Program, Any, Form], str]] = {
    "residence": _residence,
    "score": _score,
    "score_age": _score_age,
    "children": _children,
    "birth": _birth,
    "age": _age,
    "status": _status,
    "disability": _disability,
    "diagnosis": _diagnosis,
    "pregnancy_weeks": _pregnancy,
    "income": _income,
    "damage": _damage,
    "education": _education,
    "household": _household,
    "zone": _zone,
    "bill": _bill,
    "not_receiving": _not_receiving,
    "no_other_help": _no_other_help,
    "referral_by": _by_body("referral_by"),
    "decided_by": _by_body("decided_by"),
    "listed_by": _by_body("listed_by"),
    "text": _text,
}
