"""Phrases filled with figures and with stored forms of terms, in one language.

The code chooses and joins; it never adds, cuts or changes a letter of a stored word. Numbers follow
CLDR through Babel; Georgian groups digits from 10 000 on, and dates come from our own tables,
because CLDR's Georgian dates and units are not fit for readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from ..model import SOURCE_LANGUAGES, CalendarDay, Collection, Duration, Municipality, Region, borrowed
from ..problems import DataError, Problem
from .layout import Line

PHRASES = "data/phrases.yaml"
NO_BREAK = "\u00a0"
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_PARTS = re.compile(r"(\{\w+(?:\.\w+)?\})")
UNGROUPED_BELOW = {"ka": 10_000, "az": 10_000, "hy": 10_000}
"""Where a language starts to group digits later than CLDR says."""
WRITTEN_AS = {"az": "ka"}
"""Languages whose numbers are written as Georgian papers write them: a reader holds the card beside such a paper."""


class Forms(dict[str, str]):
    """The forms of a term; where no form is asked for, the plain one stands."""

    def __str__(self) -> str:
        return self["one"]


class FurtherForms(Forms):
    """The forms of a term in a further language: a sentence that asks for one it lacks gets its plain form."""

    def __missing__(self, form: str) -> str:
        return self.get("one") or next(iter(self.values()), "")


@dataclass(frozen=True)
class Speaker:
    """Speaks one language with the words of one collection."""

    language: str
    collection: Collection
    today: date

    def say(self, key: str, count: int | Decimal | None = None, **parts: Any) -> str:
        """The phrase `key`, filled; `count` chooses between one and other where the language does."""
        return fill(self.pattern(key, count), parts)

    def pattern(self, key: str, count: int | Decimal | None = None) -> str:
        """The unfilled phrase; in Georgian, marked as such, where a further language lacks it.

        Raises `DataError` where the phrase was taken out of data/phrases.yaml.
        """
        try:
            words = _find(self.collection.phrases, key)
        except (KeyError, TypeError):
            raise DataError([Problem(PHRASES, 1, 1, key, "missing-phrase")]) from None
        language = self.language if self.language in words else SOURCE_LANGUAGES[0]
        pattern = words[language]
        if isinstance(pattern, dict):
            category = _locale(language).plural_form(count if count is not None else 2)
            pattern = pattern.get(category, pattern["other"])
        return str(pattern) if language == self.language else _frame(str(pattern))

    def has(self, key: str) -> bool:
        """Is there such a phrase?"""
        try:
            return isinstance(_find(self.collection.phrases, key), dict)
        except KeyError:
            return False

    def term(self, table: str, id: str) -> Forms:
        """The forms of a term of the vocabulary; those of Georgian, marked, where a further language lacks it."""
        term = self.collection.vocabulary[table][id]
        forms = term.forms(self.language)
        if self.language in SOURCE_LANGUAGES:
            return Forms(forms)
        return FurtherForms(forms or {form: borrowed(it) for form, it in term.forms(SOURCE_LANGUAGES[0]).items()})

    def counted(self, table: str, id: str, count: Any) -> str:
        """The plain form that goes with a number: Georgian has one, English chooses by count."""
        forms = self.term(table, id)
        one = _locale(self.language).plural_form(count) == "one"
        return forms["one"] if one else forms.get("many", forms["one"])

    def municipality(self, municipality: Municipality) -> Forms:
        """The names of a municipality: `name`, `official`, and `of` for Georgian sentences."""
        texts = {"name": municipality.name, "official": municipality.official, "of": municipality.of}
        return Forms({form: text[self.language] for form, text in texts.items()}, one=municipality.name[self.language])

    def region(self, region: Region) -> Forms:
        """The names of a region."""
        return Forms({"one": region.name[self.language], "in": region.in_[self.language]})

    def unknown(self, key: str, gap: str, **parts: Any) -> Line:
        """The sentence that says what the source does not, and the same as an item of a list."""
        return Line(self.say(key, **parts), kind="unknown", gap=self.say(f"gap.{gap}"))

    # --- figures -----------------------------------------------------------------------------

    def number(self, value: int | Decimal) -> str:
        """A number with the digits grouped as the language does, never broken at a line end."""
        return _number(value, self.language)

    def money(self, gel: Decimal | int) -> str:
        """A sum: "250 ₾", "GEL 250"."""
        return self.say("money", n=self.number(gel) if gel == int(gel) else _tetri(Decimal(gel), self.language))

    def percent(self, value: Decimal) -> str:
        """A share: "70%"."""
        return self.number(value) + "%"

    def duration(self, duration: Duration, form: str = "one") -> Forms:
        """A stretch of time as its parts: `n` and the forms of the unit that go with it."""
        forms = self.term("time_units", duration.unit)
        forms["counted"] = self.counted("time_units", duration.unit, duration.value)
        forms["n"] = self.number(duration.value)
        return forms

    def day(self, day: date) -> str:
        """A date in full: "2026 წლის 9 მაისი", "9 May 2026"."""
        return self._date("date.full", day)

    def on_day(self, day: date) -> str:
        """A date as the time of something: "2026 წლის 9 მაისს", "on 9 May 2026"."""
        return self._date("date.on", day)

    def day_of(self, day: date) -> str:
        """A date as the owner of something: "2026 წლის 18 იანვრის", "of 18 January 2026"."""
        return self._date("date.of", day)

    def _date(self, key: str, day: date, **parts: Any) -> str:
        return self.say(key, y=day.year, d=day.day, m=self.term("months", str(day.month)), **parts)

    def partial_day(self, when: str) -> str:
        """A year, a month or a day, as far as it is known."""
        parts = when.split("-")
        if len(parts) == 3:
            return self.day(date.fromisoformat(when))
        month = self.term("months", str(int(parts[1]))) if len(parts) == 2 else ""
        return self.say("date.month" if month else "date.year", y=parts[0], m=month)

    def in_partial_day(self, when: str) -> str:
        """The same as the time of something, at the start of a sentence: "2025 წელს", "In 2025"."""
        year, *rest = when.split("-")
        month = self.term("months", str(int(rest[0]))) if rest else ""
        day = int(rest[1]) if len(rest) == 2 else ""
        return self.say(f"date.in_{('year', 'month', 'day')[len(rest)]}", y=year, m=month, d=day)

    def calendar_day(self, day: CalendarDay) -> str:
        """A day of every year: "9 მაისს", "დედის დღეს (3 მარტს)"."""
        known = day.day is not None and day.month is not None
        on = self.say("date.yearly", d=day.day, m=self.term("months", str(day.month))) if known else ""
        if day.holiday is None:
            return on
        holiday = self.term("holidays", day.holiday)["when"]
        plain = self.say("date.yearly_plain", d=day.day, m=self.term("months", str(day.month))) if known else ""
        return self.say("date.holiday_and_day", holiday=holiday, day=plain) if known else holiday

    # --- joining -----------------------------------------------------------------------------

    def both(self, words: Sequence[str]) -> str:
        """ "ა, ბ და გ"."""
        return self._join(words, "and")

    def either(self, words: Sequence[str]) -> str:
        """ "ა, ბ ან გ"."""
        return self._join(words, "or")

    def _join(self, words: Sequence[str], conjunction: str) -> str:
        if len(words) < 2:
            return "".join(words)
        return self.say(f"list.{conjunction}", first=self.pattern("list.comma").join(words[:-1]), last=words[-1])


def fill(pattern: str, parts: dict[str, Any]) -> str:
    """The pattern with its slots filled; the spaces that empty slots leave behind are folded."""

    def slot(match: re.Match[str]) -> str:
        name, form = match.groups()
        value = parts[name]
        return str(value[form] if form else value)

    filled = re.sub(r" {2,}", " ", _SLOT.sub(slot, pattern))
    return re.sub(r" +(?=[;,.:])", "", filled).strip(" ")


def _frame(pattern: str) -> str:
    """A pattern that a further language borrows, marked around its slots: what fills them has its own language."""
    return "".join(part if part.startswith("{") else borrowed(part) for part in _PARTS.split(pattern))


def _find(phrases: dict[str, Any], key: str) -> dict[str, Any]:
    found: Any = phrases
    for part in key.split("."):
        found = found[part]
    return dict(found)


@lru_cache
def _locale(language: str) -> Locale:
    """How a language writes numbers; one that CLDR does not know writes them as Georgian does."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE_LANGUAGES[0])


def _numbers(language: str) -> Locale:
    return _locale(WRITTEN_AS.get(language, language))


def _tetri(gel: Decimal, language: str) -> str:
    """A sum that is not whole, with both digits of its tetri."""
    grouped = gel >= UNGROUPED_BELOW.get(language, 0)
    return str(format_decimal(gel, format="#,##0.00" if grouped else "0.00", locale=_numbers(language)))


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    grouped = abs(Decimal(value)) >= UNGROUPED_BELOW.get(language, 0)
    return format_decimal(value, format="#,##0.##" if grouped else "0.##", locale=_numbers(language))
