"""A workbook that came back, and the copy → what an import would do, with everything that is to be said of it.

Nothing is written here: the verb shows this, asks, and hands the revision to `revising`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..acadnusx import Converter
from ..changes import GONE, Change, applied
from ..collection import program_key
from ..merging import Clash, merged
from ..model import Collection
from ..naming import order
from ..problems import Problem
from ..reading import parse
from ..revising import Revision, tried
from ..splicing import NotSpliced
from ..telling import say
from ..wording.changes import Account
from .edits import Conversion, Edits, edits, row_at
from .opening import Book, Fault, Unreadable, opened
from .rows import TOP, record

PATH = "data/programs.yaml"
"""The file that the workbook is about."""


@dataclass
class Import:
    """What a workbook asks for; where there are no faults, clashes or problems, `revision` can be kept."""

    language: str
    file: str
    """The name of the workbook."""
    lines: dict[str, list[str]] = field(default_factory=dict)
    """The changes in words, by programme."""
    count: int = 0
    faults: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    conversions: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Programmes that are taken out altogether."""
    newer: bool = False
    """Have the data changed since the workbook was made?"""
    revision: Revision | None = None

    @property
    def sound(self) -> bool:
        """Can it be written?"""
        return not (self.faults or self.clashes or self.problems)


def asked(root: Path, content: bytes, file: str, collection: Collection, converter: Converter, language: str) -> Import:
    """What the workbook `content` asks of the copy at `root`; its data, as `collection`, are in order."""
    try:
        book = opened(content)
    except Unreadable as error:
        return Import(language, file, faults=[_fault(error.fault, file, language)])
    return examined(root, book, file, collection, converter, language)


def examined(root: Path, book: Book, file: str, collection: Collection, converter: Converter, language: str) -> Import:
    """What an opened workbook asks of the copy."""
    made = Import(language, file)
    found = edits(book, collection, converter.converted)
    made.unread = [say("workbook.unread", language, sheet=title) for title in book.unread]
    made.conversions = [_converted(one, language) for one in found.conversions]
    made.faults = [_fault(fault, file, language) for fault in found.faults]
    if not made.faults:
        _weigh(made, root, book, found, collection)
    return made


def _weigh(made: Import, root: Path, book: Book, found: Edits, collection: Collection) -> None:
    """What the changes are today, and what the checks say of them."""
    now = parse((root / PATH).read_bytes().decode("utf-8")).value
    account = Account(collection, made.language)
    made.newer = now != book.base
    wanted, clashes = merged(book.base, now, found.changes, _key) if made.newer else (found.changes, [])
    made.clashes = [_clash(account, book.base, clash) for clash in clashes]
    made.count = len(wanted)
    made.removed = [program_key(now[TOP][change.loc[1]]) for change in wanted if _whole(change)]
    for change in wanted:
        made.lines.setdefault(_program(now, change), []).append(account.line(now, change))
    if made.clashes or not wanted:
        return
    try:
        made.revision = tried(root, {PATH: wanted}, order)
    except NotSpliced as error:
        made.problems = [say("workbook.not-spliced", made.language, place=str(error))]
        return
    after = applied(now, wanted)
    made.problems = [_problem(problem, made, after, found) for problem in made.revision.problems]


def _key(value: Any) -> str | None:
    """The identity of a programme; items of other lists have none."""
    return (
        (program_key(value) or None) if isinstance(value, dict) and "municipality" in value and "id" in value else None
    )


def _whole(change: Change) -> bool:
    return len(change.loc) == 2 and change.value is GONE


def _program(now: Any, change: Change) -> str:
    if len(change.loc) == 2 and change.new:
        return program_key(change.value)
    return program_key(now[TOP][change.loc[1]])


# --- in words --------------------------------------------------------------------------------


