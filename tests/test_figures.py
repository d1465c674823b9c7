"""Figures: what they say is in the picture or beside it, nothing leaves its box, one source for both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from factory import ROOT, TODAY, collection
from hypothesis import given
from hypothesis import strategies as st

from guideline import hosting
from guideline.cards import Place
from guideline.collection import walk
from guideline.figures import WIDTH, Words, drawing, estimated, figure_html, wrapped
from guideline.model import Figure, Text
from guideline.reading import File, into, load
from guideline.wording.speech import Speaker

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("ka", "en")
IDS = (
    "resident-path",
    "vulnerability-map",
    "channel-matrix",
    "yearly-cycle",
    "kakheti-hub",
    "own-site",
    "workbook-round",
)
HOSTILE = '<script>alert("&")</script> & ‘x’'
EVERY = pytest.mark.parametrize("id", IDS)
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@cache
def speaker(language: str) -> Speaker:
    return Speaker(language, collection(), TODAY)


def html(figure: Figure, language: str = "ka", id: str = "one", prefix: str = "quote-1-") -> str:
    return figure_html(figure, id, Place(language, "", 3, prefix, True), speaker(language))


def shipped(id: str, language: str, prefix: str = "quote-1-") -> str:
    return html(collection().figures[id], language, id, prefix)


def a_text(words: str) -> dict[str, str]:
    return {"ka": words, "en": words}


def a_figure(words: str = "სიტყვა", **kind: Any) -> dict[str, Any]:
    """A figure as it would stand in YAML, with the same words everywhere."""
    return {"title": a_text(words), "about": a_text(words), **kind}


def some_of_each_kind(words: str) -> list[dict[str, Any]]:
    """A figure of every kind that says nothing but these words."""
    text = a_text(words)
    moment = {"months": ["11"], "day": "1", "name": text, "what": text}
    season = {"first": "12", "last": "2", "name": text, "what": text}
    rows = [{"name": text, "marks": ["strong", "partly", "weak"]}]
    kinds: list[dict[str, Any]] = [
        {"path": [{"name": text, "lost": text}, {"name": text}]},
        {"rings": {"middle": a_text("მერია"), "around": [{"name": text, "groups": [text, text], "outside": "true"}]}},
        {"cycle": {"seasons": [season], "moments": [moment]}},
        {"matrix": {"columns": [text, text, text], "rows": rows}},
        {"bars": [{"name": text, "bars": [{"name": text, "value": "7"}]}]},
    ]
    return [a_figure(words, source=text, **kind) for kind in kinds]


def told(figure: dict[str, Any]) -> list[str]:
    """What an editor of this figure is told."""
    _, findings = into(Figure, figure, File("data/figures.yaml", "figures: {}"), ("figures", "one"), "one")
    return [finding.code for finding in findings]


def words_in(part: Any) -> Iterator[Words]:
    """Every text of a drawing."""
    if isinstance(part, Words):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from words_in(getattr(part, field.name))
    elif isinstance(part, dict):
        yield from words_in(list(part.values()))
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from words_in(inner)


def reaches(words: Words) -> Iterator[tuple[float, float, float, float]]:
    """How far each line goes, at most: left, right, top, bottom."""
    for index, line in enumerate(words.lines):
        width = estimated(line, words.size)
        left = words.x - {"start": 0, "middle": width / 2, "end": width}[words.anchor]
        top = words.top + index * words.size * 1.35
        yield left, left + width, top, top + words.size * 1.35


def plain(markup: str) -> str:
    """The words of a piece of HTML, its tags gone and its spaces folded."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", markup)))


# --- everything is said ----------------------------------------------------------------------


@EVERY
@BOTH
def test_every_text_of_a_figure_is_beside_its_picture(id, language):
    page = plain(re.sub(r"<svg.*?</svg>", "", shipped(id, language), flags=re.DOTALL))
    texts = [value[language] for _, value, _ in walk(collection().figures[id]) if isinstance(value, Text)]
    assert [text for text in texts if text not in page] == []


