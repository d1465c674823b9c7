"""A Content-Security-Policy for each page, as a `<meta>` in its head: nothing from anywhere else, no inline style.

Material's few inline scripts are allowed by the hash of their text, which depends on the page's depth;
so the policy is made from the finished page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'

DIRECTIVES = (
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",  # Material's icons are data: in its style sheet
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


def with_policy(html: str) -> str:
    """The page with its policy as the first thing after the charset."""
    if _CHARSET not in html:
        return html
    hashes = dict.fromkeys(_hash(script) for script in _SCRIPT.findall(html))
    scripts = " ".join(["script-src 'self'", *hashes])
    policy = "; ".join([DIRECTIVES[0], scripts, *DIRECTIVES[1:]])
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n      {meta}", 1)


def header(pages: Iterable[str]) -> str:
    """The policy as a header for all of these pages; each page's own narrows it to the scripts of that page.

    Only a header can say who may show the page in a frame: nobody.
    """
    hashes = sorted({_hash(script) for html in pages for script in _SCRIPT.findall(html)})
    scripts = " ".join(["script-src 'self'", *hashes])
    return "; ".join([DIRECTIVES[0], scripts, *DIRECTIVES[1:], "frame-ancestors 'none'"])


@lru_cache(maxsize=256)
def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
