"""What facts say: the examples of tone, sentence by sentence, and the rules of dates, sums and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from factory import collection

from guideline.model import CalendarDay, Collection, Municipality, Program, Term
from guideline.problems import DataError
from guideline.reading import File, load
from guideline.wording.card import card
from guideline.wording.comparison import comparison
from guideline.wording.conditions import label
from guideline.wording.layout import Card
from guideline.wording.speech import NO_BREAK, Speaker, fill

HERE = Path(__file__).parent
TODAY = "2026-06-01"
LANGUAGES = ("ka", "en")
EXAMPLES, _ = load(File("examples.yaml", (HERE / "wording" / "examples.yaml").read_text(encoding="utf-8")))
SAID = [*EXAMPLES["same"], *EXAMPLES["differs"]]
LEANING = ("list.", "benefit.until_age", "benefit.delivered", "benefit.by.", "capacity.order.")
"""Phrases that are joined to what stands before them and bring the space or comma between."""


# --- speaking --------------------------------------------------------------------------------


@cache
def words() -> Collection:
    """The real phrases and vocabulary, and the invented municipality of the examples."""
    real, fixture = collection(), EXAMPLES["fixture"]
    vocabulary = dict(real.vocabulary)
    for table, terms in fixture["vocabulary"].items():
        vocabulary[table] = vocabulary[table] | {id: Term.model_validate(term) for id, term in terms.items()}
    own = {id: Municipality.model_validate(raw) for id, raw in fixture["municipalities"].items()}
    return replace(real, vocabulary=vocabulary, municipalities=real.municipalities | own)


def speaker(language: str, today: str = TODAY) -> Speaker:
    return Speaker(language, words(), date.fromisoformat(today))


def a_record(**facts: Any) -> Program:
    """A programme of Nimushi of which nothing else is known."""
    page = {"url": "https://nimushi.example.ge/", "kind": "municipality"}
    required = {"id": "sample", "municipality": "nimushi", "type": "newborn", "confidence": "high", "sources": [page]}
    return Program.model_validate(required | facts)


def lines(made: Card) -> Iterator[str]:
    """Everything that a card says."""
    yield made.amount
    yield from (line.text for line in made.lines())
    for section in made.sections:
        yield section.heading
        yield from (block.lead for block in section.blocks)


def said(language: str, today: str = TODAY, **facts: Any) -> set[str]:
    """What the card of these facts says, with ordinary spaces."""
    return {plain(line) for line in lines(card(speaker(language, today), a_record(**facts)))}


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def cases(entries: Iterable[dict[str, Any]]) -> list[Any]:
    return [
        pytest.param(entry, language, id=f"{entry['id']}-{language}") for entry in entries for language in LANGUAGES
    ]


def spoken(entry: dict[str, Any], language: str) -> set[str]:
    if "phrase" not in entry:
        return said(language, entry.get("today", TODAY), **entry["record"])
    parts = dict(entry["phrase"])
    return {plain(speaker(language).say(parts.pop("say"), int(parts.pop("count", 2)), **parts))}


# --- the examples ----------------------------------------------------------------------------


@pytest.mark.parametrize(("entry", "language"), cases(SAID))
def test_a_fact_says_its_sentence(entry: dict[str, Any], language: str) -> None:
    missing = [line for line in listed(entry[language]) if line not in spoken(entry, language)]
    assert not missing, sorted(spoken(entry, language))


@pytest.mark.parametrize(("entry", "language"), cases(entry for entry in SAID if "label" in entry))
def test_a_condition_has_a_short_form(entry: dict[str, Any], language: str) -> None:
    program = a_record(**entry["record"])
    assert program.eligibility
    assert plain(label(speaker(language), program, program.eligibility.all[0])) == entry["label"][language]


def test_every_example_is_accounted_for_once() -> None:
    kept = [entry["id"] for entry in SAID] + list(EXAMPLES["later"])
    assert len(EXAMPLES["ids"]) == 161
    assert sorted(kept) == sorted(EXAMPLES["ids"])


@pytest.mark.parametrize("entry", EXAMPLES["differs"], ids=lambda entry: entry["id"])
def test_what_is_said_in_other_words_differs_and_says_why(entry: dict[str, Any]) -> None:
    ours = {"ka": entry["ka"], "en": entry["en"]}
    ours |= {f"{language}_short": short for language, short in entry.get("label", {}).items()}
    assert entry["because"]
    assert [name for name, wanted in entry["wanted"].items() if wanted == ours[name]] == []


def test_what_differs_comes_closer_only_by_moving_up() -> None:
    """Nothing is kept as different that the card says after all."""
    agreed = [
        (entry["id"], language)
        for entry in EXAMPLES["differs"]
        for language in LANGUAGES
        if language in entry["wanted"] and set(listed(entry["wanted"][language])) <= spoken(entry, language)
    ]
    assert agreed == []


# --- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "money"), [("ka", "250\u00a0₾"), ("en", "GEL\u00a0250")])
def test_a_sum_never_parts_from_its_sign(language: str, money: str) -> None:
    assert speaker(language).money(250) == money


@pytest.mark.parametrize(
    ("number", "written"),
    [(999, "999"), (1000, "1000"), (9999, "9999"), (10_000, "10\u00a0000"), (1_234_567, "1\u00a0234\u00a0567")],
)
def test_georgian_groups_digits_from_ten_thousand_on_without_a_break(number: int, written: str) -> None:
    assert speaker("ka").number(number) == written


@pytest.mark.parametrize(("number", "written"), [(999, "999"), (1000, "1,000"), (70_001, "70,001")])
def test_english_groups_digits_from_a_thousand_on(number: int, written: str) -> None:
    assert speaker("en").number(number) == written


@pytest.mark.parametrize(("language", "written"), [("ka", "0,5"), ("en", "0.5")])
def test_a_fraction_has_the_mark_of_its_language(language: str, written: str) -> None:
    assert speaker(language).number(Decimal("0.50")) == written


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ({"number": "+995350000000"}, "0350\u00a000\u00a000\u00a000"),
        ({"number": "+995350000000"}, "+995\u00a0350\u00a000\u00a000\u00a000"),
        ({"number": "+995555000000", "kind": "mobile"}, "555\u00a000\u00a000\u00a000"),
        ({"number": "1 000", "kind": "short"}, "1\u00a0000"),
    ],
)
def test_a_phone_number_never_breaks(phone: dict[str, str], written: str) -> None:
    made = card(speaker("ka"), a_record(contacts=[{"phones": [phone]}]))
    assert written in next(line.text for line in made.lines() if line.href.startswith("tel:"))


@pytest.mark.parametrize(
    ("count", "sentence"), [(1, "1 programme found"), (0, "0 programmes found"), (2, "2 programmes found")]
)
def test_english_counts_one_and_many(count: int, sentence: str) -> None:
    assert speaker("en").say("found", count=count, n=count) == sentence


@pytest.mark.parametrize("count", [0, 1, 2])
def test_georgian_has_one_form_after_any_number(count: int) -> None:
    assert speaker("ka").say("found", count=count, n=count) == f"მოიძებნა {count} პროგრამა"


# --- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "ka", "en"),
    [
        ("day", "2026 წლის 9 მაისი", "9 May 2026"),
        ("on_day", "2026 წლის 9 მაისს", "on 9 May 2026"),
        ("day_of", "2026 წლის 9 მაისის", "of 9 May 2026"),
    ],
)
def test_a_date_has_the_form_of_its_place(way: str, ka: str, en: str) -> None:
    day = date(2026, 5, 9)
    assert [plain(getattr(speaker(language), way)(day)) for language in LANGUAGES] == [ka, en]


def test_the_day_never_parts_from_its_month() -> None:
    assert speaker("ka").day(date(2026, 5, 9)) == "2026 წლის 9\u00a0მაისი"


@pytest.mark.parametrize(
    ("known", "ka", "en"),
    [
        ("2026", "2026 წელი", "2026"),
        ("2026-03", "2026 წლის მარტი", "March 2026"),
        ("2026-03-05", "2026 წლის 5 მარტი", "5 March 2026"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(known: str, ka: str, en: str) -> None:
    assert [plain(speaker(language).partial_day(known)) for language in LANGUAGES] == [ka, en]


@pytest.mark.parametrize(
    ("known", "ka", "en"),
    [
        ("2026", "2026 წელს", "In 2026"),
        ("2026-03", "2026 წლის მარტში", "In March 2026"),
        ("2026-03-05", "2026 წლის 5 მარტს", "On 5 March 2026"),
    ],
)
def test_a_date_tells_when_as_far_as_it_is_known(known: str, ka: str, en: str) -> None:
    assert [plain(speaker(language).in_partial_day(known)) for language in LANGUAGES] == [ka, en]


@pytest.mark.parametrize(
    ("day", "ka"),
    [
        (CalendarDay(day=9, month=5), "9 მაისს"),
        (CalendarDay(holiday="mothers-day"), "დედის დღეს"),
        (CalendarDay(day=3, month=3, holiday="mothers-day"), "დედის დღეს (3 მარტს)"),
    ],
)
def test_a_day_of_every_year_has_its_date_its_name_or_both(day: CalendarDay, ka: str) -> None:
    assert plain(speaker("ka").calendar_day(day)) == ka


def test_a_window_over_new_year_names_both_years() -> None:
    deadline = {"from": "2026-12-01", "to": "2027-01-31"}
    sentence = "განცხადებებს იღებენ 2026 წლის 1 დეკემბრიდან 2027 წლის 31 იანვრის ჩათვლით."
    assert sentence in said("ka", application={"deadlines": [deadline]})


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "ka", "en"),
    [(["ა"], "ა", "ა"), (["ა", "ბ"], "ა და ბ", "ა and ბ"), (["ა", "ბ", "გ"], "ა, ბ და გ", "ა, ბ and გ")],
)
def test_a_list_has_no_comma_before_and(items: list[str], ka: str, en: str) -> None:
    assert [speaker(language).both(items) for language in LANGUAGES] == [ka, en]


def test_a_list_has_no_comma_before_or() -> None:
    assert speaker("ka").either(["ა", "ბ", "გ"]) == "ა, ბ ან გ"


def test_two_statuses_share_the_word_only_where_each_is_a_status() -> None:
    facts = {"eligibility": {"all": [{"status": ["idp", "student"]}]}}
    assert "არის ერთ-ერთი: დევნილი ან სტუდენტი" in said("ka", **facts)


def test_a_third_source_is_not_called_the_second() -> None:
    conflict = {"field": "amount", "values": [{"gel": "100"}, {"gel": "200"}, {"gel": "300"}]}
    sentence = "თანხა: ერთ წყაროში წერია 100 ₾, მეორეში — 200 ₾, კიდევ ერთში — 300 ₾. რომელია სწორი, ჰკითხეთ მერიას."
    assert sentence in said("ka", conflicts=[conflict])


# --- sums that belong together ---------------------------------------------------------------


def with_supplement(**supplement: str) -> dict[str, Any]:
    base = {"kind": "cash", "gel": "500", "period": "once", "per": "newborn"}
    return {"benefits": [base, {"kind": "cash", "gel": "300", "supplement": "true", **supplement}]}


def test_a_supplement_that_comes_as_often_says_the_total() -> None:
    assert "ემატება 300 ₾ ერთჯერადად (სულ 800 ₾)" in said("ka", **with_supplement(period="once"))


@pytest.mark.parametrize("other", [{"period": "month"}, {"period": "once", "per": "family"}])
def test_a_supplement_in_another_rhythm_or_for_another_has_no_total(other: dict[str, str]) -> None:
    assert not [line for line in said("ka", **with_supplement(**other)) if "სულ" in line]


@pytest.mark.parametrize(
    ("period", "lead", "row"),
    [
        ("once", "ერთჯერადი თანხა ასაკზეა დამოკიდებული:", "1 წელი: 10 ₾"),
        ("year", "ყოველწლიური თანხა ასაკზეა დამოკიდებული:", "1 წელი: 10 ₾"),
        ("month", "თანხა ასაკზეა დამოკიდებული:", "1 წელი: თვეში 10 ₾"),
    ],
)
def test_how_often_the_sums_of_a_table_are_paid_is_said_above_it_or_in_every_row(
    period: str, lead: str, row: str
) -> None:
    rows = [{"when": {"age": {"exactly": age}}, "gel": sum} for age, sum in (("1", "10"), ("2", "20"))]
    benefit = {"kind": "cash", "period": period, "tiers": {"by": "age", "rows": rows}}
    assert {lead, row} <= said("ka", benefits=[benefit])


def test_what_is_paid_automatically_is_promised_only_where_an_account_is_named() -> None:
    assert "განცხადება არ არის საჭირო." in said("ka", application={"automatic": "true"})


# --- trust -----------------------------------------------------------------------------------

OVER = {"valid": {"to": "2025-12-31"}, "contacts": [{"phones": [{"number": "0350222222"}]}]}
BETWEEN_YEARS = "2026 წლის წესს საკრებულო, ჩვეულებრივ, წლის დასაწყისში იღებს: წასვლამდე დარეკეთ."
EXPIRED = "2026 წლის წესი აქ ჯერ არ არის: წასვლამდე დარეკეთ."


@pytest.mark.parametrize(
    ("today", "ending"),
    [("2026-01-01", BETWEEN_YEARS), ("2026-03-31", BETWEEN_YEARS), ("2026-04-01", EXPIRED), ("2026-12-31", EXPIRED)],
)
def test_terms_of_last_year_are_expected_until_march_and_missing_from_april_on(today: str, ending: str) -> None:
    assert f"ეს პირობები 2025 წლის 31 დეკემბრის ჩათვლით მოქმედებდა. {ending}" in said("ka", today, **OVER)


def test_terms_hold_on_their_last_day() -> None:
    assert not [line for line in said("ka", "2025-12-31", **OVER) if "მოქმედებდა" in line]


def test_what_will_be_said_after_the_last_day_holds_in_whatever_year_it_is_read() -> None:
    later = card(speaker("ka", "2025-06-01"), a_record(**OVER)).later
    assert later
    assert "ახალი წესი აქ ჯერ არ არის: წასვლამდე დარეკეთ." in plain(later.text)


def test_nobody_is_told_to_call_where_no_number_is_known() -> None:
    silent = card(speaker("ka", "2026-06-01"), a_record(**{**OVER, "contacts": []}))
    assert not silent.call
    assert not [line.text for line in silent.lines() if "დარეკეთ" in line.text]


def test_sums_between_which_sources_differ_are_both_in_the_headline() -> None:
    values = [
        {"gel": "200", "source": "https://nimushi.example.ge/"},
        {"gel": "140", "source": "https://nimushi.example.ge/"},
    ]
    made = card(speaker("en"), a_record(conflicts=[{"field": "amount", "values": values}]))
    assert plain(made.amount) == "GEL 200 or GEL 140: the sources differ"
    (benefit,) = [section for section in made.sections if section.id == "benefit"]
    assert [line.kind for line in benefit.lines()].count("conflict") == 1


def row_of(**eligibility: Any) -> tuple[str, ...]:
    program = a_record(eligibility=eligibility)
    (row,) = comparison(speaker("en"), [program], lambda key: card(speaker("en"), program)).rows
    return tuple(map(plain, row.who))


def test_alternatives_stay_alternatives_in_a_comparison() -> None:
    either = {"any": [{"status": ["idp"]}, {"status": ["veteran"]}]}
    (who,) = row_of(all=[{"residence": "registered"}, either])
    assert "; or " in who


def test_a_comparison_says_when_the_card_has_more_conditions() -> None:
    asked = [{"age": {"at_least": str(age)}} for age in (18, 19, 20, 21)]
    assert row_of(all=asked)[3:] == ("and more: see the card",)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "რომელი წლისაა წყარო, არ ჩანს."),
        ({"year": "2021"}, "რომელი წლისაა წყარო, არ ჩანს. პირობები 2021 წლისაა."),
        ({"sources": [{"url": "https://nimushi.example.ge/", "kind": "act", "year": "2019"}]}, "წყარო 2019 წლისაა."),
    ],
)
def test_what_is_not_confirmed_says_the_year_of_its_source_or_that_none_is_known(facts: Any, sentence: str) -> None:
    assert f"მუნიციპალიტეტს ეს ინფორმაცია არ დაუდასტურებია. {sentence}" in said("ka", **facts)


def test_what_was_to_open_by_now_is_not_promised_to_open() -> None:
    state = {"is": "not-yet-open", "since": "2026-02-01"}
    assert "According to the source, applications were to open on 1 February 2026. Ask the city hall." in said(
        "en", state=state
    )


# --- filling ---------------------------------------------------------------------------------


def test_an_unknown_slot_is_refused() -> None:
    with pytest.raises(KeyError):
        fill("{sum} ₾", {"n": "250"})


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        fill("{group.to_all}", {"group": {"one": "დევნილი"}})


def test_an_unknown_phrase_is_refused() -> None:
    with pytest.raises(DataError):
        speaker("ka").say("heading.nowhere")


def test_an_empty_slot_leaves_no_space_behind() -> None:
    assert fill("{days} {amount} {per}", {"days": "", "amount": "250 ₾", "per": ""}) == "250 ₾"


def test_a_space_that_does_not_break_is_kept() -> None:
    assert fill("{n}\u00a0₾", {"n": "10\u00a0000"}) == "10\u00a0000\u00a0₾"


# --- every phrase and every card -------------------------------------------------------------


def phrases(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every stored phrase with its key."""
    if isinstance(part, str):
        yield key, part
    else:
        for name, inner in part.items():
            yield from phrases(inner, f"{key}.{name}" if key else name)


