"""Any valid record: strategies built from the models themselves, so that a new field is tried without being asked for.

Every field is given as it would stand in YAML. What must hold between fields is arranged here where
it is likely to fail, and left to `checks` where it seldom does.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from factory import TODAY, collection
from guideline import checks, model
from guideline.model import Program, Record, Reference
from hypothesis import strategies as st

Strategy = st.SearchStrategy[Any]

WORDS = st.sampled_from(
    [
        {"ka": "ერთი ადამიანი", "en": "one person"},
        {"ka": "დახმარება „ა(ა)იპ“", "en": "help by “NGO”"},
        {"ka": "5 ოჯახი — ცნობით", "en": "5 families — with a note"},
    ]
)
SUMS = st.one_of(st.integers(1, 200_000), st.decimals(Decimal("0.01"), 20_000, places=2)).map(
    lambda n: f"{n:f}".rstrip("0").rstrip(".") if "." in str(n) else str(n)
)
COUNTS = st.one_of(st.integers(0, 12), st.sampled_from([50, 1_000, 9_999, 10_000, 57_001, 70_001, 100_001, 150_001]))
DAYS = st.dates(date(2015, 1, 1), TODAY).map(str)
YEARS = st.integers(2015, 2027)
PLAIN: dict[str, Strategy] = {
    "_address": st.sampled_from(["https://telavi.gov.ge/ge/page", "http://example.ge/a?b=1&c=2#d"]),
    "_email": st.just("info@telavi.gov.ge"),
    "_partial_date": st.one_of(YEARS.map(str), st.sampled_from(["2025-03", "2024-12", "2026-02-28"])),
    "_clock": st.sampled_from(["09:00", "18:30"]),
    "_id": st.sampled_from(["flat", "flat-2"]),
    "_words": st.sampled_from(["06 02 10", "10", "15/2"]),
}


@cache
def ids(reference: Reference) -> Strategy:
    """The entries that the reference may name; none of them is loved more than the others."""
    return one_of_many(sorted(collection().ids(reference)))


def one_of_many(values: list[Any]) -> Strategy:
    """One of the values; unlike `sampled_from` it does not recite them all when it is shown."""
    return st.integers(0, len(values) - 1).map(values.__getitem__)


def of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Strategy:
    """What may stand in a field of this type."""
    if hasattr(annotation, "__metadata__"):
        inner = [getattr(mark, "metadata", [mark]) for mark in annotation.__metadata__]
        return of(annotation.__origin__, (*metadata, *(mark for marks in inner for mark in marks)))
    parts = [part for part in get_args(annotation) if part is not type(None)]
    reference = next((mark for mark in metadata if isinstance(mark, Reference)), None)
    if reference:
        return ids(reference)
    if get_origin(annotation) is Literal:
        return st.sampled_from(parts)
    if get_origin(annotation) is tuple:
        least = max((getattr(mark, "min_length", 0) or 0 for mark in metadata), default=0)
        return st.lists(of(parts[0]), min_size=least, max_size=max(3, least), unique_by=repr)
    if parts:
        return of(parts[0], metadata)
    if issubclass(annotation, Record):
        return record(annotation)
    return _value(annotation, metadata)


def _value(kind: type, metadata: tuple[Any, ...]) -> Strategy:
    if kind is bool:
        return st.sampled_from(["true", "false"])
    if kind is date:
        return DAYS
    if kind is Decimal:
        return SUMS
    if kind is int:
        least = max((mark.ge for mark in metadata if getattr(mark, "ge", None) is not None), default=0)
        most = min((mark.le for mark in metadata if getattr(mark, "le", None) is not None), default=None)
        return st.integers(least, most if most is not None else 30)
    return next(PLAIN[mark.func.__name__] for mark in metadata if hasattr(mark, "func") and mark.func.__name__ in PLAIN)


def fields(kind: type[Record], /, most: int = 3, **own: Strategy | None) -> Strategy:
    """The record with a few of its fields, beside those it needs; those named are as given, or left out."""
    needed, maybe = {}, {}
    for name, info in kind.model_fields.items():
        what = own.get(name, st.deferred(lambda info=info: of(info.annotation, tuple(info.metadata))))
        if what is not None:
            (needed if info.is_required() else maybe)[info.alias or name] = what
    names = st.lists(one_of_many(sorted(maybe)), max_size=most, unique=True) if maybe else st.just([])
    return names.flatmap(lambda chosen: st.fixed_dictionaries({**needed, **{name: maybe[name] for name in chosen}}))


@cache
def record(kind: type[Record]) -> Strategy:
    """Any valid record of a kind."""
    if kind in _OWN:
        return _OWN[kind]()
    if issubclass(kind, model.Bounds):
        return bounds(kind)
    if issubclass(kind, model.Shorthand):
        return shorthand(kind)
    return fields(kind)


def some(strategy: Strategy, *needed: str) -> Strategy:
    """Only mappings that have at least one of the fields."""
    return strategy.filter(lambda value: any(name in value for name in needed))


# --- kinds whose fields depend on each other ---------------------------------------------------


def bounds(kind: type[Record]) -> Strategy:
    """Limits on either side, low below high; or what the fact says without them."""
    limits = {"exactly", "at_least", "above", "at_most", "below"}
    most = {model.Age: 110, model.Children: 12}.get(kind)
    numbers = st.integers(0, most) if most else COUNTS
    rest = fields(kind, most=1, **dict.fromkeys(limits), **{name: None for name in ("any", "unknown", "pension", "any_of") if name in kind.model_fields})

    def limited(values: tuple[int, int, str, str, str]) -> dict[str, int]:
        one, other, way, low, high = values
        first, last = sorted((one, other))
        return {"exactly": {"exactly": first}, "low": {low: first}, "high": {high: last + 1}, "both": {low: first, high: last + 2}}[way]

    ways = st.tuples(
        numbers, numbers, st.sampled_from(["exactly", "low", "high", "both"]), st.sampled_from(["at_least", "above"]), st.sampled_from(["at_most", "below"])
    )  # fmt: skip
    said = [st.tuples(rest, ways.map(limited)).map(lambda pair: {**pair[0], **pair[1]})]
    said += [rest.map(lambda value, name=name: {**value, name: "true"}) for name in ("any", "unknown", "pension") if name in kind.model_fields]
    if "any_of" in kind.model_fields:
        said.append(rest.map(lambda value: {**value, "any_of": [2, 3]}))
    return st.one_of(said)


def shorthand(kind: type[model.Shorthand]) -> Strategy:
    """The record in one word, as a list, or written out."""
    word = next(name for name, info in kind.model_fields.items() if (info.alias or name) == kind.word)
    info = kind.model_fields[word]
    single = of(info.annotation, tuple(info.metadata))
    forms = [single, fields(kind, **{word: single, **({kind.words: None} if kind.words else {})}).filter(lambda value: kind.word in value)]
    if kind is model.Document:
        forms = [single, fields(kind, is_=single, text=None).filter(lambda value: "is" in value), fields(kind, is_=None, text=WORDS).filter(lambda value: "text" in value)]
    if kind.words:
        forms.append(st.lists(single, min_size=1, max_size=3, unique=True))
    return st.one_of(forms)


def conditions(depth: int = 3, most: int = 4) -> Strategy:
    """A condition of a few facts, with alternatives nested as deep as the real ones and a little deeper."""
    inside = st.lists(st.deferred(lambda: conditions(depth - 1, 3)), min_size=1, max_size=3) if depth > 1 else None
    return fields(model.Condition, most=most, any=inside, all=inside).filter(bool)


AMOUNTS = st.one_of(
    st.just({}),
    SUMS.map(lambda n: {"gel": n}),
    SUMS.map(lambda n: {"up_to_gel": n}),
    st.integers(1, 90_000).map(lambda n: {"from_gel": n, "to_gel": n + 7}),
    st.integers(1, 100).map(lambda n: {"percent": n}),
    st.integers(1, 100).map(lambda n: {"up_to_percent": n}),
    st.tuples(st.integers(1, 100), SUMS).map(lambda pair: {"percent": pair[0], "cap_gel": pair[1]}),
    st.tuples(st.integers(1, 100), SUMS).map(lambda pair: {"up_to_percent": pair[0], "cap_gel": pair[1]}),
)
AMOUNT_FIELDS = dict.fromkeys(model.Amount.model_fields)


def merged(*some: Strategy) -> Strategy:
    return st.tuples(*some).map(lambda parts: {name: value for part in parts for name, value in part.items()})


def benefits() -> Strategy:
    """Any benefit: kind by kind, with the parts that each needs."""
    goods = st.one_of(
        st.just({}),
        st.tuples(SUMS, ids(Reference("measures"))).map(lambda pair: {"quantity": pair[0], "unit": pair[1]}),
        SUMS.map(lambda n: {"worth_gel": n}),
    )
    caps = st.one_of(st.just({}), st.tuples(st.integers(1, 100), ids(Reference("share_bases"))).map(lambda p: {"cap_percent": p[0], "cap_of": p[1]}))
    rest = fields(
        model.Benefit, kind=None, of=None, item=None, quantity=None, unit=None, worth_gel=None, cap_percent=None, cap_of=None, payers=None, tiers=None, **AMOUNT_FIELDS
    )  # fmt: skip
    kinds = st.fixed_dictionaries({"kind": of(model.Benefit.model_fields["kind"].annotation)})
    named = st.fixed_dictionaries({"of": ids(Reference("share_bases")), "item": ids(Reference("items"))})
    plain = merged(rest, kinds, named, AMOUNTS, goods, caps).map(_fitting)
    payers = st.tuples(SUMS, SUMS).map(lambda pair: [{"gel": pair[0], "from": "city-budget"}, {"gel": pair[1], "from": "state"}])
    paid = st.tuples(merged(rest, st.just({"kind": "cash"})), payers).map(
        lambda pair: {**pair[0], "gel": str(sum(Decimal(one["gel"]) for one in pair[1])), "payers": pair[1]}
    )
    tabled = merged(rest, kinds, named, st.fixed_dictionaries({"tiers": tiers()})).map(_fitting)
    return st.one_of(plain, paid, tabled)


def _fitting(benefit: dict[str, Any]) -> dict[str, Any]:
    """The benefit without the parts that its kind does not have."""
    goods, share = benefit["kind"] in ("goods", "service"), any("percent" in name for name in benefit)
    tabled = "tiers" in benefit and any("percent" in name for row in benefit["tiers"]["rows"] for name in row)
    unfit = () if goods else ("item", "quantity", "unit", "worth_gel")
    unfit += () if share or tabled or benefit["kind"] == "discount" else ("of",)
    return {name: value for name, value in benefit.items() if name not in unfit}


def tiers() -> Strategy:
    """A table of sums: rows by one measure, side by side, the last one open or `otherwise`."""
    steps = st.lists(st.integers(1, 40), min_size=2, max_size=4, unique=True).map(sorted)
    rows = st.one_of(
        steps.map(lambda ns: [{"score": {"at_least": low, "below": high}} for low, high in zip([0, *ns], ns, strict=False)]),
        steps.map(lambda ns: [{"age": {"at_least": low, "at_most": high - 1}} for low, high in zip([0, *ns], ns, strict=False)]),
        steps.map(lambda ns: [{"bill": {"above": low, "at_most": high}} for low, high in zip([0, *ns], ns, strict=False)]),
        steps.map(lambda ns: [{"household": {"exactly": n}} for n in range(1, len(ns) + 1)]),
        steps.map(lambda ns: [*({"children": {"exactly": n}} for n in range(1, len(ns))), {"children": {"at_least": len(ns)}}]),
        steps.map(lambda ns: [*({"birth": {"order": n}} for n in range(1, len(ns))), {"birth": {"order_from": len(ns)}}]),
        steps.map(lambda ns: [{"zone": {"number": n}} for n in range(1, len(ns) + 1)]),
        st.just([{"disability": "severe"}, {"disability": "significant"}]),
        st.lists(ids(Reference("groups")), min_size=2, max_size=4, unique=True).map(lambda some: [{"status": one} for one in some]),
    )
    sums = st.lists(AMOUNTS, min_size=5, max_size=5)
    whole = st.tuples(rows, sums, st.booleans()).map(
        lambda parts: [
            *({"when": when, **amount} for when, amount in zip(parts[0], parts[1], strict=False)),
            *([{"otherwise": "true", **parts[1][4]}] if parts[2] or len(parts[0]) < 2 else []),
        ]
    )
    return fields(model.Tiers, rows=whole, overlap_in_source=None)


def births() -> Strategy:
    numbers = st.integers(1, 10)
    return st.one_of(numbers.map(lambda n: {"order": n}), numbers.map(lambda n: {"order_from": n}), st.sampled_from([{"multiple": "twins"}, {"multiple": "triplets"}]))


def deadlines() -> Strategy:
    days = st.tuples(DAYS, DAYS).map(sorted)
    return st.one_of(
        days.map(lambda pair: {"from": pair[0], "to": pair[1]}),
        DAYS.map(lambda day: {"from": day}),
        DAYS.map(lambda day: {"to": day}),
        fields(model.Deadline, from_=None, to=None, rule=None).filter(lambda value: len(value) == 2),
        of(model.Deadline.model_fields["rule"].annotation).map(lambda rule: {"rule": rule}),
    )


PHONES = st.sampled_from(
    [
        {"number": "0350 27 36 50"},
        {"number": "+995 350 27 36 50", "role": "hotline"},
        {"number": "599 12 34 56", "kind": "mobile", "role": "office"},
        {"number": "1 300", "kind": "short"},
        {"number": "112", "kind": "short", "role": "hotline"},
    ]
)
_OWN: dict[type[Record], Any] = {
    model.Text: lambda: WORDS,
    model.Phone: lambda: PHONES,
    model.Condition: lambda: conditions(1, 2),
    model.Benefit: benefits,
    model.Tiers: tiers,
    model.Birth: births,
    model.Deadline: deadlines,
    model.Duration: lambda: fields(model.Duration, value=st.integers(1, 36)),
    model.CalendarDay: lambda: some(fields(model.CalendarDay), "holiday").filter(lambda v: ("day" in v) == ("month" in v))
    | st.sampled_from([{"day": 9, "month": 5}, {"day": 31, "month": 12}, {"day": 1, "month": 1, "holiday": "new-year"}]),
    model.Payment: lambda: fields(model.Payment).filter(lambda v: ("within" in v) == ("after" in v)),
    model.Hours: lambda: st.tuples(fields(model.Hours, from_=st.just("09:00"), to=st.just("18:30"), break_from=None, break_to=None), st.booleans()).map(
        lambda pair: {**pair[0], **({"break_from": "13:00", "break_to": "14:00"} if pair[1] else {})}
    ),
    model.Validity: lambda: st.tuples(DAYS, st.sampled_from(["2026-11-19", "2026-11-20", "2026-12-31"]), st.integers(0, 3)).map(
        lambda p: {name: day for bit, name, day in ((1, "from", p[0]), (2, "to", p[1])) if p[2] & bit and (p[2] < 3 or p[0] <= p[1])}
    ),
    model.Claim: lambda: some(fields(model.Claim, percent=st.integers(1, 100), gel=st.integers(1, 500).map(str), year=YEARS), "gel", "percent", "number", "text"),
    model.Budget: lambda: some(fields(model.Budget, year=YEARS, gel=st.integers(1, 9_000_000).map(str)), "gel", "code"),
    model.Indicator: lambda: some(fields(model.Indicator), "baseline", "target", "actual"),
    model.Report: lambda: some(fields(model.Report, months=st.integers(1, 12)), "applied", "approved", "refused", "pending", "people", "gel"),
    model.Education: lambda: some(fields(model.Education, gold_medal=st.just("true")), "level", "grades", "marks", "gold_medal").filter(lambda v: v.get("level") != [] or len(v) > 1),
    model.Zone: lambda: fields(model.Zone, number=st.integers(1, 10)),
    model.Source: lambda: fields(model.Source, year=YEARS),
    model.Contact: lambda: fields(model.Contact, year=YEARS),
    model.Act: lambda: fields(model.Act, year=YEARS),
    model.Review: lambda: st.sampled_from([{}, {"status": "unconfirmed"}, {"status": "confirmed", "date": "2026-10-01", "by": "social-service"}]),
    model.Eligibility: lambda: fields(model.Eligibility, all=st.lists(conditions(), max_size=4), none=st.lists(conditions(1, 2), max_size=2)),
}  # fmt: skip
"""Kinds whose fields depend on each other, or whose figures must make sense."""


def programs() -> Strategy:
    """A valid programme, as the model."""
    given = fields(
        Program,
        most=4,
        id=st.just("rent"),
        listed=None,
        year=YEARS,
        former_ids=None,
        note=None,
        sources=st.lists(record(model.Source), min_size=1, max_size=2),
        budget=st.lists(record(model.Budget), max_size=2),
    )
    return given.map(Program.model_validate).filter(_in_order)


def _in_order(program: Program) -> bool:
    at = checks.At("data/programs.yaml", ("programs", 0), program.key, program)
    return not list(checks._every_value(at, collection(), TODAY))
