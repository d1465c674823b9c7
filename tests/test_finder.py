"""The finder: from the home page to a card in three taps; choices, words and addresses that lead to the same cards."""

import gzip
import json
import random
from dataclasses import dataclass, replace

import browser
import pytest
from factory import a_benefit, model
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser
from test_browser import SETTLED

from guideline.kinds import KINDS, kinds_of
from guideline.pages.everything import Pages
from guideline.wording.speech import Speaker

HOME, FINDER = "", "programs/"
PLACES = ("municipality", "region")
FILTERS = (*PLACES, "group", "need", "kind")
STATUS, RESULTS, CHIPS = "#finder-count", ".gz-results > li > a", ".gz-chip"


@dataclass
class Reader:
    """Somebody with a browser, who taps and types."""

    page: Page
    root: str
    said: list[str]
    taps: int = 0

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.root}/{path}")
        if "/?" in path:
            self.page.locator(f"{RESULTS}, .gz-ask li").first.wait_for()

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.taps += 1

    def follow(self, selector: str) -> None:
        """Tap a link and wait until its page is there."""
        address = self.page.locator(selector).first.evaluate("link => link.href")
        self.tap(selector)
        self.page.wait_for_url(address)

    def tap_card(self, key: str) -> None:
        """Follow the first link to the programme's own page."""
        links = self.page.locator("article a")
        paths = links.evaluate_all("all => all.map(one => one.pathname)")
        links.nth(next(at for at, path in enumerate(paths) if path.endswith(f"programs/{key}/"))).click()
        self.taps += 1

    def search(self, words: str) -> None:
        self.page.locator("[type=search][name=text]").fill(words)
        self.tap("form:has([name=text]) [type=submit]")

    def found(self) -> list[str]:
        """The programmes that are listed, in their order."""
        links = self.page.locator(RESULTS).evaluate_all("all => all.map(one => one.pathname)")
        return ["/".join(link.strip("/").split("/")[-2:]) for link in links]

    def status(self) -> str:
        return self.page.locator(STATUS).inner_text().replace("\u00a0", " ")

    def awaits(self, words: str) -> None:
        expect(self.page.locator(STATUS)).to_have_text(words)


@pytest.fixture
def reader(fresh, origin):
    """A reader at a page of the site, in a profile of their own."""

    def arriving(path, width=360, **options):
        page = fresh(width, 740, **options)
        one = Reader(page, origin, browser.heard(page))
        one.goto(path)
        return one

    return arriving


@pytest.fixture(scope="module")
def shown(workplace):
    """The programmes that have a card."""
    return [one for one in workplace.collection.programs if one.listed == "card"]


def groups_of(collection, one):
    return one.groups if "groups" in one.model_fields_set else collection.types[one.type].groups


def facts(collection, one):
    """What a programme is, read from its record."""
    return {
        "municipality": {one.municipality},
        "region": {collection.municipalities[one.municipality].region},
        "group": set(groups_of(collection, one)),
        "need": {collection.types[one.type].category},
        "kind": set(kinds_of(one)),
    }


# --- three taps ------------------------------------------------------------------------------

NEEDS = {
    "a child was born": ("telavi/newborns", ["a[href$='categories/children/']", "a[href='#telavi']"]),
    "medicine is dear": ("tbilisi/pensioner-voucher", ["a[href$='categories/health/']"]),
    "heating in winter": ("telavi/winter-heating", ["a[href$='programs/telavi/']"]),
    "the rent": ("tsageri/homeless-rent", ["a[href$='categories/home/']", "a[href='#tsageri']"]),
    "a large family": ("gori/large-families", ["a[href$='groups/large-family/']", "a[href='#gori']"]),
    "dialysis": ("telavi/dialysis-transport", ["a[href$='groups/dialysis-patient/']"]),
    "a veteran's family": ("poti/veterans", ["a[href$='programs/poti/']"]),
    "a rare group": ("tbilisi/multiple-sclerosis", "სკლეროზით დაავადებული"),
    "to be a hundred": ("kutaisi/age-100", "100 წლის"),
    "a bus that costs less": ("batumi/single-parent-fare", "მარტოხელა მშობლებს ბათუმში"),
}
IN_ENGLISH = {
    "a rare group": "sclerosis",
    "to be a hundred": "aged 100",
    "a bus that costs less": "single parent Batumi",
}