def test_only_phrases_that_are_joined_begin_or_end_with_a_space() -> None:
    """`fill` drops the spaces at both ends of what it says."""
    leaning = [key for key, words in phrases(words().phrases) if words != words.strip(" ")]
    assert [key for key in leaning if not key.startswith(LEANING)] == []


@pytest.fixture(scope="module", params=LANGUAGES)
def real(request: pytest.FixtureRequest, workplace: Any) -> dict[str, list[str]]:
    """What every real card says, by programme."""
    ours = Speaker(request.param, workplace.collection, workplace.today)
    return {program.key: list(lines(card(ours, program))) for program in workplace.collection.programs}


def told(real: dict[str, list[str]], pattern: str) -> list[tuple[str, str]]:
    return [(key, line) for key, some in real.items() for line in some if re.search(pattern, line)]


def test_no_card_has_a_georgian_capital(real: dict[str, list[str]]) -> None:
    assert told(real, "[\u1c90-\u1cbf\u10a0-\u10cd]") == []


def test_no_card_has_a_slot_left_open(real: dict[str, list[str]]) -> None:
    assert told(real, "[{}]") == []


def test_no_card_has_a_space_too_many(real: dict[str, list[str]]) -> None:
    assert told(real, r"^ | $|  | [,.;:)]") == []


def test_no_card_lacks_a_space_before_a_bracket(real: dict[str, list[str]]) -> None:
    assert told(real, r"(?:[^\W\d_]{2}|₾)\(") == []
