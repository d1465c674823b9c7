"""Pages in a real browser: accessible, whole at phone width, asking nobody else, silent in the console."""

import os
import re

import copies
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from guideline import hosting

PAGES = {
    "home": "",
    "index": "programs/",
    "finder with a choice": "programs/?need=children",
    "finder with words": "programs/?text=telavi",
    "finder without a result": "programs/?municipality=oni&kind=goods",
    "questions": "for-me/",
    "municipality": "programs/telavi/",
    "municipality without programmes": "programs/oni/",
    "municipality with representatives": "programs/lagodekhi/",
    "type": "programs/types/large-family/",
    "type without charts": "programs/types/medical-costs/",
    "comparison of a municipality": "programs/compared/telavi/",
    "comparison of names": "programs/compared/gurjaani/",
    "category": "programs/categories/children/",
    "card": "programs/telavi/newborns/",
    "rich card": "programs/batumi/lung-cancer-screening/",
    "poor card": "programs/lentekhi/fire-and-disaster/",
    "card of an ended programme": "programs/kutaisi/electricity/",
    "card with a conflict": "programs/tsageri/orphans/",
    "chapter": "guideline/programme-card/",
    "chapter with a table": "guideline/same-everywhere/",
    "overview of chapters": "guideline/",
    "chapter with terms and rings": "guideline/who-we-talk-to/",
    "chapter with a path": "guideline/why/",
    "chapter with a matrix": "guideline/channels/",
    "chapter with a cycle": "guideline/feedback-and-plan/",
    "chapter with standards": "guideline/standards/",
    "case with bars": "training/kakheti-hub/",
    "standard": "guideline/standards/s01/",
    "glossary": "glossary/",
    "worksheet": "worksheets/ethics/",
    "worksheets": "worksheets/",
    "agenda": "training/two-days/",
    "self-assessment": "annexes/self-assessment/",
    "empty card": "annexes/card-template/",
    "register": "annexes/municipalities/",
    "about": "about/",
    "accessibility": "accessibility/",
    "without internet": "offline/",
    "wrong address": "404.html",
}
BOTH = {"wrong address"}
"""Pages that are the same in both languages."""
WIDTHS = {"phone": 360, "desktop": 1280}
SCHEMES = {"light": "default", "dark": "slate"}
SEEN_AS = {"ka": (("phone", "light"), ("desktop", "dark")), "en": (("phone", "dark"), ("desktop", "light"))}
"""How a page is looked at: between its two languages at every width in every scheme."""
ONLY_WITH_SCRIPT = ".gz-sort, [data-gz-script]"
"""What a page offers only where scripts run: it says nothing about programmes."""
SETTLED = """width => document.documentElement.scrollWidth <= width
    && document.getAnimations().every(animation => animation.playState !== "running")"""
