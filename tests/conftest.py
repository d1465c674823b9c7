"""What tests share: the real copy, read once, and the day on which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import browser
import copies
import pytest
from factory import ROOT, TODAY
from playwright.sync_api import Browser, sync_playwright

from guideline.workplace import Workplace, open_workplace


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
