"""The words of the field: what each means, and which words to leave alone."""

from __future__ import annotations

from typing import Annotated

from .values import Address, Record, Reference, Text, Words


class GlossaryTerm(Record):
    """A term of the field in both languages, with a definition of one line."""

    term: Text
    also: Text | None = None
    definition: Text
    category: Annotated[str, Reference("glossary_categories")]


class Stems(Record):
    """Beginnings of words by which a machine finds them in every form."""

    ka: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class AvoidedWord(Record):
    """Words that hurt or confuse, and what to say instead."""

    words: Text
    say: Text
    why: Text
    stems: Stems = Stems()
    source: Address | None = None
