"""Quotations in chapters: a paragraph `{{ card("telavi/rent") }}` shows the card that the data make.

A block processor of Python-Markdown leaves a placeholder where such a paragraph stands; after
Markdown the placeholder is filled. Inside code, lists or sentences nothing is quoted: `check` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from .chapters import without_code
from .model import Collection
from .problems import Problem, particulars, sections
from .reading import nearest

_QUOTE = re.compile(r'\{\{\s*(\w+)\(\s*(?:"([^"\n]*)")?\s*\)\s*\}\}')
_ALONE = re.compile(rf"{_QUOTE.pattern}\s*")
_ANY = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")
_COMMENT = re.compile(r"<!--[\s\S]*?-->")
_CONTAINER = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|\[\^[^]]+\]:)(?:\s|$)")
"""The first line of a list item, an admonition, a definition or a footnote: what is indented below it belongs to it."""
_HTML_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}|\{\{", re.DOTALL)
_PLACEHOLDER = re.compile(r'<gz-quote call="(\w+):([^"]*)"></gz-quote>')
NAMES = ("card", "table", "figure", "messages", "overview", "counts", "standards", "chapters")
"""What can be quoted; the first four need an argument."""
WITH_ARGUMENT = NAMES[:4]


class QuoteProcessor(BlockProcessor):
    """Turns a paragraph that is a quotation and nothing else into a placeholder."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Is the block a quotation, at the top of the page?"""
        return parent is self.parser.root and bool(_ALONE.fullmatch(block))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Leave the placeholder."""
        found = _ALONE.fullmatch(blocks.pop(0))
        assert found
        quote = ElementTree.SubElement(parent, "gz-quote")
        quote.set("call", f"{found[1]}:{found[2] or ''}")


class QuoteExtension(Extension):
    """Adds quotations to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the processor before those of paragraphs."""
        md.block_level_elements.append("gz-quote")
        md.parser.blockprocessors.register(QuoteProcessor(md.parser), "gz-quote", 175)


def fill(html: str, quote: Callable[[str, str, int], str]) -> str:
    """The page with its placeholders filled by `quote(name, argument, number on the page)`."""
    numbers = count(1)
    return _PLACEHOLDER.sub(lambda found: quote(found[1], found[2], next(numbers)), html)


def leftover(html: str) -> str:
    """A call that was neither quoted nor code, such as one inside raw HTML; empty where there is none."""
    found = _CALL.search(_HTML_CODE.sub("", _COMMENT.sub("", html)))
    return found[0] if found else ""


def check(text: str, path: str, collection: Collection) -> Iterator[Problem]:
    """Quotations that name nothing, or that stand where they would not be quoted. In code they are text."""
    lines = text.split("\n")
    for index, line in enumerate(without_code(text).split("\n")):
        for found in _ANY.finditer(line):
            if not _indented_code(lines, index):
                for code, about in _wrong(found[0], _stands_alone(lines, index), collection):
                    yield Problem(path, index + 1, found.start() + 1, "", code, particulars(about))


def _stands_alone(lines: list[str], index: int) -> bool:
    return bool(_ALONE.fullmatch(lines[index])) and _empty(lines, index - 1) and _empty(lines, index + 1)


def _empty(lines: list[str], index: int) -> bool:
    return not 0 <= index < len(lines) or not lines[index].strip()


def _indented_code(lines: list[str], index: int) -> bool:
    """Is the line code by its indentation: four spaces after an empty line, and not part of a list or the like?"""
    if not lines[index].startswith(("    ", "\t")):
        return False
    while index and lines[index - 1].startswith(("    ", "\t")):
        index -= 1
    if not _empty(lines, index - 1):
        return False
    above = [line for line in lines[:index] if line.strip()]
    outer = next((line for line in reversed(above) if not line.startswith(("    ", "\t"))), "")
    return not _CONTAINER.match(outer)


def _wrong(quote: str, alone: bool, collection: Collection) -> Iterator[tuple[str, dict[str, str]]]:
    found = _QUOTE.fullmatch(quote)
    name, argument = (found[1], found[2] or "") if found else ("", "")
    if name not in NAMES or (argument == "") == (name in WITH_ARGUMENT):
        yield "unknown-quote", {"value": quote}
        return
    examples = {program.key for program in collection.examples_shown}
    known = {
        "card": {program.key for program in collection.programs if program.listed == "card"} | examples,
        "table": set(collection.types),
        "figure": set(collection.figures),
        "messages": set(sections()),
    }.get(name, {""})
    if name == "card" and argument in {program.key for program in collection.programs} - known:
        yield "quoted-name-only", {"value": argument}
    elif argument not in known:
        near = nearest(argument, known) or min((key for key in known if key.endswith(f"/{argument}")), default="")
        yield ("unknown-quoted-near" if near else "unknown-quoted"), {"value": argument, "near": near}
    elif not alone:
        yield "misplaced-quote", {"value": quote}
