"""Papers, places, days: what to bring, where and until when to apply, how one hears, whom to ask."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ..model import (
    SOURCE_LANGUAGES,
    Appeal,
    Application,
    Assistance,
    Collection,
    Contact,
    Deadline,
    Decision,
    Document,
    Documents,
    Hours,
    Municipality,
    Phone,
    Program,
)
from .conditions import fill_form
from .layout import Block, Line
from .origin import host, year_of
from .speech import NO_BREAK, Speaker, fill

COUNTRY_CODE = "995"
NAMED = 4
"""Papers that the top of a card names at most."""


def document_blocks(speaker: Speaker, program: Program, documents: Documents | None, ask: str) -> Iterator[Block]:
    """The papers as boxes to tick, under words that say whether the list is whole."""
    if documents and not documents.needed:
        yield Block((Line(speaker.say("documents.none_needed")),), style="text")
    elif not documents or not documents.list:
        yield Block((speaker.unknown("documents.unknown", "documents", ask=ask),), style="text")
        usual = speaker.collection.types[program.type].documents
        yield Block(tuple(Line(speaker.term("documents", id)["one"]) for id in usual), speaker.say("documents.usual"))
    else:
        count = len(documents.list)
        lead = {True: "complete", False: "partial_lead", None: "unclear_lead"}[documents.complete]
        lines = tuple(_document(speaker, program, document) for document in documents.list)
        yield Block(lines, speaker.say(f"documents.{lead}", count=count, n=count), style="check")
        if not documents.complete:
            rest = "partial" if documents.complete is False else "unclear"
            yield Block((speaker.unknown(f"documents.{rest}", "further_documents", ask=ask),), style="text")


def papers_in_short(speaker: Speaker, documents: Documents | None) -> str:
    """How many papers, in a few words; empty where the source does not say."""
    if not documents or not (documents.list or not documents.needed):
        return ""
    low, count = paper_count(documents)
    key = "none" if not documents.needed else "complete" if documents.complete else "partial"
    if key != "none" and low != count:
        key += "_range" if low else "_some"
    return speaker.say(f"glance.papers.{key}", count=count, low=low, n=count)


def paper_count(documents: Documents) -> tuple[int, int]:
    """How many papers everybody brings, and how many with those that are asked for in some circumstances only."""
    return sum(document.if_ is None for document in documents.list), len(documents.list)


def papers_by_name(speaker: Speaker, documents: Documents | None) -> str:
    """Which papers, in a few words; empty where the source does not say.

    Those that everybody needs are named as long as they are few; the rest are counted.
    """
    listed = documents.list if documents and documents.needed else ()
    named = [_paper(speaker, document) for document in listed if not document.if_]
    named = named if len(listed) <= NAMED else named[: NAMED - 1]
    if not documents or not named:
        return papers_in_short(speaker, documents)
    words = speaker.pattern("list.semicolon").join(named)
    rest = len(listed) - len(named)
    if rest:
        words = speaker.say("glance.papers.more", names=words, n=rest)
    return words if documents.complete else speaker.say("glance.papers.at_least", names=words)


def _paper(speaker: Speaker, document: Document) -> str:
    """The name of a paper, without what must be true of it."""
    if document.text:
        return document.text[speaker.language]
    return fill_form(speaker.term("documents", document.is_ or ""), f"each_{document.each}", "one")


def _document(speaker: Speaker, program: Program, document: Document) -> Line:
    words = _paper(speaker, document)
    issuer = speaker.collection.vocabulary["documents"][document.is_].issued_by if document.is_ else None
    if document.bring:
        brought = "_and_".join(one for one in ("original", "copy") if one in document.bring)
        words = speaker.say(f"documents.bring.{brought}", document=words)
    if document.not_older_than:
        words = speaker.say("documents.not_older", document=words, time=speaker.duration(document.not_older_than))
    if document.if_:
        condition = fill(speaker.term("circumstances", document.if_)["if"], {"municipality": _place(speaker, program)})
        words = speaker.say("documents.if", document=words, condition=condition)
    issuer = document.issued_by or issuer
    if issuer:
        words = speaker.say("documents.issued_by", document=words, body=speaker.term("bodies", issuer))
    return Line(words, kind="text" if document.text else "", key=_identity(document))


def _identity(document: Document) -> str:
    """What a paper is known by: the same in every language, in every order, and another once the demand is another.

    So a tick never passes to a paper that the reader has not looked at.
    """
    facts = document.model_dump(mode="json", exclude_defaults=True)
    if document.text:
        facts["text"] = document.text[SOURCE_LANGUAGES[0]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:12]


def _place(speaker: Speaker, program: Program) -> dict[str, str]:
    return speaker.municipality(speaker.collection.municipalities[program.municipality])


# --- applying --------------------------------------------------------------------------------


def application_lines(speaker: Speaker, program: Program, application: Application, ask: str) -> Iterator[Line]:
    """Who applies and where; what is not known is said, with whom to ask."""
    if application.automatic:
        paid = program.payment is not None and program.payment.to == "own-bank-account"
        yield Line(speaker.say(f"application.{'automatic_paid' if paid else 'automatic'}"))
        return
    if application.by:
        who = [speaker.term("persons", person) for person in application.by]
        if len(who) == 1 and application.for_:
            helped = speaker.term("persons", application.for_)
            yield Line(speaker.say("application.by_one_for", who=who[0], helped=helped))
        elif len(who) == 1:
            yield Line(speaker.say("application.by_one", who=who[0]))
        else:
            yield Line(speaker.say("application.by_several", who=speaker.either([one["one"] for one in who])))
    where = places(speaker, program, application)
    if where:
        key = "where_taken" if application.by == ("institution",) else "where"
        yield Line(speaker.say(f"application.{key}", where=speaker.either(where)))
        if not application.at and only_online(speaker.collection, application.through):
            yield Line(speaker.say("application.only_online", ask=ask), kind="unknown")
    else:
        yield speaker.unknown("application.where_unknown", "where", ask=ask)
    if application.proxy:
        yield Line(speaker.say("application.proxy", document=speaker.term("documents", application.proxy)))
    if application.text:
        yield Line(application.text[speaker.language], kind="text")


def places(speaker: Speaker, program: Program, application: Application) -> list[str]:
    """Where one can apply: offices, then ways without going anywhere."""
    parts = {"municipality": _place(speaker, program)}
    offices = [fill(fill_form(speaker.term("bodies", body), "at_local", "at"), parts) for body in application.at]
    return offices + [fill_form(speaker.term("channels", channel), "where", "by") for channel in application.through]


def only_online(collection: Collection, channels: Sequence[str]) -> bool:
    """Are there ways, and does each of them need the internet?"""
    terms = collection.vocabulary["channels"]
    return bool(channels) and all(terms[channel].online for channel in channels)


def deadline_lines(speaker: Speaker, deadlines: Iterable[Deadline], ask: str) -> Iterator[Line]:
    """Until when one can apply."""
    said = False
    for deadline in deadlines:
        said = True
        yield Line(_deadline(speaker, deadline), day=deadline.to)
    if not said:
        yield speaker.unknown("deadline.unknown", "until", ask=ask)


def _deadline(speaker: Speaker, deadline: Deadline) -> str:
    if deadline.rule:
        return speaker.say(f"deadline.{deadline.rule}")
    if deadline.to and deadline.to < speaker.today:
        return speaker.say("state.closed.dated", on=speaker.on_day(deadline.to))
    if deadline.within and deadline.after:
        event = speaker.term("events", deadline.after)
        return speaker.say("deadline.within", time=speaker.duration(deadline.within), event=event)
    if deadline.from_ and deadline.to:
        return _window(speaker, deadline)
    if deadline.to:
        return speaker.say("deadline.to", **_day_parts(speaker, deadline.to))
    assert deadline.from_ is not None
    return speaker.say("deadline.from", **_day_parts(speaker, deadline.from_))


def _window(speaker: Speaker, deadline: Deadline) -> str:
    assert deadline.from_
    assert deadline.to
    same_year = "same_year" if deadline.from_.year == deadline.to.year else "two_years"
    start, end = _day_parts(speaker, deadline.from_), _day_parts(speaker, deadline.to)
    last = {f"{name}2": value for name, value in end.items()}
    return speaker.say(f"deadline.window_{same_year}", **start, **last)


def _day_parts(speaker: Speaker, day: date) -> dict[str, Any]:
    return {"y": day.year, "d": day.day, "m": speaker.term("months", str(day.month))}


def assistance_lines(speaker: Speaker, assistance: Assistance | None, phone: Phone | None) -> Iterator[Line]:
    """Help for those who find writing, travelling or the language hard."""
    if not assistance:
        return
    call = local_number(phone) if phone else ""
    known = "with_phone" if phone else "no_phone"
    if assistance.home_visit:
        yield Line(speaker.say(f"assistance.home_visit.{known}", phone=call))
    if assistance.interpreters:
        languages = [speaker.term("spoken_languages", id)["one"] for id in assistance.interpreters]
        spoken = speaker.pattern("list.comma").join(languages)
        yield Line(speaker.say(f"assistance.interpreter.{known}", phone=call, languages=spoken))


# --- hearing and complaining -----------------------------------------------------------------


def decision_lines(speaker: Speaker, decision: Decision | None) -> Iterator[Line]:
    """Who decides, in how many days, how one is told."""
    if decision and decision.checked_by:
        yield Line(speaker.say("decision.checked_by", body=speaker.term("bodies", decision.checked_by)))
    if decision and decision.within:
        parts: dict[str, Any] = {
            "time": speaker.duration(decision.within),
            "event": speaker.term("events", decision.after),
        }
        key = "decision.by_within" if decision.by else "decision.within"
        body = speaker.term("bodies", decision.by) if decision.by else ""
        yield Line(speaker.say(key, body=body, **parts))
    else:
        if decision and decision.by:
            yield Line(speaker.say("decision.by", body=speaker.term("bodies", decision.by)))
        yield speaker.unknown("decision.unknown", "decision")
    if decision and decision.notice:
        by = speaker.either([speaker.term("channels", channel)["by"] for channel in decision.notice])
        yield Line(speaker.say("decision.notice", by=by))
        if only_online(speaker.collection, decision.notice):
            yield Line(speaker.say("decision.only_online"))


def appeal_lines(speaker: Speaker, appeal: Appeal | None) -> Iterator[Line]:
    """What one can do after a refusal."""
    yield Line(speaker.say("appeal.reasons"))
    if not appeal:
        yield speaker.unknown("appeal.unknown", "appeal")
        return
    bodies = [speaker.term("bodies", body) for body in appeal.to]
    where = speaker.either([fill_form(body, "appeal_to", "at") for body in bodies])
    if appeal.within:
        event = speaker.term("events", appeal.after)
        yield Line(speaker.say("appeal.within", where=where, time=speaker.duration(appeal.within), event=event))
    else:
        yield Line(speaker.say("appeal.where", where=where))


# --- contacts --------------------------------------------------------------------------------


def contacts_of(program: Program, municipality: Municipality) -> tuple[Contact, ...]:
    """The programme's contacts and those of the municipality, the newest first, no number twice."""
    own = [
        contact if contact.year else contact.model_copy(update={"year": year_of(program)})
        for contact in program.contacts
    ]
    found: list[Contact] = []
    numbers: set[str] = set()
    for contact in sorted([*own, *municipality.contacts], key=lambda contact: -(contact.year or 0)):
        phones = tuple(phone for phone in contact.phones if tel(phone) not in numbers)
        numbers |= {tel(phone) for phone in phones}
        if phones or not contact.phones:
            found.append(contact.model_copy(update={"phones": phones}))
    return tuple(found)


