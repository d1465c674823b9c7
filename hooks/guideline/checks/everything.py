"""Every check on every value of a collection, and the problems that they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from ..collection import walk, year_of
from ..confirming import known_place
from ..model import (
    OWN_FACTS,
    Amount,
    Benefit,
    Birth,
    Bounds,
    CalendarDay,
    Collection,
    Colours,
    Copy,
    Deadline,
    Edition,
    Hours,
    Municipality,
    Notice,
    Phone,
    Program,
    Record,
    Representatives,
    Text,
    Tiers,
    Validity,
)
from ..problems import Finding, Problem
from ..reading import File
from . import glyphs
from .at import At
from .days import calendar_days, days_in_order, hours_in_order, partial_days, past_days, sensible_days
from .editions import editions_in_order, gone_or_there
from .figures import (
    LIMITED,
    SAYING,
    one_kind_of_birth,
    ordered_bounds,
    says_something,
    sensible_amounts,
    sensible_figures,
    whole_benefits,
)
from .references import known_reference, own_programs, unique_codes, unique_ids
from .tiers import whole_tiers
from .villages import confirmed_when, known_municipalities, units_once, villages_once
from .vocabulary import phrases_in_both, required_forms
from .words import dialable, readable_colours, sound_text, sound_words


def check(collection: Collection, files: Mapping[str, File], today: date, covered: frozenset[int]) -> list[Problem]:
    """Everything that is wrong with the collection, placed in its files. `covered`: the signs that fonts have."""
    paths = {name: file.path for name, file in files.items()}
    return list(placed(findings(collection, paths, today, covered), files))


def placed(findings: Iterable[Finding], files: Mapping[str, File]) -> Iterator[Problem]:
    """The findings at their lines, file by file."""
    by_path: dict[str, list[Finding]] = {file.path: [] for file in files.values()}
    for finding in findings:
        by_path[finding.path].append(finding)
    for file in files.values():
        yield from file.problems(by_path[file.path])


def findings(
    collection: Collection, paths: Mapping[str, str], today: date, covered: frozenset[int]
) -> Iterator[Finding]:
    """Every finding, file by file."""
    tops, archives = records(collection, paths), list(archived(collection, paths))
    entered = [top for top in tops if top.path == paths["programs"]]
    for some in (entered, *archives):
        yield from unique_ids(some)
        yield from own_programs(some, collection.copy.municipality)
    yield from own_facts_somewhere(collection.copy, paths["settings"])
    for top in chain(tops, *archives):
        yield from every_value(top, collection, today)
    yield from unique_codes(tops)
    yield from known_municipalities(collection, paths["representatives"])
    yield from editions_in_order(collection, paths["editions"])
    yield from required_forms(collection, paths["vocabulary"])
    yield from phrases_in_both(collection, paths["phrases"])
    yield from glyphs.in_data([*tops, *chain.from_iterable(archives)], covered)
    yield from glyphs.in_phrases(collection.phrases, paths["phrases"], covered)


def records(collection: Collection, paths: Mapping[str, str]) -> list[At]:
    """Every record of the collection with its place, file by file."""
    tops = [
        At(paths["programs"], ("programs", index), program.key, program)
        for index, program in enumerate(collection.entered)
    ]
    tops += [
        At(paths.get("examples", ""), ("programs", index), program.key, program)
        for index, program in enumerate(collection.examples)
    ]
    for name, table, items in _tables(collection):
        tops += [At(paths[name], (table, id), id, item) for id, item in items.items()]
    for table, terms in collection.vocabulary.items():
        tops += [At(paths["vocabulary"], (table, id), id, term) for id, term in terms.items()]
    tops += [At(paths["glossary"], ("avoid", index), "", word) for index, word in enumerate(collection.avoided)]
    for key, rows in (("groups", collection.belongings), ("diagnoses", collection.illnesses)):
        tops += [At(paths["questions"], (key, index), "", row) for index, row in enumerate(rows)]
    tops += [
        At(paths["editions"], ("editions", index), edition.code, edition)
        for index, edition in enumerate(collection.editions)
    ]
    tops.append(At(paths["standards"], ("status",), "", collection.standards_status))
    tops.append(At(paths["settings"], (), "", collection.copy))
    return tops


def archived(collection: Collection, paths: Mapping[str, str]) -> Iterator[list[At]]:
    """The records of each year that is over, with their places, file by file."""
    for name in filter(year_of, paths):
        some = [program for program in collection.archive if program.of_year == year_of(name)]
        yield [At(paths[name], ("programs", index), program.key, program) for index, program in enumerate(some)]


def _tables(collection: Collection) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The tables of records: data file, key at its top, id → record."""
    yield "catalogue", "types", collection.types
    yield "municipalities", "municipalities", dict(_as_common(collection))
    yield "municipalities", "regions", collection.regions
    yield "representatives", "representatives", collection.representatives
    yield "standards", "standards", collection.standards
    yield "glossary", "categories", collection.glossary_categories
    yield "glossary", "terms", collection.glossary
    yield "worksheets", "worksheets", collection.worksheets
    yield "worksheets", "annexes", collection.annexes
    yield "training", "trainings", collection.trainings
    yield "figures", "figures", collection.figures


