"""What must hold of the data: every message that an editor may see, brought about by one change to a sound copy."""

# ruff: noqa: E501
from __future__ import annotations

import re
from datetime import date
from string import Formatter
from typing import Any

import pytest
import test_chapters
import test_editions
import test_language
import test_local
import test_new
import test_proofreading
import test_quoting
import test_reading
import test_representatives
from factory import PROGRAMS, TODAY, a_benefit, a_condition, a_program, found, problems_of, programs, texts

from guideline.problems import messages

ACT = {"form": "ordinance", "issuer": "council"}
SHARE = {"kind": "share", "gel": None, "period": None}


def tiers(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The change that gives the programme a table of sums."""
    by = more.pop("by", "score")
    return a_benefit(gel=None, tiers={"by": by, "rows": list(rows), **more})


def row(**facts: Any) -> dict[str, Any]:
    return {"when": facts, "gel": 100}


def score(**limits: int) -> dict[str, Any]:
    return row(score=limits)


def phone(number: str, **more: Any) -> dict[str, Any]:
    return {"contacts": [{"phones": [{"number": number, **more}]}]}


def hours(**times: str) -> dict[str, Any]:
    return {"contacts": [{"hours": [{"days": ["monday"], "from": "10:00", "to": "18:00", **times}]}]}


def name(ka: str = "ქირა", en: str = "Rent", **more: str) -> dict[str, Any]:
    return {"name": {"ka": ka, "en": en, **more}}


def source(**changes: Any) -> dict[str, Any]:
    return {"sources": [{"url": "https://telavi.gov.ge/rent", "kind": "municipality", **changes}]}


TABLE: list[tuple[str, dict[str, Any], str, str]] = [
    # --- the shape of a record
    ("missing-field", {"type": None}, "id", "“type” is missing → add a line “type: …”"),
    ("missing-field", {"municipality": None}, "id", "“municipality” is missing → add a line “municipality: …”"),
    ("missing-field", {"name": {"ka": "ქირა"}}, "ka", "“en” is missing → add a line “en: …”"),
    ("missing-field", {"name": {"en": "Rent"}}, "en", "“ka” is missing → add a line “ka: …”"),
    ("missing-field", {"benefits": [{"gel": 5}]}, "gel", "“kind” is missing → add a line “kind: …”"),
    ("unknown-field", {"zzz": "a"}, "zzz", "there is no such field: “zzz” → see the list of fields in CONTRIBUTING.md"),
    ("unknown-field-near", {"benefit": "a"}, "benefit", "there is no such field: “benefit” → perhaps “benefits”?"),
    ("unknown-field-near", a_benefit(peroid="x"), "peroid", "there is no such field: “peroid” → perhaps “period”?"),
    ("not-a-mapping", {"payment": "cash"}, "cash", "“payment” must consist of fields, it says cash → start a new line and list the fields"),
    ("not-a-list", {"benefits": "cash"}, "cash", "“benefits” must be a list, it says cash → one item a line, each after “- ”"),
    ("not-text", {"note": ["a"]}, "- a", "“note” must be plain text, it says […] → write one word or sentence"),
    ("not-a-choice", {"confidence": "sure"}, "sure", "“confidence”: “sure” will not do → choose one of: high, medium, low"),
    ("not-a-choice", a_condition(residence="here"), "here", "“residence”: “here” will not do → choose one of: registered, living, registered-and-living, registered-or-living, permanently-living, registered-and-permanently-living, temporarily-living, unclear"),
    ("too-few", tiers(score(below=1)), "- when", "the list “rows” is too short → at least 2 needed"),
    ("too-long", {"note": "a" * 2001}, "aaa", "“note” is too long → at most 2000 characters"),
    ("too-small", a_benefit(times=0), "0", "“times”: 0 is too small → at least 1"),
    ("too-small", {"year": -5}, "-5", "“year”: -5 is too small → at least 0"),
    ("too-big", {"payment": {"days": [{"day": 32, "month": 1}]}}, "32", "“day”: 32 is too large → at most 31"),
    ("one-of", a_condition(status={"who": "child"}), "who", "exactly one of these must be given: is, any_of → keep or add one"),
    ("one-of", {"documents": {"list": [{"is": "bank-details", "text": {"ka": "ბ", "en": "b"}}]}}, "is", "exactly one of these must be given: is, text → keep or add one"),
    ("one-of", {"application": {"deadlines": [{"rule": "all-year", "to": "2026-12-01"}]}}, "rule", "exactly one of these must be given: from / to, within, rule → keep or add one"),
    ("one-of", {"payment": {"days": [{"day": 5}]}}, "day", "exactly one of these must be given: holiday, day + month → keep or add one"),
    ("one-of", a_condition(birth={"order": 1, "multiple": "twins"}), "order", "exactly one of these must be given: order, order_from, multiple → keep or add one"),
    ("one-of", a_condition(birth={}), "{}", "exactly one of these must be given: order, order_from, multiple → keep or add one"),
    ("together", {"application": {"deadlines": [{"within": {"value": 6, "unit": "month"}}]}}, "within", "these fields only go together: within, after → add the other one"),
    ("together", hours(break_from="13:00"), "13:00", "these fields only go together: break_from, break_to → add the other one"),
    ("empty", {"note": " "}, " ", "“note” is empty → write words or delete the line"),
    ("empty", name(en=""), "", "“en” is empty → write words or delete the line"),
    ("empty-condition", a_condition(), "{}", "the condition is empty → give at least one fact, for example: age: {at_least: 65}"),
    ("no-limit", a_condition(age={"sex": "female"}), "sex", "no limit is given → add one, for example: at_least: 65"),
    ("limits-twice", a_condition(score={"at_most": 5, "below": 6}), "at_most", "two limits on the same side → keep one: at_least or above, at_most or below"),
    ("limits-twice", a_condition(age={"exactly": 5, "below": 6}), "exactly", "two limits on the same side → keep one: at_least or above, at_most or below"),
    # --- values
    ("whole-number", a_condition(age={"at_least": "65.5"}), "65.5", "“at_least”: “65.5” is not a whole number → digits only, no leading zero and no spaces, for example: 70001"),
    ("whole-number", a_condition(score={"below": "070001"}), "070001", "“below”: “070001” is not a whole number → digits only, no leading zero and no spaces, for example: 70001"),
    ("sum", a_benefit(gel="250 ₾"), "250 ₾", "“gel”: “250 ₾” is not a sum → digits only, no currency and no spaces, for example: 250"),
    ("sum", a_benefit(gel="250,50"), "250,50", "“gel”: “250,50” is not a sum → digits only, no currency and no spaces, for example: 250"),
    ("day", {"valid": {"to": "31.12.2026"}}, "31.12.2026", "“to”: “31.12.2026” is not a date → year-month-day, for example: 2026-03-31"),
    ("day", {"valid": {"to": "2026-02-30"}}, "2026-02-30", "“to”: “2026-02-30” is not a date → year-month-day, for example: 2026-03-31"),
    ("day", {"valid": {"to": "2026-1-5"}}, "2026-1-5", "“to”: “2026-1-5” is not a date → year-month-day, for example: 2026-03-31"),
    ("partial-date", a_benefit(since="2026-13"), "2026-13", "“since”: “2026-13” is not a date → for example: 2026, 2026-03 or 2026-03-31"),
    ("clock", hours(to="24:00"), "24:00", "“to”: “24:00” is not a time → hour:minute, for example: 09:30"),
    ("flag", a_benefit(free="yes"), "yes", "“free”: “yes” will not do → write true or false"),
    ("id", {"id": "Rent_Aid"}, "Rent_Aid", "“id”: “Rent_Aid” will not do as an id → small Latin letters, digits and hyphens, for example: large-families"),
    ("id", {"id": "ქირა"}, "ქირა", "“id”: “ქირა” will not do as an id → small Latin letters, digits and hyphens, for example: large-families"),
    ("address", source(url="javascript:alert(1)"), "javascript:", "“url”: “javascript:alert(1)” is not a web address → it must begin with https:// or http://"),
    ("address", source(url="data:text/html,x"), "data:", "“url”: “data:text/html,x” is not a web address → it must begin with https:// or http://"),
    ("address", source(url="ftp://telavi.gov.ge"), "ftp:", "“url”: “ftp://telavi.gov.ge” is not a web address → it must begin with https:// or http://"),
    ("address", source(url="telavi.gov.ge"), "telavi", "“url”: “telavi.gov.ge” is not a web address → it must begin with https:// or http://"),
    ("address", source(url="https://telavi.gov.ge/a b"), "https:", "“url”: “https://telavi.gov.ge/a b” is not a web address → it must begin with https:// or http://"),
    ("address", source(url='https://telavi.gov.ge/"><img'), "https:", "“url”: “https://telavi.gov.ge/\"><img” is not a web address → it must begin with https:// or http://"),
    ("email", {"contacts": [{"email": "telavi"}]}, "telavi", "“email”: “telavi” is not an e-mail address → for example: info@example.ge"),
    ("email", {"contacts": [{"email": "a@b.ge?cc=x@y.ge"}]}, "a@b", "“email”: “a@b.ge?cc=x@y.ge” is not an e-mail address → for example: info@example.ge"),
    # --- ids
    ("repeated-id", {"former_ids": ["rent"]}, "rent", "the id “telavi/rent” is used already → choose another"),
    ("reserved-id", {"id": "groups"}, "groups", "the id “groups” is needed by the site → choose another"),
    ("unknown-reference", {"groups": ["zzz"]}, "zzz", "“groups”: “zzz” is not in the list → for example: "),
    ("unknown-reference-near", {"municipality": "telawi"}, "telawi", "“municipality”: “telawi” is not in the list → perhaps “telavi”?"),
    ("unknown-reference-near", {"type": "rentt"}, "rentt", "“type”: “rentt” is not in the list → perhaps “rent”?"),
    ("unknown-reference-near", {"documents": {"list": ["bank-detail"]}}, "bank-detail", "“list”: “bank-detail” is not in the list → perhaps “bank-details”?"),
    ("unknown-reference-near", {"groups": ["idp", "veterann"]}, "veterann", "“groups”: “veterann” is not in the list → perhaps “veteran”?"),
    ("unknown-reference-near", a_condition(status=["idp", "veterann"]), "veterann", "“status”: “veterann” is not in the list → perhaps “veteran”?"),
    ("unknown-reference-near", a_benefit(payers=[{"gel": 250, "from": "state-budget"}]), "state-budget", "“from”: “state-budget” is not in the list → perhaps “city-budget”?"),
    ("missing-form", {"application": {"at": ["state"]}}, "state", "the term “state” has no form “at” → add it in data/vocabulary.yaml"),
    # --- sums and limits
    ("sum-not-positive", a_benefit(gel=0), "0", "“gel”: 0 must be above zero → check the sum; if it is not known, delete the line"),
    ("sum-not-positive", a_benefit(gel=-5), "-5", "“gel”: -5 must be above zero → check the sum; if it is not known, delete the line"),
    ("sum-not-positive", a_benefit(kind="goods", gel=None, item="firewood", quantity=0, unit="cubic-metre"), "0", "“quantity”: 0 must be above zero → check the sum; if it is not known, delete the line"),
    ("sum-too-large", a_benefit(gel=2500000), "2500000", "2500000 is too large a sum → is there a zero too many? the limit is 200000"),
    ("sum-too-large", a_benefit(kind="goods", gel=None, item="firewood", worth_gel=200001), "200001", "200001 is too large a sum → is there a zero too many? the limit is 200000"),
    ("percent-out-of-range", a_benefit(**SHARE, percent=101, of="treatment-cost"), "101", "101% is impossible → write a number from 1 to 100"),
    ("percent-out-of-range", a_benefit(**SHARE, up_to_percent=0, of="treatment-cost"), "0", "0% is impossible → write a number from 1 to 100"),
    ("range-downwards", a_benefit(gel=None, from_gel=300, to_gel=200), "300", "the lower sum (300) must be smaller than the upper one (200) → swap them"),
    ("range-downwards", a_benefit(gel=None, from_gel=200, to_gel=200), "200", "the lower sum (200) must be smaller than the upper one (200) → swap them"),
    ("half-range", a_benefit(gel=None, from_gel=300), "300", "from_gel and to_gel only go together → add the other; for one sum write gel or up_to_gel"),
    ("two-amounts", a_benefit(up_to_gel=300), "300", "the sum is given in two ways: gel and up_to_gel → keep one; write a second sum as a benefit of its own"),
    ("cap-without-share", a_benefit(cap_gel=300), "300", "cap_gel limits a share, but no share is given → add percent or write up_to_gel"),
    ("share-of-what", a_benefit(**SHARE, percent=70), "70", "a percentage of what? → add “of”, for example: of: uncovered-cost"),
    ("item-elsewhere", a_benefit(item="food"), "food", "a benefit of the kind “cash” has no “item” → write what the money is for under “for”"),
    ("which-item", a_benefit(kind="goods", gel=None), "goods", "what is given? → add “item”, for example: item: firewood"),
    ("quantity-and-unit", a_benefit(kind="goods", gel=None, item="firewood", quantity=5), "5", "quantity and unit only go together → add the other one"),
    ("quantity-and-unit", a_benefit(kind="goods", gel=None, item="firewood", unit="cubic-metre"), "cubic-metre", "quantity and unit only go together → add the other one"),
    ("cap-and-base", a_benefit(cap_percent=50), "50", "cap_percent and cap_of only go together → add the other one"),
    ("amount-and-tiers", {"benefits": [{"kind": "cash", "gel": 5, "tiers": {"by": "score", "rows": [score(below=9), score(at_least=9)]}}]}, "by", "both a sum and a table are given → keep one"),
    ("payers-do-not-add-up", a_benefit(payers=[{"gel": 100, "from": "city-budget"}, {"gel": 140, "from": "state"}]), "- gel", "the payers' sums add up to 240, the total says 250 → mend one of them"),
    ("too-small", a_benefit(payers=[{"gel": 300, "from": "state"}, {"gel": -50, "from": "state"}]), "-50", "“gel”: -50 is too small → at least 0.01"),
    ("too-small", {"budget": [{"gel": 0, "code": "06 02"}]}, "0", "“gel”: 0 is too small → at least 1"),
    ("too-big", {"budget": [{"gel": 1000000001}]}, "1000000001", "“gel”: 1000000001 is too large → at most 1000000000"),
    ("too-big", a_condition(age={"at_least": 650}), "650", "“at_least”: 650 is too large → at most 120"),
    ("too-big", a_condition(score={"below": 7000100}), "7000100", "“below”: 7000100 is too large → at most 1000000"),
    ("limits-downwards", a_condition(score={"above": 70000, "below": 57001}), "above", "the lower limit (70000) is above the upper one (57001) → swap them"),
    ("limits-downwards", a_condition(age={"at_least": 18, "at_most": 6}), "at_least", "the lower limit (18) is above the upper one (6) → swap them"),
    ("nothing-between", a_condition(score={"below": 0}), "below", "no number lies between these limits → check them"),
    ("tiers-of-another-measure", tiers(row(status="idp"), row(status="veteran")), "score", "the table depends on score, but its rows are about something else → mend by or when"),
    ("tier-twice", tiers(row(status="idp"), row(status="idp"), by="status"), "when", "row 2: another row has the same condition → keep one"),
    ("tiers-overlap", tiers(score(below=57001), score(at_least=57000, below=70001)), "when", "rows 2 and 1 overlap (57000 is in both) → mend the limits; if the source has it so, add overlap_in_source: [57000]"),
    ("tiers-overlap", tiers(score(at_most=3), score(at_least=2, at_most=5), overlap_in_source=[2]), "when", "rows 2 and 1 overlap (2 is in both) → mend the limits; if the source has it so, add overlap_in_source: [2]"),
    ("tiers-overlap", tiers(row(birth={"order_from": 3}), row(birth={"order": 4}), by="birth-order"), "when", "rows 2 and 1 overlap (4 is in both) → mend the limits; if the source has it so, add overlap_in_source: [4]"),
    ("tiers-gap", tiers(score(below=57001), score(at_least=57002, below=70001)), "when", "there is a gap between the rows: 57000 is followed by 57002 → mend the limits"),
    ("tiers-gap", tiers(row(birth={"order": 1}), row(birth={"order": 3}), by="birth-order"), "when", "there is a gap between the rows: 1 is followed by 3 → mend the limits"),
    ("otherwise-last", tiers({"otherwise": "true", "gel": 5}, score(below=9)), "otherwise", "“otherwise” is for all the rest → move this row to the end, and delete any other “otherwise”"),
    ("nothing-said", {"budget": [{"year": 2026}]}, "year", "no fact is given here → add at least one of: gel, code"),
    ("nothing-said", {"reports": [{"when": "2025"}]}, "when", "no fact is given here → add at least one of: applied, approved, refused, pending, people, gel"),
    ("nothing-said", {"indicators": [{"name": {"ka": "ოჯახი", "en": "Families"}, "unit": "family"}]}, "name", "no fact is given here → add at least one of: baseline, target, actual"),
    ("nothing-said", {"conflicts": [{"field": "amount", "values": [{"gel": 5}, {"year": 2020}]}]}, "year", "no fact is given here → add at least one of: gel, percent, number, text"),
    ("nothing-said", a_condition(education={}), "{}", "no fact is given here → add at least one of: level, grades, marks, gold_medal"),
    ("name-only-with-facts", {"listed": "name-only"}, "name-only", "the record is marked name-only but holds facts → delete listed: name-only"),
    ("no-source", {"sources": []}, "[]", "no source is given → add sources: the address of the page and its kind; if the record is not ready yet, write listed: draft"),
    ("still-to-confirm", {"to_confirm": ["benefits.0.gel", "valid"]}, "- benefits", "still to confirm: benefits.0.gel, valid → compare with the act of the new year and delete from to_confirm what you have confirmed; until then keep listed: draft"),
    ("to-confirm-nowhere", {"listed": "draft", "to_confirm": ["valid", "benefits.1.gel"]}, "benefits.1", "there is no such place in the record: “benefits.1.gel” → delete this line from to_confirm"),
    ("to-confirm-nowhere", {"listed": "draft", "to_confirm": ["benefits.0.gle"]}, "benefits.0", "there is no such place in the record: “benefits.0.gle” → delete this line from to_confirm"),
    ("unknown-reference", {"owner": "ნინო მაისურაძე"}, "ნინო", "“owner”: “ნინო მაისურაძე” is not in the list → for example: "),
    ("confirmed-when", {"review": {"status": "confirmed"}}, "status", "the date of confirmation is missing → add date: year-month-day"),
    # --- days
    ("days-downwards", {"valid": {"from": "2026-12-31", "to": "2026-01-01"}}, "2026-12-31", "the first day (2026-12-31) is after the last (2026-01-01) → swap them"),
    ("days-downwards", {"application": {"deadlines": [{"from": "2026-05-02", "to": "2026-05-01"}]}}, "2026-05-02", "the first day (2026-05-02) is after the last (2026-05-01) → swap them"),
    ("no-such-day", {"payment": {"days": [{"day": 31, "month": 4}]}}, "31", "there is no such day: 31 in month 4 → check day and month"),
    ("no-such-day", a_benefit(since="2026-02-31"), "2026-02-31", "there is no such day: 31 in month 2 → check day and month"),
    ("hours-downwards", hours(to="10:00"), "10:00", "the beginning (10:00) must be before the end (10:00) → check the hours"),
    ("hours-downwards", hours(to="09:00"), "09:00", "the beginning (10:00) must be before the end (09:00) → check the hours"),
    ("hours-downwards", hours(break_from="17:30", break_to="18:30"), "18:00", "the beginning (18:30) must be before the end (18:00) → check the hours"),
    ("in-the-future", source(checked="2026-11-21"), "2026-11-21", "2026-11-21 is in the future (today is 2026-11-20) → check the date"),
    ("in-the-future", {"review": {"status": "confirmed", "date": "2026-11-21"}}, "2026-11-21", "2026-11-21 is in the future (today is 2026-11-20) → check the date"),
    ("in-the-future", {"act": {**ACT, "date": "2026-11-21"}}, "2026-11-21", "2026-11-21 is in the future (today is 2026-11-20) → check the date"),
    ("year-out-of-range", source(year=1925), "1925", "the year 1925 is impossible → from 1995 to 2027"),
    ("year-out-of-range", {"budget": [{"year": 2028, "gel": 5}]}, "2028", "the year 2028 is impossible → from 1995 to 2027"),
    ("year-out-of-range", {"valid": {"to": "2206-12-31"}}, "2206-12-31", "the year 2206 is impossible → from 1995 to 2036"),
    # --- phones
    ("phone", phone("350 27 36"), "350", "“350 27 36” cannot be dialled from abroad → 9 digits after the code, for example: +995 350 27 36 50; for a short number add kind: short"),
    ("phone", phone("1505"), "1505", "“1505” cannot be dialled from abroad → 9 digits after the code, for example: +995 350 27 36 50; for a short number add kind: short"),
    ("phone", phone("+350 273 650"), "+350", "“+350 273 650” cannot be dialled from abroad → 9 digits after the code, for example: +995 350 27 36 50; for a short number add kind: short"),
    ("phone", phone("+995 350 27 36 500"), "+995", "“+995 350 27 36 500” cannot be dialled from abroad → 9 digits after the code, for example: +995 350 27 36 50; for a short number add kind: short"),
    ("phone-characters", phone("0350 27 36 50; 0350 27 36 51"), "0350", "“0350 27 36 50; 0350 27 36 51” has characters that are not dialled → one number, digits only, for example: 0350 27 36 50"),
    ("phone-characters", phone("0350 27 XX XX"), "0350", "“0350 27 XX XX” has characters that are not dialled → one number, digits only, for example: 0350 27 36 50"),
    ("phone-kind", phone("0350 27 36 50", kind="mobile"), "0350", "“0350 27 36 50” is not a mobile number → mobile numbers begin with 5"),
    ("phone-mobile", phone("599 12 34 56"), "599", "“599 12 34 56” is a mobile number → add kind: mobile"),
    ("short-phone", phone("0350 27 36 50", kind="short"), "0350", "“0350 27 36 50” is not a short number → 3 to 6 digits, for example: 1 300"),
    # --- words (test_proofreading knows which words)
    ("no-glyph", name(en="Rent ☎"), "Rent ☎", "the sign ☎ (U+260E BLACK TELEPHONE) is missing from the fonts and cannot be printed → leave it out or write it in words"),
    ("hidden-character", name(en="Re\u200bnt"), "Re", "the text holds an invisible character: U+200B (ZERO WIDTH SPACE) → delete it and type the words again"),
    ("hidden-character", name(ka="ქი\u00adრა"), "ქი", "the text holds an invisible character: U+00AD (SOFT HYPHEN) → delete it and type the words again"),
    ("hidden-character", {"act": {**ACT, "number": "1\u200b0"}}, "1", "the text holds an invisible character: U+200B (ZERO WIDTH SPACE) → delete it and type the words again"),
    ("line-break", name(en="Rent\nof a flat"), "Rent", "the text is split into several lines → write it in one line, or as remarks of their own"),
    ("mixed-letters", name(en="Rеnt"), "R", "the word mixes look-alike letters of two alphabets: “Rеnt” → type it again"),
    ("placeholder", name(ka="ქირა […]"), "ქირა", "something was left to be filled in: “[…]” → fill it in or delete it"),
    ("placeholder", {"note": "TODO: ask"}, "TODO", "something was left to be filled in: “TODO” → fill it in or delete it"),
    ("placeholder", {"act": {**ACT, "number": "XX"}}, "XX", "something was left to be filled in: “XX” → fill it in or delete it"),
    ("personal-number", {"remarks": [{"ka": "პირადი ნომერი 01001012345", "en": "x"}]}, "პირადი", "the text holds a personal number of 11 digits → delete it: no personal data belong here"),
    ("personal-number", {"note": "01001012345"}, "01001012345", "the text holds a personal number of 11 digits → delete it: no personal data belong here"),
    ("bank-account", {"note": "GE29NB0000000101904917"}, "GE29", "the text holds a bank account → delete it: no accounts belong here"),
    ("georgian-in-translation", name(en="Rent ქირა"), "Rent", "the “en” text holds Georgian letters: “ქირა” → translate or romanise them"),
    ("georgian-in-translation", name(az="ქირა"), "ქირა", "the “az” text holds Georgian letters: “ქირა” → translate or romanise them"),
    ("capital-georgian", name(ka="ᲥᲘᲠᲐ"), "ᲥᲘᲠᲐ", "Georgian capital letters: “ᲥᲘᲠᲐ” → write ordinary letters"),
    ("foreign-letter", name(ka="ქირa"), "ქირa", "a foreign letter inside a Georgian word: “ქირa” → type it in Georgian; join an ending to a Latin word with a hyphen, as in SMS-ით"),
    ("acadnusx", name(ka="saqarTvelo"), "saqarTvelo", "Georgian typed in an old font encoding: “saqarTvelo” → საქართველო"),
    ("not-georgian", name(ka="Rent of a flat"), "Rent", "the Georgian text is not in Georgian: “Rent of a flat” → write it in Georgian"),
]  # fmt: skip
"""Code of the message, change of the programme, what stands at the place that is told, and the message."""


def about(programs_yaml: str, language: str = "en") -> list[tuple[str, str]]:
    """What is told of each problem, and the text that stands at the place that is named."""
    lines = programs_yaml.split("\n")
    told = []
    for problem in problems_of(programs_yaml, language):
        place, words = re.fullmatch(rf"{PROGRAMS}:(\d+:\d+): (?:[a-z0-9/-]+: |telavi/\S+: )?(.*)", problem).groups()
        line, column = map(int, place.split(":"))
        told.append((lines[line - 1][column - 1 :].lstrip("'\""), words))
    return told


@pytest.mark.parametrize(
    ("code", "changes", "at", "message"), TABLE, ids=[f"{n}-{one[0]}" for n, one in enumerate(TABLE)]
)
def test_a_fault_is_told_once_in_plain_words_at_its_place(code, changes, at, message):
    text = programs(a_program(**changes))
    ((where, told),) = about(text)
    assert where.startswith(at)
    assert told == message or (message.endswith(": ") and told.startswith(message))
    assert [problem.code for problem in found(texts(text))] == [code]


def test_the_programme_in_good_order_is_in_good_order():
    assert problems_of(programs(a_program())) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": None}, "აკლია „type“ → დაამატეთ სტრიქონი „type: …“"),
        ({"municipality": "telawi"}, "„municipality“: „telawi“ სიაში არ არის → იქნებ „telavi“?"),
        (a_benefit(gel=0), "„gel“: 0 ნულზე მეტი უნდა იყოს → შეამოწმეთ თანხა; თუ არ იცით, სტრიქონი წაშალეთ"),
        (name(ka="saqarTvelo"), "ძველი შრიფტით აკრეფილი ქართულია: „saqarTvelo“ → საქართველო"),
        (phone("1505"), "ნომერზე „1505“ უცხოეთიდან ვერ დარეკავენ → 9 ციფრი კოდის შემდეგ, მაგალითად: +995 350 27 36 50; მოკლე ნომერს დაუწერეთ kind: short"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_georgian_too(changes, message):
    ((_, told),) = about(programs(a_program(**changes)), "ka")
    assert told == message


@pytest.mark.parametrize(
    "changes",
    [
        a_benefit(gel="0.5"),
        a_benefit(gel=200000),
        a_benefit(gel=None, from_gel=100, to_gel="100.01"),
        a_benefit(**SHARE, percent=100, of="treatment-cost", cap_gel=2000),
        a_benefit(payers=[{"gel": "124.5", "from": "city-budget"}, {"gel": "125.5", "from": "state"}]),
        tiers(score(below=57001), score(at_least=57001, below=70001)),
        tiers(score(at_most=57000), score(above=57000)),
        tiers(score(at_most=57000), score(at_least=57000, at_most=70000), overlap_in_source=[57000]),
        tiers(row(birth={"order": 1}), row(birth={"order": 3}), by="birth-order", complete="false"),
        tiers(row(birth={"order": 1}), row(birth={"order_from": 2}), row(birth={"multiple": "twins"}), by="birth-order"),
        tiers(row(status="idp"), row(status="veteran"), by="status"),
        tiers(score(below=5), score(at_least=7, below=9), {"otherwise": "true", "gel": 5}),
        a_condition(score={"at_least": 0, "at_most": 0}),
        a_condition(score={"at_most": 70000, "boundary": "unclear"}),
        a_condition(age={"exactly": 0}),
        a_condition(any=[{"all": [{"status": "idp"}, {"age": {"pension": "true"}}]}, {"disability": "severe"}]),
        {"valid": {"from": "2026-01-01", "to": "2026-01-01"}},
        {"payment": {"days": [{"day": 29, "month": 2}]}},
        source(checked="2026-11-20", year=2027),
        source(url="https://telavi.gov.ge/xx/lorem/TODO?n=___"),
        source(url="http://xn--lodaeaa.xn--node/ა?b=1&c=01001012345#d"),
        {"review": {"status": "confirmed", "date": "2026-11-20"}},
        hours(**{"from": "00:00", "to": "23:59"}),
        phone("+995 350 27 36 50"),
        phone("995350273650"),
        phone("(0350) 27-36-50"),
        phone("+995 0350 27 36 50"),
        phone("599 12 34 56", kind="mobile"),
        phone("1 300", kind="short"),
        phone("112", kind="short"),
        {"act": {**ACT, "number": "010250020.35.132.016014"}},
        {"act": {**ACT, "number": "01001012345"}},
        {"former_ids": ["flat-rent"]},
        {"listed": "name-only", "benefits": None},
        {"budget": [{"code": "06 02 10"}]},
        {"reports": [{"when": "2025-12", "refused": 0}]},
        name(ka="ქირა\u00a0— დროებით", en="Rent\u00a0— temporary", az="Kirayə"),
    ],
    ids=lambda changes: str(changes)[:60],
)  # fmt: skip
def test_what_is_right_is_left_alone(changes):
    assert problems_of(programs(a_program(**changes))) == []


def test_an_id_may_be_used_in_another_municipality():
    assert problems_of(programs(a_program(), a_program(municipality="gori"))) == []


def test_an_id_is_used_once_former_ids_included():
    text = programs(a_program(), a_program(), a_program(id="flat", former_ids=["home", "rent"]))
    assert about(text) == [
        ("rent", "the id “telavi/rent” is used already → choose another"),
        ("rent", "the id “telavi/rent” is used already → choose another"),
    ]


def test_what_was_typed_is_shown_on_one_line_and_cut_when_long():
    ((_, told),) = about(programs(a_program(confidence="x\ny" + "z" * 200)))
    assert told == f"“confidence”: “x\\u000ay{'z' * 111}…” will not do → choose one of: high, medium, low"
    (_, told) = about(programs(a_program(type="rent\x07")))[-1]
    assert told == "“type”: “rent\\u0007” is not in the list → perhaps “rent”?"


def test_several_faults_of_one_programme_are_all_told():
    text = programs(a_program(**a_benefit(gel=0, per="famly"), **name(en="ქირა"), year=1900))
    assert [problem.code for problem in found(texts(text))] == [
        "sum-not-positive",
        "unknown-reference-near",
        "georgian-in-translation",
        "year-out-of-range",
    ]


def test_today_is_the_day_that_is_given():
    text = programs(a_program(**source(checked="2026-11-20")))
    assert problems_of(text, today=date(2026, 11, 20)) == []
    assert len(problems_of(text, today=date(2026, 11, 19))) == 1


# --- the other files -------------------------------------------------------------------------


def in_file(file: str, old: str, new: str) -> list[str]:
    """What is said when a part of a real file is changed; without the place."""
    text = texts()[file].text
    assert old in text
    problems = found(texts(**{file: text.replace(old, new, 1)}))
    assert {problem.path for problem in problems} <= {f"data/{file}.yaml"}
    said = [problem.say("en").split(": ", 1)[1] for problem in problems]
    return [words if problem.id else f": {words}" for problem, words in zip(problems, said, strict=True)]


FILES = [
    ("missing-form", "vocabulary", "to_one: დევნილს, ", "", "idp: the term “idp” has no form “to_one” → add it in data/vocabulary.yaml"),
    ("missing-language", "vocabulary", "  armenian: {ka: სომხური, en", "  armenian: {en", "armenian: the language “ka” is missing → add a line “ka: …”"),
    ("unknown-field", "vocabulary", "{one: დევნილი,", "{two: x, one: დევნილი,", "idp: there is no such field: “two” → see the list of fields in CONTRIBUTING.md"),
    ("unknown-table", "vocabulary", "\ngroups:\n", "\nplanets:\n  mars: {ka: მარსი, en: Mars}\ngroups:\n", "planets: the forms of the table “planets” are not listed → add them under forms: at the top of the file"),
    ("open-slot", "vocabulary", "one: დევნილი,", "one: '{დევნილი',", "idp: a curly bracket too many or too few: “{დევნილი” → a place to be filled is written {n}"),
    ("capital-georgian", "vocabulary", "one: დევნილი,", "one: ᲓᲔᲕᲜᲘᲚᲘ,", "idp: Georgian capital letters: “ᲓᲔᲕᲜᲘᲚᲘ” → write ordinary letters"),
    ("open-slot", "phrases", "en: \"GEL\\_{n}\"", 'en: "GEL\\_{n"', "money: a curly bracket too many or too few: “GEL\\u00a0{n” → a place to be filled is written {n}"),
    ("missing-language", "phrases", ", en: \"GEL\\_{n}\"", "", "money: the language “en” is missing → add a line “en: …”"),
    ("missing-field", "phrases", "en: \"GEL\\_{n}\"", 'en: {one: "GEL\\_{n}"}', "money: “other” is missing → add a line “other: …”"),
    ("not-text", "phrases", "en: \"GEL\\_{n}\"", "en: [a]", "money: “en” must be plain text, it says […] → write one word or sentence"),
    ("not-a-mapping", "phrases", "\nmoney: {", "\nlari: ლარი\nmoney: {", ": “lari” must consist of fields, it says ლარი → start a new line and list the fields"),
    ("unknown-reference-near", "catalogue", "category: children", "category: childre", "large-family: “category”: “childre” is not in the list → perhaps “children”?"),
    ("colour", "settings", '"#1f5c7a"', "red", ": “primary”: “red” is not a colour → # and 6 digits, for example: \"#1f5c7a\""),
    ("faults-to", "settings", "\ncolours:", "\nfaults_to: ftp://example.ge\ncolours:", ": “ftp://example.ge” will not do → write an e-mail address as mailto:info@example.ge, or a page that begins with https://"),
    ("faults-to", "municipalities", "    romanised: Telavi\n", "    romanised: Telavi\n    faults_to: social@example.ge\n", "telavi: “social@example.ge” will not do → write an e-mail address as mailto:info@example.ge, or a page that begins with https://"),
    ("contrast", "settings", '"#1f5c7a"', '"#ffcc00"', ": “primary”: white text on #ffcc00 is hard to read (contrast 1.5, 4.5 needed) → choose a darker colour, for example: \"#806600\""),
    ("basis", "standards", "    - training-2019\n", "    - ftp://example.ge\n", "s02: “ftp://example.ge” is nothing that a standard can rest on → write an address (https://…), training-2019 or kakheti-hub"),
    ("form-part", "worksheets", "      - fields:\n", "      - lines: {label: {ka: ა, en: a}, count: 2}\n        fields:\n", "why: a part of a form holds exactly one thing → fields, lines, table or ticks"),
    ("matrix-row", "figures", "marks: [", "marks: [weak, ", "channel-matrix: a row needs a mark for each column → count its marks"),
    ("figure-kind", "figures", "    path:\n", "    bars: [{name: {ka: ა, en: a}, bars: [{name: {ka: ა, en: a}, value: 5}]}]\n    path:\n", "resident-path: a figure is of one kind → keep one of path, rings, cycle, matrix, bars"),
    ("unknown-reference-near", "training", "sheets: [why]", "sheets: [whi]", "two-days: “sheets”: “whi” is not in the list → perhaps “why”?"),
    ("repeated-id", "standards", "code: S01.2", "code: S01.1", "s01: the id “S01.1” is used already → choose another"),
    ("georgian-in-translation", "settings", "en: Gzamkvlevi", "en: გზამკვლევი", ": the “en” text holds Georgian letters: “გზამკვლევი” → translate or romanise them"),
]  # fmt: skip
"""Code, file, what is changed in it, to what, and what is told (the term or programme first)."""


@pytest.mark.parametrize(("code", "file", "old", "new", "message"), FILES, ids=[f"{one[0]}-{one[1]}" for one in FILES])
def test_a_fault_in_another_file_is_told(code, file, old, new, message):
    assert in_file(file, old, new) == [message]


def test_the_copy_of_one_municipality_holds_its_own_programmes_only():
    text = texts()["settings"].text.replace("\nname:\n", "\nmunicipality: oni\nname:\n", 1)
    assert {problem.code for problem in found(texts(settings=text))} == {"other-municipality"}


def test_the_shipped_copy_is_in_good_order(workplace):
    assert workplace.collection.programs


# --- the messages themselves -----------------------------------------------------------------

ELSEWHERE = {
    "no-language-file",
    "further-language",
    "slots-differ",
    "digits-differ",
    "page-outside",
    "format-older",
    "format-newer",
    "missing-phrase",
    "page-not-translated",
    "page-without-source",
    "in-brief",
    "chapter-without-worksheet",
    "worksheet-without-chapter",
    "translations-file",
    "figures-differ",
    "quote-in-html",
    "other-municipality",
    "archive-name",
    "only-online",
    "hand-written-page",
    "broken-link",
    "broken-anchor",
    "repeated-anchor",
    "no-crest",
    "local-outside",
    "local-untranslated",
}
"""Messages that tests of their own bring about, of chapters and of the built site among them."""

COVERED = (
    {one[0] for one in TABLE}
    | {one[0] for one in FILES}
    | {expected[0] for _, _, expected in (*test_reading.FORM.values(), *test_reading.SHAPE.values())}
    | {code for _, _, code in test_proofreading.WRONG}
    | {code for _, code, _ in test_quoting.WRONG}
    | {one[0] for one in (*test_chapters.WRONG, *test_chapters.DIFFERENT)}
    | {code for _, _, code in test_language.NOTED}
    | {code for code, _ in test_language.OWN}
    | {code for code, _, _ in test_representatives.WRONG}
    | {code for code, _, _ in test_editions.WRONG}
    | {code for code, _ in test_new.WRONG}
    | {one[0] for one in test_local.WRONG}
    | {one[0] for one in test_local.CRESTS}
    | {"no-file", "not-utf-8", "too-large", "too-deep", "empty-file", "id-of-table"}
)
"""Messages that the tables bring about; the last six have tests of their own in test_reading."""


def test_every_message_is_brought_about_by_a_test():
    assert set(messages()) - COVERED - ELSEWHERE == set()


def test_no_table_knows_a_message_that_does_not_exist():
    assert (COVERED | ELSEWHERE) - set(messages()) == set()


def slots(pattern: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(pattern) if name)


@pytest.mark.parametrize("code", messages())
def test_a_message_says_the_same_in_both_languages(code):
    ways = messages()[code]
    assert sorted(ways) == ["en", "ka"]
    assert slots(ways["ka"]) == slots(ways["en"])


@pytest.mark.parametrize("code", messages())
@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_message_says_what_is_wrong_and_what_would_be_right(code, language):
    wrong, right = messages()[code][language].split(" → ")
    assert wrong.strip()
    assert right.strip()
    assert not re.search(
        "error|exception|traceback|none|null|invalid|expected|pydantic|parse", wrong + right, re.IGNORECASE
    )


@pytest.mark.parametrize("code", messages())
def test_a_georgian_message_is_in_georgian(code):
    wrong, right = re.sub(r"\{\w+\}", "", messages()[code]["ka"]).split("→")
    assert re.search("[ა-ჰ]{2}", wrong)
    assert re.search("[ა-ჰ]{2}", right) or code == "acadnusx"
    assert not re.search("[Ა-Ჿ]", wrong + right)


@pytest.mark.parametrize("code", messages())
def test_an_english_message_has_no_georgian_words(code):
    assert not re.search("[ა-ჰ]", messages()[code]["en"].replace("SMS-ით", ""))


def test_the_day_of_the_tests_is_fixed():
    assert date(2026, 11, 20) == TODAY
