"""The models and `fields.yaml` → what helps an editor: a JSON Schema for each data file, and a list of all fields.

With a schema, a text editor completes names and ids, tells in Georgian and English what a field is for,
and marks what cannot be right. The judge is still `check`, which knows what must hold between values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from inspect import get_annotations
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from .model import (
    SOURCE_LANGUAGES,
    AvoidedWord,
    Belonging,
    Collection,
    Copy,
    Edition,
    Figure,
    FormRules,
    GlossaryTerm,
    Illness,
    Municipality,
    OwnWords,
    Program,
    ProgramType,
    Record,
    Reference,
    Region,
    Representatives,
    Sheet,
    Shorthand,
    Standard,
    Term,
    Text,
    Training,
)
from .reading import parse

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LANGUAGE_CODE = "^[a-z]{2,3}$"
FURTHER_LANGUAGE = f"^(?!({'|'.join(SOURCE_LANGUAGES)})$)[a-z]{{2,3}}$"
BEGIN, END = "<!-- fields: begin -->", "<!-- fields: end -->"
"""The marks between which CONTRIBUTING.md holds the list of all fields."""
ITSELF = "this"
"""The entry of a model in `fields.yaml` that is about the model itself, not about a field."""

PUBLISHED = {
    "if": {"properties": {"listed": {"const": "draft"}}, "required": ["listed"]},
    "else": {"properties": {"sources": {"minItems": 1}, "to_confirm": {"maxItems": 0}}, "required": ["sources"]},
}
"""What a programme must have, and must not have, unless it is a draft."""

TOPS = (
    Program,
    ProgramType,
    Region,
    Municipality,
    Representatives,
    Term,
    FormRules,
    Copy,
    Standard,
    GlossaryTerm,
    AvoidedWord,
    Sheet,
    Training,
    Figure,
    Belonging,
    Illness,
    OwnWords,
    Edition,
)
"""The models of the records that stand at the top of a data file."""

Schema = dict[str, Any]
_PLAIN: dict[type, str] = {str: "string", bool: "boolean", int: "integer", Decimal: "number", date: "string"}


# --- what is said of the fields --------------------------------------------------------------


@cache
def fields() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Titles and descriptions: model → field as written in the file → language → [title, description]."""
    text = (Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8")
    return dict(parse(text).value)


def written(model: type[Record]) -> dict[str, str]:
    """The fields of a model: name in the code → name in the file."""
    return {name: info.alias or name for name, info in model.model_fields.items()}


def declared(model: type[Record]) -> dict[str, str]:
    """The fields that the model adds to those of the model it builds on."""
    return {name: key for name, key in written(model).items() if _owner(model, name) is model}


def _owner(model: type[Record], name: str) -> type:
    return next(owner for owner in model.__mro__ if name in get_annotations(owner))


def _labels(model: str, key: str = ITSELF) -> Schema:
    """Title and description in both languages, Georgian first."""
    about = fields()[model][key]
    titles, descriptions = zip(*(about[language] for language in SOURCE_LANGUAGES), strict=True)
    return {"title": " · ".join(titles), "description": "\n\n".join(descriptions)}


# --- one schema ------------------------------------------------------------------------------


class Writer:
    """Writes the schema of one file and keeps the definitions that it needs."""

    def __init__(self, collection: Collection):
        self.collection = collection
        self.definitions: dict[str, Schema] = {}

    def model(self, model: type[Record]) -> Schema:
        """A reference to the definition of a model, which is written once."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._definition(model)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, model: type[Record]) -> Schema:
        mapping = self.mapping(model)
        if not issubclass(model, Shorthand):
            return mapping
        names = [name for name in (model.word, model.words) if name]
        by_key = {key: model.model_fields[name] for name, key in written(model).items()}
        return {"anyOf": [mapping, *(self._field(by_key[name]) for name in names)]}

    def mapping(self, model: type[Record]) -> Schema:
        """The model as a mapping: its fields, what must be there, and nothing unknown."""
        names = written(model)
        infos = model.model_fields
        properties = {
            key: {**_labels(_owner(model, name).__name__, key), **self._field(infos[name])}
            for name, key in names.items()
        }
        required = [key for name, key in names.items() if infos[name].is_required()]
        mapping = _mapping(properties, required) | (PUBLISHED if model is Program else {})
        return mapping if model.model_config.get("extra") != "allow" else {**mapping, **self._languages(model)}

    def _languages(self, model: type[Record]) -> Schema:
        """What a model holds beside its fields: further languages."""
        extra = get_type_hints(model, include_extras=True)["__pydantic_extra__"]
        return {"patternProperties": {LANGUAGE_CODE: self.value(get_args(extra)[1])}}

    def _field(self, info: FieldInfo) -> Schema:
        return self.value(info.annotation, info.metadata)

    def value(self, annotation: Any, marks: Iterable[Any] = ()) -> Schema:
        """The schema of a value, with its limits and the ids that it may be."""
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.value(parts[0], [*parts[1:], *marks])
        if origin in (Union, UnionType):
            kinds = [self.value(part) for part in parts if part is not NoneType]
            return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        if origin is tuple:
            return {"type": "array", "items": self.value(parts[0]), **_limits(marks, "Items")}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.value(parts[1])}
        if origin is Literal:
            return {"type": "string", "enum": list(parts)}
        if issubclass(annotation, Record):
            return self.model(annotation)
        return self._scalar(annotation, list(_flat(marks)))

    def _scalar(self, kind: type, marks: list[Any]) -> Schema:
        for mark in marks:
            if isinstance(mark, Reference):
                return self._ids(mark)
        plain: Schema = {"type": _PLAIN[kind]}
        for mark in marks:
            if isinstance(mark, WithJsonSchema) and mark.json_schema:
                plain = mark.json_schema
        if isinstance(plain["type"], list):
            plain = {"type": ["string", "number"]}  # a name in digits: 2026, 06.02
        return {**plain, **_limits(marks, "Length")}

    def _ids(self, reference: Reference) -> Schema:
        """The ids that a reference may name, each with its name in both languages."""
        ids = sorted(self.collection.ids(reference))
        if reference.table == "programs" or not ids:
            return {"type": "string"}
        name = ".".join(part for part in (reference.table, reference.form) if part)
        names = [_called(self.collection, reference.table, id) for id in ids]
        self.definitions[name] = {"type": "string", "enum": ids, "enumDescriptions": names}
        return {"$ref": f"#/$defs/{name}"}


def _mapping(properties: Schema, required: Iterable[str]) -> Schema:
    mapping = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**mapping, "required": list(required)} if required else mapping


def _flat(marks: Iterable[Any]) -> Iterator[Any]:
    """The marks of a field, those inside `Field(…)` included."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from mark.metadata
        else:
            yield mark


def _limits(marks: Iterable[Any], of: str) -> Schema:
    """Smallest and largest value, fewest and most items or characters."""
    limits: Schema = {}
    for mark in _flat(marks):
        if isinstance(mark, Ge):
            limits["minimum"] = mark.ge
        elif isinstance(mark, Le):
            limits["maximum"] = mark.le
        elif isinstance(mark, MinLen):
            limits[f"min{of}"] = mark.min_length
        elif isinstance(mark, MaxLen):
            limits[f"max{of}"] = mark.max_length
    return limits


def _called(collection: Collection, table: str, id: str) -> str:
    """What an id stands for: "მრავალშვილიანი ოჯახი · a large family"."""
    if table in collection.vocabulary:
        term = collection.vocabulary[table][id]
        return " · ".join(next(iter(term.forms(language).values()), id) for language in SOURCE_LANGUAGES)
    found = getattr(collection, table)[id]
    name = found if isinstance(found, Text) else found.title if isinstance(found, Sheet) else found.name
    return " · ".join(name[language] for language in SOURCE_LANGUAGES)


# --- the files -------------------------------------------------------------------------------


def texts(collection: Collection) -> dict[str, str]:
    """The schemas as they should stand in data/schema/: name of the data file → text."""
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas(collection).items()
    }


