"""The guideline on paper: every word of the pages, notes where they belong, sheets that can be filled in."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import papers
import pikepdf
import pytest
from factory import ROOT, TODAY
from selectolax.lexbor import LexborHTMLParser

from guideline import routes
from guideline.pages.everything import Pages
from guideline.paper import making, reading
from guideline.paper.guideline import Library
from guideline.paper.imposition import A4_LANDSCAPE, saddle
from guideline.paper.press import Press
from guideline.paper.sheets import Desk

pytestmark = pytest.mark.xdist_group("guideline-paper")

SITE = "https://gzamkvlevi.example.org/"
A4 = (595.3, 841.9)
LANGUAGES = ("ka", "en")
CHAPTERS = ("why", "channels", "ethics", "standards")
ON_SCREEN_ONLY = (
    "nav, script, template, button, svg, .footnote, [role=tooltip], .gz-fallback, .gz-head__sheet, .gz-screen, "
    ".gz-actions, .gz-figure__text, .gz-report, .headerlink, .footnote-backref, .gz-answers, .gz-crumbs"
)
BLOCKS = "h1, h2, h3, h4, p, li, th, td, dt, dd, caption"
SIGNS = (
    *("#strong[x]", "$x^2$", "*bold*", "[x](y)", "_a_ `b`", "@ref &lt;label&gt;", "// no comment", "\\#"),
    *("= no", "+ 2", "- 3", "4. 5", "/ a: b"),
)
"""What means something to the typesetter."""


class Printer:
    """The real guideline's sheets, each printed once when it is asked for."""

    def __init__(self, workplace, site, folder):
        self.press = Press(ROOT / "docs" / "assets" / "fonts", TODAY)
        self.site = site
        self.made = {}
        self.said = {}
        self.listed = {}
        for language in LANGUAGES:
            pages = Pages(workplace.collection, workplace.chapters, language, TODAY)
            library = Library(Desk(pages.speaker, SITE), pages.guideline, site, folder / f"{language}.json")
            self.listed |= {sheet.path: sheet for sheet in library.sheets()}

    def pdf(self, path):
        if path not in self.made:
            sheet = self.listed[path]
            pdf = self.press.pdf(sheet.template, sheet.data(), sheet.accessible, sheet.body)
            self.made[path] = sheet.finish(pdf) if sheet.finish else pdf
        return self.made[path]

    def texts(self, path):
        """What each page says, without spaces and hyphens."""
        if path not in self.said:
            self.said[path] = [joined(text) for text in papers.pages(self.pdf(path))]
        return self.said[path]

    def pages(self, path):
        with pikepdf.open(io.BytesIO(self.pdf(path))) as opened:
            return len(opened.pages)


@pytest.fixture(scope="session")
def printer(workplace, site, tmp_path_factory):
    return Printer(workplace, site, tmp_path_factory.mktemp("reading"))


def joined(text):
    """The text as it was before lines were broken: without spaces and hyphens."""
    return re.sub(r"[\s\u200b\x02\ufffe\u00ad-]", "", text)


def sheets_of(*names):
    return [f"{language}/{name}.pdf" for language in LANGUAGES for name in names]


def kinds(pdf):
    """How often each kind of element stands in the tags."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        named = (item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item)
        return Counter(str(item.S) for item in named)


# --- booklets -----------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [1, 4, 8, 12, 13])
def test_every_page_of_a_booklet_stands_once_and_faces_its_partner(pages):
    sides = saddle(pages)
    whole = 2 * len(sides)
    assert whole % 4 == 0
    assert sorted(number for side in sides for number in side if number) == list(range(1, pages + 1))
    for number, (left, right) in enumerate(sides):
        outer, inner = (left, right) if number % 2 == 0 else (right, left)
        assert inner == 0 or inner == number + 1
        assert outer == 0 or outer == whole - number


def test_eight_pages_fold_as_printers_fold_them():
    assert saddle(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_thirteen_pages_leave_three_blank_at_the_end():
    assert saddle(13)[:4] == [(0, 1), (2, 0), (0, 3), (4, 13)]


@pytest.mark.parametrize("path", sheets_of("guideline/why-booklet"))
def test_a_booklet_is_printed_on_whole_sheets_of_a4_on_their_side(printer, path):
    with pikepdf.open(io.BytesIO(printer.pdf(path))) as opened:
        sizes = {tuple(float(value) for value in page.mediabox[2:]) for page in opened.pages}
        assert sizes == {A4_LANDSCAPE}
        assert len(opened.pages) % 2 == 0
        assert str(opened.Root.Lang).startswith(path[:2])
        assert str(opened.docinfo["/Title"]) == printer.listed[path].data()["title"]


def test_a_booklet_has_the_same_bytes_again(printer):
    sheet = printer.listed["ka/guideline/why-booklet.pdf"]
    again = Press(ROOT / "docs" / "assets" / "fonts", TODAY)
    assert sheet.finish(again.pdf(sheet.template, sheet.data(), False, sheet.body)) == printer.pdf(sheet.path)


# --- chapters -----------------------------------------------------------------------------------


def blocks_of(site, path):
    """The words of a page's article, block by block, as readers see them."""
    language, page = path.removesuffix(".pdf").split("/", 1)
    html = reading.article(site / routes.address(page, language) / "index.html")
    tree = LexborHTMLParser(html)
    for node in tree.css(ON_SCREEN_ONLY):
        node.decompose()
    for inner in reversed(tree.css(BLOCKS)):
        text = inner.text()
        inner.decompose()
        yield text


