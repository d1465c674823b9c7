"""Whom to ask in a village: what a municipality has published of the mayor's representatives, and never more."""

# ruff: noqa: E501
from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import copies
import pytest
from factory import TODAY, a_program, found, programs, texts, yaml_of
from playwright.sync_api import expect

from guideline import schema
from guideline.checks.ways import remarks_on_ways
from guideline.collection import read
from guideline.model import Collection, Representatives
from guideline.pages.programs import ProgramPages
from guideline.wording.card import card
from guideline.wording.speech import Speaker

SOURCE = {"url": "https://www.example.ge/units", "kind": "municipality"}
PHONE = {"number": "599 12 34 56", "kind": "mobile"}


def place(ka: str, en: str, **more: Any) -> dict[str, Any]:
    return {"ka": ka, "en": en, **more}


IKALTO, RUISPIRI, AKURA = place("იყალთო", "Ikalto"), place("რუისპირი", "Ruispiri"), place("აკურა", "Akura")


def a_unit(**changes: Any) -> dict[str, Any]:
    """A unit in good order, changed; a change to None leaves the field out."""
    name = place("იყალთოს ადმინისტრაციული ერთეული", "Ikalto administrative unit")
    unit = {"id": "ikalto", "name": name, "villages": [IKALTO, RUISPIRI], "phones": [PHONE], **changes}
    return {key: value for key, value in unit.items() if value is not None}


def the_file(*units: dict[str, Any], municipality: str = "telavi", **more: Any) -> str:
    """The text of a representatives.yaml that holds one municipality's units."""
    listed = {"sources": [SOURCE], "units": list(units), **more}
    whole = {"representatives": {municipality: {key: one for key, one in listed.items() if one is not None}}}
    return yaml_of(json.loads(json.dumps(whole)))  # nothing twice the same object: YAML would write an alias


def the_collection(*units: dict[str, Any], **more: Any) -> Collection:
    return read(texts(programs(a_program()), representatives=the_file(*(units or (a_unit(),)), **more)))


def page_of(collection: Collection, language: str = "ka", id: str = "telavi") -> str:
    """The body of a municipality's page."""
    pages = ProgramPages(Speaker(language, collection, TODAY))
    return next(page for page in pages.all() if page.path == f"programs/{id}").html()


def card_of(collection: Collection, language: str = "ka") -> str:
    """The card of the one programme as it stands on its page."""
    pages = ProgramPages(Speaker(language, collection, TODAY))
    return next(page for page in pages.all() if page.path == "programs/telavi/rent").html()


# --- reading ---------------------------------------------------------------------------------

OTHER = a_unit(id="akura", villages=[AKURA])
WRONG: list[tuple[str, str, str]] = [
    ("unknown-reference-near", the_file(a_unit(), municipality="telawi"), "“representatives”: “telawi” is not in the list → perhaps “telavi”?"),
    ("unknown-reference", the_file(a_unit(), municipality="zzz"), "“representatives”: “zzz” is not in the list → for example: "),
    ("repeated-id", the_file(a_unit(), a_unit(villages=[AKURA])), "the id “ikalto” is used already → choose another"),
    ("village-twice", the_file(a_unit(), a_unit(id="akura")), "the village “იყალთო” is already in the unit “ikalto” → keep one; if it is another village, add namesake: true to both"),
    ("village-twice", the_file(a_unit(villages=[AKURA, AKURA])), "the village “აკურა” is already in the unit “ikalto” → keep one; if it is another village, add namesake: true to both"),
    ("more-units", the_file(a_unit(), OTHER, units_in_all=1), "2 units are listed here, but units_in_all is 1 → check the number in the source"),
    ("nothing-said", the_file(units=None), "no fact is given here → add at least one of: units, department"),
    ("confirmed-when", the_file(a_unit(), review={"status": "confirmed"}), "the date of confirmation is missing → "),
    ("too-few", the_file(a_unit(), sources=[]), "the list “sources” is too short → at least 1 needed"),
    ("missing-field", the_file(a_unit(), sources=None), "“sources” is missing → add a line “sources: …”"),
    ("missing-field", the_file(a_unit(villages=[{"ka": "აკურა"}])), "“en” is missing → add a line “en: …”"),
    ("phone", the_file(a_unit(phones=[{"number": "12 34"}])), "“12 34” cannot be dialled from abroad → "),
    ("phone-mobile", the_file(a_unit(phones=[{"number": "599 12 34 56"}])), "“599 12 34 56” is a mobile number → add kind: mobile"),
    ("unknown-field", the_file(a_unit(person="x")), "there is no such field: “person” → "),
    ("unknown-reference-near", the_file(a_unit(post="mayors-representativ")), "“post”: “mayors-representativ” is not in the list → perhaps “mayors-representative”?"),
    ("georgian-in-translation", the_file(a_unit(villages=[place("აკურა", "აკურა")])), "the “en” text holds Georgian letters: “აკურა” → "),
]  # fmt: skip
"""Code, the file, and how what is told begins."""


