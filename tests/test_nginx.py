"""The shipped configuration of nginx, really served, and a real browser before it."""

import gzip
import http.client
import re
from collections import Counter

import copies
import pytest
import web_server
from playwright.sync_api import expect

from guideline import policy, serving

CARD = "programs/telavi/large-families/"
PAGES = {
    "home": "",
    "index": "programs/",
    "municipality": "programs/telavi/",
    "card": CARD,
    "type": "programs/types/large-family/",
    "questions": "for-me/",
    "guideline": "guideline/",
    "chapter": "guideline/why/",
    "glossary": "glossary/",
    "offline": "offline/",
    "wrong address": "programs/nowhere/",
}
BUSY = ("index", "card", "questions", "offline")
"""Pages whose scripts go on fetching when everything is there."""
KEPT = """async set => {
    for (;;) {
        for (const name of (await caches.keys()).filter((one) => one.includes(` ${set}@`)))
            for (const one of await (await caches.open(name)).keys())
                if (one.url.endsWith("/offline/whole")) return true;
        await new Promise((done) => setTimeout(done, 50));
    }
}"""
LASTING = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def host(site, tmp_path_factory):
    return web_server.made(site, tmp_path_factory.mktemp("host") / "copy")


@pytest.fixture(scope="module")
def server(site, host, tmp_path_factory):
    with web_server.serving(site, host, tmp_path_factory.mktemp("nginx") / "conf") as address:
        yield address


class Answer:
    """What the server said to one request."""

    def __init__(self, server, path, method="GET", **headers):
        connection = http.client.HTTPConnection(server.removeprefix("http://"))
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        connection.close()


@pytest.fixture(scope="module")
def home(server):
    return Answer(server, "/")


def first(site, pattern):
    return next(f"/{path.relative_to(site).as_posix()}" for path in sorted(site.rglob(pattern)))


def test_every_answer_carries_the_security_headers(server, home):
    for answer in (home, Answer(server, "/nowhere"), Answer(server, "/sw.js"), Answer(server, "/programs")):
        assert [answer.headers[name] for name, _ in serving.HEADERS] == [value for _, value in serving.HEADERS]
        assert answer.headers["Content-Security-Policy"] == home.headers["Content-Security-Policy"]
        assert answer.headers["Server"] == "nginx"


def test_the_policy_of_the_header_is_that_of_the_pages_and_lets_nobody_frame_them(home, site):
    said = home.headers["Content-Security-Policy"].split("; ")
    pages = [
        re.search(r'Content-Security-Policy" content="([^"]*)"', page.read_text("utf-8"))[1] for page in _some(site)
    ]
    assert "frame-ancestors 'none'" in said
    for page in pages:
        for directive in page.split("; "):
            assert directive in said or directive.startswith("script-src ")
    scripts = {source for page in pages for source in re.search(r"script-src ([^;]*)", page)[1].split()}
    assert scripts == set(re.search(r"script-src ([^;]*)", "; ".join(said))[1].split())
    assert not {"unsafe-inline", "unsafe-eval", "*"} & {word.strip("'") for part in said for word in part.split()}


def _some(site):
    """Pages of every depth: what the scripts of a page say depends on it."""
    by_depth = {len(path.relative_to(site).parts): path for path in sorted(site.rglob("index.html"))}
    return [*by_depth.values(), site / "404.html", site / "en" / "404.html"]


def test_an_inline_script_of_any_page_is_in_the_header():
    pages = ["<script>one</script>", '<script>two</script><script type="application/json">3</script>']
    assert len(re.findall("sha256-", policy.header(pages))) == 2


def test_an_unencrypted_server_promises_no_encryption(home):
    assert home.headers["Strict-Transport-Security"] is None


def test_pages_data_and_the_worker_are_asked_for_each_time(server, site):
    for path in ("/", "/sw.js", "/robots.txt", first(site, "assets/data/**/*.json"), "/manifest.ka.webmanifest"):
        answer = Answer(server, path)
        assert answer.headers["Cache-Control"] == "no-cache", path
        again = Answer(server, path, If_None_Match=answer.headers["ETag"])
        assert (again.status, again.body) == (304, b""), path


