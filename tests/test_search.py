"""The search: what readers type finds what they need, in their language, and costs nothing before they turn to it."""

import gzip
import json
import random
import re
from pathlib import Path

import browser
import copies
import pytest
import yaml
from playwright.sync_api import expect

from guideline import hosting, search
from guideline.search import Entry

QUERIES = yaml.safe_load((Path(__file__).parent / "search" / "queries.yaml").read_text(encoding="utf-8"))
FIRST = 5
"""Results that a reader sees on a phone without scrolling far."""
SCRIPTS = ("search.js", *(f"search/{name}.js" for name in ("worker", "engine", "georgian", "english", "near")))
WIDTHS = {"phone": 360, "desktop": 1280}


@pytest.fixture(scope="module")
def origin(site):
    """The site under a sub-path, as many copies stand."""
    with hosting.serving(site.parent) as address:
        yield f"{address}/{site.name}"


@pytest.fixture
def opened(fresh, origin):
    """Opens a page of the site in a fresh profile; `asked` of the page has what it asked for, `said` its complaints."""

    def opened(path, width=360, **options):
        page = fresh(width, 740, **options)
        page.asked, page.said = [], browser.heard(page)
        page.on("request", lambda request: page.asked.append(request.url.removeprefix(f"{origin}/")))
        page.goto(f"{origin}/{path}", wait_until="networkidle")
        return page

    return opened


# --- what is found ---------------------------------------------------------------------------

ASK = """async ({base, language, questions}) => {
  const worker = new Worker(`${base}/assets/javascripts/search/worker.js`, {type: "module"});
  const said = (type) => new Promise((done) => {
    worker.onmessage = ({data}) => { if (data.type === type) done(data.data); };
  });
  const ask = (question) => { worker.postMessage({type: 2, data: question}); return said(3); };
  const parts = ["programs", "chapters"].map((part) => `${base}/search/${language}-${part}.json`);
  worker.postMessage({type: 0, data: parts});
  await said(1);
  await said(1);
  const found = [];
  for (const question of questions) {
    const {items} = await ask(question);
    found.push(items.map((parts) => parts.map(({location}) => location)));
  }
  worker.terminate();
  return found;
}"""
"""Asks the real worker, when it has loaded both parts of the index: every result's addresses, best first."""


