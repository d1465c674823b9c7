"""A built site → the scores that Lighthouse gives its pages on a phone: a report for developers, not a test.

Lighthouse comes through npx and drives the machine's own Chromium or Chrome. The site is served as a
web host serves it: compressed, with a time for which files may be kept.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from . import hosting

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PERFECT = 100
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".webmanifest", ".xml")
KEPT = "max-age=600"
"""What GitHub Pages says of every file."""


@dataclass(frozen=True)
class Score:
    """What Lighthouse says of a page, from 0 to 100 by category, and which audits were not passed."""

    address: str
    scores: dict[str, int]
    failed: tuple[str, ...]

    def line(self) -> str:
        """The scores for people."""
        figures = "".join(f"{self.scores[name]:>16}" for name in CATEGORIES)
        return f"{self.address or '/':44}{figures}  {', '.join(self.failed)}"


def missing() -> str:
    """What the machine lacks for Lighthouse; nothing if it has all."""
    if not shutil.which("npx"):
        return "Lighthouse was not run: it needs node and npx. Debian: sudo apt install nodejs npm."
    if not hosting.browser():
        return "Lighthouse was not run: it needs Chromium or Chrome. Or set CHROMIUM=/path/to/it."
    return ""


def scores(site: Path, addresses: list[str], folder: Path) -> Iterator[Score | str]:
    """The scores of pages, or why there are none; the full reports are written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with hosting.serving(site, _Handler) as origin:
        for address in addresses:
            name = address.strip("/").replace("/", "-") or "home"
            yield _score(address, f"{origin}/{address}", folder / f"{name}.json")


def _score(address: str, url: str, report: Path) -> Score | str:
    options = ["--output=json", f"--output-path={report}", "--quiet", "--chrome-flags=--headless=new --no-sandbox"]
    only = f"--only-categories={','.join(CATEGORIES)}"
    done = subprocess.run(
        ["npx", "--yes", LIGHTHOUSE, url, only, *options],
        env={**os.environ, "CHROME_PATH": hosting.browser()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not report.is_file():
        return f"Lighthouse failed on /{address}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
    return read(address, json.loads(report.read_text(encoding="utf-8")))


def read(address: str, report: dict[str, Any]) -> Score:
    """The scores in a report of Lighthouse."""
    found = {name: round(PERFECT * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    weighed = [
        entry["id"]
        for name in CATEGORIES
        if found[name] < PERFECT
        for entry in report["categories"][name]["auditRefs"]
        if entry["weight"]
    ]
    low = [id for id in weighed if (score := report["audits"][id]["score"]) is not None and score < 0.9]
    return Score(address, found, tuple(dict.fromkeys(low)))


class _Handler(hosting.Quiet):
    """Serves a folder as web hosts do."""

    def do_GET(self) -> None:
        """Give a file, compressed where that helps."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """With the time for which a file may be kept."""
        self.send_header("Cache-Control", KEPT)
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        """Text is UTF-8."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
