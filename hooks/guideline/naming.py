"""Fields, ids and choices → the words by which a clerk knows them, in Georgian or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from .model import Benefit, Collection, Copy, Loc, Municipality, Program, Record, Reference, Shorthand, Tier
from .schema import declared, fields, written
from .telling import say

_FORMS = ("one", "a_one", "many", "adverb", "in", "per", "by", "of", "if", "to")
"""The form of a term that stands best alone, the best first."""


TOPS: dict[str, type[Record]] = {"programs": Program, "municipalities": Municipality}
"""The models of the records of a file, by the key under which they stand; a file without such a key is the settings."""


LEADING: dict[type[Record], tuple[str, ...]] = {Benefit: ("kind",), Tier: ("when", "otherwise")}
"""Fields that stand before those of the model on which theirs builds."""


@dataclass(frozen=True)
class Kind:
    """What one field holds."""

    type: Any
    """A model, or the type of a plain value."""
    marks: tuple[Any, ...] = ()
    many: bool = False
    """Is it a list of these?"""
    choices: tuple[str, ...] = ()
    reference: Reference | None = None

    @property
    def model(self) -> type[Record] | None:
        """The model of a record, nothing for a plain value."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, Record) else None


@cache
def kinds(model: type[Record]) -> dict[str, Kind]:
    """What the fields of a model hold, by their names in the file, in the order of the card."""
    found = {
        key: _kind(model.model_fields[name].annotation, tuple(model.model_fields[name].metadata))
        for name, key in written(model).items()
    }
    first = LEADING.get(model, ())
    return {key: found[key] for key in (*first, *(key for key in found if key not in first))}


def _kind(annotation: Any, marks: tuple[Any, ...]) -> Kind:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(parts[0], (*_flat(parts[1:]), *marks))
    if origin in (Union, UnionType):
        return _kind(next(part for part in parts if part is not NoneType), marks)
    if origin is tuple:
        inner = _kind(parts[0], ())
        return Kind(inner.type, inner.marks, True, inner.choices, inner.reference)
    if origin is Literal:
        return Kind(str, marks, choices=parts)
    reference = next((mark for mark in marks if isinstance(mark, Reference)), None)
    return Kind(annotation, marks, reference=reference)


def _flat(marks: Any) -> Iterator[Any]:
    for mark in marks:
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)


def model_at(loc: Loc) -> type[Record] | None:
    """The model of the mapping that stands at a place of a data file."""
    if loc and loc[0] in TOPS:
        model, rest = TOPS[str(loc[0])], loc[2:]
        if len(loc) < 2:
            return None
    else:
        model, rest = Copy, loc
    for part in rest:
        if isinstance(part, str):
            kind = kinds(model).get(part)
            if not (kind and kind.model):
                return None
            model = kind.model
    return model


def order(loc: Loc) -> list[str]:
    """The names that a mapping may have, in the order of the card: where a new one belongs."""
    model = model_at(loc)
    return list(kinds(model)) if model else []


def owner(model: type[Record], key: str) -> type[Record]:
    """The model that declares a field: where `fields.yaml` and `choices.yaml` describe it."""
    return next(base for base in model.__mro__ if issubclass(base, Record) and key in declared(base).values())


def title(model: type[Record], key: str, language: str) -> str:
    """The title of a field."""
    return fields()[owner(model, key).__name__][key][language][0]


def help_of(model: type[Record], key: str, language: str) -> str:
    """What to write into a field."""
    return fields()[owner(model, key).__name__][key][language][1]


def own_kind(model: type[Shorthand], value: Any) -> tuple[str, Kind]:
    """The field that a record written as one word or as a list stands for."""
    name = model.words if isinstance(value, list) and model.words else model.word
    return name, kinds(model)[name]


@cache
def choices() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """The words of choices: model → field → choice → language."""
    return dict(yaml.safe_load((Path(__file__).parent / "choices.yaml").read_text(encoding="utf-8")))


def choice(model: type[Record], key: str, value: str, language: str) -> str:
    """The words of a choice, itself where it is none."""
    return choices().get(owner(model, key).__name__, {}).get(key, {}).get(value, {}).get(language, value)


def id_in_words(collection: Collection, reference: Reference, id: str, language: str) -> str:
    """What an id stands for, itself where nothing has it."""
    if reference.table == "programs":
        return id
    if reference.table in collection.vocabulary:
        term = collection.vocabulary[reference.table].get(id)
        forms = term.forms(language) if term else {}
        return next((forms[form] for form in _FORMS if form in forms), next(iter(forms.values()), id))
    found = getattr(collection, reference.table).get(id)
    name = getattr(found, "name", None)
    return name[language] if name else id


def in_words(collection: Collection, model: type[Record], key: str, value: Any, language: str) -> str:
    """A value of a field as a clerk reads it: `value` is plain, as it stands in the file."""
    return _in_words(collection, kinds(model).get(key), model, key, value, language)


def _in_words(
    collection: Collection, kind: Kind | None, model: type[Record], key: str, value: Any, language: str
) -> str:
    if isinstance(value, list) and not (kind and kind.model and not kind.many):
        return ", ".join(_in_words(collection, kind, model, key, item, language) for item in value)
    if kind is None:
        return str(value)
    if kind.model and isinstance(value, dict):
        return record_in_words(collection, kind.model, value, language)
    if kind.model and issubclass(kind.model, Shorthand):
        name, own = own_kind(kind.model, value)
        return _in_words(collection, own, kind.model, name, value, language)
    if kind.type is bool and value in ("true", "false"):
        return say("changes.yes" if value == "true" else "changes.no", language)
    if kind.choices:
        return choice(model, key, value, language)
    return id_in_words(collection, kind.reference, value, language) if kind.reference else str(value)


def record_in_words(collection: Collection, model: type[Record], value: dict[str, Any], language: str) -> str:
    """A record as "title: value; title: value"; of words in several languages only those of `language`."""
    if set(value) <= {"ka", "en"} and value:
        return str(value.get(language) or next(iter(value.values())))
    known = kinds(model)
    return "; ".join(
        f"{title(model, key, language) if key in known else key}: {in_words(collection, model, key, item, language)}"
        for key, item in value.items()
    )