def test_what_has_its_content_in_its_address_is_kept_for_good(server, site, home):
    versioned = re.findall(r'(?:href|src)="(assets/[^"]*\?v=[0-9a-f]+)"', home.body.decode())
    assert versioned
    hashed = [first(site, pattern) for pattern in ("*.min.js", "*.min.css", "assets/pictures/**/*.png")]
    for path in (*hashed, *(f"/{address}" for address in versioned)):
        assert Answer(server, path).headers["Cache-Control"] == LASTING, path
    assert Answer(server, "/assets/gone.0123abcd.min.js").headers["Cache-Control"] == "no-cache"
    assert Answer(server, "/programs/?v=0123abcd").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("colours.css", "text/css; charset=utf-8"),
        ("*.webmanifest", "application/manifest+json; charset=utf-8"),
        ("*.woff2", "font/woff2"),
        ("assets/data/**/*.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
        ("*.png", "image/png"),
    ],
)
def test_files_have_their_kind(server, site, pattern, kind):
    assert Answer(server, first(site, pattern)).headers["Content-Type"] == kind


def test_no_file_of_the_site_is_of_an_unknown_kind(site):
    known = set(re.findall(r"^\s+\S+/\S+ +([a-z0-9 ]+);$", (copies.ROOT / "config/nginx/site.conf").read_text(), re.M))
    endings = {ending for words in known for ending in words.split()} | {"pdf"}
    assert {path.suffix[1:] for path in site.rglob("*") if path.is_file()} <= endings


def test_words_travel_compressed(server, site):
    for path in ("/", "/sw.js", first(site, "colours.css"), first(site, "assets/data/for-me/*.json")):
        plain, small = Answer(server, path), Answer(server, path, Accept_Encoding="gzip")
        if len(plain.body) >= 512:
            assert small.headers["Content-Encoding"] == "gzip", path
            assert gzip.decompress(small.body) == plain.body
            assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize(("path", "language"), [("/nowhere/", "ka"), ("/en/nowhere/", "en"), ("/assets/", "ka")])
def test_a_wrong_address_gets_a_page_that_begins_in_its_language(server, path, language):
    answer = Answer(server, path)
    assert answer.status == 404
    assert f'<html lang="{language}"' in answer.body.decode()


@pytest.mark.parametrize("path", ["/404.html", "/en/404.html", "/.git/config", "/.env", "/%2e%2e/etc/passwd", "/en/.x"])
def test_what_is_no_page_is_not_there(server, path):
    assert Answer(server, path).status in (400, 404)


def test_an_address_without_its_slash_leads_to_the_page_wherever_the_server_stands(server):
    answer = Answer(server, "/en/programs", Host="guideline.telavi.gov.ge")
    assert (answer.status, answer.headers["Location"]) == (301, "/en/programs/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_server_gives_and_takes_nothing(server, method):
    answer = Answer(server, "/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert Answer(server, "/", "HEAD").status == 200


def test_other_hosts_are_told_the_same(server, host, site, home):
    said, address = {}, ""
    for line in (host / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            address = line
        else:
            name, _, value = line.strip().partition(": ")
            said.setdefault(address, {})[name] = value
    for address, headers in said.items():
        answer = Answer(server, address.replace("*", ""))
        assert {name: answer.headers[name] for name in headers} == headers, address
    assert len(said) == 1 + sum(
        1 for path in site.rglob("*.min.*") if re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", path.name)
    )


def test_no_page_violates_the_policy_in_a_browser(server, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page, said = context.new_page(), Counter()
    page.on("console", lambda message: said.update([message.text]) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.update([str(error)]))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective))"
    )
    for folder in ("", "en/"):
        for name, path in PAGES.items():
            answer = page.goto(
                f"{server}/{folder}{path}", wait_until="networkidle" if name in BUSY and not folder else "load"
            )
            assert answer.status == (404 if name == "wrong address" else 200), path
            expect(page.locator("html")).to_have_attribute("lang", "en" if folder else "ka")
    context.close()
    missing = {text for text in said if "404" in text}  # the browser's own note of the two wrong addresses
    assert len(missing) <= 1
    assert not set(said) - missing


def test_nobody_shows_the_site_in_a_frame(server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.set_content(f'<iframe src="{server}/"></iframe>')
    context.close()


def test_the_worker_registers_and_a_page_opens_without_the_server(site, host, chromium, tmp_path):
    context = chromium.new_context()
    page = context.new_page()
    with web_server.serving(site, host, tmp_path / "conf") as server:
        page.goto(f"{server}/{CARD}")
        assert page.evaluate(KEPT, "ka/telavi")
    page.reload()
    expect(page.locator("article h1")).to_be_visible()
    context.close()
