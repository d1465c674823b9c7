"""Pages that people write: how they are read, what is wrong with them, whether both languages say the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from factory import collection
from hypothesis import given
from hypothesis import strategies as st

from guideline.chapters import FOOTNOTES, TOP, Chapter, Chapters
from guideline.checks.chapters import check
from guideline.model import Sheet
from guideline.parity import figures, odd_figures
from guideline.report import MEDIAN_SENTENCE
from guideline.workplace import Workplace

HEAD = """---
title: {title}
description: {title}
audience: {title}
in_brief: [{one}, {two}, {three}]
---
"""
KA = """# სათაური

დასაწყისი, 2019 წლის 8–9 ივლისი.[^one]

## რა ვქნათ { #what }

ქულა [70 001-ზე](term:social-score) ნაკლებია, ოჯახების 83,4%. ნახეთ [ბარათი](card.md).

### უფრო ზუსტად { #exactly }

- ერთი
- ორი

## ბოლოს { #last }

{{ card("telavi/rent") }}

[^one]: წყარო, 2019: <https://example.org/a>
"""
EN = """# Title

The beginning, 8–9 July 2019.[^one]

## What to do { #what }

The score is below [70,001](term:social-score), 83.4% of families. See [the card](card.md).

### More exactly { #exactly }

- one
- two

## At last { #last }

{{ card("telavi/rent") }}