def schemas(collection: Collection) -> dict[str, Schema]:
    """The schema of every data file."""
    tops: dict[str, Callable[[Writer], Schema]] = {
        "settings": lambda writer: writer.mapping(Copy),
        "programs": lambda writer: _file(programs=_rows(writer, Program)),
        "catalogue": lambda writer: _file(types=_table(writer, ProgramType)),
        "municipalities": lambda writer: _file(
            regions=_table(writer, Region), municipalities=_table(writer, Municipality)
        ),
        "representatives": lambda writer: _file(representatives=_table(writer, Representatives)),
        "vocabulary": _vocabulary,
        "phrases": _phrases,
        "standards": lambda writer: _file(status=writer.model(Text), standards=_table(writer, Standard)),
        "glossary": lambda writer: _file(
            categories=_table(writer, Text), terms=_table(writer, GlossaryTerm), avoid=_rows(writer, AvoidedWord)
        ),
        "worksheets": lambda writer: _file(worksheets=_table(writer, Sheet), annexes=_table(writer, Sheet)),
        "training": lambda writer: _file(trainings=_table(writer, Training)),
        "figures": lambda writer: _file(figures=_table(writer, Figure)),
        "questions": lambda writer: _file(groups=_rows(writer, Belonging), diagnoses=_rows(writer, Illness)),
        "spelling": lambda writer: writer.mapping(OwnWords),
        "editions": lambda writer: _file(editions=_rows(writer, Edition)),
    }
    return {name: _schema(name, Writer(collection), top) for name, top in tops.items()}


