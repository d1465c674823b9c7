"""Words as an editor reads them: spelling, words to avoid, signs, figures in both languages."""

from __future__ import annotations

import pytest
from factory import ROOT, collection, texts
from hypothesis import given
from hypothesis import strategies as st

from guideline.chapters import Chapter, Chapters
from guideline.checks import everything
from guideline.checks.language import (
    Editor,
    remarks_on_chapters,
    remarks_on_data,
    remarks_on_own_words,
    remarks_on_phrases,
)
from guideline.collection import read
from guideline.model import OwnWords
from guideline.spelling import Speller
from guideline.workplace import DICTIONARY, remarks


@pytest.fixture(scope="module")
def speller() -> Speller:
    own = {"სკრინინგი": "მიტინგი", "შშმ": "შშმ"}
    return Speller(ROOT / DICTIONARY, own)


@pytest.fixture(scope="module")
def editor(workplace) -> Editor:
    own = workplace.collection.own_words.models()
    return Editor(workplace.collection, Speller(ROOT / DICTIONARY, own))


def test_the_shipped_texts_leave_an_editor_nothing_to_note(workplace):
    assert [problem.say("en") for problem in remarks(workplace)] == []


# --- spelling --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "მერია სოფელს ეხმარება",
        "ბაზაშია ქულაზეა დაფაა",
        "ოჯახებსაც გვერდზეც წინადადებაც",
        "მერიამ მეზობლიდან",
        "ჯვრისა და მუხლისა",
        "სკრინინგის სკრინინგზე სკრინინგები",
        "შშმ პირი",
        "SMS-ით 70 001-ზე მე-18 №10-ის",
        "სოციალურ-ეკონომიკური",
        "a programme",
    ],
)
def test_right_words_are_known(speller, words):
    assert list(speller.unknown(words)) == []


@pytest.mark.parametrize("word", ["დახმარებბა", "პროგრმა", "ოჯახჯი", "სოფელზზე", "სახლიმ", "სახლდან"])
def test_misspelled_words_are_told(speller, word):
    assert list(speller.unknown(f"ეს {word} აქ")) == [(word, 3)]


def test_a_model_word_gives_the_new_word_its_forms_and_no_others(speller):
    assert speller.known("სკრინინგებისთვის")
    assert not speller.known("სკრინინგასთვის")


@given(st.text(alphabet="აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ -", max_size=60))
def test_any_georgian_letters_can_be_checked(text):
    for word, position in Speller(ROOT / DICTIONARY, {}).unknown(text) if len(text) > 50 else ():
        assert text[position : position + len(word)] == word


OWN = [
    ("words-unsorted", {"alone": ("შშმ", "აბგდე")}),
    ("words-unsorted", {"like": {"შშმ": "სახლი", "აბგდე": "სახლი"}}),
    ("unknown-model", {"like": {"აბგდე": "აბგდევზ"}}),
    ("word-known-anyway", {"alone": ("სახლი",)}),
]


@pytest.mark.parametrize(("code", "words"), OWN)
def test_a_fault_of_the_projects_own_list_is_told(code, words):
    own = OwnWords(**words)
    speller = Speller(ROOT / DICTIONARY, {**own.models(), "შშმ": "შშმ"})
    assert code in {one.code for one in remarks_on_own_words(own, "data/spelling.yaml", speller)}


# --- signs and words to avoid ----------------------------------------------------------------

NOTED = [
    ("ka", 'მერის "ბარათი" მზადაა', "quotation-marks"),
    ("ka", "მერის “ბარათი” მზადაა", "quotation-marks"),
    ("en", "the mayor's “card” is ready", "quotation-marks"),
    ("en", 'the mayor\'s "card" is ready', "quotation-marks"),
    ("ka", "მერია - სახლი", "hyphen-as-dash"),
    ("en", "the hall - a house", "hyphen-as-dash"),
    ("ka", "2018-2022 წლებში", "hyphen-as-range"),
    ("ka", "8-9 ივლისს", "hyphen-as-range"),
    ("ka", "მერია  სახლი", "two-spaces"),
    ("ka", "მერიa სახლი", "foreign-letter"),
    ("ka", "ᲛᲔᲠᲘᲐ", "capital-georgian"),
    ("ka", "ინვალიდებს ეხმარება", "word-to-avoid"),
    ("en", "help for invalids", "word-to-avoid"),
    ("ka", "დახმარბა", "unknown-word"),
]


