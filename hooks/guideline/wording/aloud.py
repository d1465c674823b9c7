"""How a voice says what is written in signs."""

from __future__ import annotations

from .speech import Speaker


def spoken(speaker: Speaker) -> list[tuple[str, str]]:
    """What is written and what a voice says for it, the longer first; a slot {a} stands for a number."""
    written = {
        "range": speaker.say("amount.range", low="{a}", high="{b}"),
        "money": speaker.say("money", n="{a}"),
        "percent": "{a}%",
        "number": "№{a}",
    }
    return [(signs, speaker.say(f"aloud.{key}", a="{a}", b="{b}")) for key, signs in written.items()]