def _schema(name: str, writer: Writer, top: Callable[[Writer], Schema]) -> Schema:
    body = top(writer)
    definitions = dict(sorted(writer.definitions.items()))
    return {"$schema": DRAFT, **_labels("files", name), **body, "$defs": definitions}


def _file(**parts: Schema) -> Schema:
    """A file with these keys at its top, all of them needed."""
    return _mapping(parts, parts)


def _rows(writer: Writer, model: type[Record]) -> Schema:
    return {**_labels(model.__name__), "type": "array", "items": writer.model(model)}


def _table(writer: Writer, model: type[Record]) -> Schema:
    """A mapping: id → model."""
    return {**_labels(model.__name__), "type": "object", "additionalProperties": writer.model(model)}


def _vocabulary(writer: Writer) -> Schema:
    """The rules of forms, and each table of terms in the forms that its rules ask for."""
    rules = writer.collection.forms
    forms = _mapping({table: writer.model(FormRules) for table in rules}, ())
    tables = {
        table: {**_labels("Term"), "type": "object", "additionalProperties": _term(writer, rule)}
        for table, rule in rules.items()
    }
    return _mapping({"forms": {**_labels("FormRules"), **forms}, **tables}, ["forms"])


def _term(writer: Writer, rules: FormRules) -> Schema:
    term = writer.mapping(Term)
    term["properties"].update({language: _forms(rules.of(language)) for language in SOURCE_LANGUAGES})
    further = {FURTHER_LANGUAGE: _forms(rules.of(""))}
    return {**term, "required": list(SOURCE_LANGUAGES), "patternProperties": further}


def _forms(rules: tuple[str, ...]) -> Schema:
    """The forms of a term in one language; where the plain form is enough, it may stand alone."""
    words = {"type": "string"}
    needed = [rule for rule in rules if not rule.endswith("?")]
    forms = _mapping({rule.removesuffix("?"): words for rule in rules}, needed)
    return {"anyOf": [words, forms]} if set(needed) <= {"one"} else forms


