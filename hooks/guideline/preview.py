"""A page of the site → the same page for a folder that is opened without a server, by a double click.

Links to folders name the file in them, since nobody is there to find it. What needs a server (search,
scripts that are modules, the worker) stays away, as in a browser without script.
"""

from __future__ import annotations

import re

_LINK = re.compile(r'(?<=\s)((?:href|src)=")([^"]*)(")')
_POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def opened_from_disk(html: str, site_url: str, depth: int) -> str:
    """The page with links that a browser can follow on a disk; `depth` is how many folders deep it lies."""
    return _LINK.sub(
        lambda found: found[1] + _file(found[2], site_url, "../" * depth) + found[3], _POLICY.sub("", html, count=1)
    )


def _file(link: str, site_url: str, top: str) -> str:
    if link.startswith(site_url):
        link = top + link.removeprefix(site_url) or "./"
    if not link or link.startswith(("#", "?", "/")) or _SCHEME.match(link):
        return link
    path, mark, rest = re.split(r"([?#].*)", link, maxsplit=1) if re.search(r"[?#]", link) else (link, "", "")
    if path.endswith("/") or path in (".", "..") or path.endswith(("/.", "/..")):
        path = f"{path.rstrip('/')}/index.html"
    return path + mark + rest