@pytest.mark.parametrize("path", sheets_of(*(f"guideline/{name}" for name in CHAPTERS)))
def test_every_word_of_a_chapter_is_printed(printer, path):
    said = "".join(printer.texts(path))
    texts = [text for text in blocks_of(printer.site, path) if text.strip()]
    words = {word for text in texts for word in text.split()}
    assert len(words) > 300
    assert not [word for word in words if joined(word) not in said]
    torn = [text for text in texts if joined(text) not in said]
    assert len(torn) <= printer.pages(path), torn  # a page may end in the middle of a paragraph


@pytest.mark.parametrize("path", sheets_of("guideline/ethics", "guideline/same-everywhere"))
def test_a_note_stands_at_the_foot_of_the_page_that_mentions_it(printer, path):
    language, page = path.removesuffix(".pdf").split("/", 1)
    html = reading.article(printer.site / routes.address(page, language) / "index.html")
    tree = LexborHTMLParser(html)
    for node in tree.css(".footnote-backref, [role=tooltip]"):
        node.decompose()
    notes = [joined(note.text()) for note in tree.css(".footnote li")]
    pages = printer.texts(path)
    assert len(notes) > 3
    ids = [note.attributes["id"] for note in tree.css(".footnote li")]
    for number, (id, note) in enumerate(zip(ids, notes, strict=True), 1):
        mention = tree.css_first(f"sup:has(a[href='#{id}'])")
        sentence = mention.parent
        mention.replace_with(f"∎{number}∎")
        before = joined(sentence.text().split(f"∎{number}∎")[0].replace("∎", ""))[-8:]
        at = next(index for index, text in enumerate(pages) if f"{number}{note[:30]}" in text)
        words, _, foot = pages[at].partition(f"{number}{note[:30]}")
        assert re.search(re.escape(before) + r"\d*" + str(number), words), (number, before)
        assert len(foot) < len(words) + 1500


@pytest.mark.parametrize("path", sheets_of(*(f"guideline/{name}" for name in CHAPTERS)))
def test_no_mark_of_the_web_is_left_on_paper(printer, path):
    said = "".join(papers.pages(printer.pdf(path)))
    assert not re.search(r"\[\d+\]|↩|¶|#(strong|link|footnote)\b|gz-", said)


@pytest.mark.parametrize("path", sheets_of("guideline/channels", "annexes/self-assessment"))
def test_tables_have_heads_figures_have_words_and_lists_are_lists(printer, path):
    pdf = printer.pdf(path)
    found = kinds(pdf)
    assert found["/TH"] > found["/Table"] > 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        things = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        figures = [thing for thing in things if str(thing.get("/S", "")) == "/Figure"]
        assert figures
        assert all(str(figure.get("/Alt", "")) for figure in figures)


@pytest.mark.parametrize("path", sheets_of("guideline/why", "worksheets/why", "training/two-days-pack"))
def test_a_sheet_is_tagged_titled_in_its_language_and_leads_back(printer, path):
    pdf, sheet = printer.pdf(path), printer.listed[path]
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as about:
        assert about.get("pdfuaid:part") == "1"
        assert str(opened.Root.Lang).startswith(path[:2])
        assert str(opened.docinfo["/Title"]) == sheet.data()["title"]
        assert "/Outlines" in opened.Root
    assert f"{SITE}{routes.address(sheet.page, path[:2])}?e=d261120" in papers.codes(pdf)


