"""What must hold of the data beyond their shape. Each check is a generator of findings; nothing is raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from . import proofreading
from .collection import walk
from .colours import BLACK, READABLE, WHITE, contrast, hex_code, readable_on, rgb
from .model import (
    SOURCE_LANGUAGES,
    Act,
    Age,
    Amount,
    Benefit,
    Birth,
    Bounds,
    Budget,
    CalendarDay,
    Children,
    Claim,
    Collection,
    Colours,
    Condition,
    Deadline,
    Education,
    FormRules,
    Hours,
    Income,
    Indicator,
    Loc,
    Payer,
    Phone,
    Program,
    Record,
    Reference,
    Report,
    Review,
    Score,
    Source,
    Term,
    Text,
    Tiers,
    Validity,
)
from .problems import Finding, Problem
from .reading import File, nearest, told
from .wording.steps import COUNTRY_CODE, national_digits

LARGEST_SUM = Decimal(200_000)
"""The largest help found in the country is 70 000 lari; more is a slip of the keyboard."""
LARGEST_BUDGET = Decimal(1_000_000_000)
OLDEST_YEAR = 1995
_SLOT = re.compile(r"\{\w+(?:\.\w+)?\}")
RESERVED_IDS = ("types", "categories", "groups")
"""Folders beside the municipalities at /programs/."""


@dataclass(frozen=True)
class At:
    """A value and where it stands."""

    path: str
    loc: Loc
    id: str
    value: Any

    def wrong(self, code: str, *inner: str | int, **about: Any) -> Finding:
        """What is wrong with the value, or with the part of it at `inner`."""
        return Finding(self.path, (*self.loc, *inner), code, about, self.id)


def check(collection: Collection, files: Mapping[str, File], today: date) -> list[Problem]:
    """Everything that is wrong with the collection, placed in its files."""
    found: dict[str, list[Finding]] = {name: [] for name in files}
    names = {file.path: name for name, file in files.items()}
    for finding in findings(collection, {name: file.path for name, file in files.items()}, today):
        found[names[finding.path]].append(finding)
    return [problem for name, some in found.items() for problem in files[name].problems(some)]


def findings(collection: Collection, paths: Mapping[str, str], today: date) -> Iterator[Finding]:
    """Every finding, file by file."""
    tops = [
        At(paths["programs"], ("programs", index), program.key, program)
        for index, program in enumerate(collection.programs)
    ]
    tops += [At(paths["catalogue"], ("types", id), id, item) for id, item in collection.types.items()]
    tops += [
        At(paths["municipalities"], ("municipalities", id), id, item) for id, item in collection.municipalities.items()
    ]
    tops += [At(paths["municipalities"], ("regions", id), id, item) for id, item in collection.regions.items()]
    tops += [
        At(paths["vocabulary"], (table, id), id, term)
        for table, terms in collection.vocabulary.items()
        for id, term in terms.items()
    ]
    tops.append(At(paths["settings"], (), "", collection.copy))
    yield from unique_ids(tops)
    for top in tops:
        yield from _every_value(top, collection, today)
    yield from required_forms(collection, paths["vocabulary"])
    yield from phrases_in_both(collection, paths["phrases"])


def _every_value(top: At, collection: Collection, today: date) -> Iterator[Finding]:
    yield from _of_value(At(top.path, top.loc, top.id, top.value), None, collection, today)
    for loc, value, field in walk(top.value):
        yield from _of_value(At(top.path, (*top.loc, *loc), top.id, value), field, collection, today)


def _of_value(at: At, field: Any, collection: Collection, today: date) -> Iterator[Finding]:
    """The checks that a value of its kind must pass."""
    if isinstance(at.value, str) and field is not None:
        yield from known_reference(at, field, collection)
    for kind, checks in _CHECKS.items():
        if isinstance(at.value, kind):
            for one in checks:
                yield from one(at, today)


# --- ids and references ----------------------------------------------------------------------


def unique_ids(tops: list[At]) -> Iterator[Finding]:
    """An id is used once, former ids included; it is an address."""
    first: dict[str, At] = {}
    for at in tops:
        if not isinstance(at.value, Program):
            continue
        program = at.value
        if program.municipality in RESERVED_IDS or program.id in RESERVED_IDS:
            yield at.wrong("reserved-id", "id", value=program.id)
        former = [(id, ("former_ids", index)) for index, id in enumerate(program.former_ids)]
        for id, inner in [(program.id, ("id",)), *former]:
            key = f"{program.municipality}/{id}"
            if key in first:
                yield at.wrong("repeated-id", *inner, value=key)
            first.setdefault(key, at)


def known_reference(at: At, field: Any, collection: Collection) -> Iterator[Finding]:
    """An id names something that exists (and that has the form that the sentence needs)."""
    reference = _reference(field)
    if reference is None or at.value in (known := _known(collection, reference)):
        return
    near = nearest(at.value, known)
    named = [part for part in at.loc if isinstance(part, str) and part not in ("is", "any_of")]
    about = {"value": at.value, "field": named[-1], "near": near}
    if at.value in _known(collection, Reference(reference.table)):
        yield at.wrong("missing-form", **about, form=reference.form)
    else:
        code = "unknown-reference-near" if near else "unknown-reference"
        yield at.wrong(code, **about, some=", ".join(sorted(known)[:6]))


_KNOWN: dict[tuple[int, Reference], frozenset[str]] = {}


def _known(collection: Collection, reference: Reference) -> frozenset[str]:
    key = (id(collection), reference)
    if key not in _KNOWN:
        if len(_KNOWN) > 200:
            _KNOWN.clear()
        _KNOWN[key] = collection.ids(reference)
    return _KNOWN[key]


_REFERENCES: dict[int, tuple[Any, Reference | None]] = {}


def _reference(field: Any) -> Reference | None:
    """The table that a field's ids come from, if any."""
    kept = _REFERENCES.get(id(field))
    if kept is None or kept[0] is not field:
        kept = field, _find_reference(field.annotation, field.metadata)
        _REFERENCES[id(field)] = kept
    return kept[1]


