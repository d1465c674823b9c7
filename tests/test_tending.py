"""What a copy is told while nobody changes it: records that are due, links that died; and how forges are spoken to."""

import http.server
import json
import re
import threading
from contextlib import contextmanager
from copy import deepcopy
from datetime import date

import factory
import pytest

from guideline import due, forges, outside, preview
from guideline.asking import Manners, as_ascii, ask
from guideline.gitlab import Project, Refused, keep_issue, keep_request
from guideline.problems import Problem, particulars
from guideline.reading import File
from guideline.wording.speech import Speaker

TODAY = factory.TODAY
FRESH = [{"url": "https://telavi.gov.ge/a", "kind": "municipality", "checked": "2026-06-01"}]
CONFIRMED = {"status": "confirmed", "date": "2026-05-01", "by": "social-service"}
IN_ORDER = {"review": CONFIRMED, "sources": FRESH}


# --- what is due -----------------------------------------------------------------------------


def reasons(today=TODAY, **changes):
    collection = factory.collection(factory.a_program(**{**IN_ORDER, **changes}))
    return [reason.code for item in due.due(collection, today) for reason in item.reasons]


def test_a_record_that_was_looked_at_this_year_is_not_due():
    assert reasons() == []


def test_a_record_that_nobody_confirmed_is_due():
    assert reasons(review=None) == ["never"]


@pytest.mark.parametrize(("today", "expected"), [(date(2027, 4, 30), []), (date(2027, 5, 1), ["review-old"])])
def test_a_review_is_good_for_the_months_of_the_settings(today, expected):
    assert reasons(today=today, sources=[{**FRESH[0], "checked": "2027-01-01"}]) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"checked": "2025-11-21"}, []),
        ({"checked": "2025-11-20"}, ["source-old"]),
        ({"year": 2025}, []),
        ({"year": 2024}, ["source-old"]),
        ({"year": 2024, "checked": "2026-01-01"}, []),
        ({}, ["source-undated"]),
    ],
)
def test_a_source_is_old_after_a_year_and_a_year_lasts_until_its_end(source, expected):
    bare = {"url": "https://telavi.gov.ge/a", "kind": "municipality"}
    assert reasons(sources=[{**bare, **source}]) == expected


def test_a_programme_whose_time_is_over_is_due_whoever_confirmed_it():
    assert reasons(valid={"to": "2026-11-20"}) == []
    assert reasons(valid={"to": "2026-11-19"}) == ["ended"]


def test_a_draft_is_due_because_it_is_a_draft_and_for_nothing_else():
    assert reasons(listed="draft", review=None, sources=None) == ["draft"]


def test_the_last_day_of_a_short_month_stands_for_the_days_it_lacks():
    assert due.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert due.months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert due.months_after(date(2026, 11, 20), 14) == date(2028, 1, 20)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_report_is_grouped_by_office_and_reason_and_names_no_person(language):
    old = {"sources": [{"url": "https://telavi.gov.ge/a", "kind": "municipality", "year": 2020}]}
    records = [
        factory.a_program(id="one", **IN_ORDER | old),
        factory.a_program(id="two", **old),
        factory.a_program(id="three", **IN_ORDER | {"valid": {"to": "2025-12-31"}}),
    ]
    collection = factory.collection(*map(deepcopy, records))  # YAML would write what they share once only
    text = due.markdown(due.due(collection, TODAY), Speaker(language, collection, TODAY))
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    office = {"ka": "სოციალური სამსახური", "en": "The social service"}[language]
    assert heads[0] == office
    assert [head[-3:] for head in heads if head.endswith(")")] == ["(1)", "(1)", "(1)"]
    assert re.findall(r"`telavi/(\w+)`", text) == ["three", "one", "two"]
    assert due.markdown([], Speaker(language, collection, TODAY)) == ""


# --- text stays text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@owner",
        "see #12",
        "GH-3",
        "!5",
        "https://a.ge",
        "www.a.ge",
        "<b>",
        "[a](b)",
        "`x`",
        "a|b",
        "# x",
        "- x",
        "1. x",
    ],
)
def test_a_forge_makes_nothing_of_words_from_the_data(text):
    shown = forges.plain(text)
    assert not re.search(r"(?<!\\)[<\[`|]|[@#!](?=\w)|GH-\d|://|www\.|^[-#]|^\d+\.", shown)
    assert shown.replace("\\", "").replace("\N{WORD JOINER}", "") == text


def test_a_line_from_the_data_stays_one_line():
    assert forges.plain("a\n\n# b\r\n\u2028c") == "a \\# b c"
    assert "\n" not in forges.code("a\nb")


