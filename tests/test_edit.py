"""`make edit`: a real server on a copy, asked by a real browser and by strangers."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factory import ROOT
from playwright.sync_api import Browser, Page, expect

from guideline.changes import differences
from guideline.editor.desk import Desk
from guideline.editor.merging import merged
from guideline.editor.server import Server
from guideline.editor.shape import SECTIONS, folded, pruned, spelled
from guideline.model import Program
from guideline.naming import kinds
from guideline.reading import parse
from guideline.workplace import Workplace

TOKEN = "a-secret-of-the-tests"
PROGRAMS = "data/programs.yaml"
ONE = "tbilisi/newborns"
SUM = "#f-benefits-0-gel"
PATIENCE = 20_000
"""Milliseconds: the whole copy is read before anything is written, on a machine that may have other work."""

pytestmark = pytest.mark.xdist_group("edit")


@dataclass
class Served:
    """A copy that is being edited, and the server that does it."""

    root: Path
    server: Server
    text: str

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def programs(self) -> str:
        """The file as it is now."""
        return (self.root / PROGRAMS).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a small copy: one municipality, no chapters; the whole one is read in tests of its own."""
    root = tmp_path_factory.mktemp("edited") / "copy"
    for name in ("config/dictionary", "docs/assets"):
        (root / name).parent.mkdir(parents=True)
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    shutil.copytree(ROOT / "data", root / "data")
    (root / "config" / "base.yml").write_text("nav: []\n", encoding="utf-8")
    (root / "data" / "worksheets.yaml").write_text("worksheets: {}\nannexes: {}\n", encoding="utf-8")
    (root / "data" / "training.yaml").write_text("trainings: {}\n", encoding="utf-8")
    head, *records = re.split(r"(?m)^(?=- id: )", (ROOT / PROGRAMS).read_text(encoding="utf-8"))
    own = [record for record in records if "  municipality: tbilisi\n" in record]
    (root / PROGRAMS).write_text(head + "".join(own), encoding="utf-8", newline="\n")
    server = Server(root, "ka", TOKEN)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield Served(root, server, (root / PROGRAMS).read_bytes().decode("utf-8"))
    server.stop()
    thread.join()


@pytest.fixture
def served(running: Served) -> Iterator[Served]:
    """The same server, with the file as it was."""
    yield running
    if running.programs != running.text:
        (running.root / PROGRAMS).write_bytes(running.text.encode("utf-8"))


@dataclass
class Opened:
    """A page of the form, and what the browser complained of."""

    page: Page
    served: Served
    console: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.served.origin + path)
        return self.page

    def form(self, key: str = ONE, language: str = "ka") -> Page:
        """The form of a programme, once its card is there."""
        self.go(f"/{language}/program/{key}")
        expect(self.page.frame_locator("#preview").locator(".gz-card")).to_be_visible(timeout=PATIENCE)
        return self.page

    def save(self) -> None:
        self.page.locator("#save").click()
        self.saved()

    def saved(self) -> None:
        """Wait until the whole copy was checked and the file written."""
        expect(self.page.locator("#status")).to_contain_text(PROGRAMS)


@pytest.fixture
def opened(chromium: Browser, served: Served) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opening(width: int = 1280) -> Opened:
        context = chromium.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        contexts.append(context)
        one = Opened(context.new_page(), served)
        one.page.on(
            "console", lambda said: one.console.append(said.text) if said.type in ("error", "warning") else None
        )
        one.page.on("pageerror", lambda error: one.console.append(str(error)))
        one.page.goto(served.server.address)
        return one

    expect.set_options(timeout=PATIENCE)
    yield opening
    expect.set_options(timeout=5_000)
    for context in contexts:
        context.close()


# --- who may ask ------------------------------------------------------------------------------


