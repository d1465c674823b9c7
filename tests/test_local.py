"""A municipality's own words: boxes at the end of chapters, pages, the notice, the crest."""

# ruff: noqa: E501
from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

import copies
import pytest
from axe_playwright_python.sync_playwright import Axe
from factory import ROOT
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from guideline import crest, hosting, local
from guideline.chapters import Chapter, Chapters
from guideline.checks import local as checks
from guideline.local import Local
from guideline.workplace import _crest, _read_local

pytestmark = pytest.mark.xdist_group("copies")


@pytest.fixture(scope="module")
def tree(telavi) -> Callable[[str], LexborHTMLParser]:
    def opened(address: str) -> LexborHTMLParser:
        return LexborHTMLParser((telavi / "site" / address / "index.html").read_text(encoding="utf-8"))

    return opened


# --- boxes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("guideline/why", "როგორ ვაკეთებთ ამას ჩვენთან: თელავი"),
        ("en/guideline/why", "How we do it here: Telavi"),
    ],
)
def test_a_box_stands_at_the_end_of_its_chapter_before_the_footnotes(tree, address, heading):
    html = tree(address).css_first("article").html
    box = tree(address).css_first("section.gz-here")
    assert box.attributes["aria-labelledby"] == "here"
    assert box.css_first("h2#here").text() == heading
    assert html.rindex("<h2", 0, html.index('class="footnote"')) == html.index('<h2 id="here"')


def test_headings_ids_and_footnotes_of_a_box_are_its_own(tree):
    page = tree("guideline/why")
    box = page.css_first("section.gz-here")
    assert box.css_first("h3#here-what") is not None
    assert box.css_first('a[href="#here-what"]') is not None
    assert box.css_first('a.footnote-ref[href="#fn:here-1"]') is not None
    assert "მერიის გვერდი" in page.css_first(".footnote").text()


def test_a_box_can_quote_and_link_like_its_chapter(tree):
    box = tree("guideline/why").css_first("section.gz-here")
    assert box.css_first(".gz-card--quoted") is not None
    assert {"../ethics/", "../../local/news/"} <= {link.attributes["href"] for link in box.css("a")}


def test_a_box_that_a_language_lacks_is_shown_in_georgian_with_a_note(tree):
    box = tree("en/guideline/ethics").css_first("section.gz-here")
    assert box.css_first("h2").text() == "How we do it here: Telavi"
    assert "not available in English yet" in box.css_first("[role=note]").text()
    assert box.css_first('[lang="ka"]').text().strip() == "მხოლოდ ქართულად."


def test_a_chapter_without_a_box_has_none(tree):
    assert tree("guideline/channels").css_first(".gz-here") is None


def test_code_in_a_box_stays_as_it_is():
    text = "ა\n\n```\n## x { #y }\n[^1] [a](#y)\n```\n\n## ბ { #y }\n"
    made = local.with_box("# თავი", Chapter("x", "ka", "x", text), "სათაური [*ა*]")
    assert "```\n## x { #y }\n[^1] [a](#y)\n```" in made
    assert "### ბ { #here-y }" in made
    assert "[*" not in made


def test_a_box_is_on_paper_too(telavi):
    from guideline.paper import reading

    bodies = reading.bodies({"why": reading.article(telavi / "site/guideline/why/index.html")})
    assert "როგორ ვაკეთებთ ამას ჩვენთან: თელავი" in bodies["why"].markup
    assert "მერია დაკეტილია" not in bodies["why"].markup


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "heading", "title"), [("ka", "ჩვენი გვერდები", "სიახლეები"), ("en", "Our own pages", "News")]
)
def test_an_own_page_stands_in_the_navigation_under_its_own_heading(tree, language, heading, title):
    page = tree("local/news" if language == "ka" else "en/local/news")
    assert page.css_first("h1").text() == title
    assert heading in [tab.text().strip() for tab in page.css(".md-tabs__link")]


def test_a_copy_without_own_pages_has_no_heading_for_them(dusheti):
    assert "ჩვენი გვერდები" not in (dusheti / "site/index.html").read_text(encoding="utf-8")


def test_an_own_page_is_found_and_listed(telavi):
    assert "/en/local/news/</loc>" in (telavi / "site/sitemap.xml").read_text(encoding="utf-8")
    assert '"en/local/news/"' in (telavi / "site/search/en-chapters.json").read_text(encoding="utf-8")


# --- what is wrong with them -----------------------------------------------------------------

