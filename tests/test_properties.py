"""What must hold of any text and any record.

Damage is told and never a traceback; facts are the same in every language; words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache, reduce
from typing import Any

import pytest
from factory import PROGRAMS, ROOT, TODAY, a_program, collection, found, programs, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from records import PROGRAMS as RECORDS
from records import Maker
from selectolax.lexbor import LexborHTMLParser

from guideline.cards import Place, card_html, render
from guideline.model import Program
from guideline.wording.aloud import spoken
from guideline.wording.card import card
from guideline.wording.layout import Card
from guideline.wording.speech import Speaker


@cache
def speaker(language: str) -> Speaker:
    return Speaker(language, collection(), TODAY)


# --- 1: a damaged file -----------------------------------------------------------------------


@cache
def records() -> tuple[str, ...]:
    """The real programmes, each as the text that it is."""
    text = (ROOT / PROGRAMS).read_text(encoding="utf-8")
    return tuple(re.split(r"(?m)^(?=- )", text)[1:])


NOISE = st.one_of(
    st.sampled_from(
        [
            "\t",
            "  ",
            "\n",
            ":",
            "- ",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "---\n",
            "? ",
            "| ",
            "> ",
            "%",
            "\0",
            "\u200b",
            "ა",
            "~",
            ",",
        ]
    ),
    st.sampled_from(
        [
            "gel: ",
            "is: x",
            "any: []",
            "ka: ",
            "{}",
            "[[[[",
            "-5",
            "1e9",
            "null",
            "true",
            "2026-02-30",
            "\u2028",
            "\x85",
            "\ud800",
            "<<: ",
            "9" * 30,
        ]
    ),
    st.characters(),
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "replace", "double", "drop", "indent", "dedent"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 12),
        NOISE,
    ),
    min_size=1,
    max_size=6,
)


def damaged(text: str, changes: list[tuple[str, float, int, str]]) -> str:
    """The text after some slips of the keyboard."""
    for what, where, length, noise in changes:
        lines = text.split("\n")
        place, line = int(where * len(text)), int(where * len(lines))
        if what in ("insert", "delete", "replace"):
            middle = {"insert": noise + text[place : place + length], "delete": "", "replace": noise}[what]
            text = text[:place] + middle + text[place + length :]
        else:
            again = {
                "double": [lines[line]] * 2,
                "drop": [],
                "indent": ["  " + lines[line]],
                "dedent": [lines[line].removeprefix(" ")],
            }[what]
            text = "\n".join([*lines[:line], *again, *lines[line + 1 :]])
    return text


def well_told(programs_yaml: str) -> bool:
    """Is every problem of the file placed inside it and said in both languages?"""
    lines = re.split("\r\n|[\r\n]", programs_yaml)
    problems = found(texts(programs_yaml))
    for problem in problems:
        assert problem.path == PROGRAMS
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        for language in ("ka", "en"):
            assert re.fullmatch(r"[^\n]+ → [^\n]+", problem.say(language))
    return bool(problems)


@settings(max_examples=350)
@given(st.data())
def test_a_damaged_file_is_told_with_places_in_both_languages(data):
    chosen = data.draw(st.lists(st.integers(0, len(records()) - 1), min_size=1, max_size=3))
    text = damaged("programs:\n\n" + "".join(records()[index] for index in chosen), data.draw(CHANGES))
    well_told(text)


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from spots(value[key], (*path, key))


JUNK = (
    None,
    "",
    " ",
    "x",
    "ა",
    "-1",
    "0",
    "99999999999",
    "2026-13-45",
    "true",
    "null",
    7,
    2.5,
    [],
    [[]],
    ["x"],
    [1, 2],
    {},
    {"x": "y"},
    {"ka": "x"},
    {"is": []},
    [{}, {"a": {}}],
)


@settings(max_examples=350)
@given(st.randoms(use_true_random=True))
def test_anything_in_any_field_is_told_with_places_in_both_languages(chance):
    program = Maker(chance).program()
    *way, last = chance.choice(list(spots(program)))
    around = reduce(lambda value, key: value[key], way, program)
    if isinstance(around, dict) and chance.random() < 0.2:
        around[chance.choice(["zzz", "peroid", "is", "any_of", "from_"])] = deepcopy(chance.choice(JUNK))
    else:
        around[last] = deepcopy(chance.choice(JUNK))
    well_told(programs(program))


def test_the_damage_is_mostly_found():
    assert well_told(damaged("programs:\n\n" + records()[0], [("insert", 0.5, 1, "{"), ("insert", 0.2, 1, "\t")]))
    assert not well_told("programs:\n\n" + records()[0])


# --- 2: any valid record ---------------------------------------------------------------------


def sentences(said: Card) -> Iterator[tuple[str, str]]:
    """Everything that a card says, with the part in which it says it."""
    yield from (("name", said.name), ("place", said.place), ("summary", said.summary), ("as of", said.as_of.text))
    if said.amount:
        yield "amount", said.amount
    if said.official_name:
        yield "official name", said.official_name
    for line in (*said.status, *(one for one in (said.later, said.call) if one)):
        yield "status", line.text
    for section in said.sections:
        yield section.id, section.heading
        for block in section.blocks:
            yield from [(section.id, block.lead)] if block.lead else []
            yield from ((section.id, inner.text) for line in block.lines for inner in line.all())


def figures(text: str, language: str) -> list[Decimal]:
    """Every number in the text, as a number: "70 001,5" and "70,001.5" are the same."""
    text = re.sub(r"(?<=\d)\u00a0(?=\d{3}\b)", "", text)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text) if language == "en" else re.sub(r"(?<=\d),(?=\d)", ".", text)
    return sorted(Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", plain))


FAULTS = {
    "an empty sentence": r"^\s*$",
    "a slot that was not filled": r"[{}]|\bNone\b",
    "two spaces": r"[ \u00a0]{2}",
    "a space at an end": r"^\s|\s$",
    "a space before a stop": r" [.,;:!?)]",
    "two stops": r"[.,;:]{2}",
    "a capital of Mtavruli": "[\u1c90-\u1cbf]",
}


def wrong_with(text: str) -> list[str]:
    return [name for name, pattern in FAULTS.items() if re.search(pattern, text)]


@settings(max_examples=250)
@given(RECORDS)
def test_any_record_is_said_in_whole_sentences_with_the_same_numbers_in_both_languages(program: Program):
    said = {language: list(sentences(card(speaker(language), program))) for language in ("ka", "en")}
    assert [part for part, _ in said["ka"]] == [part for part, _ in said["en"]]
    for (part, ka), (_, en) in zip(said["ka"], said["en"], strict=True):
        assert (wrong_with(ka), wrong_with(en)) == ([], []), (part, ka, en)
        assert figures(ka, "ka") == figures(en, "en"), (part, ka, en)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" ", "an empty sentence"),
        ("{n} ₾", "a slot that was not filled"),
        ("ერთი  ორი", "two spaces"),
        ("ერთი ", "a space at an end"),
        ("ერთი ; ორი", "a space before a stop"),
        ("ერთი., ორი", "two stops"),
        ("ᲔᲠᲗᲘ", "a capital of Mtavruli"),
    ],
)
def test_a_faulty_sentence_would_be_found(text, fault):
    assert fault in wrong_with(text)


@pytest.mark.parametrize(
    ("ka", "en", "same"),
    [
        ("70\u00a0001 ქულაზე ნაკლები", "below 70,001", True),
        ("1234,5\u00a0₾", "GEL\u00a01,234.5", True),
        ("მე-3 და 4", "3 and 4", True),
        ("2026 წლის 9\u00a0მაისი", "9\u00a0May 2026", True),
        ("70\u00a0001", "below 70,000", False),
        ("3 ან 4", "3", False),
        ("1,5", "15", False),
    ],
)
def test_numbers_are_compared_as_numbers(ka, en, same):
    assert (figures(ka, "ka") == figures(en, "en")) is same


# --- 3: words that look like mark-up ---------------------------------------------------------

PAYLOADS = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "](javascript:alert(1))",
    "[x](javascript:alert(1))",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&amp; &lt;b&gt; &#60;",
    "</article></section>",
    "<!-- -->",
    "{n} {municipality.of}",
    "`x` **b** # h",
    "\\1 \\g<0> %s {0}",
)


def text(number: int, payload: str) -> dict[str, str]:
    return {"ka": f"ტექსტი{number} {payload}", "en": f"text{number} {payload}"}


def full_of(payload: str) -> tuple[Program, int]:
    """A programme with the payload in every text that a card shows, and how many texts these are."""
    numbers = iter(range(1, 100))

    def words() -> dict[str, str]:
        return text(next(numbers), payload)

    changes: dict[str, Any] = {
        name: words() for name in ("name", "official_name", "summary", "part_of", "provider", "goal", "expected_result")
    }
    changes |= {
        "benefits": [
            {"kind": "cash", "gel": 5, "text": words()},
            {"kind": "service", "text": words()},
            {"kind": "cash", "gel": 7, "when": {"text": words()}},
        ],
        "eligibility": {
            "all": [
                {"text": words()},
                {"any": [{"text": words()}, {"residence": {"basis": "living", "exception": words()}}]},
            ],
            "none": [{"text": words()}],
            "selection": words(),
        },
        "documents": {"list": [{"text": words()}]},
        "application": {"text": words()},
        "combination": {"text": words()},
        "contacts": [{"address": words()}],
        "act": {
            "form": "ordinance",
            "issuer": "council",
            "title": words(),
            "number": payload[:40],
            "article": payload[:40],
        },
        "budget": [{"gel": 5, "code": payload[:40]}],
        "indicators": [{"name": words(), "unit": "person", "target": 5}],
        "reports": [{"when": "2025", "applied": 5, "scope": words()}],
        "conflicts": [{"field": "amount", "values": [{"text": words()}, {"text": words()}]}],
        "remarks": [words(), words()],
    }
    return Program.model_validate(a_program(**changes)), next(numbers) - 1


def html_of(program: Program, language: str, quoted: bool) -> str:
    place = Place(language, f"/programs/{program.key}/", 2 if quoted else 1, "q1-" if quoted else "", quoted)
    made, voice = card(speaker(language), program), speaker(language)
    if quoted:
        return card_html(made, place, voice.say)
    return render("card.html.j2", place, card=made, say=voice.say, spoken=spoken(voice))


@pytest.mark.parametrize("quoted", [False, True], ids=["page", "quotation"])
@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_that_look_like_mark_up_are_shown_as_typed(payload, language, quoted):
    program, count = full_of(payload)
    tree = LexborHTMLParser(f"<body>{html_of(program, language, quoted)}</body>")
    tags = {node.tag for node in tree.body.traverse(include_text=False)}
    assert not tags & {"script", "img", "b", "em", "strong", "code"}
    attributes = [
        (name, value or "")
        for node in tree.body.traverse(include_text=False)
        for name, value in node.attributes.items()
    ]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not [
        value for name, value in attributes if name in ("href", "src") and re.match(r"\s*(javascript|data):", value)
    ]
    shown = tree.body.text(separator="")
    for number in range(1, count + 1):
        assert text(number, payload)[language] in shown, number


@settings(max_examples=60)
@given(RECORDS)
def test_any_card_is_shown_with_every_sentence_and_no_mark_up_of_its_own(program):
    for language in ("ka", "en"):
        tree = LexborHTMLParser(f"<body>{html_of(program, language, quoted=False)}</body>")
        shown = " ".join(tree.body.text(separator="").split())
        assert tree.css("script, style, img, iframe, [style]") == []
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids))
        for _, sentence in sentences(card(speaker(language), program)):
            assert " ".join(sentence.split()) in shown


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip))
def test_any_name_is_shown_as_typed(name):
    program = Program.model_validate(a_program(name={"ka": name, "en": name}))
    heading = LexborHTMLParser(f"<body>{html_of(program, 'en', quoted=False)}</body>").css_first("h1")
    assert heading.text() == name
