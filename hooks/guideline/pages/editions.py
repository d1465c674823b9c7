"""What a card says to a reader who comes from a sheet of paper: one small file for each municipality."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .. import routes
from .programs import ProgramPages, with_card


class EditionFiles:
    """The files that edition.js reads, in one language."""

    def __init__(self, programs: ProgramPages):
        self.programs = programs
        self.speaker = programs.speaker
        self.history = programs.history

    def files(self) -> Iterator[tuple[str, str]]:
        """For each municipality with cards: the words, and what each edition said of each programme."""
        words = self._words()
        for id, some in self.programs.by_municipality.items():
            shown = with_card(some)
            if shown:
                told = {program.key: found for program in shown if (found := self._told(program))}
                text = json.dumps({**words, "programs": told}, ensure_ascii=False, separators=(",", ":"))
                yield routes.editions_data(id, self.speaker.language), text + "\n"

    def _words(self) -> dict[str, Any]:
        say, day = self.speaker.say, self.speaker.day_of
        return {
            "unknown": say("edition.unknown"),
            "between": say("edition.between", day="{day}"),
            "editions": {
                edition.code: [say(f"edition.{key}", of=day(edition.day)) for key in ("current", "changed")]
                for edition in self.history.editions
            },
        }

    def _told(self, program: Any) -> dict[str, list[str]]:
        """Edition → what has changed since; an empty list where nothing has."""
        found = {}
        for index, edition in enumerate(self.history.editions):
            said = self.history.of(program, index)
            if said is not None:
                found[edition.code] = self.history.told(program, said)
        return found
