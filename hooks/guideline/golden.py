"""Every sentence that the real data make, Georgian beside English: to read, and to compare with the sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .cards import Place, render
from .model import Collection, Program
from .wording.card import card
from .wording.layout import Card
from .wording.speech import Speaker
from .wording.village import village

PATH = "tests/wording/sentences.txt"
TODAY = date(2026, 11, 20)
"""The day on which the sentences are spoken; fixed, so that the file changes with the data only."""


def sentences(collection: Collection) -> str:
    """The file: programme by programme, then the villages, each sentence in Georgian and below it in English."""
    speakers = [Speaker(language, collection, TODAY) for language in ("ka", "en")]
    parts = []
    for program in collection.programs:
        pairs = "\n".join(f"  {one}\n  {other}\n" for one, other in _pairs(speakers, program))
        parts.append(f"{program.key}\n\n{pairs}")
    for id in collection.representatives:
        both = zip(*(list(_of_villages(speaker, id)) for speaker in speakers), strict=True)
        parts.append(f"{id}: villages\n\n" + "\n".join(f"  {one}\n  {other}\n" for one, other in both))
    return "\n".join(parts)


def review_page(collection: Collection, today: date) -> str:
    """A page without script: each programme's sentences in both languages, beside the addresses of its sources."""
    speakers = [Speaker(language, collection, today) for language in ("ka", "en")]
    records = [
        (program, list(_pairs(speakers, program)), collection.municipalities[program.municipality].name.ka)
        for program in collection.programs
    ]
    return render("review.html.j2", Place("ka", ""), records=records)


def _pairs(speakers: list[Speaker], program: Program) -> list[tuple[str, str]]:
    ka, en = (list(_said(card(speaker, program))) for speaker in speakers)
    return list(zip(ka, en, strict=True))


def _of_villages(speaker: Speaker, id: str) -> Iterator[str]:
    """What a municipality's page says about whom to ask in its villages."""
    said = village(speaker, id)
    assert said is not None
    yield from (line.text for line in said.before)
    for unit in said.units:
        yield unit.name
        yield from (line.text for line in unit.lines)
    yield from (line.text for line in said.after)


def _said(card: Card) -> Iterator[str]:
    yield card.name
    if card.amount:
        yield card.amount
    yield card.summary
    yield from (line.text for line in card.status)
    for section in card.sections:
        yield f"# {section.heading}"
        for block in section.blocks:
            if block.lead:
                yield block.lead
            yield from (line.text for top in block.lines for line in top.all())