def _find_reference(annotation: Any, metadata: Any = ()) -> Reference | None:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Reference):
            return mark
    return next(
        (found for part in get_args(annotation) if not isinstance(part, str) and (found := _find_reference(part))), None
    )


# --- figures ---------------------------------------------------------------------------------


def sensible_amounts(at: At, today: date) -> Iterator[Finding]:
    """Sums are above nothing and not absurd; shares are up to a hundred; ranges go upwards."""
    amount: Amount = at.value
    for name, value in amount.sums():
        if name.endswith("percent"):
            if not 0 < value <= 100:
                yield at.wrong("percent-out-of-range", name, value=value)
        elif value <= 0:
            yield at.wrong("sum-not-positive", name, value=value, field=name)
        elif value > LARGEST_SUM:
            yield at.wrong("sum-too-large", name, value=f"{value:f}", limit=f"{LARGEST_SUM:f}")
    if (amount.from_gel is None) != (amount.to_gel is None):
        yield at.wrong("half-range", "from_gel" if amount.from_gel is not None else "to_gel")
    elif amount.from_gel is not None and amount.to_gel is not None and amount.from_gel >= amount.to_gel:
        yield at.wrong("range-downwards", "from_gel", low=amount.from_gel, high=amount.to_gel)
    one_of = [
        name
        for name in ("gel", "up_to_gel", "from_gel", "percent", "up_to_percent")
        if getattr(amount, name) is not None
    ]
    if len(one_of) > 1:
        yield at.wrong("two-amounts", one_of[1], first=one_of[0], second=one_of[1])
    if amount.cap_gel is not None and amount.percent is None and amount.up_to_percent is None:
        yield at.wrong("cap-without-share", "cap_gel")


