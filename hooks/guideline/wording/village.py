"""Whom to ask in a village: the mayor's representatives, as far as a municipality has published them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import SOURCE_LANGUAGES, AdministrativeUnit, Phone, Representatives
from .layout import Line
from .speech import Speaker
from .steps import first_phone, local_number, tel
from .trust import review_line, source_lines

MANY_NAMES = 8
"""A list with more units and villages than this gets a field to look for one, if the reader's browser runs scripts."""


@dataclass(frozen=True)
class Unit:
    """An administrative unit as a list shows it."""

    id: str
    name: str
    lines: tuple[Line, ...]
    names: str
    """Its name and those of its villages in every language, in which a reader's word is looked for."""


@dataclass(frozen=True)
class Village:
    """What stands about a municipality's villages: words before the list, the list, words after it."""

    before: tuple[Line, ...]
    units: tuple[Unit, ...] = ()
    after: tuple[Line, ...] = ()
    searchable: bool = False
    published: bool = False
    """Has the municipality published anything of this?"""


def village(speaker: Speaker, id: str) -> Village | None:
    """Whom to ask in the villages of a municipality; None for a city that has published nothing about its units."""
    municipality = speaker.collection.municipalities[id]
    listed = speaker.collection.representatives.get(id)
    phone = first_phone(municipality.contacts)
    if listed is None:
        if municipality.kind == "city":
            return None
        return Village((Line(speaker.say("village.none"), kind="unknown"), *_city_hall(speaker, phone)))
    units = tuple(_unit(speaker, unit, _has_phones(listed)) for unit in listed.units)
    count = len(units) + sum(len(unit.villages) for unit in listed.units)
    return Village(
        tuple(_before(speaker, id, listed)),
        units,
        (*_after(speaker, listed), *_city_hall(speaker, phone), *source_lines(speaker, listed.sources)),
        published=True,
        searchable=count > MANY_NAMES and any(unit.villages for unit in listed.units),
    )


def village_line(speaker: Speaker, id: str) -> Iterator[Line]:
    """The way from a card to the list of its municipality; nothing where none is published."""
    listed = speaker.collection.representatives.get(id)
    if listed:
        words = "village.to_phones" if _has_phones(listed) else "village.to_page"
        yield Line(speaker.say(words), village=id)


def _has_phones(listed: Representatives) -> bool:
    return any(unit.phones for unit in listed.units)


def _before(speaker: Speaker, id: str, listed: Representatives) -> Iterator[Line]:
    if listed.department:
        yield Line(speaker.say("village.department", name=listed.department[speaker.language]))
        yield from (_city_hall_line(speaker, phone) for phone in listed.phones)
    if listed.units:
        known = "with_villages" if any(unit.villages for unit in listed.units) else "with_phones"
        yield Line(speaker.say(f"village.{known if _has_phones(listed) else 'no_phones'}"))
    yield review_line(speaker, listed.review, id, listed.sources[0].year)
    if _has_phones(listed) and listed.review.status == "unconfirmed":
        yield Line(speaker.say("village.may_have_changed"), kind="unconfirmed")


def _after(speaker: Speaker, listed: Representatives) -> Iterator[Line]:
    if listed.units and listed.units_in_all != len(listed.units):
        key = "unclear" if listed.units_in_all is None else "partial"
        yield Line(speaker.say(f"village.{key}", all=listed.units_in_all, n=len(listed.units)), kind="unknown")


def _city_hall(speaker: Speaker, phone: Phone | None) -> Iterator[Line]:
    if phone:
        yield _city_hall_line(speaker, phone)


def _city_hall_line(speaker: Speaker, phone: Phone) -> Line:
    return Line(speaker.say("village.city_hall", number=local_number(phone)), href=tel(phone))


def _unit(speaker: Speaker, unit: AdministrativeUnit, others_have_phones: bool) -> Unit:
    texts = (unit.name, *unit.villages)
    names = " ".join(text[language] for language in SOURCE_LANGUAGES for text in texts)
    return Unit(unit.id, unit.name[speaker.language], tuple(_unit_lines(speaker, unit, others_have_phones)), names)


def _unit_lines(speaker: Speaker, unit: AdministrativeUnit, others_have_phones: bool) -> Iterator[Line]:
    if unit.villages:
        villages = speaker.pattern("list.comma").join(village[speaker.language] for village in unit.villages)
        yield Line(speaker.say("village.villages", names=villages))
    post = speaker.term("bodies", unit.post)
    for phone in unit.phones:
        yield Line(speaker.say("village.call", post=post, number=local_number(phone)), href=tel(phone))
    if others_have_phones and not unit.phones:
        yield Line(speaker.say("village.no_phone", post=post), kind="unknown")
    if unit.address:
        yield Line(speaker.say("contact.address", address=unit.address[speaker.language]))