@pytest.mark.parametrize("path", sheets_of("guideline/channels", "worksheets/channels", "annexes/self-assessment"))
def test_nothing_stands_in_the_margin(printer, path):
    least = 10 * papers.MM
    boxes = [box for page in papers.letters(printer.pdf(path)) for box in page]
    assert min(box[0] for box in boxes) >= least
    assert min(box[1] for box in boxes) >= least
    assert max(box[2] for box in boxes) <= A4[0] - least
    assert max(box[3] for box in boxes) <= A4[1] - least


@pytest.mark.parametrize("path", sheets_of("guideline/why", "guideline/why-booklet"))
def test_fonts_are_embedded_and_cut(printer, path):
    with pikepdf.open(io.BytesIO(printer.pdf(path))) as opened:
        things = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = [thing for thing in things if thing.get("/Type") == "/Font"]
        assert {str(font.Subtype) for font in fonts} <= {"/Type0", "/CIDFontType2"}
        assert all(str(font.BaseFont)[7] == "+" for font in fonts)


def test_georgian_words_are_not_torn(printer):
    said = "".join(papers.pages(printer.pdf("ka/guideline/channels.pdf")))
    assert not re.search(r"[ა-ჰ][-\x02\ufffe]\r?\n[ა-ჰ]", re.sub(r"[ა-ჰ]{3,}-\r?\n", "", said))


# --- the book -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sheets_of("guideline"))
def test_the_book_begins_with_its_cover(printer, path):
    first, data = printer.texts(path)[0], printer.listed[path].data()
    assert all(joined(words) in first for words in (*data["cover"].values(), data["edition"], data["address"]))


