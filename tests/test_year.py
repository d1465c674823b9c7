"""A new year: the past one's cards go into an archive, drafts wait to be confirmed, readers know what they read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import copies
import pytest
from click.testing import CliRunner, Result
from factory import PROGRAMS, TODAY, a_program, collection, found, programs, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from records import Maker
from selectolax.lexbor import LexborHTMLParser
from test_schema import refusals_of

from guideline import revising
from guideline.archiving import HEADER, begun, path_of
from guideline.checks import everything
from guideline.collection import files_in, read, with_texts
from guideline.confirming import known_place, to_confirm
from guideline.links import broken_links
from guideline.model import Archived, Collection, Program
from guideline.problems import DataError
from guideline.reading import File, parse
from guideline.splicing import NotSpliced
from guideline.verbs import here, yearly
from guideline.wording.board import board
from guideline.wording.brief import note
from guideline.wording.card import card
from guideline.wording.handout import handout
from guideline.wording.speech import Speaker
from guideline.wording.trust import standing_lines

ARCHIVE = "data/archive/2026.yaml"
FEBRUARY, MAY = date(2027, 2, 1), date(2027, 5, 3)
EPOCH = "1801440000"
"""1 February 2027."""

# --- the text of the past year ---------------------------------------------------------------

WRITTEN = """\
# The head of the file.

programs:

# Telavi: rent was asked about by telephone.
- id: rent
  municipality: telavi
  type: rent
  benefits:
  - {kind: cash, gel: 250, period: month}  # as in the act

  # The council decides on the sum in March.
  valid: {from: 2026-01-01, to: 2026-12-31}
  act: {form: ordinance, issuer: council, number: "7", date: 2026-01-30}
  state: exhausted
  sources:
  - {url: "https://telavi.gov.ge/rent", kind: municipality, year: 2026, checked: 2026-02-10}
  confidence: high
  review: {status: confirmed, date: 2026-02-10, by: social-service}

- id: rent
  municipality: oni
  type: rent
  sources: [{url: "https://oni.gov.ge/rent", kind: municipality}]
  confidence: low

# The name stood in a list.
- id: canteen
  municipality: telavi
  type: rent
  listed: name-only
  sources: [{url: "https://telavi.gov.ge/list", kind: municipality}]
  confidence: low
- {id: firewood, municipality: telavi, type: rent, listed: draft, benefits: [{kind: cash, gel: 70}], confidence: low}
"""
RENT = WRITTEN[WRITTEN.index("# Telavi") : WRITTEN.index("\n- id: rent\n  municipality: oni")]


def begin(text: str = WRITTEN, archive: str = "", town: str = "telavi") -> dict[str, str]:
    """What the beginning of 2027 makes of this programs.yaml: the texts of files by path."""
    some = texts(text) | ({"archive/2026": File(ARCHIVE, archive)} if archive else {})
    return dict(begun(read(some), some, town, 2027).texts)


def raw_of(text: str) -> list[dict[str, Any]]:
    return list(parse(text).value["programs"])


def test_the_archive_has_the_record_sign_by_sign_with_its_comments():
    assert begin()[ARCHIVE] == HEADER.format(year=2026) + RENT


def test_line_ends_stay_as_they_are():
    windows = begin(WRITTEN.replace("\n", "\r\n"))
    assert {name: text.replace("\r\n", "\n") for name, text in windows.items()} == begin()
    assert not any(re.search(r"(?<!\r)\n", text) for text in windows.values())


def test_a_draft_keeps_the_record_without_what_was_of_the_past_year_only():
    draft = raw_of(begin()[PROGRAMS])[0]
    assert draft == {
        "id": "rent",
        "municipality": "telavi",
        "type": "rent",
        "listed": "draft",
        "to_confirm": ["benefits.0.gel", "state", "valid", "act", "sources", "review"],
        "benefits": [{"kind": "cash", "gel": "250", "period": "month"}],
        "act": {"form": "ordinance", "issuer": "council"},
        "year": "2027",
        "sources": [{"url": "https://telavi.gov.ge/rent", "kind": "municipality", "year": "2026"}],
        "confidence": "high",
    }


def test_each_place_to_confirm_has_a_line_of_its_own():
    assert "  to_confirm:\n  - benefits.0.gel\n  - state\n" in begin()[PROGRAMS]


def test_a_name_without_terms_and_another_municipality_stay_as_they_are():
    after = begin()[PROGRAMS]
    assert WRITTEN[WRITTEN.index("- id: rent\n  municipality: oni") : WRITTEN.index("- {id: firewood")] in after


def test_a_draft_of_no_year_is_not_archived_but_has_everything_to_confirm():
    texts = begin()
    draft = raw_of(texts[PROGRAMS])[3]
    assert draft["to_confirm"] == ["benefits.0.gel", "valid", "act", "sources"]
    assert draft["year"] == "2027"
    assert [one["id"] for one in raw_of(texts[ARCHIVE])] == ["rent"]


def test_a_year_that_has_begun_does_not_begin_again():
    after = begin()
    assert begin(after[PROGRAMS], after[ARCHIVE]) == {}


def test_a_record_that_was_published_since_is_not_taken_for_one_of_the_past_year():
    after = begin()
    fresh = after[PROGRAMS].replace("listed: name-only", "listed: card", 1)
    assert begin(fresh, after[ARCHIVE]) == {}


def test_the_archive_of_another_municipality_stays_and_grows():
    oni = begin(town="oni")[ARCHIVE]
    both = begin(archive=oni)[ARCHIVE]
    assert both == oni + "\n" + RENT


def test_a_beginning_that_was_cut_short_is_brought_to_its_end():
    after = begin()
    assert begin(archive=after[ARCHIVE]) == {PROGRAMS: after[PROGRAMS]}


def test_records_on_one_line_are_not_torn_apart():
    with pytest.raises(NotSpliced):
        begin("programs: [" + json.dumps(a_program(), ensure_ascii=False) + "]\n")


# --- nothing is inherited silently -----------------------------------------------------------

FIGURE = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d(-\d\d)?")
NAMES = {"number", "code", "article", "icd10", "id", "email", "address", "url", "note"}
"""Fields whose digits are a name. A zone's `number` is among those that are listed all the same."""


