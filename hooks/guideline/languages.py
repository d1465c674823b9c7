"""A further language: a file with its words → the same words beside those of the source languages.

`data/languages/<code>.yaml` has the shape of the files that it translates: data file, then the keys down to a
phrase, a term or a text, then the words. So the source files do not grow with each language, and a language
that is switched off costs nothing. A phrase has the slots of its source and names the same figures: a sum
that a translator mistyped must not reach a reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import proofreading
from .model import SOURCE_LANGUAGES, FormRules, Loc
from .problems import Finding
from .reading import File, load, nearest, told

FOLDER = "languages"
HEAD = ("name", "reviewed")
"""What a file says of its language; all else are words."""
TRANSLATED = (
    "phrases",
    "vocabulary",
    "catalogue",
    "municipalities",
    "questions",
    "glossary",
    "standards",
    "worksheets",
    "training",
    "figures",
)
"""The data files whose words may be translated so. What a municipality writes of its own has its languages inside."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The categories of CLDR by which a language counts."""
_SLOT = re.compile(r"\{(\w+)(?:\.\w+)?\}")
_FIGURE = re.compile(r"\d+")

Words = Mapping[str, Any]


def name_of(code: str) -> str:
    """The name by which the files of a copy hold the words of a language: "languages/az"."""
    return f"{FOLDER}/{code}"


def codes_of(files: Mapping[str, File]) -> list[str]:
    """The languages of which a copy has words, whether they are switched on or not."""
    return sorted(name.split("/")[1] for name in files if name.startswith(f"{FOLDER}/"))


def with_words(values: Words, words: Any, code: str) -> dict[str, Any]:
    """The values of the data files with the words of a language beside those of the source languages.

    Nothing that was read is changed; what does not fit is left out, `faults` tells it.
    """
    told_words = words if isinstance(words, dict) else {}
    return {
        name: _with(value, told_words[name], code) if name in TRANSLATED and name in told_words else value
        for name, value in values.items()
    }


def _with(value: Any, words: Any, code: str) -> Any:
    if not isinstance(value, dict) or not isinstance(words, str | dict):
        return value
    if is_leaf(value):
        return {code: words, **value} if _given(words) else value
    if isinstance(words, str):
        return value
    return {key: _with(inner, words[key], code) if key in words else inner for key, inner in value.items()}


def _given(words: Any) -> bool:
    """Are there words, and none of their forms left empty for later?"""
    return all(part.strip() if isinstance(part, str) else True for part in _patterns(words))


def is_leaf(value: Any) -> bool:
    """Is it a phrase, a term or a text: words in the source languages?"""
    return isinstance(value, dict) and isinstance(value.get(SOURCE_LANGUAGES[0]), str | dict)


def leaves(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Mapping[str, Any]]]:
    """Every phrase, term and text inside a value, with its place."""
    if is_leaf(value):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*loc, index))


def missing(values: Words, code: str, names: tuple[str, ...] = TRANSLATED) -> dict[str, list[Loc]]:
    """What has no words in a language yet: data file → the places of its phrases, terms and texts."""
    return {name: [loc for loc, leaf in leaves(values.get(name)) if code not in leaf] for name in names}


# --- what is wrong with the words of a language ----------------------------------------------


def faults(values: Words, file: File, code: str) -> Iterator[Finding]:
    """Words that stand nowhere in the sources, lack a form or a slot, name other figures or hide something."""
    words, _ = load(file)
    if words is None:
        return
    if not isinstance(words, dict):
        yield Finding(file.path, (), "not-a-mapping", {"field": code, "value": told(words)})
        return
    for name, inner in words.items():
        if name in TRANSLATED:
            yield from _faults(values.get(name), inner, _At(file.path, (name,), code, values))
        elif name not in HEAD:
            yield _unknown(_At(file.path, (name,), code, values), (*HEAD, *TRANSLATED))


class _At:
    """Where in the file of a language one stands, and what else there is to know."""

    def __init__(self, path: str, loc: Loc, code: str, values: Words):
        self.path, self.loc, self.code, self.values = path, loc, code, values

    def __truediv__(self, key: str) -> _At:
        return _At(self.path, (*self.loc, key), self.code, self.values)

    def wrong(self, code: str, **about: Any) -> Finding:
        """What is wrong here."""
        return Finding(self.path, self.loc, code, about, ".".join(map(str, self.loc[1:])))


def _unknown(at: _At, known: Any) -> Finding:
    key = str(at.loc[-1])
    near = nearest(key, known)
    return at.wrong("unknown-field-near" if near else "unknown-field", field=key, near=near)


def _faults(value: Any, words: Any, at: _At) -> Iterator[Finding]:
    if is_leaf(value):
        yield from _of_leaf(value, words, at)
    elif not isinstance(value, dict):
        yield _unknown(at, ())
    elif not isinstance(words, dict):
        yield at.wrong("not-a-mapping", field=at.loc[-1], value=told(words))
    else:
        for key, inner in words.items():
            if key in value:
                yield from _faults(value[key], inner, at / key)
            else:
                yield _unknown(at / key, value)


