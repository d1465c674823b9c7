"""A fresh copy becomes a municipality's own: what the verb keeps, writes, asks and refuses, what the site then says."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import copies
import pytest
import yaml
from click.testing import CliRunner, Result
from factory import ROOT, TODAY, found, programs, texts
from selectolax.lexbor import LexborHTMLParser

from guideline import cutting, examples, revising, starting
from guideline.cards import Place
from guideline.collection import read
from guideline.links import broken_links
from guideline.pages.everything import Pages
from guideline.paper.everything import sheets
from guideline.revising import Revision
from guideline.verbs import developing, here
from guideline.verbs import starting as verb
from guideline.workplace import Workplace, open_workplace, remarks

pytestmark = pytest.mark.xdist_group("copies")

PROGRAMS = (ROOT / "data/programs.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """A copy that is nobody's yet."""
    return copies.copy_to(tmp_path_factory.mktemp("fresh") / "copy")


@pytest.fixture(scope="module")
def opened(telavi, dusheti) -> dict[str, Workplace]:
    """Both copies, read and found in order."""
    return {copy.parent.name[:-1]: open_workplace(copy) for copy in (telavi, dusheti)}


def contents(copy: Path) -> dict[str, bytes]:
    """The files that the verb may write."""
    return {name: (copy / name).read_bytes() for name in (*WRITTEN, "data/catalogue.yaml")}


WRITTEN = (starting.PROGRAMS, starting.REPRESENTATIVES, starting.SETTINGS, starting.MKDOCS)


@pytest.fixture
def new(monkeypatch, workplace, request) -> Callable[..., Result]:
    """Runs the verb in a copy that is nobody's, or in Telavi's; `answers` are typed at a terminal."""

    def run(copy: Path, *arguments: str, language: str = "en", answers: str | None = None) -> Result:
        place = request.getfixturevalue("opened")["telavi"] if copy.parent.name.startswith("telavi") else workplace
        monkeypatch.setattr(verb, "opened", lambda language: place)
        monkeypatch.setattr(verb, "at_a_terminal", lambda: answers is not None)
        monkeypatch.setattr(here, "ROOT", copy)
        monkeypatch.setattr(verb, "ROOT", copy)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", copies.EPOCH)
        return CliRunner().invoke(verb.new, ["--language", language, *arguments], input=answers)

    return run


@pytest.fixture
def refused(new) -> Callable[..., str]:
    """What the verb says when it refuses; nothing may have changed."""

    def run(copy: Path, *arguments: str) -> str:
        before = contents(copy)
        done = new(copy, *arguments)
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit)
        assert contents(copy) == before
        return done.output

    return run


def page(copy: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((copy / "site" / address / "index.html").read_text(encoding="utf-8"))


def words(copy: Path, address: str) -> str:
    return " ".join(page(copy, address).css_first("article").text().split())


# --- the records -----------------------------------------------------------------------------


def test_the_records_of_the_municipality_stay_as_they_were_typed(telavi):
    text = (telavi / starting.PROGRAMS).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=- id: )", PROGRAMS[PROGRAMS.index("- id: ") :])
    own = [block.strip() for block in blocks if "\n  municipality: telavi\n" in block]
    assert [block.strip() for block in re.split(r"\n(?=- id: )", text[text.index("- id: ") :])] == own
    assert text.startswith(cutting.head(PROGRAMS))


def test_of_the_villages_only_its_own_stay(telavi):
    text = (telavi / starting.REPRESENTATIVES).read_text(encoding="utf-8")
    assert list(yaml.safe_load(text)["representatives"]) == ["telavi"]
    assert text.startswith(cutting.head((ROOT / starting.REPRESENTATIVES).read_text(encoding="utf-8")))


COMMENTED = """\
# head

programs:

# first
- {id: a}
# second, line one
# second, line two
- id: b
  # inside

- id: c   # after
"""


@pytest.mark.parametrize(
    ("keep", "left"),
    [
        ([0], "# head\n\nprograms:\n\n# first\n- {id: a}\n"),
        ([1], "# head\n\nprograms:\n\n# second, line one\n# second, line two\n- id: b\n  # inside\n"),
        ([2], "# head\n\nprograms:\n\n- id: c   # after\n"),
        ([0, 1, 2], COMMENTED),
        ([], "# head\n\nprograms: []\n"),
    ],
)
def test_a_record_is_cut_out_with_the_comments_above_it(keep, left):
    assert cutting.only(COMMENTED, "programs", lambda number, _: number in keep) == left


