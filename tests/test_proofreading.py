"""The letters of the words: faults are found, and what is right raises no alarm."""

from __future__ import annotations

import pytest

from guideline.proofreading import ACADNUSX, faults, to_unicode


def codes(text: str, language: str = "ka") -> list[str]:
    return [code for code, _ in faults(text, language)]


# --- no false alarm --------------------------------------------------------------------------

RIGHT = {
    "ka": [
        "მოქალაქეს გადაწყვეტილების შესახებ ეცნობება SMS-ით.",
        "წარმოადგინეთ ფორმა №IV-100/ა და კლინიკის ანგარიშფაქტურა.",
        "პროგრამა ეხება HER2-დადებითი ძუძუს კიბოს მქონე პაციენტებს.",
        "განაცხადი შეგიძლიათ შეავსოთ პორტალზე ms.gov.ge ან my.gov.ge-ზე.",
        "ა(ა)იპ „დღის ცენტრი“ და შპს „ჯეო ჰოსპიტალს“",
        "სსიპ „სოციალური მომსახურების სააგენტო“ (ყოფილი I და II ჯგუფი)",
        "II მსოფლიო ომის მონაწილე, XX საუკუნე, XXI საუკუნე",
        "წამალი „Xenon“ და „Taxol“ ფინანსდება სრულად.",
        "მისამართი: https://telavi.gov.ge/ge/mravalshvilianta-dakhmareba?id=01001012345",
        "მოგვწერეთ: social@telavi.gov.ge",
        "COVID-19-ით გარდაცვლილის ოჯახი",
        "COVID-19",
        "HIV/AIDS, TB",
        "https://ssa.moh.gov.ge/page",
        "ელფოსტა: info.aRmSenebeli@telavi.gov.ge",
        "ICD-10-ის კოდები C50 და F84.0",
        "ერთჯერადი დახმარება — 250\u00a0₾, თვეში 1\u00a0000-მდე",
        "ტელ.: 0350 27 36 50, +995 599 12 34 56, 00995350273650",
        "საბიუჯეტო კოდი 06 02 10, დადგენილება №10 (010250020.35.132.016014)",
        "14 წლამდე ასაკის ბავშვი და/ან 3-ზე მეტი შვილი",
        "„Facebook“-ის გვერდზე",
        "მობილური აპი iTreat და სკანერი eScan",
        "5G-ს დაფარვის ზონა, A4-ის ფორმატი, 2×1 მ",
        "ვიტამინი B12-ის დეფიციტი",
        "მეოთხე და მომდევნო შვილზე; ტყუპზე — ორჯერ მეტი",
        "სს „ენერგო-პრო ჯორჯია“",
        "C ჰეპატიტის ელიმინაციის პროგრამა",
        "Facebook",
    ],
    "en": [
        "A family can get GEL 250 a month, up to GEL 1,000 a year.",
        "Form No. IV-100/a, ICD-10 codes C50 and F84.0.",
        "Apply at ms.gov.ge or call +995 350 27 36 50.",
        "The ordinance of 20 January 2026, No. 10 (010250020.35.132.016014).",
        "Twentieth (XX) century, World War II veterans; the XX century.",
        "The cost is GEL\u00a070 — “in kind”, café, naïve, Ø 5 µm",
        "Todor’s list of to-dos and a lore of its own.",
        "A foreign number is +49 15112345678 or +12025550123.",
        "https://www.facebook.com/permalink/12345678901",
    ],
    "az": ["Ailəyə ayda 250 ₾ verilir; ünvan: şəhər meriyası."],
    "hy": ["Ընտանիքը կարող է ստանալ 250 ₾։"],
    "": ["1 300", "№10", "06 02 10", "C50.1", "note for editors: the source says “to 31 December”"],
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, some in RIGHT.items() for text in some])
def test_what_is_right_raises_no_alarm(language, text):
    assert codes(text, language) == []


# --- no miss ---------------------------------------------------------------------------------

