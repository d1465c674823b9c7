"""A card's facts for other channels: a text message, a post, a script for radio and telephone.

A text message is counted as networks send it (3GPP TS 23.038): 160 characters in one part and 153 in each
part of a longer one as long as every sign is in the GSM alphabet, else 70 and 67 (UCS-2), which
Georgian always needs. Nothing is cut: a fact that does not fit is left out whole, and the message
says where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Municipality, Program
from .aloud import aloud
from .brief import in_short
from .card import application_of, type_of
from .layout import Card, Glance
from .speech import NO_BREAK, Speaker
from .steps import deadline_lines, local_number, phone_of

MOST_PARTS = 3
ONE_PART, EACH_PART = {"gsm": 160, "ucs2": 70}, {"gsm": 153, "ucs2": 67}
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("\f^{}\\[~]|€")
"""Signs of the extension table: each takes the room of two."""
_PLAIN = str.maketrans({NO_BREAK: " ", "’": "'", "‘": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
"""Typography that would turn a message in Latin letters into one of half the length."""
_WAYS = (("amount", "phone", "until"), ("amount", "phone"), ("amount", "until"), ("amount",), ("phone",), ())
"""The facts of a text message: the first choice that fits is taken."""


@dataclass(frozen=True)
class Sms:
    """A text message, with what it costs to send."""

    text: str
    length: int
    """In characters as networks count them."""
    parts: int


@dataclass(frozen=True)
class Messages:
    """The same facts for three channels."""

    sms: Sms | None
    """None where not even the address fits."""
    post: str
    script: str


def messages(speaker: Speaker, program: Program, card: Card, address: str) -> Messages:
    """What staff can send and read out about a card; `address` is the short address of its page."""
    municipality = speaker.collection.municipalities[program.municipality]
    return Messages(
        sms=_sms(speaker, program, municipality, card, address),
        post="\n".join(_post(speaker, card, address)),
        script=aloud(speaker, " ".join(_script(speaker, program, municipality, card))),
    )


# --- text messages ---------------------------------------------------------------------------


def sms(text: str) -> Sms:
    """The message with its length and the number of its parts."""
    kind = "gsm" if all(sign in _GSM or sign in _GSM_TWICE for sign in text) else "ucs2"
    rooms = [_room(sign, kind) for sign in text]
    parts, left = 1, EACH_PART[kind]
    for room in rooms:  # no sign is divided between two parts
        if room > left:
            parts, left = parts + 1, EACH_PART[kind]
        left -= room
    length = sum(rooms)
    return Sms(text, length, 1 if length <= ONE_PART[kind] else parts)


def _room(sign: str, kind: str) -> int:
    return 2 if (sign in _GSM_TWICE if kind == "gsm" else ord(sign) > 0xFFFF) else 1


def _sms(speaker: Speaker, program: Program, municipality: Municipality, card: Card, address: str) -> Sms | None:
    """The message with as many facts as fit, always with how far they can be trusted.

    Where the name is too long for it, the kind of programme stands in its place.
    """
    town = municipality.name[speaker.language]
    note = in_short(speaker, program)
    facts = dict(_facts(speaker, program, municipality, card))
    named = speaker.say("head.named", name=card.name, place=town)
    in_full = speaker.say("message.all", address=address)
    ways = [
        [named, *_chosen(facts, way), note, rest]
        for way in _WAYS
        for rest in (_rest(speaker, facts, way, address), in_full)
    ]
    kind = speaker.say("head.named", name=type_of(speaker, program).name[speaker.language], place=town)
    ways += [[named, note, address], [kind, note, in_full], [kind, note, address], [town, note, address]]
    plain = _PLAIN if speaker.language == "en" else {ord(NO_BREAK): " "}
    found = (sms(" ".join(filter(None, way)).translate(plain)) for way in ways)
    return next((one for one in found if one.parts <= MOST_PARTS), None)


def _facts(speaker: Speaker, program: Program, municipality: Municipality, card: Card) -> Iterator[tuple[str, str]]:
    if card.amount:
        yield "amount", speaker.say("message.amount", amount=card.amount)
    phone = phone_of(program, municipality)
    if phone:
        yield "phone", speaker.say("message.phone", number=local_number(phone))
    deadlines = application_of(program, municipality).deadlines
    if deadlines:
        yield "until", " ".join(line.text for line in deadline_lines(speaker, deadlines, ""))


def _chosen(facts: dict[str, str], way: tuple[str, ...]) -> list[str]:
    return [facts[name] for name in way if name in facts]


def _rest(speaker: Speaker, facts: dict[str, str], way: tuple[str, ...], address: str) -> str:
    """What the message leaves out, and where it stands."""
    left = [name for name in facts if name not in way] + ["conditions", "papers"]
    words = [speaker.say(f"message.left.{name}") for name in left]
    return speaker.say("message.rest", facts=speaker.both(words), address=address)


# --- a post, a script ------------------------------------------------------------------------


def _post(speaker: Speaker, card: Card, address: str) -> Iterator[str]:
    """One fact a line: networks keep line ends and nothing else."""
    yield speaker.say("head.named", name=card.name, place=card.place)
    yield from filter(None, (card.amount, card.summary))
    yield from (_answer(speaker, one) for one in card.glance)
    if card.call:
        yield card.call.text
    yield from (line.text for line in card.status)
    yield speaker.say("message.all", address=address)


def _script(speaker: Speaker, program: Program, municipality: Municipality, card: Card) -> Iterator[str]:
    """Short sentences for the ear; the number twice, so that it can be written down."""
    yield speaker.say("head.named", name=card.name, place=card.place)
    yield card.summary
    if card.amount:
        yield _sentence(speaker, Glance(speaker.say("edition.field.amount"), card.amount, "benefit"))
    yield from (_sentence(speaker, one) for one in card.glance if one.known)
    yield from (line.text for line in card.status)
    phone = phone_of(program, municipality)
    if phone:
        yield speaker.say("message.call_twice", number=local_number(phone))
    else:
        yield speaker.say("ask.city_hall")


def _answer(speaker: Speaker, one: Glance) -> str:
    """A short answer with its label; a sentence needs none."""
    return one.words if one.words.endswith(".") else speaker.say("message.labelled", label=one.label, words=one.words)


def _sentence(speaker: Speaker, one: Glance) -> str:
    answer = _answer(speaker, one)
    return answer if answer.endswith(".") else speaker.say("message.sentence", words=answer)
