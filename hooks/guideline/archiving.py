"""A new year: the records of the past one go into its archive as they stand, and drafts of the new one stay.

The text of a record is moved sign by sign, with the comments above it and inside it. Nothing is inherited silently:
what a draft keeps of the past year is listed in its `to_confirm` (`confirming`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .collection import ARCHIVE
from .confirming import drafted, to_confirm
from .model import Collection, Loc, Program
from .reading import File, parse
from .splicing import NotSpliced, spliced

HEADER = """\
# yaml-language-server: $schema=../schema/programs.json
#
# {year} წლის ჩანაწერები, როგორც წლის ბოლოს იყო. ამ ფაილს „make new-year“ ქმნის; შემდეგ აღარ იცვლება.
# The records of {year} as they stood at the end of the year. Made by `make new-year`; it does not change any more.

programs:

"""
_IN_ONE_LINE = re.compile(r"(?m)^( *)to_confirm: \[(.*)\](\r?)$")


@dataclass(frozen=True)
class NewYear:
    """What a new year makes of the data: the texts of files by path, and what is in them."""

    archived: int = 0
    drafts: int = 0
    places: int = 0
    """How many values of the drafts wait to be confirmed."""
    names: int = 0
    """Records of which only the name is known: they hold no terms, and stay as they are."""
    texts: Mapping[str, str] = field(default_factory=dict)


def path_of(year: int) -> str:
    """The file of a year that is over."""
    return f"data/{ARCHIVE}/{year}.yaml"


def begun(collection: Collection, files: Mapping[str, File], municipality: str, year: int) -> NewYear:
    """The new year of one municipality; no texts where it has begun already, or there is nothing to begin it with.

    Raises `NotSpliced` where records are not written one below the other.
    """
    past = year - 1
    archive = files.get(f"{ARCHIVE}/{past}")
    own = [(n, one) for n, one in enumerate(collection.entered) if one.municipality == municipality]
    cards = [(n, one) for n, one in own if one.listed == "card"]
    drafts = [(n, one) for n, one in own if one.listed == "draft" and one.year != year]
    raw = parse(files["programs"].text).value["programs"]
    kept = [past_raw for past_raw in _raw(archive) if past_raw["municipality"] == municipality]
    # An interruption may have left the archive without its drafts: then every record of it still stands as it was.
    cut_short = bool(kept) and kept == [raw[n] for n, _ in cards]
    names = sum(one.listed == "name-only" for _, one in own)
    if (kept and not cut_short) or not (cards or drafts):
        return NewYear(names=names)
    changes = [change for n, one in cards for change in drafted(one, raw[n], ("programs", n), year)]
    changes += [change for n, one in drafts for change in drafted(one, raw[n], ("programs", n), year)]
    texts = {files["programs"].path: _in_lines(spliced(files["programs"].text, changes, _order))}
    if cards and not cut_short:
        text = _archive(archive.text if archive else "", files["programs"].text, [n for n, _ in cards], past)
        texts = {path_of(past): text, **texts}  # first, so that no interruption leaves drafts without it
    places = sum(len(to_confirm(one)) for _, one in [*cards, *drafts])
    return NewYear(len(cards), len(cards) + len(drafts), places, names, texts)


def _raw(archive: File | None) -> list[dict[str, Any]]:
    return list(parse(archive.text).value["programs"]) if archive else []


def _order(loc: Loc) -> Sequence[str]:
    """New fields stand where editors are used to see them."""
    return list(Program.model_fields) if len(loc) == 2 else ()


def _archive(before: str, programs: str, indexes: Sequence[int], year: int) -> str:
    """The text of an archive with these records added, each as it stands in `programs`."""
    end = "\r\n" if "\r\n" in programs else "\n"
    start = before or HEADER.format(year=year).replace("\n", end)
    blocks = list(_blocks(programs))
    text = start.rstrip("\r\n") + 2 * end + "".join(blocks[index] for index in indexes).rstrip("\r\n") + end
    kept, raw = parse(before).value["programs"] if before else [], parse(programs).value["programs"]
    if parse(text).faults or parse(text).value != {"programs": [*kept, *(raw[index] for index in indexes)]}:
        raise NotSpliced(path_of(year))
    return text


def _blocks(text: str) -> Iterator[str]:
    """The text of each record, with the comments that stand before it and up to those before the next."""
    parsed, lines = parse(text), text.splitlines(keepends=True)
    starts = []
    for index in range(len(parsed.value["programs"])):
        start = parsed.places["programs", index][0] - 1
        while start > 0 and not lines[start].lstrip().startswith("-"):
            start -= 1
        while start > 0 and (not lines[start - 1].strip() or lines[start - 1].startswith("#")):
            start -= 1
        while not lines[start].strip():
            start += 1
        starts.append(start)
    for start, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield "".join(lines[start:after])


def _in_lines(text: str) -> str:
    """The text with a line for each place that waits to be confirmed: confirming is deleting the line."""

    def lines(found: re.Match[str]) -> str:
        space, places, end = found.groups()
        items = "".join(f"{end}\n{space}- {place}" for place in places.split(", "))
        return f"{space}to_confirm:{items}{end}"

    made = _IN_ONE_LINE.sub(lines, text)
    if parse(made).value != parse(text).value:
        raise NotSpliced("to_confirm")
    return made
