"""Which sections of a translation are current: in the report, in the side file, and on the page."""

from __future__ import annotations

import subprocess

import copies
import pytest
from selectolax.lexbor import LexborHTMLParser

from guideline import report, translations
from guideline.chapters import Chapter, Chapters
from guideline.links import broken_links
from guideline.reading import File
from guideline.translations import CURRENT, MISSING, OUT_OF_DATE, changes_since, fingerprints, states

PAGE = "guideline/channels"
KA = "# სათაური\n\nთავი.\n\n## ერთი { #one }\n\nპირველი აბზაცი.\n\n## ორი { #two }\n\nმეორე აბზაცი.\n"
EN = "# Title\n\nTop.\n\n## One { #one }\n\nFirst.\n\n## Two { #two }\n\nSecond.\n"


def georgian(text: str = KA) -> Chapter:
    return Chapter("page", "ka", "docs/ka/page.md", text)


def english(text: str = EN) -> Chapter:
    return Chapter("page", "en", "docs/en/page.md", text)


CONFIRMED = {"en": {"page": fingerprints(georgian())}}


def state_of(source: Chapter, translation: Chapter | None = None, confirmed=CONFIRMED) -> dict[str, str]:
    return {one.section: one.state for one in states(source, translation or english(), confirmed, "en")}


def test_a_confirmed_translation_is_current():
    assert set(state_of(georgian()).values()) == {CURRENT}


def test_a_changed_paragraph_makes_only_its_section_out_of_date():
    changed = georgian(KA.replace("მეორე აბზაცი", "მეორე, შეცვლილი აბზაცი"))
    assert state_of(changed) == {"top": CURRENT, "one": CURRENT, "two": OUT_OF_DATE}


def test_breaking_a_line_elsewhere_changes_nothing():
    assert set(state_of(georgian(KA.replace("პირველი აბზაცი", "პირველი\nაბზაცი"))).values()) == {CURRENT}


def test_a_new_section_is_missing():
    more = georgian(KA + "\n## სამი { #three }\n\nმესამე.\n")
    assert state_of(more)["three"] == MISSING


def test_without_a_translation_every_section_is_missing():
    assert {one.state for one in states(georgian(), None, CONFIRMED, "en")} == {MISSING}


def test_confirming_makes_everything_current_and_forgets_pages_that_are_gone():
    changed = georgian(KA.replace("მეორე", "სხვა"))
    new = translations.confirm(CONFIRMED, "en", [changed])
    assert set(state_of(changed, confirmed=new).values()) == {CURRENT}
    text = translations.text_of({**new, "en": {**new["en"], "gone": {"top": "0"}}}, ["page"])
    read, problems = translations.read(File("data/translations.yaml", text))
    assert problems == []
    assert read == new


@pytest.mark.parametrize("text", ["en: 5\n", "- a\n", "en:\n  page: [1]\n", "en:\n  page: {top: [1]}\n"])
def test_a_side_file_that_was_changed_by_hand_is_told(text):
    assert [one.code for one in translations.read(File("data/translations.yaml", text))[1]] == ["translations-file"]


def test_the_difference_since_the_confirmed_version_is_found_among_the_earlier_texts():
    now = georgian(KA.replace("მეორე აბზაცი", "ახალი აბზაცი"))
    known = fingerprints(georgian())["two"]
    lines = changes_since(now, "two", known, lambda path: [now.text, KA])
    assert lines == ["-მეორე აბზაცი.", "+ახალი აბზაცი."]


def test_the_table_counts_sections_and_words():
    chapters = Chapters({"ka": {"page": georgian(KA.replace("მეორე", "სხვა"))}, "en": {"page": english()}}, ())
    head, ka, en = report.translations(chapters, CONFIRMED, ["page"])
    assert head.split()[:5] == ["page", "language", "current", "out-of-date", "missing"]
    assert ka.split()[:4] == ["page", "ka", "source", "8"]
    assert en.split()[:6] == ["page", "en", "2", "1", "0", "6"]


# --- the real copy ---------------------------------------------------------------------------


def test_every_section_of_the_shipped_translations_is_current(workplace):
    assert report.not_current(workplace.chapters, workplace.confirmed, workplace.chapters.pages()) == 0


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A copy under git in which a paragraph of one Georgian section was changed after it was confirmed."""
    copy = copies.few_to(tmp_path_factory.mktemp("changed") / "copy")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], cwd=copy, check=True)
    path = copy / f"docs/ka/{PAGE}.md"
    text = path.read_text(encoding="utf-8")
    at = text.index("\n\n", text.index("{ #checklist }")) + 2
    path.write_text(f"{text[:at]}ეს წინადადება ახალია. {text[at:]}", encoding="utf-8")
    return copy


def test_the_command_names_the_section_and_shows_what_changed(changed):
    done = copies.run(changed, "translations", "--chapter", "channels")
    assert done.returncode == 0, done.stderr
    assert f"docs/ka/{PAGE}.md #checklist: changed since the en was confirmed" in done.stdout
    assert "+ეს წინადადება ახალია." in done.stdout
    assert done.stdout.rstrip().split("\n")[-1].startswith("1 pages, 1 sections to compare.")


def test_the_english_page_says_which_section_is_older_and_no_other_page_does(changed):
    site = copies.build(changed)
    tree = LexborHTMLParser((site / f"en/{PAGE}/index.html").read_text(encoding="utf-8"))
    notice = tree.css_first("aside.gz-fallback")
    assert "may be out of date" in notice.text()
    assert [link.attributes["href"] for link in notice.css("a")] == ["#checklist"]
    others = [path for path in site.glob("en/guideline/*/index.html") if path.parent.name != "channels"]
    assert not [path for path in others if "The Georgian text has changed since" in path.read_text(encoding="utf-8")]
    assert "gz-fallback" not in (site / f"{PAGE}/index.html").read_text(encoding="utf-8")


def test_the_beginning_of_a_page_and_its_footnotes_are_named_without_a_link(tmp_path):
    copy = copies.few_to(tmp_path / "copy")
    path = copy / f"docs/ka/{PAGE}.md"
    text = path.read_text(encoding="utf-8").replace("\n[^geostat]: ", "\n[^geostat]: ახალი ", 1)
    path.write_text(text.replace("\n\n## ", "\n\nახალი წინადადება.\n\n## ", 1), encoding="utf-8")
    site = copies.build(copy)
    notice = LexborHTMLParser((site / f"en/{PAGE}/index.html").read_text(encoding="utf-8")).css_first(".gz-fallback")
    assert [item.text() for item in notice.css("li")] == ["The beginning of the page", "The footnotes"]
    assert [problem.say("en") for problem in broken_links(site, "https://gzamkvlevi.example.org/")] == []


def test_confirming_the_page_takes_the_notice_away(changed):
    done = copies.run(changed, "confirm", "--chapter", PAGE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Confirmed 1 pages: data/translations.yaml written.")
    assert "0 sections to compare" in copies.run(changed, "translations").stdout


def test_a_page_that_does_not_exist_is_answered_with_those_that_do(changed):
    done = copies.run(changed, "confirm", "--chapter", "chanels")
    assert done.returncode != 0
    assert "guideline/channels" in done.stderr + done.stdout
