"""How much of the data is structured, and which facts stayed free text."""

from __future__ import annotations

from collections.abc import Iterator

from .collection import walk
from .model import Benefit, Collection, Condition, Program, Text

FACTS = (Condition, Benefit)
"""The facts whose structure counts: conditions and benefits."""


def lines(collection: Collection) -> Iterator[str]:
    """The free texts of each programme, and the share of conditions and benefits that are text."""
    facts = texts = 0
    for program in collection.programs:
        facts += sum(isinstance(value, FACTS) for _, value, _ in walk(program))
        for place, text in free_texts(program):
            texts += place[-1] == "text" and place[0] in ("benefits", "eligibility")
            yield f"{program.key}: {'.'.join(map(str, place))}: {text.ka}"
    share = 100 * texts / facts if facts else 0
    yield f"Free text: {texts} of {facts} conditions and benefits ({share:.1f} %)."


def free_texts(program: Program) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """The texts that stand where a fact might: not names, goals or titles."""
    named = (
        "name",
        "official_name",
        "summary",
        "goal",
        "expected_result",
        "title",
        "part_of",
        "provider",
        "address",
        "scope",
    )
    for place, value, _ in walk(program):
        if isinstance(value, Text) and place[-1] not in named and "conflicts" not in place:
            yield place, value
