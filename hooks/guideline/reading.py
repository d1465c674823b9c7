"""YAML text → values that are exactly what was typed → models, with every problem placed.

Nothing is guessed: every plain word stays text (`yes`, `0322`, `10:30`), keys may not repeat,
anchors, aliases and tags are refused, size and depth are bounded. Files are opened elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .model import Loc
from .problems import Finding, Problem, particulars

LARGEST = 20_000_000
"""Characters in one file; the whole country has about 4 million."""
DEEPEST = 40
"""Levels of nesting; a programme needs a dozen."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Control characters, and line ends that editors of text do not count as such."""
_TAB = re.compile(r"[ -]*\t")
"""The beginning of a line in which a tab stands where spaces should."""

M = TypeVar("M", bound=BaseModel)
Place = tuple[int, int]
Node = yaml.ScalarEvent | yaml.CollectionStartEvent
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
        """Where the value that comes next will stand."""
        return (*self.loc, len(self.value) if self.key is None else self.key)


@dataclass
class Parsed:
    """What a text holds: plain values, where each stands, and what could not be read."""

    value: Any = None
    places: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str, dict[str, str]]] = field(default_factory=list)
    cut: bool = False
    """Reading had to stop: what is missing from `value` says nothing."""

    def place(self, loc: Loc) -> Place:
        """Line and column of the value at `loc`, of the nearest thing around it where there is none.

        Names that the file leaves out (`status: [a, b]` for `status: {any_of: [a, b]}`) are passed over.
        """
        real: Loc = ()
        for part in loc:
            real = (*real, part) if (*real, part) in self.places else real
        return self.places.get(real, (1, 1))

    def key_place(self, loc: Loc) -> Place:
        """Line and column of the key at `loc`."""
        return self.keys.get(loc) or self.place(loc)


@lru_cache(maxsize=32)
def parse(text: str) -> Parsed:
    """The values of a YAML text, as typed. Faults of form are in `faults`; where it is `cut`, `value` is partial."""
    parsed = Parsed()
    stack: list[_Open] = []
    text = text.removeprefix("\ufeff")
    try:
        if len(text) > LARGEST:
            raise _fault(parsed, (1, 1), "too-large", limit=f"{LARGEST:,}")
        _readable(text, parsed)
        _build(yaml.parse(text, Loader=_Loader), stack, parsed)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, text, stack, parsed)
    if parsed.value is None and not parsed.cut:
        _fault(parsed, (1, 1), "empty-file")
    return parsed


def _readable(text: str, parsed: Parsed) -> None:
    """Stop at a character that no editor shows and YAML does not take."""
    if found := _UNREADABLE.search(text):
        name = unicodedata.name(found[0], "control")
        raise _fault(
            parsed, _place_of(found.start(), text), "hidden-character", character=f"U+{ord(found[0]):04X}", name=name
        )


def _place_of(position: int, text: str) -> Place:
    before = text[:position]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _not_yaml(error: yaml.MarkedYAMLError, text: str, stack: list[_Open], parsed: Parsed) -> None:
    """The fault of a text that is not YAML; what was never closed is told where it was opened."""
    mark, lines = error.problem_mark, text.split("\n")
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    code = "not-yaml"
    if "mapping values are not allowed" in str(error.problem):
        code = "colon"
    elif _TAB.match(lines[min(place[0], len(lines)) - 1]):
        code = "tab"
    elif place[0] >= len(lines):
        code, opened = "not-closed", error.context_mark
        place = (opened.line + 1, opened.column + 1) if opened else place
        place = min(place, parsed.places[stack[-1].loc] if stack and place[0] >= len(lines) else place)
    parsed.faults = [fault for fault in parsed.faults if fault[0] < place]
    _fault(parsed, place, code)


def _fault(parsed: Parsed, place: Place, code: str, **about: str) -> _Stop:
    parsed.faults.append((place, code, about))
    parsed.cut = True
    return _Stop(code)


def _build(events: Iterator[yaml.Event], stack: list[_Open], parsed: Parsed) -> None:
    """Follow the events with a stack of our own, so that depth costs no recursion."""
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
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            if event.anchor:
                raise _fault(parsed, place, "alias")
            if event.tag and event.tag != "!":
                raise _fault(parsed, place, "tag", tag=event.tag)
            _take(event, place, stack, parsed)