[^one]: Source, 2019: <https://example.org/a>
"""
KA_HEAD = HEAD.format(title="სათაური", one="ერთი", two="ორი", three="სამი")
EN_HEAD = HEAD.format(title="Title", one="one", two="two", three="three")


def a_chapter(language: str, text: str, page: str = "guideline/why") -> Chapter:
    return Chapter(page, language, f"docs/{language}/{page}.md", text)


@cache
def small_copy():
    """The collection of a small copy whose only worksheet is that of the chapter."""
    whole = collection()
    return replace(whole, worksheets={"why": whole.worksheets["why"]})


def said(ka: str = KA, en: str | None = EN, ka_head: str = KA_HEAD, en_head: str = EN_HEAD, of=None) -> list[str]:
    """What is told of a guideline of one chapter with these texts; `file:line: code: words`."""
    pages = {"ka": {"guideline/why": a_chapter("ka", ka_head + ka)}, "en": {}}
    if en is not None:
        pages["en"]["guideline/why"] = a_chapter("en", en_head + en)
    found = check(Chapters(pages, ("guideline/why",)), of or small_copy())
    return [f"{one.path}:{one.line}: {one.code}: {one.say('en').split(': ', 1)[1]}" for one in found]


def test_two_languages_that_say_the_same_are_in_order():
    assert said() == []


# --- how a page is read ----------------------------------------------------------------------


def test_a_page_has_a_top_its_sections_and_its_footnotes():
    assert [part.id for part in a_chapter("ka", KA_HEAD + KA).parts] == [TOP, "what", "last", FOOTNOTES]


def test_a_section_holds_its_sub_sections():
    what = a_chapter("ka", KA_HEAD + KA).parts[1]
    assert "{ #exactly }" in what.text
    assert "{ #last }" not in what.text


def test_the_top_holds_the_words_of_the_front_matter():
    assert a_chapter("ka", KA_HEAD + KA).parts[0].text.startswith("სათაური\nსათაური")


def test_headings_inside_code_are_no_headings():
    assert [one.id for one in a_chapter("ka", "## ა { #a }\n\n```\n## ბ { #b }\n```\n").headings] == ["a"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ერთი ორი", 2),
        ("ერთი [ორი](https://example.org/sami/otkhi)", 2),
        ("ერთი ორი.[^a]\n\n[^a]: სამი ოთხი", 2),
        ("ერთი\n\n`ორი სამი`\n", 1),
        ('{{ card("telavi/rent") }}\n\nერთი', 1),
        ("## ერთი { #one }", 1),
        ("ნახევრად-ერთი SMS-ით 2019", 2),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text, count):
    assert a_chapter("ka", text).word_count == count


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("ერთი ორი სამი. ერთი ორი სამი ოთხი.", (3, 4)),
        ("ერთი ორი სამი:\n\n- ერთი ორი სამი\n- ერთი ორი სამი ოთხი\n", (3, 3, 4)),
        ("**ერთი ორი სამი.** ერთი ორი სამი ოთხი.", (3, 4)),
        ("„ერთი ორი სამი.“ ერთი ორი სამი ოთხი.", (3, 4)),
        ("## ერთი ორი სამი { #a }\n\nერთი ორი სამი ოთხი.", (4,)),
        ("| ერთი ორი სამი | ოთხი |\n\nერთი ორი სამი ოთხი.", (4,)),
    ],
)
def test_sentences_are_told_apart(text, lengths):
    assert a_chapter("ka", text).sentences == lengths


def test_the_time_to_read_follows_from_the_words():
    assert a_chapter("ka", "სიტყვა " * 1300).minutes == 10
    assert a_chapter("ka", "სიტყვა").minutes == 1


# --- what is wrong with one page -------------------------------------------------------------

WRONG = [
    ("heading-without-id", "## ბოლოს { #last }", "## ბოლოს", "docs/ka/guideline/why.md:20"),
    ("heading-twice", "{ #exactly }", "{ #what }", "docs/ka/guideline/why.md:15"),
    ("footnote-undefined", "ერთი\n- ორი", "ერთი[^two]\n- ორი", "docs/ka/guideline/why.md:17"),
    ("footnote-unused", "ივლისი.[^one]", "ივლისი.", "docs/ka/guideline/why.md:24"),
    ("heading-without-id", "## ბოლოს { #last }", "ბოლოს\n-----", "docs/ka/guideline/why.md:20"),
    ("heading-twice", "{ #exactly }", "{ #top }", "docs/ka/guideline/why.md:15"),
    ("footnote-twice", "example.org/a>\n", "example.org/a>\n[^one]: ორჯერ\n", "docs/ka/guideline/why.md:25"),
    ("unknown-term-near", "term:social-score", "term:social-scor", "docs/ka/guideline/why.md:13"),
    ("unknown-term", "term:social-score", "term:zzzz", "docs/ka/guideline/why.md:13"),
]
"""Code, what is changed in the Georgian, to what, and where it is told."""


@pytest.mark.parametrize(("code", "old", "new", "place"), WRONG, ids=[f"{one[0]}" for one in WRONG])
def test_a_fault_of_a_page_is_told_at_its_line(code, old, new, place):
    assert old in KA
    assert any(line.startswith(f"{place}: {code}: ") for line in said(KA.replace(old, new)))


def test_a_chapter_without_its_three_sentences_is_told():
    head = KA_HEAD.replace("[ერთი, ორი, სამი]", "[ერთი, ორი]")
    (found,) = (line for line in said(ka_head=head) if ": in-brief: " in line)
    assert found.startswith("docs/ka/guideline/why.md:5")


@pytest.mark.parametrize("item", ["{ერთი: ორი}", '" "', "[ერთი]"])
def test_a_sentence_in_brief_that_is_no_sentence_is_told(item):
    head = KA_HEAD.replace("[ერთი, ორი, სამი]", f"[ერთი, ორი, {item}]")
    assert any(": in-brief: " in line for line in said(ka_head=head))


def test_spaces_in_a_quotation_or_at_the_end_of_the_front_matter_change_nothing():
    assert said(KA.replace('{{ card("telavi/rent") }}', '{{card( "telavi/rent" )}}')) == []
    assert said(ka_head=KA_HEAD.replace("---\n", "--- \n")) == []


def test_a_chapter_of_the_navigation_that_is_not_written_is_told():
    found = check(Chapters({"ka": {}, "en": {}}, ("guideline/why",)), small_copy())
    assert ("config/base.yml", "page-without-source") in {(one.path, one.code) for one in found}


def test_a_chapter_that_does_not_say_for_whom_it_is_is_told():
    head = KA_HEAD.replace("audience: სათაური\n", "")
    assert any(": missing-field: " in line and "audience" in line for line in said(ka_head=head))


def test_front_matter_that_is_not_yaml_is_told_at_its_line():
    head = KA_HEAD.replace("audience: სათაური", "audience: ა: ბ")
    assert any(line.startswith("docs/ka/guideline/why.md:4: colon: ") for line in said(ka_head=head))


def test_a_chapter_without_a_worksheet_is_told():
    none = replace(small_copy(), worksheets={})
    assert any(": chapter-without-worksheet: " in line for line in said(of=none))


def test_a_worksheet_without_a_chapter_is_told():
    sheet: Sheet = small_copy().worksheets["why"]
    more = replace(small_copy(), worksheets={"why": sheet, "whi": sheet})
    assert any(": worksheet-without-chapter: " in line and "“why”" in line for line in said(of=more))


# --- what differs between the languages ------------------------------------------------------

DIFFERENT = [
    ("headings-differ", "### More exactly", "## More exactly", 15, 15),
    ("headings-differ", "{ #last }", "{ #end }", 20, 20),
    ("headings-differ", '## At last { #last }\n\n{{ card("telavi/rent") }}\n', "", 22, 20),
    ("numbers-differ", "70,001", "70,002", 13, 13),
    ("numbers-differ", "83.4%", "83.5%", 13, 13),
    ("numbers-differ", "8–9 July", "8–9 June", 9, 9),
    ("numbers-differ", "Source, 2019", "Source, 2018", 24, 24),
    ("numbers-differ", "in_brief: [one", "in_brief: [one 7", 5, 9),
    ("links-differ", "(card.md)", "(cards.md)", 13, 13),
    ("links-differ", "term:social-score", "term:beneficiary", 13, 13),
    ("links-differ", "example.org/a", "example.org/b", 24, 24),
    ("quotes-differ", "telavi/rent", "telavi/newborns", 22, 22),
    ("footnotes-differ", "2019.[^one]", "2019.[^one][^one]", 9, 9),
]
"""Code, what is changed in the English, to what, the line in English, the line in Georgian."""


@pytest.mark.parametrize(("code", "old", "new", "line", "other"), DIFFERENT)
def test_a_difference_between_the_languages_is_told_with_both_lines(code, old, new, line, other):
    text, head = EN.replace(old, new), EN_HEAD.replace(old, new)
    assert text + head != EN + EN_HEAD
    found = [one for one in said(en=text, en_head=head) if f": {code}: " in one]
    assert [one.split(":")[1] for one in found if one.startswith("docs/en/guideline/why.md")] == [str(line)]
    assert f"docs/ka/guideline/why.md:{other})" in found[0]


def test_a_page_that_is_not_translated_is_told():
    assert [line.split(": ")[:2] for line in said(en=None)] == [["docs/ka/guideline/why.md:1", "page-not-translated"]]


def test_a_page_may_be_meant_for_georgian_only():
    assert said(en=None, ka_head=KA_HEAD.replace("---\n", "---\nonly: ka\n", 1)) == []


def test_a_translation_without_its_georgian_is_told():
    pages = Chapters({"ka": {}, "en": {"extra": a_chapter("en", EN_HEAD + EN, "extra")}}, ())
    assert "page-without-source" in {one.code for one in check(pages, small_copy())}


@pytest.mark.parametrize("change", [("83,4%", "84,4%"), ("{ #what }", "{ #whot }"), ("telavi/rent", "telavi/newborns")])
def test_a_number_heading_or_card_changed_in_georgian_only_is_told_too(change):
    assert said(KA.replace(*change)) != []


# --- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ka", "en"),
    [
        ("120 001", "120,001"),
        ("120\u00a0001-ზე", "120,001"),
        ("5000-ზე მეტი", "over 5,000"),
        ("83,4%", "83.4%"),
        ("მე-18 მუხლი", "Article 18"),
        ("8–9 ივლისი", "8–9 July"),
        ("2020 წლის 14 ივლისს", "on 14 July 2020"),
        ("178-1", "178-1"),
        ("5 მარტით", "5 March"),
        ("მარტო მარტივი მარტოხელა ივლის", "alone"),
        ("1 000 000 ₾", "GEL 1,000,000"),
    ],
)
def test_figures_that_mean_the_same_are_the_same(ka, en):
    assert odd_figures(ka, en) == ([], [])


def test_figures_are_told_as_they_were_typed():
    assert odd_figures("83,4% 5 ივლისს", "83.5% 5 June") == (["83,4", "ივლისს"], ["83.5", "June"])
    assert odd_figures("ქულა 1 120 001-ზე", "score 1,120,002") == (["1 120 001"], ["1,120,002"])


@pytest.mark.parametrize(("ka", "en"), [("70 001", "70,000"), ("ივნისი", "July"), ("5, 6", "5"), ("3,5", "3")])
def test_figures_that_differ_are_told(ka, en):
    assert odd_figures(ka, en) != ([], [])


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_whole_numbers_are_the_same_in_both_ways_of_writing(numbers):
    ka = "; ".join(f"{number:,}".replace(",", " ") for number in numbers)
    en = "; ".join(f"{number:,}" for number in numbers)
    assert odd_figures(ka, en) == ([], [])
    assert sorted(value for value, _, _ in figures(en, "en")) == sorted(map(str, numbers))


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_page(text):
    chapter = a_chapter("ka", text)
    assert len(chapter.prose.split("\n")) == len(chapter.text.split("\n"))
    assert chapter.word_count >= 0
    assert list(chapter.parts)


# --- the guideline itself --------------------------------------------------------------------


def test_the_guideline_has_fourteen_chapters_in_both_languages(workplace: Workplace):
    chapters = workplace.chapters
    assert len(chapters.order) == 14
    for page in chapters.order:
        assert chapters.get(page, "ka"), page
        assert chapters.get(page, "en"), page


def test_a_chapter_has_900_to_1600_words_in_georgian(workplace: Workplace):
    for page in workplace.chapters.order:
        assert 900 <= workplace.chapters.get(page, "ka").word_count <= 1600, page


def test_the_chapters_have_at_least_13000_words_in_georgian(workplace: Workplace):
    chapters = workplace.chapters
    assert sum(chapters.get(page, "ka").word_count for page in chapters.order) >= 13_000


def test_the_middle_sentence_of_a_chapter_has_at_most_14_words(workplace: Workplace):
    for page in workplace.chapters.order:
        assert workplace.chapters.get(page, "ka").median_sentence <= MEDIAN_SENTENCE, page


@pytest.mark.parametrize("id", ["do-and-dont", "checklist", "next-week"])
def test_every_chapter_has_the_parts_that_all_have(workplace: Workplace, id):
    for page in workplace.chapters.order:
        assert id in {heading.id for heading in workplace.chapters.get(page, "ka").headings}, page


def test_every_chapter_quotes_live_data_and_names_its_sources(workplace: Workplace):
    for page in workplace.chapters.order:
        chapter = workplace.chapters.get(page, "ka")
        assert any("card(" in quote.value or "table(" in quote.value for quote in chapter.quotes()), page
        assert all("http" in note.text() for note in chapter.notes.values() if note.id != "account"), page
        assert len(chapter.notes) >= 3, page


def test_every_chapter_leads_to_its_neighbours_and_its_worksheet(workplace: Workplace):
    order = workplace.chapters.order
    for index, page in enumerate(order):
        links = {link.value.split("#")[0] for link in workplace.chapters.get(page, "ka").links()}
        near = [order[at] for at in (index - 1, index + 1) if 0 <= at < len(order)]
        assert {f"{workplace.chapters.id_of(one)}.md" for one in near} <= links, page
        assert f"../worksheets/{workplace.chapters.id_of(page)}.md" in links, page
