"""Terms have the forms, and phrases the languages, that sentences need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from .. import proofreading
from ..model import (
    SOURCE_LANGUAGES,
    Collection,
    FormRules,
    Loc,
    Term,
)
from ..problems import Finding
from ..reading import told
from .at import At

_SLOT = re.compile(r"\{\w+(?:\.\w+)?\}")


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