def _fault(fault: Fault, file: str, language: str) -> str:
    words = say(f"workbook.{fault.code}", language, **fault.about)
    place = ":".join([file, "!".join(part for part in (fault.sheet, fault.cell) if part)]).rstrip(":")
    return f"{place}: " + (f"{fault.id}: " if fault.id else "") + words


def _converted(one: Conversion, language: str) -> str:
    return say("workbook.converted", language, sheet=one.sheet, cell=one.cell, old=one.old, new=one.new)


def _clash(account: Account, base: Any, clash: Clash) -> str:
    was, now, wanted = account.three(base, clash.change, clash.now)
    place = account.place(base, clash.change.loc)
    return say("workbook.clash", account.language, place=place, was=was, now=now, wanted=wanted)


def _problem(problem: Problem, made: Import, after: Any, found: Edits) -> str:
    """A problem at its line of the changed file, and the cell from which it came."""
    assert made.revision
    said = problem.say(made.language)
    if problem.path != PATH or PATH not in made.revision.after:
        return said
    loc = _loc(made.revision.after[PATH], problem)
    place = row_at(found.rows, loc) if _same_program(after, loc, found) else None
    if place is None:
        return said
    row, key = place
    if id(row) not in found.places:
        return said
    column = next((about for name, about in problem.about if name == "field"), "")
    names = [".".join(part for part in (key, column) if part), key, column]
    known = {one.key for one in row.sheet.columns}
    sheet, cell = found.cell(row, next((name for name in names if name in known), key))
    return f"{made.file}:{sheet}!{cell}: {said}"


def _loc(text: str, problem: Problem) -> Sequence[str | int]:
    """The innermost place of the file that begins at the line and column of a problem."""
    parsed = parse(text)
    here = (problem.line, problem.column)
    found = [loc for places in (parsed.places, parsed.keys) for loc, place in places.items() if place == here]
    return max(found, key=len, default=())


def _same_program(after: Any, loc: Sequence[str | int], found: Edits) -> bool:
    """Is the programme at this place as the workbook has it? Where the data changed too, its rows may be others."""
    if len(loc) < 2 or not isinstance(loc[1], int) or loc[1] >= len(found.rows):
        return False
    return bool(after[TOP][loc[1]] == record(found.rows[loc[1]]))


# --- for a pull request ----------------------------------------------------------------------


def report(made: Import) -> str:
    """Everything as Markdown; what comes from cells is text in it, never markup."""
    parts = [f"## {say('workbook.report-title', made.language)}", ""]
    if made.faults or made.problems or made.clashes:
        parts += [f"### {say('workbook.report-faults', made.language)}", ""]
        parts += [f"- {escaped(line)}" for line in (*made.faults, *made.clashes, *made.problems)] + [""]
    if made.removed:
        parts += [_removes(made), ""]
    for program, lines in made.lines.items():
        parts += [f"### {escaped(program)}", "", *(f"- {escaped(_without(program, line))}" for line in lines), ""]
    if made.sound and not made.lines:
        parts += [say("workbook.nothing", made.language), ""]
    if made.conversions:
        parts += [f"### {say('workbook.report-converted', made.language)}", ""]
        parts += [f"- {escaped(line)}" for line in made.conversions] + [""]
    parts += [f"- {escaped(line)}" for line in made.unread]
    return "\n".join(parts).rstrip("\n") + "\n"


def _removes(made: Import) -> str:
    return escaped(say("workbook.removes", made.language, count=len(made.removed), ids=", ".join(made.removed)))


def _without(program: str, line: str) -> str:
    """The line below a heading that names the programme already."""
    return line.removeprefix(f"{program} · ")


def escaped(text: str) -> str:
    """Text as Markdown shows it letter by letter: no markup, no link, nobody called by name."""
    shown = "".join(_SHOWN.get(sign, sign) for sign in text)
    return shown.replace("://", "&#58;//").replace("www.", "www&#46;")


_SHOWN = {
    **{sign: f"\\{sign}" for sign in "\\`*_{}[]()|!~"},
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "#": "&#35;",
}
