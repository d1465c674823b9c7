"""Pages printed from the browser: something to hand out, with a way back to the page."""

from __future__ import annotations

import io

import papers
import pikepdf
import pytest
from playwright.sync_api import expect

SITE = "https://gzamkvlevi.example.org/"
ONE_PAGE = (
    "programs/telavi/newborns/",
    "programs/batumi/free-transport/",
    "programs/ozurgeti/dialysis/",
    "programs/telavi/large-families/",
    "programs/tsageri/pregnant-women/",
    "en/programs/ozurgeti/dialysis/",
)
MOST_PAGES = {
    "": 4,
    "programs/": 8,
    "for-me/": 4,
    "programs/telavi/": 2,
    "programs/types/large-family/": 3,
    "programs/compared/telavi/": 6,
    "guideline/channels/": 9,
    "worksheets/why/": 1,
    "en/glossary/": 17,
}
"""A sample of each kind of page, and how many sheets it may take."""
SCREEN_ONLY = ("ძიება", "მზა ტექსტები", "Ready texts", "გაზიარება", "მოსმენა", "აქ რამე არასწორია")
"""Words of what a page has for screens only."""


def printed(watched, path: str, **options) -> bytes:
    page = watched(path, 1280, **options).page
    page.locator("body").evaluate("document.fonts.ready")
    return page.pdf(format="A4", prefer_css_page_size=True)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("path", ONE_PAGE)
def test_a_card_is_one_sheet_whose_code_leads_back_to_it(watched, path):
    paper = printed(watched, path)
    assert pages(paper) == 1
    assert papers.codes(paper) == [SITE + path]
    words = papers.words(paper)
    assert papers.plain(SITE + path) in words
    assert not [one for one in SCREEN_ONLY if papers.plain(one) in words]


@pytest.mark.parametrize("path", MOST_PAGES)
def test_a_page_prints_without_what_is_for_screens(watched, path):
    paper = printed(watched, path)
    assert pages(paper) <= MOST_PAGES[path]
    words = papers.words(paper)
    assert not [one for one in SCREEN_ONLY if papers.plain(one) in words]


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}])
def test_what_is_folded_on_the_screen_is_open_on_paper(watched, options):
    page = watched("programs/compared/telavi/", 1280, **options).page
    folded = page.locator("details.gz-once")
    inside = folded.locator("tbody tr").last.locator("th, td").first
    assert not inside.is_visible()
    page.emulate_media(media="print")
    expect(inside).to_be_visible()


def test_paper_says_where_a_link_leads_and_never_twice(watched):
    words = papers.words(printed(watched, "programs/ozurgeti/dialysis/"))
    assert papers.plain("(http://guria.ge/index.php/34-") in words
    assert "%E1" not in words
    assert words.count("(https://ozurgeti.gov.ge") == 0


@pytest.mark.parametrize("path", ["", "programs/telavi/newborns/", "programs/compared/telavi/", "guideline/why/"])
def test_paper_wastes_no_ink(watched, path):
    page = watched(path, 1280, "dark").page
    page.emulate_media(media="print")
    filled = page.evaluate(
        """() => [...document.querySelectorAll(".md-content *:not(svg *)")]
            .filter((one) => one.checkVisibility() && getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)")
            .map((one) => one.className)"""
    )
    assert filled == []


@pytest.mark.parametrize("path", ["programs/telavi/newborns/", "en/programs/telavi/newborns/"])
def test_the_code_is_for_paper_only(watched, path):
    assert not watched(path, 360).page.locator(".gz-qr").is_visible()
