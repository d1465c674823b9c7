"""The machine's own Chromium or Chrome, and how tests wait for what it does."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable

from playwright.sync_api import Page

from guideline import hosting

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
    found = hosting.browser()
    if not found and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False)
        found = hosting.browser()
    if not found:
        raise AssertionError(HOW)
    return found


def heard(page: Page) -> list[str]:
    """What the console of a page complains of; the list grows while the page is open."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def until(page: Page, holds: Callable[[], object]) -> None:
    """Wait until something holds, at most a minute; what the page does meanwhile is heard."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "waited for too long"
        page.wait_for_timeout(50)
