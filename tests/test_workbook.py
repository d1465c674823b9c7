"""The workbook: out and in again with nothing changed, edits that become exactly themselves, strange cells, clashes."""

import difflib
import io
import zipfile
from copy import deepcopy
from datetime import date, datetime, time
from types import SimpleNamespace

import copies
import openpyxl
import pytest
from click.testing import CliRunner
from factory import ROOT, a_program, collection, programs
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline.acadnusx import Converter, english_words
from guideline.changes import GONE
from guideline.model import Program
from guideline.naming import choices, kinds, order, owner
from guideline.reading import parse
from guideline.revising import Revision, kept, undone
from guideline.spelling import Speller
from guideline.splicing import spliced
from guideline.verbs import tables
from guideline.workbook import importing, keeping
from guideline.workbook.cells import Labels, cell_of, unchanged, value_of
from guideline.workbook.edits import edits
from guideline.workbook.layout import sheets
from guideline.workbook.opening import Unreadable, opened
from guideline.workbook.rows import changes, record, rows
from guideline.workbook.writing import HEADS, written

REAL = (ROOT / "data/programs.yaml").read_text(encoding="utf-8")
PROGRAMS = "data/programs.yaml"
LIBREOFFICE = ROOT / "tests/workbook/libreoffice.xlsx"


def of_one(municipality):
    """The programmes of a municipality, as they stand in the real file."""
    head, *records = REAL.split("\n- id: ")
    own = [one for one in records if f"\n  municipality: {municipality}\n" in one]
    return "\n- id: ".join([head, *own]).rstrip("\n") + "\n"


SMALL = of_one("telavi")


@pytest.fixture(scope="module")
def terms(workplace):
    return workplace.collection


@pytest.fixture(scope="module")
def converter(workplace):
    words = ROOT / "config/dictionary"
    speller = Speller(words, workplace.collection.own_words.models())
    english = english_words((words / "english-too.txt").read_text(encoding="utf-8"))
    return Converter(speller.known, english)


@pytest.fixture(scope="module")
def small(terms):
    """The bytes of the workbook of one municipality."""
    return written(parse(SMALL).value, terms)


@pytest.fixture(scope="module")
def small_book(small):
    return opened(small)


# --- out and in again ------------------------------------------------------------------------


def test_every_real_record_goes_through_rows_unchanged():
    values = parse(REAL).value
    made = rows(sheets()[0], values)
    assert [record(row) for row in made] == values["programs"]
    assert changes(values, made) == []


def test_every_real_value_goes_through_its_cell(terms):
    labels = Labels(terms)
    for top in rows(sheets()[0], parse(REAL).value):
        for row in top.everything():
            for column in row.sheet.columns:
                value = row.get(column)
                cell = cell_of(value, column, labels)
                assert unchanged(cell, value, column, labels)
                if value is not GONE and not column.tree:
                    typed = value_of(cell, column, labels)
                    assert typed == value or typed == value.replace("\u00a0", " "), (row.name, column.key)


@pytest.fixture(scope="module")
def real(terms):
    """The workbook of all data as it comes back."""
    return opened(written(parse(REAL).value, terms))


def test_the_workbook_of_all_data_comes_back_with_no_change(real, terms, converter):
    found = edits(real, terms, converter.converted)
    assert (found.changes, found.faults, found.conversions) == ([], [], [])


def test_every_field_of_a_programme_has_a_column_or_a_sheet():
    """A new field of the model appears without new code."""
    shown = {column.path[0] for column in sheets()[0].columns} | {sheet.path[0] for sheet in sheets()[1:]}
    assert shown == set(kinds(Program))


def test_every_choice_has_words_in_both_languages():
    for sheet in sheets():
        for column in sheet.columns:
            words = choices().get(owner(column.model, column.field).__name__, {}).get(column.field, {})
            assert set(words) == set(column.kind.choices), column.key
            assert all(set(entry) == {"ka", "en"} for entry in words.values())


def test_the_same_data_give_the_same_bytes(small, terms):
    assert written(parse(SMALL).value, terms) == small


