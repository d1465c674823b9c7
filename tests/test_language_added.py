"""A further language: what a copy needs for it, what readers see of it, and what stands in Georgian until it comes."""

import re

import copies
import pytest
from axe_playwright_python.sync_playwright import Axe
from factory import ROOT, TODAY
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from guideline import borrowing, hosting, languages
from guideline.collection import files_in, read
from guideline.model import borrowed
from guideline.problems import DataError
from guideline.reading import File, load
from guideline.wording.card import card
from guideline.wording.speech import Speaker

pytestmark = pytest.mark.xdist_group("languages")

CARD = "programs/telavi/newborns"
KEPT = "telavi"
"""The municipality of the small copy."""
SETTINGS = "data/settings.yaml"


def files(**texts):
    """The data files of this copy, with some texts changed: files(languages_az="…")."""
    found = files_in(ROOT / "data")
    for name, text in texts.items():
        name = name.replace("_", "/")
        found[name] = File(f"data/{name}.yaml", text)
    return found


def switched_on(*codes):
    """The collection of this copy with further languages."""
    settings = (ROOT / SETTINGS).read_text(encoding="utf-8")
    return read(files(settings=f"{settings}\nlanguages: [{', '.join(codes)}]\n"))


@pytest.fixture(scope="module")
def drafts():
    return switched_on("az", "hy")


# --- words that are borrowed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f"<p>bu {borrowed('სიტყვა')} var</p>", '<p>bu <span class="gz-borrowed" lang="ka">სიტყვა</span> var</p>'),
        (f'<a title="{borrowed("სიტყვა")}">x</a>', '<a title="სიტყვა">x</a>'),
        (f"<title>{borrowed('სიტყვა')}</title>", "<title>სიტყვა</title>"),
        (f"<option>{borrowed('სიტყვა')}</option>", "<option>სიტყვა</option>"),
        (f"<p>{borrowed('ა')}{borrowed('ბ')}</p>", '<p><span class="gz-borrowed" lang="ka">აბ</span></p>'),
        (
            f"<p>{borrowed('ა <b>ბ</b>')} c</p>",
            '<p><span class="gz-borrowed" lang="ka">ა </span><b><span class="gz-borrowed" lang="ka">ბ</span></b> c</p>',
        ),
        (f"<p>{borrowed('ა')[:-1]}</p><p>b</p>", '<p><span class="gz-borrowed" lang="ka">ა</span></p><p>b</p>'),
        (f"<p>{borrowed('12, 13')}</p>", "<p>12, 13</p>"),
    ],
)
def test_borrowed_words_say_their_language_where_an_element_may_stand(html, shown):
    assert borrowing.marked(html) == shown


def test_what_fills_a_borrowed_sentence_keeps_its_own_language(drafts):
    said = Speaker("az", drafts, TODAY).say("compared.here", name="ad", amount=borrowed("თანხა"))
    assert borrowing.plain(said) == "ad: თანხა"
    said = Speaker("az", drafts, TODAY).say("compared.dated", years="2024")
    assert "2024" in re.sub("\ue000[^\ue001]*\ue001", "", said)


# --- the drafts ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["az", "hy"])
def test_the_card_of_every_programme_names_the_same_figures_as_in_georgian(drafts, language):
    for program in drafts.programs:
        if program.listed == "card":
            there, here = (figures(card(Speaker(code, drafts, TODAY), program)) for code in ("ka", language))
            assert here == there, program.key


def figures(made):
    """Every figure of a card, digit groups joined."""
    lines = [made.name, made.amount, made.summary, *(glance.words for glance in made.glance)]
    for section in made.sections:
        for block in section.blocks:
            lines += [block.lead, *(one.text for line in block.lines for one in line.all())]
    told = re.sub(r"(?<=\d)[\u00a0 ](?=\d{3}\b)", "", borrowing.plain("\n".join(lines)))
    return set(re.findall(r"\d+", told))