FRONT = "---\ntitle: ა\ndescription: ა\n---\n\n# ა\n"
WRONG: list[tuple[str, str, str, str]] = [
    ("box-without-chapter", "ka/chapters/guideline/whi", "ა\n", "1:1: there is no chapter “guideline/whi” → name the file after the chapter, for example guideline/why.md"),
    ("box-title", "ka/chapters/guideline/why", "ა\n\n# ბ\n", "3:1: the title “ბ”"),
    ("heading-without-id", "ka/chapters/guideline/why", "## ბ\n", "1:1: "),
    ("unknown-term", "ka/chapters/guideline/why", "[ა](term:qqqq)\n", "1:1: "),
    ("footnote-undefined", "ka/chapters/guideline/why", "ა[^1]\n", "1:2: "),
    ("unknown-quoted-near", "ka/chapters/guideline/why", '{{ card("telavi/newborn") }}\n', "1:1: "),
    ("local-link", "ka/chapters/guideline/why", "ა [ა](ethic.md)\n", "1:3: there is no such page: “ethic.md” → perhaps ethics.md?"),
    ("local-link", "ka/pages/news", FRONT + "[ა](guideline/why.md)\n", "7:1: there is no such page: “guideline/why.md” → perhaps ../guideline/why.md?"),
    ("id-of-table", "ka/pages/My news", FRONT, "1:1: "),
    ("missing-field", "ka/pages/news", "---\ntitle: ა\n---\n# ა\n", "1:1: “description” is missing"),
    ("page-without-source", "en/pages/news", FRONT.replace("ა", "a"), "1:1: "),
    ("personal-number", "ka/chapters/guideline/why", "01001012345\n", "1:1: "),
]  # fmt: skip
"""Code, file, its text, and what is told at which line and column."""


def words(**files: str) -> Local:
    found: dict[str, dict[str, dict[str, Chapter]]] = {
        folder: {"ka": {}, "en": {}} for folder in (local.BOXES, local.PAGES)
    }
    for path, text in files.items():
        language, folder, page = path.split("/", 2)
        found[folder][language][page] = Chapter(page, language, f"local/{path}.md", text)
    return Local(Chapters(found[local.BOXES], ()), Chapters(found[local.PAGES], ()))


@pytest.mark.parametrize(("code", "path", "text", "message"), WRONG, ids=[f"{one[0]}-{one[1]}" for one in WRONG])
def test_a_fault_in_own_words_is_told_at_its_place(workplace, code, path, text, message):
    problems = list(checks.check(words(**{path: text}), workplace.chapters, workplace.collection))
    assert [problem.code for problem in problems] == [code]
    assert problems[0].say("en").startswith(f"local/{path}.md:{message}")


def test_own_words_in_good_order_are_not_told(workplace):
    own = words(**{"ka/chapters/guideline/why": copies.BOX, "ka/pages/news": copies.PAGE.format(title="ა")})
    assert list(checks.check(own, workplace.chapters, workplace.collection)) == []


def test_both_languages_are_wanted():
    told = list(checks.remarks(words(**{"ka/chapters/guideline/why": "ა\n", "en/pages/news": "a\n"})))
    assert [problem.say("en") for problem in told] == [
        "local/ka/chapters/guideline/why.md:1:1: this is in Georgian only, and the English site shows the Georgian"
        " → write local/en/chapters/guideline/why.md"
    ]


@pytest.mark.parametrize("path", ["news.md", "ka/news.md", "ru/pages/news.md", "ka/boxes/why.md"])
def test_a_file_that_nobody_would_see_is_told(tmp_path, path):
    (tmp_path / "local" / path).parent.mkdir(parents=True)
    (tmp_path / "local" / path).write_text("ა\n", encoding="utf-8")
    assert [(problem.path, problem.code) for problem in _read_local(tmp_path)[1]] == [
        (f"local/{path}", "local-outside")
    ]


def test_the_folder_explains_itself():
    assert _read_local(ROOT) == (words(), [])


# --- the notice ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(telavi) -> Iterator[str]:
    with hosting.serving(telavi / "site") as address:
        yield address


