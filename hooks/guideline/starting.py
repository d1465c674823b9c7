"""A fresh copy of the common repository → the texts of one municipality's own copy.

Its records are cut out as they were typed; the settings are written from a template that explains itself. A
municipality of which there is no record yet gets drafts of the commonest types, which nobody sees yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from . import cutting, editions, migrating
from .collection import year_of
from .model import Collection, Colours, Municipality
from .reading import File, parse
from .splicing import entry, scalar
from .telling import say

STARTERS = 8
"""Drafts for a municipality that has no record yet."""
SETTINGS, PROGRAMS, REPRESENTATIVES, MKDOCS = (
    "data/settings.yaml",
    "data/programs.yaml",
    "data/representatives.yaml",
    "mkdocs.yml",
)
_TEMPLATES = Path(__file__).parent / "templates" / "new"
_EXAMPLES = {
    "website": '# website: "https://…"',
    "contacts": '# contacts:\n# - phones: [{number: "…", role: office}]\n#   email: "…"',
    "faults_to": '# faults_to: "mailto:…"',
}
"""What stands in the settings where a value is not known."""


@dataclass(frozen=True)
class Wishes:
    """What the municipality's copy shall be like; what is left out is taken from what is known."""

    municipality: str
    name_ka: str
    name_en: str
    address: str
    primary: str
    accent: str
    phone: str = ""
    email: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    """The municipality's record in municipalities.yaml, as typed."""


def names(municipality: Municipality) -> dict[str, str]:
    """What the site is called unless somebody says otherwise, by language."""
    return {
        language: say("new.name", language, of=municipality.of[language], official=municipality.official[language])
        for language in ("ka", "en")
    }


def first_phone(known: Mapping[str, Any]) -> str:
    """The first number of the municipality's record; empty where there is none."""
    numbers = [str(phone.get("number", "")) for one in known.get("contacts", ()) for phone in one.get("phones", ())]
    return numbers[0] if numbers else ""


def texts(
    collection: Collection, files: Mapping[str, File], mkdocs: str, wishes: Wishes, today: date
) -> dict[str, str]:
    """Every file that makes the copy the municipality's own: path → text.

    Raises `NotCut` where the records of a file cannot be told apart.
    """
    own = wishes.municipality
    made = {
        PROGRAMS: _programs(collection, files["programs"].text, own),
        REPRESENTATIVES: cutting.only(files["representatives"].text, "representatives", lambda id, _: id == own),
        SETTINGS: _settings(collection.municipalities[own], wishes, today),
        MKDOCS: _mkdocs(mkdocs, wishes),
    }
    for file in (file for name, file in files.items() if year_of(name)):
        made[file.path] = cutting.only(file.text, "programs", lambda _, record: record["municipality"] == own)
    if collection.editions:
        # Nothing of this copy has been printed yet.
        made["data/editions.yaml"] = editions.text_of([])
    return made


def _programs(collection: Collection, text: str, own: str) -> str:
    """The records of the municipality, or drafts of the commonest types."""
    if any(program.municipality == own for program in collection.entered):
        return cutting.only(text, "programs", lambda _, record: record["municipality"] == own)
    drafts = [_draft(collection, number, type, own) for number, type in enumerate(commonest(collection), 1)]
    return cutting.head(text).rstrip() + "\n" + _template("drafts.yaml").substitute() + "\n".join(drafts)


def commonest(collection: Collection) -> list[str]:
    """The types that most municipalities have, the commonest first."""
    towns: dict[str, set[str]] = {id: set() for id in collection.types}
    for program in collection.programs:
        if program.listed == "card":
            towns[program.type].add(program.municipality)
    return sorted(towns, key=lambda id: -len(towns[id]))[:STARTERS]


def _draft(collection: Collection, number: int, type: str, own: str) -> str:
    shared = collection.types[type]
    return _template("programs.yaml").substitute(
        number=number,
        type=type,
        type_ka=shared.name["ka"],
        type_en=shared.name["en"],
        municipality=own,
        documents=", ".join(shared.documents) or "application-to-mayor",
    )


def _settings(municipality: Municipality, wishes: Wishes, today: date) -> str:
    named = {"of": municipality.of, "official": municipality.official}
    about = {code: say("new.about", code, **{k: text[code] for k, text in named.items()}) for code in ("ka", "en")}
    values = {
        "website": wishes.known.get("website"),
        "contacts": _contacts(wishes),
        "faults_to": f"mailto:{wishes.email}" if wishes.email else None,
    }
    return _template("settings.yaml").substitute(
        format=migrating.current(),
        municipality=wishes.municipality,
        name_ka=scalar(wishes.name_ka),
        name_en=scalar(wishes.name_en),
        about_ka=scalar(about["ka"]),
        about_en=scalar(about["en"]),
        primary=scalar(wishes.primary),
        accent=scalar(wishes.accent),
        day=today.isoformat(),
        **{name: entry(name, value) if value else _EXAMPLES[name] for name, value in values.items()},
    )


def _contacts(wishes: Wishes) -> Any:
    """What the municipality says itself; else what the common record knows, with its sources."""
    known = wishes.known.get("contacts")
    if not wishes.email and wishes.phone in ("", first_phone(wishes.known)):
        return known
    contact: dict[str, Any] = {"phones": [_phone(wishes.phone)]} if wishes.phone else {}
    return [contact | ({"email": wishes.email} if wishes.email else {})]


def _phone(number: str) -> dict[str, str]:
    """A number with its kind: nine digits that begin with 5 are mobile, six at most are a short number."""
    digits = "".join(filter(str.isdigit, number)).removeprefix("995")
    kind = "short" if len(digits) <= 6 else "mobile" if digits.startswith("5") else ""
    return {"number": number, **({"kind": kind} if kind else {}), "role": "office"}


def _mkdocs(text: str, wishes: Wishes) -> str:
    lines = ("INHERIT: config/base.yml", f"site_name: {scalar(wishes.name_ka)}", f"site_url: {scalar(wishes.address)}")
    return cutting.head(text) + "\n".join(lines) + "\n"


def _template(name: str) -> Template:
    return Template((_TEMPLATES / name).read_text(encoding="utf-8"))


def wishes(collection: Collection, files: Mapping[str, File], municipality: str, address: str) -> Wishes:
    """What the copy is like where nobody says otherwise."""
    found = parse(files["municipalities"].text).value["municipalities"][municipality]
    named, colours = names(collection.municipalities[municipality]), Colours()
    return Wishes(
        municipality=municipality,
        name_ka=named["ka"],
        name_en=named["en"],
        address=address,
        primary=colours.primary,
        accent=colours.accent,
        phone=first_phone(found),
        known=found,
    )
