"""A small copy in good order, and what is said when a part of it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guideline import fonts
from guideline.checks import everything
from guideline.collection import FILES, files_in, read
from guideline.model import Collection, Program
from guideline.problems import DataError, Problem
from guideline.reading import File

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)
PROGRAMS = "data/programs.yaml"
COVERED = fonts.covered(ROOT / "docs/assets/fonts")
"""The signs that the fonts have."""


def a_program(**changes: Any) -> dict[str, Any]:
    """A programme in good order, as it would stand in YAML. A change to None leaves the field out."""
    program = {
        "id": "rent",
        "municipality": "telavi",
        "type": "rent",
        "benefits": [{"kind": "cash", "gel": 250, "period": "month", "per": "family"}],
        "sources": [{"url": "https://telavi.gov.ge/rent", "kind": "municipality", "year": 2025}],
        "confidence": "high",
        **changes,
    }
    return {name: value for name, value in program.items() if value is not None}


def a_benefit(**changes: Any) -> dict[str, Any]:
    """The change that gives the programme one benefit in good order, changed."""
    benefit = {"kind": "cash", "gel": 250, "period": "month", **changes}
    return {"benefits": [{name: value for name, value in benefit.items() if value is not None}]}


def a_condition(**facts: Any) -> dict[str, Any]:
    """The change that gives the programme one condition."""
    return {"eligibility": {"all": [facts]}}


def yaml_of(value: Any) -> str:
    """The value as YAML text, one field a line; flags as `true` and `false`."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


def programs(*some: Mapping[str, Any]) -> str:
    """The text of a programs.yaml that holds these programmes."""
    return yaml_of({"programs": [dict(one) for one in some]})


@cache
def _real_files() -> dict[str, File]:
    return files_in(ROOT / "data")


def texts(programs_yaml: str | None = None, **other: str) -> dict[str, File]:
    """The files of a whole small copy: the real ones, with its own programmes and other texts where given."""
    own = {"programs": programs(a_program()) if programs_yaml is None else programs_yaml, **other}
    return {name: File(f"data/{name}.yaml", own.get(name, _real_files()[name].text)) for name in FILES}


def collection(*some: Mapping[str, Any]) -> Collection:
    """The collection of a copy that holds these programmes (or the one in good order)."""
    return read(texts(programs(*(some or (a_program(),)))))


def found(files: Mapping[str, File], today: date = TODAY) -> list[Problem]:
    """Everything that is wrong with the files, in their order."""
    try:
        problems = everything.check(read(files), files, today, COVERED)
    except DataError as error:
        return error.problems
    return DataError(problems).problems


def problems_of(programs_yaml: str, language: str = "en", today: date = TODAY) -> list[str]:
    """What an editor of this programs.yaml is told."""
    return [problem.say(language) for problem in found(texts(programs_yaml), today)]


def model(**changes: Any) -> Program:
    """The programme in good order, changed, as the model."""
    return Program.model_validate(a_program(**changes))