def test_ids_are_locked_and_everything_else_is_free(small):
    book = openpyxl.load_workbook(io.BytesIO(small))
    sheet = book.worksheets[1]
    names = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet.cell(HEADS + 1, names["id"]).protection.locked
    assert not sheet.cell(HEADS + 1, names["type"]).protection.locked
    assert sheet.row_dimensions[1].hidden
    assert book[keeping.SHEET].sheet_state == "veryHidden"
    phones = next(one for one in book.worksheets if one["A1"].value == "gzamkvlevi:contacts.phones")
    number = next(cell.column_letter for cell in phones[1] if cell.value == "number")
    assert phones.column_dimensions[number].number_format == "@"


# --- edits -----------------------------------------------------------------------------------


def facts(text):
    """Every fact of the file by its row and column: what the workbook shows of it."""
    found = {}
    for top in rows(sheets()[0], parse(text).value):
        for row in top.everything():
            for column in row.sheet.columns:
                if (value := row.get(column)) is not GONE:
                    found[row.name, row.sheet.key, column.key] = value
    return found


SMALL_FACTS = facts(SMALL)
GIVEN = sorted(key for key in SMALL_FACTS if key[2] not in ("id", "municipality"))


def another(column, labels, data):
    """A cell that somebody typed, and the plain value that is meant."""
    form = column.form
    if form in ("sum", "whole"):
        number = data.draw(st.integers(1, 99_999))
        return data.draw(st.sampled_from([number, float(number), f" {number} "])), str(number)
    if form == "day":
        day = data.draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
        return data.draw(st.sampled_from([day, datetime.combine(day, time()), f"{day:%d.%m.%Y}"])), str(day)
    if form == "flag":
        return data.draw(st.sampled_from([("კი · yes", "true"), (False, "false"), ("არა", "false"), ("yes", "true")]))
    if form in ("choice", "ids") and labels.name(column):
        id = data.draw(st.sampled_from(sorted(labels.of(column))))
        return data.draw(st.sampled_from([labels.shown(column, id), id])), [id] if form == "ids" else id
    if form == "ids":
        return "7; 8", ["7", "8"]
    words = data.draw(st.sampled_from(["ახალი სიტყვები", "it's: {new} # words", "0322 11-22", "yes", "=1+1", "- a, b"]))
    return f" {words}\u00a0", words


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_random_edits_become_exactly_themselves(small_book, terms, data):
    """Four cells at a time, 200 in all: these facts differ, all others and all other lines are as they were."""
    book = deepcopy(small_book)
    labels = Labels(terms)
    by_key = {sheet.key: sheet for sheet in sheets()}
    expected = dict(SMALL_FACTS)
    for name, key, column_key in data.draw(st.lists(st.sampled_from(GIVEN), min_size=4, max_size=4, unique=True)):
        table = book.tables[key]
        column = next(one for one in by_key[key].columns if one.key == column_key)
        index = next(number for number, label in table.columns.items() if label == column_key)
        line = next(cells for cells in table.rows.values() if cells[1] == name)
        if column.tree:
            continue
        cell, value = another(column, labels, data)
        line[index] = cell
        expected[name, key, column_key] = value
    found = edits(book, terms, lambda words: words)
    assert found.faults == []
    made = spliced(SMALL, found.changes, order)
    assert facts(made) == expected
    assert lines_that_go(SMALL, made) <= set(lines_of(found.changes))


def lines_that_go(old, new):
    """The numbers of the lines of the old text that are not in the new one."""
    matcher = difflib.SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False)
    return {
        line + 1 for code, first, last, *_ in matcher.get_opcodes() if code != "equal" for line in range(first, last)
    }


def lines_of(changes):
    """The lines on which the values stand that change, or around which something is put."""
    places = parse(SMALL).places
    for change in changes:
        yield places[change.loc if change.loc in places else change.loc[:-1]][0]


def put(book, key, name, /, **cells):
    """Type into cells of the row that has this hidden name."""
    table = book.tables[key]
    number = next(number for number, line in table.rows.items() if line.get(1) == name)
    return type_into(table, number, **cells)


