"""Any valid programme: made from the models themselves, so that a new field is tried without being asked for.

A value is made as it would stand in YAML. Chance is even (hypothesis gives the seed), so that a few
hundred programmes say nearly everything. What must hold between fields is arranged here where it is
likely to fail; `checks` has the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Literal, get_args, get_origin

from factory import TODAY, collection
from hypothesis import strategies as st

from guideline import model
from guideline.checks import everything
from guideline.model import Program, Record, Reference

TEXTS = (
    {"ka": "ერთი ადამიანი", "en": "one person"},
    {"ka": "დახმარება „ა(ა)იპ“", "en": "help by “NGO”"},
    {"ka": "5 ოჯახი — ცნობით", "en": "5 families — with a note"},
)
SUMS = ("0.5", "1", "2", "70", "250", "99.99", "1000", "1234.5", "9999", "10000", "57001", "150000.25")
COUNTS = (0, 1, 2, 3, 4, 7, 18, 70, 1_000, 9_999, 10_000, 57_001, 70_001, 150_001)
FIGURES = {
    model.Age: (0, 1, 3, 6, 18, 60, 65, 100),
    model.Children: (1, 2, 3, 4, 5, 7),
    "grades": (1, 4, 12),
    "marks": (9, 10, 75),
}
PLAIN: dict[str, Sequence[str]] = {
    "_address": ("https://telavi.gov.ge/ge/page", "http://example.ge/a?b=1&c=2#d"),
    "_email": ("info@telavi.gov.ge",),
    "_partial_date": ("2025", "2025-03", "2024-12", "2026-02-28"),
    "_clock": ("09:00", "18:30"),
    "_id": ("flat", "flat-2"),
    "_words": ("06 02 10", "10", "15/2"),
}
PHONES = (
    {"number": "0350 27 36 50"},
    {"number": "+995 350 27 36 50", "role": "hotline"},
    {"number": "599 12 34 56", "kind": "mobile", "role": "office"},
    {"number": "1 300", "kind": "short"},
    {"number": "112", "kind": "short", "role": "hotline"},
)
LEFT_OUT = {"former_ids", "note", "listed", "to_confirm", "overlap_in_source"}
"""Fields that a card does not show, or that the maker sees to itself."""
LIMITS = ("exactly", "at_least", "above", "at_most", "below")


@cache
def ids(reference: Reference) -> tuple[str, ...]:
    """The entries that the reference may name."""
    return tuple(sorted(collection().ids(reference)))


class Maker:
    """Makes records by chance."""

    def __init__(self, chance: Random):
        self.chance = chance

    def pick(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return self.chance.choice(options)

    def some(self, options: Sequence[Any], least: int, most: int) -> list[Any]:
        """Several of the options, each once."""
        chosen: list[Any] = []
        for _ in range(self.pick(range(least, most + 1))):
            if (one := self.pick(options)) not in chosen:
                chosen.append(one)
        return chosen

    def day(self) -> str:
        return str(TODAY - timedelta(days=self.pick(range(4_000))))

    def field(self, info: Any, name: str = "") -> Any:
        """A value for a field of a model."""
        return self.of(info.annotation, tuple(info.metadata), name)

    def of(self, annotation: Any, metadata: tuple[Any, ...] = (), name: str = "") -> Any:
        """A value of a type."""
        if hasattr(annotation, "__metadata__"):
            inner = [getattr(mark, "metadata", [mark]) for mark in annotation.__metadata__]
            return self.of(annotation.__origin__, (*metadata, *(mark for marks in inner for mark in marks)), name)
        reference = next((mark for mark in metadata if isinstance(mark, Reference)), None)
        parts = [part for part in get_args(annotation) if part is not type(None)]
        if reference:
            return self.pick(ids(reference))
        if get_origin(annotation) is Literal:
            return self.pick(parts)
        if get_origin(annotation) is tuple:
            least = max((getattr(mark, "min_length", None) or 0 for mark in metadata), default=0)
            some = [self.of(parts[0], (), name) for _ in range(self.pick(range(max(1, least), 4)))]
            return [one for index, one in enumerate(some) if one not in some[:index]] if least < 2 else some
        if parts:
            return self.of(parts[0], metadata, name)
        return self.record(annotation, name) if issubclass(annotation, Record) else self._plain(annotation, metadata)

    def _plain(self, kind: type, metadata: tuple[Any, ...]) -> Any:
        if kind is bool:
            return self.pick(("true", "false"))
        if kind is date:
            return self.day()
        if kind is Decimal:
            return self.pick(SUMS)
        if kind is int:
            least = max((mark.ge for mark in metadata if getattr(mark, "ge", None) is not None), default=0)
            most = min((mark.le for mark in metadata if getattr(mark, "le", None) is not None), default=30)
            return self.pick(range(least, most + 1))
        return self.pick(next(PLAIN[mark.func.__name__] for mark in metadata if getattr(mark, "func", None)))

    def record(self, kind: type[Record], name: str = "") -> Any:
        """A record of a kind; those whose fields depend on each other are made by a method of their own."""
        own = getattr(self, f"_{kind.__name__.lower()}", None)
        if own:
            return own()
        if issubclass(kind, model.Bounds):
            return self.limits(kind, name)
        if issubclass(kind, model.Shorthand):
            return self.shorthand(kind)
        return self.fields(kind)

    def fields(self, kind: type[Record], most: int = 3, without: Sequence[str] = (), **own: Any) -> dict[str, Any]:
        """The fields that the record needs, a few of the others, and those that are given."""
        known = {
            n: info for n, info in kind.model_fields.items() if n not in own and n not in without and n not in LEFT_OUT
        }
        needed = [n for n, info in known.items() if info.is_required()]
        maybe = [n for n in known if n not in needed]
        chosen = set(needed) | set(self.some(maybe, 0, most) if maybe else [])
        made = {n: self.year() if n == "year" else self.field(info, n) for n, info in known.items() if n in chosen}
        return {kind.model_fields[n].alias or n: value for n, value in {**made, **own}.items() if value is not None}

    def year(self) -> int:
        return int(self.pick(range(2015, 2028)))

    # --- kinds whose fields depend on each other ---------------------------------------------

    def _text(self) -> Any:
        return dict(self.pick(TEXTS))

    def _phone(self) -> Any:
        return dict(self.pick(PHONES))

    def limits(self, kind: type[Record], name: str) -> dict[str, Any]:
        """Limits on either side, low below high; or what the fact says without them."""
        otherwise = [one for one in ("any", "unknown", "pension", "any_of") if one in kind.model_fields]
        rest = self.fields(kind, 1, (*LIMITS, *otherwise))
        if otherwise and self.pick(range(6)) == 0:
            which = self.pick(otherwise)
            return {**rest, which: [2, 3] if which == "any_of" else "true"}
        numbers = FIGURES.get(kind) or FIGURES.get(name) or COUNTS
        first, last = sorted((self.pick(numbers), self.pick(numbers)))
        low, high = {self.pick(("at_least", "above")): first}, {self.pick(("at_most", "below")): last + 2}
        return {**rest, **self.pick(({"exactly": first}, low, high, {**low, **high}))}

    def shorthand(self, kind: type[model.Shorthand]) -> Any:
        """The record in one word, as a list, or written out."""
        word, info = next((n, info) for n, info in kind.model_fields.items() if (info.alias or n) == kind.word)
        single = self.field(info)
        if kind is model.Document and self.pick(range(3)) == 0:
            return self.fields(kind, 3, (word,), text=self._text())
        written_out = self.fields(kind, 3, (word, kind.words, "text"), **{word: single})
        several = [self.field(info) for _ in range(3)]
        return self.pick((single, written_out, list(dict.fromkeys(several)) if kind.words else written_out))

    def _condition(self, depth: int = 1) -> dict[str, Any]:
        """A condition of a few facts, with alternatives nested as deep as the real ones and a little deeper."""
        made: dict[str, Any] = {}
        while not made:
            made = self.fields(model.Condition, 2, ("any", "all"))
            for name in ("any", "all") if depth > 1 else ():
                if self.pick(range(3)) == 0:
                    made[name] = [self._condition(depth - 1) for _ in range(self.pick(range(1, 4)))]
        return made

    def _eligibility(self) -> dict[str, Any]:
        conditions = [self._condition(3) for _ in range(self.pick(range(4)))]
        return self.fields(model.Eligibility, 3, all=conditions)

    def _birth(self) -> dict[str, Any]:
        number = self.pick(range(1, 11))
        return dict(
            [self.pick((("order", number), ("order_from", number), ("multiple", "twins"), ("multiple", "triplets")))]
        )

    def amount(self) -> dict[str, Any]:
        """A sum, a range, a share, or nothing."""
        cap = {"cap_gel": self.pick(SUMS)} if self.pick(range(2)) else {}
        ways = ({}, {"gel": self.pick(SUMS)}, {"up_to_gel": self.pick(SUMS)}, {"from_gel": 100, "to_gel": 1500})
        shares = ({"percent": self.pick((1, 50, "62.5", 100)), **cap}, {"up_to_percent": self.pick((70, 100)), **cap})
        return dict(self.pick((*ways, *shares)))

    def _benefit(self) -> dict[str, Any]:
        """A benefit with the parts that its kind needs."""
        own = (
            "of",
            "item",
            "quantity",
            "unit",
            "worth_gel",
            "cap_percent",
            "cap_of",
            "payers",
            "tiers",
            *model.Amount.model_fields,
        )
        rest = self.fields(model.Benefit, 4, own)
        way = self.pick(("amount", "amount", "tiers", "payers"))
        if way == "payers":
            return {
                **rest,
                "kind": "cash",
                "gel": 350,
                "payers": [{"gel": 100, "from": "city-budget"}, {"gel": 250, "from": "state"}],
            }
        made = self.amount() if way == "amount" else {"tiers": self._tiers()}
        share = any("percent" in name for one in (made, *made.get("tiers", {}).get("rows", ())) for name in one)
        if share or rest["kind"] == "discount":
            made["of"] = self.pick(ids(Reference("share_bases")))
        if share and self.pick(range(4)) == 0:
            made |= {"cap_percent": 50, "cap_of": self.pick(ids(Reference("share_bases")))}
        if rest["kind"] in ("goods", "service"):
            quantity = {"quantity": self.pick(SUMS), "unit": self.pick(ids(Reference("measures")))}
            made |= {
                "item": self.pick(ids(Reference("items"))),
                **self.pick(({}, quantity, {"worth_gel": self.pick(SUMS)})),
            }
        return {**rest, **made}

    def _tiers(self) -> dict[str, Any]:
        """A table of sums: rows by one measure, side by side, perhaps with a row for all the rest."""
        edges = sorted(self.some((1, 5, 9, 18, 60), 2, 4))
        pairs = list(zip([0, *edges], edges, strict=False))
        rows = self.pick(
            (
                [{"score": {"at_least": low * 1000, "below": high * 1000}} for low, high in pairs],
                [{"age": {"at_least": low, "at_most": high - 1}} for low, high in pairs],
                [{"bill": {"above": low, "at_most": high}} for low, high in pairs],
                [{"household": {"exactly": n}} for n in range(1, 4)],
                [{"children": {"exactly": 3}}, {"children": {"at_least": 4}}],
                [{"birth": {"order": 1}}, {"birth": {"order": 2}}, {"birth": {"order_from": 3}}],
                [{"zone": self.fields(model.Zone, number=n)} for n in range(1, 4)],
                [{"disability": "severe"}, {"disability": "significant"}],
                [{"status": one} for one in self.some(ids(Reference("groups")), 2, 3)],
                [self._condition()],
            )
        )
        made = [{"when": when, **self.amount()} for when in rows]
        if len(made) < 2 or self.pick(range(3)) == 0:
            made.append({"otherwise": "true", **self.amount()})
        return self.fields(model.Tiers, 1, rows=made)

    def _duration(self) -> dict[str, Any]:
        return self.fields(model.Duration, value=self.pick((1, 2, 5, 6, 12, 30, 36)))

    def _calendarday(self) -> dict[str, Any]:
        day, month = self.pick((9, 17, 28)), self.pick(range(1, 13))
        holiday = self.pick(ids(Reference("holidays")))
        return dict(
            self.pick(
                ({"day": day, "month": month}, {"holiday": holiday}, {"day": day, "month": month, "holiday": holiday})
            )
        )

    def _payment(self) -> dict[str, Any]:
        made = self.fields(model.Payment, 3, ("within", "after"))
        delay = {"within": self._duration(), "after": self.pick(ids(Reference("events", "from")))}
        return {**made, **self.pick(({}, delay))}

    def _deadline(self) -> dict[str, Any]:
        first, last = sorted((self.day(), self.day()))
        delay = {"within": self._duration(), "after": self.pick(ids(Reference("events", "from")))}
        rule = {"rule": self.field(model.Deadline.model_fields["rule"])}
        return dict(self.pick(({"from": first, "to": last}, {"from": first}, {"to": last}, delay, rule)))

    def _hours(self) -> dict[str, Any]:
        rest = {"break_from": "13:00", "break_to": "14:00"} if self.pick(range(2)) else {}
        return self.fields(model.Hours, 2, ("break_from", "break_to"), from_="09:00", to="18:30", **rest)

    def _validity(self) -> dict[str, Any]:
        last = self.pick(("2026-11-19", "2026-11-20", "2026-12-31", "2025-12-31"))
        return dict(self.pick(({"from": "2025-01-01", "to": last}, {"to": last}, {"from": "2026-02-01"}, {})))

    def _review(self) -> dict[str, Any]:
        return dict(
            self.pick(
                ({}, {"status": "unconfirmed"}, {"status": "confirmed", "date": "2026-10-01", "by": "social-service"})
            )
        )

    def _budget(self) -> dict[str, Any]:
        return self.fields(
            model.Budget,
            2,
            ("gel", "code"),
            **self.pick(({"gel": 1_250_000}, {"code": "06 02 10"}, {"gel": "99.5", "code": "7"})),
        )

    def _claim(self) -> dict[str, Any]:
        says = self.pick(({"gel": 150}, {"percent": 70}, {"number": 70_000}, {"text": self._text()}))
        return self.fields(model.Claim, 2, ("gel", "percent", "number", "text"), **says)

    def _indicator(self) -> dict[str, Any]:
        return self.fields(
            model.Indicator, 4, **{self.pick(("baseline", "target", "actual")): self.pick((1, 70, 12_500))}
        )

    def _report(self) -> dict[str, Any]:
        return self.fields(
            model.Report,
            4,
            ("months",),
            months=self.pick((None, 1, 9)),
            **{self.pick(("applied", "people")): self.pick((0, 1, 12_500))},
        )

    def _education(self) -> dict[str, Any]:
        return {
            **self.fields(model.Education, 3, ("gold_medal",)),
            **self.pick(({"gold_medal": "true"}, {"level": ["school"]})),
        }

    def _zone(self) -> dict[str, Any]:
        return self.fields(model.Zone, number=self.pick(range(1, 11)))

    def program(self) -> dict[str, Any]:
        """A programme with a few of all the things that can be said of one."""
        sources = [self.fields(model.Source) for _ in range(self.pick((1, 1, 2)))]
        return self.fields(
            Program, 8, id="rent", sources=sources, benefits=[self._benefit() for _ in range(self.pick(range(4)))]
        )


def _in_order(program: Program) -> bool:
    at = everything.At("data/programs.yaml", ("programs", 0), program.key, program)
    return not list(everything.every_value(at, collection(), TODAY))


PROGRAMS = (
    st.randoms(use_true_random=True)
    .map(lambda chance: Program.model_validate(Maker(chance).program()))
    .filter(_in_order)
)
"""A valid programme, as the model."""
