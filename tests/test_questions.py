"""The page "Is there something for me?" in a real browser: a few plain questions, three honest groups, nothing kept."""

import json

import pytest
from factory import a_program, collection
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser
from test_browser import SETTLED, violations

from guideline import routes
from guideline.chapters import Chapters
from guideline.pages.everything import Pages

PLACES = {"ka": "for-me/", "en": "en/for-me/"}
GROUPS = ("yes", "perhaps", "no")


@pytest.fixture(params=[("ka", 360), ("en", 1280)], ids=["ka-360", "en-1280"])
def asked(request, watched):
    """The page, open for the residents of a municipality whose answers follow."""
    language, width = request.param
    one = watched(PLACES[language], width)
    one.page.select_option("[name=registered]", "telavi")
    one.page.wait_for_selector(".gz-result:not([hidden])")
    return one


def group(page, name):
    """The addresses of the cards in one of the groups."""
    links = page.locator(f"[data-group={name}]:not([hidden]) .gz-found__name a")
    return [link.rstrip("/").rpartition("/")[2] for link in links.evaluate_all("links => links.map(a => a.href)")]


def reasons(page, card):
    return page.locator(f".gz-found > li:has(a[href$='/{card}/'])").last.text_content()


def built(site, language):
    return LexborHTMLParser((site / PLACES[language] / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ka", "en"])
def test_there_are_at_most_six_questions(site, language):
    assert 1 <= len(built(site, language).css(".gz-for-me fieldset")) <= 6


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_question_can_be_skipped_and_every_field_has_its_words(site, language):
    page = built(site, language)
    assert not page.css(".gz-for-me [required]")
    named = {label.attributes["for"] for label in page.css(".gz-for-me label[for]")}
    fields = page.css(".gz-for-me :is(select, input[type=number])")
    assert {one.attributes["id"] for one in fields} == named
    assert page.css_first("[name=score][checked]").attributes["value"] == "skip"


def test_the_home_page_leads_to_the_questions(watched):
    one = watched("", 360)
    one.page.click(".gz-doors a[href='for-me/']")
    one.page.wait_for_selector(".gz-for-me form:not([hidden])")


def test_answers_sort_the_programmes_into_three_groups_and_say_why(asked):
    page = asked.page
    page.check("[value='group:dialysis-patient']")
    page.check("[name=score][value=number]")
    page.fill("[name=score-number]", "65000")
    assert "dialysis-transport" in group(page, "yes")
    assert "winter-heating" in group(page, "no")
    assert "57" in reasons(page, "winter-heating")
    assert "large-families" in group(page, "perhaps")
    assert "4" in reasons(page, "large-families")
    found = [card for name in GROUPS for card in group(page, name)]
    assert len(found) == len(set(found))


def test_the_count_is_told_as_one_answers(asked):
    page = asked.page
    counted = page.locator(".gz-counted [role=status][aria-live=polite]")
    before = counted.inner_text()
    page.check("[value='group:dialysis-patient']")
    expect(counted).not_to_have_text(before)
    numbers = [str(len(group(page, name))) for name in GROUPS]
    assert [word.strip(".,:") for word in counted.inner_text().split() if word.strip(".,:").isdigit()] == numbers
    for name in GROUPS:
        heading = page.locator(f"[data-group={name}] > :is(h3, summary)").inner_text()
        assert heading.endswith(f"({len(group(page, name))})")


def test_answers_and_what_was_found_are_accessible_and_fit_the_page(asked):
    page = asked.page
    page.fill("[name=minors]", "2")
    page.check("[name=score][value=number]")
    page.check("[value='none:status']")
    page.evaluate("document.querySelector('[data-group=no]').open = true")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function(SETTLED, arg=320)


def test_the_answers_can_be_cleared(asked):
    page = asked.page
    page.fill("[name=minors]", "3")
    page.fill("#q-minor-1", "0")
    page.check("[value='group:idp']")
    page.click(".gz-for-me button[type=reset]")
    page.wait_for_selector(".gz-result", state="hidden")
    expect(page.locator("[name=registered]")).to_be_focused()
    assert page.locator(".gz-for-me form input:checked").evaluate_all("some => some.map(one => one.value)") == ["skip"]
    values = page.locator(":is(.gz-for-me select, .gz-for-me input[type=number])").evaluate_all(
        "some => some.map(one => one.value)"
    )
    assert set(values) == {""}
    assert page.locator(".gz-ticks input").count() == 0


def test_answers_go_nowhere(asked):
    page = asked.page
    address = page.url
    before = len(asked.requests)
    page.check("[value='diagnosis:cancer']")
    page.check("[value='none:health']")
    page.fill("[name=adults]", "1")
    page.fill("#q-adult-1", "82")
    assert "medical-cofinancing" in group(page, "perhaps")
    assert asked.requests[before:] == []
    assert [url.rpartition("/")[2] for url in asked.requests if "/data/" in url] == [
        f"telavi.{page.evaluate('document.documentElement.lang')}.json"
    ]
    assert page.url == address
    kept = page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])")
    assert "82" not in kept
    assert "cancer" not in kept
    page.reload(wait_until="networkidle")
    assert page.input_value("[name=adults]") == ""


