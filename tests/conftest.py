"""What tests share: the real copy, read once, and the day on which it is read."""

from __future__ import annotations

from datetime import date

import pytest
from factory import ROOT, TODAY

from guideline.workplace import Workplace, open_workplace


@pytest.fixture(scope="session")
def workplace() -> Workplace:
    """The real copy, found in order."""
    return open_workplace(ROOT)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