def add(book, key, /, **cells):
    """A row below the last one."""
    table = book.tables[key]
    number = max(table.rows, default=HEADS) + 1
    table.rows[number] = {}
    return type_into(table, number, **cells)


def type_into(table, at_row, /, **cells):
    letters = {label: index for index, label in table.columns.items()}
    for label, cell in cells.items():
        index = letters[label.replace("__", ".") if not label.startswith("_") else "#" + label[1:]]
        if cell is None:
            table.rows[at_row].pop(index, None)
        else:
            table.rows[at_row][index] = cell
    return at_row


TWO = (
    programs(
        a_program(
            benefits=[
                {"kind": "cash", "gel": 250, "period": "month", "per": "family"},
                {
                    "kind": "cash",
                    "period": "once",
                    "tiers": {
                        "by": "birth-order",
                        "rows": [{"when": {"birth": {"order": 3}}, "gel": 300}, {"otherwise": "true", "gel": 100}],
                    },
                },
            ],
            eligibility={
                "all": [{"residence": "registered"}, {"status": ["idp", "veteran"]}, {"any": [{"status": "idp"}]}]
            },
            documents={"complete": "false", "list": ["application", {"is": "circumstances-proof", "if": "married"}]},
            contacts=[{"phones": [{"number": "0350 27 11 11"}]}],
        ),
        a_program(id="food", summary={"ka": "საკვები", "en": "Food"}),
    )
    .replace("'true'", "true")
    .replace("'false'", "false")
)


@pytest.fixture(scope="module")
def two_bytes(terms):
    return written(parse(TWO).value, terms)


@pytest.fixture(scope="module")
def two(two_bytes):
    return opened(two_bytes)