def _as_common(collection: Collection) -> Iterator[tuple[str, Municipality]]:
    """The municipalities without what the copy's settings say instead: that is looked at where it stands."""
    copy = collection.copy
    for id, one in collection.municipalities.items():
        said = {name for name in OWN_FACTS if id == copy.municipality and getattr(copy, name) is not None}
        values = {name: value for name, value in dict(one).items() if name not in said}
        yield id, Municipality.model_construct(one.model_fields_set - said, **values) if said else one


def own_facts_somewhere(copy: Copy, path: str) -> Iterator[Finding]:
    """Contacts and the like belong to a municipality: the settings name it."""
    for name in OWN_FACTS:
        if not copy.municipality and getattr(copy, name) is not None:
            yield Finding(path, (name,), "whose-facts", {"field": name})


def every_value(top: At, collection: Collection, today: date) -> Iterator[Finding]:
    """What is wrong with a record and with everything inside it."""
    yield from _of_value(At(top.path, top.loc, top.id, top.value), None, collection, today)
    for loc, value, field in walk(top.value):
        yield from _of_value(At(top.path, (*top.loc, *loc), top.id, value), field, collection, today)


def _of_value(at: At, field: Any, collection: Collection, today: date) -> Iterator[Finding]:
    """The checks that a value of its kind must pass."""
    if isinstance(at.value, str) and field is not None:
        yield from known_reference(at, field, collection)
    for kind, checks in _CHECKS.items():
        if isinstance(at.value, kind):
            for one in checks:
                yield from one(at, today)


def whole_programs(at: At, today: date) -> Iterator[Finding]:
    """A confirmed record says when; a name-only record is no more than that.

    What is published has a source, and nothing in it waits to be confirmed.
    """
    program: Program = at.value
    if program.review.status == "confirmed" and not program.review.date:
        yield at.wrong("confirmed-when", "review")
    if program.listed == "name-only" and (program.benefits or program.documents):
        yield at.wrong("name-only-with-facts", "listed")
    if program.listed != "draft" and not program.sources:
        yield at.wrong("no-source", "sources")
    if program.listed != "draft" and program.to_confirm:
        yield at.wrong("still-to-confirm", "to_confirm", choices=", ".join(program.to_confirm))
    for index, place in enumerate(program.to_confirm):
        if not known_place(program, place):
            yield at.wrong("to-confirm-nowhere", "to_confirm", index, value=place)


_CHECKS: dict[type, tuple[Any, ...]] = {
    Amount: (sensible_amounts,),
    Benefit: (whole_benefits,),
    Bounds: (ordered_bounds,),
    Birth: (one_kind_of_birth,),
    Tiers: (whole_tiers,),
    Deadline: (days_in_order,),
    Validity: (days_in_order,),
    Notice: (days_in_order,),
    CalendarDay: (calendar_days,),
    Hours: (hours_in_order,),
    date: (sensible_days,),
    Record: (past_days, partial_days),
    Phone: (dialable,),
    Text: (sound_text,),
    str: (sound_words,),
    Program: (whole_programs,),
    Edition: (gone_or_there,),
    Colours: (readable_colours,),
    Representatives: (units_once, villages_once, confirmed_when),
    **dict.fromkeys(LIMITED, (sensible_figures,)),
}
for _kind in SAYING:
    _CHECKS[_kind] = (*_CHECKS.get(_kind, ()), says_something)