def _phrases(writer: Writer) -> Schema:
    """Phrases within phrases; where a language stands, there is the phrase itself."""
    languages = {"anyOf": [{"required": [language]} for language in SOURCE_LANGUAGES]}
    counted = {"type": "object", "additionalProperties": {"type": "string"}, "required": ["other"]}
    writer.definitions["words"] = {"anyOf": [{"type": "string"}, counted]}
    writer.definitions["phrase"] = {
        "patternProperties": {LANGUAGE_CODE: {"$ref": "#/$defs/words"}},
        "additionalProperties": False,
        "required": list(SOURCE_LANGUAGES),
    }
    part = {"additionalProperties": {"$ref": "#/$defs/part"}}
    writer.definitions["part"] = {"type": "object", "if": languages, "then": {"$ref": "#/$defs/phrase"}, "else": part}
    return {"$ref": "#/$defs/part"}


# --- the list of all fields ------------------------------------------------------------------


def models() -> dict[str, type[Record]]:
    """Every model that stands in a data file or that one of them builds on, by name."""
    found: dict[str, type[Record]] = {}
    waiting: list[type[Record]] = [*TOPS]
    while waiting:
        model = waiting.pop(0)
        if model.__name__ not in found:
            found[model.__name__] = model
            waiting += [base for base in model.__mro__[1:] if issubclass(base, Record) and declared(base)]
            waiting += [kind for info in model.model_fields.values() for kind, _ in _leaves(info) if _is_record(kind)]
    return found


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)


def _leaves(annotation: Any, marks: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The values inside lists, alternatives and marks, each with its marks."""
    if isinstance(annotation, FieldInfo):
        yield from _leaves(annotation.annotation, tuple(annotation.metadata))
    elif get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0], (*get_args(annotation)[1:], *marks))
    elif get_origin(annotation) in (Union, UnionType, tuple, dict):
        for part in get_args(annotation):
            yield from _leaves(part, marks)
    elif annotation not in (NoneType, Ellipsis):
        yield annotation, marks


def reference() -> str:
    """All fields as Markdown: for each model a heading and a table."""
    known = models()
    return "\n".join(line for name in fields() if name in known for line in _section(known[name]))


def with_reference(text: str) -> str:
    """The text of CONTRIBUTING.md with the list of all fields made again."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _section(model: type[Record]) -> Iterator[str]:
    name = model.__name__
    (ka, _), (en, description) = (fields()[name][ITSELF][language] for language in SOURCE_LANGUAGES)
    yield from (f"#### {name}", "", f"**{ka} · {en}.** {description}", "")
    bases = [base.__name__ for base in model.__mro__[1:] if issubclass(base, Record) and declared(base)]
    for base in bases:
        yield from (f"It also has all fields of [{base}](#{base.lower()}).", "")
    yield from ("| Field | ქართულად | In English | What to write |", "| --- | --- | --- | --- |")
    for name_in_code, key in declared(model).items():
        yield _row(name, key, model.model_fields[name_in_code])
    yield ""


def _row(model: str, key: str, info: FieldInfo) -> str:
    (ka, _), (en, description) = (fields()[model][key][language] for language in SOURCE_LANGUAGES)
    needed = " (required)" if info.is_required() else ""
    words = " ".join([description, *_kinds(info, description)]).replace("|", "\\|")
    return f"| `{key}`{needed} | {ka} | {en} | {words} |"


def _kinds(info: FieldInfo, description: str) -> Iterator[str]:
    """What the field holds, as far as its description does not say it."""
    for kind, marks in _leaves(info):
        references = [mark for mark in marks if isinstance(mark, Reference)]
        if get_origin(kind) is Literal:
            if not {str(choice) for choice in get_args(kind)} <= set(re.findall(r"[\w-]+", description)):
                yield f"One of: {', '.join(f'`{choice}`' for choice in get_args(kind))}."
        elif _is_record(kind):
            yield f"Fields: [{kind.__name__}](#{kind.__name__.lower()})."
        elif references:
            yield f"An id from `{references[0].table}`."
