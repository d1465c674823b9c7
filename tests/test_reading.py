"""YAML text → values exactly as typed, with every fault of form and shape at its line and column."""

from __future__ import annotations

import time

import pytest
from factory import PROGRAMS, TODAY, a_program, found, problems_of, programs, texts

from guideline.collection import files_in
from guideline.problems import DataError
from guideline.reading import parse

SOUND = programs(a_program())
"""The programme of which each test changes one line; `gel: 250` is line 7, its value begins in column 10."""


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def faults(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of everything that is wrong with this programs.yaml."""
    return [(problem.code, problem.line, problem.column) for problem in found(texts(text))]


# --- nothing is guessed ----------------------------------------------------------------------


WORDS = ("yes", "no", "on", "off", "true", "0322", "10:30", "1_000", "0x1F", "0o17", "1e3", "~", "null", ".5", ".inf")
WORDS += ("2026-11-20", "2026-11-20 10:30:00", "+995 350 27 36 50", "0350 27 36 50", "5", "=", "-5", "½")


@pytest.mark.parametrize("typed", WORDS)
def test_a_plain_word_stays_the_text_that_was_typed(typed):
    assert parse(f"number: {typed}\n").value == {"number": typed}


@pytest.mark.parametrize(
    "typed", ["yes", "0322", "10:30", "1_000", "0x1F", "1e3", "~", "null", ".5", "1 000", "٣", "250₾"]
)
def test_a_sum_is_digits_and_nothing_else(typed):
    words = "is not a sum → digits only, no currency and no spaces, for example: 250"
    assert problems_of(changed("gel: 250", f"gel: {typed}")) == [
        f"{PROGRAMS}:7:10: telavi/rent: “gel”: “{typed}” {words}"
    ]


@pytest.mark.parametrize("typed", ["yes", "on", "True", "1"])
def test_a_flag_is_true_or_false(typed):
    text = changed("gel: 250", f"supplement: {typed}")
    assert problems_of(text) == [
        f"{PROGRAMS}:7:17: telavi/rent: “supplement”: “{typed}” will not do → write true or false"
    ]


def test_a_phone_keeps_its_zero_and_its_spaces():
    text = changed("  confidence", "  contacts: [{phones: [{number: 0350 27 36 50}]}]\n  confidence")
    contacts = parse(text).value["programs"][0]["contacts"]
    assert contacts == [{"phones": [{"number": "0350 27 36 50"}]}]
    assert problems_of(text) == []


def test_quotation_marks_change_nothing():
    assert problems_of(changed("gel: 250", 'gel: "250"')) == []


# --- the form of a file ----------------------------------------------------------------------


FORM = {
    "a key that stands twice": ("    period", "    gel: 30\n    period", ("repeated-key", 8, 5)),
    "an anchor": ("gel: 250", "gel: &sum 250", ("alias", 7, 10)),
    "an alias": ("gel: 250", "gel: *sum", ("alias", 7, 10)),
    "a merge of an alias": ("gel: 250", "<<: *sum", ("alias", 7, 9)),
    "a merge of fields": ("gel: 250", "<<: {gel: 250}", ("unknown-field", 7, 5)),
    "a tag of Python": ("gel: 250", "gel: !!python/object:os.system 250", ("tag", 7, 10)),
    "a tag of YAML": ("gel: 250", "gel: !!int 250", ("tag", 7, 10)),
    "a tag of one's own": ("gel: 250", "gel: !sum 250", ("tag", 7, 10)),
    "a tag on fields": ("  - kind", "  - !!map\n    kind", ("tag", 6, 5)),
    "a second document": (
        "  confidence: high\n",
        "  confidence: high\n---\nprograms: []\n",
        ("second-document", 15, 1),
    ),
    "a tab before a field": ("    gel", "\tgel", ("tab", 7, 1)),
    "a tab after a dash": ("  - kind", "  -\tkind", ("tab", 6, 4)),
    "a second colon": ("month", "month: each", ("colon", 8, 18)),
    "a quotation mark without an end": ("month", '"month', ("not-closed", 8, 13)),
    "a bracket without an end": ("high", "{high", ("not-closed", 14, 15)),
    "a field out of line": ("    gel", "   gel", ("not-yaml", 7, 4)),
    "a word that begins with @": ("gel: 250", "gel: @250", ("not-yaml", 7, 10)),
    "an escape that does not exist": ("gel: 250", 'gel: "\\q"', ("not-yaml", 7, 11)),
    "a list as the name of a field": ("gel: 250", "[gel]: 250", ("key-not-text", 7, 5)),
    "a field without a value": ("gel: 250", "gel:", ("empty-value", 7, 9)),
    "an item without a value": ("  - kind: cash", "  -\n  - kind: cash", ("empty-value", 6, 4)),
    "a NUL": ("month", "mo\0nth", ("hidden-character", 8, 15)),
    "a bell": ("month", "mo\x07nth", ("hidden-character", 8, 15)),
    "a line end of old mainframes": ("month", "mo\x85nth", ("hidden-character", 8, 15)),
    "a line separator": ("month", "mo\u2028nth", ("hidden-character", 8, 15)),
    "half of a pair of code units": ("month", "mo\ud800nth", ("hidden-character", 8, 15)),
    "a byte order mark inside": ("month", "mo\ufeffnth", ("hidden-character", 8, 15)),
    "a directive": ("programs:", "%ODD\n---\nprograms:", ("not-yaml", 1, 5)),
}


@pytest.mark.parametrize(("old", "new", "expected"), FORM.values(), ids=FORM)
def test_a_fault_of_form_is_told_once_at_its_place(old, new, expected):
    assert faults(changed(old, new)) == [expected]


def test_what_follows_a_fault_of_form_is_not_blamed():
    text = changed("    gel: 250", "\tgel: 250")
    assert problems_of(text) == [
        f"{PROGRAMS}:7:1: there is a tab where only spaces can stand → replace it by spaces, as in the lines around"
    ]


@pytest.mark.parametrize(
    ("bomb", "place"),
    [
        ("programs: " + "[" * 100_000, (1, 50)),
        ("programs: " + "{a: " * 100_000, (1, 167)),
        ("programs:\n" + "\n".join(" " * depth + "a:" for depth in range(1, 2_000)), (41, 41)),
        ("programs:\n- " + "- " * 100_000, (2, 79)),
    ],
    ids=["brackets", "braces", "lines", "dashes"],
)
def test_a_bomb_of_brackets_is_refused_at_once(bomb, place):
    started = time.perf_counter()
    assert faults(bomb) == [("too-deep", *place)]
    assert time.perf_counter() - started < 1


def test_a_bomb_of_aliases_is_refused_at_its_first_name():
    lines = ["programs:", "- a0: &a0 x"] + [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert faults("\n".join(lines)) == [("alias", 2, 7)]


def test_a_file_has_a_greatest_size():
    text = "#" * 20_000_001
    assert problems_of(text) == [f"{PROGRAMS}:1:1: the file is too large → at most 20,000,000 characters"]
    assert parse(text[:-1]).faults == [((1, 1), "empty-file", {})]


@pytest.mark.parametrize("text", ["", "\n", "# nothing but words to editors\n", "---\n", "\ufeff"])
def test_an_empty_file_is_told(text):
    assert problems_of(text) == [f"{PROGRAMS}:1:1: the file is empty → put back the version before"]


def test_a_byte_order_mark_at_the_start_is_nothing():
    assert problems_of("\ufeff" + SOUND) == []
    assert faults("\ufeff" + changed("month", "monht")) == [("unknown-reference-near", 8, 13)]


def test_line_ends_of_windows_move_no_place():
    assert problems_of(SOUND.replace("\n", "\r\n")) == []
    assert faults(changed("month", "monht").replace("\n", "\r\n")) == [("unknown-reference-near", 8, 13)]


# --- files on disk ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """The data folder of a small copy."""
    data = tmp_path / "data"
    data.mkdir()
    for file in texts().values():
        (tmp_path / file.path).write_text(file.text, encoding="utf-8")
    return data


def told(folder) -> list[str]:
    with pytest.raises(DataError) as caught:
        files_in(folder)
    return [problem.say("en") for problem in caught.value.problems]


def test_a_missing_file_is_told(folder):
    (folder / "programs.yaml").unlink()
    assert told(folder) == [f"{PROGRAMS}:1:1: the file cannot be read → put it back into its folder"]


def test_bytes_that_are_not_utf_8_are_told_at_their_place(folder):
    (folder / "programs.yaml").write_bytes(b"programs:\n- id: " + "თბილისი".encode("utf-16-le"))
    assert told(folder) == [f"{PROGRAMS}:2:7: the file is not saved as UTF-8 → save it again as UTF-8"]


def test_the_column_of_bad_bytes_counts_letters_and_not_bytes(folder):
    (folder / "programs.yaml").write_bytes("programs:\n- name: ქირა ".encode() + b"\xff")
    assert told(folder) == [f"{PROGRAMS}:2:14: the file is not saved as UTF-8 → save it again as UTF-8"]


def test_a_byte_order_mark_of_an_editor_is_read_away(folder):
    path = folder / "programs.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert files_in(folder)["programs"].text == SOUND


# --- the shape of a file and of its records --------------------------------------------------


SHAPE = {
    "a list instead of a file": (SOUND, "- a\n", ("not-a-mapping", 1, 1)),
    "a word instead of a file": (SOUND, "programs\n", ("not-a-mapping", 1, 1)),
    "fields instead of a list": (SOUND, "programs: {a: 1}\n", ("not-a-list", 1, 11)),
    "a word instead of a programme": (SOUND, "programs: [rent]\n", ("not-a-mapping", 1, 12)),
    "no list at all": ("programs:", "types: []\nprograms:", ("unknown-field", 1, 1)),
    "a field nobody knows": ("    period", "    zzz", ("unknown-field", 8, 5)),
    "a field with a slip": ("    period", "    peroid", ("unknown-field-near", 8, 5)),
    "a field of another record": ("    period", "    former_ids", ("unknown-field", 8, 5)),
    "no type": ("  type: rent\n", "", ("missing-field", 2, 3)),
    "a list instead of a sum": ("gel: 250", "gel: [250]", ("sum", 7, 10)),
    "fields instead of a sum": ("gel: 250", "gel: {sum: 250}", ("sum", 7, 10)),
    "a list instead of a number": ("gel: 250", "times: [2]", ("whole-number", 7, 12)),
    "a list instead of a flag": ("gel: 250", "supplement: [true]", ("flag", 7, 17)),
    "a list instead of a day": ("  confidence", "  valid: {to: [2026]}\n  confidence", ("day", 14, 15)),
    "a list instead of a text": ("id: rent", "id: [rent]", ("not-text", 2, 7)),
    "a word instead of a list": ("  confidence", "  remarks: none\n  confidence", ("not-a-list", 14, 12)),
    "a word instead of fields": ("  confidence", "  valid: 2026\n  confidence", ("not-a-mapping", 14, 10)),
    "a name in one language": ("  confidence", "  name: {ka: ქირა}\n  confidence", ("missing-field", 14, 9)),
    "a language in capitals": (
        "  confidence",
        "  name: {ka: ქირა, en: Rent, RU: x}\n  confidence",
        ("unknown-field", 14, 30),
    ),
    "a choice with a slip": ("high", "hihg", ("not-a-choice", 14, 15)),
    "a status nobody knows": (
        "  confidence",
        "  eligibility: {all: [{status: [idp, idpp]}]}\n  confidence",
        ("unknown-reference-near", 14, 38),
    ),
    "a text without words": ("  confidence", '  name: {ka: "", en: Rent}\n  confidence', ("empty", 14, 14)),
}


@pytest.mark.parametrize(("old", "new", "expected"), SHAPE.values(), ids=SHAPE)
def test_a_fault_of_shape_is_told_at_its_place(old, new, expected):
    assert expected in faults(changed(old, new))


@pytest.mark.parametrize(
    ("typed", "near"),
    [("peroid", "period"), ("gell", "gel"), ("kindd", "kind"), ("up_to", "up_to_gel"), ("form", "for")],
)
def test_a_field_with_a_slip_is_answered_with_the_nearest(typed, near):
    said = problems_of(changed("    period: month", f"    {typed}: month"))
    assert f"{PROGRAMS}:8:5: telavi/rent: there is no such field: “{typed}” → perhaps “{near}”?" in said


def test_the_top_of_a_file_is_answered_with_the_nearest_too():
    said = problems_of(changed("programs:", "program:"))
    assert f"{PROGRAMS}:1:1: there is no such field: “program” → perhaps “programs”?" in said


def test_an_id_of_a_table_is_fit_for_an_address():
    catalogue = texts()["catalogue"].text.replace("\n  rent:", "\n  Rent Aid:", 1)
    said = [problem.say("en") for problem in found(texts(catalogue=catalogue))]
    line = catalogue[: catalogue.index("  Rent Aid:")].count("\n") + 1
    assert said[0].startswith(f"data/catalogue.yaml:{line}:3: “Rent Aid” will not do as an id → small Latin letters")


def test_a_term_that_is_neither_word_nor_forms_is_told_once():
    vocabulary = "forms: {}\ngroups:\n  idp: {ka: [დევნილი], en: IDP}\n"
    said = [problem.say("en") for problem in found(texts(vocabulary=vocabulary))]
    assert said == ["data/vocabulary.yaml:3:13: idp: “ka” must be plain text, it says […] → write one word or sentence"]


@pytest.mark.parametrize("name", ["settings", "catalogue", "vocabulary", "phrases", "municipalities"])
def test_a_list_instead_of_any_file_is_told(name):
    problems = found(texts(**{name: "- a\n"}))
    assert (f"data/{name}.yaml", 1, 1, "not-a-mapping") in {(p.path, p.line, p.column, p.code) for p in problems}


def test_all_problems_come_at_once_in_the_order_of_the_file():
    text = (
        changed("gel: 250", "gel: abc")
        .replace("period", "peroid")
        .replace("high", "hihg")
        .replace("municipality\n", "town\n")
    )
    assert faults(text) == [
        ("sum", 7, 10),
        ("unknown-field-near", 8, 5),
        ("not-a-choice", 12, 11),
        ("not-a-choice", 14, 15),
    ]


def test_problems_of_several_files_come_file_by_file():
    problems = found(texts(changed("gel: 250", "gel: abc"), catalogue="types: {\n", settings="name: [\n"))
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("data/catalogue.yaml", 1, "not-closed"),
        ("data/programs.yaml", 7, "sum"),
        ("data/settings.yaml", 1, "not-closed"),
    ]


def test_a_sound_copy_has_no_problems():
    assert problems_of(SOUND) == []


def test_a_value_is_placed_where_its_record_is_written_in_short():
    parsed = parse("programs:\n- status: [idp, veteran]\n")
    assert parsed.place(("programs", 0, "status", "any_of", 1)) == (2, 17)


def test_today_of_the_tests_is_the_day_of_the_factory(today):
    assert today == TODAY