def test_records_on_one_line_are_not_cut():
    with pytest.raises(cutting.NotCut):
        cutting.only("programs: [{id: a}, {id: b}]\n", "programs", lambda number, _: number == 0)


# --- the settings ----------------------------------------------------------------------------


def test_the_settings_name_the_municipality_in_both_languages(telavi):
    settings = yaml.safe_load((telavi / starting.SETTINGS).read_text(encoding="utf-8"))
    assert settings["municipality"] == "telavi"
    assert settings["name"] == {"ka": "თელავის მუნიციპალიტეტის გზამკვლევი", "en": "Telavi Municipality Guide"}
    assert settings["website"] == "https://telavi.gov.ge"
    assert [one["phones"][0]["number"] for one in settings["contacts"]] == ["574 17 96 23", "0350 27 36 50"]


def test_mkdocs_yml_has_three_lines_of_its_own(telavi):
    lines = (telavi / starting.MKDOCS).read_text(encoding="utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith("#")] == [
        "INHERIT",
        "site_name",
        "site_url",
    ]


def test_what_is_given_stands_in_the_settings(fresh, new, tmp_path):
    given = ("--name", 'ონი: "დახმარება"', "--name-en", "Oni # help", "--address", "https://oni.example.org/help")
    copy = shutil.copytree(fresh, tmp_path / "copy")
    done = new(copy, "--municipality", "oni", *given, "--phone", "0322 20 00 00", "--email", "info@oni.gov.ge")
    assert done.exit_code == 0
    place = open_workplace(copy)
    assert place.collection.copy.name["ka"] == 'ონი: "დახმარება"'
    assert place.collection.copy.name["en"] == "Oni # help"
    contact = place.collection.municipalities["oni"].contacts[0]
    assert (contact.phones[0].number, contact.email) == ("0322 20 00 00", "info@oni.gov.ge")
    assert (
        yaml.safe_load((copy / "mkdocs.yml").read_text(encoding="utf-8"))["site_url"] == "https://oni.example.org/help/"
    )


@pytest.mark.parametrize("place", ["telavi", "dusheti"])
def test_a_new_copy_is_in_good_order(opened, place):
    told = {(problem.path.split("/")[0], problem.code) for problem in remarks(opened[place])}
    assert told == ({("local", "local-untranslated")} if place == "telavi" else set())


def test_the_template_of_the_settings_is_in_good_order_with_its_examples(opened):
    text = opened["dusheti"].files["settings"].text
    lines = re.sub(r"^# (?=(?:[a-z_]+:|  ))", "", text, flags=re.MULTILINE)
    lines = re.sub(r"^(?:.*….*|contacts:|crest:.*)\n", "", lines, flags=re.MULTILINE)
    assert "\nnotice:\n" in lines
    assert "\nappeal:" in lines
    programs_yaml = opened["dusheti"].files["programs"].text
    assert found(texts(programs_yaml, settings=lines, representatives="representatives: {}\n")) == []


# --- a second time, another's, nobody's ------------------------------------------------------


def test_running_it_twice_changes_nothing_and_says_so(telavi, new):
    before = contents(telavi)
    done = new(telavi, "--municipality", "telavi")
    assert done.exit_code == 0
    assert "nothing was changed" in done.output
    assert contents(telavi) == before


def test_a_copy_that_is_somebodys_is_refused_to_others(telavi, refused):
    assert "already that of Telavi Municipality" in refused(telavi, "--municipality", "oni")


def test_an_unknown_municipality_is_answered_with_the_nearest(fresh, refused):
    assert "perhaps telavi" in refused(fresh, "--municipality", "telawi")


def test_without_a_terminal_it_says_what_is_missing(fresh, refused):
    said = refused(fresh)
    assert "make new MUNICIPALITY=telavi" in said
    assert "dusheti" in said


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--colour", "#ffee00", "data/settings.yaml:33:12: “primary”: white text on #ffee00"),
        ("--address", "oni", "“oni/” is not the address of a site"),
        ("--email", "oni", "“oni” is not an e-mail address"),
    ],
)
def test_an_answer_that_will_not_do_is_refused_before_anything_is_written(fresh, refused, option, value, said):
    assert said in refused(fresh, "--municipality", "oni", option, value)