def whole_benefits(at: At, today: date) -> Iterator[Finding]:
    """A benefit has the parts that its kind needs."""
    benefit: Benefit = at.value
    share = benefit.percent is not None or benefit.up_to_percent is not None
    if share and benefit.of is None and benefit.kind != "service":
        yield at.wrong("share-of-what", "percent" if benefit.percent is not None else "up_to_percent")
    if benefit.kind in ("goods", "service") and benefit.item is None and benefit.text is None:
        yield at.wrong("which-item", "kind", value=benefit.kind)
    if benefit.kind not in ("goods", "service") and benefit.item is not None:
        yield at.wrong("item-elsewhere", "item", value=benefit.kind)
    if (benefit.quantity is None) != (benefit.unit is None):
        yield at.wrong("quantity-and-unit", "quantity" if benefit.unit is None else "unit")
    if (benefit.cap_percent is None) != (benefit.cap_of is None):
        yield at.wrong("cap-and-base", "cap_percent" if benefit.cap_of is None else "cap_of")
    if benefit.tiers and benefit.known():
        yield at.wrong("amount-and-tiers", "tiers")
    if benefit.payers and benefit.gel is not None and sum(payer.gel for payer in benefit.payers) != benefit.gel:
        yield at.wrong(
            "payers-do-not-add-up", "payers", value=sum(payer.gel for payer in benefit.payers), total=benefit.gel
        )
    for name in ("quantity", "worth_gel"):
        value = getattr(benefit, name)
        if value is not None and not 0 < value <= LARGEST_SUM:
            yield at.wrong(
                "sum-not-positive" if value <= 0 else "sum-too-large",
                name,
                value=value,
                field=name,
                limit=f"{LARGEST_SUM:f}",
            )


_LIMITS: dict[type, tuple[tuple[str, Decimal | int, Decimal | int], ...]] = {
    Payer: (("gel", Decimal("0.01"), LARGEST_SUM),),
    Income: (("at_most_gel", 1, LARGEST_SUM),),
    Claim: (("gel", 1, LARGEST_SUM), ("percent", 1, 100)),
    Budget: (("gel", 1, LARGEST_BUDGET),),
    Report: (("gel", 0, LARGEST_BUDGET), ("months", 1, 12)),
    Indicator: tuple((name, 0, LARGEST_BUDGET) for name in ("baseline", "target", "actual")),
    Age: tuple((name, 0, 120) for name in ("exactly", "at_least", "above", "at_most", "below")),
    Children: tuple((name, 0, 30) for name in ("exactly", "at_least", "above", "at_most", "below")),
    Score: tuple((name, 0, 1_000_000) for name in ("exactly", "at_least", "above", "at_most", "below")),
}
"""The smallest and the largest figure that some fields can hold without a slip of the keyboard."""


def sensible_figures(at: At, today: date) -> Iterator[Finding]:
    """No figure is too small or too large to be true."""
    for name, least, most in _LIMITS[type(at.value)]:
        value = getattr(at.value, name)
        if value is not None and value < least:
            yield at.wrong(
                "too-small", name, field=name, value=f"{value:f}" if isinstance(value, Decimal) else value, ge=least
            )
        elif value is not None and value > most:
            yield at.wrong(
                "too-big", name, field=name, value=f"{value:f}" if isinstance(value, Decimal) else value, le=most
            )


_SAYS: dict[type, tuple[str, ...]] = {
    Budget: ("gel", "code"),
    Claim: ("gel", "percent", "number", "text"),
    Education: ("level", "grades", "marks", "gold_medal"),
    Indicator: ("baseline", "target", "actual"),
    Report: ("applied", "approved", "refused", "pending", "people", "gel"),
}


def says_something(at: At, today: date) -> Iterator[Finding]:
    """A record that makes a sentence holds a fact for it."""
    names = _SAYS[type(at.value)]
    if all(value is None or value is False or value == () for value in (getattr(at.value, name) for name in names)):
        yield at.wrong("nothing-said", fields=", ".join(names))


def one_kind_of_birth(at: At, today: date) -> Iterator[Finding]:
    """Either which child it is, or how many at once."""
    names = ("order", "order_from", "multiple")
    if sum(getattr(at.value, name) is not None for name in names) != 1:
        yield at.wrong("one-of", fields=", ".join(names))


