"""Quotations in chapters, with Python-Markdown really run: a paragraph quotes, anything else is told or is code."""

# ruff: noqa: E501
from __future__ import annotations

import functools
from typing import Any

import pytest
import yaml
from factory import ROOT, a_program, collection
from markdown import Markdown

from guideline.quoting import QuoteExtension, check, fill

CARD = '{{ card("telavi/rent") }}'


@functools.cache
def extensions() -> tuple[list[str], dict[str, Any]]:
    """The extensions of Markdown, as the site has them."""
    some = yaml.safe_load((ROOT / "config/base.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    named = [next(iter(one)) if isinstance(one, dict) else one for one in some]
    return named, {name: options for one in some if isinstance(one, dict) for name, options in one.items()}


def page(text: str) -> tuple[str, list[tuple[str, str, int]]]:
    """The page that Markdown and the quotations make of a chapter, and what was quoted."""
    names, options = extensions()
    markdown = Markdown(extensions=[*names, QuoteExtension()], extension_configs=options)
    quoted: list[tuple[str, str, int]] = []

    def quote(name: str, argument: str, number: int) -> str:
        quoted.append((name, argument, number))
        return f"<article>{name} {argument}</article>"

    return fill(markdown.convert(text), quote), quoted


@functools.cache
def the_collection() -> Any:
    return collection(a_program(), a_program(id="flat"), a_program(id="name", listed="name-only", benefits=None))


def problems(text: str) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in check(text, "docs/ka/x.md", the_collection())]


# --- where it quotes -------------------------------------------------------------------------

QUOTES = {
    "alone": CARD,
    "at the end of a file": f"ტექსტი.\n\n{CARD}\n",
    "between paragraphs": f"ტექსტი.\n\n{CARD}\n\nტექსტი.",
    "below a heading": f"# სათაური {{#top}}\n\n{CARD}\n",
    "below a list": f"- ა\n- ბ\n\n{CARD}\n",
    "below a block quote": f"> ა\n\n{CARD}\n",
    "below a table": f"| ა | ბ |\n| - | - |\n| 1 | 2 |\n\n{CARD}\n",
    "below fenced code": f"```\nა\n```\n\n{CARD}\n",
    "below an admonition": f"!!! note\n    ა\n\n{CARD}\n",
    "below a footnote": f"ა[^1]\n\n[^1]: ბ\n\n{CARD}\n",
    "with spaces at its end": f"ა\n\n{CARD}   \n\nბ",
    "without spaces inside": '{{card("telavi/rent")}}',
    "after lines of spaces": f"ა\n   \n{CARD}\n \nბ",
}


@pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES)
def test_a_paragraph_quotes(text):
    html, quoted = page(text)
    assert quoted == [("card", "telavi/rent", 1)]
    assert "<article>card telavi/rent</article>" in html
    assert "{{" not in html
    assert "<p><article>" not in html
    assert problems(text) == []


@pytest.mark.parametrize(
    ("call", "name", "argument"),
    [("overview()", "overview", ""), ("counts()", "counts", ""), ('table("rent")', "table", "rent")],
)
def test_lists_and_tables_are_quoted_too(call, name, argument):
    text = f"{{{{ {call} }}}}"
    assert page(text)[1] == [(name, argument, 1)]
    assert problems(text) == []


def test_quotations_are_numbered_so_that_quoting_twice_repeats_no_id():
    text = f'{CARD}\n\nტექსტი.\n\n{{{{ card("telavi/flat") }}}}\n\n{CARD}\n'
    assert page(text)[1] == [("card", "telavi/rent", 1), ("card", "telavi/flat", 2), ("card", "telavi/rent", 3)]
    assert problems(text) == []


def test_what_is_quoted_is_not_read_as_markdown_again():
    names, options = extensions()
    markdown = Markdown(extensions=[*names, QuoteExtension()], extension_configs=options)
    html = fill(markdown.convert(f"{CARD}\n\nა"), lambda *call: '<p>*ა* <gz-quote call="card:x"></gz-quote> \\1</p>')
    assert html == '<p>*ა* <gz-quote call="card:x"></gz-quote> \\1</p>\n<p>ა</p>'


# --- where it is code ------------------------------------------------------------------------

CODE = {
    "fenced": f"```\n{CARD}\n```\n",
    "fenced, alone in it": f"```\n\n{CARD}\n\n```\n",
    "fenced by waves": f"~~~ yaml\n{CARD}\n~~~\n",
    "fenced by four": f"````\n```\n\n{CARD}\n\n```\n````\n",
    "fenced in a list": f"- ა\n\n    ```\n    {CARD}\n    ```\n",
    "fenced in an admonition": f"!!! note\n\n    ```\n    {CARD}\n    ```\n",
    "between back-quotes": f"დაწერეთ `{CARD}` ცალკე.",
    "between two back-quotes": f"დაწერეთ `` {CARD} `` ცალკე.",
    "between back-quotes in a list": f"- `{CARD}`",
    "between back-quotes over two lines": f"დაწერეთ `ასე\n{CARD}` ცალკე.",
    "indented": f"დაწერეთ:\n\n    {CARD}\n",
    "indented after code": f"დაწერეთ:\n\n    ა\n\n    {CARD}\n",
    "an unknown name between back-quotes": "არ არის `{{ x }}` ცვლადი",
}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_in_code_it_is_text_and_no_problem(text):
    html, quoted = page(text)
    assert quoted == []
    assert "{{" in html
    assert "<code>" in html
    assert problems(text) == []


def test_in_a_comment_it_is_nothing():
    text = f"ა\n\n<!--\n\n{CARD}\n\n-->\n\n<!-- {CARD} -->\n"
    assert page(text)[1] == []
    assert problems(text) == []