def asked_of(book, terms, convert=lambda words: words):
    """The lines that an edited workbook changes, or its faults."""
    found = edits(book, terms, convert)
    if found.faults:
        return [(fault.code, fault.cell, fault.id) for fault in found.faults]
    made = spliced(TWO, found.changes, order)
    return [line for line in difflib.ndiff(TWO.split("\n"), made.split("\n")) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda b: put(b, "benefits", "telavi/rent 1", gel=300), ["-     gel: 250", "+     gel: 300"]),
        (lambda b: put(b, "benefits", "telavi/rent 1", gel="1 250,50 ₾"), ["-     gel: 250", "+     gel: 1250.5"]),
        (lambda b: put(b, "benefits", "telavi/rent 1", gel=250.0), []),
        (lambda b: put(b, "benefits", "telavi/rent 1", period=None), ["-     period: month"]),
        (lambda b: put(b, "benefits", "telavi/rent 1", times=2), ["+     times: 2"]),
        (lambda b: put(b, "", "telavi/rent", state__is="თანხა ამოიწურა"), ["+   state: exhausted"]),
        (lambda b: put(b, "", "telavi/rent", listed="მონახაზი · draft"), ["+   listed: draft"]),
        (lambda b: put(b, "", "telavi/food", valid__to=datetime(2026, 12, 31)), ["+   valid: {to: 2026-12-31}"]),
        (lambda b: put(b, "", "telavi/food", summary__ka=" საკვები \u00a0"), []),
        (
            lambda b: put(b, "", "telavi/food", summary__ka="საკვები და\nწამლები"),
            ["-     ka: საკვები", "+     ka: საკვები და წამლები"],
        ),
        (
            lambda b: put(b, "", "telavi/food", summary__ka=None, summary__en=None),
            ["-   summary:", "-     ka: საკვები", "-     en: Food"],
        ),
        (
            lambda b: put(b, "eligibility.all", "telavi/rent 1", residence__basis="living"),
            ["-     - residence: registered", "+     - residence: living"],
        ),
        (lambda b: put(b, "eligibility.all", "telavi/rent 2", status__any_of="idp"), ["-       - veteran"]),
        (
            lambda b: put(b, "documents.list", "telavi/rent 1", bring="დედანი · original; ასლი"),
            ["-     - application", "+     - {is: application, bring: [original, copy]}"],
        ),
        (lambda b: put(b, "documents.list", "telavi/rent 1", _remove="x"), ["-     - application"]),
        (lambda b: put(b, "documents.list", "telavi/rent 1", **{"is": None}), ["-     - application"]),
        (
            lambda b: add(b, "documents.list", _program="telavi/rent", **{"is": "application-to-mayor"}),
            ["+     - application-to-mayor"],
        ),
        (
            lambda b: add(b, "documents.list", _program="telavi/food", **{"is": "application"}),
            ["+   documents:", "+     list: [application]"],
        ),
        (
            lambda b: add(b, "benefits.tiers.rows", _program="telavi/rent", _under=2, when__birth__order=4, gel=500),
            ["+       - {when: {birth: {order: 4}}, gel: 500}"],
        ),
        (
            lambda b: put(b, "benefits.tiers.rows", "telavi/rent 2.1", gel=350),
            ["-         gel: 300", "+         gel: 350"],
        ),
        (
            lambda b: put(b, "contacts.phones", "telavi/rent 1.1", number="0350 22 22 22"),
            ["-     - number: 0350 27 11 11", "+     - number: 0350 22 22 22"],
        ),
        (lambda b: add(b, "contacts.phones", _program="telavi/rent", number=32211122), ["+     - {number: 32211122}"]),
        (lambda b: add(b, "documents.list"), []),
        (lambda b: add(b, "documents.list", _remove="x", _program="telavi/rent", **{"is": "application"}), []),
        (lambda b: b.tables["benefits"].rows.update(reversed(list(b.tables["benefits"].rows.items()))), []),
        (lambda b: setattr(b.tables["benefits"], "title", "Sheet1"), []),
        # refused
        (lambda b: put(b, "benefits", "telavi/rent 1", gel="1,000"), [("not-a-number", "H4", "telavi/rent")]),
        (lambda b: put(b, "benefits", "telavi/rent 1", gel=1.005), [("too-exact", "H4", "telavi/rent")]),
        (lambda b: put(b, "benefits", "telavi/rent 1", gel=True), [("not-a-number", "H4", "telavi/rent")]),
        (lambda b: put(b, "benefits", "telavi/rent 1", gel=1e300), [("not-a-number", "H4", "telavi/rent")]),
        (lambda b: put(b, "benefits", "telavi/rent 1", kind="ფულადი"), [("not-in-list", "G4", "telavi/rent")]),
        (lambda b: put(b, "benefits", "telavi/rent 1", times=1.5), [("not-whole", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", valid__to=46000), [("day-as-number", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", valid__to="03/05/2026"), [("not-a-day", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", valid__to="31.02.2026"), [("not-a-day", None, "telavi/rent")]),
        (
            lambda b: put(b, "", "telavi/rent", valid__to=datetime(2026, 1, 1, 10)),
            [("day-with-time", None, "telavi/rent")],
        ),
        (lambda b: put(b, "", "telavi/rent", note=datetime(2026, 1, 1)), [("not-text", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", note="a\x07b"), [("hidden-sign", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", note="a" * 5000), [("too-long", None, "telavi/rent")]),
        (lambda b: put(b, "", "telavi/rent", id="flat"), [("id-locked", "D4", "telavi/rent")]),
        (
            lambda b: put(b, "eligibility.all", "telavi/rent 3", _row="telavi/none 9"),
            [("row-unknown", "A6", "telavi/rent")],
        ),
        (
            lambda b: add(b, "documents.list", _program="telavi/none", **{"is": "application"}),
            [("no-program", "C6", "telavi/none")],
        ),
        (
            lambda b: add(b, "benefits.tiers.rows", _program="telavi/rent", gel=5),
            [("no-row-around", "E6", "telavi/rent")],
        ),
        (lambda b: add(b, "", id="new"), [("program-without", None, ""), ("program-without", None, "")]),
        (lambda b: add(b, "", id="food", municipality="telavi", type="rent"), [("id-taken", "D6", "telavi/food")]),
        (lambda b: b.tables.pop("benefits"), [("no-sheet", "", "")]),
        (lambda b: b.tables["benefits"].columns.pop(6), None),
    ],
    ids=range(47),
)
def test_an_edit_of_a_cell_or_a_row(two, terms, edit, expected):
    book = deepcopy(two)
    edit(book)
    found = asked_of(book, terms)
    if expected and isinstance(expected[0], tuple):
        assert [(one[0], one[2]) for one in found] == [(one[0], one[2]) for one in expected]
        assert all(one[1] in (None, other[1]) for one, other in zip(expected, found, strict=True))
    elif expected is not None:
        assert found == expected
    else:
        assert all(isinstance(one, tuple) for one in found)


def test_a_copied_row_is_a_new_row(two, terms):
    book = deepcopy(two)
    table = book.tables["documents.list"]
    table.rows[max(table.rows) + 1] = dict(table.rows[HEADS + 1])
    type_into(table, max(table.rows), **{"is": "application-to-mayor"})
    assert asked_of(book, terms) == ["+     - application-to-mayor"]


def test_a_new_programme_with_its_lists_is_one_new_record(two, terms):
    book = deepcopy(two)
    add(book, "", id="coffins", municipality="telavi", type="funeral", confidence="low")
    add(book, "sources", _program="telavi/coffins", url="https://telavi.gov.ge/x", kind="მუნიციპალიტეტი")
    assert asked_of(book, terms) == [
        "+ - id: coffins",
        "+   municipality: telavi",
        "+   type: funeral",
        "+   sources:",
        '+   - {url: "https://telavi.gov.ge/x", kind: municipality}',
        "+   confidence: low",
    ]


def test_a_programme_is_taken_out_with_its_lists(two, terms):
    book = deepcopy(two)
    put(book, "", "telavi/food", _remove="x")
    found = asked_of(book, terms)
    assert found[0] == "- - id: food"
    assert all(line.startswith("- ") for line in found)


def test_words_for_an_old_font_are_converted_in_georgian_cells_only(two, terms, converter):
    book = deepcopy(two)
    put(book, "", "telavi/food", summary__ka="daxmareba qalaqSi", summary__en="daxmareba qalaqSi")
    found = edits(book, terms, converter.converted)
    assert [(one.old, one.new) for one in found.conversions] == [("daxmareba qalaqSi", "დახმარება ქალაქში")]
    assert {change.loc[-1]: change.value for change in found.changes} == {
        "ka": "დახმარება ქალაქში",
        "en": "daxmareba qalaqSi",
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("daxmareba qalaqSi", "დახმარება ქალაქში"),
        ("ojaxi", "ოჯახი"),
        ("250 lari TveSi", "250 ლარი თვეში"),
        ("SoTa rusTavelis quCa #5", "შოთა რუსთაველის ქუჩა #5"),
        ("ოჯახის daxmareba", "ოჯახის დახმარება"),
        ("mravalSviliani ojaxebis daxmareba", "მრავალშვილიანი ოჯახების დახმარება"),
        ("erTjeradi fuladi daxmareba 18 wlamde", "ერთჯერადი ფულადი დახმარება 18 წლამდე"),
        *(
            (same, same)
            for same in (
                "https://telavi.gov.ge/daxmareba",
                "www.daxmareba.ge",
                "daxmareba.ge",
                "daxmareba@telavi.gov.ge",
                "Western Union",
                "TBC Bank",
                "online",
                "internet bank",
                "radio",
                "hot line",
                "PDF",
                "Covid-19",
                "da",
                "IBAN GE12TB",
                "social score",
                "Facebook",
                "test",
                "A4",
                "daxmareba1",
                "ახალი video",
                "English words only",
                "",
            )
        ),
    ],
)
def test_acadnusx_is_converted_where_there_is_no_doubt(converter, typed, meant):
    assert converter.converted(typed) == meant


# --- files that are none, or hold too much -----------------------------------------------------


def changed_file(content, name, new):
    """The workbook with one of its parts replaced, or one more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for part in old.namelist():
            if part != name:
                out.writestr(part, old.read(part))
        out.writestr(name, new)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda small: b"", "not-a-workbook"),
        (lambda small: b"PK\x03\x04 nothing", "not-a-workbook"),
        (lambda small: small[:-3000], "not-a-workbook"),
        (lambda small: changed_file(small, "xl/vbaProject.bin", b"x"), "macros"),
        (lambda small: changed_file(small, "xl/externalLinks/externalLink1.xml", b"<a/>"), "links-outside"),
        (lambda small: changed_file(small, "xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "not-a-workbook"),
        (lambda small: changed_file(small, "xl/workbook.xml", "<a/>".encode("utf-16")), "not-a-workbook"),
        (lambda small: changed_file(small, "xl/big.xml", b" " * 250_000_000), "file-too-large"),
        (lambda small: b"x" * 21_000_000, "file-too-large"),
    ],
    ids=["empty", "stub", "cut", "macros", "links", "entities", "utf-16", "bomb", "large"],
)
def test_what_is_no_workbook_of_ours_is_refused(small, content, code):
    with pytest.raises(Unreadable) as error:
        opened(content(small))
    assert error.value.fault.code == code


def saved(content, change):
    """The workbook as openpyxl saves it after a change: another program, with a way of its own."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def strange(book):
    """All that can be wrong with cells, on one sheet."""
    sheet = next(one for one in book.worksheets if one["A1"].value == "gzamkvlevi:documents.list")
    sheet["G4"] = "=SUM(1,2)"
    sheet["G5"] = "#REF!"
    sheet["G5"].data_type = "e"
    sheet.merge_cells("H4:H5")
    sheet["AZ4"] = "beside"
    sheet.title = "Sheet1"
    book.create_sheet("mine")["A1"] = "notes"
    book.create_sheet("secret").sheet_state = "hidden"


def test_formulas_errors_and_merged_cells_are_refused_all_at_once(two_bytes, terms):
    book = opened(saved(two_bytes, strange))
    found = edits(book, terms, lambda words: words).faults
    assert {(fault.code, fault.sheet, fault.cell) for fault in found} >= {
        ("formula", "Sheet1", "G4"),
        ("error-value", "Sheet1", "G5"),
        ("merged", "Sheet1", "H4:H5"),
        ("no-column", "Sheet1", "AZ4"),
    }
    assert book.unread == ["mine", "secret"]


def test_a_workbook_whose_hidden_sheet_was_changed_is_refused(two_bytes):
    def spoil(book):
        book[keeping.SHEET]["A2"] = "0" * 64

    with pytest.raises(Unreadable) as error:
        opened(saved(two_bytes, spoil))
    assert error.value.fault.code == "not-ours"


def test_text_that_begins_as_a_formula_does_is_text(terms):
    values = parse(programs(a_program(note="=1+1"))).value
    book = opened(written(values, terms))
    assert edits(book, terms, lambda words: words).faults == []


def test_a_file_saved_by_libreoffice_is_read(terms, converter):
    """Edited and saved by LibreOffice 7.4: a sum, a state, a day, a phone, a new row, a sheet sorted."""
    found = edits(opened(LIBREOFFICE.read_bytes()), terms, converter.converted)
    assert found.faults == []
    assert {change.loc[2:]: change.value for change in found.changes} == {
        ("benefits", 0, "gel"): "300",
        ("documents", "list", 2): "application-to-mayor",
        ("contacts", 0, "phones", 0, "number"): "0350 22 22 22",
        ("state",): "exhausted",
        ("valid",): {"to": "2026-12-31"},
    }


# --- the whole way: make workbook, make import, make undo --------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copies.copy_to(tmp_path_factory.mktemp("workbook") / "copy")


@pytest.fixture
def clean(copy):
    """The copy with its data as they are in the project."""
    yield copy
    (copy / PROGRAMS).write_text(REAL, encoding="utf-8")


def examined(copy, book, terms, converter, language="en"):
    return importing.examined(copy, book, "programs.xlsx", terms, converter, language)


def test_an_import_writes_what_was_changed_meets_what_changed_since_and_is_taken_back(clean, real, terms, converter):
    book = deepcopy(real)
    put(book, "benefits", "tbilisi/newborns 1", gel=600)
    path = clean / PROGRAMS
    first = examined(clean, book, terms, converter)
    assert first.lines == {"tbilisi/newborns": ["tbilisi/newborns · What one gets 1 · Sum in lari: 500 → 600"]}
    assert "### tbilisi/newborns\n\n- What one gets 1 · Sum in lari: 500 → 600\n" in importing.report(first)
    kept(clean, first.revision)
    line = "gel: {}, period: once, per: newborn}}"
    now = REAL.replace(line.format(500), line.format(600), 1)
    assert path.read_text(encoding="utf-8") == now

    again = examined(clean, book, terms, converter)
    assert (again.count, again.sound, again.revision) == (0, True, None), "both sides say the same"

    path.write_text(now.replace(line.format(600), line.format(700), 1), encoding="utf-8")
    clash = examined(clean, book, terms, converter)
    assert clash.clashes == [
        "tbilisi/newborns · What one gets 1 · Sum in lari: was 500; in the data now 700; in the workbook 600"
    ]
    assert (clash.sound, clash.revision) == (False, None)

    path.write_text(now.replace("confidence: high", "confidence: medium", 1), encoding="utf-8")
    put(book, "", "tbilisi/newborns", state__is="exhausted")
    both = examined(clean, book, terms, converter)
    assert (both.newer, both.sound, both.count) == (True, True, 1), "changes of both sides live together"

    path.write_text(now, encoding="utf-8")
    assert undone(clean) == [PROGRAMS]
    assert path.read_text(encoding="utf-8") == REAL


def test_what_the_checks_refuse_is_told_with_its_cell_and_nothing_is_written(clean, real, terms, converter):
    book = deepcopy(real)
    number = put(book, "sources", "telavi/temporary-rent 1", url="telavi.gov.ge")
    put(book, "", "telavi/temporary-rent", note="<script>@someone #1 [x](http://y)</script>")
    made = examined(clean, book, terms, converter, "ka")
    (line,) = made.problems
    assert line.startswith(f"programs.xlsx:წყაროები · Sources!F{number}: data/programs.yaml:")
    report = importing.report(made)
    assert "<script>" not in report
    assert "\\[x\\]\\(http&#58;//y\\)" in report
    assert "@someone" not in report
    assert (clean / PROGRAMS).read_text(encoding="utf-8") == REAL


def test_the_verbs_end_with_one_line_and_a_status(clean):
    def guideline(*arguments):
        done = copies.run(clean, *arguments)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, (done.stdout + done.stderr).splitlines()[-1]

    file = "build/programs.xlsx"
    assert guideline("workbook", "--language", "ka")[1].startswith(f"ჩაიწერა {file}: 156 პროგრამა")

    content = (clean / file).read_bytes()
    old = "but is paid every year."
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets_ = {name: parts.read(name).decode("utf-8") for name in parts.namelist() if "worksheets/sheet" in name}
    (name,) = [name for name, text in sheets_.items() if f"{old}</t>" in text and "#summary" not in text]
    content = changed_file(content, name, sheets_[name].replace(old, "and is paid every year."))
    (clean / file).write_bytes(content)
    said = "Written: 1 changes in data/programs.yaml. To take them back: make undo"
    assert guideline("import", "--workbook", file, "--yes", "--report", "build/report.md") == (0, said)
    assert guideline("undo") == (0, "Taken back: the last change of data/programs.yaml.")


def test_without_a_yes_nothing_is_written_and_without_a_workbook_there_is_no_import(clean, real, monkeypatch):
    made = importing.Import(
        "en", "x.xlsx", lines={"telavi/rent": ["a line"]}, count=1, revision=Revision({}, {"x": "y"})
    )
    monkeypatch.setattr(importing, "asked", lambda *about: made)
    monkeypatch.setattr(tables, "opened", lambda language: SimpleNamespace(root=ROOT, collection=collection()))
    monkeypatch.setattr(tables, "ROOT", clean)
    runner = CliRunner()
    done = runner.invoke(tables.import_, ["--workbook", str(ROOT / "mkdocs.yml")], input="n\n")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "Nothing was written.")
    done = runner.invoke(tables.import_, ["--workbook", "none.xlsx"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        2,
        "there is no file none.xlsx → run make workbook first.",
    )
