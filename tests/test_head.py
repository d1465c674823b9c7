"""The head of a page: words in its language, a picture, facts for machines, and what search engines may show."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import copies
import factory
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from guideline import pictures, routes
from guideline.head import script_json
from guideline.linked_data import age_limits, certain_sums
from guideline.model import Program
from guideline.pages.programs import ProgramPages
from guideline.pictures import SIZE, Album, Caption, Fonts, Picture, Style, draw, fitted, wrapped
from guideline.wording.brief import LONGEST, shortened
from guideline.wording.speech import Speaker
from guideline.wording.steps import contacts_of, tel

SITE_URL = "https://gzamkvlevi.example.org/"
LANGUAGES = ("ka", "en")
FONTS = Fonts(copies.ROOT / "docs" / "assets" / "fonts")
PAYLOAD = "</script><img src=x onerror=alert(1)><!-- &amp; ' \" {{ 7*7 }}"
REGISTER = yaml.safe_load((Path(__file__).parent / "schema-org.yaml").read_text(encoding="utf-8"))
NOT_OF_SCHEMA_ORG = {"query-input"}
"""An annotation of search engines that stands beside the properties."""


class Head:
    """The head of a built page, as a machine reads it."""

    def __init__(self, site: Path, path: Path):
        self.address = path.relative_to(site).as_posix().removesuffix("index.html")
        self.url = SITE_URL + self.address
        self.tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        self.language = self.tree.css_first("html").attributes["lang"]
        self.title = self.tree.css_first("title").text()
        self.description = self.meta("name", "description")
        self.indexed = "noindex" not in (self.meta("name", "robots") or "")

    def meta(self, kind: str, name: str) -> str | None:
        """What an element of the head says; it must not say it twice."""
        found = [node.attributes["content"] for node in self.tree.css(f'head meta[{kind}="{name}"]')]
        assert len(found) <= 1, (self.address, name, found)
        return found[0] if found else None

    def og(self, name: str) -> str | None:
        return self.meta("property", f"og:{name}")

    @property
    def things(self) -> list[dict[str, Any]]:
        """The facts of the page, from all its blocks."""
        blocks = [json.loads(node.text()) for node in self.tree.css('script[type="application/ld+json"]')]
        assert all(block["@context"] == "https://schema.org" for block in blocks)
        return [thing for block in blocks for thing in block["@graph"]]

    def thing(self, type_: str) -> dict[str, Any]:
        return next(thing for thing in self.things if thing["@type"] == type_)


@pytest.fixture(scope="module")
def heads(site) -> list[Head]:
    return [Head(site, path) for path in sorted(site.rglob("*.html"))]


@pytest.fixture(scope="module")
def by_address(heads) -> dict[str, Head]:
    return {head.address: head for head in heads}


def speakers(workplace) -> dict[str, Speaker]:
    return {language: Speaker(language, workplace.collection, workplace.today) for language in LANGUAGES}


def shown(workplace) -> list[Program]:
    return [program for program in workplace.collection.programs if program.listed == "card"]


def address_of(program: Program, language: str) -> str:
    return routes.address(routes.program(program.key), language)


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["title", "description"])
def test_no_two_pages_of_a_language_say_the_same_of_themselves(heads, name):
    said = Counter((head.language, getattr(head, name)) for head in heads if not head.address.endswith("404.html"))
    assert [words for words, count in said.items() if count > 1] == []


def test_titles_name_the_page_and_the_site(heads):
    for head in heads:
        site = {"ka": "გზამკვლევი", "en": "Gzamkvlevi"}[head.language]
        if head.address in ("", "en/"):
            assert head.title.startswith(f"{site} · "), head.address
        elif not head.address.endswith("404.html"):
            assert head.title.endswith(f" · {site}"), head.address


def test_a_description_is_whole_and_no_longer_than_search_engines_show(heads):
    for head in heads:
        assert 20 <= len(head.description) <= LONGEST, (head.address, head.description)
        assert head.description.endswith((".", "!", "?")), (head.address, head.description)


def test_the_title_of_a_card_names_programme_and_municipality(by_address, workplace):
    pages = {language: ProgramPages(speaker) for language, speaker in speakers(workplace).items()}
    for program in shown(workplace):
        for language in LANGUAGES:
            card, title = pages[language].card(program.key), by_address[address_of(program, language)].title
            assert card.name in title
            assert card.place in title


def test_a_page_knows_its_own_address(heads):
    for head in heads:
        if not head.address.endswith("404.html"):
            assert head.tree.css_first("link[rel=canonical]").attributes["href"] == head.url


def test_only_whole_sentences_stay_of_a_long_text():
    words = "Two days. " + "A sentence of thirty letters... " * 8
    assert len(shortened(words)) <= LONGEST
    assert shortened(words).startswith("Two days. A sentence of thirty letters...")
    assert shortened("x" * 300) == "x" * 300


# --- what is shown of a shared page ----------------------------------------------------------


def test_every_page_says_what_is_shown_when_it_is_shared(heads, site):
    for head in heads:
        assert head.og("title")
        assert head.og("description") == head.description
        assert head.og("site_name") == {"ka": "გზამკვლევი", "en": "Gzamkvlevi"}[head.language]
        assert head.og("type") == ("website" if head.address in ("", "en/", "404.html", "en/404.html") else "article")
        assert head.og("locale") == {"ka": "ka_GE", "en": "en_GB"}[head.language]
        assert head.og("image:alt")
        assert head.meta("name", "twitter:card") == "summary_large_image"
        if not head.address.endswith("404.html"):
            assert head.og("url") == head.url
            assert head.og("locale:alternate") == {"ka": "en_GB", "en": "ka_GE"}[head.language]


def test_every_picture_stands_on_the_site_in_the_size_that_is_told(heads, site):
    for head in heads:
        assert head.og("image").startswith(SITE_URL)
        path = site / head.og("image").removeprefix(SITE_URL)
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.size == SIZE == (int(head.og("image:width")), int(head.og("image:height")))
        assert path.stat().st_size <= 24_000, path


def test_every_card_has_a_picture_of_its_own_and_other_pages_share_one(heads):
    cards = Counter(head.og("image") for head in heads if head.tree.css_first("article.gz-card h1"))
    others = {(head.language, head.og("image")) for head in heads if not head.tree.css_first("article.gz-card h1")}
    assert set(cards.values()) == {1}
    assert len(others) == 2


def test_no_picture_is_published_that_no_page_shows(heads, site):
    shown_ = {head.og("image").removeprefix(SITE_URL) for head in heads}
    assert {path.relative_to(site).as_posix() for path in site.rglob("assets/pictures/**/*.png")} == shown_


def test_the_picture_of_a_card_never_shows_a_sum_without_how_far_to_trust_it(workplace):
    for language, speaker in speakers(workplace).items():
        for page in ProgramPages(speaker).all():
            if page.picture:
                assert page.picture.note, page.path
                assert page.picture.note in page.picture_words
                assert page.picture.sure == (page.indexed and not speaker.collection.copy.index_unconfirmed), language


# --- drawing ---------------------------------------------------------------------------------


def a_caption(**changes: Any) -> Caption:
    words = {"site": "გზამკვლევი", "name": "ქირა", "amount": "250 ₾", "place": "თელავის მუნიციპალიტეტი"}
    return Caption(**{**words, "note": "მუნიციპალიტეტს არ დაუდასტურებია.", **changes})


def a_picture(primary: str = "#1f5c7a", **changes: Any) -> Picture:
    return Picture(a_caption(**changes), primary, "#8a3b12")


@pytest.fixture(scope="module")
def captions(workplace) -> list[Caption]:
    """The words of every real picture."""
    return [
        page.picture
        for speaker in speakers(workplace).values()
        for page in ProgramPages(speaker).all()
        if page.picture is not None
    ]


def test_every_real_name_and_amount_stands_whole_inside_the_picture(captions):
    width, height = SIZE[0] - 128, 350
    for caption in captions:
        texts = [(caption.name, Style(68, 700, 3))] + ([(caption.amount, Style(54, 700, 2))] if caption.amount else [])
        set_ = fitted(FONTS, texts, width, height, 18)
        assert [" ".join(one.lines) for one in set_] == [text for text, _ in texts]
        assert sum(one.height for one in set_) + 18 * (len(set_) - 1) <= height
        for one in set_:
            assert max(FONTS.width(line, one.size, one.weight) for line in one.lines) <= width
            assert one.size >= 26, caption


@settings(max_examples=40)
@given(st.lists(st.text("აბგდევზ²ə₾5-", min_size=1, max_size=40), min_size=1, max_size=60))
def test_any_name_loses_no_letter_and_fits(words):
    text = " ".join(words)
    (set_,) = fitted(FONTS, [(text, Style(68, 700, 3))], 1072, 400, 0)
    assert "".join(set_.lines).replace(" ", "") == text.replace(" ", "")
    assert all(FONTS.width(line, set_.size, 700) <= 1072 for line in set_.lines)
    assert set_.height <= 400


def test_a_figure_stays_with_its_unit():
    lines = wrapped(FONTS, "დახმარება 200\u00a0₾", 60, 700, 400).lines
    assert lines == ("დახმარება", "200\u00a0₾")


def test_characters_that_the_georgian_font_lacks_come_from_the_other():
    runs = FONTS.runs("5 მ³ ə", 40, 400)
    assert [text for text, _ in runs] == ["5 მ", "³", " ", "ə"]
    assert runs[0][1].getname() != runs[1][1].getname()


def test_the_same_words_are_the_same_bytes_and_other_words_are_not():
    assert draw(a_picture(), FONTS) == draw(a_picture(), FONTS)
    assert draw(a_picture(), FONTS) != draw(a_picture(amount="251 ₾"), FONTS)


def colours_of(picture: Picture) -> dict[tuple[int, ...], int]:
    """How many points of each colour a picture has."""
    image = Image.open(BytesIO(draw(picture, FONTS))).convert("RGB")
    return {colour: count for count, colour in image.getcolors(maxcolors=1000)}


def test_a_picture_shows_its_words_in_the_colours_of_the_copy():
    found = colours_of(a_picture(primary="#660066"))
    band, ink, amount, warning = (0x66, 0, 0x66), (0x1D, 0x23, 0x27), (0x8A, 0x3B, 0x12), (0xFD, 0xF3, 0xD7)
    assert found[band] > 80_000
    assert found[ink] > 2_000
    assert found[amount] > 1_000
    assert found[warning] > 20_000


def test_a_confirmed_card_has_no_colour_of_warning():
    assert (0xFD, 0xF3, 0xD7) not in colours_of(a_picture(sure=True))


def test_a_picture_is_drawn_once_and_kept(tmp_path, monkeypatch):
    album, drawn = Album(tmp_path / "kept", FONTS), []
    real = pictures.draw
    monkeypatch.setattr(pictures, "draw", lambda picture, fonts: drawn.append(picture) or real(picture, fonts))
    first = album.draw([a_picture(), a_picture(name="სხვა")])
    again = Album(tmp_path / "kept", FONTS).draw([a_picture()])
    assert len(drawn) == 2
    assert again[a_picture()] == first[a_picture()]
    assert again[a_picture()].read_bytes() == real(a_picture(), FONTS)


def test_pictures_that_nobody_uses_go_and_those_in_use_stay(tmp_path):
    album = Album(tmp_path, FONTS)
    used, old, foreign = album.draw([a_picture()])[a_picture()], tmp_path / f"{'0' * 20}.png", tmp_path / "notes.txt"
    for path in (old, foreign, tmp_path / "left.new"):
        path.write_bytes(b"")
    long_ago = 1_000_000_000
    for path in tmp_path.iterdir():
        copies.os.utime(path, (long_ago, long_ago))
    assert album.draw([a_picture()])[a_picture()] == used
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([used.name, foreign.name])


def test_a_file_that_another_build_takes_away_meanwhile_disturbs_nobody(tmp_path, monkeypatch):
    gone = tmp_path / "gone.new"
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([gone]))
    assert Album(tmp_path, FONTS).draw([a_picture()])[a_picture()].is_file()


def test_a_picture_changes_its_address_with_its_words():
    album = Album(Path("unused"), FONTS)
    assert album.name(a_picture()) != album.name(a_picture(amount="251 ₾"))
    assert album.name(a_picture()) != album.name(a_picture(primary="#000000"))


# --- facts for machines ----------------------------------------------------------------------


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing, those inside others too."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)


def kinds(value: Any, known: dict[str, str]) -> set[str]:
    """What a value is, in the words of schema.org."""
    if isinstance(value, dict):
        return set(REGISTER["types"][value.get("@type") or known[value["@id"]]])
    if isinstance(value, bool):
        return {"Boolean"}
    if isinstance(value, int | float):
        return {"Number", "Integer"} if isinstance(value, int) else {"Number"}
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return {"Date"} if day else {"URL", "Text"} if re.match("https?://", value) else {"Text"}


def faults(things: list[dict[str, Any]]) -> Iterator[str]:
    """Properties that schema.org does not have on a type, and values that it does not have on a property."""
    known = {node["@id"]: node["@type"] for node in nodes(things) if "@type" in node and "@id" in node}
    for node in nodes(things):
        if "@type" not in node:
            assert set(node) == {"@id"}, node
            continue
        above = set(REGISTER["types"][node["@type"]])
        for name, value in node.items():
            if name.startswith("@") or name in NOT_OF_SCHEMA_ORG:
                continue
            rule = REGISTER["properties"][name]
            if not above & set(rule["types"]):
                yield f"{name} does not belong on {node['@type']}"
            for one in value if isinstance(value, list) else [value]:
                if not kinds(one, known) & set(rule["values"]):
                    yield f"{name} of {node['@type']} is {one!r}"


def test_all_facts_are_valid_by_the_definitions_of_schema_org(heads):
    found = {(head.address, fault) for head in heads for fault in faults(head.things)}
    assert found == set()


def test_the_check_of_facts_finds_what_is_wrong():
    wrong = [{"@type": "GovernmentService", "expires": "2026-01-01", "audience": "veterans", "name": "ok"}]
    assert list(faults(wrong)) == [
        "expires does not belong on GovernmentService",
        "audience of GovernmentService is 'veterans'",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_a_government_service_with_what_italy_asks_for(by_address, workplace, language):
    """name, serviceType, serviceOperator, areaServed, audience, availableChannel: the last two as far as known."""
    for program in shown(workplace):
        head = by_address[address_of(program, language)]
        service, page = head.thing("GovernmentService"), head.thing("WebPage")
        municipality = workplace.collection.municipalities[program.municipality]
        assert service["name"] == " ".join(head.tree.css_first("h1").text().split())
        assert service["serviceType"] == workplace.collection.types[program.type].name[language]
        assert service["serviceOperator"]["name"] == municipality.official[language]
        assert service["areaServed"]["name"] == municipality.official[language]
        assert service["url"] == page["url"] == head.url
        assert service["description"] == head.description
        assert page["inLanguage"] == language
        assert [source for source in page["isBasedOn"] if isinstance(source, str)] == [
            source.url for source in program.sources
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_for_machines_are_those_of_the_record(by_address, workplace, language):
    for program in shown(workplace):
        service = by_address[address_of(program, language)].thing("GovernmentService")
        told = [grant["amount"] for grant in service.get("serviceOutput", [])]
        sums = [
            (benefit.gel, benefit.from_gel, benefit.up_to_gel if benefit.up_to_gel is not None else benefit.to_gel)
            for benefit in certain_sums(program)
        ]
        assert [tuple(one.get(name) for name in ("value", "minValue", "maxValue")) for one in told] == sums
        assert all(one["currency"] == "GEL" for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phones_for_machines_are_those_of_the_record(by_address, workplace, language):
    for program in shown(workplace):
        service = by_address[address_of(program, language)].thing("GovernmentService")
        points = [point for channel in service.get("availableChannel", []) for point in channel.get("servicePhone", [])]
        contacts = contacts_of(program, workplace.collection.municipalities[program.municipality])
        numbers = [tel(phone).removeprefix("tel:") for contact in contacts for phone in contact.phones]
        assert [point["telephone"] for point in points if "telephone" in point] == numbers


@pytest.mark.parametrize(
    "change",
    [
        {"benefits": [{"kind": "cash", "gel": 250, "period": "month", "when": {"age": {"below": 18}}}]},
        {
            "benefits": [{"kind": "cash", "gel": 250}, {"kind": "cash", "gel": 100}],
            "benefits_are": "alternatives",
        },
        {"benefits": [{"kind": "cash", "gel": 250, "supplement": "true"}]},
        {"benefits": [{"kind": "share", "percent": 50, "of": "utility-bill", "cap_gel": 100}]},
        {"conflicts": [{"field": "amount", "values": [{"gel": 250}, {"gel": 200}]}]},
    ],
)
def test_a_sum_that_does_not_hold_for_everybody_stays_in_words(change):
    assert list(certain_sums(factory.model())) != []
    assert list(certain_sums(factory.model(**change))) == []


@pytest.mark.parametrize(
    ("conditions", "limits"),
    [
        ([{"age": {"at_least": 18}}], (18, None)),
        ([{"age": {"below": 18}}], (None, 17)),
        ([{"age": {"above": 95}}, {"age": {"at_most": 100}}], (96, 100)),
        ([{"age": {"exactly": 100}}], (100, 100)),
        ([{"age": {"above": 95, "boundary": "unclear"}}], (None, None)),
        ([{"age": {"at_least": 60, "sex": "female"}}], (None, None)),
        ([{"any": [{"age": {"at_least": 60}}, {"status": "veteran"}]}], (None, None)),
        ([{"age": {"pension": "true"}}], (None, None)),
    ],
)
def test_ages_are_told_only_where_everybody_must_have_them(conditions, limits):
    assert age_limits(factory.model(eligibility={"all": conditions})) == limits


def test_the_age_of_a_child_of_the_family_is_nobodys_limit():
    who = {"subject": "family", "all": [{"age": {"below": 18}}]}
    assert age_limits(factory.model(eligibility=who)) == (None, None)


def test_cards_that_nobody_confirmed_say_so_to_machines_too(by_address, workplace):
    for language, speaker in speakers(workplace).items():
        for program in shown(workplace):
            if program.review.status == "unconfirmed":
                head = by_address[address_of(program, language)]
                status = head.thing("WebPage")["creativeWorkStatus"]
                assert {"ka": "არ დაუდასტურებია", "en": "ot confirmed"}[language] in status
                assert {"ka": "დაუდასტურებელი", "en": "Unconfirmed"}[speaker.language] in head.og("description")


def test_the_home_page_tells_how_to_search_the_site(by_address):
    for address in ("", "en/"):
        action = by_address[address].thing("WebSite")["potentialAction"]
        assert action["target"]["urlTemplate"] == f"{SITE_URL}{address}programs/?text={{search_term_string}}"
        assert action["query-input"] == "required name=search_term_string"


def test_the_way_to_a_page_is_the_same_for_machines_as_for_readers(heads):
    for head in heads:
        crumbs = head.tree.css("nav.gz-crumbs a")
        shown_ = [(urljoin(head.url, node.attributes["href"]), node.text(strip=True)) for node in crumbs]
        if not shown_:
            assert "BreadcrumbList" not in [thing["@type"] for thing in head.things]
            continue
        steps = head.thing("BreadcrumbList")["itemListElement"]
        own = (head.url, " ".join(head.tree.css_first("h1").text().split()))
        assert [(step["item"]["@id"], step["name"]) for step in steps] == [*shown_, own]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


def test_a_crumb_has_the_name_of_the_page_that_it_leads_to(heads, by_address):
    for head in heads:
        for node in head.tree.css("nav.gz-crumbs a")[1:]:
            target = by_address[urljoin(head.url, node.attributes["href"]).removeprefix(SITE_URL)]
            heading = " ".join(target.tree.css_first("h1").text().split())
            town = target.address.removeprefix("en/").count("/") == 2 and "programs/" in target.address
            assert node.text(strip=True) == heading or town, (head.address, target.address)


def test_nothing_in_json_can_end_the_element_that_holds_it():
    words = f"{PAYLOAD} \u2028 \u2029"
    said = script_json({"name": words})
    assert not re.search("[<>&\u2028\u2029]", said)
    assert json.loads(said) == {"name": words}


# --- what search engines may show ------------------------------------------------------------


def test_cards_that_nobody_confirmed_stay_out_of_search_engines(by_address, workplace):
    for program in shown(workplace):
        for language in LANGUAGES:
            assert by_address[address_of(program, language)].indexed == (program.review.status == "confirmed")


def test_every_other_page_may_be_shown(heads):
    kept = {head.address for head in heads if not head.indexed and not head.tree.css_first("article.gz-card h1")}
    assert kept == {"404.html", "en/404.html", "offline/", "en/offline/"}


def listed(site: Path) -> set[str]:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    found = {url.text for url in root.findall("s:url/s:loc", space)}
    others = {link.get("href") for link in root.findall("s:url/x:link", space)}
    assert others <= found, "an alternate that is not in the sitemap itself"
    return found


def test_the_sitemap_names_what_may_be_shown_and_nothing_else(heads, site):
    assert listed(site) == {head.url for head in heads if head.indexed}


def test_the_packed_sitemap_says_the_same(site):
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()


def test_robots_may_read_everything_and_learn_where_the_sitemap_is(site):
    rules = (site / "robots.txt").read_text(encoding="utf-8")
    assert rules == f"User-agent: *\nDisallow:\n\nSitemap: {SITE_URL}sitemap.xml\n"


def test_a_copy_may_let_search_engines_show_what_nobody_confirmed(workplace):
    own = workplace.collection.copy.model_copy(update={"index_unconfirmed": True})
    pages = ProgramPages(Speaker("ka", replace(workplace.collection, copy=own), workplace.today))
    assert all(page.indexed for page in pages.all())


@pytest.mark.parametrize(
    ("changes", "indexed"),
    [
        ({}, False),
        ({"review": {"status": "confirmed", "date": "2026-10-01"}}, True),
        ({"review": {"status": "confirmed", "date": "2026-10-01"}, "valid": {"to": "2026-12-31"}}, True),
        ({"review": {"status": "confirmed", "date": "2025-10-01"}, "valid": {"to": "2025-12-31"}}, False),
    ],
)
def test_a_card_may_be_shown_while_it_is_confirmed_and_its_time_is_not_over(changes, indexed):
    pages = ProgramPages(Speaker("ka", factory.collection(factory.a_program(**changes)), factory.TODAY))
    card = next(page for page in pages.all() if page.path == "programs/telavi/rent")
    assert card.indexed == indexed
    assert card.picture.sure == indexed


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """A site with one confirmed card that has moved, and one whose words are full of mark-up."""
    copy = copies.few_to(tmp_path_factory.mktemp("head") / "copy")
    path = copy / "data/programs.yaml"
    record = "- id: newborns\n  municipality: telavi\n"
    more = "  review: {status: confirmed, date: 2026-10-01, by: city-hall}\n  former_ids: [babies]\n"
    copies.replace(path, record, record + more)
    words = json.dumps({"ka": f"ქართული {PAYLOAD}", "en": f"English {PAYLOAD}"}, ensure_ascii=False)
    sources = "  sources: [{url: https://example.org/, kind: media}]\n  confidence: low\n"
    payload = f"- id: payload\n  municipality: oni\n  type: hardship\n  name: {words}\n  provider: {words}\n{sources}"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\n" + payload, encoding="utf-8")
    return copies.build(copy)


def changed_head(changed: Path, address: str) -> Head:
    return Head(changed, changed / address / "index.html")


def test_a_confirmed_card_is_shown_and_says_since_when(changed):
    head = changed_head(changed, "en/programs/telavi/newborns")
    assert head.indexed
    assert head.url in listed(changed)
    page = head.thing("WebPage")
    assert page["lastReviewed"] == "2026-10-01"
    assert page["reviewedBy"]["@id"] == head.thing("GovernmentService")["serviceOperator"]["@id"]
    assert "nconfirmed" not in head.og("description")


def test_an_old_address_stays_out_of_search_engines(changed):
    head = changed_head(changed, "programs/telavi/babies")
    assert not head.indexed
    assert head.url not in listed(changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_a_name_stays_words_in_the_head(changed, language):
    head = changed_head(changed, routes.address("programs/oni/payload", language).rstrip("/"))
    assert head.tree.css("head img") == []
    for words in (head.og("title"), head.og("image:alt"), head.thing("GovernmentService")["name"], head.title):
        assert PAYLOAD in words
    assert head.thing("GovernmentService")["provider"]["name"].endswith(PAYLOAD)
    assert len(head.tree.css('script[type="application/ld+json"]')) == 1


# --- how accessible the site is --------------------------------------------------------------


def test_every_page_leads_to_the_statement_on_accessibility(heads, by_address):
    for head in heads:
        link = head.tree.css(".md-copyright a")[-1]
        target = by_address[urljoin(head.url, link.attributes["href"]).removeprefix(SITE_URL).lstrip("/")]
        assert target.language == head.language
        assert link.text(strip=True) == target.tree.css_first("h1").text(strip=True)