@pytest.mark.parametrize("language", ["az", "hy"])
def test_every_term_type_and_municipality_has_its_words_in_a_draft(language):
    values = {name: load(file)[0] for name, file in files().items()}
    values = languages.with_words(values, values[languages.name_of(language)], language)
    gaps = languages.missing(values, language, ("vocabulary", "catalogue"))
    assert not any(gaps.values()), gaps


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("phrases: {contact: {call: Zəng}}", "slots-differ"),
        ("phrases: {contact: {call: 'Zəng 5: {number}'}}", "digits-differ"),
        ("phrases: {contact: {call: 'Zəng: {number'}}", "open-slot"),
        ("phrases: {contact: {cal: x}}", "unknown-field-near"),
        ("phrases: {contact: x}", "not-a-mapping"),
        ("phrases: {found: {one: '{n} proqram'}}", "missing-field"),
        ("phrases: {found: {other: [x]}}", "not-text"),
        ("vocabulary: {groups: {child: {many: uşaqlar}}}", "missing-form"),
        ("vocabulary: {months: {'1': {on: yanvar}}}", "unknown-field-near"),
        ("catalogue: {types: {rent: {name: ქირა}}}", "georgian-in-translation"),
        ("phrase: {}", "unknown-field-near"),
    ],
)
def test_a_fault_in_the_words_of_a_language_is_told(words, code):
    values = {name: load(file)[0] for name, file in files().items()}
    found = list(languages.faults(values, File("data/languages/xx.yaml", words + "\n"), "xx"))
    assert code in {finding.code for finding in found}, found


@pytest.mark.parametrize(("codes", "code"), [("[fr]", "no-language-file"), ("[ka]", "further-language")])
def test_a_language_that_cannot_be_switched_on_is_told(codes, code):
    settings = (ROOT / SETTINGS).read_text(encoding="utf-8")
    with pytest.raises(DataError) as told:
        read(files(settings=f"{settings}\nlanguages: {codes}\n"))
    assert [problem.code for problem in told.value.problems] == [code]


def test_words_left_empty_are_words_that_are_missing():
    words = "name: X\nphrases: {contact: {call: ''}}\nvocabulary: {groups: {child: {a_one: '', many: '', has: ''}}}\n"
    values = {name: load(file)[0] for name, file in files().items()}
    assert not list(languages.faults(values, File("data/languages/xx.yaml", words), "xx"))
    made = languages.with_words(values, load(File("x", words))[0], "xx")
    assert "xx" not in made["phrases"]["contact"]["call"]


def test_the_list_of_what_is_missing_can_be_pasted_into_the_file():
    values = {name: load(file)[0] for name, file in files().items()}
    listed = File("data/languages/xx.yaml", languages.to_translate(values, "xx", "X"))
    assert not load(listed)[1]
    assert not list(languages.faults(values, listed, "xx"))