@pytest.mark.parametrize(("language", "width"), [("ka", 360), ("en", 1280)])
@pytest.mark.parametrize("need", NEEDS)
def test_three_taps_lead_from_home_to_the_right_card(reader, need, language, width):
    one = reader(HOME if language == "ka" else "en/", width)
    key, way = NEEDS[need]
    if isinstance(way, str):
        one.search(way if language == "ka" else IN_ENGLISH[need])
        one.page.locator(RESULTS).first.wait_for()
    else:
        for link in way:
            one.follow(f"article {link}")
    one.tap_card(key)
    one.page.wait_for_url(f"**/programs/{key}/")
    assert one.page.locator("article.gz-card h1").count() == 1
    assert one.taps <= 3
    assert one.said == []


def links_of(site, path):
    """The pages that a page links to, as paths of the site."""
    file = site / path / "index.html"
    article = LexborHTMLParser(file.read_text(encoding="utf-8")).css_first("article.md-content__inner")
    links = {(a.attributes.get("href") or "").split("#")[0].split("?")[0] for a in article.css("a[href]")}
    inside = [file.parent / link for link in links if "://" not in link and not link.startswith(("tel:", "mailto:"))]
    return {page.resolve().relative_to(site).as_posix() for page in inside}


@pytest.mark.parametrize("language", ["", "en/"])
def test_without_script_links_lead_from_home_to_every_card_in_three_taps(site, shown, language):
    reached = links_of(site, language)
    for _ in range(2):
        reached |= {link for page in reached if f"{language}programs" in page for link in links_of(site, page)}
    assert {f"{language}programs/{one.key}" for one in shown} <= reached


def test_without_script_the_question_of_the_home_page_leads_to_the_lists(reader):
    one = reader(HOME, java_script_enabled=False)
    one.search("ქირა")
    expect(one.page.locator("#by-need")).to_be_visible()
    assert not one.page.locator("#finder").is_visible()
    one.follow("a[href='#by-municipality']")


# --- choices, counts, addresses --------------------------------------------------------------


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_count_follows_each_choice_and_is_told_politely(reader, language):
    one = reader(FINDER if language == "ka" else "en/programs/")
    assert one.page.locator(STATUS).get_attribute("role") == "status"
    assert one.status() == {"ka": "სულ 140 პროგრამაა", "en": "140 programmes in all"}[language]
    one.page.select_option("#finder-municipality", "poti")
    one.awaits({"ka": "მოიძებნა 3 პროგრამა", "en": "3 programmes found"}[language])
    one.page.select_option("#finder-need", "veterans")
    one.awaits({"ka": "მოიძებნა 1 პროგრამა", "en": "1 programme found"}[language])
    assert one.found() == ["poti/veterans"]
    assert one.page.url.endswith("programs/?municipality=poti&need=veterans")


def test_each_option_says_what_it_would_leave(reader, workplace, shown):
    one = reader(FINDER)
    one.page.select_option("#finder-municipality", "telavi")
    one.awaits("მოიძებნა 13 პროგრამა")
    said = one.page.locator("#finder-need option[data-name]").evaluate_all("all => all.map(o => [o.value, o.text])")
    for need, words in said:
        some = [p for p in shown if p.municipality == "telavi" and workplace.collection.types[p.type].category == need]
        assert words.endswith(f"({len(some)})")
    assert one.page.locator("select option:disabled").count() == 0


def test_a_shared_address_shows_the_same_in_a_fresh_profile(reader):
    one = reader(FINDER)
    one.page.select_option("#finder-municipality", "kakheti")
    one.page.select_option("#finder-group", "socially-vulnerable-family")
    one.page.locator("#finder-text").fill("დახმარება")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**text=*")
    expect(one.page.locator(CHIPS)).to_have_count(3)
    first = (one.status(), one.found())
    assert len(first[1]) > 1
    other = reader(one.page.url.removeprefix(f"{one.root}/"), 1280)
    assert (other.status(), other.found()) == first
    assert other.page.locator("#finder-municipality").evaluate("s => s.selectedOptions[0].dataset.key") == "region"