def test_only_the_files_of_the_chosen_places_are_asked_for(asked):
    asked.page.select_option("[name=living]", "gori")
    asked.page.wait_for_selector("a[href$='programs/gori/oncology/']", state="attached")
    files = [url.rpartition("/")[2].split(".")[0] for url in asked.requests if "/data/for-me/" in url]
    assert files == ["telavi", "gori"]
    assert [url for url in asked.requests if not url.startswith(asked.origin)] == []
    assert asked.console == []


def test_one_gets_through_by_keyboard_alone(watched):
    page = watched(PLACES["en"], 1280).page
    page.focus("[name=registered]")
    page.keyboard.type("Tela")
    expect(page.locator("[name=registered]")).to_have_value("telavi")
    page.wait_for_selector(".gz-result:not([hidden])")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "score":
            break
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.gz-counted a')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_focused()
    assert group(page, "yes")


def test_as_many_ages_are_asked_as_there_are_people(watched):
    page = watched(PLACES["ka"], 360).page
    ages = page.locator("[data-ages=minor] input:visible")
    expect(ages).to_have_count(0)
    page.fill("[name=minors]", "3")
    expect(ages).to_have_count(3)
    page.fill("[name=minors]", "")
    expect(ages).to_have_count(0)


def test_a_place_without_programmes_says_whom_to_ask(watched, workplace):
    page = watched(PLACES["en"], 360).page
    page.select_option("[name=registered]", "oni")
    words = workplace.collection.phrases["page"]["no_programs"]["en"]
    expect(page.locator(".gz-counted [role=status]")).to_have_text(words)


def test_a_list_that_does_not_come_is_told(watched, workplace):
    page = watched(PLACES["en"], 360).page
    page.route("**/data/for-me/*", lambda route: route.fulfill(status=404))
    page.select_option("[name=registered]", "telavi")
    words = workplace.collection.phrases["for_me"]["failed"]["en"]
    expect(page.locator(".gz-counted [role=status]")).to_have_text(words)
    page.unroute("**/data/for-me/*")
    page.select_option("[name=registered]", "gori")
    page.wait_for_selector(".gz-result:not([hidden])")


@pytest.mark.parametrize("language", ["ka", "en"])
def test_without_a_script_there_are_lists_and_no_empty_form(watched, language):
    page = watched(PLACES[language], 360, java_script_enabled=False).page
    assert page.locator(".gz-for-me form").is_hidden()
    assert page.locator("[data-without]").is_visible()
    assert page.locator(".gz-lists a[href$='programs/groups/veteran/']").is_visible()
    assert page.locator(".gz-lists a[href$='programs/telavi/']").is_visible()


# --- what real records do not have yet ----------------------------------------------------------------


def data_of(*programs, town="telavi", language="en", today=None):
    pages = Pages(collection(*programs), Chapters({}, ()), language, today)
    return json.loads(dict(pages.questions.files())[routes.for_me_data(town, language)])


def test_programmes_that_exclude_each_other_stand_together_as_a_choice(watched, today):
    def everybody(**more):
        return a_program(eligibility={"all": [{"residence": "registered"}]}, **more)

    one = everybody(id="one", type="large-family", combination={"excludes": ["newborn"]})
    data = data_of(one, everybody(id="other", type="newborn"), everybody(id="third"), today=today)
    assert [program["excludes"] for program in data["programs"]] == [[1], [0], []]
    page = watched(PLACES["en"], 360).page
    page.route("**/data/for-me/*", lambda route: route.fulfill(json=data))
    page.select_option("[name=registered]", "telavi")
    page.wait_for_selector(".gz-either")
    assert page.locator(".gz-either .gz-found__name").count() == 2
    assert page.locator("[data-group=yes] .gz-found__name").count() == 3


def test_what_is_for_a_whole_region_is_found_in_each_of_its_municipalities(today):
    whole = a_program(eligibility={"all": [{"residence": {"basis": "registered", "region": "kakheti"}}]})
    assert [program["page"] for program in data_of(whole, town="gurjaani", today=today)["programs"]] == [
        "../programs/telavi/rent/"
    ]