def figures(value: Any, place: tuple[str, ...] = ()) -> Iterator[str]:
    """Every place of a draft at which a figure or a date stands, found without knowing of models."""
    if isinstance(value, dict) and {"ka", "en"} <= set(value):
        if any(sign.isdigit() for words in value.values() for sign in words):
            yield ".".join(place)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in NAMES:
                yield from figures(inner, (*place, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from figures(inner, (*place, str(index)))
    elif FIGURE.fullmatch(value):
        yield ".".join(place)


def open_in(draft: dict[str, Any]) -> list[str]:
    """Figures and dates of a draft that nobody is asked to confirm."""
    asked = [*draft["to_confirm"], "year", "to_confirm"]
    return [place for place in figures(draft) if not any(place == one or place.startswith(f"{one}.") for one in asked)]


def whole(some: Collection, text: str, path: str = PROGRAMS) -> list[str]:
    """What is wrong with the values of the records in this text."""
    records = [Program.model_validate(raw) for raw in raw_of(text)]
    tops = [everything.At(path, ("programs", n), one.key, one) for n, one in enumerate(records)]
    return [finding.code for at in tops for finding in everything.every_value(at, some, FEBRUARY)]


@settings(max_examples=60)
@given(st.randoms(use_true_random=True))
def test_every_sum_limit_and_date_of_a_draft_is_absent_or_to_be_confirmed(chance):
    text = programs(Maker(chance).program())
    raw = raw_of(text)
    some = replace(collection(), entered=(Program.model_validate(raw[0]),))
    made = begun(some, {"programs": File(PROGRAMS, text)}, some.entered[0].municipality, 2027)
    draft = raw_of(made.texts[PROGRAMS])[0]
    assert open_in(draft) == []
    assert all(known_place(Program.model_validate(draft), place) for place in draft["to_confirm"])
    assert raw_of(made.texts[ARCHIVE]) == raw
    assert not {"valid", "budget", "reports", "state", "review"} & set(draft)
    assert set(whole(collection(), made.texts[PROGRAMS])) <= set(whole(collection(), text))


def test_all_of_telavi_is_archived_and_drafted(workplace):
    before = workplace.files["programs"].text
    made = begun(workplace.collection, workplace.files, "telavi", 2027)
    own = [raw for raw in raw_of(before) if raw["municipality"] == "telavi"]
    assert made.archived == made.drafts == len(own) == len(raw_of(made.texts[ARCHIVE])) > 10
    assert raw_of(made.texts[ARCHIVE]) == own
    assert before[before.index("- id: large-families\n  municipality: telavi") :].startswith(
        made.texts[ARCHIVE].split("programs:\n\n")[1].rstrip("\n")
    )
    drafts = [raw for raw in raw_of(made.texts[PROGRAMS]) if raw["municipality"] == "telavi"]
    assert [open_in(draft) for draft in drafts] == [[]] * len(own)
    assert made.places == sum(len(draft["to_confirm"]) for draft in drafts)
    others = [raw for raw in raw_of(made.texts[PROGRAMS]) if raw["municipality"] != "telavi"]
    assert others == [raw for raw in raw_of(before) if raw["municipality"] != "telavi"]
    assert found(with_texts(workplace.files, made.texts)) == []


def test_a_draft_is_published_only_when_everything_is_confirmed(workplace):
    made = dict(begun(workplace.collection, workplace.files, "telavi", 2027).texts)
    made[PROGRAMS] = made[PROGRAMS].replace("  listed: draft\n", "", 1)
    (problem,) = found(with_texts(workplace.files, made))
    assert problem.say("en").startswith(f"{PROGRAMS}:")
    assert "telavi/large-families: still to confirm: benefits.0.gel, eligibility.all.1" in problem.say("en")
    assert "ეს ჯერ დაუდასტურებელია: benefits.0.gel, " in problem.say("ka")


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("benefits.0.gel", True),
        ("benefits.0.cap_gel", True),
        ("valid", True),
        ("sources.0", True),
        ("sources.0.url", True),
        ("benefits.1", False),
        ("benefits.00.gel", False),
        ("benefits.0.gel.x", False),
        ("valid.to", False),
        ("model_fields", False),
        ("", False),
    ],
)
def test_a_place_stands_in_the_record_or_could(place, known):
    assert known_place(Program.model_validate(a_program()), place) is known