@EVERY
@BOTH
def test_every_text_but_the_caption_is_drawn_too(id, language):
    figure = collection().figures[id]
    drawn = " ".join(line for words in words_in(drawing(figure, speaker(language)).parts) for line in words.lines)
    texts = [
        v[language] for loc, v, _ in walk(figure) if isinstance(v, Text) and loc[0] not in ("title", "about", "source")
    ]
    assert [text for text in texts if text not in drawn] == []


@EVERY
@BOTH
def test_a_picture_has_a_name_and_a_description(id, language):
    svg = ElementTree.fromstring(shipped(id, language)).find(f"{SVG}svg")
    figure = collection().figures[id]
    said = {one.get("id"): one.text for one in svg if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert svg.get("role") == "img"
    assert said[svg.get("aria-labelledby")] == figure.title[language]
    assert said[svg.get("aria-describedby")] == figure.about[language]


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("ka", ["5000-ზე მეტი", "დაახლოებით 600", "100-მდე", "დაახლოებით 50"]),
        ("en", ["over 5,000", "about 600", "up to 100", "about 50"]),
    ],
)
def test_numbers_are_said_as_they_were_reported(language, numbers):
    page = shipped("kakheti-hub", language)
    drawn = [
        words.lines[0] for words in words_in(drawing(collection().figures["kakheti-hub"], speaker(language)).parts)
    ]
    assert [number for number in numbers if number not in drawn or number not in plain(page)] == []


@pytest.mark.parametrize(("language", "when"), [("ka", "1 ნოემბრის ჩათვლით"), ("en", "by 1 November")])
def test_the_mayor_reports_by_the_first_of_november(language, when):
    assert when in plain(shipped("yearly-cycle", language))


# --- nothing leaves its box ------------------------------------------------------------------


@EVERY
@BOTH
def test_no_text_is_wider_than_its_box(id, language):
    for words in words_in(drawing(collection().figures[id], speaker(language)).parts):
        assert all(estimated(line, words.size) <= words.width + 0.1 for line in words.lines), words


@EVERY
@BOTH
def test_no_text_leaves_the_drawing(id, language):
    drawn = drawing(collection().figures[id], speaker(language))
    for words in words_in(drawn.parts):
        for left, right, top, bottom in reaches(words) if not words.turned else ():
            assert (left >= 0, right <= WIDTH, top >= 0, bottom <= drawn.height) == (True,) * 4, words


@EVERY
@BOTH
def test_no_line_stands_on_another(id, language):
    drawn = drawing(collection().figures[id], speaker(language))
    boxes = [box for words in words_in(drawn.parts) if not words.turned for box in reaches(words)]
    for index, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[:index]:
            assert other[0] >= right or other[1] <= left or other[2] >= bottom - 0.2 or other[3] <= top + 0.2


@EVERY
@BOTH
def test_text_is_readable_on_a_phone(id, language):
    """A phone gives a drawing about 328 pixels."""
    sizes = [words.size * 328 / WIDTH for words in words_in(drawing(collection().figures[id], speaker(language)).parts)]
    assert min(sizes) >= 11


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=40), min_size=1
)


@given(WORDS, st.integers(30, 340), st.integers(12, 15))
def test_wrapped_lines_fit_and_lose_nothing(some, width, size):
    lines = wrapped(" ".join(some), width, size)
    assert all(estimated(line, size) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(some)


@given(st.lists(st.text("აბგდლთM5 ", min_size=1, max_size=9).filter(str.strip), min_size=1), st.integers(150, 340))
def test_a_word_that_fits_a_line_is_never_parted(some, width):
    words = " ".join(some).split()
    assert " ".join(wrapped(" ".join(words), width, 13)).split() == words


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=60))
def test_any_words_stay_inside_any_kind(word):
    for raw in some_of_each_kind(f"{word} {word}"):
        for words in words_in(drawing(Figure.model_validate(raw), speaker("ka")).parts):
            assert all(estimated(line, words.size) <= words.width + 0.1 for line in words.lines), words