"""The page fits its width, and nothing on it is moving any more."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def shots():
    """Where pictures of the pages are kept for people to look at: SCREENSHOTS=yes make test draws them."""
    folder = copies.ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def draw(page, path):
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=path, full_page=True)


def in_language(language, path):
    return path if language == "ka" else f"en/{path}"


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


SEEN = [(name, language) for name in PAGES for language in ("ka", "en") if language == "ka" or name not in BOTH]


@pytest.mark.parametrize(("name", "language"), SEEN)
def test_a_page_is_accessible_whole_and_silent_on_phone_and_desktop(watched, shots, name, language):
    one = watched(in_language(language, PAGES[name]), WIDTHS["phone"])
    for device, scheme in SEEN_AS[language]:
        width, body = WIDTHS[device], SCHEMES[scheme]
        one.page.set_viewport_size({"width": width, "height": 800})
        one.page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", body)
        one.page.wait_for_function(SETTLED, arg=width)
        draw(one.page, shots / f"{name}-{language}-{device}-{scheme}.png")
        assert violations(one.page) == [], (device, scheme)
    assert one.console == []
    assert [url for url in one.requests if not url.startswith(one.origin)] == []


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "questions",
        "card",
        "type",
        "chapter",
        "chapter with a table",
        "chapter with a matrix",
        "worksheet",
        "glossary",
        "agenda",
    ],
)
def test_a_page_enlarged_four_times_needs_no_sideways_scrolling(watched, name):
    page = watched(PAGES[name], 320).page
    page.wait_for_function(SETTLED, arg=320)


def test_a_reader_who_prefers_dark_gets_dark_pages(watched):
    assert watched(PAGES["home"], 360, "dark").page.evaluate("document.body.dataset.mdColorScheme") == "slate"


@pytest.mark.parametrize("name", ["home", "card", "finder with a choice"])
def test_forced_colours_keep_words_and_borders(watched, shots, name):
    page = watched(PAGES[name], 360, forced_colors="active").page
    assert violations(page) == []
    draw(page, shots / f"{name}-forced-colours.png")
    box = page.locator(".gz-doors a, .gz-glance, .gz-chip").first
    assert box.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_searching_switching_and_dark_mode_break_no_rule_of_the_page(watched):
    one = watched(PAGES["card"], 1280)
    one.page.locator("[data-md-component=search-query]").click()
    one.page.keyboard.type("dializi")
    one.page.locator(".md-search-result__item").first.wait_for()
    one.page.wait_for_function(SETTLED, arg=1280)
    assert violations(one.page) == []
    one.page.keyboard.press("Escape")
    one.page.locator("label[for=__palette_1]").click()
    expect(one.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    one.page.locator(".md-select button").hover()
    one.page.locator(".md-select__link[hreflang=en]").click()
    one.page.wait_for_url("**/en/programs/telavi/newborns/", wait_until="networkidle")
    assert one.console == []


def test_georgian_is_drawn_with_the_sites_own_font(watched):
    page = watched(PAGES["card"]).page
    page.wait_for_function("document.fonts.check('700 20px \"Noto Sans Georgian\"', 'ახალშობილი ₾')")
    assert "Noto Sans Georgian" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")


def test_nothing_changes_the_case_of_letters(watched):
    page = watched(PAGES["chapter"]).page
    cases = page.evaluate(
        "[...new Set([...document.querySelectorAll('*')].map(e => getComputedStyle(e).textTransform))]"
    )
    assert cases == ["none"]


@pytest.mark.parametrize(
    "name",
    ["home", "municipality", "type", "card", "chapter", "chapter with a matrix", "worksheet", "glossary"],
)
def test_without_script_a_page_says_everything(watched, name):
    page = watched(PAGES[name]).page
    page.locator(ONLY_WITH_SCRIPT).evaluate_all("all => all.forEach(one => one.remove())")
    with_script = page.locator("article.md-content__inner").inner_text()
    without = watched(PAGES[name], java_script_enabled=False).page.locator("article.md-content__inner").inner_text()
    assert with_script.split() == without.split()


# --- definitions of terms --------------------------------------------------------------------

TERM = ".gz-term"
BOX = ".gz-term [role=tooltip]"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_keyboard_reaches_a_definition_and_escape_closes_it(watched, language, width):
    page = watched(in_language(language, PAGES["chapter with terms and rings"]), width).page
    box = page.locator(BOX).first
    assert not box.is_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement.matches('.gz-term')"):
            break
    expect(box).to_be_visible()
    edges = box.bounding_box()
    assert edges["x"] >= 0
    assert edges["x"] + edges["width"] <= width
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert page.evaluate("document.activeElement.parentElement.matches('.gz-term')")


def test_a_definition_shows_under_the_pointer_stays_while_it_is_read_and_goes(watched):
    page = watched(PAGES["chapter with terms and rings"], 1280).page
    box = page.locator(BOX).first
    page.locator(TERM).first.hover()
    expect(box).to_be_visible()
    box.hover()
    expect(page.locator(f"{BOX}:hover")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.locator("h1").hover()
    expect(page.locator(f"{TERM}:hover")).to_have_count(0)
    page.locator(TERM).first.hover()
    expect(box).to_be_visible()


def test_the_first_tap_shows_a_definition_the_second_leads_to_the_glossary(watched):
    page = watched(PAGES["chapter with terms and rings"], 360, has_touch=True, is_mobile=True).page
    link, box = page.locator(f"{TERM} a").first, page.locator(BOX).first
    link.evaluate("link => link.addEventListener('click', event => { window.kept = event.defaultPrevented })")
    link.tap()
    expect(box).to_be_visible()
    page.wait_for_function("window.kept")
    assert page.url.endswith(PAGES["chapter with terms and rings"])
    link.tap()
    page.wait_for_url("**/glossary/#*")


def test_a_tap_elsewhere_closes_a_definition(watched):
    page = watched(PAGES["chapter with terms and rings"], 360, has_touch=True, is_mobile=True).page
    page.locator(f"{TERM} a").first.tap()
    expect(page.locator(BOX).first).to_be_visible()
    page.locator("h1").tap()
    expect(page.locator(BOX).first).to_be_hidden()


def test_without_script_a_definition_shows_on_focus_and_the_term_is_a_link(watched):
    page = watched(PAGES["chapter with terms and rings"], 1280, java_script_enabled=False).page
    page.locator(f"{TERM} a").first.focus()
    expect(page.locator(BOX).first).to_be_visible()


def test_an_open_definition_breaks_no_rule_of_accessibility(watched, shots):
    for width in WIDTHS.values():
        page = watched(PAGES["chapter with terms and rings"], width).page
        page.locator(f"{TERM} a").first.focus()
        expect(page.locator(BOX).first).to_be_visible()
        page.wait_for_function(SETTLED, arg=width)
        assert violations(page) == []
        draw(page, shots / f"definition-{width}.png")


# --- paper -----------------------------------------------------------------------------------

SHEETS = {
    **{
        f"worksheets/{id}/": 1
        for id in yaml.safe_load((copies.ROOT / "data/worksheets.yaml").read_text())["worksheets"]
    },
    **{f"annexes/{id}/": 1 for id in yaml.safe_load((copies.ROOT / "data/worksheets.yaml").read_text())["annexes"]},
    "annexes/self-assessment/": 2,
}


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("path", SHEETS)
def test_a_sheet_prints_on_as_many_pages_as_it_promises(watched, shots, language, path):
    page = watched(in_language(language, path), 1280).page
    page.locator("body").evaluate("document.fonts.ready")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    (shots / f"{path.strip('/').replace('/', '-')}-{language}.pdf").write_bytes(paper)
    assert len(re.findall(rb"/Type /Page\b", paper)) == SHEETS[path]


@pytest.mark.parametrize("name", ["card", "chapter with a matrix"])
def test_paper_is_white_even_when_the_screen_was_dark(watched, name):
    page = watched(PAGES[name], 1280, "dark").page
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    for place in ("h1", "article p", "thead th", ".gz-brief, .gz-glance"):
        for node in page.locator(place).all()[:1]:
            ink, ground = node.evaluate(colours)
            assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 300, (place, ink)
            assert ground == "rgba(0, 0, 0, 0)" or sum(map(int, re.findall(r"\d+", ground)[:3])) > 600, (place, ground)


def test_the_call_button_dials_from_abroad_too(watched):
    button = watched(PAGES["card"]).page.locator(".gz-actions a")
    assert button.get_attribute("href").startswith("tel:+995")


def test_the_switch_leads_to_the_same_card_in_english(watched):
    page = watched(PAGES["card"], 1280).page
    page.locator(".md-select button").hover()
    page.locator(".md-select__link[hreflang=en]").click()
    page.wait_for_url("**/en/programs/telavi/newborns/")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_home_leads_to_a_card_in_three_taps(watched):
    page = watched(PAGES["home"]).page
    page.locator(".gz-overview a").first.click()
    page.locator(".gz-programs a").first.click()
    expect(page.locator("article.gz-card h1")).to_have_count(1)


def test_a_card_whose_last_day_has_passed_since_the_build_says_so(chromium, tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    record = "- id: newborns\n  municipality: telavi\n"
    copies.replace(copy / "data/programs.yaml", record, record + "  valid: {from: 2026-01-01, to: 2026-12-31}\n")
    with hosting.serving(copies.build(copy)) as origin:
        page = chromium.new_page()
        page.clock.install(time="2026-12-31T12:00:00Z")
        page.goto(f"{origin}/programs/telavi/newborns/")
        notice = page.locator("[data-gz-after]")
        assert not notice.is_visible()
        page.clock.set_fixed_time("2027-01-01T12:00:00Z")
        page.reload()
        expect(notice).to_be_visible()
        assert "31 დეკემბრის ჩათვლით" in notice.inner_text().replace("\u00a0", " ")
        page.close()


def test_payloads_in_names_are_shown_as_typed_in_search_results(chromium, tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    payload = "<img src=x onerror=document.title=1> zebra"
    record = "- id: newborns\n  municipality: telavi\n"
    name = f"  name: {{ka: 'ზებრა {payload.replace('zebra', '')}', en: '{payload}'}}\n"
    copies.replace(copy / "data/programs.yaml", record, record + name)
    with hosting.serving(copies.build(copy)) as origin:
        page = chromium.new_page()
        page.goto(f"{origin}/en/", wait_until="networkidle")
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type("zebra")
        result = page.locator(".md-search-result__link h1").first
        result.wait_for()
        assert "<img src=x onerror=document.title=1>" in result.inner_text()
        assert page.locator(".md-search-result img").count() == 0
        assert page.title() != "1"
        page.close()


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_menu_of_a_narrow_screen_opens_with_the_keyboard(watched, language):
    page = watched(in_language(language, "programs/telavi/newborns/")).page
    menu = page.get_by_role("button", name={"ka": "მენიუ", "en": "Menu"}[language])
    menu.focus()
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()


def test_without_script_the_menu_of_a_narrow_screen_opens_by_touch(watched):
    page = watched("programs/telavi/newborns/", java_script_enabled=False).page
    page.locator("label[for=__drawer].md-header__button").click()
    expect(page.locator("#__drawer")).to_be_checked()


def test_the_keyboard_passes_by_the_links_of_a_closed_menu(watched):
    page = watched("programs/telavi/newborns/").page
    for _ in range(25):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('.md-sidebar--primary')")
