"""What somebody says aloud at a meeting of half an hour: a few programmes told, the rest named.

Every fact is a sentence of the card or made from the same facts by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..model import Program
from .application import how_to_apply, needs_application
from .board import names_only
from .card import ask_words, groups_of, name_of, type_of
from .comparison import comparison
from .conditions import fill_form
from .handout import gaps_of
from .layout import Card
from .origin import year_of
from .speech import Speaker
from .steps import first_phone, local_number, papers_by_name
from .trust import expired, standing, standing_lines, status_lines

MINUTES = 30
EACH, OPENING, ALSO, CLOSING = 2, 3, 2, 3
"""Minutes for a programme and for the other parts; questions have what is left."""
MOST = 6
"""Programmes that a meeting can take in."""


@dataclass(frozen=True)
class Part:
    """A part of the meeting."""

    heading: str
    minutes: int
    words: tuple[str, ...]
    """What is read aloud."""
    items: tuple[str, ...] = ()
    """A list that is read aloud after the first words of the part."""
    after: tuple[str, ...] = ()
    """What is read aloud after the list."""
    note: str = ""
    """For the speaker only."""


@dataclass(frozen=True)
class Meeting:
    """The speaker's sheet."""

    title: str
    about: tuple[str, ...]
    """For the speaker: how to use the sheet, and by which rule the programmes were chosen."""
    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    """Of the sheet on which questions are noted; none asks who the person is."""


def meeting(speaker: Speaker, id: str, programs: Sequence[Program], card: Callable[[str], Card]) -> Meeting:
    """The sheet of municipality `id`, whose programmes are these; `card` gives the card of a key."""
    say, forms = speaker.say, speaker.municipality(speaker.collection.municipalities[id])
    told = chosen(speaker, programs, card)
    return Meeting(
        title=say("paper.meeting.title", municipality=forms),
        about=(say("paper.meeting.about", n=MINUTES), say("paper.meeting.rule")),
        parts=tuple(_parts(speaker, id, programs, told, card)),
        columns=tuple(say(f"paper.meeting.{name}") for name in ("question", "about_which", "answer", "by")),
    )


def chosen(speaker: Speaker, programs: Sequence[Program], card: Callable[[str], Card]) -> list[Program]:
    """The programmes to tell: at most `MOST`, never one that is closed.

    Those whose terms are not over come first, then those whose amount is known, then those for
    more groups of people, with fewer gaps, with a newer source. One for each need comes before a
    second for the same need. Ties keep the order of the register.
    """
    able = [one for one in programs if one.listed == "card" and standing(one, speaker.today) in ("open", "opened")]
    ranked = sorted(able, key=lambda one: _rank(speaker, one, card(one.key)))
    needs: dict[str, Program] = {}
    for program in ranked:
        needs.setdefault(type_of(speaker, program).category, program)
    firsts = list(needs.values())
    rest = [program for program in ranked if program not in firsts]
    return [*firsts, *rest][:MOST]


def _rank(speaker: Speaker, program: Program, made: Card) -> tuple[bool, bool, int, int, int]:
    over, groups = expired(program, speaker.today), groups_of(speaker, program)
    return over, not made.amount, -len(groups), len(gaps_of(made)), -(year_of(program) or 0)


def _parts(
    speaker: Speaker, id: str, programs: Sequence[Program], told: Sequence[Program], card: Callable[[str], Card]
) -> Iterator[Part]:
    say, forms = speaker.say, speaker.municipality(speaker.collection.municipalities[id])
    unconfirmed = any(program.review.status == "unconfirmed" for program in programs)
    trust = [say("paper.meeting.unconfirmed")] if unconfirmed else []
    welcome = (say("paper.meeting.welcome", municipality=forms), *trust, say("paper.meeting.private"))
    yield Part(say("paper.meeting.opening"), OPENING, welcome)
    for program in told:
        yield _told(speaker, program, card(program.key))
    also = _also(speaker, programs, told)
    if also:
        yield also
    left = MINUTES - OPENING - CLOSING - EACH * len(told) - (ALSO if also else 0)
    words, note = (say(f"paper.meeting.questions_{name}") for name in ("words", "note"))
    yield Part(say("paper.meeting.questions"), left, (words,), note=note)
    phone = first_phone(speaker.collection.municipalities[id].contacts)
    ask = say("ask.phone", number=local_number(phone)) if phone else say("ask.city_hall")
    last = (
        say("paper.meeting.refused", reasons=say("appeal.reasons")),
        say("paper.meeting.take", ask=ask),
        say("paper.meeting.thanks"),
    )
    yield Part(say("paper.meeting.closing"), CLOSING, last)


def _told(speaker: Speaker, program: Program, made: Card) -> Part:
    """A programme told: what for, for whom, how much, which papers, where."""
    say = speaker.say
    conditions = list(comparison(speaker, [program], lambda key: made).rows[0].who_and_score)
    conditions = [words for words in conditions if words != say("table.unknown")]
    more = conditions[-1:] == [say("table.more")]
    conditions = conditions[:-1] if more else conditions
    groups = [fill_form(speaker.term("groups", id), "for_many", "many") for id in groups_of(speaker, program)]
    who = [say("paper.meeting.who", groups=speaker.both(groups))] if groups else []
    return Part(
        made.name,
        EACH,
        (made.summary, *who, *([say("paper.meeting.conditions")] if conditions else [])),
        tuple(conditions),
        (*([say("paper.meeting.more")] if more else []), *_ways(speaker, program, made)),
    )


def _ways(speaker: Speaker, program: Program, made: Card) -> Iterator[str]:
    """How much, which papers, where and until when; how sure all this is; what nobody knows, once."""
    say, gaps = speaker.say, []
    municipality = speaker.collection.municipalities[program.municipality]
    ask = ask_words(speaker, program, municipality)
    if made.amount:
        yield say("paper.meeting.amount", amount=made.amount)
    else:
        gaps.append(say("gap.amount"))
    if needs_application(program):
        papers = papers_by_name(speaker, program.documents)
        if program.documents and not program.documents.needed:
            yield say("documents.none_needed")
        elif papers:
            yield say("paper.meeting.papers", papers=papers)
        else:
            gaps.append(say("gap.documents"))
    for line in how_to_apply(speaker, program, municipality, ask):
        if line.gap:
            gaps.append(line.gap)
        else:
            yield line.text
    yield from (line.text for line in status_lines(speaker, program) if line.kind not in ("unconfirmed", "confirmed"))
    year = year_of(program)
    yield say("paper.meeting.year", y=year) if year else say("paper.meeting.no_year")
    if gaps:
        unknown = say("gap.all", gaps=speaker.pattern("list.then").join(gaps))
        yield speaker.pattern("list.sentences").join([unknown, ask])


def _also(speaker: Speaker, programs: Sequence[Program], told: Sequence[Program]) -> Part | None:
    """The programmes that are only named, with what a reader must know of each."""
    rest = [program for program in programs if program.listed == "card" and program not in told]
    names = names_only(speaker, programs)
    if not rest and not names:
        return None
    items = []
    for program in rest:
        state = [line.text for line in standing_lines(speaker, program) if line.kind == "state"]
        name = name_of(speaker, program)
        items.append(speaker.pattern("list.colon").join([name, *state]))
    intro, named = speaker.say("paper.meeting.also_words"), (names,) if names else ()
    words, after = ((intro,), named) if rest else (named, ())
    return Part(speaker.say("paper.meeting.also"), ALSO, words, tuple(items), after)
