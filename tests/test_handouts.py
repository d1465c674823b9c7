"""Handouts as they come out of the press: whole, readable, accessible, with a way back to the page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import papers
import pikepdf
import pytest
from factory import ROOT, TODAY, a_benefit, collection, model

from guideline.chapters import Chapters
from guideline.pages.everything import Pages
from guideline.paper import everything, making
from guideline.paper.press import Press
from guideline.paper.programs import BODY, handout_data
from guideline.paper.sheets import Desk
from guideline.wording.handout import handout, last_day

SITE = "https://gzamkvlevi.example.org/"
FONTS = ROOT / "docs" / "assets" / "fonts"
MOST_PAGES = 2
SIGNS = ("#strong[x]", "$x^2$", "*bold*", "[x](y)", "_a_ `b`", "@ref <label>", "// no comment", "\\#", "~-~")
"""What means something to the typesetter."""
SAMPLE = {
    "telavi/large-families": "a number to call",
    "batumi/oncology-early-diagnosis": "the longest amount, no phone",
    "lentekhi/fire-and-disaster": "terms that are over, no amount",
    "tsageri/orphans": "sources that differ",
}
"""Programmes whose sheets of every kind are looked at, and why."""
SHORT = ("-pocket", "-poster", "-poster-a4")
LARGE = 18
LONGEST = {
    "ka": 0.10,
    "en": 0.05,
}
"""The share of handouts whose facts may need a second page."""


@pytest.fixture(scope="session")
def press() -> Press:
    return Press(FONTS, TODAY)


@pytest.fixture(scope="session")
def printed(workplace, press, tmp_path_factory):
    """All handouts of the real copy, and every kind of sheet of a few programmes: the folder, and what was made."""
    folder = tmp_path_factory.mktemp("handouts")
    every = everything.sheets(workplace, SITE, ("ka", "en"))
    sheets = [sheet for sheet in every if _is_handout(sheet) or sheet.page.partition("/")[2] in SAMPLE]
    return SimpleNamespace(folder=folder, made=making.Workshop(folder, press).make(sheets, lambda made: None))


def _is_handout(sheet):
    return sheet.path.endswith(f"{sheet.page}.pdf") and sheet.template == "handout"


@pytest.fixture(scope="session")
def handouts(workplace, printed):
    """Each programme's handout with its card: (language, key) → (path, Handout)."""
    found = {}
    for language in ("ka", "en"):
        pages = Pages(workplace.collection, workplace.chapters, language, TODAY)
        for program in pages.programs.shown:
            path = printed.folder / language / "programs" / f"{program.key}.pdf"
            found[language, program.key] = path, handout(pages.speaker, program, pages.programs.card(program.key))
    return found


def faults(handouts, wrong):
    """The handouts of which `wrong(path, handout)` says something."""
    return {where: said for where, (path, made) in handouts.items() if (said := wrong(path, made))}


def test_every_programme_has_a_handout_in_both_languages(workplace, handouts):
    shown = [program for program in workplace.collection.programs if program.listed == "card"]
    assert len(handouts) == 2 * len(shown)
    assert all(path.is_file() for path, _ in handouts.values())


def test_every_fact_of_a_card_is_on_its_handout(handouts):
    def missing(path, made):
        said = papers.words(path)
        facts = [made.card.name, made.card.amount, made.card.place, made.gaps, made.edition, made.take_down]
        facts += [line.text for line in made.card.lines() if not line.gap and not line.village]
        facts += [block.lead for section in made.sections for block in section.blocks]
        return [fact for fact in facts if papers.plain(fact) not in said]

    assert not faults(handouts, missing)


def test_what_nobody_knows_is_said_once_and_whole(handouts):
    def missing(path, made):
        gaps = {line.gap for line in made.card.lines() if line.gap}
        return [gap for gap in gaps if papers.words(path).count(papers.plain(gap)) < 1]

    assert not faults(handouts, missing)


def test_a_handout_has_one_page_or_at_most_two(printed, handouts):
    own = {path for path, _ in handouts.values()}
    pages = {made.path: made.pages for made in printed.made if printed.folder / made.path in own}
    assert max(pages.values()) <= MOST_PAGES
    for language, most in LONGEST.items():
        own = [count for path, count in pages.items() if path.startswith(language)]
        assert sum(count > 1 for count in own) / len(own) <= most


