"""What tests share: the real copy, read once, and the day on which it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import browser
import copies
import pytest
from factory import ROOT, TODAY
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from guideline import hosting
from guideline.workplace import Workplace, open_workplace

expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong
# The same examples everywhere, and no haste. `search` looks for new ones: HYPOTHESIS_PROFILE=search make test
HASTELESS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("ci", derandomize=True, **HASTELESS)
settings.register_profile("search", **HASTELESS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
NOTHING_SAVED = "delete Navigator.prototype.serviceWorker; window.requestIdleCallback = () => 0;"
"""The page has no worker and is never idle: what is saved when nothing else is going on has tests of its own."""


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
def telavi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Telavi's copy with words of its own, its site built."""
    copy = copies.with_own_words(copies.of("telavi", tmp_path_factory.mktemp("telavi") / "copy"))
    copies.published(copy)
    return copy


@pytest.fixture(scope="session")
def dusheti(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a municipality of which there is no record, its site built."""
    copy = copies.of("dusheti", tmp_path_factory.mktemp("dusheti") / "copy")
    copies.published(copy)
    return copy


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
    console: list[str]
    requests: list[str]


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """Where the site of the real copy is served."""
    with hosting.serving(site) as address:
        yield address


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Gives an empty page in a profile of its own, where pages are saved only if the test is about that."""
    contexts = []

    def fresh(width: int = 360, height: int = 800, saving: bool = False, **options: Any) -> Page:
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        contexts.append(context)
        if not saving:
            context.add_init_script(NOTHING_SAVED)
        return context.new_page()

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture
def watched(fresh: Callable[..., Page], origin: str) -> Callable[..., Watched]:
    """Opens a page of the site at a width and in a colour scheme, with a fresh profile."""

    def watched(path: str, width: int = 360, scheme: Any = "light", **options: Any) -> Watched:
        page = fresh(width, color_scheme=scheme, **options)
        one = Watched(page, origin, browser.heard(page), [])
        page.on("request", lambda request: one.requests.append(request.url))
        page.goto(f"{origin}/{path}", wait_until="networkidle")
        return one

    return watched