# --- a copy with them ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A small copy with the two drafts and a language that has no words at all, switched on by the verb."""
    folder = copies.copy_to(tmp_path_factory.mktemp("languages") / "copy")
    for path in folder.glob("docs/*/**/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf'(?m)^\{{\{{ card\("(?!{KEPT}/).*$', "", text), encoding="utf-8")
    path = folder / "data/programs.yaml"
    head, *records = re.split(r"(?m)^(?=- )", path.read_text(encoding="utf-8"))
    kept = [record for record in records if f"\n  municipality: {KEPT}\n" in record]
    path.write_text(head + "".join(kept), encoding="utf-8")
    for code, name in (("az", ""), ("hy", ""), ("de", "Deutsch")):
        done = copies.run(folder, "language", "--code", code, *(["--name", name] if name else []))
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def small(copy):
    """Its site."""
    return copies.build(copy)


def page(small, address):
    return LexborHTMLParser((small / address / "index.html").read_text(encoding="utf-8"))


def test_the_verb_prepares_once_and_then_only_lists_what_is_missing(copy):
    before = (copy / SETTINGS).read_text(encoding="utf-8")
    assert "languages: [az, hy, de]" in before
    again = copies.run(copy, "language", "--code", "az")
    assert (copy / SETTINGS).read_text(encoding="utf-8") == before
    assert re.search(r"Azərbaycan \(az\) is ready\. Missing: 0 terms, \d+ phrases, \d+ texts, \d+ pages", again.stdout)
    assert (copy / "build/missing-az.yaml").is_file()
    assert (copy / "docs/de").is_dir()


def test_the_verb_refuses_what_is_no_code_and_a_language_without_a_name(copy):
    assert "CODE=az" in copies.run(copy, "language", "--code", "ka").stderr
    assert "NAME=Deutsch" in copies.run(copy, "language", "--code", "fr").stderr
    assert not (copy / "data/languages/fr.yaml").exists()


def test_a_card_is_in_the_words_of_its_language_and_says_that_nobody_reviewed_them(small):
    tree = page(small, f"az/{CARD}")
    assert tree.css_first("html").attributes["lang"] == "az"
    assert "Nə alacaqsınız" in tree.body.text()
    assert "Bu tərcümə hələ yoxlanılmayıb" in tree.css_first(".gz-fallback").text()
    assert tree.css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert '"inLanguage":"az"' in tree.html
    for node in tree.css("article p, article li, article dd, article h2"):
        language = next((up.attributes["lang"] for up in _up(node) if "lang" in up.attributes), "")
        if re.search("[\u10d0-\u10ff]", node.text(deep=False)):
            assert language == "ka", node.html


def _up(node):
    while node is not None and node.tag != "-undef":
        yield node
        node = node.parent


def test_the_switch_leads_to_the_same_card_in_every_language(small):
    links = page(small, CARD).css(".md-select__link")
    assert [link.attributes["hreflang"] for link in links] == ["ka", "en", "az", "hy", "de"]


def test_a_language_without_words_shows_georgian_marked_as_such(small):
    tree = page(small, f"de/{CARD}")
    assert tree.css_first("h1 .gz-borrowed, h1.gz-borrowed").attributes["lang"] == "ka"
    assert tree.css_first("html").attributes["lang"] == "de"


def test_a_chapter_that_is_not_translated_stands_in_georgian_with_a_notice_and_a_way_to_english(small):
    tree = page(small, "az/guideline/why")
    notice = next(node for node in tree.css(".gz-fallback") if "Azərbaycan dilində yoxdur" in node.text())
    assert notice.css_first("a").attributes["hreflang"] == "en"
    assert tree.css_first('div[lang="ka"] h1')


def test_the_page_for_wrong_addresses_speaks_every_language_and_nothing_is_left_of_the_marks(small):
    wrong = LexborHTMLParser((small / "404.html").read_text(encoding="utf-8"))
    assert {node.attributes["lang"] for node in wrong.css("section[lang]")} == {"ka", "en", "az", "hy", "de"}
    for path in small.rglob("*"):
        if path.suffix in (".html", ".json", ".js", ".webmanifest"):
            text = path.read_text(encoding="utf-8")
            assert "\ue000" not in text, path
            assert "\ue001" not in text, path


def test_armenian_letters_are_loaded_in_armenian_only(small):
    assert "language-hy" in (small / f"hy/{CARD}/index.html").read_text(encoding="utf-8")
    assert "language-hy" not in (small / f"{CARD}/index.html").read_text(encoding="utf-8")
    assert (small / "manifest.hy.webmanifest").is_file()
    assert (small / "offline/az/telavi.json").is_file()


@pytest.fixture(scope="module")
def served(small):
    with hosting.serving(small) as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("az", 360), ("az", 1280), ("hy", 360)])
def test_a_card_in_a_further_language_is_accessible_and_fits(chromium, served, language, width):
    context = chromium.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    try:
        shown = context.new_page()
        shown.goto(f"{served}/{language}/{CARD}/", wait_until="networkidle")
        found = Axe().run(shown).response["violations"]
        assert not [one["id"] for one in found], found
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()


def test_the_search_finds_a_card_of_its_language_also_without_the_marks_on_letters(chromium, served):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    try:
        shown = context.new_page()
        shown.goto(f"{served}/az/", wait_until="networkidle")
        shown.locator("[data-md-component=search-query]").fill("yeni dogulmus usaq")
        results = shown.locator(".md-search-result__link")
        expect(results.first).to_be_attached()
        expect(results.first).to_have_attribute("href", re.compile("/az/programs/"))
        assert all("/az/" in link.get_attribute("href") for link in results.all())
    finally:
        context.close()


def test_a_handout_prints_in_each_language_and_says_that_it_is_a_draft(copy):
    import pypdfium2

    done = copies.run(copy, "handouts", "--program", "telavi/newborns")
    assert done.returncode == 0, done.stderr
    for code, words in (("az", "Bu tərcümə hələ yoxlanılmayıb"), ("hy", "Այս թարգմանությունը դեռ չի ստուգվել")):
        document = pypdfium2.PdfDocument(copy / f"build/handouts/{code}/{CARD}.pdf")
        assert words in document[0].get_textpage().get_text_range()
    assert not (copy / f"build/handouts/az/{CARD}-application.pdf").exists()
