"""Messages for staff: the card's facts for other channels, counted as networks send them."""

from __future__ import annotations

import re

import pytest
from factory import TODAY, a_program, collection
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from guideline.pages.everything import Pages
from guideline.wording.card import card
from guideline.wording.layout import Card
from guideline.wording.messages import MOST_PARTS, Messages, messages, sms
from guideline.wording.speech import Speaker

SITE = "https://gzamkvlevi.example.org/"
LONG_NAME = 60
"""Letters of a name for which three parts may have no room."""


@pytest.fixture(scope="module")
def made(workplace) -> dict[tuple[str, str], tuple[Card, Messages, str]]:
    """Every card with its messages and the short address of its page."""
    found = {}
    for language in ("ka", "en"):
        pages = Pages(workplace.collection, workplace.chapters, language, workplace.today, SITE)
        for program in pages.programs.shown:
            address = f"gzamkvlevi.example.org/{'en/' if language == 'en' else ''}programs/{program.key}/"
            one = pages.programs.card(program.key)
            found[language, program.key] = one, messages(pages.speaker, program, one, address), address
    return found


def faults(made, wrong):
    return {where: said for where, (one, all_, address) in made.items() if (said := wrong(one, all_, address))}


def words_of(one: Card) -> str:
    """All that a card says."""
    glances = [glance.words for glance in one.glance]
    call = [one.call.text] if one.call else []
    lines = [line.text for top in one.lines() for line in top.all()]
    return " ".join([one.name, one.place, one.amount, one.summary, *glances, *call, *lines])


def digits(text: str) -> set[str]:
    """Numbers as they are, groups of three and phone numbers in pieces."""
    return set(re.findall(r"\d+", text))


# --- counting --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length", "parts"),
    [
        ("ა" * 70, 70, 1),
        ("ა" * 71, 71, 2),
        ("ა" * 134, 134, 2),
        ("ა" * 135, 135, 3),
        ("ა" * 201, 201, 3),
        ("ა" * 202, 202, 4),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("[" * 80, 160, 1),
        ("a" * 152 + "[" + "a" * 152, 306, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 67, 134, 3),
        ("", 0, 1),
    ],
)
def test_a_message_is_counted_as_networks_send_it(text, length, parts):
    counted = sms(text)
    assert (counted.length, counted.parts) == (length, parts)


@given(st.text(st.sampled_from("აბa [{€😀\n"), max_size=500))
def test_no_message_has_fewer_parts_than_its_length_needs(text):
    counted = sms(text)
    latin = not set(text) & set("აბ😀")
    one, each = (160, 153) if latin else (70, 67)
    assert counted.length >= len(text)
    assert (counted.parts == 1) == (counted.length <= one)
    assert counted.parts * (one if counted.parts == 1 else each) >= counted.length


# --- every card ------------------------------------------------------------------------------


def test_every_card_fits_into_three_parts_in_both_languages(made):
    assert not faults(made, lambda one, all_, address: all_.sms is None or all_.sms.parts > MOST_PARTS)


def test_every_message_names_programme_and_place_and_leads_to_the_page(made, workplace):
    def wrong(one, all_, address):
        town = workplace.collection.municipalities[one.key.split("/")[0]].name[one.language]
        named = plain(one.name) in all_.sms.text or len(one.name) > LONG_NAME
        whole = (all_.post, all_.script)
        missing = [text for text in whole if one.name not in text or one.place not in text]
        missing += [] if named and plain(town) in all_.sms.text else [all_.sms.text]
        return missing or [text for text in (all_.sms.text, all_.post) if not text.endswith(address)]

    assert not faults(made, wrong)


def plain(text: str) -> str:
    """The text as a message writes it: Georgian as it is, English without typography."""
    text = text.replace("\u00a0", " ")
    return text if re.search("[ა-ჰ]", text) else text.translate(str.maketrans("‘’–—“”", "''--\"\""))


def test_what_nobody_has_confirmed_is_said_to_be_so_in_every_message(made, workplace):
    programs = {program.key: program for program in workplace.collection.programs}
    sign = {"ka": "დაუდასტურებ", "en": "onfirmed"}

    def silent(one, all_, address):
        if programs[one.key].review.status == "confirmed":
            return []
        return [text for text in (all_.sms.text, all_.post, all_.script) if sign[one.language] not in text]

    assert not faults(made, silent)


def test_english_messages_stay_in_the_alphabet_that_holds_more(made):
    def dear(one, all_, address):
        return one.language == "en" and all_.sms.length > 70 and all_.sms.parts > -(-all_.sms.length // 153)

    assert not faults(made, dear)


def test_a_script_says_the_number_twice_and_no_signs(made):
    def wrong(one, all_, address):
        number = one.call.text.split(" ", 1)[1].split(": ")[-1] if one.call else ""
        return re.findall(r"₾|GEL|%|№\d", all_.script) or (number and all_.script.count(number) < 2)

    assert not faults(made, wrong)


# --- any card --------------------------------------------------------------------------------

NAMES = st.text(st.sampled_from("აბგდე abc-[{"), min_size=1, max_size=300).filter(str.strip)


@given(NAMES, st.sampled_from(["ka", "en"]), st.integers(1, 200_000), st.sampled_from(["", "0350 27 36 50"]))
def test_a_name_of_any_length_is_whole_or_not_there(small, name, language, gel, number):
    changes = {"name": {"ka": name, "en": name}, "benefits": [{"kind": "cash", "gel": gel}]}
    if number:
        changes["contacts"] = [{"phones": [{"number": number}]}]
    program = small.programs[0].model_validate(a_program(**changes))
    speaker = Speaker(language, small, TODAY)
    made = messages(speaker, program, card(speaker, program), "example.ge/programs/telavi/rent/").sms
    assert made is not None
    assert made.parts <= MOST_PARTS
    assert made.text.endswith("example.ge/programs/telavi/rent/")
    assert (speaker.say("head.named", name=name, place="").rstrip(" .,") in made.text) or len(name) > 60


@pytest.fixture(scope="module")
def small():
    return collection()


def test_where_not_even_the_address_fits_there_is_no_message(small):
    speaker, program = Speaker("ka", small, TODAY), small.programs[0]
    assert messages(speaker, program, card(speaker, program), "x" * 500).sms is None


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["programs/telavi/newborns/", "en/programs/telavi/newborns/"])
def test_a_message_is_copied_whole(watched, path):
    page = watched(path, 360).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".gz-messages summary").click()
    for button in page.locator("[data-gz-copy-text]").all():
        text = button.locator("xpath=../p[@class='gz-message']").text_content()
        button.click()
        expect(page.locator(".gz-messages [role=status]")).not_to_be_empty()
        page.wait_for_function(
            "async text => (await navigator.clipboard.readText()).replaceAll('\\r', '') === text", arg=text
        )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_a_message_can_be_read_and_no_button_promises_more(watched):
    page = watched("programs/telavi/newborns/", 360, java_script_enabled=False).page
    page.locator(".gz-messages summary").click()
    expect(page.locator(".gz-message").first).to_be_visible()
    assert not page.locator("[data-gz-copy-text]").first.is_visible()
