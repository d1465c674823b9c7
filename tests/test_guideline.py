"""The guideline on the built site: chapters, glossary, standards, worksheets, programmes for trainers, annexes."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
import test_site
from selectolax.lexbor import LexborHTMLParser

from guideline.model import Collection
from guideline.problems import messages

LANGUAGES = ("ka", "en")
ANNEXES = ("self-assessment", "card-template", "communication-plan", "four-sources", "municipalities")


@pytest.fixture
def collection(workplace) -> Collection:
    return workplace.collection


def page(site: Path, language: str, address: str) -> LexborHTMLParser:
    return test_site.page(site, test_site.address(language, address))


def words(node) -> str:
    return " ".join(node.text(separator=" ").replace("\u00a0", " ").split())


# --- chapters --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_says_its_number_its_readers_its_time_and_its_point(site, workplace, language):
    for number, path in enumerate(workplace.chapters.order, 1):
        chapter = workplace.chapters.get(path, language)
        head = page(site, language, path).css_first("h1 ~ .gz-head")
        assert f"{number}" in words(head.css_first(".gz-head__facts")), path
        assert f"{chapter.minutes}" in words(head.css_first(".gz-head__facts span + span")), path
        assert chapter.meta["audience"] in words(head), path
        assert [words(one) for one in head.css("ol li")] == chapter.meta["in_brief"], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_holds_the_three_sentences_of_every_chapter(site, workplace, language):
    found = page(site, language, "guideline").css("ol.gz-chapters > li")
    assert len(found) == 14
    for node, path in zip(found, workplace.chapters.order, strict=True):
        assert [words(one) for one in node.css("ul li")] == workplace.chapters.get(path, language).meta["in_brief"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_lead_to_the_next_in_the_order_of_the_guideline(site, workplace, language):
    for path, following in pairwise(workplace.chapters.order):
        link = page(site, language, path).css_first("a.md-footer__link--next")
        assert link.attributes["href"].strip("./").endswith(following.split("/")[1]), path


def test_a_marked_term_shows_its_definition_and_leads_to_the_glossary(site, collection):
    for language in LANGUAGES:
        term = page(site, language, "guideline/who-we-talk-to").css_first(".gz-term")
        link = term.css_first("a")
        id = link.attributes["href"].split("#")[1]
        box = term.css_first("[role=tooltip]")
        assert link.attributes["aria-describedby"] == box.attributes["id"]
        assert words(box) == collection.glossary[id].definition[language].replace("\u00a0", " ")
        assert "data-search-exclude" in box.attributes


def test_no_mark_of_a_term_is_left_on_any_page(site):
    for path in site.rglob("*.html"):
        assert 'href="term:' not in path.read_text(encoding="utf-8"), path


def test_a_table_of_a_chapter_names_the_column_in_every_cell(site):
    for path in site.glob("guideline/*/index.html"):
        for table in LexborHTMLParser(path.read_text(encoding="utf-8")).css("article .gz-table table"):
            names = [words(one) for one in table.css("thead th")]
            for row in table.css("tbody tr"):
                labels = [cell.attributes.get("data-label") for cell in row.css("td")]
                assert [label for label in labels if label is not None] == names[len(names) - len(labels) :], path


# --- glossary --------------------------------------------------------------------------------


def test_the_glossary_has_at_least_100_terms(collection):
    assert len(collection.glossary) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_can_be_linked_to_and_stands_under_its_letter(site, collection, language):
    tree = page(site, language, "glossary")
    for id, term in collection.glossary.items():
        node = tree.css_first(f"dl > div[id='{id}']")
        assert words(node.css_first("dt")).startswith(term.term[language].replace("\u00a0", " ")), id
    letters = [words(one) for one in tree.css("section.gz-glossary > h2")]
    assert letters == sorted(letters, key=lambda letter: (language == "ka" and letter.isascii(), letter))
    assert all(len(letter) == 1 for letter in letters)


def test_the_letters_of_both_alphabets_lead_to_their_terms(site):
    tree = page(site, "ka", "glossary")
    lists = [[words(one) for one in node.css("a")] for node in tree.css(".gz-letters ul")]
    assert lists[0][0] == "ა"
    assert lists[1][0] == "A"
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    assert {one.attributes["href"][1:] for one in tree.css(".gz-letters a")} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_to_avoid_stand_beside_what_to_say(site, collection, language):
    rows = page(site, language, "glossary").css("#words-to-avoid ~ .gz-table tbody tr")
    assert len(rows) == len(collection.avoided)
    for row, word in zip(rows, collection.avoided, strict=True):
        assert words(row.css_first("th")) == word.words[language]
        assert words(row.css("td")[0]) == word.say[language]


# --- standards -------------------------------------------------------------------------------


def test_there_are_13_standards_with_68_indicators(collection):
    assert len(collection.standards) == 13
    assert sum(len(standard.indicators) for standard in collection.standards.values()) == 68


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_standard_has_a_page_with_every_indicator_its_level_and_its_check(site, collection, language):
    level = {"ka": {"core": "ძირითადი", "advanced": "შემდეგი საფეხური"}, "en": {"core": "core", "advanced": "advanced"}}
    for id, standard in collection.standards.items():
        rows = page(site, language, f"guideline/standards/{id}").css("#indicators ~ .gz-table tbody tr")
        for row, one in zip(rows, standard.indicators, strict=True):
            assert words(row.css_first("th")) == one.code
            assert words(row.css("td")[1]) == level[language][one.level]
            assert words(row.css("td")[2]) != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_standards_are_said_to_be_proposed_wherever_they_stand(site, collection, language):
    places = [
        "guideline/standards",
        "annexes/self-assessment",
        *(f"guideline/standards/{id}" for id in collection.standards),
    ]
    status = " ".join(collection.standards_status[language].split())
    for place in places:
        assert words(page(site, language, place).css_first(".gz-proposed")) == status, place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_self_assessment_has_every_core_indicator_and_no_other(site, collection, language):
    rows = page(site, language, "annexes/self-assessment").css("tbody tr:has(td)")
    core = [
        one.code for standard in collection.standards.values() for one in standard.indicators if one.level == "core"
    ]
    assert [words(row.css_first("th")) for row in rows] == core
    assert {len(row.css(".gz-box")) for row in rows} == {4}


# --- worksheets and annexes ------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_a_worksheet_with_all_its_parts(site, workplace, language):
    for path in workplace.chapters.order:
        id = workplace.chapters.id_of(path)
        sheet = workplace.collection.worksheets[id]
        tree = page(site, language, f"worksheets/{id}")
        assert words(tree.css_first("h1")) == sheet.title[language]
        assert len(tree.css(".gz-sheet__facts > div")) == 3, id
        assert len(tree.css("ol.gz-steps > li")) == len(sheet.steps), id
        assert len(tree.css("#debrief + ul > li")) == len(sheet.questions) >= 3, id
        assert tree.css_first(".gz-form") is not None, id
        assert tree.css_first(".gz-sheet__of a").attributes["href"] == f"../../{path}/", id


def test_an_exercise_takes_20_to_45_minutes(collection):
    assert {id: sheet.minutes for id, sheet in collection.worksheets.items() if not 20 <= sheet.minutes <= 45} == {}


def test_an_exercise_says_with_whom_and_with_what(collection):
    for id, sheet in collection.worksheets.items():
        assert sheet.group, id
        assert sheet.materials, id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", ANNEXES)
def test_the_annexes_are_there_and_listed(site, language, id):
    assert page(site, language, f"annexes/{id}").css_first("h1") is not None
    links = [one.attributes["href"] for one in page(site, language, "annexes").css("ol.gz-sheets a")]
    assert f"{id}/" in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_has_the_64_municipalities(site, collection, language):
    rows = page(site, language, "annexes/municipalities").css("tbody tr")
    names = [words(row.css_first("th")) for row in rows]
    assert len(names) == 64
    assert set(names) == {one.official[language] for one in collection.municipalities.values()}


# --- programmes for trainers -----------------------------------------------------------------


@pytest.mark.parametrize("id", ["two-days", "half-day"])
def test_the_times_of_a_day_follow_one_another_without_a_gap(site, collection, id):
    for day, table in zip(
        collection.trainings[id].days, page(site, "ka", f"training/{id}").css(".gz-table table"), strict=True
    ):
        times = [words(one).split("–") for one in table.css("tbody th")]
        assert times[0][0] == day.start
        assert all(end == start for (_, end), (start, _) in pairwise(times))
        lengths = [(clock(end) - clock(start)).seconds // 60 for start, end in times]
        assert lengths == [item.minutes for item in day.items]


def clock(time: str) -> datetime:
    return datetime.strptime(time, "%H:%M")


def test_the_two_days_go_through_the_five_sessions_of_2019(collection):
    sessions = [item.session for day in collection.trainings["two-days"].days for item in day.items if item.session]
    assert sorted(set(sessions)) == [1, 2, 3, 4, 5]
    assert sessions == sorted(sessions)


def test_a_part_of_a_day_has_time_for_the_sheets_that_it_uses(collection):
    for training in collection.trainings.values():
        for day in training.days:
            for item in day.items:
                needed = sum(collection.worksheets[id].minutes for id in item.sheets)
                assert item.minutes >= needed or training is not collection.trainings["two-days"], item.what.en


# --- the search ------------------------------------------------------------------------------


def test_the_search_finds_each_definition_once_at_its_own_place(site, collection):
    for language in LANGUAGES:
        entries = json.loads((site / f"search/{language}-chapters.json").read_text(encoding="utf-8"))["entries"]
        definition = collection.glossary["social-score"].definition[language]
        found = [entry[0] for entry in entries if definition in entry[2].replace("\u00a0", " ")]
        assert found == ["glossary/#social-score" if language == "ka" else "en/glossary/#social-score"]


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_message_of_the_checks_is_explained(site, language):
    page = site / ("" if language == "ka" else "en") / "municipalities/messages/index.html"
    shown = set(LexborHTMLParser(page.read_text(encoding="utf-8")).css(".gz-explained > div"))
    assert {one.id.removeprefix("message-") for one in shown} == set(messages())
    for one in shown:
        told = messages()[one.id.removeprefix("message-")][language]
        parts = [part.strip() for part in re.split(r"\{\w+\}|\{\{|\}\}|→", told) if part.strip(" ,.:“”„")]
        words = one.text(separator=" ")
        assert all(part in words for part in parts), told
