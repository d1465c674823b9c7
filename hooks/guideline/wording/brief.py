"""What a card says of itself elsewhere: in search results, beside a shared link, in its picture.

Never a sum without how far it can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Archived, Program
from .card import groups_of
from .layout import Card
from .origin import year_of
from .speech import Speaker
from .trust import ends, expired, standing

LONGEST = 160
"""Characters of a description that search engines show."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def note(speaker: Speaker, program: Program) -> str:
    """How far the card can be trusted, in one or a few short sentences."""
    return speaker.pattern("list.sentences").join(_notes(speaker, program, "head"))


def in_short(speaker: Speaker, program: Program) -> str:
    """The same in fewer words, for messages that have little room."""
    return speaker.pattern("list.sentences").join(_notes(speaker, program, "head.in_short"))


def _notes(speaker: Speaker, program: Program, unconfirmed: str) -> Iterator[str]:
    """`unconfirmed` names the phrases for what nobody has confirmed."""
    state = standing(program, speaker.today)
    if state not in ("open", "opened"):
        yield speaker.say(f"head.state.{state}")
    over = expired(program, speaker.today)
    yield from ([age] if (age := age_in_short(speaker, program)) else [])
    year = year_of(program)
    if program.review.status == "confirmed" and program.review.date:
        yield speaker.say("head.confirmed", on=speaker.on_day(program.review.date))
    else:
        key = "not_confirmed" if over else "unconfirmed" if year else "unconfirmed_undated"
        yield speaker.say(f"{unconfirmed}.{key}", y=year)


def age_in_short(speaker: Speaker, program: Program) -> str:
    """That the terms are of a time that is over, in a few words; empty where they are not."""
    to = ends(program)
    if not to or not expired(program, speaker.today):
        return ""
    return speaker.say("head.past" if isinstance(program, Archived) else "head.expired", y=to.year)


def description(speaker: Speaker, program: Program, card: Card) -> str:
    """Whose it is, how much, what for, and how far it can be trusted; whole sentences only.

    At most `LONGEST` characters, unless the summary alone is longer.
    """
    plain = speaker.say("head.place", place=card.place)
    lead = speaker.say("head.amount", place=card.place, amount=card.amount) if card.amount else plain
    groups = [speaker.term("groups", group)["many"] for group in groups_of(speaker, program)]
    who = [speaker.say("head.who", groups=speaker.both(groups))] if groups else []
    named = speaker.say("head.named", name=card.name, place=card.place)
    shorter = ([lead, card.summary], [lead]) if card.amount else ([named, card.summary], [named, *who], [named])
    ways = ([lead, card.summary, *who], *shorter, [plain, card.summary])
    last = list(_notes(speaker, program, "head.in_short"))
    join = speaker.pattern("list.sentences").join
    said = [join([*way, *last]) for way in ways]
    return next((words for words in said if len(words) <= LONGEST), said[-1])


def picture_words(speaker: Speaker, program: Program, card: Card) -> str:
    """What the card's picture shows, for those who do not see it."""
    key = "head.picture" if card.amount else "head.picture_without_amount"
    return speaker.say(key, name=card.name, place=card.place, amount=card.amount, note=note(speaker, program))


def shortened(words: str) -> str:
    """The first whole sentences, as many as search engines show; at least one."""
    first, *rest = _SENTENCE_END.split(words)
    for sentence in rest:
        if len(first) + 1 + len(sentence) > LONGEST:
            break
        first = f"{first} {sentence}"
    return first
