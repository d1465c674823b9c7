"""Ways to apply, as someone without the internet meets them.

These remarks never stop a site from being published: the card says itself that no other way is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Collection
from ..problems import Finding
from ..wording.steps import only_online


def remarks_on_ways(collection: Collection, path: str) -> Iterator[Finding]:
    """Programmes for which one can apply only through the internet."""
    for index, program in enumerate(collection.entered):
        application = program.application
        if application and not application.at and only_online(collection, application.through):
            yield Finding(path, ("programs", index, "application", "through"), "only-online", {}, program.key)
