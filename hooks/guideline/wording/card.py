"""A programme → all that its card says, in the order that is the same everywhere.

The order: what you get · who can get it · documents · where, how and until when to apply · when and
how you hear · together with other help · if you are refused · whom to ask · where this comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..borrowing import has_borrowed
from ..model import Application, Archived, Combination, Municipality, Phone, Program, ProgramType
from .benefits import benefit_blocks, capacity_line, headline, payment_lines, repeat_line
from .conditions import eligibility_lines, fill_form, form_of, lead, unclear
from .layout import Block, Card, Glance, Line, Section
from .speech import Speaker
from .steps import (
    appeal_lines,
    application_lines,
    assistance_lines,
    contact_blocks,
    contacts_of,
    deadline_lines,
    decision_lines,
    document_blocks,
    first_phone,
    local_number,
    papers_by_name,
    phone_of,
    places,
    tel,
)
from .trust import (
    act_words,
    budget_line,
    conflict_lines,
    disputed_amount,
    indicator_line,
    later_line,
    report_line,
    source_lines,
    status_lines,
    validity_lines,
)
from .village import village_line


def card(speaker: Speaker, program: Program) -> Card:
    """Everything that the card of `program` says in the speaker's language."""
    municipality = speaker.collection.municipalities[program.municipality]
    contacts = contacts_of(program, municipality)
    phone = first_phone(contacts)
    email = next((contact.email for contact in contacts if contact.email), None)
    return Card(
        key=program.key,
        language=speaker.language,
        name=name_of(speaker, program),
        official_name=program.official_name[speaker.language] if program.official_name else "",
        place=municipality.official[speaker.language],
        summary=_summary(speaker, program),
        amount=disputed_amount(speaker, program) or headline(speaker, program),
        glance=tuple(_glance(speaker, program, municipality)),
        status=tuple(status_lines(speaker, program)),
        later=later_line(speaker, program),
        as_of=Line(speaker.say("page.as_of", day=speaker.day(speaker.today)), day=speaker.today),
        past=past_year(speaker, program),
        call=Line(speaker.say("contact.call", number=local_number(phone)), href=tel(phone)) if phone else None,
        write=Line(speaker.say("contact.email", address=email), href=f"mailto:{email}") if email else None,
        sections=tuple(_dialled(section, phone) for section in _sections(speaker, program, municipality)),
    )


def past_year(speaker: Speaker, program: Program) -> int:
    """The year of a card that another one has replaced, or none; 0 for the card of today."""
    if isinstance(program, Archived) and speaker.collection.current(program) is not program:
        return program.of_year
    return 0


def _dialled(section: Section, phone: Phone | None) -> Section:
    """The section, whose sentences dial the number that they tell one to call."""
    if not phone:
        return section
    blocks = (replace(block, lines=_dialling(block.lines, phone)) for block in section.blocks)
    return replace(section, blocks=tuple(blocks))


def _dialling(lines: tuple[Line, ...], phone: Phone) -> tuple[Line, ...]:
    number = local_number(phone)
    return tuple(
        replace(
            line,
            dial=(number, tel(phone)) if number in line.text and not line.href else None,
            lines=_dialling(line.lines, phone),
        )
        for line in lines
    )


def _glance(speaker: Speaker, program: Program, municipality: Municipality) -> Iterator[Glance]:
    """The answers that a reader looks for first, besides how much."""
    groups = [speaker.term("groups", group)["many"] for group in groups_of(speaker, program)]
    if groups:
        yield Glance(speaker.say("glance.who"), speaker.pattern("list.comma").join(groups), "eligibility")
    application = application_of(program, municipality)
    if application.automatic:
        yield Glance(speaker.say("glance.application"), speaker.say("glance.automatic"), "application")
        return
    papers = papers_by_name(speaker, program.documents)
    yield Glance(speaker.say("glance.documents"), papers or speaker.say("glance.ask"), "documents", bool(papers))
    where = places(speaker, program, application)
    words = speaker.either(where) if where else speaker.say("glance.ask")
    yield Glance(speaker.say("glance.where"), words, "application", bool(where))
    if application.deadlines:
        until = next(deadline_lines(speaker, application.deadlines, "")).text
        yield Glance(speaker.say("glance.until"), until, "application")


