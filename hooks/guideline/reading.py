"""YAML text → values that are exactly what was typed → models, with every problem placed.

Nothing is guessed: every plain word stays text (`yes`, `0322`, `10:30`), keys may not repeat,
anchors, aliases and tags are refused, size and depth are bounded. Files are opened elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .model import Loc
from .problems import Finding, Problem, particulars

LARGEST = 20_000_000
"""Characters in one file; the whole country has about 4 million."""
DEEPEST = 40
"""Levels of nesting; a programme needs a dozen."""

M = TypeVar("M", bound=BaseModel)
Place = tuple[int, int]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):
    """The text cannot be read further."""


@dataclass
class _Open:
    """A mapping or list that is being read, and the key that waits for its value."""

    value: Any
    loc: Loc
    key: str | None = None

    def child(self) -> Loc:
        return (*self.loc, self.key if isinstance(self.value, dict) else len(self.value))


@dataclass
class Parsed:
    """What a text holds: plain values, where each stands, and what could not be read."""

    value: Any = None
    places: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str, dict[str, str]]] = field(default_factory=list)

    def place(self, loc: Loc) -> Place:
        """Line and column of the value at `loc`, of the nearest thing around it where there is none."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places.get(loc, (1, 1))

    def key_place(self, loc: Loc) -> Place:
        """Line and column of the key at `loc`."""
        return self.keys.get(loc) or self.place(loc)


def parse(text: str) -> Parsed:
    """The values of a YAML text, as typed. Faults of form are in `faults`; then `value` is partial."""
    parsed = Parsed()
    try:
        if len(text) > LARGEST:
            raise _fault(parsed, (1, 1), "too-large", limit=f"{LARGEST:,}")
        _build(yaml.parse(text, Loader=_Loader), parsed)
    except _Stop:
        pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else _bad_character(text, error)
        parsed.faults.append((place, "not-yaml", {"problem": str(getattr(error, "problem", None) or error.args[0] if error.args else error)}))
    return parsed