def _of_leaf(value: Mapping[str, Any], words: Any, at: _At) -> Iterator[Finding]:
    if not _given(words):
        return
    ways = words if isinstance(words, dict) else {"": words}
    if at.loc[0] == "vocabulary":
        yield from _forms(words if isinstance(words, dict) else {"one": words}, at)
    elif at.loc[0] != "phrases" and isinstance(words, dict):
        yield at.wrong("not-text", field=at.loc[-1], value=told(words))
        return
    elif isinstance(words, dict):
        yield from (_unknown(at / way, PLURALS) for way in words if way not in PLURALS)
        if "other" not in words:
            yield at.wrong("missing-field", field="other")
    sources = [list(_patterns(value.get(language))) for language in SOURCE_LANGUAGES]
    for way, pattern in ways.items():
        yield from _of_pattern(sources, pattern, at / way if way else at)


def _forms(forms: Mapping[str, Any], at: _At) -> Iterator[Finding]:
    """A term has the forms that sentences in its language may ask for."""
    raw = at.values["vocabulary"].get("forms", {}).get(at.loc[1], {})
    if not all(isinstance(raw.get(language), list) for language in SOURCE_LANGUAGES):
        return
    rules = FormRules(ka=tuple(raw["ka"]), en=tuple(raw["en"])).of(at.code)
    known = [rule.removesuffix("?") for rule in rules]
    yield from (_unknown(at / form, known) for form in forms if form not in known)
    for form in rules:
        if not form.endswith("?") and form not in forms:
            yield at.wrong("missing-form", value=at.loc[-1], form=form, near="", field=at.loc[-1])


def _patterns(words: Any) -> Iterator[str]:
    yield from words.values() if isinstance(words, dict) else [words]


def _of_pattern(sources: list[list[str]], pattern: Any, at: _At) -> Iterator[Finding]:
    if not isinstance(pattern, str):
        yield at.wrong("not-text", field=at.loc[-1], value=told(pattern))
        return
    plain = _SLOT.sub("", pattern)
    if {"{", "}"} & set(plain):
        yield at.wrong("open-slot", value=pattern)
        return
    if not any(_same_slots(source, pattern) for source in sources) and not _between(sources, pattern):
        right = " ".join(f"{{{name}}}" for name in sorted(set().union(*map(_slots, sources[0]))))
        yield at.wrong("slots-differ", value=" ".join(f"{{{name}}}" for name in sorted(_slots(pattern))), right=right)
    if not any(_figures(pattern) in map(_figures, source) for source in sources):
        right = ", ".join(sorted(_figures(sources[0][0]))) or "—"
        yield at.wrong("digits-differ", value=", ".join(sorted(_figures(pattern))) or "—", right=right)
    for code, about in proofreading.faults(plain, at.code):
        yield at.wrong(code, **about)


def _slots(pattern: str) -> set[str]:
    return set(_SLOT.findall(pattern))


def _same_slots(source: list[str], pattern: str) -> bool:
    return any(_slots(one) == _slots(pattern) for one in source)


def _between(sources: list[list[str]], pattern: str) -> bool:
    """Does it have every slot that both sources have, and none that neither has?"""
    found = [_slots(one) for source in sources for one in source]
    return set.intersection(*found) <= _slots(pattern) <= set.union(*found)


def _figures(pattern: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(_SLOT.sub("", pattern)))


# --- what is to be translated ----------------------------------------------------------------

HEADING = """\
# What {name} ({code}) lacks, as it may be pasted into data/{folder}/{code}.yaml: what stands behind each is its source.
# Slots such as {{n}} stay as they are; a term that has several forms has them here too. Made by `make language`.
"""


def beginning(code: str, name: str) -> str:
    """The file of a language that has no words yet."""
    return (
        f"# {name}: the words of the common data in this language. `make language CODE={code}` lists what is missing.\n"
        f"name: {_quoted(name)}\nreviewed: false\n"
    )


def to_translate(values: Words, code: str, name: str) -> str:
    """Everything that is missing, in the shape of the file of a language, each with its words in the sources."""
    lines = [HEADING.format(name=name, code=code, folder=FOLDER)]
    for file, places in missing(values, code).items():
        above: Loc = ()
        for loc in places:
            whole = (file, *loc)
            if any(isinstance(part, int) for part in loc):
                continue
            shared = next((at for at, (a, b) in enumerate(zip(above, whole[:-1], strict=False)) if a != b), None)
            start = min(len(above), len(whole) - 1) if shared is None else shared
            lines += [f"{'  ' * depth}{_key(whole[depth])}:\n" for depth in range(start, len(whole) - 1)]
            above = whole[:-1]
            lines.append(_gap(values, whole))
    return "".join(lines)


def _gap(values: Words, loc: Loc) -> str:
    leaf: Any = values
    for part in loc:
        leaf = leaf[part]
    words = leaf.get(SOURCE_LANGUAGES[-1])
    empty = "{" + ", ".join(f'{form}: ""' for form in words) + "}" if isinstance(words, dict) else '""'
    sources = " · ".join(told_plainly(leaf.get(language)) for language in SOURCE_LANGUAGES)
    return f"{'  ' * (len(loc) - 1)}{_key(loc[-1])}: {empty} # {sources}\n"


def told_plainly(words: Any) -> str:
    """Words in their forms on one line."""
    return " | ".join(words.values()) if isinstance(words, dict) else str(words).replace("\n", " ")


def _key(part: str | int) -> str:
    return _quoted(str(part)) if str(part).isdigit() or str(part) in ("yes", "no", "on", "off") else str(part)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
