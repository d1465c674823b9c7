"""Where a reader says that something is wrong: a letter or an entry on a forge, its first lines written already."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from ..model import Municipality, Phone
from .layout import Line
from .speech import Speaker
from .steps import local_number, tel

LINE_END = "\r\n"
"""Between the lines of a letter (RFC 6068)."""
_FORGES = (
    (re.compile(r"/-/issues/new/?$"), ("issue[title]", "issue[description]")),
    (re.compile(r"/issues/new/?$"), ("title", "body")),
)
"""How forges take the words of a new entry: GitLab; then GitHub, Gitea and Forgejo."""


def fault_address(speaker: Speaker, to: str, name: str, id: str, address: str) -> str:
    """The link that begins a letter or an entry about the page `address`; `to` itself where that cannot be done.

    The name, the address and the day of the build are there already, and an empty line waits for the reader's words.
    """
    subject = speaker.say("fault.subject", name=name, id=id)
    where = speaker.say("fault.page", address=address)
    built = speaker.say("page.as_of", day=speaker.day(speaker.today))
    lines = (where, built, "", speaker.say("fault.words"), "")
    if to.startswith("mailto:"):
        return f"{to}?{_query(subject=subject, body=LINE_END.join(lines))}"
    parts = urlsplit(to)
    for pattern, (title, body) in _FORGES:
        if pattern.search(parts.path):
            words = _query(**{title: subject, body: "\n".join(lines)})
            return urlunsplit(parts._replace(query=f"{parts.query}&{words}" if parts.query else words))
    return to


def _query(**words: str) -> str:
    """The words for an address, every sign that could mean something there encoded (RFC 6068 knows no "+")."""
    return urlencode(words, quote_via=quote, safe="")


def fault_line(
    speaker: Speaker, municipality: Municipality | None, phone: Phone | None, name: str, id: str, address: str
) -> Line | None:
    """What the foot of a page says: where to write; else, about a municipality, whom to tell; else nothing."""
    to = (municipality and municipality.faults_to) or speaker.collection.copy.faults_to
    if to:
        return Line(speaker.say("fault.report"), href=fault_address(speaker, to, name, id, address))
    if not municipality:
        return None
    if not phone:
        return Line(speaker.say("fault.tell.city_hall"))
    number = local_number(phone)
    return Line(speaker.say("fault.tell.phone", number=number), dial=(number, tel(phone)))