def _bad_character(text: str, error: yaml.YAMLError) -> Place:
    before = text[: getattr(error, "position", 0)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _fault(parsed: Parsed, place: Place, code: str, **about: str) -> _Stop:
    parsed.faults.append((place, code, about))
    return _Stop(code)


def _build(events: Iterator[yaml.Event], parsed: Parsed) -> None:
    """Follow the events with a stack of our own, so that depth costs no recursion."""
    stack: list[_Open] = []
    documents = 0
    for event in events:
        place = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _fault(parsed, place, "second-document")
        elif isinstance(event, yaml.AliasEvent):
            raise _fault(parsed, place, "alias")
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor:
                raise _fault(parsed, place, "alias")
            if event.tag and event.tag != "!":
                raise _fault(parsed, place, "tag", tag=event.tag)
            _take(event, place, stack, parsed)


def _take(event: yaml.NodeEvent, place: Place, stack: list[_Open], parsed: Parsed) -> None:
    top = stack[-1] if stack else None
    scalar = event.value if isinstance(event, yaml.ScalarEvent) else None
    if top and isinstance(top.value, dict) and top.key is None:
        _take_key(scalar, place, top, parsed)
        return
    loc = top.child() if top else ()
    if scalar is not None:
        value: Any = scalar
        if not scalar and not event.style:
            parsed.faults.append((place, "empty-value", {"field": str(loc[-1]) if loc else ""}))
    else:
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
        stack.append(_Open(value, loc))
        if len(stack) > DEEPEST:
            raise _fault(parsed, place, "too-deep", limit=str(DEEPEST))
    parsed.places[loc] = place
    if top is None:
        parsed.value = value
    elif isinstance(top.value, dict):
        top.value[top.key], top.key = value, None
    else:
        top.value.append(value)


def _take_key(key: str | None, place: Place, top: _Open, parsed: Parsed) -> None:
    if key is None:
        raise _fault(parsed, place, "key-not-text")
    if key in top.value:
        first = parsed.keys[(*top.loc, key)][0]
        parsed.faults.append((place, "repeated-key", {"field": key, "line": str(first)}))
    top.key = key
    parsed.keys[(*top.loc, key)] = place


# --- into models -----------------------------------------------------------------------------


@dataclass
class File:
    """A data file: its path as editors know it, and its text."""

    path: str
    text: str

    def problems(self, findings: Iterator[Finding] | list[Finding]) -> Iterator[Problem]:
        """Findings with their line and column; the text is read again for it, which only errors cost."""
        parsed: Parsed | None = None
        for finding in findings:
            parsed = parsed or parse(self.text)
            at_key = finding.code in ("unknown-field", "unknown-field-near", "bad-id")
            line, column = parsed.key_place(finding.loc) if at_key else parsed.place(finding.loc)
            yield Problem(self.path, line, column, finding.id, finding.code, particulars(finding.about))


def load(file: File) -> tuple[Any, list[Problem]]:
    """The plain values of a file, or the problems of its form."""
    parsed = parse(file.text)
    problems = [
        Problem(file.path, line, column, "", code, particulars(about))
        for (line, column), code, about in parsed.faults
    ]
    return parsed.value, problems


def into(model: type[M], value: Any, file: File, loc: Loc, name: str = "") -> tuple[M | None, list[Finding]]:
    """The value as `model`, or everything that is wrong with its shape."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, [
            _finding(details, model, value, file, loc, name)
            for details in error.errors(include_url=False)
        ]


def _finding(error: Any, model: type[BaseModel], value: Any, file: File, loc: Loc, name: str) -> Finding:
    inner = _real(error["loc"], value)
    code, about = _words(error, inner, model, value)
    return Finding(file.path, (*loc, *inner), code, about, name)


def _real(loc: tuple[Any, ...], value: Any) -> Loc:
    """The part of pydantic's location that exists in the file (it also names branches of unions)."""
    real: list[str | int] = []
    for part in loc:
        if isinstance(value, dict) and (part in value or part is loc[-1]):
            real.append(part)
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            real.append(part)
            value = value[part]
    return tuple(real)


def _words(error: Any, loc: Loc, model: type[BaseModel], value: Any) -> tuple[str, dict[str, Any]]:
    given = error.get("input")
    context = error.get("ctx") or {}
    about = {"field": loc[-1] if loc else "", "value": given if isinstance(given, str | int) else _kind(given)}
    tell: Callable[..., tuple[str, dict[str, Any]]] | None = _TELL.get(error["type"])
    if tell:
        return tell(about, context, error, model)
    return error["type"].replace("_", "-"), {**about, **context}


def _kind(value: Any) -> str:
    return {dict: "{…}", list: "[…]"}.get(type(value), str(value))


def _unknown(about: dict[str, Any], context: Any, error: Any, model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    near = nearest(str(about["field"]), _fields_at(error["loc"][:-1], model))
    return ("unknown-field-near", {**about, "near": near}) if near else ("unknown-field", about)


def _choice(about: dict[str, Any], context: Any, error: Any, model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    return "not-a-choice", {**about, "choices": context["expected"].replace("'", "").replace(" or ", ", ")}


def _code(code: str) -> Callable[..., tuple[str, dict[str, Any]]]:
    return lambda about, context, error, model: (code, {**about, **context})


_TELL: dict[str, Callable[..., tuple[str, dict[str, Any]]]] = {
    "missing": _code("missing-field"),
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "model_type": _code("not-a-mapping"),
    "model_attributes_type": _code("not-a-mapping"),
    "dict_type": _code("not-a-mapping"),
    "tuple_type": _code("not-a-list"),
    "list_type": _code("not-a-list"),
    "string_type": _code("not-text"),
    "too_short": _code("too-few"),
    "string_too_long": _code("too-long"),
    "greater_than_equal": _code("too-small"),
    "less_than_equal": _code("too-big"),
    "language": lambda about, context, error, model: ("unknown-field", {**about, "field": context["key"]}),
}


def _fields_at(loc: tuple[Any, ...], model: type[BaseModel]) -> list[str]:
    """The fields that the mapping at `loc` may have: found by walking the annotations."""
    types: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, str):
            types = [
                found
                for owner in types
                for name, info in owner.model_fields.items()
                if part in (name, info.alias)
                for found in _models_in(info.annotation)
            ] or types
    return [info.alias or name for owner in types for name, info in owner.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]


def nearest(word: str, words: Any) -> str:
    """The word that was probably meant, or nothing."""
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.6)), "")
