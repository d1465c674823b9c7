"""Georgian words that the dictionary lacks."""

from __future__ import annotations

from pydantic import Field

from .values import Record, Words


class OwnWords(Record):
    """Names and terms of the project, so that each is spelled in one way."""

    like: dict[Words, Words] = Field(default_factory=dict)
    alone: tuple[Words, ...] = ()

    def models(self) -> dict[str, str]:
        """Each word with the word that it declines like; a word with one form with itself."""
        return {**self.like, **{word: word for word in self.alone}}