def test_a_text_is_to_be_confirmed_where_it_has_a_figure():
    words = {"ka": "3 ოჯახი", "en": "three families"}
    program = Program.model_validate(a_program(summary=words, goal={"ka": "ოჯახები", "en": "Families"}))
    assert "summary" in to_confirm(program)
    assert "goal" not in to_confirm(program)


# --- what readers are told -------------------------------------------------------------------


def archive(**changes: Any) -> str:
    """The text of an archive that holds the programme in good order, changed."""
    return programs(a_program(**changes))


def copy_with(*now: dict[str, Any], **archives: str) -> Collection:
    """A small copy with these programmes of today and these archives (y2026=text)."""
    past = {f"archive/{name[1:]}": File(f"data/archive/{name[1:]}.yaml", text) for name, text in archives.items()}
    return read(texts(programs(*now)) | past)


DRAFT = a_program(listed="draft", to_confirm=["benefits.0.gel"], year=2027)
NEW = a_program(year=2027, benefits=[{"kind": "cash", "gel": 300, "period": "month"}])


def status_of(some: Collection, program: Program, today: date, language: str = "en") -> list[str]:
    return [line.text.replace("\u00a0", " ") for line in card(Speaker(language, some, today), program).status]


def test_while_the_new_terms_are_a_draft_the_last_card_stands_in():
    some = copy_with(DRAFT, y2025=archive(year=2025), y2026=archive())
    (shown,) = some.programs
    assert isinstance(shown, Archived)
    assert (shown.of_year, shown.key) == (2026, "telavi/rent")
    assert status_of(some, shown, MAY)[0] == (
        "This is the card of 2026. The terms for 2027 are not here yet: call before you go."
    )
    assert status_of(some, shown, MAY, "ka")[0] == (
        "ეს 2026 წლის ბარათია. 2027 წლის პირობები აქ ჯერ არ არის: წასვლამდე დარეკეთ."
    )
    assert [past.of_year for past in some.earlier["telavi/rent"]] == [2025]


def test_from_january_to_march_it_says_that_the_council_is_yet_to_decide():
    some = copy_with(DRAFT, y2026=archive())
    assert "The council usually adopts the rules for 2027" in status_of(some, some.programs[0], FEBRUARY)[0]


def test_in_its_own_year_a_card_stands_in_without_a_word_but_knows_when_it_ends():
    some = copy_with(DRAFT, y2026=archive(state="exhausted"))
    speaker = Speaker("en", some, TODAY)
    made = card(speaker, some.programs[0])
    assert [line.kind for line in made.status] == ["state", "unconfirmed"]
    assert made.later.day == date(2026, 12, 31)
    assert made.later.text.startswith("This is the card of 2026. The new terms are not here yet")