def type_of(speaker: Speaker, program: Program) -> ProgramType:
    """The kind of programme, which lends it its shared wording."""
    return speaker.collection.types[program.type]


def name_of(speaker: Speaker, program: Program) -> str:
    """The programme's own name where it has one, else the name of its type.

    A name that is not translated stands behind the name of the type: so one knows what it is about.
    """
    shared = type_of(speaker, program).name[speaker.language]
    own = program.name[speaker.language] if program.name else shared
    untold = has_borrowed(own) and not has_borrowed(shared)
    return speaker.pattern("list.colon").join((shared, own)) if untold else own


def _summary(speaker: Speaker, program: Program) -> str:
    return (program.summary or type_of(speaker, program).summary)[speaker.language]


def groups_of(speaker: Speaker, program: Program) -> tuple[str, ...]:
    """The groups of people it is for: its own (an empty list too), else those of its type."""
    return program.groups if "groups" in program.model_fields_set else type_of(speaker, program).groups


def ask_words(speaker: Speaker, program: Program, municipality: Municipality, key: str = "ask") -> str:
    """Whom to ask where the source is silent: the number if one is known. `ask_first`: before one goes."""
    phone = phone_of(program, municipality)
    if phone:
        return speaker.say(f"{key}.phone", number=local_number(phone))
    return speaker.say(f"{key}.city_hall")


def _sections(speaker: Speaker, program: Program, municipality: Municipality) -> Iterator[Section]:
    ask = ask_words(speaker, program, municipality)
    ask_first = ask_words(speaker, program, municipality, "ask_first")
    builders = {
        "benefit": _benefit(speaker, program, ask),
        "eligibility": _eligibility(speaker, program, ask),
        "documents": document_blocks(speaker, program, program.documents, ask_first),
        "application": _application(speaker, program, municipality, ask),
        "decision": [_text(decision_lines(speaker, program.decision))],
        "combination": _combination(speaker, program),
        "appeal": _appeal(speaker, program, municipality),
        "contact": _contact(speaker, program, municipality),
        "plan": _plan(speaker, program),
        "source": _source(speaker, program),
    }
    automatic = program.application is not None and program.application.automatic
    for id, blocks in builders.items():
        kept = tuple(block for block in blocks if block.lines)
        if kept and not (automatic and id in ("documents", "decision") and not program.documents):
            yield Section(id, speaker.say(f"heading.{id}"), kept)


def _text(lines: Iterable[Line]) -> Block:
    return Block(tuple(lines), style="text")


def _list(lines: Iterable[Line], lead: str = "") -> Block:
    return Block(tuple(lines), lead)


def _benefit(speaker: Speaker, program: Program, ask: str) -> Iterator[Block]:
    blocks = list(benefit_blocks(speaker, program))
    if not blocks:
        yield _text([speaker.unknown("amount.unknown.any", "amount", ask=ask)])
    yield from blocks
    yield _text(conflict_lines(speaker, program, "amount"))
    if any(line.kind == "unknown" for block in blocks for line in block.lines):
        yield _text([Line(ask, kind="unknown", gap=speaker.say("gap.exact_amount"))])
    around = list(payment_lines(speaker, program.payment)) if program.payment else []
    if program.capacity:
        around.append(capacity_line(speaker, program.capacity))
    yield _text(around)


