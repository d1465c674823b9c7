"""Sheets of a municipality: the list, the catalogue, the speaker's sheet, applications, comparisons."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import papers
import pikepdf
import pytest
from factory import ROOT, TODAY, collection, model

from guideline.chapters import Chapters
from guideline.pages.everything import Pages
from guideline.paper import everything
from guideline.paper.municipalities import board_data, catalogue_data
from guideline.paper.press import Press
from guideline.paper.programs import application_data
from guideline.paper.sheets import Desk
from guideline.wording.application import THIS_SHEET, needs_application
from guideline.wording.board import board
from guideline.wording.card import groups_of
from guideline.wording.catalogue import catalogue
from guideline.wording.handout import handout
from guideline.wording.meeting import MINUTES, MOST, chosen, meeting

SITE = "https://gzamkvlevi.example.org/"
TOWNS = ("telavi", "batumi", "gurjaani", "lentekhi")
"""Many programmes; the most, and no phone; most by name only; few, and all of them over."""
TYPES = ("rent", "medical-costs")
LANGUAGES = ("ka", "en")
APPLICATIONS = ("telavi/large-families", "telavi/newborns", "batumi/infants-under-one", "lentekhi/older-people")


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(ROOT / "docs" / "assets" / "fonts", TODAY)


@pytest.fixture(scope="module")
def made(workplace):
    """The pages of each language."""
    return {language: Pages(workplace.collection, workplace.chapters, language, TODAY) for language in LANGUAGES}


@pytest.fixture(scope="module")
def printed(workplace, press, tmp_path_factory):
    """The sheets that are looked at, printed once: path → file."""
    wanted = [f"programs/{town}{kind}.pdf" for town in TOWNS for kind in ("", "-catalogue", "-meeting")]
    wanted += [f"programs/types/{id}.pdf" for id in TYPES]
    wanted += [f"programs/{key}-application.pdf" for key in APPLICATIONS]
    found = {}
    folder = tmp_path_factory.mktemp("town")
    for sheet in everything.sheets(workplace, SITE, LANGUAGES):
        if sheet.path.partition("/")[2] in wanted:
            file = folder / sheet.path.replace("/", "_")
            file.write_bytes(press.pdf(sheet.template, sheet.data(), accessible=sheet.accessible))
            found[sheet.path] = SimpleNamespace(file=file, sheet=sheet)
    assert len(found) == 2 * len(wanted)
    return found


def own(pages, town):
    return pages.programs.by_municipality[town]


def shown(pages, town):
    return [program for program in own(pages, town) if program.listed == "card"]


def in_both(made, towns=TOWNS):
    return [(language, made[language], town) for language in LANGUAGES for town in towns]


# --- all of them ---------------------------------------------------------------------------------


def test_nothing_stands_in_a_margin_and_no_letter_on_another(printed):
    wrong = {}
    for path, one in printed.items():
        over = [found for page in papers.letters(one.file) if (found := papers.overlap(page))]
        if papers.outside(one.file) or over:
            wrong[path] = over
    assert not wrong


def test_every_sheet_is_tagged_titled_and_in_its_language(printed):
    for path, one in printed.items():
        with pikepdf.open(one.file) as pdf, pdf.open_metadata() as about:
            assert pdf.Root.MarkInfo.Marked, path
            assert str(pdf.Root.Lang).startswith(path[:2]), path
            assert str(pdf.docinfo["/Title"]) == one.sheet.data()["title"]
            assert about.get("pdfuaid:part") == "1", path


def test_the_code_of_every_sheet_leads_to_its_page(printed):
    for path, one in list(printed.items())[::3]:
        folder = "" if path.startswith("ka") else "en/"
        assert set(papers.codes(one.file)) == {f"{SITE}{folder}{one.sheet.page}/?e=d261120"}, path


def test_only_numbers_that_both_languages_share_stand_on_a_list(printed):
    for town in TOWNS:
        numbers = [
            sorted(re.findall(r"\d+", " ".join(row["amount"] for need in data["needs"] for row in need["rows"])))
            for data in (printed[f"{language}/programs/{town}.pdf"].sheet.data() for language in LANGUAGES)
        ]
        assert numbers[0] == numbers[1], town


def test_a_municipality_without_programmes_has_no_sheet(workplace):
    pages = {sheet.page for sheet in everything.sheets(workplace, SITE, ("ka",))}
    empty = [
        id
        for id in workplace.collection.municipalities
        if not any(p.municipality == id for p in workplace.collection.programs)
    ]
    assert empty
    assert not pages & {f"programs/{id}" for id in empty}


# --- the list ------------------------------------------------------------------------------------


def test_every_programme_is_on_the_list_with_its_sum_and_phone(printed, made):
    for language, pages, town in in_both(made):
        said = papers.words(printed[f"{language}/programs/{town}.pdf"].file)
        for program in shown(pages, town):
            card = pages.programs.card(program.key)
            facts = [card.name, card.amount or pages.speaker.say("page.amount_unknown")]
            facts.append(card.call.text if card.call else pages.speaker.say("handout.no_phone"))
            assert [fact for fact in facts if papers.plain(fact) not in said] == [], program.key


def test_programmes_known_by_name_only_are_named_on_the_list(printed, made):
    for language, pages, town in in_both(made, ("gurjaani", "batumi")):
        said = papers.words(printed[f"{language}/programs/{town}.pdf"].file)
        names = [program.name[language] for program in own(pages, town) if program.listed != "card" and program.name]
        assert names
        assert all(papers.plain(name) in said for name in names)


def test_a_list_says_that_nobody_has_confirmed_it_and_of_which_years_it_is(printed, made):
    for language, pages, town in in_both(made):
        said = papers.words(printed[f"{language}/programs/{town}.pdf"].file)
        made_board = board(pages.speaker, town, own(pages, town), pages.programs.card)
        assert pages.speaker.say("paper.board.unconfirmed") in made_board.trust
        assert papers.plain(made_board.trust) in said
        assert papers.plain(made_board.take_down) in said


def test_the_longest_real_list_fits_one_sheet(printed):
    for path, one in printed.items():
        if path.count("/") == 2 and "-" not in path:
            assert len(papers.pages_of(one.file)) == 1, path


def test_a_phone_that_differs_has_its_own_column(made):
    pages = made["ka"]
    towns = [town for town in pages.programs.by_municipality if shown(pages, town)]
    boards = [board_data(Desk(pages.speaker, SITE), town, own(pages, town), pages.programs.card) for town in towns]
    apart = [data for data in boards if not data["ask"]]
    for data in apart:
        assert data["columns"][-1] == pages.speaker.say("paper.board.phone")
        assert len({row["cells"][-1] for need in data["needs"] for row in need["rows"]}) > 1


def some(programs, language="ka"):
    """A small copy with these programmes, in one language."""
    pages = Pages(replace(collection(), entered=tuple(programs)), Chapters({"ka": {}, "en": {}}, ()), language, TODAY)
    return Desk(pages.speaker, SITE), pages


def test_a_list_that_is_too_long_goes_on_on_a_second_sheet(press):
    programs = [model(id=f"rent-{n}", name={"ka": f"დახმარება {n} " + "ქირისთვის " * 6, "en": "x"}) for n in range(60)]
    desk, pages = some(programs)
    made = press.pdf("board", board_data(desk, "telavi", programs, pages.programs.card))
    said = papers.words(made)
    assert all(papers.plain(program.name.ka) in said for program in programs)
    assert len(papers.pages_of(made)) > 1
    assert not papers.outside(made)


# --- the catalogue -------------------------------------------------------------------------------


def body_of(one):
    """What the pages of a catalogue say between running head and page number."""
    title = papers.plain(one.sheet.data()["title"])
    leaves = enumerate(papers.pages_of(one.file), 1)
    return "".join(leaf.removeprefix(title).removesuffix(str(number)) for number, leaf in leaves)


def test_every_fact_of_every_card_is_in_the_catalogue(printed, made):
    for language, pages, town in in_both(made):
        said = body_of(printed[f"{language}/programs/{town}-catalogue.pdf"])
        for program in shown(pages, town):
            one = handout(pages.speaker, program, pages.programs.card(program.key))
            facts = [one.card.name, one.card.amount, one.gaps, one.ask]
            facts += [line.text for line in one.card.lines() if not line.gap and not line.village]
            assert [fact for fact in facts if papers.plain(fact) not in said] == [], program.key


def test_contents_and_index_name_the_right_pages(printed, made):
    for language, pages, town in in_both(made):
        leaves = papers.pages_of(printed[f"{language}/programs/{town}-catalogue.pdf"].file)
        index = next(n for n, leaf in enumerate(leaves) if n > 1 and leaf.find(_index_title(pages)) >= 0)
        back = "".join(leaves[index:])
        for program in shown(pages, town):
            card = pages.programs.card(program.key)
            name = papers.plain(card.name)
            at = next(n for n, leaf in enumerate(leaves, 1) if n > 2 and papers.plain(card.name + card.summary) in leaf)
            assert re.search(rf"{re.escape(name)}\.*{at}", leaves[1]), program.key
            if any(glance.section == "eligibility" for glance in card.glance):
                assert re.search(rf"{re.escape(name)}\.*{at}", back), program.key


def _index_title(pages):
    return papers.plain(pages.speaker.say("paper.catalogue.groups"))


def test_the_index_has_every_group_of_every_programme(made):
    for _, pages, town in in_both(made):
        found = catalogue(pages.speaker, town, own(pages, town), pages.programs.card)
        pairs = {(name, key) for name, keys in found.groups for key in keys}
        for program in shown(pages, town):
            names = [pages.speaker.term("groups", id)["many"] for id in groups_of(pages.speaker, program)]
            assert all((name, program.key) in pairs for name in names), program.key


def test_what_all_programmes_share_stands_once(printed, made):
    pages = made["ka"]
    said = papers.words(printed["ka/programs/telavi-catalogue.pdf"].file)
    assert said.count(papers.plain(pages.speaker.say("appeal.reasons"))) == 1


def test_what_is_not_known_is_told_by_programme(made):
    for _, pages, town in in_both(made):
        found = catalogue(pages.speaker, town, own(pages, town), pages.programs.card)
        told = dict(found.gaps)
        for program in shown(pages, town):
            gaps = {line.gap for line in pages.programs.card(program.key).lines() if line.gap}
            said = found.gaps_of_all + told.get(program.key, "")
            assert all(gap in said for gap in gaps), program.key


# --- the speaker's sheet -------------------------------------------------------------------------


def test_a_meeting_tells_a_few_open_programmes_and_names_the_rest(made):
    for _, pages, town in in_both(made):
        speaker, card = pages.speaker, pages.programs.card
        told = chosen(speaker, own(pages, town), card)
        assert len(told) <= MOST
        assert not any(program.state and program.state.is_ not in ("open", "not-yet-open") for program in told)
        found = meeting(speaker, town, own(pages, town), card)
        words = " ".join(" ".join((part.heading, *part.words, *part.items, *part.after)) for part in found.parts)
        assert all(card(program.key).name in words for program in shown(pages, town))
        assert sum(part.minutes for part in found.parts) == MINUTES
        assert all(part.minutes > 0 for part in found.parts)


def test_needs_come_one_by_one_before_a_second_programme_for_the_same(made):
    pages = made["ka"]
    types = pages.collection.types
    told = chosen(pages.speaker, own(pages, "telavi"), pages.programs.card)
    needs = [types[program.type].category for program in told]
    assert len(set(needs)) == len(needs)


def test_a_meeting_says_only_facts_of_the_cards(made):
    """Every number that is read aloud stands on a card or a phone list of the municipality."""
    for _, pages, town in in_both(made):
        card = pages.programs.card
        known = " ".join(
            " ".join([card(one.key).name, card(one.key).amount, card(one.key).summary, *_all_lines(card(one.key))])
            for one in shown(pages, town)
        )
        numbers = set(re.findall(r"\d+", known)) | {str(one.year) for one in shown(pages, town) if one.year}
        numbers |= set(re.findall(r"\d+", " ".join(p.name["ka"] + p.name["en"] for p in own(pages, town) if p.name)))
        for part in meeting(pages.speaker, town, own(pages, town), card).parts:
            said = " ".join((*part.words, *part.items, *part.after))
            assert set(re.findall(r"\d+", said)) <= numbers | {"2"}, part.heading


def _all_lines(card):
    return [line.text for line in card.lines()] + [glance.words for glance in card.glance]


def test_the_question_log_asks_nobody_who_they_are(made):
    for _, pages, town in in_both(made):
        say = pages.speaker.say
        columns = meeting(pages.speaker, town, own(pages, town), pages.programs.card).columns
        personal = [say(f"paper.application.{name}") for name in ("name", "personal_number", "address", "phone")]
        assert not set(columns) & set(personal)
        assert len(columns) == 4


# --- applications --------------------------------------------------------------------------------


def test_an_application_has_every_paper_and_says_how_data_are_used(printed, made):
    for language in LANGUAGES:
        for key in APPLICATIONS:
            pages, say = made[language], made[language].speaker.say
            program = pages.programs._programs[key]
            said = papers.words(printed[f"{language}/programs/{key}-application.pdf"].file)
            documents = next((s for s in pages.programs.card(key).sections if s.id == "documents"), None)
            papers_asked = [
                line.text
                for block in (documents.blocks if documents else ())
                if block.style == "check"
                for line, asked in zip(block.lines, program.documents.list, strict=True)
                if asked.is_ not in THIS_SHEET
            ]
            facts = [pages.programs.card(key).name, say("paper.application.privacy"), *papers_asked]
            facts += [say(f"paper.application.{one}") for one in ("name", "personal_number", "proposal", "signature")]
            assert [fact for fact in facts if papers.plain(fact) not in said] == [], key


def test_an_application_says_when_the_source_names_no_papers(printed, made):
    said = papers.words(printed["en/programs/telavi/newborns-application.pdf"].file)
    assert "Thesourcedoesnotsaywhichdocumentsareneeded" in said


def test_there_is_an_application_for_every_programme_that_needs_one(workplace):
    sheets = {sheet.path for sheet in everything.sheets(workplace, SITE, ("ka",)) if sheet.template == "application"}
    cards = [program for program in workplace.collection.programs if program.listed == "card"]
    assert sheets == {f"ka/programs/{one.key}-application.pdf" for one in cards if needs_application(one)}
    assert any(not needs_application(one) for one in cards)


def test_an_application_with_forty_papers_and_a_long_name_is_whole(press):
    asked = [{"text": {"ka": f"მნიშვნელოვანი საბუთი {n}", "en": f"An important paper {n}"}} for n in range(40)]
    name = "დახმარება " * 30
    program = model(name={"ka": name.strip(), "en": "x"}, documents={"list": asked, "complete": True})
    desk, pages = some([program])
    one = handout(pages.speaker, program, pages.programs.card(program.key))
    made = press.pdf("application", application_data(desk, program, one))
    said = papers.words(made)
    assert all(papers.plain(f"საბუთი {n}") in said for n in range(40))
    assert papers.plain(name) in said
    assert not papers.outside(made)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2


# --- comparisons ---------------------------------------------------------------------------------


def test_a_comparison_has_the_rows_of_the_page(printed, made):
    for language in LANGUAGES:
        for id in TYPES:
            one = printed[f"{language}/programs/types/{id}.pdf"]
            said = papers.words(one.file)
            rows = made[language].comparison.compared(id).rows
            for row in rows:
                facts = [row.municipality, row.own_name, row.amount, *row.who, row.score, row.documents, row.year]
                facts += [f"{single.amount} {single.counted}" for single in row.sums] + [row.reason]
                assert [fact for fact in facts if papers.plain(fact) not in said] == [], row.key
            assert len(one.sheet.data()["rows"]) == len(rows)


def test_a_kind_of_help_of_one_municipality_is_not_compared(workplace):
    compared = {
        sheet.page.split("/")[-1] for sheet in everything.sheets(workplace, SITE, ("ka",)) if "/types/" in sheet.path
    }
    towns = {}
    for program in workplace.collection.programs:
        if program.listed == "card":
            towns.setdefault(program.type, set()).add(program.municipality)
    assert compared == {id for id, some_towns in towns.items() if len(some_towns) > 1}


def test_a_catalogue_of_one_programme_with_a_long_name_is_whole(press):
    name = ("დახმარება " * 30).strip()
    program = model(name={"ka": name, "en": "x"})
    desk, pages = some([program])
    made = press.pdf("catalogue", catalogue_data(desk, "telavi", [program], pages.programs.card))
    assert papers.plain(name) in papers.words(made)
    assert not papers.outside(made)
