"""The verbs: `python -m guideline VERB`. Each ends with one line that says what was made and where."""

from __future__ import annotations

import click

from .verbs import (
    checking,
    developing,
    form,
    posting,
    publishing,
    receiving,
    serving,
    starting,
    tables,
    tending,
    translating,
    upgrading,
    yearly,
)

ROOMS = (
    starting,
    publishing,
    checking,
    tables,
    form,
    yearly,
    upgrading,
    tending,
    receiving,
    serving,
    posting,
    developing,
    translating,
)
"""The verbs, room by room: a copy is begun, published, checked, edited, kept up, tended."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """გზამკვლევი: programmes of municipalities as a site. Every VERB is also `make VERB`."""


for _room in ROOMS:
    for _verb in vars(_room).values():
        if isinstance(_verb, click.Command):
            main.add_command(_verb)


if __name__ == "__main__":
    main()