def test_the_days_of_the_terms_are_said_where_the_record_knows_them():
    some = copy_with(DRAFT, y2026=archive(valid={"to": "2026-12-31"}))
    assert status_of(some, some.programs[0], MAY)[0].startswith(
        "These terms were valid up to and including 31 December"
    )


def test_terms_of_several_years_do_not_outlive_the_year_of_their_archive():
    some = copy_with(DRAFT, y2026=archive(valid={"to": "2029-12-31"}))
    assert status_of(some, some.programs[0], MAY)[0].startswith("This is the card of 2026.")


def test_this_years_money_is_not_said_of_last_year():
    some = copy_with(DRAFT, y2026=archive(state="exhausted"))
    said = " ".join(status_of(some, some.programs[0], MAY))
    assert "money" not in said
    assert "money" not in note(Speaker("en", some, MAY), some.programs[0])


def test_when_the_new_terms_are_published_the_old_card_leads_to_the_new_one():
    some = copy_with(NEW, y2026=archive())
    (past,) = some.earlier["telavi/rent"]
    made = card(Speaker("en", some, MAY), past)
    assert made.status[0].program == "telavi/rent"
    assert made.status[0].text.replace("\u00a0", " ") == "This is the card of 2026. The newer card is here."
    assert made.past == 2026
    assert card(Speaker("en", some, MAY), some.programs[0]).past == 0


def test_a_programme_under_a_new_id_is_known_by_its_old_one():
    some = copy_with(a_program(id="flat", former_ids=["rent"]), y2026=archive())
    assert [past.key for past in some.earlier["telavi/flat"]] == ["telavi/rent"]


def test_a_programme_that_was_not_continued_keeps_its_last_card():
    some = copy_with(a_program(id="other"), y2026=archive())
    (past,) = some.earlier["telavi/rent"]
    assert (
        status_of(some, past, MAY)[0]
        == "This is the card of 2026. This help is no longer on the list: call before you go."
    )


def test_lists_sheets_and_boards_say_of_which_year_a_card_is():
    some = copy_with(DRAFT, y2026=archive())
    speaker, shown = Speaker("en", some, MAY), some.programs[0]
    made = card(speaker, shown)
    assert [line.kind for line in standing_lines(speaker, shown)] == ["expired", "unconfirmed"]
    assert note(speaker, shown).replace("\u00a0", " ") == "The card of 2026. Not confirmed by the municipality."
    assert "The card of 2026." in board(speaker, "telavi", [shown], lambda key: made).needs[0][1][0].notes[0]
    assert handout(speaker, shown, made).card.status[0].kind == "expired"


def test_a_problem_of_an_archive_is_told_at_its_line():
    text = archive(type="rentt")
    some = texts(programs(DRAFT)) | {"archive/2026": File(ARCHIVE, text)}
    (problem,) = found(some)
    line = text.split("\n").index("  type: rentt") + 1
    assert problem.say("en").startswith(f"{ARCHIVE}:{line}:9: telavi/rent: “type”: “rentt” is not in the list")


