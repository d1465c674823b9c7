"""How a voice says what is written in signs."""

from __future__ import annotations

import re

from .speech import Speaker

_SLOT = re.compile(r"\{(\w)\}")


def spoken(speaker: Speaker) -> list[tuple[str, str]]:
    """What is written and what a voice says for it, in the order in which to look; {a} and {b} stand for numbers."""
    pairs = speaker.collection.phrases.get("aloud", {})
    return [(speaker.pattern(f"aloud.{key}.written"), speaker.pattern(f"aloud.{key}.spoken")) for key in pairs]


def aloud(speaker: Speaker, text: str) -> str:
    """The text as it is said, for a person who reads it out; card.js does the same for the voice of a phone."""
    for written, said in spoken(speaker):
        text = _written(written).sub(lambda found, said=said: _SLOT.sub(lambda slot: found[slot[1]], said), text)  # type: ignore[misc]
    return text


def _written(pattern: str) -> re.Pattern[str]:
    """What finds the signs of a pattern with any numbers in its slots."""
    between = _SLOT.split(pattern)
    parts = (f"(?P<{part}>\\d+(?:[.,\u00a0]\\d+)*)" if at % 2 else re.escape(part) for at, part in enumerate(between))
    return re.compile("".join(parts))
