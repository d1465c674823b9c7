"""What tests share: the real copy, read once, and the day on which it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import browser
import copies
import pytest
from factory import ROOT, TODAY
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from guideline.workplace import Workplace, open_workplace

expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong
NOTHING_SAVED = "delete Navigator.prototype.serviceWorker; window.requestIdleCallback = () => 0;"
"""Pages have no worker and are never idle: what is saved when nothing else is going on has tests of its own."""
# The same examples everywhere, and no haste. `search` looks for new ones: HYPOTHESIS_PROFILE=search make test
HASTELESS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("ci", derandomize=True, **HASTELESS)
settings.register_profile("search", **HASTELESS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def workplace() -> Workplace:
    """The real copy, found in order."""
    return open_workplace(ROOT)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real copy, built once."""
    return copies.build(copies.copy_to(tmp_path_factory.mktemp("real") / "copy"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's browser, started once."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.OPTIONS))
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page, and what it said and asked while it was open."""

    page: Page
    origin: str
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.on(
            "console", lambda said: self.console.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{self.origin}/{path}", wait_until="networkidle")


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """Where the site of the real copy is served."""
    with browser.serving(site) as address:
        yield address


@pytest.fixture
def watched(chromium: Browser, origin: str) -> Iterator[Callable[..., Watched]]:
    """Opens a page of the site at a width and in a colour scheme, with a fresh profile."""
    contexts = []

    def opened(path: str, width: int = 360, scheme: Any = "light", **options: Any) -> Watched:
        size = {"width": width, "height": 800}
        context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", **options)
        contexts.append(context)
        context.add_init_script(NOTHING_SAVED)
        one = Watched(context.new_page(), origin)
        one.open(path)
        return one

    yield opened
    for context in contexts:
        context.close()
