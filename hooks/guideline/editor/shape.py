"""The models → what a form asks for, in one language; and records between the file and the form.

In the file a record may be written short (`residence: registered`); the form has it spelled out
(`residence: {basis: registered}`), and what it gives back is written as short as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from ..model import SOURCE_LANGUAGES, Collection, Loc, Program, Record, Reference, Shorthand, Text
from ..naming import Kind, choice, help_of, id_in_words, kinds, title
from ..schema import ITSELF, fields
from ..telling import say

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("about", ("id", "municipality", "type", "listed", "name", "official_name", "summary", "groups", "part_of")),
    ("state", ("state", "valid", "year", "to_confirm")),
    ("benefits", ("benefits", "benefits_are", "payment", "repeat", "capacity", "provider")),
    ("who", ("eligibility",)),
    ("documents", ("documents",)),
    ("apply", ("application", "assistance", "decision", "appeal", "combination")),
    ("contacts", ("contacts", "remarks")),
    ("law", ("act", "budget", "goal", "expected_result", "indicators", "reports")),
    ("sources", ("sources", "conflicts", "confidence", "review", "owner", "former_ids", "note")),
)
"""The parts of the form, in the order of the card, and the fields of a programme in each."""
LONG = ("note",)
"""Words without a translation that take more than a line."""
_EMPTY: tuple[Any, ...] = ("", [], {})
_PLAIN = {bool: "flag", int: "number", Decimal: "number", date: "day"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OF_FILES = re.compile(r"[{}\[\]]|\.yaml|\bid\b|^[a-z][a-z-]*: |_|^[^:]*: - ")
"""Sentences about the way in which a file is written: in the form nobody writes so."""
_LATIN = re.compile(r"(?<![\w./:@-])[a-z][a-z-]+(?![\w./:@])")
"""Names of fields and choices among Georgian words."""
_ID_AS_EXAMPLE = re.compile(r"^(?:მაგალითად|For example): [a-z0-9-]+\.$")
_VALUE_FIRST = re.compile(r"([a-z-]+)((?:, თუ| if) .*)$")
_IN_QUOTES = re.compile(r"\s*,?\s*(?:ბრჭყალებში|in quotation marks)")


def shape(collection: Collection, language: str) -> dict[str, Any]:
    """The models of a programme and the lists from which one chooses, as plain values for a script."""
    found: dict[str, Any] = {}
    tables: dict[str, list[list[str]]] = {}
    waiting: list[type[Record]] = [Program]
    while waiting:
        model = waiting.pop()
        if model.__name__ in found:
            continue
        asked = [(key, kind) for key, kind in kinds(model).items()]
        found[model.__name__] = {
            "title": fields()[model.__name__][ITSELF][language][0],
            "fields": [_field(model, key, kind, language) for key, kind in asked],
        }
        waiting += [kind.model for _, kind in asked if kind.model and kind.model is not Text]
        for _, kind in asked:
            if kind.reference and _table(kind.reference) not in tables:
                tables[_table(kind.reference)] = _choices(collection, kind.reference, language)
    sections = [{"id": id, "fields": keys} for id, keys in SECTIONS]
    return {"models": found, "tables": tables, "sections": sections, "top": Program.__name__}


def _field(model: type[Record], key: str, kind: Kind, language: str) -> dict[str, Any]:
    """One field: its name in the file, its words, and what it holds."""
    needed = next(info.is_required() for name, info in model.model_fields.items() if (info.alias or name) == key)
    asked: dict[str, Any] = {"key": key, "title": title(model, key, language), "is": _is(key, kind)}
    if words := _help(model, key, kind, language):
        asked["help"] = words
    if kind.many:
        asked["many"] = True
    if needed:
        asked["needed"] = True
    if kind.model and kind.model is not Text:
        asked["model"] = kind.model.__name__
    if kind.choices:
        asked["choices"] = [[value, choice(model, key, value, language)] for value in kind.choices]
    elif kind.reference:
        asked["table"] = _table(kind.reference)
    return asked


def _is(key: str, kind: Kind) -> str:
    if kind.model:
        return "text" if kind.model is Text else "record"
    if kind.choices or kind.reference:
        return "choice"
    return _PLAIN.get(kind.type, "words" if key in LONG else "line")


def _help(model: type[Record], key: str, kind: Kind, language: str) -> str:
    """What to write into the field, without what only those need who write files."""
    chosen = kind.choices or kind.reference
    words = _IN_QUOTES.sub("", help_of(model, key, language)).replace('"', "")
    return " ".join(
        sentence
        for said in _SENTENCE.split(words)
        if (sentence := _spoken(model, key, said, language))
        and not _OF_FILES.search(sentence)
        and not (chosen and _ID_AS_EXAMPLE.match(sentence))
        and not (language == SOURCE_LANGUAGES[0] and key != "id" and _LATIN.search(sentence))
    )


def _spoken(model: type[Record], key: str, sentence: str, language: str) -> str:
    """ "true, if …" → "yes, if …": the form shows words where the file has a value."""
    begun = _VALUE_FIRST.match(sentence)
    if not begun:
        return sentence
    value, rest = begun.groups()
    if value in ("true", "false"):
        return say("changes.yes" if value == "true" else "changes.no", language) + rest
    return choice(model, key, value, language) + rest


def _table(reference: Reference) -> str:
    return ".".join(part for part in (reference.table, reference.form) if part)


def _choices(collection: Collection, reference: Reference, language: str) -> list[list[str]]:
    """The ids that may stand there, with their words, sorted by these."""
    ids = collection.ids(reference)
    return sorted(([id, id_in_words(collection, reference, id, language)] for id in ids), key=lambda pair: pair[1])


# --- records between the file and the form ---------------------------------------------------


def spelled(model: type[Record], value: Any) -> Any:
    """The plain value with everything spelled out that may be written short."""
    value = _opened(model, value)
    if not isinstance(value, dict):
        return value
    known = kinds(model)
    return {key: _spelled(known.get(key), item) for key, item in value.items()}


def _spelled(kind: Kind | None, item: Any) -> Any:
    if kind is None or kind.model is None:
        return item
    if kind.many and isinstance(item, list):
        return [spelled(kind.model, one) for one in item]
    return spelled(kind.model, item)


def _opened(model: type[Record], value: Any) -> Any:
    """A record that is written as a word or a list, as a mapping."""
    if issubclass(model, Shorthand):
        if isinstance(value, str):
            return {model.word: value}
        if isinstance(value, list) and model.words:
            return {model.words: value}
    return value


def pruned(value: Any) -> Any:
    """The value without what is empty: an empty field of a form says nothing."""
    if isinstance(value, dict):
        return {key: found for key, item in value.items() if (found := pruned(item)) not in _EMPTY}
    if isinstance(value, list):
        return [found for item in value if (found := pruned(item)) not in _EMPTY]
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def folded(model: type[Record], new: Any, old: Any = None) -> Any:
    """What the form gives back (spelled out), as it stands in the file: what did not change is as it was."""
    if old is not None and pruned(spelled(model, old)) == new:
        return old
    if not isinstance(new, dict):
        return new
    known = kinds(model)
    was = _opened(model, old)
    was = was if isinstance(was, dict) else {}
    made = {key: _folded(known.get(key), new[key], was.get(key)) for key in sorted(new, key=_rank(known))}
    made |= {key: item for key, item in was.items() if key not in new and pruned(item) in _EMPTY}
    if issubclass(model, Shorthand) and not isinstance(old, dict):
        for name in (model.word, model.words):
            if name and set(made) == {name}:
                return made[name]
    return made


def _folded(kind: Kind | None, new: Any, old: Any) -> Any:
    if kind is None or kind.model is None:
        return new
    if not (kind.many and isinstance(new, list)):
        return folded(kind.model, new, old)
    before = old if isinstance(old, list) else []
    return [folded(kind.model, item, _same(kind.model, item, index, before)) for index, item in enumerate(new)]


def _same(model: type[Record], item: Any, index: int, before: list[Any]) -> Any:
    """The item of the old list that this one was: one that is the same, else the one in its place."""
    same = next((old for old in before if pruned(spelled(model, old)) == item), None)
    return same if same is not None else before[index] if index < len(before) else None


def _rank(known: dict[str, Kind]) -> Any:
    places = {key: index for index, key in enumerate(known)}
    return lambda key: places.get(key, len(places))


def titles_at(loc: Loc) -> Iterator[tuple[type[Record], str]]:
    """The models around a place within a programme and the field of each that leads there, from the inside."""
    way: list[tuple[type[Record], str]] = []
    model: type[Record] | None = Program
    for key in (part for part in loc if isinstance(part, str)):
        if model is None or key not in kinds(model):
            break
        way.append((model, key))
        model = kinds(model)[key].model
    yield from reversed(way)
