"""A crest: the bytes of a picture → what is wrong with it.

An SVG is shown as a file of its own (`<img>`), in which no script runs and nothing is fetched; one that has either is
refused all the same: the file can be opened by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

LARGEST = 200_000
"""Bytes: every page shows the crest, and phones keep it."""
_PNG = b"\x89PNG\r\n\x1a\n"
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ACTIVE = ("script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "animate", "set", "use")
_FOREIGN = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)

Fault = tuple[int, str, dict[str, str]]
"""Line, message code, particulars."""


def faults(name: str, content: bytes) -> Iterator[Fault]:
    """What is wrong with the picture; `name` says by its ending what it is."""
    if len(content) > LARGEST:
        yield 1, "crest-large", {"value": f"{len(content) // 1000}", "limit": f"{LARGEST // 1000}"}
    elif name.endswith(".png"):
        if not content.startswith(_PNG):
            yield 1, "crest-kind", {"value": "PNG"}
    else:
        yield from _in_svg(content)


def _in_svg(content: bytes) -> Iterator[Fault]:
    try:
        text = content.decode("utf-8-sig")
        if found := _ENTITIES.search(text):
            yield _line(text, found.start()), "crest-active", {"value": found[0]}
            return
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        yield 1, "crest-kind", {"value": "SVG"}
        return
    if _tag(root) != "svg":
        yield 1, "crest-kind", {"value": "SVG"}
    for element in root.iter():
        for value in _active(element):
            at = text.casefold().find(value.casefold())
            yield _line(text, max(at, 0)), "crest-active", {"value": value}
            return


def _active(element: ElementTree.Element) -> Iterator[str]:
    """What would run or be fetched: elements that do, handlers, references that lead out of the file."""
    tag = _tag(element)
    if tag in _ACTIVE and not (tag == "use" and all(_inside(value) for value in _references(element))):
        yield tag
    for name, value in element.attrib.items():
        short = name.rpartition("}")[2].casefold()
        if short.startswith("on") or _FOREIGN.search(value):
            yield short
    if any(not _inside(value) for value in _references(element)):
        yield "href"
    if tag == "style" and (found := _FOREIGN.search("".join(element.itertext()))):
        yield found[0]


def _references(element: ElementTree.Element) -> list[str]:
    return [value for name, value in element.attrib.items() if name.rpartition("}")[2] in ("href", "src")]


def _inside(value: str) -> bool:
    return value.startswith("#") or value.startswith(("data:image/png;base64,", "data:image/jpeg;base64,"))


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