MEASURE = """async letters => {
    const widths = {};
    for (const weight of [400, 700]) {
        const face = new FontFace("Own", `url(noto-sans-georgian-${weight}.woff2)`, {weight});
        document.fonts.add(await face.load());
    }
    const canvas = document.createElement("canvas").getContext("2d");
    for (const letter of letters) {
        widths[letter] = Math.max(...[400, 700].map(weight => {
            canvas.font = `${weight} 100px Own`;
            return canvas.measureText(letter).width;
        }));
    }
    return widths;
}"""


def test_no_letter_of_the_site_is_wider_than_estimated(chromium):
    letters = [*map(chr, range(32, 127)), *map(chr, range(0x10D0, 0x10F1)), *"–—„“‘’…«»·№₾"]
    with hosting.serving(ROOT / "docs/assets/fonts") as address:
        page = chromium.new_page()
        page.goto(f"{address}/OFL.txt")
        widths = page.evaluate(MEASURE, letters)
        page.close()
    assert [one for one in letters if widths[one] > estimated(one, 100) + 0.5] == []


# --- the picture is true ---------------------------------------------------------------------


@BOTH
def test_bars_are_as_long_as_their_numbers(language):
    for panel, (_, beams) in zip(
        collection().figures["kakheti-hub"].bars,
        drawing(collection().figures["kakheti-hub"], speaker(language)).parts["panels"],
        strict=True,
    ):
        units = [beam.length / bar.value for beam, bar in zip(beams, panel.bars, strict=True)]
        assert units == pytest.approx([units[0]] * len(units), rel=0.01)


def test_a_bar_of_nothing_has_no_length():
    [(_, [beam])] = drawing(Figure.model_validate(a_figure(**a_bar(value="0"))), speaker("ka")).parts["panels"]
    assert beam.length == 0


def test_the_path_narrows_wherever_somebody_is_lost():
    stops = drawing(collection().figures["resident-path"], speaker("ka")).parts["stops"]
    for before, after in pairwise(stops):
        assert (after.onward < before.onward) == (after.voice is not None)


def test_no_thread_leads_to_those_who_stay_outside():
    circles = drawing(collection().figures["vulnerability-map"], speaker("ka")).parts["circles"]
    for ring, circle in zip(collection().figures["vulnerability-map"].rings.around, circles, strict=True):
        assert len(circle.threads) == (0 if ring.outside else len(ring.groups))


def test_a_winter_goes_from_december_to_february():
    figure = Figure.model_validate(a_figure(**a_cycle("12", "2")))
    [(_, spot)] = drawing(figure, speaker("ka")).parts["arcs"]
    assert (spot.x > WIDTH / 2, spot.y < 98) == (True, True)
    assert "დეკემბერი–თებერვალი" in html(figure)


@BOTH
def test_the_table_of_the_matrix_has_every_mark_once(language):
    figure = collection().figures["channel-matrix"]
    parts = drawing(figure, speaker(language)).parts
    for row, (_, cells) in zip(figure.matrix.rows, parts["told"], strict=True):
        for column, mark in zip(figure.matrix.columns, row.marks, strict=True):
            assert [found for found, names in cells if column[language] in names.split(", ")] == [mark]


def test_the_matrix_agrees_with_the_three_channels_of_its_chapter():
    """The chapter names three channels each for a lone older person, a mother and a valley."""
    rows = collection().figures["channel-matrix"].matrix.rows[:3]
    columns = [column["en"] for column in collection().figures["channel-matrix"].matrix.columns]
    best = [{name for name, mark in zip(columns, row.marks, strict=True) if mark == "strong"} for row in rows]
    assert best == [
        {"nurse", "notice board", "telephone call"},
        {"nurse", "notice board", "social network"},
        {"mayor's representative", "notice board", "telephone call"},
    ]