def asked(served: Served, method: str = "GET", path: str = "/ka/", body: Any = None, **changes: str | None) -> int:
    """The status that a request gets; headers are those of the form's own page, with changes."""
    port = served.server.port
    headers = {"Host": f"127.0.0.1:{port}", "Cookie": f"guideline-edit-{port}={TOKEN}"}
    if method == "POST":
        headers |= {"Origin": served.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    headers |= {name.replace("_", "-"): value for name, value in changes.items() if value is not None}
    for name in [name.replace("_", "-") for name, value in changes.items() if value is None]:
        headers.pop(name, None)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    sent = json.dumps(body).encode() if body is not None else b""
    for name, value in ({"Content-Length": str(len(sent))} | headers).items():
        connection.putheader(name, value)
    connection.endheaders(sent)
    answer = connection.getresponse()
    status = answer.status
    connection.close()
    return status


LOOK = {"key": ONE, "value": {}, "card": "ka"}


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (200, {}),
        (200, {"Host": "localhost:{port}"}),
        (403, {"Cookie": None}),
        (403, {"Cookie": "guideline-edit-{port}=guessed"}),
        (403, {"Host": "evil.example:{port}"}),
        (403, {"Host": "127.0.0.1"}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"path": "/?token=guessed", "Cookie": None}),
        (403, {"path": "/static/form.js", "Cookie": None}),
        (404, {"path": "/static/../server.py"}),
        (404, {"path": "/ka/program/no/such"}),
        (404, {"path": "/xx/"}),
        (405, {"path": "/ka/save"}),
        (200, {"method": "POST", "path": "/ka/look", "body": LOOK}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Origin": "https://evil.example"}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Origin": "null"}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Origin": None}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Sec_Fetch_Site": "same-site"}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Content_Type": "text/plain"}),
        (403, {"method": "POST", "path": "/ka/look", "body": LOOK, "Cookie": None}),
        (400, {"method": "POST", "path": "/ka/look", "body": {**LOOK, "value": {"year": 2026}}}),
        (400, {"method": "POST", "path": "/ka/look", "body": ["no", "record"]}),
        (404, {"method": "POST", "path": "/ka/save", "body": {"key": "no/such", "base": {}, "value": {}}}),
        (413, {"method": "POST", "path": "/ka/look", "Content_Length": "9999999"}),
    ],
)
def test_only_the_opened_browser_may_ask(running: Served, status: int, request_: dict[str, Any]) -> None:
    given = {
        name: value.format(port=running.server.port) if isinstance(value, str) and name != "body" else value
        for name, value in request_.items()
    }
    assert asked(running, **given) == status


def test_the_secret_moves_from_the_address_into_a_cookie_that_scripts_and_other_sites_cannot_use(
    opened: Callable[..., Opened],
) -> None:
    one = opened()
    assert TOKEN not in one.page.url
    [cookie] = one.page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    answer = one.page.goto(one.served.origin + "/ka/")
    assert answer is not None
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


# --- the pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "language"), [(360, "ka"), (1280, "en")])
def test_pages_are_accessible_fit_their_width_and_obey_their_policy(
    opened: Callable[..., Opened], width: int, language: str
) -> None:
    one = opened(width)
    for path in (f"/{language}/", f"/{language}/new", f"/{language}/program/no/such", ""):
        page = one.go(path) if path else one.form(language=language)
        if path.endswith("no/such"):
            one.console.clear()  # the browser notes the 404 itself
        found = Axe().run(page).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert one.console == []


def test_the_list_finds_programmes_and_says_what_is_missing(opened: Callable[..., Opened]) -> None:
    page = opened().go("/en/")
    rows = page.locator("tbody tr:visible")
    total = rows.count()
    assert total == len(parse(opened().served.text).value["programs"])
    page.get_by_label("Search by name or type").fill("tbilisi newborn")
    expect(page.locator("#shown")).to_contain_text(f"of {total} shown")
    expect(rows).to_have_count(1)
    expect(rows.locator("summary")).to_contain_text("missing")


# --- changing a programme ---------------------------------------------------------------------


