"""Where things stand on the site: every address is made here and nowhere else.

Addresses are promises: /programs/<municipality>/<id>/, /programs/types/<type>/, English under /en/.
An address is written without a slash in front ("en/programs/telavi/"), as it stands under the
site's own root, so that a copy also works under a sub-path.
"""

from __future__ import annotations

import posixpath
from urllib.parse import urlencode

from .model import SOURCE_LANGUAGES

DEFAULT_LANGUAGE = SOURCE_LANGUAGES[0]
PROGRAMS, WORKSHEETS, ANNEXES = "programs", "worksheets", "annexes"
"""Folders whose first page is made from data."""
FOR_ME = "for-me"
"""The page of questions: what there may be for the reader."""
GUIDELINE, TRAINING, GLOSSARY = "guideline", "training", "glossary"
LOCAL = "local"
"""The folder of a municipality's own pages."""
OFFLINE = "offline"
"""The page about what is saved on the reader's phone; the lists of what belongs together stand below it."""
STANDARDS = f"{GUIDELINE}/standards"
"""The chapter about the standards; the page of each stands below it."""


def address(page: str, language: str) -> str:
    """The address of a page in a language: ("programs", "en") → "en/programs/"."""
    prefix = "" if language == DEFAULT_LANGUAGE else f"{language}/"
    return f"{prefix}{page}/" if page else prefix


def relative(target: str, base: str) -> str:
    """The link from the page at `base` to the address `target`."""
    path = posixpath.relpath(f"/{target}", f"/{base}")
    return f"{path}/" if target.endswith("/") or not target else path


def program(key: str) -> str:
    """The page of a programme: "telavi/rent" → "programs/telavi/rent"."""
    return f"programs/{key}"


def past(key: str, year: int) -> str:
    """The card of a year that is over: ("telavi/rent", 2026) → "programs/telavi/rent/2026"."""
    return f"{program(key)}/{year}"


def municipality(id: str) -> str:
    """The page of a municipality."""
    return f"programs/{id}"


def type_(id: str) -> str:
    """The page that compares one kind of programme."""
    return f"programs/types/{id}"


def compared(id: str) -> str:
    """The page that puts a municipality's list beside the lists of the others."""
    return f"programs/compared/{id}"


def category(id: str) -> str:
    """The page of a need."""
    return f"programs/categories/{id}"


def group(id: str) -> str:
    """The page of a group of people."""
    return f"programs/groups/{id}"


def found(choices: dict[str, str]) -> str:
    """What follows the address of the finder so that these choices are made there: {"need": "home"} → "?need=home"."""
    return f"?{urlencode(choices)}"


def finder_data(language: str) -> str:
    """The file that the finder reads: "assets/data/programs.ka.json"."""
    return f"assets/data/programs.{language}.json"


def standard(id: str) -> str:
    """The page of a standard."""
    return f"{STANDARDS}/{id}"


def worksheet(id: str) -> str:
    """The worksheet of a chapter."""
    return f"{WORKSHEETS}/{id}"


def training(id: str) -> str:
    """A programme for trainers."""
    return f"{TRAINING}/{id}"


def annex(id: str) -> str:
    """An annex of the guideline."""
    return f"{ANNEXES}/{id}"


def local(name: str) -> str:
    """A page of the municipality's own."""
    return f"{LOCAL}/{name}"


def crest(name: str) -> str:
    """The file of the crest; `name` is that of the picture in the folder local/."""
    return f"assets/images/crest.{name.rpartition('.')[2]}"


def picture(key: str, language: str, digest: str) -> str:
    """The file of a picture; a new picture has a new address, so that nobody shows an old sum from memory."""
    return f"assets/pictures/{language}/{key}-{digest[:10]}.png"


def kept_list(language: str, municipality: str) -> str:
    """The list of what a phone keeps of a municipality; not a page."""
    return f"{OFFLINE}/{language}/{municipality}.json"


def search_index(language: str, part: str) -> str:
    """What the search loads when a reader turns to it: first programmes, then chapters and all the rest."""
    return f"search/{language}-{part}.json"


def for_me_data(municipality: str, language: str) -> str:
    """The file in which the page of questions finds the rules of a municipality's programmes."""
    return f"assets/data/{FOR_ME}/{municipality}.{language}.json"


def editions_data(municipality: str, language: str) -> str:
    """The file in which a card finds what sheets of paper said, edition by edition."""
    return f"assets/data/editions/{municipality}.{language}.json"


def source(page: str, language: str) -> str:
    """The file that a page would be written in: "en/programs/telavi.md"; folders hold index.md."""
    folder = page in (PROGRAMS, WORKSHEETS, ANNEXES)
    return f"{language}/{page}/index.md" if folder else f"{language}/{page or 'index'}.md"