def test_code_in_markdown_cannot_be_left():
    assert forges.code("a`b``c") == "``` a`b``c ```"


def test_a_long_report_is_cut_and_says_so():
    text = forges.shortened(["x" * 100] * 1000, "en")
    assert len(text) <= forges.LONGEST
    assert re.search(r"and \d+ more lines", text)
    assert forges.shortened(["a", "b"], "ka") == "a\nb\n"


def test_a_problem_cannot_end_the_command_that_tells_it():
    problem = Problem(
        "data/a,b:c.yaml", 3, 4, "telavi/rent", "too-long", particulars({"field": "x", "max_length": "1\n::x"})
    )
    said = forges.annotation(problem, "en")
    assert said.startswith("::error file=data/a%2Cb%3Ac.yaml,line=3,col=4,title=telavi/rent::")
    assert "\n" not in said


# --- links that lead out -------------------------------------------------------------------------


def test_addresses_are_found_where_they_stand():
    text = """- {url: "https://a.ge/x?y=1#z", kind: act}
[b](https://b.ge/(c)), <http://d.ge/>. https://e.ge/ა,
https://web.archive.org/web/2020/http://a.ge http://localhost:8000/ https://you.example.org/"""
    found = outside.addresses([File("data/x.yaml", text)])
    assert found == {
        "https://a.ge/x?y=1": [outside.Place("data/x.yaml", 1)],
        "https://b.ge/(c)": [outside.Place("data/x.yaml", 2)],
        "http://d.ge/": [outside.Place("data/x.yaml", 2)],
        "https://e.ge/ა": [outside.Place("data/x.yaml", 2)],
    }


def test_a_copy_that_was_read_instead_of_the_page_is_not_asked_for():
    sources = [{"url": "https://mirror.ge/a#b", "kind": "mirror"}, *FRESH]
    assert outside.mirrors(factory.collection(factory.a_program(sources=sources))) >= {"https://mirror.ge/a"}


def test_an_address_goes_over_the_wire_in_ascii():
    assert re.fullmatch(r"https://xn--[\w-]+\.xn--[\w-]+/", as_ascii("https://მთავრობა.გე"))
    assert as_ascii("https://a.ge/გ#x").startswith("https://a.ge/%E1%83%92")
    assert as_ascii("http://a.ge") == "http://a.ge/"


class Faulty(http.server.BaseHTTPRequestHandler):
    """A site with every fault that links meet."""

    def do_HEAD(self):
        self.answer("HEAD")

    def do_GET(self):
        self.answer("GET")

    def answer(self, method):
        asked = self.server.asked
        asked.append((method, self.path))
        path = self.path.lstrip("/")
        if path == "cut":
            self.close_connection = True
            return
        status = {"gone": 404, "busy": 503, "closed": 403, "ill": 500, "moved": 302, "away": 302}.get(path, 200)
        if path == "no-head" and method == "HEAD":
            status = 405
        if path == "later" and asked.count(("GET", "/later")) < 2:
            status = 429
        self.send_response(status)
        if path == "moved":
            self.send_header("Location", "/fine")
        if path == "away":
            self.send_header("Location", "file:///etc/passwd")
        if status == 429:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def answering(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def asked():
    """The answers to every fault, what the site was asked, and how long was waited."""
    waited = []
    manners = Manners("test", timeout=5, pause=1, tries=2, public_only=False)
    with answering(Faulty) as (server, origin):
        names = ("fine", "gone", "no-head", "busy", "closed", "ill", "moved", "away", "later", "cut")
        answers = ask([f"{origin}/{name}" for name in names], manners, waited.append)
        yield {address.rpartition("/")[2]: answer for address, answer in answers.items()}, server.asked, waited


def test_what_became_of_each_link_is_told_apart(asked):
    verdicts = {name: answer.verdict for name, answer in asked[0].items()}
    assert verdicts == {
        "fine": "works",
        "moved": "works",
        "no-head": "works",
        "later": "works",
        "gone": "gone",
        "ill": "broken",
        "busy": "refused",
        "closed": "refused",
        "away": "broken",
        "cut": "unreachable",
    }


def test_a_page_is_asked_for_whole_only_where_its_head_is_not_enough(asked):
    assert [method for method, path in asked[1] if path == "/no-head"] == ["HEAD", "GET"]
    assert ("GET", "/gone") in asked[1]  # some sites deny only that one asks for the head
    assert next(method for method, path in asked[1] if path == "/fine") == "HEAD"


def test_a_site_is_waited_for_as_long_as_it_asks(asked):
    assert 7.0 in asked[2]
    assert asked[2].count(1) >= 9  # between two questions to the same host


def test_a_host_that_does_not_answer_is_left_alone():
    with answering(Faulty) as (_, origin):
        pass
    manners = Manners("test", timeout=5, tries=1, public_only=False)
    answers = ask([f"{origin}/{number}" for number in range(5)], manners, lambda seconds: None)
    assert {answer.verdict for answer in answers.values()} == {"unreachable"}
    assert [answer.seen for answer in answers.values()].count("host left alone") == 2


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"]
)
def test_no_address_in_the_data_makes_the_machine_look_into_its_own_network(address):
    answers = ask([address], Manners("test", timeout=5), lambda seconds: None)
    assert answers[address].verdict == "private"


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_report_of_links_names_every_place(language):
    answers = {"https://a.ge/x": outside.Answer("refused", "403"), "https://b.ge/": outside.Answer("gone", "404")}
    places = {"https://a.ge/x": [outside.Place("data/a.yaml", 7)], "https://b.ge/": [outside.Place("docs/ka/b.md", 2)]}
    text = outside.markdown(outside.faults(answers), places, 9, language)
    assert text.index("https://b.ge/") < text.index("`docs/ka/b.md:2`") < text.index("https://a.ge/x")
    assert outside.markdown([], places, 9, language) == ""