WRONG: list[tuple[str, str, str]] = [
    # old font encodings
    ("saqarTvelo", "ka", "acadnusx"),
    ("socialurad daucveli ojaxi", "ka", "acadnusx"),
    ("mravalSvilian ojaxebs erTjeradi daxmareba", "ka", "acadnusx"),
    ("დახმარება gaicema erTxel წელიწადში", "ka", "acadnusx"),
    ("aRmaSenebelis quCa 5", "ka", "acadnusx"),
    # Latin, Cyrillic and Greek look-alikes
    ("დახმარებa", "ka", "foreign-letter"),
    ("ოჯaხი", "ka", "foreign-letter"),
    ("SMSით", "ka", "foreign-letter"),
    ("ოჯаხი", "ka", "foreign-letter"),
    ("ვიტამინიα", "ka", "foreign-letter"),
    ("გვერდი ms.gov.geზე", "ka", "foreign-letter"),
    ("СMS-ით", "ka", "mixed-letters"),
    ("Hеlp for families", "en", "mixed-letters"),
    ("Ηelp for families", "en", "mixed-letters"),
    # Mtavruli and the church alphabet
    ("ᲓᲐᲮᲛᲐᲠᲔᲑᲐ", "ka", "capital-georgian"),
    ("Დახმარება", "ka", "capital-georgian"),
    ("Ⴃახმარება", "ka", "capital-georgian"),
    # another language
    ("Help for large families", "ka", "not-georgian"),
    ("Помощь многодетным семьям", "ka", "not-georgian"),
    ("Rehabilitation", "ka", "not-georgian"),
    ("help for ოჯახი", "en", "georgian-in-translation"),
    ("ailə ოჯახი", "az", "georgian-in-translation"),
    # what is not seen
    ("და\u200bხმარება", "ka", "hidden-character"),
    ("და\u200dხმარება", "ka", "hidden-character"),
    ("და\u00adხმარება", "ka", "hidden-character"),
    ("\u202eდახმარება", "ka", "hidden-character"),
    ("დახმარება\ufeff", "ka", "hidden-character"),
    ("help\x00", "en", "hidden-character"),
    ("help\x7f", "en", "hidden-character"),
    ("help\u2066", "en", "hidden-character"),
    ("help\ue000", "", "hidden-character"),
    ("help\tme", "", "hidden-character"),
    ("one\ntwo", "en", "line-break"),
    ("one\n", "", "line-break"),
    # what was left over
    ("ოდენობა XX ლარი", "ka", "placeholder"),
    ("xxx", "en", "placeholder"),
    ("მისამართი […]", "ka", "placeholder"),
    ("address [...]", "en", "placeholder"),
    ("TODO: ask the city hall", "en", "placeholder"),
    ("tbd", "en", "placeholder"),
    ("FIXME", "", "placeholder"),
    ("Lorem ipsum dolor", "en", "placeholder"),
    ("how much???", "en", "placeholder"),
    ("ბრძანება № ____", "ka", "placeholder"),
    ("null", "ka", "placeholder"),
    ("~", "en", "placeholder"),
    ("N/A", "en", "placeholder"),
    # what is private
    ("პირადი ნომერი 01001012345", "ka", "personal-number"),
    ("ID 01 001 012 345", "en", "personal-number"),
    ("ID 01-001-012-345", "", "personal-number"),
    ("ანგარიში GE29NB0000000101904917", "ka", "bank-account"),
    ("GE29 NB00 0000 0101 9049 17", "en", "bank-account"),
    ("ge29nb0000000101904917", "", "bank-account"),
]
"""A text, its language, and the code of its one fault."""


@pytest.mark.parametrize(("text", "language", "code"), WRONG)
def test_what_is_wrong_is_found_once(text, language, code):
    assert codes(text, language) == [code]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("saqarTvelo", "საქართველო"),
        ("mravalSvilian ojaxebs erTjeradi daxmareba gaewevaT", "მრავალშვილიან ოჯახებს ერთჯერადი დახმარება გაეწევათ"),
        ("Telavis municipalitetis meria", "თელავის მუნიციპალიტეტის მერია"),
        ("Zmebi WiaTuraSi, CxorowyuSi, jvarze, RvinoSi", "ძმები ჭიათურაში, ჩხოროწყუში, ჯვარზე, ღვინოში"),
    ],
)
def test_the_old_encoding_is_answered_with_what_was_meant(typed, meant):
    ((code, about),) = faults(typed, "ka")
    assert code == "acadnusx"
    assert about["unicode"] == "".join(letter for letter in meant if letter not in ",.")
    assert to_unicode(typed) == meant


def test_the_old_encoding_has_every_letter_once():
    assert sorted(map(chr, ACADNUSX.values())) == sorted(chr(code) for code in range(ord("ა"), ord("ჰ") + 1))


def test_the_word_in_question_is_shown():
    assert dict(faults("ერთჯერადი დახმარებa ოჯახს", "ka")) == {"foreign-letter": {"value": "დახმარებa"}}


def test_the_invisible_character_is_named():
    assert dict(faults("და\u200bხმარება", "ka")) == {
        "hidden-character": {"character": "U+200B", "name": "ZERO WIDTH SPACE"}
    }


def test_private_numbers_are_not_repeated_in_what_is_told():
    assert [about for _, about in faults("01001012345 GE29NB0000000101904917")] == [{}, {}]


@pytest.mark.parametrize(
    "text", ["a" * 2000, "a-" * 1000, "a." * 1000, "1 " * 1000, "ა" * 1000 + "a" * 1000, "GE29" * 500, "@" * 2000]
)
def test_no_text_takes_long(text):
    assert isinstance(codes(text), list)