def test_a_changed_sum_changes_one_line_of_the_file_and_the_card_and_can_be_undone(
    opened: Callable[..., Opened],
) -> None:
    one = opened()
    page = one.form()
    page.locator(SUM).fill("650")
    expect(page.frame_locator("#preview").locator(".gz-card__amount")).to_contain_text("650")
    expect(page.locator("#changes li")).to_have_count(1)
    expect(page.locator("#changes li").first).to_contain_text("500 → 650")
    page.keyboard.press("Control+s")
    one.saved()
    before, after = one.served.text.splitlines(), one.served.programs.splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    line = "  - {kind: cash, gel: 500, period: once, per: newborn}"
    assert changed == [(line, line.replace("500", "650"))]
    page.locator("#back").click()
    expect(page.locator(SUM)).to_have_value("500")
    assert one.served.programs == one.served.text
    assert one.console == []


def test_a_wrong_value_is_told_beside_its_field_and_cannot_be_saved(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.form()
    page.locator(SUM).fill("five hundred")
    message = page.locator(f"{SUM}-m")
    expect(message).to_contain_text("მხოლოდ ციფრები")
    expect(message).to_contain_text("თანხა ლარებში")
    expect(page.locator(SUM)).to_have_attribute("aria-invalid", "true")
    expect(page.locator('#parts a[href="#part-benefits"]')).to_have_attribute("data-count", "1")
    page.locator("#save").click()
    expect(page.locator(SUM)).to_be_focused()
    assert one.served.programs == one.served.text
    page.locator("#back").click()
    expect(page.locator(SUM)).to_have_value("500")
    expect(message).to_be_hidden()


def test_markup_in_a_text_stays_text(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.form(language="en")
    markup = "<script>document.title='broken'</script><img src=x onerror=alert(1)>"
    page.locator("#f-name-en").fill(f"Help {markup}")
    page.get_by_role("button", name="English").click()
    heading = page.frame_locator("#preview").locator("h1")
    expect(heading).to_have_text(f"Help {markup}")
    one.save()
    assert one.served.programs.count("</script>") == 1
    page.goto(one.served.origin + "/en/")
    expect(page.locator("tbody th").filter(has_text="</script>")).to_have_count(1)
    assert one.console == []


def test_fields_are_added_and_taken_away_by_keyboard(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.form(language="en")
    part = page.locator("#part-state")
    part.locator("summary").focus()
    page.keyboard.press("Enter")
    part.locator("select").select_option("year")
    part.locator("select").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-year")).to_be_focused()
    page.keyboard.type("2025")
    page.get_by_role("button", name="Remove: Sources 3").click()
    expect(page.locator("#changes li")).to_have_count(2)
    one.save()
    old, new = (parse(text).value["programs"][0] for text in (one.served.text, one.served.programs))
    changes = list(differences(old, new))
    assert [change.loc for change in changes] == [("sources", 2), ("year",)]


def test_that_the_money_ran_out_is_one_press(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.form()
    page.get_by_role("button", name="თანხა ამოიწურა").click()
    expect(page.get_by_role("button", name="თანხა ამოიწურა")).to_have_attribute("aria-pressed", "true")
    one.save()
    state = parse(one.served.programs).value["programs"][0]["state"]
    assert state["is"] == "exhausted"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", state["since"])


def test_a_new_programme_begins_as_a_draft_with_a_proposed_id(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.go("/en/new")
    page.locator("#municipality").select_option("tbilisi")
    page.locator("#type").select_option("large-family")
    expect(page.locator("#id")).to_have_value("large-family")
    page.locator("#id").fill("types")
    page.get_by_role("button", name="Create").click()
    expect(page.locator("#problems")).to_contain_text("types")
    page.locator("#id").fill("large-family")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".tag--draft")).to_be_visible(timeout=PATIENCE)
    assert parse(one.served.programs).value["programs"][-1]["listed"] == "draft"
    page.locator("#back").click()
    expect(page).to_have_url(one.served.origin + "/en/")
    assert one.served.programs == one.served.text


# --- two at once ------------------------------------------------------------------------------


def test_two_windows_keep_each_others_changes(opened: Callable[..., Opened]) -> None:
    one, other = opened(), opened()
    one.form()
    other.form()
    one.page.locator(SUM).fill("600")
    other.page.locator("#f-confidence").select_option("low")
    one.save()
    other.save()
    record = parse(one.served.programs).value["programs"][0]
    assert (record["benefits"][0]["gel"], record["confidence"]) == ("600", "low")
    expect(other.page.locator(SUM)).to_have_value("600")


def test_a_value_that_two_have_changed_is_told_and_chosen(opened: Callable[..., Opened]) -> None:
    one, other = opened(), opened()
    one.form()
    other.form()
    one.page.locator(SUM).fill("600")
    other.page.locator(SUM).fill("700")
    one.save()
    kept = one.served.programs
    other.page.locator("#save").click()
    expect(other.page.locator("#clash li")).to_contain_text("700")
    expect(other.page.locator("#clash li")).to_contain_text("600")
    assert one.served.programs == kept
    other.page.locator("#clash button").first.click()
    other.save()
    assert parse(one.served.programs).value["programs"][0]["benefits"][0]["gel"] == "700"


def test_unsaved_changes_are_not_left_without_a_question(opened: Callable[..., Opened]) -> None:
    one = opened()
    page = one.form()
    page.locator(SUM).click()  # a page that nobody touched may not ask
    page.keyboard.type("1")
    asked_for: list[str] = []
    page.on("dialog", lambda dialog: (asked_for.append(dialog.type), dialog.accept()))
    page.goto(one.served.origin + "/ka/")
    assert asked_for == ["beforeunload"]


# --- without a browser ------------------------------------------------------------------------


def test_every_field_of_a_programme_has_its_part_of_the_form() -> None:
    keys = [key for _, part in SECTIONS for key in part]
    assert sorted(keys) == sorted(kinds(Program))


def test_every_record_goes_through_the_form_unchanged(workplace: Workplace) -> None:
    for raw in parse(workplace.files["programs"].text).value["programs"]:
        shown = pruned(spelled(Program, raw))
        assert folded(Program, shown, raw) == raw
        [change] = differences(raw, folded(Program, {**shown, "note": "changed"}, raw))
        assert change.loc == ("note",)


def test_what_was_written_short_stays_short() -> None:
    raw = {"eligibility": {"all": [{"residence": "registered"}, {"status": ["idp", "veteran"]}]}}
    shown = spelled(Program, raw)
    assert shown["eligibility"]["all"][0] == {"residence": {"basis": "registered"}}
    shown["eligibility"]["all"][0]["residence"]["basis"] = "living"
    kept = folded(Program, shown, raw)["eligibility"]["all"]
    assert kept == [{"residence": "living"}, {"status": ["idp", "veteran"]}]


@pytest.mark.parametrize(
    ("mine", "theirs", "both", "clashes"),
    [
        ({"a": "2", "b": "1"}, {"a": "1", "b": "2"}, {"a": "2", "b": "2"}, []),
        ({"a": "2", "b": "1"}, {"a": "3", "b": "1"}, {"a": "2", "b": "1"}, [("a",)]),
        ({"b": "1"}, {"a": "3", "b": "1"}, {"b": "1"}, [("a",)]),
        ({"a": "1", "b": "1", "c": "1"}, {"b": "1"}, {"b": "1", "c": "1"}, []),
    ],
)
def test_three_versions_become_one(mine: Any, theirs: Any, both: Any, clashes: Any) -> None:
    found, told = merged({"a": "1", "b": "1"}, mine, theirs)
    assert (found, [clash.loc for clash in told]) == (both, clashes)


def test_nothing_is_undone_that_somebody_else_has_changed_since(served: Served) -> None:
    desk = Desk(served.root)
    record = desk.record(ONE)
    kept = desk.save(ONE, record, {**record, "note": "one"}, "en")
    assert kept.changes
    assert desk.can_undo()
    (served.root / PROGRAMS).write_text(served.programs + "# by hand\n", encoding="utf-8")
    assert not desk.undo()
    assert served.programs.endswith("# by hand\n")
