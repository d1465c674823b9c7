"""Quotations in chapters: a paragraph `{{ card("telavi/rent") }}` shows the card that the data make.

A block processor of Python-Markdown leaves a placeholder where such a paragraph stands; after
Markdown the placeholder is filled. Inside code, lists or sentences nothing is quoted: `check` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from .model import Collection
from .problems import Problem, particulars
from .reading import nearest

_QUOTE = re.compile(r'\{\{\s*(\w+)\(\s*(?:"([^"\n]*)")?\s*\)\s*\}\}')
_ALONE = re.compile(rf"{_QUOTE.pattern}\s*")
_ANY = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_PLACEHOLDER = re.compile(r'<gz-quote call="(\w+):([^"]*)"></gz-quote>')
NAMES = ("card", "table", "overview", "counts")
"""What can be quoted; the first two need an argument."""


class QuoteProcessor(BlockProcessor):
    """Turns a paragraph that is a quotation and nothing else into a placeholder."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return parent.tag == "div" and bool(_ALONE.fullmatch(block))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        found = _ALONE.fullmatch(blocks.pop(0))
        assert found
        quote = ElementTree.SubElement(parent, "gz-quote")
        quote.set("call", f"{found[1]}:{found[2] or ''}")


class QuoteExtension(Extension):
    """Adds quotations to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.block_level_elements.append("gz-quote")
        md.parser.blockprocessors.register(QuoteProcessor(md.parser), "gz-quote", 175)


def fill(html: str, quote: Callable[[str, str, int], str]) -> str:
    """The page with its placeholders filled by `quote(name, argument, number on the page)`."""
    number = 0

    def one(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return quote(found[1], found[2], number)

    return _PLACEHOLDER.sub(one, html)


def check(text: str, path: str, collection: Collection) -> Iterator[Problem]:
    """Quotations that name nothing, or that stand where they would not be quoted."""
    lines = text.splitlines()
    for index in _outside_code(lines):
        line = lines[index]
        bare = _CODE.sub(lambda code: " " * len(code[0]), line)
        for found in _ANY.finditer(bare):
            alone = _ALONE.fullmatch(line) and not line.startswith("    ") and _empty(lines, index - 1) and _empty(lines, index + 1)
            for code, about in _wrong(found[0], bool(alone), collection):
                yield Problem(path, index + 1, found.start() + 1, "", code, particulars(about))


def _empty(lines: list[str], index: int) -> bool:
    return not 0 <= index < len(lines) or not lines[index].strip()


def _outside_code(lines: list[str]) -> Iterator[int]:
    """The lines that are not inside a fenced block."""
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield index


def _wrong(quote: str, alone: bool, collection: Collection) -> Iterator[tuple[str, dict[str, str]]]:
    found = _QUOTE.fullmatch(quote)
    name, argument = (found[1], found[2] or "") if found else ("", "")
    if name not in NAMES or (argument == "") == (name in ("card", "table")):
        yield "unknown-quote", {"value": quote}
        return
    known = {
        "card": {program.key for program in collection.programs if program.listed == "card"},
        "table": set(collection.types),
    }.get(name, {""})
    if argument not in known:
        near = nearest(argument, known)
        yield ("unknown-quoted-near" if near else "unknown-quoted"), {"value": argument, "near": near}
    elif not alone:
        yield "misplaced-quote", {"value": quote}
