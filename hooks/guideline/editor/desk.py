"""One copy on the desk: its programmes, a record being edited, what is wrong with it, what becomes of it.

Nothing here knows the web. Every record comes and goes as plain values, spelled out (`shape`), and everything that is
kept goes through `revising`: only changed values are touched, and nothing that `check` would refuse is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

from .. import fonts, revising
from ..cards import Place, render
from ..changes import GONE, Change, differences
from ..checks import everything, glyphs, language
from ..checks.at import At
from ..checks.references import own_programs, unique_ids
from ..collection import program_key, read
from ..model import Loc, Program
from ..naming import choice, in_words, order
from ..problems import Finding
from ..reading import File, into, parse
from ..routes import address
from ..routes import program as page_of
from ..spelling import Speller
from ..splicing import NotSpliced
from ..telling import say
from ..wording.aloud import spoken
from ..wording.card import card, name_of
from ..wording.changes import Account
from ..wording.handout import gaps_of
from ..wording.speech import Speaker
from ..workplace import DICTIONARY, FONTS, Workplace, open_workplace
from .merging import Clash, merged
from .shape import folded, pruned, spelled, titles_at
from .words import words_of

PATH = "data/programs.yaml"
TOP = "programs"


@dataclass(frozen=True)
class Row:
    """A programme in the list."""

    key: str
    name: str
    place: str
    type: str
    listed: str
    state: str
    gaps: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Told:
    """A message, and the place within the record that it is about."""

    loc: Loc
    words: str

    def plain(self) -> dict[str, Any]:
        """As the script of the page has it."""
        return {"loc": list(self.loc), "words": self.words}


@dataclass(frozen=True)
class Looked:
    """A record as it is in the form: what is wrong, what an editor would note, what would change, the card."""

    problems: list[Told]
    remarks: list[Told]
    changes: list[str]
    card: str = ""
    record: Any = None
    """The record as the file has it now."""


@dataclass(frozen=True)
class Kept:
    """What became of an attempt to save."""

    key: str = ""
    changes: tuple[str, ...] = ()
    problems: tuple[Told, ...] = ()
    clashes: tuple[dict[str, Any], ...] = ()
    record: Any = None
    """The record as the file has it now."""
    merged: Any = None
    """With clashes: the record with both sets of changes, mine where they clash."""


class Missing(Exception):
    """There is no such programme (any more)."""


class Desk:
    """A copy that is being edited. One thing at a time: several pages may ask at once."""

    def __init__(self, root: Path):
        self.root = root
        self.lock = RLock()
        self._open: Workplace | None = None
        self._seen: Any = None
        self._covered = fonts.covered(root / FONTS)
        self._editor: language.Editor | None = None
        self._gaps: dict[tuple[str, str], tuple[Program, tuple[str, ...]]] = {}
        self._kept: list[tuple[str, dict[str, str]]] = []
        """Each change of this desk that may be taken back, the last one last: where the texts before it lie, and
        what the files held after it."""

    # --- the copy

    def workplace(self) -> Workplace:
        """The copy as its files are now; read again only when one has changed.

        Raises `DataError` with everything that is wrong with it.
        """
        with self.lock:
            seen = self._files_now()
            if self._open is None or seen != self._seen:
                self._open = open_workplace(self.root)
                self._seen, self._editor = seen, None
            return self._open

    def _files_now(self) -> Any:
        return [(path, (found := path.stat()).st_mtime_ns, found.st_size) for path in sorted(self._data())]

    def _data(self) -> Iterator[Path]:
        return (self.root / "data").glob("*.yaml")

    def _rows(self) -> list[Any]:
        """The records of the file, as typed."""
        return list(parse(self.workplace().files[TOP].text).value[TOP])

    def _index(self, key: str) -> int:
        for index, raw in enumerate(self._rows()):
            if program_key(raw) == key:
                return index
        raise Missing(key)

    def record(self, key: str) -> Any:
        """The record of a programme, spelled out. Raises `Missing`."""
        with self.lock:
            return pruned(spelled(Program, self._rows()[self._index(key)]))

    # --- the list

    def programs(self, tongue: str) -> list[Row]:
        """Every programme of the copy, drafts too, in the order of the file."""
        with self.lock:
            speaker = self._speaker(tongue)
            return [self._row(speaker, program) for program in speaker.collection.entered]

    def _row(self, speaker: Speaker, program: Program) -> Row:
        tongue, collection = speaker.language, speaker.collection
        state = program.state
        return Row(
            program.key,
            name_of(speaker, program),
            collection.municipalities[program.municipality].name[tongue],
            collection.types[program.type].name[tongue],
            program.listed,
            choice(type(state), "is", state.is_, tongue) if state else "",
            self._missing(speaker, program),
            program.review.status == "confirmed",
        )

    def _missing(self, speaker: Speaker, program: Program) -> tuple[str, ...]:
        """What the card of a programme does not know."""
        at = speaker.language, program.key
        known = self._gaps.get(at)
        if known is None or known[0] != program:
            gaps = () if program.listed == "name-only" else gaps_of(card(speaker, program))
            known = self._gaps[at] = program, gaps
        return known[1]

    def _speaker(self, tongue: str) -> Speaker:
        workplace = self.workplace()
        return Speaker(tongue, workplace.collection, workplace.today)

    # --- a record in the form

    def look(self, key: str, value: Any, tongue: str, card_in: str) -> Looked:
        """What is to be said of a record as it stands in the form. Raises `Missing`."""
        with self.lock:
            index = self._index(key)
            value = pruned(value)
            program, problems = self._read(index, value)
            remarks = list(self._remarks(program)) if program else []
            return Looked(
                [self._told(found, tongue) for found in problems],
                [self._told(found, tongue) for found in remarks],
                self._in_words(self._changes(index, value), tongue),
                self._card(program, index, card_in) if program else "",
                self.record(key),
            )

    def _read(self, index: int, value: Any) -> tuple[Program | None, list[Finding]]:
        """The record understood, and what is wrong with it; its places start from the record."""
        workplace = self.workplace()
        program, findings = into(Program, value, File(PATH, ""), (), "")
        if program is None:
            return None, findings
        at = At(PATH, (), "", program)
        findings = [
            *everything.every_value(at, workplace.collection, workplace.today),
            *own_programs([at], workplace.collection.copy.municipality),
            *glyphs.in_data([at], self._covered),
            *self._ids(index, program),
        ]
        unknown = any(found.code.startswith(("unknown-reference", "missing-form")) for found in findings)
        return None if unknown else program, findings

    def _ids(self, index: int, program: Program) -> Iterator[Finding]:
        entered = list(self.workplace().collection.entered)
        others = [At(PATH, ("other",), "", one) for at, one in enumerate(entered) if at != index]
        yield from (found for found in unique_ids([*others, At(PATH, (), "", program)]) if found.loc[:1] != ("other",))

    def _remarks(self, program: Program) -> Iterator[Finding]:
        if self._editor is None:
            collection = self.workplace().collection
            speller = Speller(self.root / DICTIONARY, collection.own_words.models())
            self._editor = language.Editor(collection, speller)
        return language.remarks_on_data([At(PATH, (), "", program)], self._editor)

    def _told(self, found: Finding, tongue: str) -> Told:
        return Told(found.loc, words_of(found, tongue))

    def _card(self, program: Program, index: int, tongue: str) -> str:
        """The card as readers would see it, HTML."""
        workplace = self.workplace()
        entered = list(workplace.collection.entered)
        entered[index] = program
        collection = replace(workplace.collection, entered=tuple(entered))
        speaker = Speaker(tongue, collection, workplace.today)
        place = Place(tongue, address(page_of(program.key), tongue))
        return render("card.html.j2", place, card=card(speaker, program), say=speaker.say, spoken=spoken(speaker))

    # --- changes

    def _changes(self, index: int, value: Any) -> list[Change]:
        """What the value would change in the file."""
        old = self._rows()[index]
        return list(differences(old, folded(Program, value, old), None, (TOP, index)))

    def _in_words(self, changes: Sequence[Change], tongue: str) -> list[str]:
        account = Account(self.workplace().collection, tongue)
        before = parse(self.workplace().files[TOP].text).value
        return [line.partition(" · ")[2] or line for line in account.lines(before, changes)]

    def save(self, key: str, base: Any, value: Any, tongue: str) -> Kept:
        """Keep a record: `base` is what the form was opened with, `value` what is in it now. Raises `Missing`.

        What others have changed meanwhile stays; where both changed one value, nothing is written.
        """
        with self.lock:
            index, theirs = self._index(key), self.record(key)
            both, clashes = merged(pruned(base), pruned(value), theirs)
            if clashes:
                told = tuple(self._clash(index, clash, tongue) for clash in clashes)
                return Kept(key, clashes=told, record=theirs, merged=both)
            found = self._read(index, both)[1]
            if found:
                return Kept(key, problems=tuple(self._told(one, tongue) for one in found))
            changes = self._changes(index, both)
            told_changes = tuple(self._in_words(changes, tongue))
            problems = self._keep(changes, tongue)
            if problems:
                return Kept(key, problems=problems)
            new = program_key(both)
            return Kept(new, told_changes, record=self.record(new))

    def _clash(self, index: int, clash: Clash, tongue: str) -> dict[str, Any]:
        collection = self.workplace().collection
        place = Account(collection, tongue).place({TOP: self._rows()}, (TOP, index, *clash.loc)).partition(" · ")[2]
        model, key = next(titles_at(clash.loc))

        def told(value: Any) -> str:
            return say("changes.empty", tongue) if value is GONE else in_words(collection, model, key, value, tongue)

        return {"loc": list(clash.loc), "place": place, "mine": told(clash.mine), "theirs": told(clash.theirs)}

    def add(self, municipality: str, type_: str, id_: str, tongue: str) -> Kept:
        """A new programme at the end of the file: a draft, of which nothing but its type is known."""
        with self.lock:
            raw = {"id": id_, "municipality": municipality, "type": type_, "listed": "draft", "confidence": "low"}
            rows = self._rows()
            found = self._read(len(rows), pruned(raw))[1]
            if found:
                return Kept(problems=tuple(self._told(one, tongue) for one in found))
            change = Change((TOP, len(rows)), raw, new=True)
            problems = self._keep([change], tongue)
            return Kept(program_key(raw), problems=problems)

    def _keep(self, changes: Sequence[Change], tongue: str) -> tuple[Told, ...]:
        """Try the changes on the whole copy and write them; gives back what stands against it."""
        if not changes:
            return ()
        workplace = self.workplace()
        try:
            revision = revising.tried(self.root, {PATH: changes}, order)
        except NotSpliced:
            return (Told((), words_of(Finding(PATH, (), "editor-not-spliced"), tongue)),)
        if (revision.before[PATH] or "").removeprefix("\ufeff") != workplace.files[TOP].text:
            return (Told((), words_of(Finding(PATH, (), "editor-changed"), tongue)),)
        if revision.problems:
            return tuple(Told((), problem.say(tongue)) for problem in revision.problems)
        revising.kept(self.root, revision)
        self._kept.append((self._last(), dict(revision.after)))
        self._take_over(workplace, revision.after)
        return ()

    def _take_over(self, workplace: Workplace, texts: Mapping[str, str]) -> None:
        """The copy with files that are known to be in order: they are read again, not checked."""
        files = {
            name: File(file.path, texts.get(file.path, file.text).removeprefix("\ufeff"))
            for name, file in workplace.files.items()
        }
        self._open = replace(workplace, files=files, collection=read(files))
        self._seen = self._files_now()

    # --- back

    def can_undo(self) -> bool:
        """Is the last change of this desk still the last thing that happened to its files?"""
        with self.lock:
            if not self._kept:
                return False
            number, texts = self._kept[-1]
            now = {path: (self.root / path).read_bytes().decode("utf-8") for path in texts}
            return number == self._last() and now == texts

    def _last(self) -> str:
        """Where the texts before the last change of the copy lie, whoever made it."""
        return max((path.name for path in (self.root / revising.UNDO).glob("*") if path.name.isdigit()), default="")

    def undo(self) -> bool:
        """Take the last change of this desk back; was there one that can be taken back?"""
        with self.lock:
            if not self.can_undo():
                self._kept.clear()
                return False
            workplace = self.workplace()
            self._kept.pop()
            paths = revising.undone(self.root)
            self._take_over(workplace, {path: (self.root / path).read_bytes().decode("utf-8") for path in paths})
            return True
