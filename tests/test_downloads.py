"""A published site with its PDFs: each page links its own, and says what one gets."""

from __future__ import annotations

import gzip
import os
from types import SimpleNamespace

import pikepdf
import pytest
from copies import ROOT
from factory import TODAY
from selectolax.lexbor import LexborHTMLParser

from guideline import routes
from guideline.pages.everything import Pages
from guideline.paper import downloads, everything, making
from guideline.paper.press import Press

SITE_URL = "https://gzamkvlevi.example.org/"
ROOM = "<!-- paper -->"
OF = "gori"
"""The municipality whose sheets are printed here."""


@pytest.fixture(scope="module")
def published(workplace, site, tmp_path_factory):
    """Copies of the pages of one municipality with their PDFs linked: the folder, the sheets and what was made."""
    folder, printed = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("printed")
    every = everything.sheets(workplace, SITE_URL, ("ka", "en"))
    sheets = [
        sheet for sheet in everything.chosen(every, OF, None) if sheet.page.count("/") == 1 or "age-100" in sheet.path
    ]
    for sheet in sheets:
        path = routes.address(sheet.page, sheet.path[:2]) + "index.html"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((site / path).read_bytes())
    made = making.Workshop(printed, Press(ROOT / "docs/assets/fonts", TODAY)).make(sheets, lambda one: None)
    speakers = {
        language: Pages(workplace.collection, workplace.chapters, language, TODAY).speaker for language in ("ka", "en")
    }
    count = downloads.place(folder, printed, ROOM, sheets, made, speakers)
    return SimpleNamespace(folder=folder, sheets=sheets, made=made, count=count, speakers=speakers)


def test_a_sheet_takes_the_place_of_an_older_one_and_leaves_its_other_names_alone(published, tmp_path):
    sheet, made = published.sheets[0], published.made[0]
    (printed := tmp_path / "printed" / sheet.path).parent.mkdir(parents=True)
    (older := tmp_path / "older.pdf").write_bytes(b"older")
    (shown := tmp_path / "site/paper" / sheet.path).parent.mkdir(parents=True)
    os.link(older, shown)
    printed.write_bytes(b"newer")
    for _ in range(2):
        downloads.place(tmp_path / "site", tmp_path / "printed", ROOM, [sheet], [made], published.speakers)
        assert (shown.read_bytes(), older.read_bytes()) == (b"newer", b"older")


def links(published, path):
    tree = LexborHTMLParser((published.folder / path / "index.html").read_text(encoding="utf-8"))
    return {link.attributes["href"]: link.text() for link in tree.css(".gz-paper a")}


def test_the_theme_leaves_room_for_the_links_on_every_page(site):
    for path in site.rglob("index.html"):
        assert path.read_text(encoding="utf-8").count(ROOM) == 1, path


def test_every_sheet_is_linked_once_from_its_page(published):
    found = [
        (published.folder / path / href).resolve()
        for path in {routes.address(sheet.page, sheet.path[:2]) for sheet in published.sheets}
        for href in links(published, path)
    ]
    assert sorted(found) == sorted((published.folder / "paper" / sheet.path).resolve() for sheet in published.sheets)
    assert published.count == len({(sheet.path[:2], sheet.page) for sheet in published.sheets})


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("programs/gori/age-100", "ფურცელი: A4, 1 გვერდი, "),
        ("en/programs/gori/age-100", "Handout: A4, 1 page, "),
        ("programs/gori", "სია განცხადებების დაფისთვის: A4, 1 გვერდი, "),
        ("en/programs/gori", "List for the notice board: A4, 1 page, "),
    ],
)
def test_a_link_says_which_sheet_its_format_pages_and_size(published, path, first):
    href, words = next(iter(links(published, path).items()))
    size = (published.folder / path / href).resolve().stat().st_size
    assert words.replace("\u00a0", " ") == f"{first}{round(size / 1000)} {'KB' if path.startswith('en') else 'კბ'}"


def test_the_pages_that_a_link_promises_are_there(published):
    for sheet, made in zip(published.sheets, published.made, strict=True):
        with pikepdf.open(published.folder / "paper" / sheet.path) as pdf:
            assert len(pdf.pages) == made.pages


def test_a_poster_is_said_to_be_larger(published):
    words = next(words for href, words in links(published, "en/programs/gori/age-100").items() if "poster.pdf" in href)
    assert words.startswith("Poster: A3")


def test_the_links_are_no_weight_on_a_card(published):
    page = (published.folder / "programs/gori/age-100/index.html").read_bytes()
    tree = LexborHTMLParser(page.decode())
    assert len(gzip.compress((tree.css_first(".gz-paper").html or "").encode())) < 700