def ordered_bounds(at: At, today: date) -> Iterator[Finding]:
    """The lower limit is not above the upper one."""
    span = at.value.span()
    if span and span[0] > span[1]:
        yield at.wrong(
            "limits-downwards", low=_limit(at.value, "at_least", "above"), high=_limit(at.value, "at_most", "below")
        )


def _limit(bounds: Bounds, *names: str) -> Any:
    return next((getattr(bounds, name) for name in names if getattr(bounds, name) is not None), 0)


def whole_tiers(at: At, today: date) -> Iterator[Finding]:
    """The rows of a table of sums neither overlap nor leave a gap, unless the source has it so."""
    tiers: Tiers = at.value
    rows = [(index, _box(row.when) if row.when else {}) for index, row in enumerate(tiers.rows)]
    for index, row in enumerate(tiers.rows[:-1]):
        if row.otherwise:
            yield at.wrong("otherwise-last", "rows", index)
    measured = [(index, box) for index, box in rows if box]
    for position, (index, box) in enumerate(measured):
        for earlier, other in measured[:position]:
            shared = _shared(box, other)
            if shared is not None and not set(range(int(shared[0]), int(min(shared[1], shared[0] + 500)) + 1)) <= set(
                tiers.overlap_in_source
            ):
                yield at.wrong("tiers-overlap", "rows", index, row=index + 1, other=earlier + 1, value=f"{shared[0]:f}")
    if tiers.complete:
        yield from _gaps(at, [(index, box) for index, box in measured if len(box) == 1])


Box = dict[str, tuple[Decimal, Decimal]]


def _box(condition: Condition) -> Box:
    """What a row covers: fact → first and last number. Empty where a row is not told by numbers alone."""
    box: Box = {}
    for name, fact in condition.facts().items():
        if isinstance(fact, Bounds) and (span := fact.span()):
            box[name] = span
        elif name == "birth" and (number := fact.order_from or fact.order):
            first = Decimal(number)
            box[name] = (first, Decimal("Infinity") if fact.order_from else first)
        elif name == "zone":
            box[name] = (Decimal(fact.number), Decimal(fact.number))
        else:
            return {}
    return box


def _shared(one: Box, other: Box) -> tuple[Decimal, Decimal] | None:
    """The first measure's numbers that both rows cover; None where some measure keeps them apart."""
    shared = None
    if set(one) != set(other):
        return None
    for name in one:
        low, high = max(one[name][0], other[name][0]), min(one[name][1], other[name][1])
        if low > high:
            return None
        shared = shared or (low, high)
    return shared


def _gaps(at: At, rows: list[tuple[int, Box]]) -> Iterator[Finding]:
    names = {name for _, box in rows for name in box}
    if len(names) != 1 or len(rows) != len(at.value.rows):
        return
    name = names.pop()
    spans = sorted((box[name], index) for index, box in rows)
    for (before, _), (after, index) in pairwise(spans):
        if after[0] > before[1] + 1:
            yield at.wrong("tiers-gap", "rows", index, low=f"{before[1]:f}", high=f"{after[0]:f}")


# --- days ------------------------------------------------------------------------------------


def days_in_order(at: At, today: date) -> Iterator[Finding]:
    """The first day is not after the last."""
    if at.value.from_ and at.value.to and at.value.from_ > at.value.to:
        yield at.wrong("days-downwards", "from", first=at.value.from_, last=at.value.to)


def hours_in_order(at: At, today: date) -> Iterator[Finding]:
    """An office opens before it closes, and rests in between."""
    hours: Hours = at.value
    times = [("from", hours.from_), ("break_from", hours.break_from), ("break_to", hours.break_to), ("to", hours.to)]
    known = [(name, time) for name, time in times if time]
    for (_, first), (name, last) in pairwise(known):
        if first >= last:
            yield at.wrong("hours-downwards", name, first=first, last=last)
            return
    if (hours.break_from is None) != (hours.break_to is None):
        yield at.wrong(
            "together", "break_to" if hours.break_from is None else "break_from", fields="break_from, break_to"
        )


def sensible_days(at: At, today: date) -> Iterator[Finding]:
    """A day of our time."""
    if not OLDEST_YEAR <= at.value.year <= today.year + 10:
        yield at.wrong("year-out-of-range", value=at.value.year, first=OLDEST_YEAR, last=today.year + 10)


