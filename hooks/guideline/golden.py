"""Every sentence that the real data make, Georgian beside English, for an editor to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .model import Collection
from .wording.card import card
from .wording.layout import Card
from .wording.speech import Speaker

PATH = "tests/wording/sentences.txt"
TODAY = date(2026, 11, 20)
"""The day on which the sentences are spoken; fixed, so that the file changes with the data only."""


def sentences(collection: Collection) -> str:
    """The file: programme by programme, each sentence in Georgian and below it in English."""
    speakers = [Speaker(language, collection, TODAY) for language in ("ka", "en")]
    parts = []
    for program in collection.programs:
        ka, en = (list(_said(card(speaker, program))) for speaker in speakers)
        assert len(ka) == len(en), program.key
        pairs = "\n".join(f"  {one}\n  {other}\n" for one, other in zip(ka, en, strict=True))
        parts.append(f"{program.key}\n\n{pairs}")
    return "\n".join(parts)


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