def test_after_enter_the_focus_goes_to_the_count_when_it_is_that_of_the_words(reader):
    one, held = reader(FINDER), []
    one.page.route("**/assets/data/*.json", lambda route: held.append(route))
    one.page.locator("#finder-text").fill("ქირა თელავში")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**text=*")
    browser.until(one.page, lambda: held)
    expect(one.page.locator("#finder-text")).to_be_focused()
    held.pop().continue_()
    expect(one.page.locator(STATUS)).to_be_focused()
    assert one.status() == f"მოიძებნა {len(one.found())} პროგრამა"


def test_the_back_button_takes_back_one_choice(reader):
    one = reader(FINDER)
    one.page.select_option("#finder-municipality", "telavi")
    one.awaits("მოიძებნა 13 პროგრამა")
    one.page.locator("#finder-text").press_sequentially("ქირა")
    one.awaits("მოიძებნა 1 პროგრამა")
    one.page.go_back()
    one.awaits("მოიძებნა 13 პროგრამა")
    assert one.page.locator("#finder-text").input_value() == ""
    one.page.go_back()
    one.awaits("სულ 140 პროგრამაა")
    assert one.page.locator("#finder-municipality").input_value() == ""
    one.page.go_forward()
    one.awaits("მოიძებნა 13 პროგრამა")


def test_back_from_a_card_the_same_results_stand_there(reader):
    one = reader("programs/?need=health")
    one.page.locator(".gz-more").click()
    before = one.found()
    assert len(before) == 30
    one.tap(RESULTS)
    one.page.locator("article.gz-card").wait_for()
    one.page.go_back()
    one.page.locator(RESULTS).first.wait_for()
    assert one.found() == before


def test_a_choice_that_is_no_longer_there_is_passed_over(reader):
    one = reader("programs/?municipality=atlantis&need=funeral&kind=gold&h=x")
    plain = reader("programs/?need=funeral")
    assert one.found() == plain.found() != []
    assert one.page.url.endswith("?need=funeral&h=x") or one.page.url.endswith("?h=x&need=funeral")
    assert one.said == []


def test_a_chip_takes_its_choice_away_and_the_focus_goes_on(reader):
    one = reader("programs/?municipality=telavi&need=children&group=large-family")
    assert one.page.locator(CHIPS).evaluate_all("all => all.map(c => c.ariaLabel)") == [
        "მოხსნა: თელავი",
        "მოხსნა: მრავალშვილიანი ოჯახები",
        "მოხსნა: შვილები და ოჯახი",
    ]
    one.tap(CHIPS)
    one.page.wait_for_url("**?group=large-family&need=children")
    expect(one.page.locator(f"{CHIPS}:focus")).to_have_text("მრავალშვილიანი ოჯახები")
    one.tap(".gz-clear")
    one.awaits("სულ 140 პროგრამაა")
    assert one.page.locator(CHIPS).count() == 0
    expect(one.page.locator("#finder-municipality")).to_be_focused()
    assert one.page.url.endswith("/programs/")


def test_show_more_goes_on_where_the_reader_was(reader):
    one = reader("programs/?need=health")
    first = one.found()
    assert len(first) == 20
    one.tap(".gz-more")
    expect(one.page.locator(RESULTS).nth(20)).to_be_focused()
    assert one.found()[:20] == first
    assert not one.page.locator(".gz-more").is_visible()


def test_where_nothing_is_found_the_finder_says_what_to_take_away_and_whom_to_ask(reader):
    one = reader("en/programs/?municipality=telavi&need=funeral&kind=money-monthly")
    one.awaits("Nothing found for these choices")
    ways = one.page.locator(".gz-loosen button").all_inner_texts()
    assert ways == ["Remove Funerals to see 4 programmes"]
    assert one.page.locator(".gz-ask a[href^='tel:+995']").count() >= 1
    one.tap(".gz-loosen button")
    one.awaits("4 programmes found")
    expect(one.page.locator(STATUS)).to_be_focused()