@pytest.fixture(scope="module")
def answers(chromium, origin):
    """What each query finds, in both languages, asked of one worker each."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{origin}/404.html")
    found = {}
    for language, parts in QUERIES.items():
        asked = [query["type"] for part in parts.values() for query in part]
        given = page.evaluate(ASK, {"base": origin, "language": language, "questions": asked})
        found[language] = dict(zip(asked, given, strict=True))
    context.close()
    return found


@pytest.fixture(scope="module")
def of_type(workplace):
    """The addresses that an id of the catalogue stands for: its cards, and its own page."""
    found = {id: [f"programs/types/{id}/"] for id in workplace.collection.types}
    for program in workplace.collection.programs:
        found[program.type].append(f"programs/{program.key}/")
    return found


def missed(answers, of_type, language, part):
    """The queries that did not find what they must among the first results."""
    for query in QUERIES[language][part]:
        first = [parts[0].removeprefix("en/") for parts in answers[language][query["type"]][:FIRST]]
        wanted = tuple(address for find in query["find"] for address in of_type.get(find, [find]))
        if not any(address.startswith(wanted) for address in first):
            yield query["type"]


@pytest.mark.parametrize("part", ["tuning", "held_out"])
@pytest.mark.parametrize("language", ["ka", "en"])
def test_what_people_type_finds_what_they_need_among_the_first_five(answers, of_type, language, part):
    all_missed = list(missed(answers, of_type, language, part))
    recall = 1 - len(all_missed) / len(QUERIES[language][part])
    print(f"{language} {part}: recall {recall:.3f}, missed {all_missed}")
    assert recall >= 0.95, all_missed


def test_there_are_enough_queries_of_each_language():
    count = {language: sum(map(len, parts.values())) for language, parts in QUERIES.items()}
    assert count["ka"] >= 150
    assert count["en"] >= 30


def test_no_page_of_the_other_language_is_among_the_results(answers):
    for language, given in answers.items():
        for question, results in given.items():
            for address in (address for parts in results for address in parts):
                assert address.startswith("en/") == (language == "en"), (question, address)


# --- the stemmer -----------------------------------------------------------------------------

DICTIONARY = copies.ROOT / "config" / "dictionary" / "ka.dic"
STEMS = """async ({base, words}) => {
  const {stem} = await import(`${base}/assets/javascripts/search/georgian.js`);
  return words.map(stem);
}"""
ENDINGS = yaml.safe_load((Path(__file__).parent / "search" / "endings.yaml").read_text(encoding="utf-8"))


def nouns():
    """The nouns of the dictionary, and the stems of it that stand before some endings only."""
    found, bound = set(), set()
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.strip().partition("/")
        flags = re.findall("..", rest.split()[0]) if rest.split() else []
        if re.fullmatch("[ა-ჰ]{3,}", word) and {"NS", "NN"} & set(flags):
            (bound if "&v" in flags else found).add(word)
    plurals = {word for word in found if word.endswith("ები") and {word[:-3] + end for end in "იაე"} & found}
    return sorted(found - plurals), bound


def forms(noun, bound):
    """The cases of a noun, its plural, and its forms with postpositions."""
    start, end = noun[:-1], noun[-1]
    if end == "ი":
        short = re.sub("[აეო]([ლრნმ])$", r"\1", start)
        short = short if f"{short}ი" in bound else start
        return [start + one for one in ENDINGS["full"]] + [short + one for one in ENDINGS["short"] + ENDINGS["plural"]]
    if end in ENDINGS:
        whole = start if end == "ა" else noun
        return [start + one for one in ENDINGS[end]] + [whole + one for one in ENDINGS["plural"]]
    return [noun + one for one in ENDINGS["other"] + ENDINGS["plural"]]


def test_the_forms_of_the_dictionarys_nouns_reach_the_stem_of_their_noun(chromium, origin):
    found, bound = nouns()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{origin}/404.html")
    pairs = [(noun, form) for noun in found for form in forms(noun, bound)]
    words = sorted({word for pair in pairs for word in pair})
    stem = dict(zip(words, page.evaluate(STEMS, {"base": origin, "words": words}), strict=True))
    context.close()
    reached = sum(stem[form] == stem[noun] for noun, form in pairs) / len(pairs)
    shared = {}
    for noun in found:
        shared.setdefault(stem[noun], []).append(noun)
    over = sum(len(some) for some in shared.values() if len(some) > 1)
    print(f"{len(pairs)} forms of {len(found)} nouns: {reached:.2%} reach the stem; {over} nouns share one with others")
    assert len(found) > 5000
    assert reached >= 0.95
    assert over <= len(found) * 0.15


# --- in the page -----------------------------------------------------------------------------

BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item"
META = ".md-search-result__meta"
COUNTED = """window.answers = 0;
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => { if (data.type === 3) window.answers += 1; });
  }
};"""
"""Counts the answers of the worker, also those that the page does not show."""


def index_of(page):
    return [url for url in page.asked if url.startswith("search/") or "javascripts/search/" in url or "workers/" in url]


def enter(page, width):
    """Turn to the search as a reader does: by its icon on a phone, by the box where it stands open."""
    if width == WIDTHS["phone"]:
        page.locator("label.md-header__button[for=__search]").click()
    else:
        page.locator(BOX).click()
    expect(page.locator(BOX)).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize(
    ("path", "typed", "language"),
    [("programs/telavi/newborns/", "დიალიზისთვის", "ka"), ("en/guideline/ethics/", "dialyses", "en")],
    ids=["ka", "en"],
)
def test_typing_shows_results_of_the_pages_language_with_the_words_marked(opened, width, path, typed, language):
    page = opened(path, width)
    enter(page, width)
    page.keyboard.insert_text(typed)
    link = page.locator(f"{RESULT} a").first
    expect(link).to_be_visible()
    mark = page.locator(f"{RESULT} mark").first
    assert mark.inner_text().startswith({"ka": "დიალიზ", "en": "dialysis"}[language])
    assert page.locator("html").get_attribute("lang") == language
    georgian = bool(re.search("[ა-ჰ]", link.inner_text() + page.locator(META).inner_text()))
    assert georgian == (language == "ka")
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
    link.click()
    page.wait_for_url("**/programs/**")
    assert ("/en/" in page.url) == (language == "en")
    assert "?" not in page.url
    assert page.locator("article h1").count() == 1
    assert page.said == []


def test_nothing_of_the_search_is_loaded_before_a_reader_turns_to_it(opened):
    page = opened("programs/telavi/newborns/")
    assert index_of(page) == []
    enter(page, WIDTHS["phone"])
    expect(page.locator(META)).to_have_text("ჩაწერეთ, რას ეძებთ")
    browser.until(page, lambda: "search/ka-chapters.json" in page.asked)
    assert "search/ka-programs.json" in page.asked
    assert not [url for url in page.asked if url.startswith("search/en") or "workers/" in url]


def test_until_the_index_is_there_the_box_says_that_it_is_loading(opened):
    page = opened("programs/telavi/newborns/", WIDTHS["desktop"])
    page.route("**/search/ka-programs.json", lambda route: None)
    page.locator(BOX).click()
    expect(page.locator(META)).to_have_text("ძიება იტვირთება")


def test_a_search_that_did_not_load_says_so_and_tries_again(opened):
    page = opened("en/programs/telavi/newborns/", WIDTHS["desktop"])
    page.route("**/search/en-programs.json", lambda route: route.abort())
    page.locator(BOX).click()
    expect(page.locator(META)).to_contain_text("did not load")
    page.unroute("**/search/en-programs.json")
    page.keyboard.insert_text("rent")
    expect(page.locator(RESULT).first).to_be_visible()


def test_pasted_and_spoken_words_are_searched_and_taken_back(opened):
    page = opened("programs/", WIDTHS["desktop"])
    page.locator(BOX).click()
    page.evaluate("document.execCommand('insertText', false, 'შეშა')")
    expect(page.locator(RESULT).first).to_contain_text("შეშა")
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(META)).to_have_text("ჩაწერეთ, რას ეძებთ")


def test_a_chapters_sections_lead_to_their_place(opened):
    page = opened("", WIDTHS["desktop"])
    page.locator(BOX).click()
    page.keyboard.insert_text("70001")
    link = page.locator(f"{RESULT} a[href*='#']").first
    expect(link).to_be_visible()
    anchor = link.get_attribute("href").rpartition("#")[2]
    link.click()
    page.wait_for_url("**/guideline/**")
    assert page.locator(f"#{anchor}").count() == 1


def test_the_number_of_results_is_told_and_the_keyboard_leads_to_them(opened):
    page = opened("en/", WIDTHS["desktop"])
    page.locator(BOX).click()
    page.keyboard.insert_text("firewood")
    expect(page.locator(META)).to_contain_text("matching document")
    assert page.locator(META).get_attribute("role") == "status"
    expect(page.locator(RESULT).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link:focus")).to_have_count(1)


def test_chapters_that_come_late_are_added_but_never_take_the_focus_away(opened):
    page, held = opened("en/", WIDTHS["desktop"]), []
    page.add_init_script(COUNTED)
    page.route("**/search/en-chapters.json", lambda route: held.append(route))
    page.locator(BOX).click()
    page.keyboard.insert_text("ethics")
    expect(page.locator(META)).to_contain_text("No matching")
    browser.until(page, lambda: held)
    held.pop().continue_()
    expect(page.locator(RESULT).first).to_contain_text("Ethics")
    page.reload(wait_until="networkidle")
    page.locator(BOX).click()
    page.keyboard.insert_text("firewood")
    expect(page.locator(RESULT).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link:focus")).to_have_count(1)
    browser.until(page, lambda: held)
    before = page.evaluate("window.answers")
    held.pop().continue_()
    page.wait_for_function("before => window.answers > before", arg=before)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link:focus")).to_have_count(1)


def test_an_address_with_a_question_answers_it(opened):
    page = opened("?q=შეშა", WIDTHS["desktop"])
    expect(page.locator(RESULT).first).to_contain_text("შეშა")


# --- what it costs ---------------------------------------------------------------------------


def gzipped(path):
    return len(gzip.compress(path.read_bytes(), mtime=0))


def scripts(site):
    return sum(gzipped(site / "assets/javascripts" / name) for name in SCRIPTS)


def test_the_scripts_of_the_search_weigh_at_most_12_kb(site):
    assert scripts(site) <= 12_000
    assert gzipped(site / "assets/javascripts/search.js") <= 1_500


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_first_question_costs_little(site, language):
    """Chapters and lists weigh the same everywhere; cards are reckoned by the bytes of a real one."""
    everything = sum(gzipped(path) for path in (site / "search").glob(f"{language}-*.json")) + scripts(site)
    entries = json.loads((site / f"search/{language}-programs.json").read_text(encoding="utf-8"))["entries"]
    cards = [entry for entry in entries if entry[5] == search.CARD]
    rows = json.dumps(cards, ensure_ascii=False, separators=(",", ":")).encode()
    card = len(gzip.compress(rows, mtime=0)) / len(cards)
    print(f"{language}: this copy {everything:,}; a card {card:.0f}; bytes, gzipped")
    others = everything - card * len(cards)
    assert others + card * 30 <= 150_000
    assert others + card * 64 * 25 <= 500_000


def test_the_index_has_georgian_letters_no_markup_and_no_quoted_card(site):
    for path in (site / "search").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert "\\u" not in text, path
        entries = json.loads(text)["entries"]
        assert not [entry[0] for entry in entries if "#quote-" in entry[0]], path
        assert not [entry for entry in entries if re.search("</?[a-z]+[^>]*>", f"{entry[1]}{entry[2]}")], path
    assert sorted(path.name for path in (site / "search").iterdir()) == [
        f"{language}-{part}.json" for language in ("en", "ka") for part in ("chapters", "programs")
    ]


def test_every_card_and_every_page_can_be_found(site, workplace):
    for language in ("ka", "en"):
        found = set()
        for part in ("programs", "chapters"):
            entries = json.loads((site / f"search/{language}-{part}.json").read_text(encoding="utf-8"))["entries"]
            found |= {entry[0].partition("#")[0] for entry in entries}
        prefix = "" if language == "ka" else "en/"
        wanted = {f"{prefix}programs/{one.key}/" for one in workplace.collection.programs if one.listed == "card"}
        wanted |= {f"{prefix}{path}" for path in ("", "about/", "guideline/ethics/", "glossary/", "worksheets/ethics/")}
        assert wanted <= found


# --- how the index is made -------------------------------------------------------------------


def test_a_page_is_divided_at_headings_that_have_an_id():
    html = (
        '<h1>სათაური</h1><p>დასაწყისი<br>აქ.</p><h2 id="one">ერთი <em>და</em></h2>'
        "<p>ტექსტი<sup>1</sup> <b>მუქი</b>.</p><h3>უნიშნო</h3><p>გრძელდება</p>"
        '<nav data-search-exclude><h2 id="no">არა</h2>არც ეს</nav><svg><text>ხატი</text></svg>'
        '<h2 id="quote-1-x">ციტატა</h2>სხვაგან დგას<h2 id="empty">ცარიელი</h2>'
        '<div id="term"><dt>სიტყვა</dt><dd>განმარტება</dd></div><div class="footnote">წყარო</div>'
    )
    assert list(search.sections("a/", "გვერდი", html, 0.5)) == [
        Entry("a/", "გვერდი", "დასაწყისი აქ.", weight=0.5),
        Entry("a/#one", "ერთი და უნიშნო", "ტექსტი მუქი. გრძელდება", weight=0.5),
        Entry("a/#term", "სიტყვა", "განმარტება", weight=0.5),
    ]


def test_words_that_most_cards_share_and_words_shown_anyway_are_left_out():
    texts = [f"მერია გასცემს სიტყვა{'აბგდე'[number]} და {number}00" for number in range(5)]
    assert search.telling(texts, ["", "სიტყვაბ", "", "", ""])[:2] == ["სიტყვაა 000", "100"]


def test_words_that_entries_share_stand_once():
    entries = [Entry(address, "ა", leads=("საერთო",)) for address in ("x/", "y/")]
    made = json.loads(search.to_json(entries))
    assert made["shared"] == ["საერთო"]
    assert [row[3] for row in made["entries"]] == [[0], [0]]


# --- typing any letters ----------------------------------------------------------------------


def test_no_question_breaks_the_search(chromium, origin):
    letters = "აბგდევზთ abc ABC 123 .,:;-+*~^\"'„“()[]{}<>&#@/\\ ᲐᲑᲒ \u200b\u00a0😀ё"
    chance = random.Random(5)
    questions = ["".join(chance.choices(letters, k=chance.randrange(1, 30))) for _ in range(100)]
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{origin}/404.html")
    given = page.evaluate(ASK, {"base": origin, "language": "ka", "questions": questions})
    context.close()
    assert len(given) == len(questions)