# --- the markup is sound ---------------------------------------------------------------------


@EVERY
@BOTH
def test_a_figure_is_well_formed(id, language):
    assert (
        ElementTree.fromstring(shipped(id, language)).get("class")
        == f"gz-figure gz-figure--{collection().figures[id].kind}"
    )


@EVERY
def test_a_figure_has_no_style_and_no_script(id):
    """The policy of the pages forbids both."""
    for element in ElementTree.fromstring(shipped(id, "ka")).iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.tag.removeprefix(SVG) not in ("script", "style")


@EVERY
def test_a_figure_can_be_quoted_twice(id):
    page = shipped(id, "ka") + shipped(id, "ka", "quote-2-")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 6


@EVERY
@BOTH
def test_what_an_attribute_names_is_there(id, language):
    page = shipped(id, language)
    named = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page)
    assert set(named) <= set(re.findall(r'\bid="([^"]+)"', page))


@EVERY
def test_the_picture_is_not_searched_but_its_text_is(id):
    page = shipped(id, "ka")
    assert re.findall(r"<(\w+)[^>]* data-search-exclude", page) == ["svg"]


@EVERY
def test_a_table_of_a_figure_has_a_caption_and_scopes(id):
    page = shipped(id, "ka")
    assert page.count("<table>") == page.count("<caption>") == page.count('<div class="gz-table">')
    assert "<th>" not in page
    assert not re.search(r"<td(?! data-label=)", page)


@pytest.mark.parametrize("index", range(5))
def test_text_is_data_and_never_markup(index):
    page = html(Figure.model_validate(some_of_each_kind(HOSTILE)[index]))
    assert "<script" not in page
    assert ElementTree.fromstring(page) is not None
    assert HOSTILE in plain(page)


@BOTH
def test_a_figure_speaks_one_language(language):
    georgian = re.compile("[\u10d0-\u10ff]")
    for id in IDS:
        assert bool(georgian.search(shipped(id, language))) == (language == "ka")


# --- a wrong figure is told ------------------------------------------------------------------


def test_a_figure_in_good_order_is_accepted():
    assert [told(raw) for raw in some_of_each_kind("სიტყვა")] == [[]] * 5


def a_matrix(*marks: str) -> dict[str, Any]:
    """The kind of a matrix with one column and one row."""
    return {"matrix": {"columns": [A], "rows": [{"name": A, "marks": list(marks)}]}}


def a_cycle(first: str, last: str) -> dict[str, Any]:
    """The kind of a year with one season."""
    return {"cycle": {"seasons": [{"first": first, "last": last, "name": A, "what": A}]}}


def a_bar(**changes: str) -> dict[str, Any]:
    """The kind of a panel with one bar."""
    return {"bars": [{"name": A, "bars": [{"name": A, "value": "5", **changes}]}]}


A = a_text("ა")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ({}, "figure-kind"),
        ({**a_matrix("weak"), **a_bar()}, "figure-kind"),
        ({"pie": []}, "unknown-field"),
        ({"path": []}, "too-few"),
        ({"path": [{"name": {"ka": "ა"}}]}, "missing-field"),
        (a_matrix(), "matrix-row"),
        (a_matrix("weak", "weak"), "matrix-row"),
        (a_matrix("good"), "not-a-choice"),
        (a_cycle("0", "2"), "too-small"),
        (a_cycle("1", "13"), "too-big"),
        (a_bar(value="5,000"), "whole-number"),
        (a_bar(said="nearly"), "not-a-choice"),
    ],
)
def test_a_wrong_figure_is_told(kind, code):
    assert code in told(a_figure(**kind))


def test_the_shipped_figures_are_read_without_fault():
    file = File("data/figures.yaml", (ROOT / "data/figures.yaml").read_text(encoding="utf-8"))
    value, problems = load(file)
    assert problems == []
    assert {id: told(raw) for id, raw in value["figures"].items()} == {id: [] for id in IDS}