def test_the_closing_report_names_every_handout_of_two_pages_and_why(printed):
    told = "\n".join(making.summary(printed.made, 1.0))
    long = [made for made in printed.made if made.over]
    assert long
    assert all(f"{made.path}: 2 pages, because the facts do not fit one" in told for made in long)
    assert "-large-print" not in told


def _paths(handouts):
    return {path for path, _ in handouts.values()}


def test_a_handout_is_small(printed):
    assert max(made.size for made in printed.made if "/programs/" in made.path) <= 60_000


def test_the_code_leads_to_the_page_of_the_programme(handouts):
    some = dict(list(handouts.items())[::4])

    def astray(path, made):
        folder = "" if made.card.language == "ka" else "en/"
        right = f"{SITE}{folder}programs/{made.card.key}/?e=d261120"
        found = papers.codes(path)
        return found if found != [right] else []

    assert not faults(some, astray)


def test_a_handout_is_tagged_titled_and_in_its_language(handouts):
    def wrong(path, made):
        with pikepdf.open(path) as pdf, pdf.open_metadata() as about:
            return [
                name
                for name, right in {
                    "tagged": bool(pdf.Root.MarkInfo.Marked),
                    "language": str(pdf.Root.Lang).startswith(made.card.language),
                    "title": str(pdf.docinfo["/Title"]) == made.card.name,
                    "title is shown": bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
                    "PDF/UA": about.get("pdfuaid:part") == "1",
                }.items()
                if not right
            ]

    assert not faults(handouts, wrong)