def first_phone(contacts: Iterable[Contact]) -> Phone | None:
    """The number to call first."""
    return next((phone for contact in contacts for phone in contact.phones), None)


def local_number(phone: Phone) -> str:
    """The number as dialled inside the country, in groups that never break: "0350 27 36 50"."""
    if phone.kind == "short":
        return phone.number.replace(" ", NO_BREAK)
    digits = national_digits(phone)
    if phone.kind == "mobile":
        return NO_BREAK.join((digits[:3], digits[3:5], digits[5:7], digits[7:]))
    return NO_BREAK.join(("0" + digits[:3], digits[3:5], digits[5:7], digits[7:]))


def abroad_number(phone: Phone) -> str:
    """The number as dialled from anywhere: "+995 350 27 36 50"."""
    digits = national_digits(phone)
    return NO_BREAK.join((f"+{COUNTRY_CODE}", digits[:3], digits[3:5], digits[5:7], digits[7:]))


def tel(phone: Phone) -> str:
    """The address behind a call button."""
    if phone.kind == "short":
        return "tel:" + "".join(filter(str.isdigit, phone.number))
    return f"tel:+{COUNTRY_CODE}{national_digits(phone)}"


def national_digits(phone: Phone) -> str:
    """The nine digits after the country code; shorter where the number is wrong."""
    digits = "".join(filter(str.isdigit, phone.number))
    if phone.number.strip().startswith("+") or (digits.startswith(COUNTRY_CODE) and len(digits) == 12):
        digits = digits.removeprefix(COUNTRY_CODE)
    return digits.removeprefix("0")


