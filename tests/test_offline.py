"""What a phone keeps: a real worker in a real browser, a connection that goes, a site that changes."""

import functools
import gzip
import json
import re
import shutil
import threading
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

import browser
import copies
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from guideline import hosting, offline, routes
from guideline.weight import MOST_BYTES, MOST_REQUESTS, Scales
from guideline.wording.speech import Speaker
from guideline.workplace import TBILISI

CARD, OTHER, ELSEWHERE = "programs/telavi/newborns/", "programs/telavi/temporary-rent/", "guideline/why/"
LANGUAGES = ("ka", "en")
WHOLE = """async set => {
    for (const name of await caches.keys())
        if (name.includes(` ${set}@`))
            for (const one of await (await caches.open(name)).keys())
                if (one.url.endsWith("/offline/whole")) return true;
    return false;
}"""
KEPT = """async () => {
    const caught = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()));
    return caught.flat().map(request => request.url);
}"""
IN_CHARGE = """async () => {
    const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
    return !installing && !waiting && active.state === "activated";
}"""
IN_TURN = """async () => {
    const { ask } = await import(new URL("assets/javascripts/worker.js", __md_scope));
    await ask("visited", { url: location.href, files: [], sparing: true });
}"""
"""Waits until the worker has done what it was asked for before."""
PATIENCE = re.compile(r"const PATIENCE = \d+;")
SETS = "async () => (await caches.keys()).filter(name => name.includes('@'))"


class _Handler(hosting.Quiet):
    """Serves the folder of a host below its sub-path, unless the host is down, slow or broken at an address."""

    def __init__(self, host, *request, **options):
        self.host = host
        super().__init__(*request, **options)

    def do_GET(self):
        path = urlsplit(self.path).path.removeprefix(self.host.root)
        self.host.asked.append(path)
        if self.host.down or path in self.host.broken:
            self.close_connection = True
            return
        if path in self.host.slow:
            self.host.go_on.wait(20)
        super().do_GET()

    def translate_path(self, path):
        return super().translate_path("/" + urlsplit(path).path.removeprefix(self.host.root))


class Host:
    """A web host whose connection can be cut."""

    def __init__(self, folder, root="/copy/"):
        self.folder, self.root = folder, root
        self.down = False
        self.broken, self.slow, self.asked = set(), set(), []
        self.go_on = threading.Event()

    @contextmanager
    def serving(self):
        with hosting.serving(self.folder, functools.partial(_Handler, self)) as address:
            self.origin = address + self.root
            try:
                yield self
            finally:
                self.go_on.set()


@pytest.fixture
def host(site):
    with Host(site).serving() as one:
        yield one


@pytest.fixture
def changing(site, tmp_path):
    """A host whose site may be changed."""
    with Host(shutil.copytree(site, tmp_path / "site"), "/").serving() as one:
        yield one


@pytest.fixture
def patient(changing):
    """A host whose site may be changed, and whose worker waits for it however slow this machine is."""
    worker = changing.folder / "sw.js"
    worker.write_text(PATIENCE.sub("const PATIENCE = 60000;", worker.read_text()))
    return changing


@pytest.fixture
def phone(fresh):
    """A browser with a fresh profile that saves pages, and what its console said."""
    page = fresh(saving=True)
    page.said = browser.heard(page)
    return page


def in_language(language, path):
    return path if language == "ka" else f"en/{path}"


def keep(page, host, language="ka", path=CARD):
    """Open a page and wait until its municipality is kept."""
    page.goto(host.origin + in_language(language, path))
    browser.until(page, lambda: page.evaluate(WHOLE, f"{language}/telavi"))


