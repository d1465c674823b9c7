"""A copy → what a phone needs to put it on its home screen: a web app manifest for each language, and icons."""

from __future__ import annotations

import json
from collections.abc import Iterator

from . import icons, routes
from .model import Copy

ICONS = {
    "assets/images/icon-192.png": (192, False),
    "assets/images/icon-512.png": (512, False),
    "assets/images/icon-maskable-512.png": (512, True),
}
"""The pictures by their address: their width in pixels, and whether a mask may cut them."""
FAVICON = "assets/images/favicon.svg"


def files(copy: Copy) -> Iterator[tuple[str, str | bytes]]:
    """The files that are the same for all languages: the mark, drawn in the copy's colour."""
    yield FAVICON, icons.svg(copy.colours.primary)
    for address, (size, maskable) in ICONS.items():
        yield address, icons.png(copy.colours.primary, size, maskable)


def text(copy: Copy, language: str, short: str = "") -> str:
    """The manifest in a language; its addresses are relative, so that it works under a sub-path too.

    `short` is the name under the icon, where the whole name has no room.
    """
    home = f"./{routes.address('', language)}"
    pictures = [
        {
            "src": address,
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if maskable else "any",
        }
        for address, (size, maskable) in ICONS.items()
    ]
    words = {
        "id": home,
        "name": copy.name[language],
        "short_name": short or copy.name[language],
        "description": copy.about[language],
        "lang": language,
        "dir": "ltr",
        "start_url": home,
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": copy.colours.primary,
        "icons": pictures,
    }
    return json.dumps(words, ensure_ascii=False, indent=1) + "\n"