def partial_days(at: At, today: date) -> Iterator[Finding]:
    """A day that is written in full exists."""
    for name in ("when", "since"):
        value = getattr(at.value, name, None)
        if isinstance(value, str) and len(value) == 10:
            year, month, day = map(int, value.split("-"))
            try:
                date(year, month, day)
            except ValueError:
                yield at.wrong("no-such-day", name, day=day, month=month)


def calendar_days(at: At, today: date) -> Iterator[Finding]:
    """A day of the year that exists."""
    day: CalendarDay = at.value
    if day.day and day.month:
        try:
            date(2024, day.month, day.day)
        except ValueError:
            yield at.wrong("no-such-day", "day", day=day.day, month=day.month)


def past_days(at: At, today: date) -> Iterator[Finding]:
    """Nothing was looked at in the future, no year is out of this world."""
    for kind, name in ((Source, "checked"), (Act, "date"), (Review, "date")):
        if isinstance(at.value, kind) and (day := getattr(at.value, name)) and day > today:
            yield at.wrong("in-the-future", name, value=day, today=today)
    year = getattr(at.value, "year", None)
    if isinstance(year, int) and not OLDEST_YEAR <= year <= today.year + 1:
        yield at.wrong("year-out-of-range", "year", value=year, first=OLDEST_YEAR, last=today.year + 1)


# --- phones and words ------------------------------------------------------------------------


def dialable(at: At, today: date) -> Iterator[Finding]:
    """A number can be dialled from abroad; short numbers say `kind: short`."""
    phone: Phone = at.value
    digits = "".join(filter(str.isdigit, phone.number))
    if set(phone.number) - set("+0123456789 ()-"):
        yield at.wrong("phone-characters", "number", value=phone.number)
    elif phone.kind == "short":
        if not 3 <= len(digits) <= 6:
            yield at.wrong("short-phone", "number", value=phone.number)
    elif len(national_digits(phone)) != 9 or (
        phone.number.strip().startswith("+") and not digits.startswith(COUNTRY_CODE)
    ):
        yield at.wrong("phone", "number", value=phone.number)
    elif phone.kind == "mobile" and not national_digits(phone).startswith("5"):
        yield at.wrong("phone-kind", "number", value=phone.number)
    elif phone.kind == "landline" and national_digits(phone).startswith("5"):
        yield at.wrong("phone-mobile", "number", value=phone.number)


def sound_text(at: At, today: date) -> Iterator[Finding]:
    """Words in the letters of their language, with nothing hidden, left over or private."""
    text: Text = at.value
    for language in ("ka", "en", *(text.model_extra or {})):
        for code, about in proofreading.faults(text[language], language):
            yield at.wrong(code, language, **about)


def sound_words(at: At, today: date) -> Iterator[Finding]:
    """The same for words that belong to no language: ids, numbers of acts, notes. Phones are checked elsewhere."""
    if at.loc[-1] in ("ka", "en") or "phones" in at.loc or at.value.startswith(("http", "mailto:")):
        return
    for code, about in proofreading.faults(at.value):
        if not (code == "personal-number" and at.loc[-1] in ("number", "code")):
            yield at.wrong(code, **about)


def readable_colours(at: At, today: date) -> Iterator[Finding]:
    """White words are readable on a copy's colours (WCAG 2.2, 1.4.3)."""
    for name in Colours.model_fields:
        value = getattr(at.value, name)
        found = contrast(rgb(value), WHITE)
        if found < READABLE:
            better = hex_code(readable_on(rgb(value), WHITE, BLACK))
            yield at.wrong(
                "contrast", name, field=name, value=value, found=f"{found:.1f}", needed=READABLE, better=better
            )


def whole_programs(at: At, today: date) -> Iterator[Finding]:
    """A confirmed record says when; a card has an amount, a condition or at least a remark."""
    program: Program = at.value
    if program.review.status == "confirmed" and not program.review.date:
        yield at.wrong("confirmed-when", "review")
    if program.listed == "name-only" and (program.benefits or program.documents):
        yield at.wrong("name-only-with-facts", "listed")