def test_the_code_has_words_for_those_who_do_not_see_it(handouts):
    path, _ = handouts["ka", "telavi/newborns"]
    with pikepdf.open(path) as pdf:
        figures = [item for item in pdf.objects if _kind(item) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [f"QR კოდი: {SITE}programs/telavi/newborns/"]


def _kind(item):
    return str(item.get("/S", "")) if isinstance(item, pikepdf.Dictionary) else ""


def test_fonts_are_embedded_cut_and_never_type_3(handouts):
    def wrong(path, made):
        with pikepdf.open(path) as pdf:
            things = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
            fonts = [thing for thing in things if thing.get("/Type") == "/Font"]
            kinds = {str(font.Subtype) for font in fonts}
            names = [str(font.BaseFont) for font in fonts]
            return kinds - {"/Type0", "/CIDFontType2"} or [name for name in names if name[7] != "+"]

    assert not faults(handouts, wrong)


def test_nothing_stands_in_the_margin(handouts):
    assert not faults(handouts, lambda path, made: papers.outside(path))


def test_no_letter_lies_on_another(handouts):
    def overlapping(path, made):
        return [found for page in papers.letters(path) if (found := papers.overlap(page))]

    assert not faults(handouts, overlapping)


def test_a_grey_copy_keeps_black_on_white(handouts):
    """What is printed is black on white: nothing pale can get lost in a copier."""
    path, _ = handouts["ka", "telavi/large-families"]
    histogram = next(papers.pictures(path)).histogram()
    dark, middle, light = sum(histogram[:64]), sum(histogram[64:192]), sum(histogram[192:])
    assert light > 10 * dark
    assert middle < dark


def test_the_same_facts_on_the_same_day_give_the_same_bytes(workplace, press):
    sheet = next(iter(everything.sheets(workplace, SITE, ("ka",))))
    again = Press(FONTS, TODAY)
    assert press.pdf(sheet.template, sheet.data()) == again.pdf(sheet.template, sheet.data())


def test_only_what_changed_is_made_again(workplace, press, tmp_path):
    some = everything.chosen(everything.sheets(workplace, SITE, ("ka",)), None, "gori/age-100")
    making.Workshop(tmp_path, press).make(some, lambda made: None)
    touched = replace(some[0], data=lambda: {**some[0].data(), "name": "სხვა სახელი"})
    made = making.Workshop(tmp_path, press).make([touched, *some[1:]], lambda made: None)
    assert [one.path for one in made if one.new] == [some[0].path]


def test_a_sheet_of_a_programme_that_is_gone_goes_when_everything_is_made_and_no_other_file_does(
    workplace, press, tmp_path
):
    every = list(everything.sheets(workplace, SITE, ("ka",)))
    gone = everything.chosen(iter(every), None, "gori/age-100")
    stays = everything.chosen(iter(every), None, "telavi/newborns")
    making.Workshop(tmp_path, press).make([*gone, *stays], lambda made: None)
    (own := tmp_path / "ka/my-notes.txt").write_text("mine")
    making.Workshop(tmp_path, press).make(stays, lambda made: None)
    assert all((tmp_path / sheet.path).is_file() for sheet in gone)
    making.Workshop(tmp_path, press).make(stays, lambda made: None, all_there_are=True)
    assert not any((tmp_path / sheet.path).exists() for sheet in gone)
    assert all((tmp_path / sheet.path).is_file() for sheet in stays)
    assert own.read_text() == "mine"
    assert making.Workshop(tmp_path, press).known.keys() == {sheet.path for sheet in stays}


def test_a_torn_record_of_what_was_made_only_costs_time(workplace, press, tmp_path):
    some = everything.chosen(everything.sheets(workplace, SITE, ("ka",)), None, "gori/age-100")
    making.Workshop(tmp_path, press).make(some, lambda made: None)
    (tmp_path / making.RECORD).write_text('[{"path": "ka', encoding="utf-8")
    assert all(made.new for made in making.Workshop(tmp_path, press).make(some, lambda made: None))


def test_one_municipality_or_one_programme_can_be_chosen(workplace):
    every = list(everything.sheets(workplace, SITE, ("ka",)))
    telavi = everything.chosen(iter(every), "telavi", None)
    assert {sheet.page.split("/")[1] for sheet in telavi} == {"telavi"}
    assert {sheet.page for sheet in everything.chosen(iter(every), None, "telavi/newborns")} == {
        "programs/telavi/newborns"
    }


# --- damaged and enormous input -----------------------------------------------------------------


def sheet_of(press, language="ka", kind="handout", **changes):
    """The sheet of a programme with these changes, as bytes."""
    own = collection()
    program = model(**changes)
    own = replace(own, entered=(program,))
    pages = Pages(own, Chapters({"ka": {}, "en": {}}, ()), language, TODAY)
    desk = Desk(pages.speaker, SITE)
    data = handout_data(desk, handout(desk.speaker, program, pages.programs.card(program.key)), BODY)
    return press.pdf("handout", data), data


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_of_the_typesetter_are_printed_as_typed(press, sign):
    made, _ = sheet_of(press, name={"ka": f"ქირა {sign}", "en": f"Rent {sign}"})
    assert papers.plain(f"ქირა {sign}") in papers.words(made)


def test_a_name_of_three_hundred_letters_is_printed_whole(press):
    name = " ".join(["დახმარება"] * 30)
    made, _ = sheet_of(press, name={"ka": name, "en": "x " * 150})
    assert papers.plain(name) in papers.words(made)


def test_a_word_that_is_wider_than_the_sheet_is_not_cut(press):
    word = "ქ" * 200
    made, _ = sheet_of(press, name={"ka": word, "en": word})
    assert word in papers.words(made)
    assert all(right <= 595.3 for page in papers.letters(made) for _, _, right, _ in page)


def test_forty_papers_and_twelve_tiers_are_all_printed(press):
    asked = [{"text": {"ka": f"მნიშვნელოვანი საბუთი {n}", "en": f"An important paper {n}"}} for n in range(40)]
    rows = [{"when": {"score": {"at_least": n * 1000, "below": (n + 1) * 1000}}, "gel": 100 + n} for n in range(12)]
    made, _ = sheet_of(
        press,
        documents={"list": asked, "complete": True},
        **a_benefit(gel=None, tiers={"by": "score", "rows": rows}),
    )
    said = papers.words(made)
    assert all(papers.plain(f"საბუთი {n}") in said for n in range(40))
    assert all(f"{100 + n}₾" in said for n in range(12))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == MOST_PAGES


@pytest.mark.parametrize("kind", ["large", "pocket", "poster"])
def test_a_name_of_three_hundred_letters_is_whole_on_every_sheet(press, kind):
    name = " ".join(["დახმარება"] * 30)
    made, _ = sheet_of(press, kind=kind, name={"ka": name, "en": "x"})
    assert papers.plain(name) in papers.words(made)
    assert "250₾" in papers.words(made)
    assert not papers.outside(made, least=4 * papers.MM)
    assert not any(papers.overlap(page) for page in papers.letters(made))


@pytest.mark.parametrize("kind", ["large", "pocket", "poster"])
def test_twelve_tiers_and_forty_papers_break_no_sheet(press, kind):
    asked = [{"text": {"ka": f"მნიშვნელოვანი საბუთი {n}", "en": f"An important paper {n}"}} for n in range(40)]
    rows = [{"when": {"score": {"at_least": n * 1000, "below": (n + 1) * 1000}}, "gel": 100 + n} for n in range(12)]
    made, data = sheet_of(
        press,
        kind=kind,
        documents={"list": asked, "complete": True},
        **a_benefit(gel=None, tiers={"by": "score", "rows": rows}),
    )
    assert papers.plain(data["amount"]) in papers.words(made)
    assert not papers.outside(made)
    assert not any(papers.overlap(page) for page in papers.letters(made))


# --- pocket cards, posters, large print -----------------------------------------------------------


def sheets_of(handouts, kind):
    """Each sheet of a kind of the sample, with its handout: (path, Handout)."""
    for language in ("ka", "en"):
        for key in SAMPLE:
            path, made = handouts[language, key]
            yield path.with_name(path.name.replace(".pdf", f"{kind}.pdf")), made


def test_a_sheet_of_pocket_cards_has_eight_cards_with_a_code_each(handouts):
    for path, made in sheets_of(handouts, "-pocket"):
        said = papers.words(path)
        assert said.count(papers.plain(made.card.name)) == 8, path
        assert said.count(papers.plain(made.ask)) == 8, path
        found = [code.text for picture in papers.pictures(path, dpi=300) for code in papers.read(picture)]
        assert len(found) == 8, path
        assert len(set(found)) == 1, path


def test_a_poster_has_a_code_and_strips_with_the_number(handouts):
    for path, made in sheets_of(handouts, "-poster"):
        said = papers.words(path)
        assert len(papers.codes(path)) == 1, path
        assert said.count(papers.plain(made.ask)) == 1 + 10, path
        assert papers.plain(made.take_down) in said


def test_the_halves_of_a_poster_say_together_what_it_says(handouts):
    whole, halves = sheets_of(handouts, "-poster"), sheets_of(handouts, "-poster-a4")
    for (one, _), (two, _) in zip(whole, halves, strict=True):
        assert papers.words(one) == papers.words(two)
        assert len(papers.pages_of(two)) == 2


def test_short_sheets_stay_inside_their_margins_and_nothing_overlaps(handouts):
    for kind in SHORT:
        for path, _ in sheets_of(handouts, kind):
            assert not papers.outside(path), path
            assert not any(papers.overlap(page) for page in papers.letters(path)), path


def test_what_may_be_over_is_said_before_the_number_to_call(handouts):
    for kind in SHORT:
        for path, made in sheets_of(handouts, kind):
            said = papers.words(path)
            for line in made.card.status:
                if line.kind in ("state", "expired"):
                    assert said.index(papers.plain(line.text)) < said.index(papers.plain(made.ask)), path


def test_no_letter_of_a_large_print_is_smaller_than_18_points(handouts):
    for path, made in sheets_of(handouts, "-large-print"):
        assert min(papers.sizes(path)) >= LARGE, path
        assert papers.plain(made.card.name) in papers.words(path)
        assert not papers.outside(path)


def test_the_facts_of_a_handout_are_set_in_at_least_14_points(handouts):
    path, _ = handouts["ka", "telavi/large-families"]
    assert BODY in papers.sizes(path)
    assert BODY >= 14


# --- until when a sheet may hang -----------------------------------------------------------------


def test_a_sheet_comes_down_at_the_end_of_the_year_at_the_latest():
    assert last_day(model(), TODAY) == date(2026, 12, 31)
    assert last_day(model(valid={"from": "2026-01-01", "to": "2027-12-31"}), TODAY) == date(2026, 12, 31)


def test_a_sheet_comes_down_when_the_terms_end():
    assert last_day(model(valid={"from": "2026-01-01", "to": "2026-11-30"}), TODAY) == date(2026, 11, 30)


def test_a_sheet_of_terms_that_are_over_comes_down_at_the_end_of_the_year():
    assert last_day(model(valid={"from": "2018-01-01", "to": "2018-12-31"}), TODAY) == date(2026, 12, 31)