def _eligibility(speaker: Speaker, program: Program, ask: str) -> Iterator[Block]:
    who = program.eligibility
    if not who or not who.all:
        yield _text([speaker.unknown("eligibility.unknown", "eligibility", ask=ask)])
    else:
        form = form_of(who)
        lines = eligibility_lines(speaker, program, who.all, form)
        only_any = len(lines) == 1 and bool(lines[0].lines)
        yield _list(lines[0].lines if only_any else lines, lead(speaker, who))
        if form == "label" and any(map(unclear, who.all)):
            yield _text([Line(speaker.say("limits_unclear"), kind="unknown")])
    yield _text(conflict_lines(speaker, program, "score"))
    if who and who.none:
        yield _list(eligibility_lines(speaker, program, who.none, "clause"), speaker.say("eligibility.none_of"))
    if who and who.priority:
        groups = [fill_form(speaker.term("groups", group), "to_one", "many") for group in who.priority]
        yield _text([Line(speaker.say("eligibility.priority", groups=speaker.both(groups)))])
    if who and who.selection:
        yield _text([Line(who.selection[speaker.language], kind="text")])
    if who and not who.complete:
        yield _text([speaker.unknown("eligibility.incomplete", "further_conditions", ask=ask)])


def _application(speaker: Speaker, program: Program, municipality: Municipality, ask: str) -> Iterator[Block]:
    application = application_of(program, municipality)
    yield _text(application_lines(speaker, program, application, ask))
    if not application.automatic:
        yield _text(deadline_lines(speaker, application.deadlines, ask))
    phone = phone_of(program, municipality)
    yield _text(assistance_lines(speaker, program.assistance or municipality.assistance, phone))


def application_of(program: Program, municipality: Municipality) -> Application:
    """How to apply; where the programme does not say it, as for all programmes of the municipality."""
    application = program.application or Application()
    if application.at or application.through:
        return application
    return application.model_copy(update={"at": municipality.application_at})


def _combination(speaker: Speaker, program: Program) -> Iterator[Block]:
    if program.repeat:
        yield _text([repeat_line(speaker, program.repeat)])
    fact = program.combination or Combination()
    types = speaker.collection.types
    lines = [
        Line(speaker.say(f"combination.{key}", other=types[id].with_[speaker.language]), type=id)
        for key, ids in (("excludes", fact.excludes), ("adds_to", fact.adds_to))
        for id in ids
    ]
    if fact.text:
        lines.append(Line(fact.text[speaker.language], kind="text"))
    yield _text(lines)


def _appeal(speaker: Speaker, program: Program, municipality: Municipality) -> Iterator[Block]:
    yield _text(appeal_lines(speaker, program.appeal or municipality.appeal))
    if program.combination and program.combination.other_way:
        types = speaker.collection.types
        yield _list(
            [Line(types[id].name[speaker.language], type=id) for id in program.combination.other_way],
            speaker.say("appeal.other_way"),
        )


def _contact(speaker: Speaker, program: Program, municipality: Municipality) -> Iterator[Block]:
    yield from contact_blocks(speaker, contacts_of(program, municipality), municipality.website)
    yield _text(village_line(speaker, program.municipality))


def _plan(speaker: Speaker, program: Program) -> Iterator[Block]:
    lines = []
    for key, text in (
        ("part_of", program.part_of),
        ("provider", program.provider),
        ("goal", program.goal),
        ("expected_result", program.expected_result),
    ):
        if text:
            lines.append(Line(speaker.say(f"plan.{key}", words=text[speaker.language])))
    lines += [budget_line(speaker, budget) for budget in program.budget]
    lines += [indicator_line(speaker, indicator) for indicator in program.indicators]
    lines += [report_line(speaker, report) for report in program.reports]
    lines += [Line(remark[speaker.language], kind="text") for remark in program.remarks]
    yield _list(lines)


def _source(speaker: Speaker, program: Program) -> Iterator[Block]:
    yield _text(validity_lines(speaker, program))
    if program.act:
        yield _text([Line(act_words(speaker, program, program.act), href=program.act.url or "")])
        yield _text([Line(speaker.say(f"act.prevails.{program.act.form}"))])
    else:
        yield _text([speaker.unknown("act.unknown", "act")])
    yield _list(source_lines(speaker, program.sources))
    yield _text([Line(speaker.say(f"confidence.{program.confidence}"))])
