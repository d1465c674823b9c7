"""The machine's own Chromium or Chrome, and a server for a built site."""

import functools
import http.server
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
HOW = "The browser tests need Chromium or Chrome. Debian: sudo apt install chromium. Or set CHROMIUM=/path/to/it."
OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str:
    """The path of a browser; installs Debian's where that is allowed."""
    found = _installed()
    if not found and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False)
        found = _installed()
    if not found:
        raise AssertionError(HOW)
    return found


def _installed() -> str:
    named = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), "")
    return named or next((place for place in PLACES if Path(place).exists()), "")


def until(page: Page, holds: Callable[[], object]) -> None:
    """Wait until something holds, at most a minute; what the page does meanwhile is heard."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "waited for too long"
        page.wait_for_timeout(50)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