@pytest.mark.parametrize("path", sheets_of("guideline", "training/two-days-pack", "training/half-day-pack"))
def test_the_contents_name_the_pages_on_which_headings_stand(printer, path):
    texts = list(papers.pages(printer.pdf(path)))
    pages = printer.texts(path)
    data = printer.listed[path].data()
    start = next(index for index, text in enumerate(texts[:2]) if data["contents"] in text)
    entries = re.findall(r"^(.+?)\s*(?:\. ?){3,}\s*(\d+)\s*$", texts[start], re.MULTILINE)
    assert len(entries) > 5
    assert not [(title, number) for title, number in entries if joined(title) not in pages[int(number) - 1][:250]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_holds_chapters_glossary_worksheets_and_forms_in_this_order(printer, workplace, language):
    path = f"{language}/guideline.pdf"
    titles = printer.listed[path].data()["titles"]
    assert list(titles)[:14] == list(workplace.chapters.order)
    assert [name for name in titles if "/" not in name] == ["glossary", "worksheets", "annexes"]
    text = next(text for text in printer.texts(path) if joined(titles["glossary"]) in text)
    places = [text.index(joined(title)) for title in titles.values() if joined(title) in text]
    assert len(places) >= 30
    assert places == sorted(places)


# --- sheets to fill in --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worksheet_has_one_page_and_the_self_assessment_two(printer, workplace, language):
    pages = {id: printer.pages(f"{language}/worksheets/{id}.pdf") for id in workplace.collection.worksheets}
    pages |= {id: printer.pages(f"{language}/annexes/{id}.pdf") for id in workplace.collection.annexes}
    assert set(pages.values()) == {1}, pages
    assert printer.pages(f"{language}/annexes/self-assessment.pdf") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_to_write_on_lie_eight_to_nine_millimetres_apart(printer, language):
    picture = next(papers.pictures(printer.pdf(f"{language}/worksheets/plain-language.pdf"), dpi=150))
    width = picture.width
    dark = [y for y in range(picture.height) if sum(_row(picture, y)[: 256 // 2]) > 0.8 * width]
    lines = [y for y, before in zip(dark, [0, *dark], strict=False) if y - before > 3]
    gaps = [(after - before) * 25.4 / 150 for before, after in pairwise(lines)]
    assert sum(7.9 <= gap <= 9.2 for gap in gaps) >= 4, gaps


def _row(picture, y):
    return picture.crop((0, y, picture.width, y + 1)).histogram()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_in_the_trainers_pack_and_nowhere_else(printer, workplace, language):
    pack = printer.texts(f"{language}/training/two-days-pack.pdf")
    named = {id for day in workplace.collection.trainings["two-days"].days for item in day.items for id in item.sheets}
    answers = {id: sheet.answers for id, sheet in workplace.collection.worksheets.items() if sheet.answers}
    assert named & set(answers)
    for id, some in answers.items():
        for answer in (joined(one[language]) for one in some):
            assert answer not in "".join(printer.texts(f"{language}/worksheets/{id}.pdf"))
            assert (answer in "".join(pack[-3:])) == (id in named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_holds_the_sheets_that_its_agenda_names(printer, workplace, language):
    for id, training in workplace.collection.trainings.items():
        named = dict.fromkeys(one for day in training.days for item in day.items for one in item.sheets)
        titles = printer.listed[f"{language}/training/{id}-pack.pdf"].data()["titles"]
        assert [name for name in titles if name.startswith("worksheets/") and "answers" not in name] == [
            f"worksheets/{one}" for one in named
        ]


# --- how they are made --------------------------------------------------------------------------


def test_every_chapter_worksheet_annex_and_pack_is_printed(printer, workplace):
    collection, order = workplace.collection, workplace.chapters.order
    expected = {*order, *(f"{page}-booklet" for page in order), "guideline", "guideline-booklet"}
    expected |= {f"worksheets/{id}" for id in collection.worksheets} | {f"annexes/{id}" for id in collection.annexes}
    expected |= {"annexes/self-assessment", "annexes/municipalities"}
    expected |= {f"training/{id}-pack" for id in collection.trainings}
    assert set(printer.listed) == set(sheets_of(*expected))


@pytest.mark.parametrize("place", ["p", "li", "td", "note"])
def test_signs_of_the_typesetter_are_printed_as_typed(printer, place):
    html = {
        "p": "".join(f"<p>{sign}</p>" for sign in SIGNS),
        "li": f"<ul>{''.join(f'<li>{sign}</li>' for sign in SIGNS)}</ul>",
        "td": "<table><thead><tr><th>a</th></tr></thead>"
        f"{''.join(f'<tr><td>{sign}</td></tr>' for sign in SIGNS)}</table>",
        "note": '<p>x<sup><a href="#n">1</a></sup></p><div class="footnote"><ol>'
        f'<li id="n"><p>{" ".join(SIGNS)}</p></li></ol></div>',
    }[place]
    body = reading.bodies({"x": f"<h1>T</h1>{html}"})["x"]
    data = printer.listed["en/guideline/why.pdf"].data() | {"drawings": {}, "numbers": {"x": 1}, "titles": {"x": "T"}}
    said = joined("".join(papers.pages(printer.press.pdf("reading", data, body=f'#chapter("x")[\n{body.markup}\n]'))))
    shown = (sign.replace("&lt;", "<").replace("&gt;", ">") for sign in SIGNS)
    assert not [sign for sign in shown if joined(sign) not in said]


def test_pandoc_reads_only_pages_that_changed(tmp_path, monkeypatch):
    pages = {"a": "<h1>A</h1><p>one</p>", "b": "<h1>B</h1><p>two</p>"}
    first = reading.bodies(pages, tmp_path / "kept.json")
    asked = []
    convert = reading.pypandoc.convert_text

    def watched(html, *how, **more):
        asked.append(html)
        return convert(html, *how, **more)

    monkeypatch.setattr(reading.pypandoc, "convert_text", watched)
    assert reading.bodies(pages, tmp_path / "kept.json") == first
    assert asked == []
    changed = reading.bodies({**pages, "b": "<h1>B</h1><p>three</p>"}, tmp_path / "kept.json")
    assert changed["a"] == first["a"]
    assert "three" in changed["b"].markup
    assert len(asked) == 1
    assert "one" not in asked[0]


def test_a_torn_memory_only_costs_time(tmp_path):
    (tmp_path / "kept.json").write_text('{"a": ', encoding="utf-8")
    assert "one" in reading.bodies({"a": "<p>one</p>"}, tmp_path / "kept.json")["a"].markup


def test_a_sheet_whose_page_changed_is_made_again(printer, tmp_path):
    sheet = printer.listed["en/worksheets/why.pdf"]
    workshop = making.Workshop(tmp_path, printer.press)
    workshop.make([sheet], lambda made: None)
    same, changed = sheet, replace(sheet, body=sheet.body.replace("Steps", "Ways"))
    assert [made.new for made in making.Workshop(tmp_path, printer.press).make([same], lambda made: None)] == [False]
    assert [made.new for made in making.Workshop(tmp_path, printer.press).make([changed], lambda made: None)] == [True]