def renew(page):
    """Let the browser look for the worker of today, and wait until it is in charge."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    page.wait_for_function(IN_CHARGE)


def change(folder, path, word):
    """Let the heading of a card begin with a word, and list anew what is kept."""
    copies.replace(folder / path / "index.html", '<h1 id="card">', f'<h1 id="card">{word} ')
    relist(folder)


def relist(folder):
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    towns = {path.stem for path in (folder / "offline/ka").glob("*.json")}
    sets = offline.kept(paths, towns, lambda path: (folder / path).read_bytes())
    before = (folder / "sw.js").read_text()
    words = re.search(r'"words":(\{.*\})\};$', before, re.MULTILINE)[1]
    worker = PATIENCE.sub(PATIENCE.search(before)[0], (copies.ROOT / "theme/sw.js").read_text())
    for address, text in offline.files(sets, worker, {}):
        text = text.replace('"words":{}', f'"words":{words}')
        (folder / address).write_text(text)


def today(workplace, language):
    return Speaker(language, workplace.collection, workplace.today).on_day(datetime.now(TBILISI).date())


def in_full(workplace):
    """The programmes that have a card."""
    return [program for program in workplace.collection.programs if program.listed == "card"]


def plain(text):
    return text.replace("\u00a0", " ")


# --- without a connection --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_one_card_the_others_of_its_municipality_open_without_a_connection(host, phone, workplace, language):
    keep(phone, host, language)
    assert phone.locator(".gz-saved").count() == 0
    assert phone.said == []
    host.down = True
    phone.context.set_offline(True)
    phone.locator(".gz-neighbours a[rel=next]").press("Enter")
    phone.wait_for_url(f"{host.origin}{in_language(language, OTHER)}")
    expect(phone.locator("article.gz-card h1")).to_have_count(1)
    assert plain(today(workplace, language)) in plain(phone.locator(".gz-saved").inner_text())
    phone.wait_for_function("document.fonts.check('700 20px \"Noto Sans Georgian\"', 'ა')")
    assert phone.evaluate("getComputedStyle(document.querySelector('.gz-saved')).borderLeftStyle") == "solid"

    phone.goto(host.origin + in_language(language, ELSEWHERE))
    assert urlsplit(phone.url).path == f"/copy/{in_language(language, 'offline/')}"
    expect(phone.locator("[data-gz-missing]")).to_be_visible()
    assert phone.locator("[data-gz-again]").get_attribute("href") == host.origin + in_language(language, ELSEWHERE)
    phone.get_by_role("button").last.wait_for()
    assert Axe().run(phone).response["violations"] == []
    link = phone.locator(f"[data-gz-kept] a[href$='{in_language(language, CARD)}']")
    link.click()
    phone.wait_for_url(f"{host.origin}{in_language(language, CARD)}")
    expect(phone.locator(".gz-saved")).to_have_count(1)


def test_a_change_reaches_the_phone_and_an_interrupted_update_loses_nothing(patient, phone):
    keep(phone, patient)
    before = set(phone.evaluate(SETS))
    change(patient.folder, OTHER, "ახალი")
    change(patient.folder, CARD, "უახლესი")

    renew(phone)
    patient.broken = {OTHER}
    patient.asked.clear()
    phone.goto(patient.origin + CARD)
    expect(phone.locator("h1")).to_have_text(re.compile("^უახლესი"))
    browser.until(phone, lambda: OTHER in patient.asked)
    assert {name for name in before if "telavi" in name} <= set(phone.evaluate(SETS))
    patient.down = True
    phone.goto(patient.origin + OTHER)
    expect(phone.locator(".gz-saved")).to_have_count(1)
    expect(phone.locator("h1")).not_to_have_text(re.compile("^ახალი"))

    patient.down, patient.broken = False, set()
    phone.goto(patient.origin + CARD)
    browser.until(phone, lambda: len(names := set(phone.evaluate(SETS))) == 3 and names != before)
    patient.down = True
    phone.goto(patient.origin + OTHER)
    expect(phone.locator(".gz-saved")).to_have_count(1)
    expect(phone.locator("h1")).to_have_text(re.compile("^ახალი"))


def test_a_page_that_the_site_no_longer_has_is_forgotten(patient, phone):
    keep(phone, patient)
    (patient.folder / OTHER / "index.html").unlink()
    (patient.folder / OTHER).rmdir()
    assert phone.goto(patient.origin + OTHER).status == 404
    browser.until(phone, lambda: patient.origin + OTHER not in phone.evaluate(KEPT))


def test_a_late_answer_says_that_there_is_something_newer_or_that_all_is_current(changing, phone):
    keep(phone, changing, "en")
    other = in_language("en", OTHER)
    changing.slow = {other}
    phone.goto(changing.origin + other)
    expect(phone.locator(".gz-saved")).to_contain_text("What you see here was saved")
    changing.go_on.set()
    phone.locator(".gz-saved").wait_for(state="detached")

    changing.go_on.clear()
    change(changing.folder, other, "Changed")
    phone.reload()
    expect(phone.locator(".gz-saved")).to_have_count(1)
    expect(phone.locator("h1")).not_to_have_text(re.compile("^Changed"))
    changing.go_on.set()
    phone.get_by_text("There is a newer version of this page.").wait_for()
    phone.get_by_role("link", name="Show it", exact=True).click()
    expect(phone.locator("h1")).to_have_text(re.compile("^Changed"))
    expect(phone.locator(".gz-saved")).to_have_count(0)
    assert phone.said == []


def test_a_reader_who_saves_data_keeps_what_was_opened_and_nothing_else(host, phone):
    phone.add_init_script("Object.defineProperty(navigator.connection, 'saveData', {value: true})")
    phone.goto(host.origin + CARD)
    browser.until(phone, lambda: host.origin + CARD in phone.evaluate(KEPT))
    phone.evaluate(IN_TURN)
    loaded = phone.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert set(phone.evaluate(KEPT)) <= {host.origin + CARD, *loaded}
    assert [path for path in host.asked if path.endswith("/")] == [CARD]
    host.down = True
    phone.reload()
    expect(phone.locator(".gz-saved")).to_have_count(1)


def test_cards_are_kept_on_purpose_removed_and_nothing_more_is_saved_if_one_wishes(host, phone, workplace):
    phone.goto(f"{host.origin}programs/telavi/")
    section = phone.locator("[data-gz-keep]")
    section.wait_for()
    browser.until(phone, lambda: phone.evaluate(WHOLE, "ka/telavi"))
    phone.reload()
    section.get_by_role("button", name="წაშლა").click()
    keeping = section.get_by_role("button", name="გვერდების შენახვა ტელეფონში")
    keeping.wait_for()
    assert re.search(r"\d+.კბ", keeping.inner_text())
    assert not phone.evaluate(WHOLE, "ka/telavi")
    keeping.click()
    section.get_by_text("გვერდები შენახულია").wait_for()
    assert phone.evaluate(WHOLE, "ka/telavi")

    phone.goto(f"{host.origin}offline/")
    phone.get_by_role("button", name="ყველაფრის წაშლა").click()
    phone.get_by_text("თქვენს ტელეფონში არაფერი ინახება.").wait_for()
    assert phone.evaluate(KEPT) == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert phone.said == []


# --- the list --------------------------------------------------------------------------------


def sets_of(files):
    return offline.kept(files, {"telavi"}, lambda path: files[path])


def a_site(**changes):
    page = '<link rel="stylesheet" href="{up}a.css?v=1"><p class="gz-as-of"><time>1 May</time></p><h1>{h1}</h1>'
    files = {
        "index.html": page.format(up="", h1="Home"),
        "404.html": "",
        "guideline/why/index.html": page.format(up="../../", h1="Why"),
        "programs/telavi/index.html": page.format(up="../../", h1="Telavi"),
        "programs/telavi/rent/index.html": page.format(up="../../../", h1="Rent"),
        "programs/types/rent/index.html": page.format(up="../../../", h1="All rents"),
        "en/programs/telavi/rent/index.html": page.format(up="../../../../", h1="Rent"),
        "en/offline/index.html": page.format(up="../../", h1="Offline"),
        "a.css": 'x { background: url("b.png") }',
        "b.png": "picture",
        "unused.js": "",
    }
    return {name: text.encode() for name, text in {**files, **changes}.items()}


def test_pages_are_kept_by_language_and_municipality_with_what_they_load():
    found = {name: list(one.files) for name, one in sets_of(a_site()).items()}
    assert found == {
        "shell": ["a.css?v=1", "b.png"],
        "ka": [""],
        "ka/telavi": ["programs/telavi/", "programs/telavi/rent/"],
        "en": ["en/offline/"],
        "en/telavi": ["en/programs/telavi/rent/"],
    }


def test_a_new_day_engine_or_style_changes_no_version_of_a_page_but_a_new_sum_does():
    path = "programs/telavi/rent/index.html"
    text = a_site()[path].decode()
    same = text.replace("1 May", "2 May").replace("?v=1", "?v=2") + '<meta name="generator" content="x">'
    versions = [sets_of(a_site(**{path: one}))["ka/telavi"].version for one in (text, same, text + "250 ₾")]
    assert versions[0] == versions[1] != versions[2]


def test_the_site_lists_every_card_and_municipality(site, workplace):
    for language in LANGUAGES:
        for id in workplace.collection.municipalities:
            listed = json.loads((site / routes.kept_list(language, id)).read_text())["files"]
            cards = {
                one.key for one in workplace.collection.programs if one.municipality == id and one.listed == "card"
            }
            pages = {routes.municipality(id), *map(routes.program, cards)}
            assert {routes.address(page, language) for page in pages} <= set(listed)
            assert next(iter(listed)) == routes.address(routes.municipality(id), language)


def test_what_the_worker_reads_first_is_small(site):
    assert len(gzip.compress((site / "sw.js").read_bytes())) < 12_000
    assert max(len(gzip.compress(path.read_bytes())) for path in site.glob("offline/*/*.json")) < 2_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_what_is_saved_is_for_the_reader_and_not_for_search_engines(site, language):
    path = in_language(language, "offline/")
    page = LexborHTMLParser((site / path / "index.html").read_text())
    assert page.css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert not [index for index in site.glob("search/*.json") if f'"{path}' in index.read_text()]


# --- on the home screen ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_can_put_the_site_on_its_home_screen(site, workplace, language):
    page = LexborHTMLParser((site / in_language(language, CARD) / "index.html").read_text())
    path = page.css_first("link[rel=manifest]").attributes["href"].rpartition("../")[2]
    told = json.loads((site / path).read_text())
    copy = workplace.collection.copy
    assert (told["name"], told["lang"], told["theme_color"]) == (copy.name[language], language, copy.colours.primary)
    assert (site / told["start_url"] / "index.html").is_file()
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told["icons"]:
        with Image.open(site / icon["src"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            corner = picture.convert("RGBA").getpixel((0, 0))
            assert (corner[3] == 255) == (icon["purpose"] == "maskable")


# --- weight ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scales(site):
    return Scales(lambda path: (site / path).read_bytes() if (site / path).is_file() else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_of_every_card_stays_light(scales, workplace, language):
    cards = [routes.program(card.key) for card in in_full(workplace)]
    views = [scales.first_view(routes.address(card, language)) for card in cards]
    heaviest = max(views, key=lambda view: view.size)
    assert heaviest.size <= MOST_BYTES, heaviest
    assert max(view.requests for view in views) <= MOST_REQUESTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_asks_for_no_more_than_is_weighed(host, fresh, scales, language):
    path = in_language(language, CARD)
    page = fresh()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.origin + path, wait_until="networkidle")
    assert len(asked) <= MOST_REQUESTS
    assert [url for url in asked if not url.startswith(host.origin)] == []
    weighed = {host.origin + one.removesuffix("index.html") for one in scales.first_view(path).files}
    assert set(asked) <= weighed | {url for url in asked if "/search" in url}