@pytest.mark.parametrize(("language", "text", "code"), NOTED)
def test_what_a_good_editor_would_note_is_told(editor, language, text, code):
    assert code in {found for found, _, _ in editor.remarks(text, language)}


FINE = [
    ("ka", "სიტყვა „ინვალიდი“ ნუ გვინდა"),
    ("en", "do not write ‘invalid’, and the mayor's card isn't a ‘document’"),
    ("ka", "მერია — სახლი, 8–9 ივლისს, 178-1 მუხლი, ნომერი 2-34"),
    ("en", "the hall – a house, 8–9 July, well-kept"),
]


@pytest.mark.parametrize(("language", "text"), FINE)
def test_right_signs_and_quoted_words_are_left_alone(editor, language, text):
    assert list(editor.remarks(text, language)) == []


def test_a_remark_on_a_chapter_stands_at_its_line_and_column(editor):
    page = Chapter("x", "ka", "docs/ka/x.md", "# სახლი\n\nმერია და დახმარბა.\n")
    (found,) = remarks_on_chapters(Chapters({"ka": {"x": page}}, ()), editor)
    assert (found.line, found.column, found.code) == (3, 10, "unknown-word")


def test_spaces_beside_a_link_or_in_a_table_are_not_two_spaces(editor):
    text = "# სახლი\n\nმერია [სახლი](a.md) და <https://example.org/> აქ.\n\n| სახლი   | მერია |\n"
    page = Chapter("x", "ka", "docs/ka/x.md", text)
    assert list(remarks_on_chapters(Chapters({"ka": {"x": page}}, ()), editor)) == []


def told(**changed: tuple[str, str]) -> set[tuple[str, str]]:
    """File and code of what is noted when a text of a data file is replaced by another."""
    files = texts(**{name: texts()[name].text.replace(old, new, 1) for name, (old, new) in changed.items()})
    some = read(files)
    own = Editor(some, Speller(ROOT / DICTIONARY, some.own_words.models()))
    paths = {name: file.path for name, file in files.items()}
    findings = [
        *remarks_on_data(everything.records(some, paths), own),
        *remarks_on_phrases(some.phrases, paths["phrases"], own),
    ]
    return {(problem.path, problem.code) for problem in everything.placed(findings, files)}


def test_a_number_that_differs_between_the_languages_of_a_text_is_told():
    change = ("name: {ka: სამართლებრივი საფუძველი", "name: {ka: სამართლებრივი საფუძველი 5")
    assert change[0] in texts()["standards"].text
    assert ("data/standards.yaml", "figures-differ") in told(standards=change)


def test_a_misspelled_word_of_a_phrase_is_told():
    assert ("data/phrases.yaml", "unknown-word") in told(phrases=("მთავარი", "მთავარიი"))


def test_a_misspelled_form_of_a_term_is_told():
    assert ("data/vocabulary.yaml", "unknown-word") in told(vocabulary=("one: დევნილი,", "one: დევნილლი,"))


def test_words_to_avoid_may_stand_in_the_names_that_others_gave():
    names = [at for at in everything.records(collection(), paths()) if "avoid" in at.loc]
    own = Editor(collection(), Speller(ROOT / DICTIONARY, collection().own_words.models()))
    codes = {finding.code for finding in remarks_on_data(names, own)}
    assert "word-to-avoid" not in codes


def paths() -> dict[str, str]:
    return {name: file.path for name, file in texts().items()}