_CHECKS: dict[type, tuple[Any, ...]] = {
    Amount: (sensible_amounts,),
    Benefit: (whole_benefits,),
    Bounds: (ordered_bounds,),
    Birth: (one_kind_of_birth,),
    Tiers: (whole_tiers,),
    Deadline: (days_in_order,),
    Validity: (days_in_order,),
    CalendarDay: (calendar_days,),
    Hours: (hours_in_order,),
    date: (sensible_days,),
    Record: (past_days, partial_days),
    Phone: (dialable,),
    Text: (sound_text,),
    str: (sound_words,),
    Program: (whole_programs,),
    Colours: (readable_colours,),
    **dict.fromkeys(_LIMITS, (sensible_figures,)),
}
for _kind in _SAYS:
    _CHECKS[_kind] = (*_CHECKS.get(_kind, ()), says_something)


# --- vocabulary and phrases ------------------------------------------------------------------


@cache
def _form_rules(rules: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    needed = frozenset(rule for rule in rules if not rule.endswith("?"))
    return needed, needed | {rule.removesuffix("?") for rule in rules}


def required_forms(collection: Collection, path: str) -> Iterator[Finding]:
    """Every term has the forms that its table needs, in Georgian and English, and no others."""
    for table, terms in collection.vocabulary.items():
        rules = collection.forms.get(table)
        if rules is None:
            yield Finding(path, (table,), "unknown-table", {"value": table}, table)
            continue
        for id, term in terms.items():
            yield from _forms(At(path, (table, id), id, term), rules)


def _forms(at: At, rules: FormRules) -> Iterator[Finding]:
    term: Term = at.value
    for language in (*SOURCE_LANGUAGES, *(term.model_extra or {})):
        if language not in (term.model_extra or {}):
            yield at.wrong("missing-language", language=language)
            continue
        needed, allowed = _form_rules(rules.of(language))
        forms = term.forms(language)
        for form in sorted(needed - set(forms)):
            yield at.wrong("missing-form", language, value=at.id, form=form, near="", field=language)
        for form in sorted(set(forms) - allowed):
            yield at.wrong("unknown-field", language, form, field=form)
        for form, words in forms.items():
            if {"{", "}"} & set(_SLOT.sub("", words)):
                yield at.wrong("open-slot", language, form, value=words)
            for code, about in proofreading.faults(words, language):
                yield at.wrong(code, language, form, **about)


def phrases_in_both(collection: Collection, path: str) -> Iterator[Finding]:
    """Every phrase stands in Georgian and English, with slots that are closed and nothing hidden."""
    yield from _phrases(collection.phrases, path, ())


def _phrases(part: Any, path: str, loc: Loc) -> Iterator[Finding]:
    if not isinstance(part, dict):
        yield Finding(path, loc, "not-a-mapping", {"field": ".".join(map(str, loc)), "value": str(part)}, "")
    elif "ka" in part or "en" in part:
        yield from _phrase(At(path, loc, ".".join(map(str, loc)), part))
    else:
        for key, inner in part.items():
            yield from _phrases(inner, path, (*loc, key))


def _phrase(at: At) -> Iterator[Finding]:
    for language in SOURCE_LANGUAGES:
        if language not in at.value:
            yield at.wrong("missing-language", language=language)
    for language, words in at.value.items():
        ways = words if isinstance(words, dict) else {"": words}
        for way, pattern in ways.items():
            yield from _pattern(At(at.path, (*at.loc, language, *([way] if way else [])), at.id, pattern))
        if isinstance(words, dict) and "other" not in words:
            yield at.wrong("missing-field", language, field="other")


def _pattern(at: At) -> Iterator[Finding]:
    if not isinstance(at.value, str):
        yield at.wrong("not-text", field=at.loc[-1], value=told(at.value))
        return
    plain = _SLOT.sub("", at.value)
    if {"{", "}"} & set(plain):
        yield at.wrong("open-slot", value=at.value)
    for code, about in proofreading.hidden_characters(plain):
        yield at.wrong(code, **about)