def test_where_no_municipality_is_chosen_the_city_hall_is_named(reader):
    one = reader("en/programs/?text=zzzzzz&need=work")
    assert one.page.locator(".gz-ask").inner_text() == "Ask the city hall or the mayor's representative."


def test_a_municipality_without_programmes_can_be_chosen_and_tells_whom_to_ask(reader):
    one = reader("programs/?municipality=oni")
    assert one.status() == "ამ არჩევანით ვერაფერი ვიპოვეთ"
    one.tap(".gz-ask a")
    one.page.wait_for_url("**/programs/oni/")


def test_a_list_that_does_not_load_says_so_and_can_be_tried_again(reader):
    one = reader(FINDER)
    one.page.route("**/assets/data/*.json", lambda route: route.abort())
    one.page.select_option("#finder-need", "work")
    one.page.locator(".gz-finder__failed").wait_for()
    one.page.unroute("**/assets/data/*.json")
    one.tap(".gz-finder__failed button")
    one.page.locator(RESULTS).first.wait_for()
    assert not one.page.locator(".gz-finder__failed").is_visible()


@pytest.mark.parametrize(("language", "width"), [("ka", 360), ("en", 1280)])
def test_the_keyboard_alone_finds_a_card(reader, language, width):
    one = reader(FINDER if language == "ka" else "en/programs/", width)
    page = one.page

    def tab_to(selector):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none"
                return
        raise AssertionError(selector)

    tab_to("#finder-text")
    page.keyboard.insert_text({"ka": "ქირის", "en": "rent"}[language])
    tab_to("#finder-need")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.wait_for_url("**/programs/?need=home&text=*")
    expect(page.locator(CHIPS)).to_have_count(2)
    tab_to(CHIPS)
    tab_to(RESULTS)
    key = one.found()[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/programs/{key}/")


def test_without_choices_the_page_fetches_no_programmes(reader, origin):
    asked = []
    one = reader(HOME)
    one.page.on("request", lambda request: asked.append(request.url))
    one.goto(FINDER)
    assert not [url for url in asked if "assets/data" in url]
    with one.page.expect_response("**/assets/data/*"):
        one.page.locator("#finder-need").focus()
    assert [url for url in asked if "assets/data" in url] == [f"{origin}/assets/data/programs.ka.json"]


def test_all_that_stands_there_without_script_stands_there_with_it(reader):
    with_script = reader(FINDER).page.locator("article.md-content__inner").inner_text()
    without = reader(FINDER, java_script_enabled=False).page.locator("article.md-content__inner").inner_text()
    head, lists = without.split("\n\nსაჭიროების მიხედვით\n", 1)
    assert with_script.startswith(head)
    assert with_script.endswith(lists)


@pytest.mark.parametrize("path", ["programs/?need=health", "programs/?municipality=oni&text=ქირა"])
def test_at_four_times_the_size_nothing_leaves_the_page_and_targets_are_large(reader, path):
    page = reader(path, 320).page
    page.wait_for_function(SETTLED, arg=320)
    for target in page.locator("#finder :is(button, select, input):visible").all():
        assert target.bounding_box()["height"] >= 44


# --- words as people type them ---------------------------------------------------------------

TYPED = {
    "ka": {
        "telavi/temporary-rent": ("ქირა თელავში", "ქირის თელავი", "binis qira telavi", "თელავში ქირისთვის მინდა ფული"),
        "poti/veterans": ("ვეტერანებს ფოთში", "ფოთი ვეტერანთა", "veteranebi poti", "ვეტერნები ფოთი"),
        "telavi/newborns": ("თელავი ახალშობილებისთვის", "axalshobili telavi", "ახალშობილმა თელავიდან"),
        "tbilisi/pensioner-voucher": ("მედიკამენტების ვაუჩერი", "ვაუჩერს", "vaucheri", "პენსიონერის ვაუჩერით"),
        "rustavi/student-tuition": ("სტუდენტს რუსთავში", "studenti rustavi", "რუსთაველი სტუდენტი"),
        "batumi/lung-cancer-screening": ("ფილტვის სკრინინგი ბათუმი", "filtvis skriningi batumi"),
    },
    "en": {
        "telavi/temporary-rent": ("rents in Telavi", "Telavi rent", "telavi rnet"),
        "poti/veterans": ("veteran Poti", "Poti's veterans"),
        "tbilisi/pensioner-voucher": ("medicine voucher", "vouchers"),
        "telavi/newborns": ("newborn telavi", "newbor Telavi"),
    },
}


@pytest.mark.parametrize("language", TYPED)
def test_words_lead_to_the_card_in_any_form(reader, language):
    one = reader(FINDER if language == "ka" else "en/programs/")
    missed = {}
    for key, ways in TYPED[language].items():
        for words in ways:
            one.page.locator("#finder-text").fill(words)
            one.page.keyboard.press("Enter")
            one.page.wait_for_function("words => new URLSearchParams(location.search).get('text') === words", arg=words)
            one.page.locator(CHIPS).get_by_text(words).wait_for()
            if key not in one.found()[:5]:
                missed[words] = one.found()[:5]
    assert missed == {}


# --- the rule itself, in the browser and read from the records -------------------------------

BATCH = """async ([language, asked]) => {
    const { noChoices, left, counts } = await import("/assets/javascripts/filtering.js");
    const data = await (await fetch(`/assets/data/programs.${language}.json`)).json();
    return asked.map((some) => {
        const choices = { ...noChoices(), ...some };
        const keys = left(data, choices, null).map((one) => `${data.municipality[data.town[one]]}/${data.id[one]}`);
        return { keys, counts: counts(data, choices, null) };
    });
}"""


def some_choices(workplace, language):
    """Choices of every kind: each alone, and many together."""
    data = dict(Pages(workplace.collection, workplace.chapters, language, workplace.today).finder.data())
    chance = random.Random(5)
    yield from ({key: id} for key in FILTERS for id in data[key])
    for _ in range(150):
        place = chance.choice(PLACES)
        keys = chance.sample((place, *FILTERS[2:]), chance.randint(2, 4))
        yield {key: chance.choice(data[key]) for key in keys}


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_filter_agrees_with_a_reading_of_the_records(reader, workplace, shown, language):
    collection = workplace.collection
    asked = list(some_choices(workplace, language))
    answers = reader(FINDER).page.evaluate(BATCH, [language, asked])
    known = [(one.key, facts(collection, one)) for one in shown]
    for number, (choices, answer) in enumerate(zip(asked, answers, strict=True)):
        right = {key for key, own in known if all(id in own[name] for name, id in choices.items())}
        assert sorted(answer["keys"]) == sorted(right), choices
        if number % 10 == 0:
            assert answer["counts"] == right_counts(choices, answer["counts"], [own for _, own in known])


def right_counts(choices, options, known):
    """How many programmes each option of each filter would leave, the other choices staying."""
    told = {}
    for name, ids in options.items():
        replaced = PLACES if name in PLACES else (name,)
        kept = [(key, id) for key, id in choices.items() if key not in replaced]
        some = [own for own in known if all(id in own[key] for key, id in kept)]
        told[name] = {id: sum(id in own[name] for own in some) if id else len(some) for id in ids}
    return told


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_pages_of_needs_groups_and_municipalities_agree_with_the_finder(site, reader, workplace, language):
    prefix = "" if language == "ka" else "en/"
    folders = {"need": "categories/", "group": "groups/", "municipality": ""}
    choices = [one for one in some_choices(workplace, language) if len(one) == 1 and next(iter(one)) in folders]
    answers = reader(FINDER).page.evaluate(BATCH, [language, choices])
    for choice, answer in zip(choices, answers, strict=True):
        (key, id), listed = next(iter(choice.items())), set()
        file = site / prefix / "programs" / f"{folders[key]}{id}" / "index.html"
        for link in LexborHTMLParser(file.read_text(encoding="utf-8")).css(".gz-programs a"):
            page = (file.parent / link.attributes["href"]).resolve()
            listed.add(page.relative_to(site / prefix / "programs").as_posix())
        assert listed == set(answer["keys"]), choice


def test_a_list_leads_to_the_same_choice_in_the_finder(reader):
    one = reader("programs/categories/children/")
    one.tap(".gz-town:has(#telavi) + ul a >> xpath=ancestor::ul/preceding-sibling::div[1]/a")
    one.page.wait_for_url("**/programs/?municipality=telavi&need=children")
    one.awaits("მოიძებნა 2 პროგრამა")


# --- the form and its file -------------------------------------------------------------------


def test_the_copy_of_one_municipality_does_not_ask_where_one_lives(workplace):
    own = workplace.collection.copy.model_copy(update={"municipality": "telavi"})
    programs = tuple(one for one in workplace.collection.programs if one.municipality == "telavi")
    one = replace(workplace.collection, copy=own, entered=programs)
    finder = Pages(one, workplace.chapters, "ka", workplace.today).finder
    assert [found.key for found in finder.filters()] == ["group", "need", "kind"]
    assert len(finder.data()["id"]) == 13


@pytest.mark.parametrize(("language", "most"), [("ka", 15_000), ("en", 12_000)])
def test_the_file_stays_small_for_a_country_of_1600_programmes(site, workplace, language, most):
    """Gzipped; a further programme costs as much as one of these does, on average."""
    text = (site / f"assets/data/programs.{language}.json").read_bytes()
    none = replace(workplace.collection, entered=workplace.collection.programs[:1])
    finder = Pages(none, workplace.chapters, language, workplace.today).finder
    fixed = len(gzip.compress(dict(finder.files()).popitem()[1].encode()))
    now = len(gzip.compress(text))
    assert now <= most
    assert fixed + (now - fixed) / len(json.loads(text)["id"]) * 1600 <= 150_000


def test_state_and_age_stand_in_the_file_as_on_the_card(workplace):
    finder = Pages(workplace.collection, workplace.chapters, "en", workplace.today).finder
    data = finder.data()
    at = [f"{data['municipality'][town]}/{id}" for town, id in zip(data["town"], data["id"], strict=True)]
    ended = finder.programs.card("kutaisi/electricity")
    assert data["lines"][data["state"][at.index("kutaisi/electricity")][0]] == (
        ended.status[0].kind,
        ended.status[0].text,
    )
    assert all(data["lines"][some[-1]][0] in ("unconfirmed", "confirmed") for some in data["state"])


KINDS_OF = [
    ("money-once", {"kind": "cash", "period": "once"}, {}),
    ("money-monthly", {"kind": "cash", "period": "month"}, {}),
    ("money-monthly", {"kind": "rent", "period": "month"}, {}),
    ("money-yearly", {"kind": "cash", "period": "winter"}, {}),
    ("money-yearly", {"kind": "cash", "period": None, "days": [{"day": 9, "month": 5}]}, {}),
    ("money-yearly", {"kind": "cash", "period": None}, {"repeat": {"per": "year"}}),
    ("money-once", {"kind": "cash", "period": None}, {"repeat": {"per": "life"}}),
    ("money-unstated", {"kind": "cash", "period": None}, {}),
    ("costs", {"kind": "share", "period": None}, {}),
    ("costs", {"kind": "discount", "period": None}, {}),
    ("goods", {"kind": "voucher", "period": None}, {}),
    ("service", {"kind": "service", "period": "day"}, {}),
]


@pytest.mark.parametrize(("kind", "benefit", "rest"), KINDS_OF)
def test_the_kind_of_a_benefit_follows_from_its_facts(kind, benefit, rest):
    assert kinds_of(model(**a_benefit(**benefit), **rest)) == (kind,)


def test_a_programme_without_benefits_is_of_the_unstated_kind():
    assert kinds_of(model(benefits=None)) == ("unstated",)


def test_every_kind_has_its_words(workplace):
    assert tuple(workplace.collection.vocabulary["benefit_kinds"]) == KINDS
    speaker = Speaker("ka", workplace.collection, workplace.today)
    assert all(speaker.term("benefit_kinds", kind)["one"] for kind in KINDS)