def test_the_name_of_the_municipality_will_do_for_its_id(fresh, tmp_path, new):
    copy = shutil.copytree(fresh, tmp_path / "copy")
    done = new(copy, "--municipality", "ონი", language="ka")
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].endswith("ახლა: make serve")
    assert open_workplace(copy).collection.copy.municipality == "oni"


# --- questions -------------------------------------------------------------------------------


def answered(copy: Path, answers: str) -> str:
    """Run the verb at a terminal and answer its questions; gives back what it asked and said."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(copy / "hooks"), "SOURCE_DATE_EPOCH": copies.EPOCH}
    command = [sys.executable, "-P", "-m", "guideline", "new", "--language", "en"]
    os.write(ours, answers.encode())
    done = subprocess.run(command, cwd=copy, env=environment, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_at_a_terminal_it_asks_for_what_is_missing(fresh, tmp_path):
    copy = shutil.copytree(fresh, tmp_path / "copy")
    said = answered(copy, "oni\n\nHelp in Oni\nhttps://help.oni.gov.ge\n\n\n\ny\n")
    assert "Name of the site in Georgian [ონის მუნიციპალიტეტის გზამკვლევი]" in said
    collection = open_workplace(copy).collection
    assert collection.copy.municipality == "oni"
    assert collection.copy.name["en"] == "Help in Oni"


def test_whoever_says_no_keeps_the_copy_as_it_was(fresh, new):
    before = contents(fresh)
    done = new(fresh, answers="oni\n\n\n\n\n\n\nn\n")
    assert done.exit_code == 1
    assert "Not made; nothing was changed." in done.output
    assert contents(fresh) == before


# --- killed half-way -------------------------------------------------------------------------


@pytest.mark.parametrize("step", range(1, 5))
def test_what_an_interrupted_run_wrote_is_taken_back_by_the_next_verb(tmp_path, monkeypatch, step):
    before = {name: f"{name}\n" for name in ("a", "b", "c")}
    for name, text in before.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    steps: Iterator[int] = iter(range(1, 10))
    write = revising._write

    def killed(path: Path, text: str) -> None:
        if next(steps) == step:
            raise KeyboardInterrupt
        write(path, text)

    monkeypatch.setattr(revising, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        revising.kept(tmp_path, Revision(before, dict.fromkeys(before, "new\n")))
    monkeypatch.undo()
    assert revising.recovered(tmp_path) == (step > 1)
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in before} == before
    assert not revising.recovered(tmp_path)


def test_a_change_that_was_written_to_its_end_stays(tmp_path):
    (tmp_path / "a").write_text("old\n", encoding="utf-8")
    revising.kept(tmp_path, Revision({"a": "old\n"}, {"a": "new\n"}))
    assert not revising.recovered(tmp_path)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "new\n"


# --- drafts ----------------------------------------------------------------------------------


def test_a_municipality_without_records_gets_the_commonest_types_as_drafts(opened):
    collection = opened["dusheti"].collection
    assert [program.type for program in collection.entered][:2] == ["medical-costs", "large-family"]
    assert len(collection.entered) == starting.STARTERS
    assert {program.listed for program in collection.entered} == {"draft"}
    assert collection.programs == ()


def test_a_draft_is_published_nowhere(dusheti, opened):
    ids = [program.id for program in opened["dusheti"].collection.entered]
    assert not [path for id in ids for path in (dusheti / "site").rglob(f"dusheti/{id}*")]
    for language in ("ka", "en"):
        assert json.loads((dusheti / f"site/assets/data/programs.{language}.json").read_text())["id"] == []
        entries = json.loads((dusheti / f"site/search/{language}-programs.json").read_text())["entries"]
        assert not [entry for entry in entries if any(f"dusheti/{id}" in entry[0] for id in ids)]
    assert "dusheti/medical-costs" not in (dusheti / "site/sitemap.xml").read_text(encoding="utf-8")


def test_a_draft_has_no_sheet_of_paper(opened):
    made = sheets(opened["dusheti"], "https://dusheti.example.org/", ["ka", "en"])
    assert {sheet.page for sheet in made} <= {"programs/dusheti"}


def test_a_draft_that_is_filled_in_as_it_says_becomes_a_card(opened):
    text = opened["dusheti"].files["programs"].text
    first = text[: text.index("# 2. ")].replace("  listed: draft\n", "")
    body = re.sub(r"^  # (?=(?:\w+:|- |  ))", "  ", first, flags=re.MULTILINE)
    body = body.replace("https://…", "https://dusheti.gov.ge/").replace("…", "2025")
    settings = opened["dusheti"].files["settings"].text
    assert found(texts(body, settings=settings, representatives="representatives: {}\n")) == []
    assert len(yaml.safe_load(body)["programs"][0]) == 9


# --- the site --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["telavi", "dusheti"])
def test_no_link_of_the_site_is_broken(telavi, dusheti, place):
    copy = {"telavi": telavi, "dusheti": dusheti}[place]
    assert list(broken_links(copy / "site", f"https://{place}.example.org/")) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "თელავის მუნიციპალიტეტის პროგრამები 13 პროგრამა"),
        ("en", "Programmes of Telavi Municipality 13 programmes"),
        ("programs", "თელავის მუნიციპალიტეტის დახმარება"),
        ("en/programs", "Help from Telavi Municipality"),
        ("about", "აღწერილია თელავის მუნიციპალიტეტის 13"),
        ("en/about", "13 programmes of Telavi Municipality. Confirmed by the municipality: 0."),
    ],
)
def test_the_pages_of_a_copy_speak_of_its_municipality(telavi, address, said):
    assert said in words(telavi, address).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "აქ ჯერ არც ერთი პროგრამა არ წერია."),
        ("en", "No programme has been entered here yet."),
        ("en/programs", "No programme has been entered here yet."),
        ("en/for-me", "No programme has been entered here yet."),
        ("en/programs/dusheti", "No programme has been entered here yet."),
        ("en/about", "No programme has been entered on these pages yet."),
    ],
)
def test_a_copy_without_programmes_says_so_instead_of_showing_empty_lists(dusheti, address, said):
    assert said in words(dusheti, address)
    assert page(dusheti, address).css_first("form:not([hidden]) select") is None


def test_titles_manifest_and_sitemap_name_the_municipality(telavi):
    assert page(telavi, "en/guideline/why").css_first("title").text().endswith(" · Telavi Municipality Guide")
    for language, name in (("ka", "თელავის მუნიციპალიტეტის გზამკვლევი"), ("en", "Telavi Municipality Guide")):
        manifest = json.loads((telavi / f"site/manifest.{language}.webmanifest").read_text(encoding="utf-8"))
        assert manifest["name"] == name
        assert manifest["short_name"] == {"ka": "თელავი", "en": "Telavi"}[language]
    sitemap = (telavi / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://telavi.example.org/en/programs/telavi/</loc>" in sitemap
    assert set(re.findall(r"/programs/([a-z-]+)/", sitemap)) == {"telavi", "types", "categories", "groups"}


# --- examples --------------------------------------------------------------------------------


def test_the_examples_of_the_common_chapters_are_fresh(workplace):
    made = examples.text_of(workplace.chapters, workplace.collection, workplace.files["programs"].text)
    assert made == (ROOT / examples.PATH).read_text(encoding="utf-8"), "run make refresh"


def test_an_example_is_as_it_was_typed():
    text = (ROOT / examples.PATH).read_text(encoding="utf-8")
    for block in re.split(r"\n(?=- id: )", text[text.index("- id: ") :]):
        assert block.strip() in PROGRAMS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ka", "ნიმუში სხვა მუნიციპალიტეტიდან: ცაგერის მუნიციპალიტეტი."),
        ("en", "An example from another municipality: Tsageri Municipality."),
    ],
)
def test_a_quoted_card_of_another_municipality_says_so_and_leads_to_its_source(telavi, language, said):
    card = page(telavi, "guideline/why" if language == "ka" else "en/guideline/why").css_first(".gz-card")
    assert said in card.text()
    links = [link.attributes["href"] for link in card.css("a")]
    assert [link for link in links if not link.startswith(("#", "http", "tel:"))] == []
    assert card.css_first(".gz-card__foot a").attributes["href"].startswith("http")
    assert card.css_first(".md-button") is None


def test_a_quoted_card_of_ones_own_is_no_example(telavi):
    card = page(telavi, "guideline/programme-card").css_first(".gz-card")
    assert card.css_first(".gz-example") is None
    assert card.css_first(".gz-card__place a") is not None


def test_a_quoted_table_has_examples_whose_names_lead_to_their_sources(telavi):
    chapter = page(telavi, "en/guideline/same-everywhere")
    assert "examples from other municipalities" in " ".join(note.text() for note in chapter.css("p.gz-example"))
    rows = [row.css_first("a") for row in chapter.css(".gz-comparison tbody tr")]
    own = [row for row in rows if not row.attributes["href"].startswith("http")]
    assert [row.text() for row in own] == ["Telavi"]
    assert len(rows) > 5


def test_an_example_has_no_page_and_is_not_found(telavi):
    assert not (telavi / "site/programs/tsageri").exists()
    for file in ("search/en-programs.json", "assets/data/programs.en.json"):
        assert "Tsageri" not in (telavi / "site" / file).read_text(encoding="utf-8")


def test_ones_own_programme_that_was_put_back_to_draft_is_quoted_as_a_common_example(opened):
    text = opened["telavi"].files["programs"].text
    text = text.replace(
        "- id: newborns\n  municipality: telavi\n", "- id: newborns\n  municipality: telavi\n  listed: draft\n"
    )
    place = open_workplace(opened["telavi"].root, {"data/programs.yaml": text})
    made = Pages(place.collection, place.chapters, "en", TODAY).quote(
        "card", "telavi/newborns", Place("en", "x/", 3, quoted=True)
    )
    assert "this programme is not on this site’s list at present" in made
    assert "programs/telavi/newborns" not in made


def test_refresh_leaves_the_examples_of_a_copy_alone(telavi, monkeypatch):
    written: list[Path] = []
    monkeypatch.setattr(here, "ROOT", telavi)
    monkeypatch.setattr(developing, "ROOT", telavi)
    monkeypatch.setattr(developing, "write", lambda path, text: bool(written.append(path)))
    (telavi / "CONTRIBUTING.md").write_bytes((ROOT / "CONTRIBUTING.md").read_bytes())
    assert CliRunner().invoke(developing.refresh).exit_code == 0
    assert telavi / "data/schema/programs.json" in written
    assert telavi / examples.PATH not in written


# --- what settings say instead of the register ------------------------------------------------

OWN = "\nmunicipality: telavi\n"
RENT = programs()


def settings(more: str, own: str = OWN) -> dict[str, str]:
    return {"settings": texts()["settings"].text + own + more}


def test_settings_say_contacts_instead_of_the_register():
    more = (
        'website: https://x.ge\ncontacts:\n- phones: [{number: "0350 00 00 01"}]\n'
        "assistance: {home_visit: true}\nfaults_to: mailto:a@x.ge\n"
    )
    files = texts(None, representatives="representatives: {}\n", **settings(more))
    town = read(files).municipalities["telavi"]
    assert town.contacts[0].phones[0].number == "0350 00 00 01"
    assert (town.website, town.faults_to) == ("https://x.ge", "mailto:a@x.ge")
    assert town.assistance
    assert found(files) == []


def test_a_fault_in_them_is_told_in_the_settings_once():
    said = found(
        texts(None, representatives="representatives: {}\n", **settings("contacts:\n- phones: [{number: '12'}]\n"))
    )
    assert [(problem.path, problem.code) for problem in said] == [("data/settings.yaml", "phone")]


WRONG = [
    ("whose-facts", settings("website: https://x.ge\n", own="\n")),
    ("crest", settings("crest: ../secret.svg\n")),
]


@pytest.mark.parametrize(("code", "files"), WRONG, ids=[code for code, _ in WRONG])
def test_settings_that_will_not_do_are_told(code, files):
    said = found(texts(None, representatives="representatives: {}\n", **files))
    assert [(problem.path, problem.code) for problem in said] == [("data/settings.yaml", code)]
