"""How a voice says what is written in signs."""

from __future__ import annotations

from .speech import Speaker


def spoken(speaker: Speaker) -> list[tuple[str, str]]:
    """What is written and what a voice says for it, in the order in which to look; {a} and {b} stand for numbers."""
    pairs = speaker.collection.phrases.get("aloud", {})
    return [(speaker.pattern(f"aloud.{key}.written"), speaker.pattern(f"aloud.{key}.spoken")) for key in pairs]