# --- GitLab --------------------------------------------------------------------------------------


class Gitlab(http.server.BaseHTTPRequestHandler):
    """As much of GitLab as is asked of it: lists with one thing in them, or none."""

    def answer(self):
        length = int(self.headers["Content-Length"] or 0)
        sent = json.loads(self.rfile.read(length)) if length else {}
        self.server.asked.append((self.command, self.path, sent))
        listing = self.command == "GET"
        body = json.dumps(self.server.open if listing else {"iid": 4, "web_url": "https://gitlab.com/x"}).encode()
        self.send_response(200 if self.headers["PRIVATE-TOKEN"] == "right" else 403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def gitlab():
    with answering(Gitlab) as (server, origin):
        server.open = []
        server.project = Project(f"{origin}/api/v4", "telavi/copy", "right")
        yield server


def test_one_issue_on_gitlab_is_opened_then_kept_then_closed(gitlab):
    assert keep_issue(gitlab.project, "due", "T", "words") == "https://gitlab.com/x"
    gitlab.open = [{"iid": 4}]
    keep_issue(gitlab.project, "due", "T", "more")
    keep_issue(gitlab.project, "due", "T", "")
    done = [(method, path.rpartition("copy/")[2], sent) for method, path, sent in gitlab.asked if method != "GET"]
    assert done == [
        ("POST", "issues", {"title": "T", "labels": "due", "description": "words"}),
        ("PUT", "issues/4", {"description": "more"}),
        ("PUT", "issues/4", {"state_event": "close"}),
    ]
    gitlab.open = []
    assert keep_issue(gitlab.project, "due", "T", "") == ""


def test_a_merge_request_with_problems_is_a_draft_with_a_comment(gitlab):
    keep_request(gitlab.project, "b", "main", "T", "words", "problems")
    gitlab.open = [{"iid": 4}]
    keep_request(gitlab.project, "b", "main", "T", "words", "")
    done = [(method, path.rpartition("copy/")[2], sent) for method, path, sent in gitlab.asked if method != "GET"]
    assert [(method, path) for method, path, _ in done] == [
        ("POST", "merge_requests"),
        ("POST", "merge_requests/4/notes"),
        ("PUT", "merge_requests/4"),
    ]
    assert [sent.get("title", "") for _, _, sent in done] == ["Draft: T", "", "T"]


def test_a_wrong_token_is_told_in_a_line(gitlab):
    wrong = Project(gitlab.project.api, gitlab.project.id, "wrong")
    with pytest.raises(Refused, match="403"):
        keep_issue(wrong, "due", "T", "words")


# --- pages without a server ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("programs/", "programs/index.html"),
        ("../", "../index.html"),
        (".", "./index.html"),
        ("../..", "../../index.html"),
        ("a/#b", "a/index.html#b"),
        ("a/?e=1", "a/index.html?e=1"),
        ("a.css?v=1", "a.css?v=1"),
        ("#b", "#b"),
        ("tel:112", "tel:112"),
        ("https://a.ge/", "https://a.ge/"),
        ("https://copy.ge/x/en/", "../../en/index.html"),
    ],
)
def test_links_name_the_file_where_there_is_no_server(link, expected):
    html = f'<a class="x" href="{link}">'
    assert preview.opened_from_disk(html, "https://copy.ge/x/", 2) == f'<a class="x" href="{expected}">'