def _take(event: Node, place: Place, stack: list[_Open], parsed: Parsed) -> None:
    top = stack[-1] if stack else None
    scalar = event.value if isinstance(event, yaml.ScalarEvent) else None
    plain = isinstance(event, yaml.ScalarEvent) and not event.style
    if top and isinstance(top.value, dict) and top.key is None:
        _take_key(scalar, place, top, parsed)
        return
    loc = top.child() if top else ()
    if scalar is not None:
        value: Any = scalar
        if not scalar and plain and not loc:
            raise _fault(parsed, (1, 1), "empty-file")
        if not scalar and plain:
            named = [str(part) for part in loc if isinstance(part, str)]
            parsed.faults.append((place, "empty-value", {"field": named[-1] if named else ""}))
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
            at_key = finding.code in ("unknown-field", "unknown-field-near", "id-of-table")
            line, column = parsed.key_place(finding.loc) if at_key else parsed.place(finding.loc)
            yield Problem(self.path, line, column, finding.id, finding.code, particulars(finding.about))


def load(file: File) -> tuple[Any, list[Problem]]:
    """The plain values of a file, nothing where they could not be read to the end, and the problems of its form."""
    parsed = parse(file.text)
    problems = [
        Problem(file.path, line, column, "", code, particulars(about)) for (line, column), code, about in parsed.faults
    ]
    return None if parsed.cut else parsed.value, problems


def into(model: type[M], value: Any, file: File, loc: Loc, name: str = "") -> tuple[M | None, list[Finding]]:
    """The value as `model`, or everything that is wrong with its shape."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = [_finding(details, model, value, file, loc, name) for details in error.errors(include_url=False)]
        return None, list(_innermost(found))


def _innermost(found: list[Finding]) -> Iterator[Finding]:
    """One finding a value: what is wrong inside a value says more than that the value is not another kind."""
    for index, finding in enumerate(found):
        length = len(finding.loc)
        inside = any(other.loc[:length] == finding.loc and len(other.loc) > length for other in found)
        again = any(other.loc == finding.loc for other in found[:index])
        if not inside and not again:
            yield finding


def _finding(error: Any, model: type[BaseModel], value: Any, file: File, loc: Loc, name: str) -> Finding:
    inner = _real(error, value)
    code, about = _words(error, (*loc, *inner), model, value)
    return Finding(file.path, (*loc, *inner), code, about, name)


def _real(error: Any, value: Any) -> Loc:
    """The part of pydantic's location that exists in the file (it also names branches of unions)."""
    real: list[str | int] = []
    for part in error["loc"]:
        known = part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int)
        if known:
            real.append(part)
            value = value[part]
    if error["type"] == "missing":
        real.append(error["loc"][-1])
    elif error["type"] == "language":
        real.append(error["ctx"]["key"])
    return tuple(real)


def _words(error: Any, loc: Loc, model: type[BaseModel], value: Any) -> tuple[str, dict[str, Any]]:
    given = error.get("input")
    context = error.get("ctx") or {}
    named = [part for part in loc if isinstance(part, str)]
    about = {"field": named[-1] if named else "", "value": told(given)}
    tell: Callable[..., tuple[str, dict[str, Any]]] | None = _TELL.get(error["type"])
    if tell:
        return tell(about, context, error, model)
    return error["type"].replace("_", "-"), {**about, **context}


def told(value: Any) -> str:
    """The value as it is told to editors: words as typed, "{…}" for fields, "[…]" for a list."""
    return {dict: "{…}", list: "[…]", type(None): "—"}.get(type(value), str(value))


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
    "decimal_type": _code("sum"),
    "int_type": _code("whole-number"),
    "date_type": _code("day"),
    "bool_type": _code("flag"),
    "too_short": _code("too-few"),
    "string_too_long": _code("too-long"),
    "greater_than_equal": _code("too-small"),
    "less_than_equal": _code("too-big"),
    "language": _code("unknown-field"),
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
