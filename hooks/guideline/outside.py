"""The links that lead out of the site: where each stands, and which of them no longer work.

What is asked of the network is asked by `asking`; here are the rules: which addresses count, what an answer
means, and how it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import urldefrag, urlsplit

from .collection import walk
from .forges import code, shortened
from .model import Collection, Source
from .reading import File
from .telling import say

_ADDRESS = re.compile(r"https?://[^\s\"'<>`|\\^{}\[\]]+")
_TRAILING = ".,;:!?…*_»“”"
ARCHIVES = ("web.archive.org", "archive.org", "archive.ph", "archive.today", "archive.is")
"""Hosts that keep what others have removed: no sign of anything when they are slow."""
_NOWHERE = re.compile(r"(^|\.)(example|example\.(org|com|net)|localhost|invalid|test)$")

Verdict = Literal["gone", "broken", "unreachable", "certificate", "refused", "private", "works"]
VERDICTS: tuple[Verdict, ...] = ("gone", "broken", "unreachable", "certificate", "private", "refused")
"""What is told, the surest first; `refused` often means that a site answers people only."""


@dataclass(frozen=True, order=True)
class Place:
    """Where an address stands."""

    path: str
    line: int


@dataclass(frozen=True)
class Answer:
    """What became of asking for an address: the verdict, and a few words of what was seen."""

    verdict: Verdict
    seen: str


def addresses(files: Iterable[File]) -> dict[str, list[Place]]:
    """Every outside address of these texts (without its fragment) and the lines on which it stands."""
    found: dict[str, list[Place]] = {}
    for file in files:
        for number, line in enumerate(file.text.split("\n"), 1):
            for address in dict.fromkeys(_in_line(line)):
                found.setdefault(address, []).append(Place(file.path, number))
    return found


def _in_line(line: str) -> Iterable[str]:
    for match in _ADDRESS.findall(line):
        address = urldefrag(match.rstrip(_TRAILING))[0]
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(_TRAILING)
        host = _host(address)
        if host and "." in host and not _NOWHERE.search(host) and host not in ARCHIVES:
            yield address


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def mirrors(collection: Collection) -> set[str]:
    """Addresses of copies that were read because the page itself was gone: nobody is sent there to look."""
    sources = (
        value
        for record in (*collection.entered, *collection.municipalities.values())
        for _, value, _ in walk(record)
        if isinstance(value, Source)
    )
    return {urldefrag(source.url)[0] for source in sources if source.kind == "mirror"}


def verdict(status: int) -> Verdict:
    """What an HTTP status says of a link."""
    if status < 400:
        return "works"
    if status in (404, 410):
        return "gone"
    if status in (401, 403, 405, 406, 407, 418, 429, 451, 503, 999):
        return "refused"
    return "broken"


def by_host(found: Iterable[str]) -> dict[str, list[str]]:
    """The addresses of each host, in order, so that one host is asked one thing at a time."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(found):
        hosts.setdefault(_host(address), []).append(address)
    return hosts


def faults(answers: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    """The addresses that do not work, the surest verdict first."""
    return sorted(
        ((address, answer) for address, answer in answers.items() if answer.verdict != "works"),
        key=lambda pair: (VERDICTS.index(pair[1].verdict), pair[0]),
    )


def markdown(
    found: Sequence[tuple[str, Answer]], places: Mapping[str, Sequence[Place]], asked: int, language: str
) -> str:
    """The report: each address that does not work, what was seen, and every line on which it stands."""
    if not found:
        return ""
    lines = [say("outside.intro", language, n=len(found), of=asked), "", say("outside.what_to_do", language), ""]
    for name, group in groupby(found, key=lambda pair: pair[1].verdict):
        listed = list(group)
        lines += [f"## {say(f'outside.{name}', language)} ({len(listed)})", ""]
        for address, answer in listed:
            lines.append(f"- {code(address)} — {code(answer.seen)}")
            lines += [f"  - {code(f'{place.path}:{place.line}')}" for place in sorted(places[address])]
        lines.append("")
    return shortened(lines, language)
