"""Where things stand on the site: every address is made here and nowhere else.

Addresses are promises: /programs/<municipality>/<id>/, /programs/types/<type>/, English under /en/.
An address is written without a slash in front ("en/programs/telavi/"), as it stands under the
site's own root, so that a copy also works under a sub-path.
"""

from __future__ import annotations

import posixpath

from .model import SOURCE_LANGUAGES

DEFAULT_LANGUAGE = SOURCE_LANGUAGES[0]


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


def municipality(id: str) -> str:
    """The page of a municipality."""
    return f"programs/{id}"


def type_(id: str) -> str:
    """The page that compares one kind of programme."""
    return f"programs/types/{id}"


def category(id: str) -> str:
    """The page of a need."""
    return f"programs/categories/{id}"


def group(id: str) -> str:
    """The page of a group of people."""
    return f"programs/groups/{id}"


def source(page: str, language: str) -> str:
    """The file that a page would be written in: "en/programs/telavi.md"; folders hold index.md."""
    return f"{language}/{page or 'index'}.md" if page != "programs" else f"{language}/programs/index.md"