@pytest.fixture
def visited(chromium, served) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(path: str, day: int, **options) -> Page:
        context = chromium.new_context(service_workers="block", **options)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        page.goto(f"{served}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("day", "shown"), [(18, False), (19, True), (21, True), (22, False)])
def test_the_notice_is_shown_between_its_days_as_the_reader_lives_them(visited, day, shown):
    notice = visited("en/", day).locator(".gz-notice")
    expect(notice).to_be_visible() if shown else expect(notice).to_be_hidden()


def test_without_script_the_notice_is_shown_as_of_the_day_of_the_build(visited):
    expect(visited("", 29, java_script_enabled=False).locator(".gz-notice")).to_be_visible()


@pytest.mark.parametrize("address", ["", "en", "guideline/why", "en/programs/telavi/newborns", "en/local/news"])
def test_the_notice_stands_on_every_page_in_its_language(tree, address):
    notice = tree(address).css_first("aside.gz-notice")
    assert notice.attributes["aria-label"] == ("Notice" if address.startswith("en") else "განცხადება")
    assert notice.css_first("a").attributes["href"] == "https://telavi.gov.ge/"


@pytest.mark.parametrize(("address", "width"), [("", 1280), ("en/guideline/ethics/", 360), ("local/news/", 360)])
def test_pages_with_own_words_are_accessible_and_do_not_scroll_sideways(visited, address, width):
    page = visited(address, 20, viewport={"width": width, "height": 800})
    expect(page.locator(".gz-notice")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


# --- the crest -------------------------------------------------------------------------------


def test_the_crest_is_shown_as_a_picture_beside_the_name(tree, telavi):
    logo = tree("en/guideline/why").css_first(".md-header a.md-logo img")
    assert logo.attributes["src"].startswith("../../../assets/images/crest.svg?v=")
    assert (telavi / "site/assets/images/crest.svg").read_text(encoding="utf-8") == copies.CREST


def svg(inside: str = "", attributes: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>\n{inside}</svg>".encode()


CRESTS = [
    ("crest-active", svg("<script>alert(1)</script>"), 2),
    ("crest-active", svg('<a onclick="alert(1)"/>'), 2),
    ("crest-active", svg('<image href="https://x.org/a.png"/>'), 2),
    ("crest-active", svg('<use xlink:href="other.svg#a"/>'), 2),
    ("crest-active", svg("<style>@import 'https://x.org/a.css';</style>"), 2),
    ("crest-active", svg('<path style="fill: url(https://x.org/a)"/>'), 2),
    ("crest-active", svg("<foreignObject/>"), 2),
    ("crest-active", svg('<a href="javascript:alert(1)"/>'), 2),
    ("crest-active", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', 1),
    ("crest-kind", b"<svg", 1),
    ("crest-kind", b"<html/>", 1),
    ("crest-kind", b"\xff\xfe", 1),
    ("crest-large", svg("<!--" + "x" * crest.LARGEST + "-->"), 1),
]


@pytest.mark.parametrize(("code", "content", "line"), CRESTS, ids=[f"{n}-{one[0]}" for n, one in enumerate(CRESTS)])
def test_a_crest_that_would_do_something_is_refused(code, content, line):
    assert [(found, at) for at, found, _ in crest.faults("local/crest.svg", content)] == [(code, line)]


def test_a_crest_of_shapes_is_taken():
    shapes = '<defs><path id="a" d="M0 0"/></defs><use href="#a"/><rect fill="url(#b)" style="fill: url(#b)"/>'
    assert list(crest.faults("local/crest.svg", svg(shapes))) == []
    assert list(crest.faults("local/crest.png", b"\x89PNG\r\n\x1a\n")) == []


def test_what_is_no_png_is_told():
    assert [code for _, code, _ in crest.faults("local/crest.png", svg())] == ["crest-kind"]


def test_a_crest_that_is_not_there_is_told_in_the_settings(workplace, tmp_path):
    settings = workplace.files["settings"]
    told = list(_crest(tmp_path, "local/crest.svg", settings))
    assert [(problem.path, problem.code) for problem in told] == [("data/settings.yaml", "no-crest")]


def test_a_crest_that_is_a_link_to_another_file_is_not_read(workplace, tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "secret.svg").write_bytes(svg())
    (tmp_path / "local/crest.svg").symlink_to(tmp_path / "secret.svg")
    assert [problem.code for problem in _crest(tmp_path, "local/crest.svg", workplace.files["settings"])] == [
        "no-crest"
    ]


def test_serve_watches_own_words():
    events = (ROOT / "hooks/events.py").read_text(encoding="utf-8")
    assert re.search(r"def on_serve[\s\S]*?server\.watch\(str\(folder\)\)", events)
