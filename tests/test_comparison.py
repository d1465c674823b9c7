"""Comparisons: only what is given in the same way stands together, nothing is denied, any order can be chosen."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from html import unescape
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from factory import ROOT, TODAY, a_program, model, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from guideline import collection as collections
from guideline import routes
from guideline.cards import Place
from guideline.chapters import Chapters
from guideline.comparing import comparable
from guideline.figures import WIDTH, Words, chart, chart_html, estimated
from guideline.model import Program
from guideline.pages.everything import Pages
from guideline.wording.card import card
from guideline.wording.comparison import comparison
from guideline.wording.elsewhere import beside
from guideline.wording.speech import Speaker

LANGUAGES = ("ka", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("&")</script>'
QUICK = settings(max_examples=50)
NUMBER = re.compile(r"\d[\d\u00a0,.]*")


@cache
def real() -> Any:
    """The real data."""
    return collections.read(collections.files_in(ROOT / "data"))


@cache
def speaker(language: str) -> Speaker:
    return Speaker(language, real(), TODAY)


@cache
def pages(language: str) -> Pages:
    return Pages(real(), Chapters({}, ()), language, TODAY)


TYPES = sorted({program.type for program in real().programs if program.listed == "card"})
TOWNS = sorted({program.municipality for program in real().programs})


def compared(language: str, type_: str) -> Any:
    return pages(language).comparison.compared(type_)


def cards(type_: str) -> list[Any]:
    return [program for program in real().programs if program.type == type_ and program.listed == "card"]


def a_comparison(*some: dict[str, Any], language: str = "en") -> Any:
    """The comparison of programmes of an invented copy."""
    data = replace(real(), entered=tuple(map(Program.model_validate, some)))
    own = Speaker(language, data, TODAY)
    by_key = {program.key: program for program in data.programs}
    return comparison(own, data.programs, lambda key: card(own, by_key[key]))


def a_rent(municipality: str, **benefit: Any) -> dict[str, Any]:
    """A programme whose one benefit is this; a family gets it unless it says otherwise."""
    whole = {"kind": "cash", "gel": 100, "period": "month", "per": "family", **benefit}
    known = {name: value for name, value in whole.items() if value is not None}
    return a_program(municipality=municipality, benefits=[known])


def reason(*benefits: dict[str, Any], **changes: Any) -> str | None:
    return comparable(model(benefits=benefits, **changes)).reason


def text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def numbers(words: str) -> set[str]:
    return {re.sub(r"[\u00a0,.]", "", found) for found in NUMBER.findall(words)}


# --- which sums are comparable ---------------------------------------------------------------

CASH = {"kind": "cash", "gel": 100, "period": "month", "per": "family"}


@pytest.mark.parametrize(
    ("benefit", "why"),
    [
        ({"kind": "cash", "period": "month"}, "silent"),
        ({"kind": "share", "percent": 80, "of": "treatment-cost"}, "share"),
        ({"kind": "share", "up_to_percent": 70, "cap_gel": 700, "of": "treatment-cost", "period": "once"}, "share"),
        ({"kind": "discount", "percent": 50, "of": "bus-fare"}, "share"),
        ({"kind": "voucher", "gel": 500, "period": "once", "per": "person"}, "in-kind"),
        ({"kind": "goods", "item": "food", "worth_gel": 200, "period": "month", "per": "person"}, "in-kind"),
        ({"kind": "service", "item": "lunch", "free": True}, "in-kind"),
        ({"kind": "cash", "gel": 300, "per": "person"}, "period"),
        ({"kind": "cash", "gel": 300, "period": "once"}, "recipient"),
    ],
)
def test_what_is_not_a_sum_counted_in_a_known_way_has_no_figure_but_a_reason(benefit, why):
    assert reason(benefit) == why


def test_sums_on_which_sources_differ_are_not_compared():
    values = [{"gel": 400}, {"gel": 250}]
    assert reason(CASH, conflicts=[{"field": "amount", "values": values}]) == "conflict"


def test_a_programme_that_has_probably_ended_is_not_compared():
    assert reason(CASH, state={"is": "probably-ended"}) == "ended"


def test_sums_that_add_up_are_not_compared():
    assert reason(CASH, CASH) == "several"


def test_a_share_beside_a_sum_is_not_compared():
    assert reason(CASH, {"kind": "share", "percent": 30, "of": "damage"}) == "share"


def figures(*benefits: dict[str, Any], **changes: Any) -> list[tuple[Any, ...]]:
    program = model(benefits=benefits, **changes)
    return [(one.unit.period, one.unit.times, one.unit.per, one.low, one.high) for one in comparable(program).figures]


def test_what_is_given_for_an_event_needs_no_period():
    assert figures({"kind": "cash", "gel": 400, "per": "operation"}) == [("", 1, "operation", 400, 400)]


def test_a_sum_without_a_recipient_is_for_whom_the_conditions_are_about():
    who = {"subject": "family", "all": [{"residence": "registered"}]}
    without = {name: value for name, value in CASH.items() if name != "per"}
    assert figures(without, eligibility=who) == [("month", 1, "family", 100, 100)]


def test_alternatives_in_one_unit_are_a_range_and_a_ceiling_has_no_lowest_sum():
    alternatives = {"benefits_are": "alternatives"}
    assert figures(CASH, {**CASH, "gel": 150}, **alternatives) == [("month", 1, "family", 100, 150)]
    ceiling = {"kind": "cash", "up_to_gel": 150, "period": "month", "per": "family"}
    assert figures(CASH, ceiling, **alternatives) == [("month", 1, "family", None, 150)]


def test_a_supplement_is_not_in_the_figure_and_the_row_says_so():
    program = a_program(benefits=[dict(CASH), {**CASH, "gel": 50, "supplement": True}])
    (row,) = a_comparison(program).rows
    assert [one.amount.replace("\u00a0", " ") for one in row.sums] == ["GEL 100"]
    assert row.supplement == "without supplements"


PERIODS = st.sampled_from(["once", "month", "year", "semester"])
RECIPIENTS = st.sampled_from(["family", "person", "child", "birth"])
OFFERS = st.lists(st.tuples(PERIODS, RECIPIENTS, st.integers(1, 9999)), min_size=1, max_size=8)
SOME_TOWNS = ("telavi", "gori", "poti", "batumi", "rustavi", "kutaisi", "tsageri", "akhmeta")


@QUICK
@given(OFFERS)
def test_sums_of_different_periods_or_recipients_are_never_in_one_chart(offers):
    some = [
        a_rent(town, period=period, per=per, gel=gel)
        for town, (period, per, gel) in zip(SOME_TOWNS, offers, strict=False)
    ]
    for one in a_comparison(*some).charts:
        assert len({bar.figure.unit for bar in one.bars}) == 1
        assert len(one.bars) >= 2


@QUICK
@given(OFFERS)
def test_every_figure_is_a_sum_of_the_record_and_none_is_reckoned(offers):
    some = [
        a_rent(town, period=period, per=per, gel=gel)
        for town, (period, per, gel) in zip(SOME_TOWNS, offers, strict=False)
    ]
    for row, (_, _, gel) in zip(a_comparison(*some).rows, offers, strict=False):
        assert [numbers(one.amount) for one in row.sums] == [{str(gel)}]


def test_two_programmes_of_one_municipality_make_no_chart():
    assert not a_comparison(a_rent("telavi"), {**a_rent("telavi"), "id": "other"}).charts


# --- the real data ---------------------------------------------------------------------------


def sums_of(value: Any) -> set[Decimal]:
    """Every sum that stands somewhere in a record."""
    dumped = value.model_dump_json()
    return {Decimal(found) for found in re.findall(r'gel":"?([\d.]+)', dumped)}


@pytest.mark.parametrize("type_", TYPES)
def test_every_sum_of_a_chart_and_of_the_table_stands_in_its_record(type_):
    for program in cards(type_):
        for figure in comparable(program).figures:
            assert {figure.high, figure.high if figure.low is None else figure.low} <= sums_of(program), program.key


@pytest.mark.parametrize("type_", TYPES)
def test_the_sums_of_a_row_are_those_of_the_card(type_):
    for row in compared("en", type_).rows:
        told = text(" ".join(line.text for line in pages("en").programs.card(row.key).lines()) + row.amount)
        assert all(numbers(one.amount) <= numbers(told) for one in row.sums), row.key


@pytest.mark.parametrize("type_", TYPES)
def test_two_languages_agree_in_every_number(type_):
    ka, en = (compared(language, type_) for language in LANGUAGES)
    for one, other in zip(ka.rows, en.rows, strict=True):
        assert {**one.ranks, "municipality": 0} == {**other.ranks, "municipality": 0}
        for name in ("score", "documents", "year"):
            assert numbers(getattr(one, name)) == numbers(getattr(other, name)), (one.key, name)
        assert [numbers(sum.amount) for sum in one.sums] == [numbers(sum.amount) for sum in other.sums]
    bars = [[[numbers(bar.said) for bar in one.bars] for one in side.charts] for side in (ka, en)]
    assert bars[0] == bars[1]


def test_the_papers_are_counted_and_those_for_some_told_apart():
    listed = [{"is": "application"}, {"is": "identity-card-copy"}, {"is": "status-proof", "if": "status-exists"}]
    said = [
        a_comparison(a_program(documents=documents)).rows[0].documents
        for documents in (
            {"complete": True, "list": listed[:2]},
            {"complete": True, "list": listed},
            {"complete": False, "list": listed[:2]},
            {"list": listed},
            {"complete": True, "list": listed[2:]},
            {"needed": False},
            {},
        )
    ]
    assert said == [
        "2 papers",
        "2–3 papers",
        "at least 2 papers",
        "2–3 papers, perhaps more",
        "in some cases 1 paper",
        "none needed",
        "not stated",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"eligibility": {"all": [{"score": {"below": 70001}}]}}, "score below 70,001"),
        ({"eligibility": {"all": [{"score": {"unknown": True}}]}}, "score limit not given"),
        ({"eligibility": {"all": [{"residence": "registered"}]}}, "no score condition is named"),
        ({"eligibility": {"all": [{"residence": "registered"}], "complete": False}}, "not stated"),
        ({}, "not stated"),
        (
            {"eligibility": {"all": [{"any": [{"score": {"at_most": 70000}}, {"status": ["idp"]}]}]}},
            "score 70,000 or less, or on another condition",
        ),
        (
            {"benefits": [{**CASH, "when": {"score": {"at_most": 57000}}}]},
            "the sum depends on the score: score 57,000 or less",
        ),
    ],
)
def test_the_limit_of_the_score_is_said_as_far_as_it_is_known(changes, said):
    assert a_comparison(a_program(**changes)).rows[0].score == said


# --- the chart -------------------------------------------------------------------------------

CHARTS = [(type_, index) for type_ in TYPES for index in range(len(compared("ka", type_).charts))]
EVERY_CHART = pytest.mark.parametrize(("type_", "index"), CHARTS)


def drawn(type_: str, index: int, language: str = "ka", prefix: str = "") -> str:
    one = compared(language, type_).charts[index]
    return chart_html(one, f"chart-{index}", Place(language, "", prefix=prefix), speaker(language))


def words_in(part: Any) -> Any:
    if isinstance(part, Words):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from words_in(getattr(part, field.name))
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from words_in(inner)


def fits(one: Any, language: str) -> None:
    made = chart(one, speaker(language))
    for words in words_in(made.parts):
        assert all(estimated(line, words.size) <= words.width + 0.1 for line in words.lines)
        assert max(words.x + estimated(line, words.size) for line in words.lines) <= WIDTH + 0.1
        assert words.bottom <= made.height
        assert words.size * 328 / WIDTH >= 11


@EVERY_CHART
@BOTH
def test_no_text_leaves_a_chart_on_a_phone(type_, index, language):
    fits(compared(language, type_).charts[index], language)


@QUICK
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_any_sums_stay_inside_the_chart(one, other):
    fits(a_comparison(a_rent("telavi", gel=one), a_rent("sighnaghi", gel=None, up_to_gel=other)).charts[0], "ka")


@EVERY_CHART
def test_bars_are_as_long_as_their_sums(type_, index):
    one = compared("ka", type_).charts[index]
    beams = chart(one, speaker("ka")).parts["beams"]
    for bar, beam in zip(one.bars, beams, strict=True):
        scale = beams[0].length / float(one.bars[0].figure.high)
        assert beam.length == pytest.approx(float(bar.figure.high) * scale, abs=0.2)
        assert beam.sure == pytest.approx(float(bar.figure.low or 0) * scale, abs=0.2)


@EVERY_CHART
@BOTH
def test_a_chart_is_named_by_the_sentence_of_its_caption(type_, index, language):
    figure = ElementTree.fromstring(drawn(type_, index, language))
    svg = figure.find(f"{SVG}svg")
    named = {one.get("id"): "".join(one.itertext()) for one in figure.iter() if one.get("id")}
    assert svg.get("role") == "img"
    assert named[svg.get("aria-labelledby")] == compared(language, type_).charts[index].about


@EVERY_CHART
def test_every_bar_says_the_year_of_its_source_and_stands_in_the_table(type_, index):
    rows = {row.municipality: row for row in compared("ka", type_).rows}
    for bar in compared("ka", type_).charts[index].bars:
        assert re.search(r", (20\d\d|წელი არ წერია)$", bar.name)
        assert any(bar.said == one.amount for row in rows.values() for one in row.sums)


def test_what_is_only_a_ceiling_is_told_by_shape_and_by_a_key():
    html = text_and_shapes(a_comparison(a_rent("telavi", gel=None, up_to_gel=100), a_rent("gori")).charts[0])
    assert html.count("gz-bar--open") == 2
    assert "hollow, dashed: up to this much" in html


def text_and_shapes(one: Any) -> str:
    return chart_html(one, "chart", Place("en", ""), speaker("en"))


def test_a_chart_says_the_lowest_the_highest_and_how_many_it_leaves_out():
    some = (a_rent("telavi"), a_rent("gori", gel=180), a_rent("poti", gel=None), a_rent("tsageri", period="year"))
    assert a_comparison(*some).charts[0].about.replace("\u00a0", " ") == (
        "2 municipalities: lowest GEL 100 (Telavi), highest GEL 180 (Gori). Not in the chart: "
        "1 programme whose sum the source does not give and 1 programme that cannot be compared in this way."
    )


def test_a_chart_has_neither_style_nor_script():
    bars = compared("ka", "rent").charts[0].bars
    for markup in (drawn("rent", 0), text_and_shapes(SimpleNamespace(title=HOSTILE, about=HOSTILE, bars=bars))):
        for element in ElementTree.fromstring(markup).iter():
            assert "style" not in element.attrib
            assert element.tag.removeprefix(SVG) not in ("script", "style")


# --- orders ----------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", TYPES)
def test_an_order_is_offered_only_where_it_makes_a_difference(type_):
    one = compared("en", type_)
    for order in one.orders:
        assert (
            len({(row.ranks.get("unit"), row.ranks[order.column]) for row in one.rows if order.column in row.ranks}) > 1
        )
    assert one.orders or len(one.rows) < 2 or len({row.municipality for row in one.rows}) < 2


def test_a_table_in_a_chapter_has_no_orders_charts_ids_or_data():
    for prefix in ("quote-1-", "quote-2-"):
        html = pages("ka").quote("table", "large-family", Place("ka", "guideline/x/", 3, prefix, True))
        assert not re.search(r"<select|<svg|\bid=|data-(?!label|column|search-exclude)", html)


# --- one municipality beside the others ------------------------------------------------------

ABSENT = re.compile("არ არსებობს|არ გაიცემა|does not exist|no such|does not have|there is no ", re.IGNORECASE)
"""What would say that there is no such help; we only did not find it."""


def parts(language: str, town: str, programs: Any) -> tuple[set[str], set[str], set[str]]:
    by_type: dict[str, list[Any]] = {}
    for program in programs:
        by_type.setdefault(program.type, []).append(program)
    known = {program.key: comparable(program) for program in programs if program.listed == "card"}
    found = beside(speaker(language), town, by_type, known)
    return tuple({kind.type for kind in part} for part in (found.listed, found.named, found.missing))


@QUICK
@given(st.sets(st.integers(0, len(real().programs) - 1), min_size=1), st.sampled_from(TOWNS))
def test_every_type_is_listed_or_known_by_name_or_not_found(chosen, town):
    programs = [real().programs[index] for index in sorted(chosen)]
    listed, named, missing = parts("en", town, programs)
    assert listed | named | missing == {program.type for program in programs}
    assert not listed & named | listed & missing | named & missing
    own = [program for program in programs if program.municipality == town]
    assert listed == {program.type for program in own if program.listed == "card"}
    assert named == {program.type for program in own} - listed


@BOTH
@pytest.mark.parametrize("town", TOWNS)
def test_the_page_of_a_municipality_has_every_type_once_and_denies_nothing(language, town):
    (page,) = [page for page in pages(language).comparison.all() if page.path == f"programs/compared/{town}"]
    html = page.html()
    types = [node.attributes["data-type"] for node in LexborHTMLParser(html).css("[data-type]")]
    assert sorted(types) == sorted({program.type for program in real().programs})
    assert not ABSENT.search(text(html))
    assert ("ვერ ვიპოვეთ" if language == "ka" else "did not find") in html


@BOTH
@pytest.mark.parametrize("type_", TYPES)
def test_the_page_of_a_type_denies_nothing(language, type_):
    html = pages(language).comparison.type_page(type_, Place(language, f"programs/types/{type_}/"))
    assert not ABSENT.search(text(re.sub(r"<tbody.*?</tbody>", "", html, flags=re.DOTALL)))


def test_the_commonest_help_that_was_not_found_comes_first():
    by_type = pages("ka").comparison.by_type
    counts = [kind.count for kind in beside(speaker("ka"), "telavi", by_type, pages("ka").comparison.figures).missing]
    assert counts == sorted(counts, reverse=True)


def test_a_municipality_without_any_record_stands_beside_nobody():
    paths = {page.path for page in pages("ka").all()}
    assert {f"programs/compared/{town}" for town in real().municipalities} & paths == {
        f"programs/compared/{town}" for town in TOWNS
    }


@BOTH
def test_the_page_of_a_municipality_leads_to_its_comparison(language):
    place = Place(language, routes.address("programs/telavi", language))
    made = pages(language).programs
    html = made.municipality_page("telavi", made.by_municipality["telavi"], place)
    assert "../compared/telavi/" in html
    assert "compared/" not in made.municipality_page("oni", [], place)


def test_a_card_leads_to_the_comparison_of_its_type_where_there_are_others():
    made = pages("en").programs
    by_key = {program.key: program for program in made.shown}
    place = Place("en", "en/programs/telavi/one/")
    assert "../../types/newborn/" in made.card_page(by_key["telavi/newborns"], place)
    alone = made.card_page(by_key["telavi/holiday-parcels"], place)
    assert "gz-others" not in alone


def test_the_copy_of_one_municipality_compares_it_with_nobody():
    settings = (ROOT / "data/settings.yaml").read_text(encoding="utf-8") + "\nmunicipality: telavi\n"
    own = Pages(collections.read(texts(settings=settings)), Chapters({}, ()), "en", TODAY)
    by_path = {page.path: page for page in own.all()}
    assert not [path for path in by_path if path.startswith("programs/compared/")]
    html = by_path["programs/types/rent"].html()
    assert not re.search("<select|<svg|We found such help|Comparison", html)
    assert "compared/" not in by_path["programs/telavi"].html()


# --- in the browser --------------------------------------------------------------------------

PAGE = "programs/types/large-family/"
ROWS = "[...document.querySelectorAll('.gz-comparison tbody tr')].map(row => row.querySelector('a').textContent)"
DATA = "[...document.querySelectorAll('.gz-comparison tbody tr')].map(row => ({...row.dataset}))"


@pytest.fixture
def opened(fresh, origin):
    """Opens a page of the site."""

    def opened(path, width=1280, **options):
        page = fresh(width, **options)
        page.goto(f"{origin}/{path}")
        return page

    return opened


@pytest.mark.parametrize(("language", "width"), [("", 360), ("en/", 1280)])
def test_in_every_order_what_is_not_known_comes_last_and_the_rest_is_sorted(opened, language, width):
    page = opened(language + PAGE, width)
    before = page.evaluate(ROWS)
    choices = page.locator("#sort option").all()
    assert len(choices) > 4
    for index, choice in enumerate(choices[1:], 1):
        column, direction = choice.get_attribute("value"), choice.get_attribute("data-direction")
        page.select_option("#sort", index=index)
        expect(page.locator(".gz-sort__said")).to_have_text(choice.get_attribute("data-said"))
        data = page.evaluate(DATA)
        known = [(int(row.get("unit", 0)), float(row[column])) for row in data if column in row]
        assert all(column in row for row in data[: len(known)])
        sign = -1 if direction == "descending" else 1
        keys = [(unit if column == "sum" else 0, sign * value) for unit, value in known]
        assert keys == sorted(keys)
        assert page.locator("th[aria-sort]").evaluate_all("all => all.map(e => [e.dataset.column, e.ariaSort])") == [
            [column, direction]
        ]
        assert sorted(page.evaluate(ROWS)) == sorted(before)
    page.select_option("#sort", index=0)
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    assert page.evaluate(ROWS) == before


def test_without_script_the_rows_stand_as_written_and_nothing_offers_an_order(opened):
    page = opened(PAGE, 360, java_script_enabled=False)
    written = [row.municipality for row in compared("ka", "large-family").rows]
    assert [link.inner_text() for link in page.locator(".gz-comparison tbody th a").all()] == written
    assert not page.locator(".gz-sort").is_visible()


def test_the_order_is_chosen_by_keyboard(opened):
    page = opened("en/" + PAGE)
    page.locator("#sort").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".gz-sort__said")).not_to_be_empty()
    assert page.evaluate(ROWS) == sorted(page.evaluate(ROWS))


def test_a_screen_reader_hears_the_name_of_a_column_once_on_a_phone(opened):
    page = opened("en/" + PAGE, 360)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if "role" in node]
    assert ("columnheader", "Documents") in named
    assert ("cell", "5 papers") in named
    assert not [name for role, name in named if role in ("cell", "StaticText") and name.startswith("Documents:")]


def test_the_bars_of_a_chart_are_seen_in_forced_colours(opened):
    page = opened("programs/types/rent/", 360, forced_colors="active")
    open_bar = page.locator(".gz-bar--open").first
    assert open_bar.evaluate("e => getComputedStyle(e).fill") == "none"
    assert open_bar.evaluate("e => getComputedStyle(e).stroke") != open_bar.evaluate(
        "e => getComputedStyle(document.body).backgroundColor"
    )
