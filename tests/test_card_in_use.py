"""A card in use: papers ticked, the card shared, printed and heard, a fault told; nothing of it leaves the browser."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import browser
import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser
from test_browser import SETTLED, in_language, violations

from guideline.model import Document
from guideline.wording.faults import fault_address, fault_line
from guideline.wording.speech import Speaker
from guideline.wording.steps import document_blocks

WITH_PHONE = "programs/sighnaghi/fire-and-disaster/"
"""Five papers, a number to call."""
WITHOUT_PHONE = "programs/tsageri/orphans/"
"""Seven papers, no number."""
LONG = "programs/tsageri/pregnant-women/"
NO_PAPERS = "programs/telavi/newborns/"
SEEN = [("ka", 360), ("en", 1280)]
LOW = {"width": 320, "height": 256}
"""A screen of 1280 × 1024 enlarged four times."""

VOICES = """langs => {
  window.heard = []; window.cut = 0; window.listeners = [];
  window.voices = langs.map(lang => ({ lang, name: lang, localService: true }));
  const engine = {
    getVoices: () => window.voices, speak: one => { window.heard.push(one.text); window.now = one; },
    cancel: () => { window.cut += 1; window.now?.onerror?.({ error: "interrupted" }); },
    addEventListener: (name, run) => window.listeners.push(run),
  };
  Object.defineProperty(window, "speechSynthesis", { value: engine });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""
"""A speech engine that speaks to nobody and keeps what it was given."""
SHARE = "navigator.share = what => { window.shared = what; return Promise.resolve(); }"
NO_SHARE = "Object.defineProperty(Navigator.prototype, 'share', { value: undefined })"
PRINT = "window.print = () => { window.printed = true; }"


def voices(*langs):
    return f"({VOICES})({json.dumps(langs)})"


@pytest.fixture
def opened(fresh, origin):
    """Opens a card at a width, after the scripts of `before`, with a fresh profile."""

    def opened(path, width=360, before=(), height=800, **options):
        page = fresh(width, height, **options)
        for script in (voices(), *before):
            page.add_init_script(script)
        page.goto(f"{origin}/{path}")
        return page

    return opened


def boxes(page):
    return page.locator(".gz-check input")


def expect_ready(page, *ticked):
    """These boxes are ticked, counted from 0, and no others."""
    for at in range(boxes(page).count()):
        expect(boxes(page).nth(at)).to_be_checked(checked=at in ticked)


def kept(page):
    """What the card keeps in the browser; the theme keeps the colours that the reader chose."""
    return page.evaluate("Object.fromEntries(Object.entries(localStorage).filter(([name]) => !name.includes('.__')))")


def tab_to(page, selector):
    """Press Tab until the element has the focus; it must be reached."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


# --- papers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "width"), SEEN)
def test_ticks_survive_a_reload_and_another_language_and_are_sent_to_nobody(opened, origin, language, width):
    page = opened(in_language(language, WITH_PHONE), width)
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    boxes(page).nth(1).check()
    boxes(page).nth(3).check()
    words = {"ka": "5 საბუთიდან 2 მზად გაქვთ", "en": "2 of 5 ready"}[language]
    expect(page.locator(".gz-ticks [role=status]")).to_have_text(words)
    assert requests == []
    page.reload()
    expect(boxes(page)).to_have_count(5)
    expect_ready(page, 1, 3)
    other = {"ka": "en", "en": "ka"}[language]
    page.goto(f"{origin}/{in_language(other, WITH_PHONE)}")
    expect(boxes(page)).to_have_count(5)
    expect_ready(page, 1, 3)


def test_ticks_belong_to_one_card_and_can_be_cleared(opened, origin):
    page = opened(WITH_PHONE)
    boxes(page).first.check()
    page.goto(f"{origin}/{WITHOUT_PHONE}")
    expect(boxes(page)).to_have_count(7)
    expect_ready(page)
    assert list(kept(page)) == ["gz-ticks/sighnaghi/fire-and-disaster"]
    page.goto(f"{origin}/{WITH_PHONE}")
    expect_ready(page, 0)
    page.locator("[data-gz-clear]").click()
    expect_ready(page)
    assert kept(page) == {}
    expect(page.locator("[data-gz-clear]")).to_be_focused()


def test_a_changed_list_keeps_the_ticks_of_the_papers_that_stayed(opened):
    page = opened(WITH_PHONE)
    for at in (0, 2):
        boxes(page).nth(at).check()
    papers = page.locator(".gz-check > li").all_inner_texts()

    def turned(route):
        """The list in another order, and the first paper replaced by another one."""
        html = route.fetch().text()
        items = re.findall(r"<li data-gz-key=.*?</li>", html)
        new = '<li data-gz-key="another">სხვა ცნობა</li>'
        route.fulfill(
            body=html.replace("\n".join(items), "\n".join([new, *reversed(items[1:])])), content_type="text/html"
        )

    page.route(f"**/{WITH_PHONE}", turned)
    page.reload()
    expect(boxes(page)).to_have_count(5)
    assert page.locator(".gz-check > li").all_inner_texts() == ["სხვა ცნობა", *reversed(papers[1:])]
    expect_ready(page, 3)


@pytest.mark.parametrize(
    "blocked",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        "localStorage.setItem('gz-ticks/sighnaghi/fire-and-disaster', '{[')",
        "localStorage.setItem('gz-ticks/sighnaghi/fire-and-disaster', '7')",
    ],
    ids=["blocked", "not JSON", "a number"],
)
def test_a_browser_that_keeps_nothing_or_nonsense_still_ticks(opened, blocked):
    errors = []
    page = opened(WITH_PHONE, before=[blocked])
    page.on("pageerror", lambda error: errors.append(str(error)))
    boxes(page).first.check()
    expect(page.locator(".gz-ticks [role=status]")).to_have_text("5 საბუთიდან 1 მზად გაქვთ")
    assert ("არ ინახავს" in page.locator(".gz-ticks__about").inner_text()) == ("SecurityError" in blocked)
    assert errors == []


def test_a_box_is_named_by_its_paper_and_large_enough_for_a_finger(opened):
    page = opened(WITHOUT_PHONE)
    first = page.get_by_role("checkbox", name="განცხადება მერის სახელზე", exact=True)
    edges = first.bounding_box()
    assert min(edges["width"], edges["height"]) >= 24
    for label in page.locator(".gz-check label").all():
        assert label.bounding_box()["height"] >= 40


def test_a_paper_that_only_some_need_says_so_in_its_label(opened):
    page = opened("programs/tbilisi/newborns/")
    assert (
        page.get_by_role("checkbox", name="განცხადება (თუ ბავშვი მესამე ან მომდევნო შვილია)", exact=True).count() == 1
    )


def test_paper_is_the_same_in_both_languages_and_another_once_more_is_asked(workplace, today):
    ka, en = (Speaker(language, workplace.collection, today) for language in ("ka", "en"))
    for program in workplace.collection.programs:
        if program.documents and program.documents.list:
            keys = [
                [line.key for line in next(document_blocks(one, program, program.documents, "")).lines]
                for one in (ka, en)
            ]
            assert keys[0] == keys[1]
            assert len(set(keys[0])) == len(keys[0])
    program = next(one for one in workplace.collection.programs if one.documents and one.documents.list)

    def key(**facts):
        documents = program.documents.model_copy(update={"list": (Document.model_validate(facts),)})
        return next(document_blocks(ka, program, documents, "")).lines[0].key

    plain = key(text={"ka": "ცნობა", "en": "a note"})
    assert plain == key(text={"ka": "ცნობა", "en": "a certificate"})
    assert plain != key(text={"ka": "სხვა ცნობა", "en": "a note"})
    assert plain != key(text={"ka": "ცნობა", "en": "a note"}, bring=["copy"])


# --- share, copy, print ----------------------------------------------------------------------


@pytest.mark.parametrize(("language", "width"), SEEN)
def test_sharing_gives_name_municipality_sum_and_address(opened, language, width):
    page = opened(in_language(language, NO_PAPERS) + "?from=x#documents", width, [SHARE])
    page.locator("[data-gz-share]").click()
    shared = page.wait_for_function("window.shared").json_value()
    name, place, amount = (
        page.locator(f".gz-card__head {one}").inner_text() for one in ("h1", ".gz-card__place", ".gz-card__amount")
    )
    assert shared == {"title": name, "text": f"{name}\n{place}\n{amount}", "url": page.url.split("?")[0]}
    assert not page.locator("[data-gz-copy]").is_visible()


@pytest.mark.parametrize(("language", "width"), SEEN)
def test_where_nothing_can_be_shared_the_address_is_copied(opened, language, width):
    page = opened(
        in_language(language, NO_PAPERS), width, [NO_SHARE], permissions=["clipboard-read", "clipboard-write"]
    )
    assert not page.locator("[data-gz-share]").is_visible()
    page.locator("[data-gz-copy]").click()
    copied = page.locator("[data-gz-copy]").get_attribute("data-copied")
    expect(page.locator(".gz-tools .gz-said")).to_have_text(copied)
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_refused_copy_is_told(opened):
    refused = "Clipboard.prototype.writeText = () => Promise.reject(new Error('no'))"
    page = opened(NO_PAPERS, before=[NO_SHARE, refused])
    page.locator("[data-gz-copy]").click()
    page.locator(".gz-tools .gz-said").filter(has_text="ვერ დაკოპირდა").wait_for()


def test_a_sharing_that_the_reader_gives_up_says_nothing(opened):
    given_up = """navigator.share = () => Promise.reject(new DOMException('', 'AbortError'))
        .finally(() => setTimeout(() => { window.over = true; }));"""
    copies = "Clipboard.prototype.writeText = () => Promise.resolve()"
    page = opened(NO_PAPERS, before=[given_up, copies])
    page.locator("[data-gz-share]").click()
    page.wait_for_function("window.over")
    assert page.locator(".gz-tools .gz-said").inner_text() == ""


@pytest.mark.parametrize("path", [WITH_PHONE, WITHOUT_PHONE])
def test_paper_has_no_buttons_but_the_ticks(opened, path):
    page = opened(path, 1280, [PRINT, voices("ka-GE")])
    boxes(page).nth(1).check()
    page.locator("[data-gz-print]").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    assert [
        one for one in page.locator("article button, .gz-callbar, .gz-report, .gz-ticks").all() if one.is_visible()
    ] == []
    drawn = "box => getComputedStyle(box, '::before').borderBottomStyle"
    assert [box.evaluate(drawn) for box in boxes(page).all()[:3]] == ["none", "solid", "none"]
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 1


# --- read aloud ------------------------------------------------------------------------------


def end_of_piece(page):
    page.evaluate("window.now.onend()")


@pytest.mark.parametrize("langs", [[], ["ru-RU", "en-GB"]], ids=["no voice", "other voices"])
def test_without_a_voice_for_the_language_nothing_is_offered(opened, langs):
    page = opened(NO_PAPERS, before=[voices(*langs)])
    assert page.locator(".gz-tools").is_visible()
    assert not page.locator("[data-gz-listen]").is_visible()


def test_a_voice_that_sends_the_words_away_is_not_offered(opened):
    remote = voices("ka-GE").replace("localService: true", "localService: false")
    page = opened(NO_PAPERS, before=[remote])
    assert page.locator("[data-gz-listen]").is_hidden()


def test_a_voice_that_comes_late_is_offered(opened):
    page = opened(NO_PAPERS)
    page.evaluate("window.voices.push({ lang: 'ka_GE', localService: true }); window.listeners.forEach(run => run())")
    expect(page.locator("[data-gz-listen]")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), SEEN)
def test_the_card_is_read_in_order_and_signs_are_said_as_words(opened, language, width):
    page = opened(in_language(language, NO_PAPERS), width, [voices("ru-RU", "ka-GE", "en-GB")])
    page.locator("[data-gz-listen]").click()
    expect(page.locator("[data-gz-reading]")).to_have_count(1)
    assert page.evaluate("window.now.lang") == {"ka": "ka-GE", "en": "en-GB"}[language]
    marked = []
    for _ in range(200):
        part = page.locator("[data-gz-reading]")
        if not part.count():
            break
        marked.append(part.get_attribute("aria-labelledby") or "head")
        end_of_piece(page)
    heard = page.evaluate("window.heard")
    sections = [one.get_attribute("aria-labelledby") for one in page.locator(".gz-section").all()]
    assert list(dict.fromkeys(marked)) == ["head", *sections]
    assert heard[0] == page.locator("h1").inner_text()
    headings = page.locator(".gz-section h2").all_inner_texts()
    assert [one for one in heard if one in headings] == headings
    said = " ".join(heard)
    assert not re.search("[₾№%]|GEL", said)
    assert {"ka": "200-დან 300 ლარამდე", "en": "from 200 to 300 lari"}[language] in said
    assert {"ka": "57000", "en": "57,000"}[language] in said
    assert max(map(len, heard)) <= 180
    assert page.locator("[data-gz-listen]").inner_text() == {"ka": "მოსმენა", "en": "Listen"}[language]


def test_an_ending_after_a_sign_becomes_the_ending_of_the_word(opened):
    page = opened(WITH_PHONE, before=[voices("ka-GE")])
    page.locator("[data-gz-listen]").click()
    expect(page.locator("[data-gz-reading]")).to_have_count(1)
    for _ in range(6):
        end_of_piece(page)
    assert "ზიანის 30 პროცენტამდე, მაქსიმუმ 5000 ლარი" in " ".join(page.evaluate("window.heard"))


def test_a_long_sentence_is_read_in_parts_and_no_word_is_lost(opened):
    page = opened("programs/kutaisi/electricity/", before=[voices("ka-GE")])
    sentence = "ა" * 30 + ", " + " ".join(["სიტყვა"] * 60) + ". " + "ბ" * 400
    page.evaluate("words => { document.querySelector('.gz-card__summary').textContent = words }", sentence)
    page.locator("[data-gz-listen]").click()
    expect(page.locator("[data-gz-reading]")).to_have_count(1)
    for _ in range(12):
        end_of_piece(page)
    heard = page.evaluate("window.heard")
    assert max(map(len, heard)) <= 180
    assert sentence.replace(" ", "") in "".join(heard).replace(" ", "")


def test_a_pause_goes_on_where_it_stopped_and_stop_begins_anew(opened):
    page = opened(NO_PAPERS, before=[voices("ka-GE")])
    listen, stop = page.locator("[data-gz-listen]"), page.locator("[data-gz-stop]")
    assert not stop.is_visible()
    listen.click()
    expect(stop).to_be_visible()
    end_of_piece(page)
    listen.click()
    expect(listen).to_have_text("გაგრძელება")
    assert page.evaluate("window.cut") == 1
    listen.click()
    page.wait_for_function("window.heard.length === 3")
    first, second, again = page.evaluate("window.heard")
    assert second == again
    stop.click()
    expect(stop).to_be_hidden()
    expect(listen).to_be_focused()
    assert page.locator("[data-gz-reading]").count() == 0
    listen.click()
    page.wait_for_function("window.heard.length === 4")
    assert page.evaluate("window.heard").pop() == first
    page.keyboard.press("Escape")
    expect(listen).to_have_text("მოსმენა")


def test_reading_ends_when_the_page_is_left(opened, origin):
    page = opened(NO_PAPERS, before=[voices("ka-GE")])
    page.locator("[data-gz-listen]").click()
    expect(page.locator("[data-gz-reading]")).to_have_count(1)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("window.cut") == 1
    assert page.locator("[data-gz-reading]").count() == 0


def test_a_voice_that_fails_is_told(opened):
    page = opened(NO_PAPERS, before=[voices("ka-GE")])
    page.locator("[data-gz-listen]").click()
    expect(page.locator("[data-gz-reading]")).to_have_count(1)
    page.evaluate("window.now.onerror({ error: 'synthesis-failed' })")
    expect(page.locator(".gz-tools .gz-said")).to_have_text("ხმა ვერ ჩაირთო.")
    expect(page.locator("[data-gz-listen]")).to_have_text("მოსმენა")


# --- for everybody ---------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize(("language", "width"), SEEN)
def test_a_card_in_use_breaks_no_rule_of_accessibility(opened, language, width, scheme):
    page = opened(in_language(language, WITH_PHONE), width, [voices("ka-GE", "en-GB")])
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
    boxes(page).first.check()
    page.locator("[data-gz-listen]").click()
    page.wait_for_function(SETTLED, arg=width)
    assert violations(page) == []


def test_without_script_there_are_no_buttons_and_the_list_is_a_list(opened):
    page = opened(WITH_PHONE, java_script_enabled=False)
    assert [one for one in page.locator("article button, article input, .gz-callbar").all() if one.is_visible()] == []
    assert page.locator(".gz-check > li").count() == 5
    drawn = page.locator(".gz-check > li").first.evaluate("item => getComputedStyle(item, '::before').borderTopStyle")
    assert drawn == "solid"


def test_the_keyboard_alone_ticks_clears_hears_and_copies(opened):
    page = opened(WITH_PHONE, 1280, [voices("ka-GE"), NO_SHARE], permissions=["clipboard-read", "clipboard-write"])
    tab_to(page, "[data-gz-listen]")
    page.keyboard.press("Enter")
    page.wait_for_function("window.heard.length === 1")
    tab_to(page, "[data-gz-stop]")
    page.keyboard.press("Space")
    expect(page.locator("[data-gz-stop]")).to_be_hidden()
    tab_to(page, "[data-gz-copy]")
    page.keyboard.press("Enter")
    page.locator(".gz-said").filter(has_text="დაკოპირდა").wait_for()
    tab_to(page, ".gz-check input")
    page.keyboard.press("Space")
    expect_ready(page, 0)
    tab_to(page, "[data-gz-clear]")
    page.keyboard.press("Enter")
    expect_ready(page)


SCROLLED = "[data-gz-card]:not(:has([data-gz-callbar][hidden]))"
"""The script has seen that a number above has left the screen; whether the bar shows is for the style sheet."""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
"""Waits until what has just happened is drawn, and told to those who watch what is on the screen."""
STUCK = """() => [...document.querySelectorAll("body *")].filter(one => {
  const edges = one.getBoundingClientRect();
  return ["fixed", "sticky"].includes(getComputedStyle(one).position)
    && one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && edges.height > 0 && edges.bottom > 0 && edges.top < innerHeight && edges.right > 0 && edges.left < innerWidth;
}).map(one => one.className)"""
"""What stays on the screen while the page moves."""


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("path", [WITH_PHONE, LONG])
def test_enlarged_four_times_nothing_is_lost_and_nothing_stays_in_the_way(opened, language, path):
    page = opened(in_language(language, path), before=[voices("ka-GE", "en-GB")], **LOW)
    page.wait_for_function(SETTLED, arg=LOW["width"])
    page.locator("[data-gz-listen]").click()
    page.locator("[data-gz-stop]:not([hidden])").wait_for(state="attached")
    page.evaluate("scrollTo(0, 1500)")
    page.locator(SCROLLED).wait_for(state="attached")
    page.evaluate(DRAWN)
    assert page.evaluate(STUCK) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= LOW["width"]


SIZES = """() => [...document.querySelectorAll("h1, h2, p, li, dd, dt, label, article a, article button")]
    .filter(one => one.checkVisibility() && !one.closest("[data-gz-callbar]"))
    .map(one => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.fixture(scope="module")
def large(chromium):
    """A browser whose reader has set letters twice as large."""
    options = [*browser.OPTIONS, "--blink-settings=defaultFontSize=32"]
    launched = chromium.browser_type.launch(executable_path=browser.find(), args=options)
    yield launched
    launched.close()


@pytest.mark.parametrize("path", [WITH_PHONE, in_language("en", LONG)])
def test_letters_follow_the_readers_own_size(opened, large, origin, path):
    sizes = opened(path).evaluate(SIZES)
    page = large.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{origin}/{path}")
    page.wait_for_function(SETTLED, arg=360)
    twice = page.evaluate(SIZES)
    assert min(new / old for old, new in zip(sorted(sizes), sorted(twice), strict=True)) >= 1.6
    for button in page.locator(".md-header__button:visible, .gz-tools button:visible, .gz-check input").all():
        edges = button.bounding_box()
        assert edges["x"] >= 0
        assert edges["x"] + edges["width"] <= 360
    page.evaluate("scrollTo(0, 1500)")
    page.locator(SCROLLED).wait_for(state="attached")
    page.evaluate(DRAWN)
    assert page.locator(".md-header").bounding_box()["y"] < 0
    assert not page.locator(".gz-callbar").is_visible()
    page.close()


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize(
    "path",
    [
        WITH_PHONE,
        WITHOUT_PHONE,
        LONG,
        "programs/telavi/electricity-disability/",
        "programs/batumi/lung-cancer-screening/",
    ],
)
def test_how_much_which_papers_and_where_stand_on_the_first_two_screens(opened, language, path):
    page = opened(in_language(language, path))
    page.evaluate("document.fonts.ready")
    glance = page.locator(".gz-glance").bounding_box()
    assert glance["y"] + glance["height"] <= 2 * 800
    assert page.locator(".gz-glance a[href='#documents'], .gz-glance a[href='#application']").count() >= 1


UNCOVERED = """() => {
  const focus = document.activeElement, bar = document.querySelector(".gz-callbar");
  return bar.hidden || bar.contains(focus) || !bar.parentElement.contains(focus)
    || focus.getBoundingClientRect().top < bar.getBoundingClientRect().top;
}"""
"""Whatever has the focus is not hidden behind the bar."""


def test_on_a_phone_the_number_stays_at_hand_and_hides_nothing(opened):
    page = opened(WITH_PHONE)
    bar, above = page.locator(".gz-callbar"), page.locator(".gz-actions")
    above.scroll_into_view_if_needed()
    bar.wait_for(state="hidden")
    page.evaluate("scrollTo(0, 2000)")
    bar.wait_for()
    edges = bar.bounding_box()
    assert edges["y"] + edges["height"] == pytest.approx(800, abs=1)
    assert edges["height"] <= 80
    assert bar.locator("a").get_attribute("href").startswith("tel:+995")
    for _ in range(25):
        page.keyboard.press("Tab")
        page.evaluate(DRAWN)
        assert page.evaluate(UNCOVERED)


# --- numbers, addresses, faults --------------------------------------------------------------

NUMBER = re.compile(r"(?<![\d\u00a0])(?:\+995\u00a0\d{3}|0\d{3}|5\d\d)(?:\u00a0\d\d){3}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")


def test_every_number_on_every_card_can_be_called_and_every_address_written_to(site):
    cards = [
        path for path in site.glob("**/programs/*/*/index.html") if 'data-gz-card="' in path.read_text(encoding="utf-8")
    ]
    assert len(cards) > 200
    for path in cards:
        article = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article.md-content__inner")
        links = {node.attributes["href"]: node.text() for node in article.css("a[href]")}
        assert all(re.fullmatch(r"tel:\+995\d{9}|tel:\d{3,6}", one) for one in links if one.startswith("tel:")), path
        for node in article.css("a, script, [data-gz-script], .gz-messages"):
            node.decompose()
        words = article.text()
        assert NUMBER.findall(words) == [], path
        assert EMAIL.findall(words) == [], path


def test_a_short_number_is_called_too(site):
    path = next(iter(sorted(site.glob("programs/rustavi/*/index.html"))))
    article = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article.gz-card")
    assert {node.text() for node in article.css("a.gz-whole[href='tel:1300']")} == {"1\u00a0300"}


HARD = 'ბინა "A&B" 100% + #7?'


@pytest.fixture
def speaker(workplace, today):
    return Speaker("ka", workplace.collection, today)


def test_a_letter_about_a_fault_arrives_as_it_was_written(speaker):
    link = fault_address(
        speaker, "mailto:social@example.ge", HARD, "telavi/rent", "https://example.ge/copy/programs/telavi/rent/"
    )
    assert re.fullmatch(r"mailto:social@example\.ge\?[A-Za-z0-9%&=._~-]+", link)
    words = dict(parse_qsl(link.partition("?")[2], strict_parsing=True, keep_blank_values=True))
    assert words["subject"] == f"შეცდომა გვერდზე: {HARD} (telavi/rent)"
    assert words["body"].split("\r\n") == [
        "გვერდი: https://example.ge/copy/programs/telavi/rent/",
        "გვერდი აწყობილია: 2026 წლის 20\u00a0ნოემბერი.",
        "",
        "რა არის არასწორი და როგორ უნდა ეწეროს:",
        "",
    ]
    assert "+" not in unquote(link.partition("body=")[2])


@pytest.mark.parametrize(
    ("to", "title", "body"),
    [
        ("https://github.com/a/b/issues/new", "title", "body"),
        ("https://github.com/a/b/issues/new?template=fault.md&labels=card", "title", "body"),
        ("https://codeberg.org/a/b/issues/new", "title", "body"),
        ("https://gitlab.com/a/b/-/issues/new", "issue[title]", "issue[description]"),
    ],
)
def test_an_entry_on_a_forge_has_its_title_and_first_lines(speaker, to, title, body):
    link = fault_address(speaker, to, HARD, "telavi/rent", "https://example.ge/x/")
    words = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert words[title] == [f"შეცდომა გვერდზე: {HARD} (telavi/rent)"]
    assert words[body][0].startswith("გვერდი: https://example.ge/x/\nგვერდი აწყობილია")
    assert link.startswith(to)


@pytest.mark.parametrize(
    "to", ["https://telavi.gov.ge/contact", "https://github.com/a/b/issues", "https://github.com/a/b/issues/new/choose"]
)
def test_any_other_page_is_a_plain_link(speaker, to):
    assert fault_address(speaker, to, HARD, "telavi/rent", "https://example.ge/x/") == to


def test_a_municipalitys_own_place_for_faults_wins(workplace, today):
    collection = workplace.collection
    telavi = collection.municipalities["telavi"]
    own = telavi.model_copy(update={"faults_to": "mailto:own@example.ge"})
    for copy_to, municipality, begins in (
        (None, own, "mailto:own@example.ge?"),
        ("mailto:all@example.ge", own, "mailto:own@example.ge?"),
        ("mailto:all@example.ge", telavi, "mailto:all@example.ge?"),
        ("mailto:all@example.ge", None, "mailto:all@example.ge?"),
    ):
        settings = collection.copy.model_copy(update={"faults_to": copy_to})
        one = Speaker("en", replace(collection, copy=settings), today)
        assert fault_line(one, municipality, None, "Rent", "telavi/rent", "https://example.ge/").href.startswith(begins)
