"""What a forge (GitHub, GitLab) is told: problems beside the lines they mean, and Markdown in which data stay text.

A name from the data must not ping anybody, link to an issue or become markup: what a forge would make of
it is taken from it by escapes and by word joiners, which nobody sees.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence

from .problems import Problem, messages
from .telling import say

LONGEST = 60_000
"""Characters of a text that every forge takes as the words of an issue (GitHub: at most 65 536)."""
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#!|~&$:@])")
_LIST = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
_CALLS = re.compile(r"(?<=[@#!$%&~^])(?=\w)|(?<=GH)(?=-\d)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Text from the data as words in Markdown: no markup, no mention, no reference, no link, one line."""
    one_line = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    escaped = _MARKUP.sub(r"\\\1", _CALLS.sub(_JOINER, one_line))
    return _LIST.sub(lambda found: found[0] + _JOINER if found[0].isdecimal() else f"\\{found[0]}", escaped)


def code(text: str) -> str:
    """Text from the data as it is, as code in Markdown."""
    one_line = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    fence = "`" * (max((len(run) for run in re.findall("`+", one_line)), default=0) + 1)
    space = " " if "`" in one_line else ""
    return f"{fence}{space}{one_line}{space}{fence}"


def shortened(lines: Sequence[str], language: str, longest: int = LONGEST) -> str:
    """The lines as one text of at most `longest` characters; what does not fit is counted at its end."""
    length, kept = 0, 0
    for line in lines:
        length += len(line) + 1
        if length > longest - 200:
            break
        kept += 1
    left = [] if kept == len(lines) else ["", say("forges.further", language, n=len(lines) - kept)]
    return "\n".join([*lines[:kept], *left]) + "\n"


def annotation(problem: Problem, language: str) -> str:
    """A problem as a command that GitHub shows beside the line (workflow command `error`)."""
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    title = f",title={_property(problem.id)}" if problem.id else ""
    return f"::error {place}{title}::{_message(_words(problem, language))}"


def summary(problems: Sequence[Problem], language: str) -> str:
    """All problems as a list in Markdown; one line that says so where there is none."""
    if not problems:
        return say("forges.none", language) + "\n"
    lines = [say("forges.heading", language, n=len(problems)), ""]
    for problem in problems:
        id = f"{code(problem.id)}: " if problem.id else ""
        lines.append(f"- {code(f'{problem.path}:{problem.line}')} {id}{plain(_words(problem, language))}")
    return shortened(lines, language)


def code_quality(problems: Iterable[Problem], language: str) -> str:
    """The problems as the report that GitLab shows in a merge request (Code Quality, its subset of fields)."""
    rows = [
        {
            "description": " ".join(part for part in (problem.id, _words(problem, language)) if part),
            "check_name": problem.code,
            "fingerprint": hashlib.sha256(problem.say("en").encode()).hexdigest(),
            "severity": "major",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _words(problem: Problem, language: str) -> str:
    return messages()[problem.code][language].format_map(dict(problem.about))


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