def test_a_file_of_the_archive_is_named_after_its_year(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for file in texts().values():
        (tmp_path / file.path).write_text(file.text, encoding="utf-8")
    (data / "archive").mkdir()
    (data / "archive" / "last-year.yaml").write_text("programs: []\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        files_in(data)
    assert [problem.code for problem in raised.value.problems] == ["archive-name"]


# --- one value ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["exhausted", "suspended"])
def test_money_ran_out_and_suspended_are_one_word(state):
    short, long = (Program.model_validate(a_program(state=one)) for one in (state, {"is": state}))
    assert short == long
    assert refusals_of(state=state) == []
    some = collection()
    for language in ("ka", "en"):
        speaker = Speaker(language, some, TODAY)
        made = card(speaker, short)
        assert made.status[0].kind == next(standing_lines(speaker, short)).kind == "state"
        (row,) = board(speaker, "telavi", [short], lambda key, made=made: made).needs[0][1]
        assert made.status[0].text in row.notes
        assert handout(speaker, short, made).card.status[0] == made.status[0]
    assert refusals_of(state="gone") != []


# --- the verb, and the site that comes of it -------------------------------------------------

QUOTED = re.compile(r'card\("([a-z-]+/[a-z0-9-]+)"\)')


def small_copy(folder: Path) -> Path:
    """A copy of this project with the programmes of Telavi and those that chapters quote."""
    copy = copies.copy_to(folder)
    quoted = {key for path in (copy / "docs").rglob("*.md") for key in QUOTED.findall(path.read_text(encoding="utf-8"))}
    text = (copy / PROGRAMS).read_text(encoding="utf-8")
    head, *records = re.split(r"(?m)^(?=- id: )", text)
    keys = {record: re.match(r"- id: (\S+)\n  municipality: (\S+)", record).groups() for record in records}
    kept = [record for record, (id, town) in keys.items() if town == "telavi" or f"{town}/{id}" in quoted]
    (copy / PROGRAMS).write_text(head + "".join(kept), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_copy(tmp_path_factory.mktemp("year") / "copy")


@pytest.fixture
def new_year(copy, monkeypatch):
    """Asks for a new year in the copy."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", copies.EPOCH)
    for room in (here, yearly):
        monkeypatch.setattr(room, "ROOT", copy)

    def asked(*arguments: str, year: int = 2027, answer: str = "") -> Result:
        options = ["--year", str(year), "--language", "en", *arguments]
        return CliRunner().invoke(yearly.new_year, options, input=answer)

    return asked


def data_of(copy: Path) -> dict[str, bytes]:
    return {path.relative_to(copy).as_posix(): path.read_bytes() for path in (copy / "data").rglob("*.yaml")}


TELAVI = ("--municipality", "telavi")


def test_a_new_year_is_begun_once_told_and_taken_back(copy, new_year):
    before = data_of(copy)
    first = new_year(*TELAVI, "--yes")
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[-1].startswith(f"Made: {ARCHIVE}, and drafts in {PROGRAMS} (13). Now compare")
    after = data_of(copy)
    assert {name for name in after if after[name] != before.get(name)} == {ARCHIVE, PROGRAMS}
    again = new_year(*TELAVI, "--yes", "--language", "ka")
    assert again.exit_code == 0
    assert again.output.strip().startswith("შესაცვლელი არაფერია: 2026 წლის ბარათები უკვე არქივშია")
    assert data_of(copy) == after
    assert revising.undone(copy) == [ARCHIVE, PROGRAMS]
    assert data_of(copy) == before


@pytest.mark.parametrize(
    ("arguments", "year", "answer", "words"),
    [
        (TELAVI, 2027, "n\n", "Nothing was changed."),
        (TELAVI, 2030, "", "the new year can be 2026 or 2027 → for example: make new-year YEAR=2027"),
        ((), 2027, "", "this copy is not of one municipality → add, for example, MUNICIPALITY=telavi"),
        (("--municipality", "telawi"), 2027, "", "there is no such municipality in this copy: “telawi”"),
        (("--municipality", "oni"), 2027, "", "Nothing to change: this municipality has no published card."),
    ],
)  # fmt: skip
def test_what_cannot_begin_changes_nothing(copy, new_year, arguments, year, answer, words):
    before = data_of(copy)
    done = new_year(*arguments, year=year, answer=answer)
    assert words in done.output + str(done.exception)
    assert data_of(copy) == before


def test_no_year_begins_with_data_that_are_not_in_order(copy, new_year):
    path = copy / PROGRAMS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  municipality: telavi\n", "  municipality: telawi\n", 1), encoding="utf-8")
    before = data_of(copy)
    done = new_year(*TELAVI, "--yes")
    assert done.exit_code == 1
    assert data_of(copy) == before
    path.write_text(text, encoding="utf-8")


ONE_SITE = pytest.mark.xdist_group("year")
"""Tests of the site that is built here: in one process, so that it is built once."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Telavi in February 2027: one programme is published anew, one is not continued, the others are drafts."""
    copy = small_copy(tmp_path_factory.mktemp("february") / "copy")
    files = files_in(copy / "data")
    made = begun(read(files), files, "telavi", 2027)
    revising.kept(copy, revising.proposed(copy, made.texts))
    path = copy / PROGRAMS
    text = path.read_text(encoding="utf-8")
    rent, winter = (text.index(f"- id: {id}\n  municipality: telavi") for id in ("temporary-rent", "winter-heating"))
    published = re.sub(r"(?m)^  listed: draft\n  to_confirm:\n(  - .*\n)+", "", text[rent:winter], count=1)
    dropped = text[winter : text.index("\n- id: ", winter) + 1]
    path.write_text(text[:rent] + published + text[winter:].replace(dropped, ""), encoding="utf-8")
    folder = copy / "site"
    options = ("build", "--strict", "--site-dir", str(folder))
    done = copies.run(copy, *options, engine="mkdocs", SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    return folder


def page(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))


def said(node: Any) -> str:
    return " ".join(node.text().replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("folder", "words", "link"),
    [
        ("", "ეს 2026 წლის ბარათია. უფრო ახალი ბარათი აქ არის.", "2026 წლის ბარათი"),
        ("en/", "This is the card of 2026. The newer card is here.", "The card of 2026"),
    ],
)
@ONE_SITE
def test_the_card_of_the_past_year_stays_at_its_address(site, folder, words, link):
    tree = page(site, f"{folder}programs/telavi/temporary-rent/2026")
    status = tree.css_first(".gz-status")
    assert said(status) == words
    assert status.css_first("a").attributes["href"] == "../"
    assert "noindex" in tree.css_first("meta[name=robots]").attributes["content"]
    assert not tree.css(".gz-tools, .gz-callbar, .gz-messages")
    assert not any("GovernmentService" in script.text() for script in tree.css("script"))
    assert "2026" in tree.css_first("title").text()
    leading = page(site, f"{folder}programs/telavi/temporary-rent").css_first(".gz-earlier a")
    assert (said(leading), leading.attributes["href"]) == (link, "2026/")
    assert any(a.attributes["href"] == "temporary-rent/2026/" for a in page(site, f"{folder}programs/telavi").css("a"))


@pytest.mark.parametrize(
    ("folder", "words"),
    [("", "ახლანდელ სიაში ეს დახმარება აღარ არის."), ("en/", "This help is no longer on the list.")],
)
@ONE_SITE
def test_the_address_of_what_was_not_continued_says_so(site, folder, words):
    tree = page(site, f"{folder}programs/telavi/winter-heating")
    article = tree.css_first("article")
    assert words in said(article)
    assert "noindex" in tree.css_first("meta[name=robots]").attributes["content"]
    assert {"2026/", "../"} <= {a.attributes["href"] for a in article.css("a")}
    assert words.rstrip(".") in said(page(site, f"{folder}programs/telavi/winter-heating/2026").css_first(".gz-status"))


@pytest.mark.parametrize(
    ("folder", "words"), [("", "ეს 2026 წლის ბარათია. 2027 წლის წესს საკრებულო"), ("en/", "This is the card of 2026.")]
)
@ONE_SITE
def test_the_last_card_stands_at_the_usual_address(site, folder, words):
    tree = page(site, f"{folder}programs/telavi/newborns")
    assert said(tree.css_first(".gz-status")).startswith(words)
    assert not (site / f"{folder}programs/telavi/newborns/2026").exists()
    machine = next(one.text() for one in tree.css("script") if "GovernmentService" in one.text())
    pages = [thing for thing in json.loads(machine)["@graph"] if thing["@type"] == "WebPage"]
    assert pages[0]["expires"] == "2026-12-31"


@ONE_SITE
def test_cards_of_the_past_are_in_no_list_no_search_and_not_kept_on_phones(site):
    lists = [*site.glob("search/*.json"), *site.glob("assets/data/**/*.json"), *site.glob("offline/**/*.json")]
    assert lists
    for path in (*lists, site / "sitemap.xml"):
        assert "/2026/" not in path.read_text(encoding="utf-8"), path
    kept = json.loads((site / "offline/ka/telavi.json").read_text(encoding="utf-8"))["files"]
    assert "programs/telavi/newborns/" in kept
    results = json.loads((site / "assets/data/programs.en.json").read_text(encoding="utf-8"))
    telavi = results["municipality"].index("telavi")
    ids = [id for id, town in zip(results["id"], results["town"], strict=True) if town == telavi]
    assert "winter-heating" not in ids
    assert ids.count("temporary-rent") == 1


@ONE_SITE
def test_no_link_of_the_year_is_broken(site):
    assert [problem.say("en") for problem in broken_links(site, "https://gzamkvlevi.example.org/")] == []


def test_the_archive_is_named_as_the_verb_says():
    assert path_of(2026) == ARCHIVE
