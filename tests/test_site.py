"""The built site: the real mkdocs.yml, the real data, built strictly; one test per trap that can come back."""

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import copies
import pytest
from selectolax.lexbor import LexborHTMLParser

from guideline.checks.references import RESERVED_IDS
from guideline.links import broken_links

SITE_URL = "https://gzamkvlevi.example.org/"
LANGUAGES = ("ka", "en")
PAYLOADS = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "](javascript:alert(1))",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; & <b>",
)
CHAPTER_PAYLOADS = tuple(payload for payload in PAYLOADS if "{{" not in payload)
"""In a chapter, a call in double braces is a quotation, and an unknown one is refused."""


@pytest.fixture
def collection(workplace):
    return workplace.collection


def page(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def address(language: str, path: str) -> str:
    return path if language == "ka" else f"en/{path}"


# --- what is there ---------------------------------------------------------------------------


def test_every_programme_has_a_page_in_both_languages(site, collection):
    for program in collection.programs:
        for language in LANGUAGES:
            there = (site / address(language, f"programs/{program.key}/index.html")).is_file()
            assert there == (program.listed == "card"), program.key


def test_at_least_24_cards_of_six_municipalities_stand(site):
    cards = {path.parent.relative_to(site).parts for path in site.glob("programs/*/*/index.html")}
    towns = {parts[1] for parts in cards if parts[1] not in RESERVED_IDS}
    assert len(towns) >= 6
    assert len([parts for parts in cards if parts[1] in towns]) >= 24


def test_every_municipality_has_a_page_even_without_programmes(site, collection):
    for id in collection.municipalities:
        assert (site / "programs" / id / "index.html").is_file(), id


def test_the_list_for_a_group_is_headed_as_one_reads_it(site):
    assert page(site, "en/programs/groups/large-family").css_first("h1").text() == "For large families"
    assert page(site, "programs/groups/large-family").css_first("h1").text() == "მრავალშვილიანი ოჯახები"


def test_a_record_known_by_name_only_stands_on_its_municipalitys_page(site, collection):
    program = next(program for program in collection.programs if program.listed == "name-only")
    text = page(site, f"programs/{program.municipality}").css_first(".gz-names").text()
    name = program.name or collection.types[program.type].name
    assert name.ka in text


def test_every_page_has_one_h1(site):
    for path in pages(site):
        headings = LexborHTMLParser(path.read_text(encoding="utf-8")).css("h1")
        assert len(headings) == 1, path


def test_every_page_has_a_title_and_a_description_in_its_language(site):
    for path in pages(site):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        language = tree.css_first("html").attributes["lang"]
        for words in (tree.css_first("title").text(), tree.css_first("meta[name=description]").attributes["content"]):
            georgian = bool(re.search("[\u10d0-\u10ff]", words))
            assert georgian == (language == "ka") or path.name == "404.html", (path, words)


def test_no_link_and_no_anchor_is_broken(site):
    assert [problem.say("en") for problem in broken_links(site, SITE_URL)] == []


def test_a_chapter_quotes_a_card_that_search_leaves_out(site):
    card = page(site, "guideline/programme-card").css_first("article.gz-card--quoted")
    assert card.attributes["lang"] == "ka"
    assert "data-search-exclude" in card.attributes


def test_a_chapter_quotes_a_table(site):
    assert page(site, "en/guideline/same-everywhere").css_first(".gz-table table") is not None


def test_a_quoted_card_has_the_words_of_its_own_page(site):
    quoted = page(site, "guideline/programme-card").css_first("article.gz-card--quoted .gz-section--benefit")
    own = page(site, "programs/telavi/newborns").css_first(".gz-section--benefit")
    assert quoted.text(strip=True) == own.text(strip=True)


def test_no_placeholder_or_call_is_left_on_any_page(site):
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        assert "gz-quote" not in text, path
        assert "{{" not in text, path


def test_no_georgian_capitals_stand_anywhere(site):
    for path in site.rglob("*"):
        if path.suffix in (".html", ".json", ".js", ".css", ".xml"):
            assert not re.search("[\u1c90-\u1cbf]", path.read_text(encoding="utf-8")), path


# --- two languages ---------------------------------------------------------------------------

NUMBER = re.compile(r"\d+(?:[\u00a0,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")


def numbers(text: str) -> list[str]:
    found = (re.sub("[\u00a0,](?=\\d{3})", "", number).replace(",", ".") for number in NUMBER.findall(text))
    return sorted(found)


def test_every_card_says_the_same_numbers_in_both_languages(site):
    for path in sorted(site.glob("programs/*/*/index.html")):
        if path.parts[-3] in RESERVED_IDS:
            continue
        other = site / "en" / path.relative_to(site)
        said = [LexborHTMLParser(p.read_text(encoding="utf-8")).css_first("article.gz-card") for p in (path, other)]
        for part in (
            ".gz-card__amount",
            ".gz-section--benefit",
            ".gz-section--eligibility",
            ".gz-section--documents",
            ".gz-section--application",
        ):
            both = [[node.text() for node in card.css(part)] for card in said]
            assert numbers(" ".join(both[0])) == numbers(" ".join(both[1])), (path, part)


def test_the_switch_of_language_stays_on_the_page(site):
    for language, other in (("ka", "en"), ("en", "ka")):
        tree = page(site, address(language, "programs/telavi/newborns"))
        links = [node.attributes["href"] for node in tree.css(f".md-select__link[hreflang={other}]")]
        target = (site / address(language, "programs/telavi/newborns") / links[0]).resolve()
        assert target == site / address(other, "programs/telavi/newborns")


def test_the_sitemap_names_each_page_with_its_alternate(site):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", space)
    found = {
        url.find("s:loc", space).text: {a.get("hreflang"): a.get("href") for a in url.findall("x:link", space)}
        for url in urls
    }
    expected = {"ka": f"{SITE_URL}programs/telavi/", "en": f"{SITE_URL}en/programs/telavi/"}
    assert found[expected["ka"]] == expected
    assert found[expected["en"]] == expected


def test_the_canonical_address_is_absolute(site):
    link = page(site, "en/programs/telavi").css_first("link[rel=canonical]")
    assert link.attributes["href"] == f"{SITE_URL}en/programs/telavi/"


def test_the_head_has_no_alternates_that_material_would_follow(site):
    assert page(site, "programs/telavi").css("link[rel=alternate]") == []


@pytest.mark.parametrize(("path", "languages"), [("404.html", ["ka", "en"]), ("en/404.html", ["en", "ka"])])
def test_the_page_for_wrong_addresses_speaks_both_languages(site, path, languages):
    tree = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
    assert [node.attributes["lang"] for node in tree.css("article section")] == languages
    assert tree.css_first("html").attributes["lang"] == languages[0]


def test_every_section_of_the_navigation_is_translated(site):
    georgian = re.compile("[\u10d0-\u10ff]")
    for node in page(site, "en").css(".md-tabs__link, .md-nav--primary .md-nav__link"):
        assert not georgian.search(node.text()), node.text()


def test_docs_holds_languages_and_assets_only():
    assert sorted(path.name for path in (copies.ROOT / "docs").iterdir()) == ["assets", "az", "en", "hy", "ka"]


def test_chapters_stand_in_both_languages():
    docs = copies.ROOT / "docs"
    names = [
        sorted(path.relative_to(docs / code).as_posix() for path in (docs / code).rglob("*.md")) for code in LANGUAGES
    ]
    assert names[0] == names[1]


# --- nothing from outside, nothing unpublished -----------------------------------------------


def test_no_page_asks_another_host_for_anything(site):
    for path in pages(site):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        asked = [
            node.attributes.get("src") or node.attributes.get("href")
            for node in tree.css("script[src], img, link[rel=stylesheet], link[rel=preload], link[rel=icon], iframe")
        ]
        assert not [link for link in asked if link and "//" in link], path


def test_full_fonts_are_not_published(site):
    assert not list(site.rglob("*.ttf"))


def test_every_page_carries_a_policy_that_allows_its_own_scripts_only(site):
    for path in pages(site):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        rules = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
        assert rules.startswith("default-src 'none'; script-src 'self' 'sha256-"), path
        assert "unsafe" not in rules, path


def test_no_page_has_inline_style(site):
    for path in pages(site):
        assert LexborHTMLParser(path.read_text(encoding="utf-8")).css("[style], style") == [], path


def test_a_card_weighs_at_most_56_kb_and_12_kb_gzipped(site, collection):
    for program in collection.programs:
        for language in LANGUAGES:
            path = site / address(language, f"programs/{program.key}/index.html")
            if path.exists():
                raw = path.read_bytes()
                assert len(raw) <= 56_000, path
                assert len(gzip.compress(raw)) <= 12_000, path


def test_no_page_carries_a_menu_of_all_cards(site):
    links = page(site, "programs/telavi/newborns").css(".md-nav--primary a")
    assert len(links) <= 20


def test_breadcrumbs_and_neighbours_lead_within_the_municipality(site):
    tree = page(site, "programs/telavi/newborns")
    assert [node.text() for node in tree.css(".gz-crumbs a")] == ["მთავარი", "პროგრამები", "თელავი"]
    assert all(node.attributes["href"].count("../") == 1 for node in tree.css(".gz-neighbours a"))


# --- changed copies --------------------------------------------------------------------------


def test_two_builds_give_the_same_bytes(site, tmp_path):
    again = copies.build(copies.copy_to(tmp_path / "copy"))
    assert contents(site) == contents(again)


def test_properdocs_builds_the_same_pages(site, tmp_path):
    other = copies.build(copies.copy_to(tmp_path / "copy"), engine="properdocs")
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    plain = [{name: generator.sub(b"", words) for name, words in contents(one).items()} for one in (site, other)]
    assert plain[0] == plain[1]


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_copy_works_under_a_sub_path(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    copies.replace(copy / "mkdocs.yml", SITE_URL, "https://name.example.org/copy/")
    built = copies.build(copy)
    assert [problem.say("en") for problem in broken_links(built, "https://name.example.org/copy/")] == []
    links = [
        node.attributes["href"]
        for node in LexborHTMLParser((built / "404.html").read_text(encoding="utf-8")).css("article a")
    ]
    assert all(link.startswith("/copy/") for link in links)


@pytest.fixture(scope="module")
def fallback(tmp_path_factory) -> Path:
    """A site in which one chapter is not translated."""
    copy = copies.few_to(tmp_path_factory.mktemp("fallback") / "copy")
    (copy / "docs/en/about.md").unlink()
    copies.replace(copy / "docs/ka/about.md", "---\n", "---\nonly: ka\n")
    return copies.build(copy)


def test_a_missing_page_shows_the_other_language_with_a_notice_in_the_readers(fallback):
    tree = page(fallback, "en/about")
    assert tree.css_first("html").attributes["lang"] == "en"
    assert "not available in English" in tree.css_first(".gz-fallback").text()
    assert tree.css_first("article div[lang=ka] h1") is not None


def test_a_page_shown_in_another_language_names_the_address_and_language_of_its_words(fallback):
    tree = page(fallback, "en/about")
    assert tree.css_first("link[rel=canonical]").attributes["href"] == f"{SITE_URL}about/"
    assert tree.css_first('meta[property="og:locale"]').attributes["content"] == "ka_GE"
    assert tree.css_first('meta[property="og:locale:alternate"]') is None
    sitemap = (fallback / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{SITE_URL}about/</loc>" in sitemap
    assert f"{SITE_URL}en/about/" not in sitemap


def test_a_page_in_its_own_language_has_no_notice(fallback):
    assert page(fallback, "about").css(".gz-fallback") == []


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Path:
    """A site whose data are full of mark-up."""
    copy = copies.few_to(tmp_path_factory.mktemp("attacked") / "copy")
    words = json.dumps(
        {"ka": "ქართული " + " ".join(PAYLOADS), "en": "English " + " ".join(PAYLOADS)}, ensure_ascii=False
    )
    name, summary, official = (f"\n  {field}: {words}" for field in ("name", "summary", "official_name"))
    more = f"\n  part_of: {words}\n  provider: {words}\n  goal: {words}\n  remarks: [{words}]"
    sources = "\n  sources: [{url: https://example.org/, kind: media}]\n  confidence: low\n"
    program = f"- id: payload\n  municipality: oni\n  type: hardship{name}{summary}{official}{more}{sources}"
    path = copy / "data/programs.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\n" + program, encoding="utf-8")
    catalogue = copy / "data/catalogue.yaml"
    copies.replace(
        catalogue, 'name: {ka: "ერთჯერადი სოციალური დახმარება", en: "One-time social aid"}', f"name: {words}"
    )
    title = json.dumps("English " + " ".join(CHAPTER_PAYLOADS))
    for chapter in (copy / "docs/ka/about.md", copy / "docs/en/about.md"):
        text = re.sub("^title: .*$", lambda _: f"title: {title}", chapter.read_text(encoding="utf-8"), flags=re.M)
        chapter.write_text(text, encoding="utf-8")
    return copies.build(copy)


def test_markup_in_data_stays_text_on_every_page(attacked):
    for path in pages(attacked):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert tree.css("script:not([src]):not([id]):not([type])") == [] or "alert(1)" not in "".join(
            node.text() for node in tree.css("script:not([src]):not([type])")
        ), path
        assert not [node for node in tree.css("img") if "onerror" in node.attributes], path
        assert not [node for node in tree.css("a") if (node.attributes.get("href") or "").startswith("javascript:")], (
            path
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_as_typed_in_title_header_and_card(attacked, language, payload):
    tree = page(attacked, address(language, "programs/oni/payload"))
    for place in ("title", ".md-header__topic + .md-header__topic", "h1", ".gz-card__summary", ".gz-card__official"):
        assert payload in tree.css_first(place).text(), place
    assert payload in tree.css_first("meta[name=description]").attributes["content"]


@pytest.mark.parametrize("payload", CHAPTER_PAYLOADS)
def test_a_payload_in_the_title_of_a_chapter_is_shown_as_typed(attacked, payload):
    tree = page(attacked, "en/about")
    assert payload in tree.css_first("title").text()
    assert any(payload in node.text() for node in page(attacked, "en").css(".md-nav__link"))


@pytest.fixture(scope="module")
def own_copy(tmp_path_factory) -> Path:
    """The site of a copy with a place to report faults, a day of its own and a card that has moved."""
    copy = copies.few_to(tmp_path_factory.mktemp("own") / "copy")
    settings = copy / "data/settings.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\nfaults_to: mailto:info@example.org\ntoday: 2026-11-21\n"
    )
    record = "- id: newborns\n  municipality: telavi\n"
    copies.replace(copy / "data/programs.yaml", record, record + "  former_ids: [babies]\n")
    return copies.build(copy)


def test_readers_can_report_a_fault_where_the_copy_says_so(own_copy, site):
    for path, subject in (
        ("en/about", "Something is wrong on a page: About the data (en/about/)"),
        ("en/programs/telavi", "Something is wrong on a page: Programmes of Telavi Municipality (telavi)"),
        (
            "en/programs/telavi/newborns",
            "Something is wrong on a page: Support for families of newborns (telavi/newborns)",
        ),
    ):
        to, _, words = page(own_copy, path).css_first(".gz-report a").attributes["href"].partition("?")
        assert to == "mailto:info@example.org"
        found = dict(parse_qsl(words))
        assert found["subject"] == subject
        assert found["body"].split("\r\n") == [
            f"Page: https://gzamkvlevi.example.org/{path}/",
            "Page built on 21\u00a0November\u00a02026.",
            "",
            "What is wrong, and what would be right:",
            "",
        ]


def test_a_card_without_a_place_for_faults_names_the_city_hall(site):
    with_phone, without = page(site, "programs/telavi/newborns"), page(site, "programs/tsageri/orphans")
    assert with_phone.css_first(".gz-report a").attributes["href"] == "tel:+995574179623"
    assert "უთხარით მერიას" in without.css_first(".gz-report").text()
    assert without.css(".gz-report a") == []
    assert page(site, "about").css(".gz-report") == []


def test_the_day_of_a_build_can_be_set(own_copy):
    assert "21\u00a0November\u00a02026" in page(own_copy, "en/programs/telavi/newborns").css_first(".gz-as-of").text()


def test_an_old_address_leads_on_to_the_card(own_copy):
    tree = page(own_copy, "programs/telavi/babies")
    assert tree.css_first("meta[http-equiv=refresh]").attributes["content"] == "0; url=../newborns/"
    assert tree.css_first("article a[href='../newborns/']") is not None


def test_serve_shows_the_site(tmp_path):
    copy = copies.copy_to(tmp_path / "copy")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "PYTHONPATH": str(copy / "hooks"), "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    command = [sys.executable, "-P", "-m", "guideline", "serve", "--address", place]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, cwd=copy, env=environment, **quiet) as server:
        try:
            assert "ახალშობილის" in answer(f"http://{place}/programs/telavi/newborns/")
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def answer(url: str) -> str:
    """What a server says, as soon as it is there."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"nothing at {url} after a minute")


def test_a_failed_build_leaves_the_published_site_untouched(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("published")
    copies.replace(copy / "data/programs.yaml", "municipality: telavi", "municipality: telawi")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode == 1
    assert "telavi" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(copy / "site") == {"index.html": b"published"}


def test_a_broken_link_in_the_built_site_stops_publishing(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    template = copy / "hooks/guideline/templates/card.html.j2"
    copies.replace(template, "routes.municipality(card.key.split('/')[0])", "'programs/nowhere'")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode == 1
    assert "the link leads nowhere" in done.stderr
    assert not (copy / "site").exists()


def test_site_says_in_its_last_line_what_was_made_and_where(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(
        r"Published \d+ pages into site/ in .* s\. Copy that folder to any host\.", done.stdout.splitlines()[-1]
    )
    assert "WARNING" not in done.stderr


def test_a_quotation_inside_raw_html_stops_the_build(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    for chapter in (copy / "docs/ka/about.md", copy / "docs/en/about.md"):
        text = chapter.read_text(encoding="utf-8")
        chapter.write_text(text + "\n<div>\n\n{{ counts() }}\n\n</div>\n", encoding="utf-8")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode == 1
    assert "docs/ka/about.md" in done.stderr
    assert "stands inside HTML" in done.stderr


def test_a_handwritten_page_at_the_address_of_a_card_is_refused(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    path = copy / "docs/ka/programs/telavi/newborns.md"
    path.parent.mkdir(parents=True)
    path.write_text("# ხელით\n", encoding="utf-8")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode == 1
    assert "programs/telavi/newborns.md" in done.stderr


@pytest.mark.parametrize("key", ["page.breadcrumbs", "theme.licence", "theme.search", "chapter.audience"])
def test_a_phrase_that_was_deleted_is_told_in_one_line(tmp_path, key):
    copy = copies.few_to(tmp_path / "copy")
    path = copy / "data/phrases.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    table, name = (f"{key.split('.')[0]}:", f"  {key.split('.')[1]}: ")
    at = next(index for index in range(lines.index(table), len(lines)) if lines[index].startswith(name))
    path.write_text("\n".join(lines[:at] + lines[at + 1 :]), encoding="utf-8")
    done = copies.run(copy, "site", "--no-paper")
    assert done.returncode != 0
    assert f"data/phrases.yaml:1:1: {key}: this phrase is gone" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_word_that_the_dictionary_does_not_know_is_told_but_stops_no_site(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    copies.replace(copy / "docs/ka/about.md", "\n\n## ", "\n\nდახმარბა.\n\n## ")
    told = copies.run(copy, "check")
    assert told.returncode == 1
    assert "the dictionary does not know “დახმარბა”" in told.stderr
    assert copies.run(copy, "site", "--no-paper").returncode == 0


@pytest.mark.parametrize("place", ["docs/stray.md", "docs/xx/page.md", "docs/assets/page.md"])
def test_a_page_outside_the_folders_of_languages_is_told(tmp_path, place):
    copy = copies.copy_to(tmp_path / "copy")
    (copy / place).parent.mkdir(exist_ok=True)
    (copy / place).write_text("# ა\n", encoding="utf-8")
    done = copies.run(copy, "check")
    assert done.stderr.startswith(f"{place}:1:1: the page does not lie in the folder of a language")


def test_chapters_saved_by_windows_are_in_order(tmp_path):
    copy = copies.copy_to(tmp_path / "copy")
    path = copy / "docs/ka/guideline/ethics.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = copies.run(copy, "translations")
    assert done.returncode == 0, done.stderr
    assert "0 sections to compare" in done.stdout


def test_an_unknown_term_in_another_form_of_link_ends_the_build_with_its_name(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    for language in LANGUAGES:
        path = copy / f"docs/{language}/about.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n[a][t]\n\n[t]: term:nothere\n", encoding="utf-8")
    done = copies.run(copy, "site", "--no-paper")
    assert "docs/ka/about.md:1:1: the term “nothere” is not in the glossary" in done.stderr
    assert "Traceback" not in done.stderr