# --- where it is told ------------------------------------------------------------------------

MISPLACED = {
    "in a sentence": (f"ნახეთ {CARD} აქ.", 1, 7),
    "at the end of a paragraph": (f"ნახეთ:\n{CARD}\n", 2, 1),
    "at the start of a paragraph": (f"{CARD}\nნახეთ.\n", 1, 1),
    "in a list": (f"- {CARD}\n", 1, 3),
    "in a numbered list": (f"1. {CARD}\n", 1, 4),
    "inside an item of a list": (f"- ა\n\n    {CARD}\n", 3, 5),
    "inside a second paragraph of an item": (f"1. ა\n\n    ბ\n\n    {CARD}\n", 5, 5),
    "in a block quote": (f"> {CARD}\n", 1, 3),
    "in a table": (f"| ა | ბ |\n| - | - |\n| 1 | {CARD} |\n", 3, 7),
    "in an admonition": (f"!!! note\n\n    {CARD}\n", 3, 5),
    "in a block that opens": (f'??? note "ა"\n\n    {CARD}\n', 3, 5),
    "in a footnote": (f"ა[^1]\n\n[^1]: ბ\n\n    {CARD}\n", 5, 5),
    "in a definition": (f"ა\n:   {CARD}\n", 2, 5),
    "in a heading": (f"# {CARD}\n", 1, 3),
    "after a space": (f"ა\n\n {CARD}\n", 3, 2),
    "two in one line": (f"{CARD} {CARD}", 1, 1),
    "two in one paragraph": (f"{CARD}\n{CARD}\n", 1, 1),
}


@pytest.mark.parametrize(("text", "line", "column"), MISPLACED.values(), ids=MISPLACED)
def test_what_does_not_stand_alone_is_told_and_not_quoted(text, line, column):
    assert problems(text)[0] == ("misplaced-quote", line, column)
    assert page(text)[1] == []


def test_a_fence_that_is_never_closed_hides_nothing():
    text = '```\n\n{{ card("telavi/zzz") }}\n'
    assert page(text)[1] == [("card", "telavi/zzz", 1)]
    assert problems(text) == [("unknown-quoted-near", 3, 1)]


WRONG: list[tuple[str, str, str]] = [
    ('{{ card("telavi/rennt") }}', "unknown-quoted-near", "“telavi/rennt” is not in the data → perhaps “telavi/rent”?"),
    ('{{ card("rent") }}', "unknown-quoted-near", "“rent” is not in the data → perhaps “telavi/rent”?"),
    ('{{ card("zzzzzz") }}', "unknown-quoted", "“zzzzzz” is not in the data → a card is named municipality/id, for example: telavi/large-families"),
    ('{{ card("telavi/name") }}', "quoted-name-only", "“telavi/name” is known by name only and has no card → quote another"),
    ('{{ table("rentt") }}', "unknown-quoted-near", "“rentt” is not in the data → perhaps “rent”?"),
    ('{{ cards("telavi/rent") }}', "unknown-quote", '“{{ cards("telavi/rent") }}” → it can be'),
    ("{{ card() }}", "unknown-quote", "“{{ card() }}” → it can be"),
    ('{{ card("") }}', "unknown-quote", '“{{ card("") }}” → it can be'),
    ('{{ overview("rent") }}', "unknown-quote", '“{{ overview("rent") }}” → it can be'),
    ("{{ card('telavi/rent') }}", "unknown-quote", "“{{ card('telavi/rent') }}” → it can be"),
    ("{{ card(„telavi/rent“) }}", "unknown-quote", "“{{ card(„telavi/rent“) }}” → it can be"),
    ('{{ card "telavi/rent" }}', "unknown-quote", '“{{ card "telavi/rent" }}” → it can be'),
    ("{{ 7*7 }}", "unknown-quote", "“{{ 7*7 }}” → it can be"),
    ('{{ card("telavi/rent"', "unknown-quote", "“{{” → it can be"),
    ("ა }} ბ", "unknown-quote", "“}}” → it can be"),
    (f"ნახეთ {CARD}", "misplaced-quote", 'the quotation “{{ card("telavi/rent") }}” must stand alone → leave an empty line before and after it'),
]  # fmt: skip
"""A line of a chapter, the code of what is told, and a part of what is told."""


@pytest.mark.parametrize(("line", "code", "said"), WRONG)
def test_what_quotes_nothing_is_told_at_its_line(line, code, said):
    (problem,) = check(f"# ა\n\n{line}\n", "docs/en/x.md", the_collection())
    assert problem.code == code
    column = line.index("}}" if line.startswith("ა") else "{{") + 1
    assert problem.say("en").startswith(f"docs/en/x.md:3:{column}: ")
    assert said in problem.say("en")


def test_what_is_told_is_told_in_georgian_too():
    (problem,) = check('{{ card("telavi/rennt") }}', "docs/ka/x.md", the_collection())
    assert problem.say("ka") == "docs/ka/x.md:1:1: „telavi/rennt“ მონაცემებში არ არის → იქნებ „telavi/rent“?"


def test_every_wrong_quotation_of_a_chapter_is_told():
    text = '{{ card("a/b") }}\n\n- {{ card("telavi/rent") }} {{ x }}\n'
    assert problems(text) == [("unknown-quoted", 1, 1), ("misplaced-quote", 3, 3), ("unknown-quote", 3, 29)]


CHAPTERS = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_chapter_quotes_what_it_says_it_quotes(path, workplace):
    text = path.read_text(encoding="utf-8")
    html, quoted = page(text)
    assert list(check(text, "docs", workplace.collection)) == []
    assert html.count("<article>") == len(quoted)
    keys = {program.key for program in workplace.collection.programs}
    assert {argument for name, argument, _ in quoted if name == "card"} <= keys
