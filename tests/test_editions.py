"""Editions of sheets: what paper said, beside what is true today; and what a reader who comes from paper is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import copies
import jsonschema
import pytest
import yaml
from factory import TODAY, a_program, found, programs, texts
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from guideline import editions, schema
from guideline.collection import files_in, read
from guideline.model import Collection, Edition, Program
from guideline.pages.everything import Pages
from guideline.paper.sheets import Desk
from guideline.wording.editions import FIELDS, History
from guideline.wording.handout import handout
from guideline.wording.speech import Speaker

MARCH, NOVEMBER = date(2026, 3, 5), TODAY
SITE = "https://example.ge/guide/"
CASH = {"kind": "cash", "period": "month", "per": "family"}


def rent(gel: int = 200, **changes: Any) -> dict[str, Any]:
    return a_program(benefits=[{**CASH, "gel": gel}], **changes)


def papers(*ids: str) -> dict[str, Any]:
    return {"documents": {"list": list(ids), "complete": True}}


def phone(number: str) -> dict[str, Any]:
    return {"contacts": [{"phones": [{"number": number}], "year": 2026}]}


OLD = rent(200, **papers("application", "bank-details"), **phone("0350 27 36 50"))
NEW = rent(250, **papers("application", "death-certificate-copy"), **phone("0350 27 11 11"))
GONE, FRESH = rent(id="old"), rent(id="fresh")


def the_file(*made: Edition) -> str:
    return editions.text_of(made)


@cache
def _small() -> Collection:
    return read(texts(programs(a_program())))


def copy_of(*some: dict[str, Any], made: tuple[Edition, ...] = ()) -> Collection:
    """A small copy with these programmes and editions; what both share is read once."""
    return replace(_small(), entered=tuple(Program.model_validate(one) for one in some), editions=made)


def edition_of(*some: dict[str, Any], day: date = MARCH, made: tuple[Edition, ...] = ()) -> Edition:
    new = editions.taken(copy_of(*some, made=made), day)
    assert new is not None
    return new


def told(now: dict[str, Any], *made: Edition, language: str = "ka", index: int = 0) -> list[str] | None:
    """What a reader is told who holds the sheet of an edition; None where the edition has no such programme."""
    history = History(Speaker(language, copy_of(now, made=made), TODAY))
    program = next(iter(history.programs.values()))
    said = history.of(program, index)
    return None if said is None else history.told(program, said)


# --- what has changed, in words --------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "ka",
            [
                "თანხა. იყო: თვეში 200 ₾; ახლა არის: თვეში 250 ₾",
                "საბუთები. იყო: საბანკო ანგარიშის რეკვიზიტები; ახლა არის: გარდაცვალების მოწმობის ასლი",
                "ტელეფონი. იყო: 0350 27 36 50; ახლა არის: 0350 27 11 11",
            ],
        ),
        (
            "en",
            [
                "Amount. It was: GEL 200 a month; it is now: GEL 250 a month",
                "Documents. It was: bank account details; it is now: a copy of the death certificate",
                "Phone. It was: 0350 27 36 50; it is now: 0350 27 11 11",
            ],
        ),
    ],
)
def test_a_changed_sum_paper_and_number_are_told_in_words(language, sentences):
    said = told(NEW, edition_of(OLD), language=language)
    assert [one.replace("\u00a0", " ") for one in said] == sentences


def test_a_sheet_whose_facts_are_those_of_today_is_current():
    assert told(OLD, edition_of(OLD)) == []


def test_a_paper_that_is_no_longer_asked_for_and_one_that_is_new_are_told():
    first = edition_of(rent(**papers("application", "bank-details")))
    assert told(rent(**papers("application")), first, language="en") == ["Documents, no longer: bank account details"]
    more = rent(**papers("application", "bank-details", "death-certificate-copy"))
    assert told(more, first, language="en") == ["Documents, new: a copy of the death certificate"]


def test_a_better_wording_of_the_same_fact_makes_no_sheet_old():
    made = edition_of(OLD)
    words = yaml.safe_load(the_file(made))
    words["editions"][0]["programs"]["telavi/rent"]["amount"]["ka"] = ["ორასი ლარი"]
    assert told(OLD, Edition.model_validate(words["editions"][0])) == []


def test_the_same_words_from_a_record_written_otherwise_make_no_sheet_old():
    assert told(rent(250), edition_of(a_program(benefits=[{**CASH, "gel": "250.00"}]))) == []


def test_a_sheet_of_a_programme_that_was_renamed_still_has_its_edition():
    now = rent(250, id="new-name", former_ids=["rent"])
    assert told(now, edition_of(OLD), language="en")[0].startswith("Amount. It was: GEL\u00a0200")


def test_an_edition_knows_only_the_programmes_that_it_had():
    assert told(FRESH, edition_of(OLD)) is None


def test_each_edition_is_compared_with_today_not_with_the_next():
    first = edition_of(OLD)
    second = edition_of(NEW, day=NOVEMBER, made=(first,))
    assert told(OLD, first, second, index=0) == []
    assert told(OLD, first, second, index=1, language="en")[0].endswith("it is now: GEL\u00a0200 a month")


FACTS = st.fixed_dictionaries(
    {
        "gel": st.sampled_from([100, 200, 250]),
        "documents": st.sampled_from([(), ("application",), ("application", "bank-details"), ("bank-details",)]),
        "number": st.sampled_from(["", "0350 27 36 50", "0350 27 11 11"]),
        "deadline": st.sampled_from(["", "2026-12-01", "2026-12-31"]),
        "state": st.sampled_from(["", "suspended", "exhausted"]),
    }
)


def from_facts(facts: dict[str, Any]) -> dict[str, Any]:
    more: dict[str, Any] = papers(*facts["documents"]) if facts["documents"] else {}
    more |= phone(facts["number"]) if facts["number"] else {}
    more |= {"application": {"deadlines": [{"to": facts["deadline"]}]}} if facts["deadline"] else {}
    more |= {"state": {"is": facts["state"]}} if facts["state"] else {}
    return rent(facts["gel"], **more)


@given(FACTS, FACTS)
def test_the_differences_told_are_those_of_the_facts(before, now):
    made = edition_of(from_facts(before))
    history = History(Speaker("en", copy_of(from_facts(now), made=(made,)), TODAY))
    program = history.programs["telavi/rent"]
    changed = {change.field for change in history.changes(program, history.of(program, 0))}
    names = {"gel": "amount", "documents": "documents", "number": "phone", "deadline": "until", "state": "state"}
    assert changed - {"benefit"} == {field for name, field in names.items() if before[name] != now[name]}


# --- making an edition -----------------------------------------------------------------------


def test_an_edition_holds_only_what_differs_from_the_one_before():
    first = edition_of(OLD, GONE)
    second = edition_of(NEW, FRESH, day=NOVEMBER, made=(first,))
    assert (first.code, second.code) == ("2026-03", "2026-11")
    assert set(first.programs) == {"telavi/rent", "telavi/old"}
    assert set(second.programs) == {"telavi/rent", "telavi/fresh"}
    assert second.gone == ("telavi/old",)
    changed = second.programs["telavi/rent"].model_dump(exclude_none=True)
    assert set(changed) == {"amount", "benefit", "documents", "phone"}


def test_without_a_change_there_is_no_new_edition():
    assert editions.taken(copy_of(OLD, made=(edition_of(OLD),)), NOVEMBER) is None


def test_a_written_edition_suits_its_schema():
    text = the_file(edition_of(OLD, GONE), Edition(code="2026-04", day=NOVEMBER, gone=("telavi/old",)))
    assert text.startswith("# yaml-language-server: $schema=schema/editions.json\n")
    validator = jsonschema.Draft202012Validator(schema.schemas(_small())["editions"])
    assert not list(validator.iter_errors(yaml.safe_load(text)))


def test_a_second_edition_of_a_month_has_a_number():
    first = edition_of(OLD, day=NOVEMBER)
    second = edition_of(NEW, day=NOVEMBER, made=(first,))
    third = edition_of(OLD, day=NOVEMBER, made=(first, second))
    assert [first.code, second.code, third.code] == ["2026-11", "2026-11-2", "2026-11-3"]


def test_a_written_edition_is_read_as_it_was_made():
    first = edition_of(OLD, GONE)
    second = edition_of(NEW, day=NOVEMBER, made=(first,))
    assert read(texts(programs(NEW), editions=the_file(first, second))).editions == (first, second)


def test_the_verb_writes_once_and_then_nothing(tmp_path):
    copy = copies.copy_to(tmp_path / "copy")
    (copy / "data/editions.yaml").unlink(missing_ok=True)
    done = copies.run(copy, "edition")
    assert "Edition 2026-11: " in done.stdout, done.stderr
    before = (copy / "data/editions.yaml").read_bytes()
    assert copies.run(copy, "edition").stdout == "Nothing has changed since the edition 2026-11.\n"
    assert (copy / "data/editions.yaml").read_bytes() == before


# --- a file that is not in order -------------------------------------------------------------


def wrong(**changes: Any) -> str:
    """A history with one edition in good order, changed."""
    rows = yaml.safe_load(the_file(edition_of(OLD)))["editions"]
    return yaml.safe_dump({"editions": [{**rows[0], **changes}]}, allow_unicode=True, sort_keys=False)


def twice(**changes: Any) -> str:
    rows = yaml.safe_load(the_file(edition_of(OLD)))["editions"]
    return yaml.safe_dump({"editions": [rows[0], {**rows[0], "programs": {}, **changes}]}, allow_unicode=True)


WRONG = [
    (
        "edition-code",
        wrong(code="March"),
        "“code”: “March” is not the code of an edition → year-month, for example: 2026-11 or 2026-11-2",
    ),
    (
        "program-key",
        wrong(gone=["telavi"]),
        "“telavi” does not name a programme → municipality/programme, for example: telavi/rent",
    ),
    ("edition-twice", twice(), "there is already an edition “2026-03” → restore the file, or make the edition again"),
    (
        "edition-order",
        twice(code="2026-02", day="2026-02-01"),
        "2026-02-01 is before the edition above it (2026-03-05) → the newest edition stands last",
    ),
    ("edition-gone", wrong(gone=["telavi/rent"]), "“telavi/rent” is both told and gone → keep it in one place"),
    ("in-the-future", wrong(day="2027-01-01"), "2027-01-01 is in the future (today is 2026-11-20) → check the date"),
]


@pytest.mark.parametrize(("code", "text", "words"), WRONG)
def test_a_damaged_history_is_named_with_its_line(code, text, words):
    problems = found(texts(programs(OLD), editions=text))
    assert [(problem.path, problem.code) for problem in problems] == [("data/editions.yaml", code)]
    assert problems[0].line > 1
    assert words in problems[0].say("en")


@pytest.mark.parametrize("text", ["editions: [", "editions: {}\n", "- 1\n", "\x00"])
def test_rubbish_instead_of_a_history_is_a_problem_with_a_place(text):
    problems = found(texts(programs(OLD), editions=text))
    assert problems
    assert {problem.path for problem in problems} == {"data/editions.yaml"}


def test_a_copy_without_a_history_is_in_order(tmp_path):
    for path in (copies.ROOT / "data").glob("*.yaml"):
        if path.name != "editions.yaml":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    assert read(files_in(tmp_path)).editions == ()


# --- sheets ----------------------------------------------------------------------------------


def desk(*some: dict[str, Any], made: tuple[Edition, ...] = (), today: date = TODAY) -> Desk:
    return Desk(Speaker("ka", copy_of(*some, made=made), today), SITE)


def test_a_sheet_carries_the_edition_whose_facts_it_has():
    written = desk(OLD, made=(edition_of(OLD),))
    assert written.code("programs/telavi/rent") == "2026-03"
    assert written.day("programs/telavi/rent") == MARCH


def test_a_sheet_printed_between_editions_carries_its_day():
    assert desk(NEW, made=(edition_of(OLD),)).code("programs/telavi/rent") == "d261120"
    assert desk(NEW).code("programs/telavi/rent") == "d261120"


def test_the_list_of_a_municipality_is_as_old_as_its_newest_change():
    made = edition_of(OLD, GONE)
    assert desk(OLD, GONE, made=(made,)).code("programs/telavi") == "2026-03"
    assert desk(OLD, made=(made,)).code("programs/telavi") == "d261120"
    assert desk(OLD, GONE, FRESH, made=(made,)).code("programs/telavi") == "d261120"


def test_a_handout_does_not_change_from_day_to_day_while_its_edition_is_current():
    def data(today: date) -> dict[str, Any]:
        pages = Pages(copy_of(OLD, made=(edition_of(OLD),)), None, "ka", today)
        bench = Desk(pages.speaker, SITE)
        program = pages.collection.programs[0]
        page = f"programs/{program.key}"
        made = handout(pages.speaker, program, pages.programs.card(program.key), bench.edition(page))
        assert made.edition == "ფურცელი შედგენილია: 2026 წლის 5\u00a0მარტი"
        return bench.data("x", page, edition=made.edition, take_down=made.take_down)

    assert data(date(2026, 11, 20)) == data(date(2026, 11, 21))


# --- the card, opened from paper -------------------------------------------------------------


def file_of(language: str, *made: Edition, now: dict[str, Any] = NEW) -> dict[str, Any]:
    pages = Pages(copy_of(now, made=made), None, language, TODAY)
    (text,) = (text for address, text in pages.editions.files() if address.endswith(f"/telavi.{language}.json"))
    return json.loads(text)


def test_a_municipality_has_one_small_file_for_readers_from_paper(site):
    text = (site / "assets/data/editions/telavi.ka.json").read_text(encoding="utf-8")
    assert set(json.loads(text)) == {"unknown", "between", "editions", "programs"}
    assert len(text) < 1000


ON_SITE = "programs/telavi/newborns"


def on_the_site(program: dict[str, Any]) -> dict[str, Any]:
    """The programme under the address of a real card."""
    return {**program, "id": "newborns"}


CASES = {
    "current": (
        "2026-03",
        OLD,
        "თქვენი ფურცელი ახალია: 2026 წლის 5\u00a0მარტის შემდეგ არაფერი შეცვლილა.",
        "Your sheet is current: nothing has changed since the edition of 5\u00a0March\u00a02026.",
    ),
    "changed": (
        "2026-03",
        NEW,
        "თქვენი ფურცელი ძველია. 2026 წლის 5\u00a0მარტის შემდეგ შეიცვალა:",
        "Your sheet is the edition of 5\u00a0March\u00a02026. Since then these have changed:",
    ),
    "between": ("d261120", NEW, "თქვენი ფურცელი დაბეჭდილია 20.11.2026.", "Your sheet was printed on 20.11.2026."),
    "unknown": ("2020-01", NEW, "ეს გამოცემა ჩვენთვის უცნობია.", "We do not know this edition:"),
    "hostile": ("__proto__", NEW, "ეს გამოცემა ჩვენთვის უცნობია.", "We do not know this edition:"),
    "markup": ("%3Cimg%20src=x%3E", NEW, "ეს გამოცემა ჩვენთვის უცნობია.", "We do not know this edition:"),
}


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("case", CASES)
def test_a_reader_from_paper_is_told_whether_the_sheet_is_current(fresh, origin, language, case):
    code, now, *sentences = CASES[case]
    page = fresh(360)
    body = json.dumps(file_of(language, edition_of(on_the_site(OLD)), now=on_the_site(now)))
    page.route(
        "**/assets/data/editions/*.json", lambda route: route.fulfill(body=body, content_type="application/json")
    )
    page.goto(f"{origin}/{'' if language == 'ka' else 'en/'}{ON_SITE}/?e={code}")
    notice = page.locator(".gz-edition")
    notice.wait_for()
    assert notice.locator("p").inner_text().startswith(sentences[language == "en"])
    assert notice.locator("li").count() == (3 if case == "changed" else 0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(notice).to_be_hidden()


def test_without_an_edition_in_the_address_nothing_is_asked_for(watched):
    seen = watched(f"{ON_SITE}/", 360)
    assert not [address for address in seen.requests if "edition" in address]
    assert seen.page.locator(".gz-edition").count() == 0


def test_every_fact_that_is_compared_has_a_name():
    speaker = Speaker("ka", copy_of(OLD), TODAY)
    assert all(speaker.has(f"edition.field.{field}") for field in FIELDS)