def phone_of(program: Program, municipality: Municipality) -> Phone | None:
    """The number to call about the programme, if one is known."""
    return first_phone(contacts_of(program, municipality))


def contact_blocks(speaker: Speaker, contacts: Iterable[Contact], website: str | None) -> Iterator[Block]:
    """Whom to ask: phones, mail, address, hours; each contact a block of its own."""
    known = False
    for contact in contacts:
        known = known or bool(contact.phones)
        yield Block(tuple(_contact(speaker, contact)), style="address")
    if not known:
        yield Block((speaker.unknown("contact.unknown", "phone"),), style="text")
    if website:
        site = Line(speaker.say("contact.website", address=host(website)), href=website)
        yield Block((site,), style="text")


def _contact(speaker: Speaker, contact: Contact) -> Iterator[Line]:
    for phone in contact.phones:
        key = phone.kind if phone.kind == "short" else "ordinary"
        role = phone.role or "office"
        words = speaker.say(f"contact.phone.{key}.{role}", number=local_number(phone), abroad=abroad_number(phone))
        yield Line(words, href=tel(phone))
    if contact.email:
        yield Line(speaker.say("contact.email", address=contact.email), href=f"mailto:{contact.email}")
    if contact.address:
        yield Line(speaker.say("contact.address", address=contact.address[speaker.language]))
    for hours in contact.hours:
        yield Line(_hours(speaker, hours))
    if contact.source or contact.year:
        year = "year" if contact.year else "no_year"
        yield Line(speaker.say(f"contact.source.{year}", y=contact.year), href=contact.source or "")


def _hours(speaker: Speaker, hours: Hours) -> str:
    form = "every" if hours.reception else "when"
    days = speaker.both([speaker.term("weekdays", day)[form] for day in hours.days])
    words = speaker.say(
        "hours.reception" if hours.reception else "hours.open", days=days, start=hours.from_, end=hours.to
    )
    if hours.break_from and hours.break_to:
        words = speaker.say("hours.break", hours=words, start=hours.break_from, end=hours.break_to)
    return words
