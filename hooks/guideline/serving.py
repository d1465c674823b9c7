"""What servers of other people must be told about the site, made from its finished pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
"""What every answer says, besides the policy; config/nginx/site.conf says the same."""
LASTING = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"assets/.*\.[0-9a-f]{8}\.min\.(js|css)")


def nginx_policy(policy: str) -> str:
    """The line of nginx for the policy of this copy's pages."""
    return (
        f'# Made by `make host` from the pages of this copy.\nadd_header Content-Security-Policy "{policy}" always;\n'
    )


def headers_file(policy: str, paths: Iterable[str]) -> str:
    """The file `_headers` that hosts such as Cloudflare Pages and Netlify read: an address, then its headers."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in (("Content-Security-Policy", policy), *HEADERS))]
    for path in sorted(path for path in paths if _HASHED.fullmatch(path)):
        lines += [f"/{path}", f"  Cache-Control: {LASTING}"]
    return "\n".join(lines) + "\n"