@pytest.mark.parametrize(("code", "text", "told"), WRONG, ids=[f"{index}-{one[0]}" for index, one in enumerate(WRONG)])
def test_a_fault_of_a_list_is_told(code, text, told):
    problems = found(texts(programs(a_program()), representatives=text))
    said = [problem for problem in problems if problem.code == code]
    assert problems == said
    assert {problem.path for problem in said} == {"data/representatives.yaml"}
    assert any(told in problem.say("en") for problem in said)


def test_two_villages_of_one_name_may_stand_if_both_are_marked():
    namesake = {**IKALTO, "namesake": True}
    sound = the_file(a_unit(villages=[namesake]), a_unit(id="akura", villages=[namesake]))
    assert found(texts(programs(a_program()), representatives=sound)) == []
    half = the_file(a_unit(villages=[namesake]), a_unit(id="akura", villages=[IKALTO]))
    assert [problem.code for problem in found(texts(programs(a_program()), representatives=half))] == ["village-twice"]


def test_the_example_for_editors_is_in_good_order():
    text = (copies.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(representatives:.*?)^```$", text, re.M | re.S)
    assert found(texts(programs(a_program()), representatives=example)) == []


def test_posts_are_recorded_and_never_persons():
    names = {
        field
        for name in ("Representatives", "AdministrativeUnit", "Village")
        for field in schema.models()[name].model_fields
    }
    assert names.isdisjoint({"person", "holder", "representative", "first_name", "surname", "email"})


def test_every_shipped_list_has_an_official_source(workplace):
    lists: dict[str, Representatives] = workplace.collection.representatives
    assert lists
    for listed in lists.values():
        assert all(source.kind in ("municipality", "act") for source in listed.sources)


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ka", ("იყალთოს ადმინისტრაციული ერთეული", "სოფლები: იყალთო, რუისპირი", "მერის წარმომადგენელი: 599\u00a012\u00a034\u00a056")),
        ("en", ("Ikalto administrative unit", "Villages: Ikalto, Ruispiri", "The mayor&#39;s representative: 599\u00a012\u00a034\u00a056")),
    ],
)  # fmt: skip
def test_the_page_shows_units_villages_and_phones_as_links(language, words):
    html = page_of(the_collection(), language)
    assert all(one in html for one in words)
    assert 'href="tel:+995599123456"' in html
    assert 'href="https://www.example.ge/units"' in html


def test_a_unit_without_a_phone_says_so_where_others_have_one():
    html = page_of(the_collection(a_unit(), a_unit(id="akura", villages=[AKURA], phones=None)), "en")
    assert html.count("the source gives no phone number. Ask the city hall.") == 1


def test_units_without_any_phone_lead_to_the_city_hall():
    html = page_of(the_collection(a_unit(phones=None)), "en")
    assert html.count("The source gives no phone numbers of the mayor&#39;s representatives.") == 1
    assert "The city hall&#39;s phone: 574\u00a017\u00a096\u00a023" in html


@pytest.mark.parametrize(
    ("in_all", "words"),
    [(1, ""), (3, "The source counts 3 units; here we list 1"), (None, "does not show whether the list is complete")],
)
def test_the_page_says_how_much_of_the_list_it_holds(in_all, words):
    html = page_of(the_collection(units_in_all=in_all), "en")
    assert words in html
    assert bool(words) == ("If your unit is not on the list" in html)


def test_an_unconfirmed_list_says_so_with_its_year_and_that_numbers_change():
    html = page_of(the_collection(sources=[{**SOURCE, "year": 2021}]), "en")
    assert "The municipality has not confirmed this. The source is from 2021." in html
    assert "The numbers may have changed since." in html


def test_a_confirmed_list_says_since_when():
    html = page_of(the_collection(review={"status": "confirmed", "date": "2026-11-01"}), "en")
    assert "Telavi Municipality City Hall confirmed this on 1\u00a0November\u00a02026." in html
    assert "may have changed" not in html


def test_a_department_stands_for_a_list_that_is_not_published(workplace):
    html = page_of(workplace.collection, "en")
    assert "At the city hall, ask the department that coordinates the mayor&#39;s representatives" in html


def test_a_municipality_that_published_nothing_says_it_honestly(workplace):
    assert "We did not find an official list" in page_of(workplace.collection, "en", "oni")
    assert "მერის წარმომადგენლების ოფიციალური სია ვერ ვიპოვეთ" in page_of(workplace.collection, "ka", "oni")


def test_a_city_that_published_nothing_is_not_asked_for_its_villages(workplace):
    assert 'id="village"' not in page_of(workplace.collection, "en", "kutaisi")


# --- the card --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ka", "ჰკითხეთ მერის წარმომადგენელს თქვენს სოფელში: იპოვეთ ტელეფონი"),
        ("en", "Ask the mayor&#39;s representative in your village: find the phone number"),
    ],
)
def test_a_card_leads_to_the_list_of_its_municipality(language, words):
    assert f'<a href="../#village">{words}</a>' in card_of(the_collection(), language)


def test_a_card_promises_no_phone_that_is_not_listed():
    html = card_of(the_collection(a_unit(phones=None)), "en")
    assert '<a href="../#village">Whom to ask in your village</a>' in html


def test_a_card_of_a_municipality_without_a_list_leads_nowhere():
    other = read(texts(programs(a_program()), representatives=the_file(a_unit(), municipality="gori")))
    assert "#village" not in card_of(other)


# --- without the internet --------------------------------------------------------------------


def applied(**application: Any) -> Collection:
    return read(texts(programs(a_program(application=application))))


def said_by(collection: Collection, language: str = "en") -> list[str]:
    return [line.text for line in card(Speaker(language, collection, TODAY), collection.programs[0]).lines()]


def remarks(collection: Collection) -> list[str]:
    return [finding.code for finding in remarks_on_ways(collection, "data/programs.yaml")]


def test_where_one_applies_only_online_the_card_says_whom_to_ask_without_the_internet():
    only = applied(through=["portal-my-gov-ge", "email"])
    asked = "The source does not say how to apply without the internet. Ask the city hall: 574\u00a017\u00a096\u00a023."
    assert asked in said_by(only)
    assert any("ინტერნეტის გარეშე" in words for words in said_by(only, "ka"))
    assert remarks(only) == ["only-online"]


@pytest.mark.parametrize(
    "application", [{"through": ["portal-my-gov-ge", "in-person"]}, {"through": ["email"], "at": ["city-hall"]}, {}]
)
def test_where_another_way_is_known_or_none_nothing_is_remarked(application):
    assert remarks(applied(**application)) == []
    assert not [words for words in said_by(applied(**application)) if "without the internet" in words]


def test_who_hears_only_online_is_told_to_ask_too():
    heard = read(texts(programs(a_program(decision={"notice": ["portal-my-gov-ge"]}))))
    assert "If you have no internet, ask the city hall for the answer." in said_by(heard)


def test_no_shipped_programme_can_be_applied_for_only_online(workplace):
    assert remarks(workplace.collection) == []


# --- looking for one's village ---------------------------------------------------------------

MANY = [
    a_unit(),
    a_unit(id="akura", name=place("აკურის ადმინისტრაციული ერთეული", "Akura administrative unit"), villages=[AKURA]),
    *(
        a_unit(id=f"unit-{index}", name=place(f"მე-{index} ერთეული", f"Unit {index}"), villages=None)
        for index in range(1, 6)
    ),
]


HTML = """<!doctype html><html lang="{language}" data-md-color-scheme="default"><head><title>Telavi</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/gzamkvlevi.css"><link rel="stylesheet" href="/village.css"></head>
<body class="md-typeset"><main>{body}</main><script type="module" src="/village.js"></script></body></html>"""


@pytest.fixture(scope="module")
def served():
    """What a browser is given: the page's own body in each language, with its script and style sheets."""
    listed = the_collection(*MANY)
    assets = copies.ROOT / "docs" / "assets"
    return {
        "/village.js": ("text/javascript", (assets / "javascripts" / "village.js").read_text(encoding="utf-8")),
        **{
            f"/{name}.css": ("text/css", (assets / "stylesheets" / f"{name}.css").read_text(encoding="utf-8"))
            for name in ("gzamkvlevi", "village")
        },
        **{
            f"/{language}": ("text/html; charset=utf-8", HTML.format(language=language, body=page_of(listed, language)))
            for language in ("ka", "en")
        },
    }


@pytest.fixture
def opened(fresh, served):
    def answer(route):
        kind, text = served.get(urlsplit(route.request.url).path, ("", ""))
        route.fulfill(content_type=kind, body=text) if kind else route.abort()

    def open_page(language, width=360, **options):
        page = fresh(width, **options)
        page.route("**/*", answer)
        page.goto(f"https://village.example/{language}", wait_until="load")
        return page

    return open_page


def test_only_a_long_list_of_villages_brings_a_script():
    def named(*units: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        pages = ProgramPages(Speaker("ka", the_collection(*units), TODAY))
        page = next(page for page in pages.all() if page.path == "programs/telavi")
        return tuple(name for name in page.scripts if name == "village"), page.styles

    assert named(*MANY) == (("village",), ("village",))
    assert named(a_unit()) == ((), ("village",))
    assert named(*({**unit, "villages": []} for unit in MANY)) == ((), ("village",))


@pytest.mark.parametrize(("language", "width"), [("ka", 360), ("en", 1280)])
@pytest.mark.parametrize("typed", ["რუისპირი", "რუისპირში", "Ruispiri", "ruis"])
def test_typing_a_village_leaves_its_unit(opened, language, width, typed):
    page = opened(language, width)
    page.get_by_role("searchbox").fill(typed)
    expect(page.locator(".gz-find [role=status]")).to_contain_text("1")
    assert page.locator(".gz-units > li:visible").evaluate_all("some => some.map(one => one.id)") == ["unit-ikalto"]
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".gz-units > li:visible")).to_have_count(len(MANY))


def test_a_village_that_is_not_listed_leads_to_the_city_hall(opened):
    page = opened("en")
    page.get_by_role("searchbox").fill("Kondoli")
    expect(page.locator(".gz-find [role=status]")).to_have_text("There is no such name on the list. Ask the city hall.")
    assert page.locator(".gz-units > li:visible").count() == 0


def test_without_script_the_whole_list_stands_there_and_no_empty_field(opened):
    page = opened("ka", java_script_enabled=False)
    assert page.locator(".gz-units > li:visible").count() == len(MANY)
    assert not page.locator(".gz-find").is_visible()


def test_the_field_is_accessible_on_a_narrow_page(opened):
    from test_browser import violations

    page = opened("ka", 320)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".gz-find input").bounding_box()["height"] >= 24
